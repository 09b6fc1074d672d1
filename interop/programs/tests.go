package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
)

// services is what the import paths of the SDK's packages for services begin with.
const services = "github.com/aws/aws-sdk-go-v2/service/"

// listed is a package as the go command lists it.
type listed struct {
	ImportPath, Name                         string
	GoFiles, CgoFiles                        []string
	Imports, TestImports, XTestImports, Deps []string
	// Incomplete packages can't be loaded: something else makes what they embed, say.
	Incomplete bool
}

// importsService reports whether a package or its tests import a service themselves.
func (l listed) importsService() bool {
	return slices.ContainsFunc(slices.Concat(l.Imports, l.TestImports, l.XTestImports), isService)
}

// reachesService reports whether a service is linked to a package.
func (l listed) reachesService() bool { return slices.ContainsFunc(l.Deps, isService) }

func isService(path string) bool { return strings.HasPrefix(path, services) }

// packages are those of the module that can be loaded.
func (p place) packages(ctx context.Context) ([]listed, error) {
	// Without EmbedFiles nobody looks whether they are there.
	const fields = "ImportPath,Name,GoFiles,CgoFiles,EmbedFiles,Imports,TestImports,XTestImports,Deps,Incomplete"
	out, err := p.run(ctx, "go", "list", "-e", "-json="+fields, "./...")
	if err != nil {
		return nil, err
	}
	var all []listed
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		var one listed
		switch err := d.Decode(&one); {
		case errors.Is(err, io.EOF):
			return all, nil
		case err != nil:
			return nil, fmt.Errorf("what go list prints: %w", err)
		}
		if !one.Incomplete {
			all = append(all, one)
		}
	}
}

// build builds the packages that are more than tests.
func (p place) build(ctx context.Context, all []listed) error {
	args := []string{"build"}
	for _, one := range all {
		if len(one.GoFiles)+len(one.CgoFiles) > 0 {
			args = append(args, one.ImportPath)
		}
	}
	_, err := p.run(ctx, "go", args...)
	return err
}

// candidates are the packages whose tests may be run: those that import a service; and those
// that one is linked to, of which the first may be a part.
func candidates(all []listed) (choices [][]string) {
	var direct, linked []string
	for _, one := range all {
		if one.importsService() {
			direct = append(direct, one.ImportPath)
		}
		if one.importsService() || one.reachesService() {
			linked = append(linked, one.ImportPath)
		}
	}
	if len(direct) > 0 {
		choices = append(choices, direct)
	}
	if len(linked) > len(direct) {
		choices = append(choices, linked)
	}
	return choices
}

// tested runs the tests of the fewest packages of which some pass: tests beside a service
// may want one that runs, in a container say. It returns the packages, too.
func (p place) tested(ctx context.Context, skip string, all []listed) (packages []string, ended outcomes, err error) {
	for _, packages = range candidates(all) {
		if ended, err = p.test(ctx, skip, packages); err != nil || ended.count("pass") > 0 {
			break
		}
	}
	return packages, ended, err
}

// outcomes are tests and packages, and how each ended: pass, fail or skip.
type outcomes map[string]string

// test runs the tests of packages. That some fail is no error.
func (p place) test(ctx context.Context, skip string, packages []string) (outcomes, error) {
	args := []string{"test", "-json", "-count=1", "-vet=off", "-timeout=10m", "-skip=" + skip}
	out, err := p.run(ctx, "go", append(args, packages...)...)
	if err != nil && !hasFailed(err) {
		return nil, err
	}
	return outcomesOf(out)
}

// outcomesOf reads what go test -json prints.
func outcomesOf(out []byte) (outcomes, error) {
	ended := outcomes{}
	for line := range bytes.Lines(out) {
		var e struct{ Action, Package, Test string }
		if err := json.Unmarshal(line, &e); err != nil {
			return nil, fmt.Errorf("what go test prints: %w: %s", err, line)
		}
		if e.Action == "pass" || e.Action == "fail" || e.Action == "skip" {
			ended[strings.TrimSpace(e.Package+" "+e.Test)] = e.Action
		}
	}
	return ended, nil
}

// count returns how many tests ended in a way; packages are none.
func (o outcomes) count(action string) (n int) {
	for name, ended := range o {
		if ended == action && strings.Contains(name, " ") {
			n++
		}
	}
	return n
}

// differences are the tests that ended in another way, in order.
func differences(before, after outcomes) []string {
	names := maps.Clone(before)
	maps.Copy(names, after)
	return slices.DeleteFunc(slices.Sorted(maps.Keys(names)),
		func(name string) bool { return before[name] == after[name] })
}
