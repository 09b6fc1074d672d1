package main

import (
	"fmt"
	"os"
	"os/exec"
	"strings"

	"golang.org/x/tools/go/packages"
)

// batch is how many clients are type-checked at once, which bounds the memory.
const batch = 8

// check type-checks every client, and vets them.
func (ws *workspace) check(rows []*row, vet bool) error {
	byDir := map[string]*row{}
	var dirs []string
	for _, r := range rows {
		if r.dir != "" {
			byDir[r.dir] = r
			dirs = append(dirs, r.dir)
		}
	}
	for len(dirs) > 0 {
		n := min(batch, len(dirs))
		if err := ws.typeCheck(dirs[:n], byDir); err != nil {
			return err
		}
		dirs = dirs[n:]
	}
	if vet && len(byDir) > 0 {
		ws.vet(byDir)
	}
	return nil
}

// typeCheck loads clients with their types, and what they import from its source: nothing need be
// compiled.
func (ws *workspace) typeCheck(dirs []string, byDir map[string]*row) error {
	patterns := make([]string, len(dirs))
	for i, dir := range dirs {
		patterns[i] = "./" + dir + "/..."
	}
	loaded, err := packages.Load(&packages.Config{
		Mode: packages.NeedName | packages.NeedTypes | packages.NeedSyntax | packages.NeedTypesInfo | packages.NeedImports |
			packages.NeedDeps,
		Dir: ws.root, Env: append(os.Environ(), "GOWORK=off", "GOFLAGS=-mod=mod"),
	}, patterns...)
	if err != nil {
		return fmt.Errorf("type-checking: %w", err)
	}
	for _, p := range loaded {
		for _, e := range p.Errors {
			owner(p.PkgPath, byDir).wrong("%v", e)
		}
	}
	return nil
}

// vet runs go vet over everything and adds its findings to their clients.
func (ws *workspace) vet(byDir map[string]*row) {
	cmd := exec.Command("go", "vet", "-mod=mod", "./...")
	cmd.Dir = ws.root
	cmd.Env = append(os.Environ(), "GOWORK=off", "GOFLAGS=")
	out, err := cmd.CombinedOutput()
	if err == nil {
		return
	}
	current := ""
	for line := range strings.Lines(string(out)) {
		if name, ok := strings.CutPrefix(line, "# "); ok {
			current = strings.TrimSpace(name)
			continue
		}
		owner(current, byDir).wrong("vet: %s", strings.TrimSpace(line))
	}
}

// owner is the row of the client that a package belongs to.
func owner(pkg string, byDir map[string]*row) *row {
	dir, _, _ := strings.Cut(strings.TrimPrefix(strings.Trim(pkg, "[]"), module+"/"), "/")
	if r := byDir[dir]; r != nil {
		return r
	}
	byDir[dir] = &row{name: pkg}
	return byDir[dir]
}
