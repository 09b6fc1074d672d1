package templates

import (
	"fmt"
	"slices"
	"strings"

	"example.com/lathe/internal/gocode"
	"example.com/lathe/internal/plan"
	"example.com/lathe/runtime"
)

// Requirement is a module that a client needs, in the oldest version that it works with.
type Requirement struct{ Path, Version string }

// Requirements are the modules that a client needs, sorted by path.
func Requirements(p *plan.Package) []Requirement {
	all := []Requirement{{"github.com/aws/aws-sdk-go-v2", runtime.MinCore}}
	if p.Needs.Events {
		all = append(all, eventStream)
	}
	return append(all, smithyGo)
}

var (
	eventStream = Requirement{gocode.EventStream, runtime.MinEventStream}
	smithyGo    = Requirement{"github.com/aws/smithy-go", runtime.MinSmithy}
)

// moduleFiles are the go.mod of a client that is a module of its own, and that of the
// runtime that it shares with others.
func moduleFiles(p *plan.Package) []File {
	if p.Module.Path == "" {
		return nil
	}
	files := []File{textFile("go.mod", false, clientModule(p))}
	if p.Module.Runtime != "" {
		files = append(files, textFile("go.mod", true, runtimeModule(p.Module.Runtime)))
	}
	return files
}

func textFile(path string, isRuntime bool, text string) File {
	return File{Path: path, Runtime: isRuntime, render: func() ([]byte, error) { return []byte(text), nil }}
}

func clientModule(p *plan.Package) string {
	lines := gocode.HeaderLines(p.Source)
	if p.Module.Version != "" {
		lines = append(lines, "// In place of: "+p.Module.Path+" "+p.Module.Version)
	}
	requires := Requirements(p)
	if p.Module.Runtime != "" {
		requires = append(requires, Requirement{p.Module.Runtime, noVersion})
		slices.SortFunc(requires, func(a, b Requirement) int { return strings.Compare(a.Path, b.Path) })
	}
	text := modFile(lines, p.Module.Path, requires)
	if p.Module.Runtime != "" {
		text += fmt.Sprintf("\nreplace %s => %s\n", p.Module.Runtime, p.Module.RuntimeFolder)
	}
	return text
}

// noVersion stands where a module is replaced by a folder.
const noVersion = "v0.0.0"

// runtimeModule does not depend on which client it is for, for all that share a runtime
// write the same.
func runtimeModule(path string) string {
	lines := []string{"// " + gocode.Header, "// Source: lathe's runtime"}
	return modFile(lines, path, []Requirement{{"github.com/aws/aws-sdk-go-v2", runtime.MinCore}, eventStream, smithyGo})
}

func modFile(head []string, path string, requires []Requirement) string {
	var text strings.Builder
	fmt.Fprintf(&text, "%s\n\nmodule %s\n\ngo %s\n\nrequire (\n", strings.Join(head, "\n"), path, runtime.MinGo)
	for _, r := range requires {
		fmt.Fprintf(&text, "\t%s %s\n", r.Path, r.Version)
	}
	return text.String() + ")\n"
}
