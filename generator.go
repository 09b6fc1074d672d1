// Package lathe generates slim Go clients from operation-and-shape API specs:
// only the operations asked for and the shapes they reach, drop-in compatible with
// the packages of github.com/aws/aws-sdk-go-v2/service.
//
// There is one way through: a loader reads the spec into the model of package
// spec, the operations are selected, package plan decides every name and type,
// package templates renders, and package emit formats. Nothing here writes to the
// disk; package emit does that with what [Generate] returns.
package lathe

import (
	"fmt"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"example.com/lathe/internal/emit"
	"example.com/lathe/internal/gomod"
	"example.com/lathe/internal/input"
	"example.com/lathe/internal/naming"
	"example.com/lathe/internal/paths"
	"example.com/lathe/internal/plan"
	"example.com/lathe/internal/protocol"
	"example.com/lathe/spec"
	"example.com/lathe/templates"
)

// Config says what to generate.
type Config struct {
	// Spec is the file of the spec; "-" is standard input.
	Spec string
	// Format is "openapi", "smithy" or "c2j"; empty recognises the format by
	// content.
	Format string
	// Out is the folder of the client, inside a Go module. It need not exist.
	Out string
	// Package is the Go package name; empty makes one of the service id.
	Package string
	// Operations are names or globs of operations; empty means all. Operations
	// that are matched by a glob but can't be generated are left out, those
	// named are an error.
	Operations []string
	// Protocol is the wire protocol to speak, by the name of its Smithy trait without
	// namespace ("awsJson1_0"); empty takes the preferred one of the service's.
	Protocol string
	// OperationsAt, ProtocolAt and SpecAt are where a configuration file names Operations,
	// each with its place, Protocol and Spec. Problems with them are reported there; without
	// a place, of the spec.
	OperationsAt       []spec.Pos
	ProtocolAt, SpecAt spec.Pos
	// Presign are the names of operations that the client can presign, beside those that
	// the official package can.
	Presign []string
	// PresignAt are where a configuration file names them, each with its place.
	PresignAt []spec.Pos
	// Lean makes a client without middleware, interceptors, tracing and deprecated kinds of
	// endpoint resolvers, which are fields of its options otherwise.
	Lean bool
	// Examples asks for the model's examples as Example functions, in a test file.
	Examples bool
	// Additions are what the spec lacks; they are applied when it has been read.
	Additions spec.Additions
	// Module makes the client a module of its own, with a go.mod: its path, which may be
	// followed by @ and the version of the module that it stands in for. A Runtime is one,
	// too, then; its path is that of its folder in the module around it.
	Module string
	// Runtime is the folder of the runtime packages that the client imports,
	// which clients may share; empty means "internal" below Out.
	Runtime string
}

// Result is a generated client, in memory.
type Result struct {
	// Package is the Go package name, ImportPath its import path.
	Package, ImportPath string
	// Operations are those generated, sorted.
	Operations []string
	// Refused are the operations that were left out, with the reasons.
	Refused []Refusal
	// Files are all files of the client, formatted, by paths relative to
	// ModuleRoot and sorted.
	Files []File
	// ModuleRoot is the absolute folder of the module, or of the one around a client that
	// is a module itself; Dirs are the output folders in it, slash-separated.
	ModuleRoot string
	Dirs       []string
	// Sources are the files that the spec was read from, by path.
	Sources []Source
	// Warnings are what a user should know of the spec although it was used.
	Warnings spec.Problems
	// Model is the part of the spec that the client was made of.
	Model *spec.API
	// Requires are the modules that the client needs, in the oldest versions that it works
	// with.
	Requires []gomod.Version

	target target
	// own are the files without those copied from the runtime.
	own []File
}

// File is a generated file.
type File struct {
	// Path is slash-separated and relative to the root of the module.
	Path string
	// Data is the whole content, formatted, with line endings as Unix has them.
	Data []byte
}

// Refusal is an operation that can't be generated.
type Refusal struct {
	Operation string
	Reasons   spec.Problems
}

// Generate makes a client. The error is a [spec.Problems] when something is wrong
// with the spec, the selection or the output folder, and an error of the file system
// when the spec can't be read.
func Generate(cfg Config) (*Result, error) {
	go templates.PrepareRuntime() // while the spec is read
	api, sources, unfit, err := cfg.read()
	if err != nil {
		return nil, err
	}
	target, err := locate(cfg)
	if err != nil {
		return nil, err
	}
	chosen, err := choose(api, cfg, unfit)
	if err != nil {
		return nil, err
	}
	p, err := plan.Build(chosen.api, plan.Config{
		Protocol: chosen.protocol, Package: cfg.Package, ImportPath: target.importPath, Runtime: target.runtimePath,
		Source: sourceName(target.Root, cfg.Spec), Lean: cfg.Lean, Presign: cfg.presigned(), Module: target.module,
	})
	if err != nil {
		return nil, err
	}
	if err := cfg.wrongAdditions(p.Warnings).Err(); err != nil {
		return nil, err
	}
	own, err := target.files(templates.Files(p))
	if err != nil {
		return nil, err
	}
	runtime, err := target.runtimeFor(own)
	if err != nil {
		return nil, err
	}
	result := &Result{
		Package: p.Name, ImportPath: p.ImportPath, Refused: chosen.refused, Files: inOrder(own, runtime), target: target, own: own,
		ModuleRoot: target.Root, Dirs: []string{target.out}, Sources: sources, Model: chosen.api,
		Warnings: slices.Concat(api.Warnings, p.Warnings),
	}
	if target.isShared() {
		result.Dirs = append(result.Dirs, target.runtime)
	}
	for _, r := range templates.Requirements(p) {
		result.Requires = append(result.Requires, gomod.Version(r))
	}
	for _, op := range p.Operations {
		result.Operations = append(result.Operations, op.Name)
	}
	return result, nil
}

