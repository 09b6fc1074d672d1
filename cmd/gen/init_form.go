package main

import (
	"cmp"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"

	"golang.org/x/mod/modfile"
	xmodule "golang.org/x/mod/module"
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
	formPath    = "path"
)

var forms = []string{formTool, formModfile, formRun, formPath}

// goGenerate is the line for go generate, and the command that is to be run next.
type goGenerate struct {
	text, next string
	// mod is the go.mod of the tools, and modText what it begins with; empty where the
	// line needs none.
	mod, modText string
}

// generateLine returns the line in the folder home of a module that runs gen in that
// form, or in the one that the module has already. A module that only requires Lathe
// need not have the checksums of what Lathe is built from. The version is that of this
// program, as published returns it.
func generateLine(mod gomod.Module, home, form, version string) (goGenerate, error) {
	main, err := readMod(filepath.Join(mod.Root, gomod.Name))
	if err != nil {
		return goGenerate{}, err
	}
	toolsMod := filepath.Join(mod.Root, "tools", gomod.Name)
	tools, err := readMod(toolsMod)
	hasTools := err == nil
	isTool, isInTools := hasTool(main), hasTools && hasTool(tools)
	switch {
	case form != "":
	case isInTools:
		form = formModfile
	case isTool:
		form = formTool
	case version == "":
		form = formPath
	default:
		form = formModfile
	}
	next := goIn(home) + "go generate ./... && go mod tidy"
	program := programPath + "@" + cmp.Or(version, "latest")
	modFlag := "-modfile=" + paths.Rel(home, toolsMod)
	switch {
	case main.Module != nil && main.Module.Mod.Path == strings.TrimSuffix(programPath, "/cmd/gen"):
		return goGenerate{text: "//go:generate go run " + programPath, next: next}, nil
	case form == formPath:
		return goGenerate{text: "//go:generate gen", next: next}, nil
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

// published is the version in which the go command finds this program, by how it was
// built; empty where it does not. One that was built in a checkout is found only if its
// commit is a release: what lies between releases may be anywhere, or nowhere.
func published(info *debug.BuildInfo) string {
	if info == nil || info.Main.Path+"/cmd/gen" != programPath {
		return ""
	}
	v := info.Main.Version
	isRelease := semver.IsValid(v) && semver.Build(v) == "" && !xmodule.IsPseudoVersion(v)
	isDownloaded := info.Main.Sum != ""
	if !isRelease && !isDownloaded {
		return ""
	}
	return v
}
