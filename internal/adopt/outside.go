package adopt

import (
	"context"
	"strings"

	"example.com/lathe/internal/adopt/mods"
	"example.com/lathe/internal/adopt/prove"
	"example.com/lathe/internal/gomod"
	"example.com/lathe/spec"
)

// Outside warns of what a module with replace lines is no longer good for: the go command
// follows them only in the module that it builds.
func (p *Plan) Outside(ctx context.Context) (spec.Problems, error) {
	o := p.options
	mod, err := gomod.Find(o.Root)
	if err != nil {
		return nil, err
	}
	out, err := prove.Program{Root: o.Root}.Run(ctx, "list", "-e", "-f", "{{.Name}} {{.ImportPath}}", "./...")
	if err != nil {
		return nil, err
	}
	was, err := p.stage.was(gomod.Name)
	if err != nil {
		return nil, err
	}
	hadReplaced, err := mods.HasReplaced(was)
	if err != nil {
		return nil, err
	}
	command, library := packagesOf(out, mod.Path)
	var warnings spec.Problems
	at := spec.Pos{File: gomod.Name}
	if command != "" && !hadReplaced {
		warnings.Add(at, "release what was built of it, or take the clients out before a version is tagged: gen adopt --undo",
			`"go install %s@VERSION" refuses a module with replace lines`, command)
	}
	if library != "" {
		warnings.Add(at, "take the clients out before a version is tagged: gen adopt --undo",
			"modules that import %s get no replace lines with it: they build with the official packages, and don't find %s",
			library, mod.ImportPath(o.Layout.Runtime))
	}
	return warnings, nil
}

// packagesOf returns a command and a package that others can import, of lines with the
// names and import paths of a module's packages; "" for none. Of a module whose path has no
// host others get neither.
func packagesOf(list, path string) (command, library string) {
	if !gomod.CanFetch(path) {
		return "", ""
	}
	for line := range strings.Lines(list) {
		name, pkg, _ := strings.Cut(strings.TrimSpace(line), " ")
		rest := strings.TrimPrefix(pkg, path)
		switch {
		case name == "main" && command == "":
			command = pkg
		case name != "main" && library == "" && !strings.Contains(rest+"/", "/internal/"):
			library = pkg
		}
	}
	return command, library
}
