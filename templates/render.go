// Package templates renders a plan as Go. It has one table of artefacts, and one
// file of renderers an artefact, named after the file that it renders; the Go
// packages below runtime are not rendered but copied.
package templates

import (
	"bytes"
	"fmt"

	"github.com/dave/jennifer/jen"

	"example.com/lathe/internal/plan"
)

// File is a rendered file. Its path is slash-separated and relative to the
// client's folder, or to the runtime's when Runtime is true. The text is not
// formatted yet.
type File struct {
	Path    string
	Data    []byte
	Runtime bool
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
	{"client.go", nil, renderClient},
	{"options.go", nil, renderOptions},
	{"endpoints.go", nil, renderEndpoints},
	{"serializers.go", func(p *plan.Package) bool { return len(p.Encoders) > 0 }, renderSerializers},
	{"deserializers.go", func(p *plan.Package) bool { return len(p.ErrorDecoders)+len(p.Decoders) > 0 }, renderDeserializers},
	{"validators.go", func(p *plan.Package) bool { return len(p.Validators) > 0 }, renderValidators},
	{"document/document.go", func(p *plan.Package) bool { return p.Needs.Document }, renderDocument},
	{"types/doc.go", nil, renderTypesDoc},
	{"types/types.go", nil, renderTypes},
	{"types/enums.go", func(p *plan.Package) bool { return len(p.Enums) > 0 }, renderEnums},
	{"types/errors.go", hasErrors, renderErrors},
}

func hasErrors(p *plan.Package) bool {
	for _, s := range p.Structs {
		if s.Error != nil {
			return true
		}
	}
	return false
}

// Render renders every file of a client: the artefacts, the operations and the
// runtime packages that they need.
func Render(p *plan.Package) ([]File, error) {
	var files []File
	for _, a := range artefacts {
		if a.when == nil || a.when(p) {
			file, err := render(a.path, a.render(p))
			if err != nil {
				return nil, err
			}
			files = append(files, file)
		}
	}
	for _, op := range p.Operations {
		file, err := render("api_op_"+op.Name+".go", renderOperation(p, op))
		if err != nil {
			return nil, err
		}
		files = append(files, file)
	}
	runtime, err := runtimeFiles(p)
	return append(files, runtime...), err
}

func render(path string, f *jen.File) (File, error) {
	var buf bytes.Buffer
	if err := f.Render(&buf); err != nil {
		return File{}, fmt.Errorf("rendering %s: %w", path, err)
	}
	return File{Path: path, Data: buf.Bytes()}, nil
}
