// Package templates renders a plan as Go. It has one table of artefacts, and one
// file of renderers an artefact, named after the file that it renders; the Go
// packages below runtime are not rendered but copied.
package templates

import (
	"bytes"
	"fmt"
	"slices"

	"github.com/dave/jennifer/jen"

	"example.com/lathe/internal/plan"
)

// File is a file of a client that can be rendered. Its path is slash-separated
// and relative to the client's folder, or to the runtime's when Runtime is true.
type File struct {
	Path    string
	Runtime bool
	render  func() ([]byte, error)
}

// Render returns the text of the file. That of the runtime is formatted but for the
// order of its imports, all other is not formatted yet. The files of a client may
// be rendered at the same time.
func (f File) Render() ([]byte, error) {
	data, err := f.render()
	if err != nil {
		return nil, fmt.Errorf("rendering %s: %w", f.Path, err)
	}
	return data, nil
}

// artefact is a file of a client: its path, the condition under which it exists
// (nil for always) and what renders it.
type artefact struct {
	path   string
	when   func(*plan.Package) bool
	render func(*plan.Package) *jen.File
}

// artefacts is what a client is made of, beside a file an operation.
var artefacts = []artefact{
	{"doc.go", nil, renderDoc},
	{"eventstream.go", func(p *plan.Package) bool { return p.Needs.Events }, renderEvents},
	{"serializers.go", func(p *plan.Package) bool { return len(p.Encoders) > 0 }, renderSerializers},
	{"deserializers.go", func(p *plan.Package) bool { return len(p.ErrorDecoders)+len(p.Decoders) > 0 },
		renderDeserializers},
	{"validators.go", func(p *plan.Package) bool { return len(p.Validators) > 0 }, renderValidators},
	{"document/document.go", func(p *plan.Package) bool { return p.Needs.Document }, renderDocument},
	{"examples_test.go", func(p *plan.Package) bool { return len(p.Examples) > 0 }, renderExamples},
	{"types/types.go", nil, renderTypes},
	{"types/enums.go", func(p *plan.Package) bool { return len(p.Enums) > 0 }, renderEnums},
	{"types/errors.go", hasErrors, renderErrors},
}

func hasErrors(p *plan.Package) bool {
	return slices.ContainsFunc(p.Structs, func(s *plan.Struct) bool { return s.Error != nil })
}

// fixedFile is a file that hardly varies between clients, with the condition under which it
// exists, as that of an artefact, and what renders the part of it that varies, which may be
// nil.
type fixedFile struct {
	name   string
	when   func(*plan.Package) bool
	varies func(*plan.Package) *jen.File
}

// constants are those of a client.
var constants = []fixedFile{
	{"client.go", nil, nil},
	{"options.go", nil, nil},
	{"endpoints.go", nil, renderEndpoints},
	{"hooks.go", hasHooks, nil},
	{"rules_only.go", hasRulesOnly, nil},
	{"checksums.go", func(p *plan.Package) bool { return p.Needs.Checksum }, nil},
	{"hostid.go", func(p *plan.Package) bool { return p.Needs.HostIDs }, nil},
	{"express.go", func(p *plan.Package) bool { return p.Sessions != nil }, nil},
	{"objects.go", func(p *plan.Package) bool { return p.Needs.Objects }, nil},
	{"presign.go", func(p *plan.Package) bool { return p.Needs.Presign }, nil},
	{"presign_copies.go", func(p *plan.Package) bool { return p.Needs.PresignCopies }, nil},
	{"presign_post.go", func(p *plan.Package) bool { return p.Needs.PresignForms }, nil},
}

func hasHooks(p *plan.Package) bool { return !p.Lean }

// hasRulesOnly reports whether there are calls whose endpoints only the rules know, not the
// resolvers of the deprecated kind.
func hasRulesOnly(p *plan.Package) bool {
	parts := rulesOnlyParts(p)
	return hasHooks(p) && (parts["endpointID"] || parts["outpostID"] || parts["named"])
}

// Files returns the files of a client: the artefacts, the operations, what hardly varies, and
// the go.mod of one that is a module. The runtime that they need is [CutRuntime].
func Files(p *plan.Package) []File {
	var files []File
	for _, a := range artefacts {
		if a.when == nil || a.when(p) {
			files = append(files, file(a.path, func() *jen.File { return a.render(p) }))
		}
	}
	for _, c := range constants {
		if c.when == nil || c.when(p) {
			files = append(files, File{Path: c.name, render: func() ([]byte, error) { return c.render(p) }})
		}
	}
	for _, op := range p.Operations {
		files = append(files, file(op.File, func() *jen.File { return renderOperation(p, op) }))
	}
	return append(files, moduleFiles(p)...)
}

// file is a file of the client that is rendered with jennifer.
func file(path string, render func() *jen.File) File {
	return File{Path: path, render: func() ([]byte, error) { return rendered(render()) }}
}

func rendered(f *jen.File) ([]byte, error) {
	var buf bytes.Buffer
	err := f.Render(&buf)
	return buf.Bytes(), err
}
