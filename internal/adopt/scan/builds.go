package scan

import (
	"go/ast"
	"go/build/constraint"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"example.com/lathe/spec"
)

// tagged returns builds for the files of the module that import a service and that no
// build had: those with the tags that they ask for.
func (c *collector) tagged(first Build) []Build {
	var builds []Build
	for _, file := range c.unseen() {
		b := first
		b.Tags = append(slices.Clone(b.Tags), tagsOf(file, first)...)
		known := len(b.Tags) == len(first.Tags) ||
			slices.ContainsFunc(builds, func(other Build) bool { return slices.Equal(other.Tags, b.Tags) })
		if !known {
			builds = append(builds, b)
		}
	}
	return builds
}

// warnUnbuilt warns of files that import a service and that are in no build even so.
func (c *collector) warnUnbuilt() {
	for _, file := range c.unseen() {
		c.warnings.Add(spec.Pos{File: file}, "name its package, its platform or its tags",
			"the file uses a service, and no build that was looked at has it")
	}
}

// unseen returns the Go files of the module that import a service and are in no build.
func (c *collector) unseen() []string {
	var found []string
	root := c.main.Dir
	if root == "" {
		return nil
	}
	// What can't be read is not in a build either.
	_ = filepath.WalkDir(root, func(name string, d fs.DirEntry, _ error) error {
		switch {
		case d == nil:
		case d.IsDir() && name != root && isNoPackage(name, d.Name()):
			return filepath.SkipDir
		case !d.IsDir() && strings.HasSuffix(name, ".go") && !strings.HasPrefix(d.Name(), "_") && !c.seen[name] &&
			importsService(name):
			found = append(found, name)
		}
		return nil
	})
	return found
}

// isNoPackage reports whether the go command passes a folder over, because of its name or
// because it is a module of its own.
func isNoPackage(dir, name string) bool {
	if IsPassedOver(name) {
		return true
	}
	_, err := os.Stat(filepath.Join(dir, "go.mod"))
	return err == nil
}

// IsPassedOver reports whether the go command passes over folders of this name.
func IsPassedOver(name string) bool {
	return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "_") || name == "testdata" || name == "vendor"
}

func importsService(name string) bool {
	file, _ := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly) // as far as it goes
	return file != nil && slices.ContainsFunc(
		file.Imports, func(i *ast.ImportSpec) bool { return serviceOf(importPath(i)) != "" })
}

// tagsOf returns the tags that a file asks for, of those that no platform has; nil when
// it is not tags that it lacks.
func tagsOf(name string, b Build) []string {
	expr := constraintOf(name)
	if expr == nil {
		return nil
	}
	given := func(tag string) bool {
		return tag == b.GOOS || tag == b.GOARCH || tag == "gc" || tag == "cgo" || strings.HasPrefix(tag, "go1.") ||
			slices.Contains(b.Tags, tag) ||
			tag == "unix" && slices.Contains(unixes, b.GOOS)
	}
	custom := slices.DeleteFunc(
		tagNames(expr), func(tag string) bool { return given(tag) || slices.Contains(platforms, tag) })
	for _, some := range subsets(custom) {
		if expr.Eval(func(tag string) bool { return given(tag) || slices.Contains(some, tag) }) {
			return some
		}
	}
	return nil
}

// subsets are all sets of a few tags that are not empty, the small ones first.
func subsets(tags []string) [][]string {
	tags = tags[:min(len(tags), 6)]
	var all [][]string
	for bits := 1; bits < 1<<len(tags); bits++ {
		var some []string
		for i, tag := range tags {
			if bits>>i&1 == 1 {
				some = append(some, tag)
			}
		}
		all = append(all, some)
	}
	slices.SortStableFunc(all, func(a, b []string) int { return len(a) - len(b) })
	return all
}

// constraintOf returns the line "go:build" of a file; nil without one.
func constraintOf(name string) constraint.Expr {
	// Of what can't be parsed the beginning is enough.
	file, _ := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly|parser.ParseComments)
	if file == nil {
		return nil
	}
	for _, group := range file.Comments {
		for _, line := range group.List {
			if line.Pos() < file.Package && constraint.IsGoBuild(line.Text) {
				if expr, err := constraint.Parse(line.Text); err == nil {
					return expr
				}
			}
		}
	}
	return nil
}

func tagNames(expr constraint.Expr) []string {
	switch e := expr.(type) {
	case *constraint.TagExpr:
		return []string{e.Tag}
	case *constraint.NotExpr:
		return tagNames(e.X)
	case *constraint.AndExpr:
		return append(tagNames(e.X), tagNames(e.Y)...)
	case *constraint.OrExpr:
		return append(tagNames(e.X), tagNames(e.Y)...)
	}
	return nil
}

// unixes are systems with the tag "unix", platforms the tags of systems and of
// architectures.
var (
	unixes = []string{
		"aix", "android", "darwin", "dragonfly", "freebsd", "hurd", "illumos", "ios", "linux", "netbsd", "openbsd", "solaris",
	}
	platforms = append([]string{
		"386", "amd64", "arm", "arm64", "ignore", "js", "loong64", "mips", "mips64", "mips64le", "mipsle", "plan9",
		"ppc64", "ppc64le",
		"riscv64", "s390x", "sparc64", "unix", "wasip1", "wasm", "windows",
	}, unixes...)
)
