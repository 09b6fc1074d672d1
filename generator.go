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
	"path"
	"path/filepath"
	"slices"

	"example.com/lathe/internal/gomod"
	"example.com/lathe/internal/input"
	"example.com/lathe/internal/paths"
	"example.com/lathe/internal/plan"
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
		Package: p.Name, ImportPath: p.ImportPath, Refused: chosen.refused, Files: inOrder(own, runtime),
		target: target, own: own,
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
