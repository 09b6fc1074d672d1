package main

import (
	"context"
	"fmt"
	"path"
	"path/filepath"
	"slices"

	"example.com/lathe/internal/adopt/journal"
	"example.com/lathe/internal/adopt/scan"
	"example.com/lathe/internal/config"
	"example.com/lathe/internal/gomod"
)

const fixAdopt = "gen adopt"

// checkInterrupted looks for a run of gen adopt that was killed; nil for none.
func (a *app) checkInterrupted() *finding {
	dir := "."
	if a.flags.config != "" {
		dir = filepath.Dir(a.flags.config)
	}
	mod, err := gomod.Find(dir)
	if err != nil || a.flags.spec != "" {
		return nil
	}
	if !journal.IsInterrupted(mod.Root) {
		return nil
	}
	return &finding{
		Path: nameIn(mod.Root, journal.Name), Kind: "half done", Message: "a run of gen adopt was interrupted",
		Command: fixAdopt,
	}
}

// checkAdoption compares the clients of an adopted program with what it calls. Unused are
// operations that nothing calls any more.
func (a *app) checkAdoption(ctx context.Context, s *state) (findings []finding, unused []string, err error) {
	mod, outside := gomod.Find(filepath.Dir(s.lock))
	if outside != nil {
		return nil, nil, nil //nolint:nilerr // without a module nothing was adopted
	}
	state, err := journal.Read(mod.Root)
	if err != nil || state == nil {
		return nil, nil, err
	}
	o, err := scanOptions(s.file.Adopt)
	if err != nil {
		return nil, nil, err
	}
	o.Dir = mod.Root
	program, err := scan.Scan(ctx, o)
	if err != nil {
		return nil, nil, err
	}
	for _, m := range program.Missing {
		findings = append(findings, finding{
			Path: placeIn(mod.Root, m.Pos).String(), Kind: "not there", Command: fixAdopt,
			Message: fmt.Sprintf("%s.%s is named here, and not generated", path.Base(m.ImportPath), m.Object),
		})
	}
	for _, client := range s.packages {
		outdated, idle, err := a.checkClient(mod.Root, program, client)
		if err != nil {
			return nil, nil, err
		}
		findings, unused = append(findings, outdated...), append(unused, idle...)
	}
	return findings, unused, nil
}

// checkClient compares a client with what the program uses of it.
func (a *app) checkClient(
	root string, program *scan.Program, client config.Package,
) (findings []finding, unused []string, err error) {
	module, _ := gomod.ParseVersion(client.Module)
	at := slices.IndexFunc(program.Services, func(svc scan.Service) bool { return svc.ImportPath == module.Path })
	if at < 0 {
		return nil, []string{filepath.ToSlash(client.Out)}, nil
	}
	svc := program.Services[at]
	if module.Version != "" && svc.Version != module.Version {
		findings = append(findings, finding{
			Path: nameIn(root, gomod.Name), Kind: "outdated", Command: fixAdopt,
			Message: fmt.Sprintf("it requires %s %s, and the client stands in for %s", module.Path, svc.Version, module.Version),
		})
	}
	needed, err := a.adoptTools().Needed(svc, client.Config)
	if err != nil {
		return nil, nil, err
	}
	for _, name := range client.Operations {
		if !slices.Contains(needed, name) {
			unused = append(unused, svc.Package+"."+name)
		}
	}
	return findings, unused, nil
}
