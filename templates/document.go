package templates

import (
	"github.com/dave/jennifer/jen"

	"example.com/lathe/internal/gocode"
	"example.com/lathe/internal/plan"
)

// renderDocument writes document/document.go: documents under the names that the
// official packages have for them.
func renderDocument(p *plan.Package) *jen.File {
	f := gocode.File(p.ImportPath+"/document", "document", p.Source)
	runtime := runtimePackage(p, "document")
	f.ImportAlias(runtime, "internaldocument")
	f.PackageComment("// Package document holds values without a schema.")
	f.Comment("// Interface is a document: one to be sent, made by [NewLazyDocument], or one that the")
	f.Comment("// service sent.")
	f.Type().Id("Interface").Op("=").Qual(runtime, "Interface")
	f.Line()
	f.Comment("// NewLazyDocument returns a document of a Go value, which is encoded when it is sent:")
	f.Comment("// maps with string keys, slices, structs with \"document\" tags, and scalars.")
	f.Func().Id("NewLazyDocument").Params(jen.Id("v").Any()).Id("Interface").Block(
		jen.Return(jen.Qual(runtime, "NewLazy").Call(jen.Id("v"))),
	)
	return f
}
