package lathe

import (
	"cmp"
	"fmt"
	"path"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"

	"example.com/lathe/internal/emit"
	"example.com/lathe/internal/gomod"
	"example.com/lathe/internal/input"
	"example.com/lathe/internal/naming"
	"example.com/lathe/internal/paths"
	"example.com/lathe/internal/plan"
	"example.com/lathe/spec"
	"example.com/lathe/templates"
)

// target is where a client goes: folders relative to the module's root, and their import
// paths.
type target struct {
	gomod.Module

	out, runtime            string
	importPath, runtimePath string
	// module is what the client is as a module of its own.
	module plan.Module
}

// locate finds the module of the output folder.
func locate(cfg Config) (target, error) {
	if cfg.Package != "" && !naming.IsPackage(cfg.Package) {
		return target{}, spec.Problems{{
			Message: fmt.Sprintf("%q is not a Go package name", cfg.Package), Hint: naming.PackageRule,
		}}
	}
	mod, err := gomod.Find(cfg.Out)
	if err != nil {
		return target{}, err
	}
	t := target{Module: gomod.Module{Root: paths.Real(mod.Root), Path: mod.Path}}
	if t.out, err = t.Folder(cfg.Out); err != nil {
		return target{}, err
	}
	if t.importPath = t.ImportPath(t.out); cfg.Module != "" {
		if err := t.own(cfg.Module); err != nil {
			return target{}, err
		}
	}
	if cfg.Runtime == "" {
		t.runtime, t.runtimePath = path.Join(t.out, "internal"), path.Join(t.importPath, "internal")
		return t, nil
	}
	if t.runtime, err = t.Folder(cfg.Runtime); err != nil {
		return target{}, err
	}
	t.runtimePath = t.ImportPath(t.runtime)
	t.share()
	return t, t.checkRuntime(cfg)
}

// isShared reports whether other clients may import the same runtime.
func (t *target) isShared() bool { return t.runtime != "" && t.runtime != path.Join(t.out, "internal") }

// own makes the client a module.
func (t *target) own(written string) error {
	mod, why := gomod.ParseVersion(written)
	if why != "" {
		return spec.Problems{{Message: written + ": " + why, Hint: gomod.VersionRule}}
	}
	if t.out == "." {
		return spec.Problems{{
			Pos: spec.Pos{File: t.Root}, Message: "the folder is a module already, " + t.Path,
			Hint: "choose a folder inside of it",
		}}
	}
	t.importPath, t.module = mod.Path, plan.Module{Path: mod.Path, Version: mod.Version}
	return nil
}

// share makes the runtime of a client that is a module a module, too.
func (t *target) share() {
	if t.module.Path == "" {
		return
	}
	way, err := filepath.Rel(filepath.FromSlash(t.out), filepath.FromSlash(t.runtime))
	if err != nil {
		way = t.runtime // never: both are relative
	}
	if way = filepath.ToSlash(way); !strings.HasPrefix(way, "../") {
		way = "./" + way
	}
	t.module.Runtime, t.module.RuntimeFolder = t.runtimePath, way
}

// checkRuntime reports a shared runtime that the client may not import.
func (t *target) checkRuntime(cfg Config) error {
	var hint string
	switch {
	case t.module.Path != "" && !gomod.ImportablePath(t.runtimePath, t.importPath):
		hint = "no folder above it may be called internal: the client is module " + t.importPath
	case t.module.Path == "" && !gomod.Importable(cfg.Runtime, cfg.Out):
		hint = "the parent of the folder internal must be above the client"
	default:
		return nil
	}
	return spec.Problems{{
		Pos:     spec.Pos{File: cfg.Runtime},
		Message: "the folder of the runtime is internal to others than the client", Hint: hint,
	}}
}

// files renders files, several at a time.
func (t target) files(sources []templates.File) ([]File, error) {
	files := make([]File, len(sources))
	errs := make([]error, len(sources))
	var next atomic.Int64
	var group sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		group.Go(func() {
			for i := next.Add(1) - 1; i < int64(len(sources)); i = next.Add(1) - 1 {
				files[i], errs[i] = t.file(sources[i])
			}
		})
	}
	group.Wait()
	return files, cmp.Or(errs...)
}

// file renders a file, formats what is not formatted yet, and places it.
func (t target) file(source templates.File) (File, error) {
	dir, format := t.out, emit.Format
	switch {
	case path.Base(source.Path) == gomod.Name:
		format = func(_ string, text []byte) ([]byte, error) { return text, nil }
	case source.Runtime:
		format = emit.SortImports
	}
	if source.Runtime {
		dir = t.runtime
	}
	file := File{Path: path.Join(dir, source.Path)}
	text, err := source.Render()
	if err == nil {
		file.Data, err = format(file.Path, input.Unix(text)) // the runtime's, in a checkout on Windows
	}
	return file, err
}
