package templates

import (
	"github.com/dave/jennifer/jen"

	"example.com/lathe/internal/gocode"
	"example.com/lathe/internal/plan"
)

// renderResponseHeaders fills the fields of out that are bound to headers and to
// the status. What the body has already counts where there is no such header.
func renderResponseHeaders(g *jen.Group, p *plan.Package, r plan.Response) {
	rest := runtimePackage(p, "rest")
	for _, b := range r.Headers {
		value, field := headerValue(rest, b), jen.Id("out").Dot(b.Field.Name)
		if b.InBody {
			value = jen.Qual("cmp", "Or").Call(value, field.Clone())
		}
		g.Add(field).Op("=").Add(value)
	}
	for _, b := range r.PrefixHeaders {
		g.Id("out").Dot(b.Field.Name).Op("=").Qual(rest, "PrefixHeaders").Types(gocode.Type(b.Value.Elem.Type)).
			Call(jen.Id("r"), jen.Lit(b.Name))
	}
	if f := r.StatusCode; f != nil {
		status := jen.Id("r").Dot("StatusCode").Call()
		if f.Pointer {
			status = jen.Qual(gocode.AWS, "Int32").Call(status)
		}
		g.Id("out").Dot(f.Name).Op("=").Add(status)
	}
}

// headerValue reads a header into the type of its field.
func headerValue(rest string, b plan.Binding) *jen.Statement {
	v, name := b.Value, jen.Lit(b.Name)
	switch {
	case v.Kind == plan.KindList && v.Elem.Kind == plan.KindTimestamp && v.Elem.Time == "HTTPDate":
		return jen.Qual(rest, "HTTPDateList").Call(jen.Id("r"), name)
	case v.Kind == plan.KindList:
		return jen.Qual(rest, "HeaderList").Call(jen.Id("r"), name, headerParser(rest, v.Elem))
	case b.Loose:
		return jen.Qual(rest, "LooseHeader").Call(jen.Id("r"), name, headerParser(rest, v))
	case v.Kind == plan.KindEnum:
		return gocode.Name(v.Type).Call(jen.Id("r").Dot("HeaderText").Call(name))
	case v.Kind == plan.KindString && v.MediaType == "" && b.Field.Pointer:
		return jen.Id("r").Dot("HeaderString").Call(name)
	case v.Kind == plan.KindString && v.MediaType == "":
		return jen.Id("r").Dot("HeaderText").Call(name)
	case b.Field.Pointer:
		return jen.Qual(rest, "Header").Call(jen.Id("r"), name, headerParser(rest, v))
	default:
		return jen.Qual(rest, "HeaderValue").Call(jen.Id("r"), name, headerParser(rest, v))
	}
}

// headerParser is the function that reads values of a kind from text.
func headerParser(rest string, v *plan.Value) *jen.Statement {
	switch v.Kind {
	case plan.KindString:
		if v.MediaType != "" {
			return jen.Qual(rest, "ParseBase64")
		}
		return jen.Qual(rest, "ParseText").Types(jen.String())
	case plan.KindEnum:
		return jen.Qual(rest, "ParseText").Types(gocode.Name(v.Type))
	case plan.KindIntEnum:
		return jen.Qual(rest, "ParseInt32")
	case plan.KindTimestamp:
		return jen.Qual(rest, timeMethods[v.Time].parse)
	case plan.KindBigInt:
		return jen.Qual(v.Codec, "ParseInt")
	case plan.KindBigFloat:
		return jen.Qual(v.Codec, "ParseFloat")
	default:
		return jen.Qual(rest, decodeMethods[v.Kind].parse)
	}
}

// renderResponseBody reads the body and returns the first error.
func renderResponseBody(g *jen.Group, p *plan.Package, b plan.Body) {
	switch b.Kind {
	case plan.Members:
		renderNewDecoder(g, p)
		g.If(hasBody(p, b)).Block(jen.Id(b.Func).Call(jen.Id("d"), jen.Id("out")))
		g.Return(firstError())
	case plan.Payload:
		renderNewDecoder(g, p)
		g.If(hasBody(p, b)).BlockFunc(func(g *jen.Group) {
			renderDecodeField(g, p, b.Field, jen.Id("out").Dot(b.Field.Name))
		})
		g.Return(firstError())
	case plan.BlobBody:
		renderBlobBody(g, b.Field)
		g.Return(jen.Id("r").Dot("Err").Call())
	case plan.TextBody:
		renderTextBody(g, b.Field)
		g.Return(jen.Id("r").Dot("Err").Call())
	case plan.StreamBody:
		g.Id("out").Dot(b.Field.Name).Op("=").Id("r").Dot("HTTP").Dot("Body")
		g.Return(jen.Id("r").Dot("Err").Call())
	default:
		g.Return(jen.Id("r").Dot("Err").Call())
	}
}

// hasBody begins a body unless it is empty: !d.IsEmpty(), or where bodies have names
// d.Root(), or d.Find("<Result>") for the element that holds the output.
func hasBody(p *plan.Package, b plan.Body) *jen.Statement {
	switch {
	case !p.Codec.IsXML():
		return jen.Op("!").Id("d").Dot("IsEmpty").Call()
	case b.Result != "":
		return jen.Id("d").Dot("Find").Call(jen.Lit(b.Result))
	default:
		return jen.Id("d").Dot("Root").Call()
	}
}

// renderBlobBody keeps a copy of a body, which is reused.
func renderBlobBody(g *jen.Group, f *plan.Field) {
	g.If(jen.Len(jen.Id("r").Dot("Body")).Op(">").Lit(0)).Block(
		jen.Id("out").Dot(f.Name).Op("=").Qual("bytes", "Clone").Call(jen.Id("r").Dot("Body")),
	)
}

func renderTextBody(g *jen.Group, f *plan.Field) {
	text := jen.String().Call(jen.Id("r").Dot("Body"))
	if f.Value.Kind == plan.KindEnum {
		g.Id("out").Dot(f.Name).Op("=").Add(gocode.Name(f.Value.Type)).Call(jen.Id("r").Dot("Body"))
		return
	}
	g.If(jen.Len(jen.Id("r").Dot("Body")).Op(">").Lit(0)).Block(
		jen.Id("out").Dot(f.Name).Op("=").Qual(gocode.AWS, "String").Call(text),
	)
}