// presigned are the operations that the client shall presign.
func (cfg Config) presigned() []plan.PresignRequest {
	wanted := make([]plan.PresignRequest, len(cfg.Presign))
	for i, name := range cfg.Presign {
		wanted[i] = plan.PresignRequest{Name: name, Pos: spec.Pos{File: cfg.Spec}}
		if i < len(cfg.PresignAt) {
			wanted[i].Pos = cfg.PresignAt[i]
		}
	}
	return wanted
}

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
			Pos: spec.Pos{File: t.Root}, Message: "the folder is a module already, " + t.Path, Hint: "choose a folder inside of it",
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
		Pos: spec.Pos{File: cfg.Runtime}, Message: "the folder of the runtime is internal to others than the client", Hint: hint,
	}}
}

// sourceName is the name of a spec in the header of each file: its path below the
// root of the client's module, and of a file outside of it the last two elements of
// its path. It is the same wherever the program runs and the module lies.
func sourceName(root, file string) string {
	if file == input.Stdin {
		return input.StdinName
	}
	if below, ok := paths.Below(root, file); ok {
		return below
	}
	dir := paths.Real(filepath.Dir(paths.Abs(file)))
	if below, ok := paths.Below(root, dir); ok {
		return path.Join(below, filepath.Base(file))
	}
	return path.Join(filepath.Base(dir), filepath.Base(file))
}

// choice is the part of a spec that a client is made of.
type choice struct {
	api      *spec.API
	protocol *protocol.Protocol
	refused  []Refusal
}

// choose selects protocol and operations. Operations that a glob, or no name at all,
// brings in are left out when they can't be generated; what is wrong with their source
// is a problem. The error has the problems known before, too.
func choose(api *spec.API, cfg Config, known spec.Problems) (*choice, error) {
	selected, unmatched := spec.Select(api, cfg.Operations)
	ps := slices.Concat(known, cfg.unmatched(api, unmatched, partHint))
	speaks, problem := cfg.speaks(api)
	if problem != nil {
		return nil, append(ps, *problem).Err()
	}
	var refused []Refusal
	var kept []string
	reasonsOf := unsupported(selected, speaks)
	for _, op := range selected.Operations {
		reasons := reasonsOf(op)
		switch {
		case len(reasons) == 0:
			kept = append(kept, op.Name)
		case op.Part != nil || slices.ContainsFunc(cfg.Operations, op.Called):
			ps = append(ps, reasons...)
		default:
			refused = append(refused, Refusal{op.Name, reasons})
		}
	}
	if err := ps.Err(); err != nil {
		return nil, err
	}
	if len(refused) > 0 && len(kept) > 0 {
		selected, _ = spec.Select(selected, kept)
	}
	if len(kept) == 0 {
		ps.Add(api.Pos, "", "no operation of %s is left to generate", api.Name)
		for _, r := range refused {
			ps = append(ps, r.Reasons...)
		}
		return nil, ps.Err()
	}
	selected.Protocols = []spec.Protocol{speaks.ID} // others that the service speaks are none of the client's
	return &choice{selected, speaks, refused}, nil
}

// speaks returns the protocol of a client, or why there is none.
func (cfg Config) speaks(api *spec.API) (*protocol.Protocol, *spec.Problem) {
	speaks, problem := protocol.For(api, spec.Protocol(cfg.Protocol))
	if problem != nil && cfg.ProtocolAt != (spec.Pos{}) {
		problem.Pos = cfg.ProtocolAt
	}
	return speaks, problem
}

// unmatched are the problems with names that no operation has; more is what a hint says
// beside the name that may be meant.
func (cfg Config) unmatched(
	api *spec.API, names []string, more func(file, name string) string,
) (problems spec.Problems) {
	for _, name := range names {
		at, of := spec.Pos{File: api.Pos.File}, ""
		if i := slices.Index(cfg.Operations, name); i >= 0 && i < len(cfg.OperationsAt) {
			at, of = cfg.OperationsAt[i], " of "+paths.Show(api.Pos.File)
		}
		problems.Add(at, unknownHint(api, name, more), "no operation%s matches %q", of, name)
	}
	return problems
}

// unsupported returns the function that returns why an operation can't be generated;
// nothing when it can.
func unsupported(api *spec.API, speaks *protocol.Protocol) func(*spec.Operation) spec.Problems {
	reasons := plan.Unsupported(api, speaks)
	return func(op *spec.Operation) spec.Problems {
		ps := reasons(op)
		if op.Part == nil { // otherwise its headers have been checked with the source
			ps = append(ps, spec.CheckHeaders(op)...)
		}
		return ps
	}
}

func unknownHint(api *spec.API, name string, more func(file, name string) string) string {
	var all, hints []string
	for _, op := range api.Operations {
		all = append(all, op.Name)
		if op.SourceName != "" {
			all = append(all, op.SourceName)
		}
	}
	if near := spec.Nearest(name, slices.Values(all)); near != "" {
		hints = append(hints, "did you mean "+near+"?")
	}
	if hint := more(api.Pos.File, name); hint != "" {
		hints = append(hints, hint)
	}
	if hints == nil {
		return `"gen list" prints the operations of a spec`
	}
	return strings.Join(hints, " ")
}

// noHint is where there is no more to say.
func noHint(string, string) string { return "" }

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
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	return files, nil
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
