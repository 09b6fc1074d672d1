package main

import (
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"

	"golang.org/x/mod/modfile"
	"golang.org/x/mod/semver"

	"example.com/lathe/internal/gomod"
	"example.com/lathe/internal/input"
	"example.com/lathe/internal/paths"
)

// programPath is the import path of this program.
const programPath = "example.com/lathe/cmd/gen"

// The ways in which go generate runs gen.
const (
	formTool    = "tool"
	formModfile = "modfile"
	formRun     = "run"
)

var forms = []string{formTool, formModfile, formRun}

// goGenerate is the line for go generate, and the command that is to be run next.
type goGenerate struct {
	text, next string
	// mod is the go.mod of the tools, and modText what it begins with; empty where the
	// line needs none.
	mod, modText string
}

// generateLine returns the line in the folder home of a module that runs gen in that
// form, or in the one that the module has already. A module that only requires Lathe
// need not have the checksums of what Lathe is built from.
func generateLine(mod gomod.Module, home, form string) (goGenerate, error) {
	main, err := readMod(filepath.Join(mod.Root, gomod.Name))
	if err != nil {
		return goGenerate{}, err
	}
	toolsMod := filepath.Join(mod.Root, "tools", gomod.Name)
	tools, err := readMod(toolsMod)
	hasTools := err == nil
	isTool, isInTools := hasTool(main), hasTools && hasTool(tools)
	if form == "" {
		form = formModfile
		if isTool && !isInTools {
			form = formTool
		}
	}
	next := goIn(home) + "go generate ./... && go mod tidy"
	program := programPath + "@" + installable()
	modFlag := "-modfile=" + paths.Rel(home, toolsMod)
	switch {
	case main.Module != nil && main.Module.Mod.Path == strings.TrimSuffix(programPath, "/cmd/gen"):
		return goGenerate{text: "//go:generate go run " + programPath, next: next}, nil
	case form == formRun:
		return goGenerate{text: "//go:generate go run " + program, next: next}, nil
	case form == formTool && isTool:
		return goGenerate{text: "//go:generate go tool gen", next: next}, nil
	case form == formTool:
		return goGenerate{text: "//go:generate go tool gen", next: "go get -tool " + program + " && " + next}, nil
	}
	line := goGenerate{text: "//go:generate go tool " + modFlag + " gen", next: next}
	if !isInTools {
		line.next = "go get -modfile=" + paths.Rel(".", toolsMod) + " -tool " + program + " && " + next
	}
	if !hasTools {
		line.mod, line.modText = toolsMod, "module "+mod.Path+"/tools\n\ngo "+toolsGo+"\n"
	}
	return line, nil
}

// toolsGo is the version of Go with which tools in a go.mod begin. The go command raises
// it to what they need.
const toolsGo = "1.24"

// goIn is what a command for the folder begins with.
func goIn(dir string) string {
	if paths.Same(dir, ".") {
		return ""
	}
	return "cd " + quote(paths.Show(dir)) + " && "
}

func readMod(name string) (*modfile.File, error) {
	data, err := input.ReadFile(name, maxMod)
	if err != nil {
		return nil, err
	}
	if mod, err := modfile.Parse(name, data, nil); err == nil {
		return mod, nil
	}
	return modfile.ParseLax(name, data, nil) // it is for a newer Go; tools are not read then
}

// maxMod bounds a go.mod.
const maxMod = 16 << 20

// hasTool reports whether gen is one of the tools of a go.mod.
func hasTool(mod *modfile.File) bool {
	return slices.ContainsFunc(mod.Tool, func(t *modfile.Tool) bool { return t.Path == programPath })
}

// installable is the version of gen that the go command finds: that of this program, if
// it was built from a released one.
func installable() string {
	if info, ok := debug.ReadBuildInfo(); ok {
		if v := info.Main.Version; semver.IsValid(v) && semver.Build(v) == "" && info.Main.Path+"/cmd/gen" == programPath {
			return v
		}
	}
	return "latest"
}
