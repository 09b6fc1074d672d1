package templates

import (
	"github.com/dave/jennifer/jen"

	"example.com/lathe/internal/jenx"
	"example.com/lathe/internal/plan"
)

// renderDoc writes doc.go of the client package.
func renderDoc(p *plan.Package) *jen.File {
	f := clientFile(p)
	lines := append([]string(nil), p.Service.Doc...)
	if len(lines) > 0 {
		lines[0] = "Package " + p.Name + " " + lines[0]
	}
	packageComment(f, lines)
	return f
}

// renderTypesDoc writes types/doc.go.
func renderTypesDoc(p *plan.Package) *jen.File {
	f := typesFile(p)
	packageComment(f, []string{"Package types holds the structures, enums, unions and errors of " + p.Service.Title + "."})
	return f
}

func packageComment(f *jen.File, lines []string) {
	for _, line := range lines {
		f.PackageComment(jenx.CommentLine(line))
	}
}
