package templates

import (
	"slices"

	"github.com/dave/jennifer/jen"

	"example.com/lathe/internal/gocode"
	"example.com/lathe/internal/plan"
)

// renderDeserializers writes deserializers.go: how error responses and the
// shapes that responses share are decoded.
func renderDeserializers(p *plan.Package) *jen.File {
	f := clientFile(p)
	for _, e := range p.ErrorDecoders {
		f.Line()
		renderErrorDecoder(f.Group, p, e)
	}
	for _, c := range p.Decoders {
		f.Line()
		renderDecoder(f.Group, p, c)
	}
	return f
}

// codec is the import path of the package that reads responses.
func codec(p *plan.Package) string { return runtimePackage(p, p.Codec.Package) }

func decoderParam(p *plan.Package) *jen.Statement {
	return jen.Id("d").Op("*").Qual(codec(p), "Decoder")
}

// renderErrorDecoder writes
//
//	var err<Error> = transport.Error{Code: "<code>", Decode: decodeError<Error>}
//
//	func decodeError<Error>(r *rest.Response) error
func renderErrorDecoder(g *jen.Group, p *plan.Package, e *plan.ErrorDecoder) {
	g.Var().Id(e.Var).Op("=").Qual(runtimePackage(p, "transport"), "Error").Values(
		jen.Id("Code").Op(":").Lit(e.Code), jen.Id("Decode").Op(":").Id(e.Func),
	)
	g.Line()
	if hasOnlyMessage(p, e) {
		g.Func().Id(e.Func).Params(responseParam(p)).Error().Block(
			jen.Return(jen.Op("&").Add(gocode.Name(e.Struct.Type)).ValuesFunc(func(g *jen.Group) {
				g.Id("Message").Op(":").Qual(codec(p), p.Errors.Message).Call(jen.Id("r").Dot("Body"))
				renderCodeOverride(g, p)
			})),
		)
		return
	}
	g.Func().Id(e.Func).Params(responseParam(p)).Error().BlockFunc(func(g *jen.Group) {
		g.Id("out").Op(":=").Op("&").Add(gocode.Name(e.Struct.Type)).
			ValuesFunc(func(g *jen.Group) { renderCodeOverride(g, p) })
		renderBareError(g, p, e.Bare)
		if body := e.Response.Body; body.Kind == plan.Members || len(body.Fields) > 0 {
			renderNewDecoder(g, p)
			g.If(errorBody(p)).Block(jen.For(jen.Id("d").Dot(nextMethod(p)).Call()).BlockFunc(func(g *jen.Group) {
				renderMember(g, body.Fields, errorKeys(p, e),
					func(g *jen.Group, f *plan.Field) { renderDecodeField(g, p, f, outField(f)) })
			}))
		}
		renderErrorPayload(g, p, e.Response.Body)
		renderResponseHeaders(g, p, e.Response)
		g.Comment("// A body that can't be read leaves the rest of the error as it is.")
		g.Return(jen.Id("out"))
	})
}

// renderBareError reads an error that has no element of errors around it:
//
//	if texts, ok := xmlcodec.BareError(r.Body, "<Root>", "<List>", "<Item>"); ok {
//		message := "<text>"
//		out.Message, out.<Texts> = &message, texts
//		return out
//	}
func renderBareError(g *jen.Group, p *plan.Package, bare *plan.BareError) {
	if bare == nil {
		return
	}
	call := jen.Qual(codec(p), "BareError").Call(jen.Id("r").Dot("Body"), jen.Lit(bare.Root), jen.Lit(bare.List),
		jen.Lit(bare.Item))
	g.If(jen.List(jen.Id("texts"), jen.Id("ok")).Op(":=").Add(call), jen.Id("ok")).Block(
		jen.Id("message").Op(":=").Lit(bare.Text),
		jen.List(jen.Id("out").Dot("Message"), jen.Id("out").Dot(bare.Texts.Name)).Op("=").
			List(jen.Op("&").Id("message"), jen.Id("texts")),
		jen.Return(jen.Id("out")),
	)
}

// renderErrorPayload reads the member that is all of an error's body, if there is one:
//
//	if d := jsoncodec.NewDecoder(r.Body); !d.IsEmpty() { … }
func renderErrorPayload(g *jen.Group, p *plan.Package, b plan.Body) {
	switch b.Kind {
	case plan.Payload:
		begun := jen.Op("!").Id("d").Dot("IsEmpty").Call()
		if p.Codec.IsXML() {
			begun = errorBody(p)
		}
		g.If(jen.Id("d").Op(":=").Qual(codec(p), "NewDecoder").Call(jen.Id("r").Dot("Body")), begun).
			BlockFunc(func(g *jen.Group) { renderDecodeField(g, p, b.Field, outField(b.Field)) })
	case plan.BlobBody, plan.StreamBody:
		renderBlobBody(g, b.Field)
	case plan.TextBody:
		renderTextBody(g, b.Field)
	}
}

// errorBody begins the members of an error:
//
//	!d.IsEmpty() && d.Object()
//
// or, where bodies have names, d.Find("<Element>").
func errorBody(p *plan.Package) *jen.Statement {
	if p.Codec.IsXML() {
		return jen.Id("d").Dot("Find").Call(jen.Lit(p.Errors.Element))
	}
	return jen.Op("!").Id("d").Dot("IsEmpty").Call().Op("&&").Id("d").Dot("Object").Call()
}

// nextMethod goes on to the next member of an object.
func nextMethod(p *plan.Package) string {
	if p.Codec.IsXML() {
		return "NextElement"
	}
	return "NextMember"
}

// renderCodeOverride writes the field for a code that a response has in place of the
// error's own, where the service has such codes:
//
//	ErrorCodeOverride: rest.QueryErrorCode(r.HTTP.Header)
func renderCodeOverride(g *jen.Group, p *plan.Package) {
	if p.Errors.QueryCode {
		g.Id("ErrorCodeOverride").Op(":").Qual(runtimePackage(p, "rest"), "QueryErrorCode").
			Call(jen.Id("r").Dot("HTTP").Dot("Header"))
	}
}

// hasOnlyMessage reports whether an error is nothing but a message, as most are.
func hasOnlyMessage(p *plan.Package, e *plan.ErrorDecoder) bool {
	r := e.Response
	return len(r.Body.Fields) == 1 && slices.Contains(p.Errors.MessageKeys, r.Body.Fields[0].Wire) &&
		r.Body.Kind == plan.Members &&
		len(r.Headers)+len(r.PrefixHeaders) == 0 && r.StatusCode == nil
}

// errorKeys returns the keys of a field in an error's body. The message has all keys
// that the protocol knows, but for one that is another member's.
func errorKeys(p *plan.Package, e *plan.ErrorDecoder) func(*plan.Field) []string {
	return func(f *plan.Field) []string {
		keys := []string{f.Wire}
		if f.Name != "Message" {
			return keys
		}
		for _, key := range p.Errors.MessageKeys {
			taken := slices.ContainsFunc(e.Response.Body.Fields, func(f *plan.Field) bool { return f.Wire == key })
			if !taken {
				keys = append(keys, key)
			}
		}
		return keys
	}
}

func memberKeys(f *plan.Field) []string { return []string{f.Wire} }

// renderNewDecoder writes
//
//	d := jsoncodec.NewDecoder(r.Body)
func renderNewDecoder(g *jen.Group, p *plan.Package) {
	g.Id("d").Op(":=").Qual(codec(p), "NewDecoder").Call(jen.Id("r").Dot("Body"))
}

// firstError returns cmp.Or(d.Err(), r.Err()).
func firstError() *jen.Statement {
	return jen.Qual("cmp", "Or").Call(jen.Id("d").Dot("Err").Call(), jen.Id("r").Dot("Err").Call())
}

// renderDecoder writes the function that reads a shape: a structure into out, and what is
// no structure as its result.
//
//	func decode<Shape>(d *jsoncodec.Decoder, out *<Type>) { … }
//	func decode<Shape>(d *jsoncodec.Decoder) <Type> { … }
func renderDecoder(g *jen.Group, p *plan.Package, c *plan.Codec) {
	fn := g.Func().Id(c.Value.Decode)
	result := func(read func(*jen.Group)) {
		fn.Params(decoderParam(p)).Add(gocode.Type(c.Value.Type)).BlockFunc(read)
	}
	switch c.Value.Kind {
	case plan.KindList:
		result(func(g *jen.Group) { renderDecodeList(g, p, c.Value) })
	case plan.KindMap:
		result(func(g *jen.Group) { renderDecodeMap(g, p, c.Value) })
	case plan.KindUnion:
		result(func(g *jen.Group) { renderDecodeUnion(g, p, c.Union) })
	default:
		fn.Params(decoderParam(p), jen.Id("out").Op("*").Add(gocode.Name(c.Value.Type))).BlockFunc(func(g *jen.Group) {
			renderDecodeFields(g, p, c.Fields)
		})
	}
}

// renderDecodeFields writes the loop that fills the fields of out.
func renderDecodeFields(g *jen.Group, p *plan.Package, fields []*plan.Field) {
	if p.Codec.IsXML() {
		renderReadElements(g, p, fields)
		return
	}
	loop := g.For(jen.Id("more").Op(":=").Id("d").Dot("Object").Call(),
		jen.Id("more").Op("&&").Id("d").Dot("NextMember").Call(), jen.Empty())
	loop.BlockFunc(func(g *jen.Group) {
		renderMember(g, fields, memberKeys, func(g *jen.Group, f *plan.Field) { renderDecodeField(g, p, f, outField(f)) })
	})
}

func outField(f *plan.Field) *jen.Statement { return jen.Id("out").Dot(f.Name) }

// renderMember reads one member:
//
//	switch string(d.Name()) {
//	case "<wire>":
//		out.<Field> = d.<Kind>()
//	default:
//		d.Skip()
//	}
func renderMember(
	g *jen.Group, fields []*plan.Field, keys func(*plan.Field) []string, read func(*jen.Group, *plan.Field),
) {
	if len(fields) == 0 {
		g.Id("d").Dot("Skip").Call()
		return
	}
	g.Switch(jen.String().Call(jen.Id("d").Dot("Name").Call())).BlockFunc(func(g *jen.Group) {
		for _, f := range fields {
			g.CaseFunc(func(g *jen.Group) { literals(g, keys(f)) }).BlockFunc(func(g *jen.Group) { read(g, f) })
		}
		g.Default().Block(jen.Id("d").Dot("Skip").Call())
	})
}

// renderDecodeField reads a value into a field.
func renderDecodeField(g *jen.Group, p *plan.Package, f *plan.Field, target *jen.Statement) {
	switch {
	case p.Codec.IsXML() && f.Flat && f.Value.Kind == plan.KindList:
		renderReadElement(g, p, f.Value, target)
	case p.Codec.IsXML() && f.Flat && f.Value.Kind == plan.KindMap:
		renderReadFlatMap(g, p, f.Value, target)
	case f.Value.Kind == plan.KindStructure:
		renderDecodeStructure(g, p, f.Value, target)
	default:
		g.Add(target).Op("=").Add(decodeValue(f.Value, f.Pointer))
	}
}

// renderDecodeStructure reads a structure behind a pointer, which stays nil for
// null, where there is null:
//
//	if !d.Null() {
//		<target> = &<Type>{}
//		decode<Shape>(d, <target>)
//	}
func renderDecodeStructure(g *jen.Group, p *plan.Package, v *plan.Value, target *jen.Statement) {
	read := func(g *jen.Group) {
		g.Add(target.Clone()).Op("=").Op("&").Add(gocode.Name(v.Type)).Values()
		g.Id(v.Decode).Call(jen.Id("d"), target.Clone())
	}
	if p.Codec.IsXML() {
		read(g)
		return
	}
	g.If(jen.Op("!").Id("d").Dot("Null").Call()).BlockFunc(read)
}

// scalarMethods are the methods of a codec that read a scalar: one returns a pointer, nil
// for null, the other the value itself. parse is rest's function for the same in a header.
type scalarMethods struct{ pointer, value, parse string }

var decodeMethods = map[plan.Kind]scalarMethods{
	plan.KindBool: {"Bool", "BoolValue", "ParseBool"}, plan.KindInt8: {"Int8", "Int8Value", "ParseInt8"},
	plan.KindInt16: {"Int16", "Int16Value", "ParseInt16"}, plan.KindInt32: {"Int32", "Int32Value", "ParseInt32"},
	plan.KindInt64: {"Int64", "Int64Value", "ParseInt64"}, plan.KindFloat32: {"Float32", "Float32Value", "ParseFloat32"},
	plan.KindFloat64: {"Float64", "Float64Value", "ParseFloat64"}, plan.KindString: {"String", "Text", "ParseText"},
}

// timeMethods are those for timestamps, by format.
var timeMethods = map[string]scalarMethods{
	"DateTime": {"DateTime", "DateTimeValue", "ParseDateTime"}, "HTTPDate": {"HTTPDate", "HTTPDateValue", "ParseHTTPDate"},
	"EpochSeconds": {"EpochSeconds", "EpochSecondsValue", "ParseEpochSeconds"},
}

func (m scalarMethods) method(pointer bool) string {
	if pointer {
		return m.pointer
	}
	return m.value
}

// decodeValue reads a value that is no structure, or a pointer to one.
func decodeValue(v *plan.Value, pointer bool) *jen.Statement {
	d := jen.Id("d")
	switch v.Kind {
	case plan.KindList, plan.KindMap, plan.KindUnion:
		return jen.Id(v.Decode).Call(d)
	case plan.KindDocument:
		return jen.Qual(v.Codec, "Decode").Call(d)
	case plan.KindBigInt:
		return jen.Qual(v.Codec, "DecodeInt").Call(d)
	case plan.KindBigFloat:
		return jen.Qual(v.Codec, "DecodeFloat").Call(d)
	case plan.KindEnum:
		return gocode.Name(v.Type).Call(d.Dot("Text").Call())
	case plan.KindIntEnum:
		return gocode.Name(v.Type).Call(d.Dot("Int32Value").Call())
	case plan.KindBlob:
		return d.Dot("Blob").Call()
	case plan.KindTimestamp:
		return d.Dot(timeMethods[v.Time].method(pointer)).Call()
	default:
		return d.Dot(decodeMethods[v.Kind].method(pointer)).Call()
	}
}

// renderDecodeList reads an array's elements:
//
//	for d.NextElement() {
//		out = append(jsoncodec.Grow(d, out), d.<Kind>())
//	}
func renderDecodeList(g *jen.Group, p *plan.Package, v *plan.Value) {
	if !p.Codec.IsXML() {
		g.If(jen.Op("!").Id("d").Dot("Array").Call()).Block(jen.Return(jen.Nil()))
	}
	g.Id("out").Op(":=").Add(gocode.Type(v.Type)).Values()
	g.For(jen.Id("d").Dot("NextElement").Call()).
		BlockFunc(func(g *jen.Group) { renderReadElement(g, p, v, jen.Id("out")) })
	g.Return(jen.Id("out"))
}

// renderReadElement reads an element and appends it to a list.
func renderReadElement(g *jen.Group, p *plan.Package, v *plan.Value, list *jen.Statement) {
	pointer := v.Sparse && v.Elem.Pointable()
	add := func(g *jen.Group, element jen.Code) {
		grown := jen.Qual(codec(p), "Grow").Call(jen.Id("d"), list.Clone())
		g.Add(list.Clone()).Op("=").Append(grown, element)
	}
	last := list.Clone().Index(jen.Len(list.Clone()).Op("-").Lit(1))
	switch {
	case v.Elem.Kind == plan.KindStructure && pointer:
		add(g, jen.Nil())
		renderDecodeStructure(g, p, v.Elem, last)
	case v.Elem.Kind == plan.KindStructure:
		add(g, gocode.Name(v.Elem.Type).Values())
		g.Id(v.Elem.Decode).Call(jen.Id("d"), jen.Op("&").Add(last))
	default:
		add(g, decodeValue(v.Elem, pointer))
	}
}

// renderDecodeMap reads an object's entries. A null is dropped unless the map is
// sparse or the service means the keys of such entries.
//
//	for d.NextMember() {
//		key := d.Key()
//		out = jsoncodec.GrowMap(d, out, key)
//		out[key] = d.<Kind>()
//	}
func renderDecodeMap(g *jen.Group, p *plan.Package, v *plan.Value) {
	if p.Codec.IsXML() {
		renderReadMap(g, p, v)
		return
	}
	g.If(jen.Op("!").Id("d").Dot("Object").Call()).Block(jen.Return(jen.Nil()))
	g.Id("out").Op(":=").Add(gocode.Type(v.Type)).Values()
	g.For(jen.Id("d").Dot("NextMember").Call()).BlockFunc(func(g *jen.Group) {
		g.Id("key").Op(":=").Id("d").Dot("Key").Call()
		if !v.Sparse && !v.NullEntries {
			g.If(jen.Id("d").Dot("Null").Call()).Block(jen.Continue())
		}
		renderReadEntry(g, p, v, jen.Id("out"))
	})
	g.Return(jen.Id("out"))
}

// renderReadEntry reads the value of an entry and puts it into a map.
func renderReadEntry(g *jen.Group, p *plan.Package, v *plan.Value, m *jen.Statement) {
	pointer := v.Sparse && v.Elem.Pointable()
	entry := m.Clone().Index(jen.Id("key"))
	g.Add(m.Clone()).Op("=").Qual(codec(p), "GrowMap").Call(jen.Id("d"), m.Clone(), jen.Id("key"))
	switch {
	case v.Elem.Kind == plan.KindStructure && pointer:
		g.Add(entry.Clone()).Op("=").Nil()
		renderDecodeStructure(g, p, v.Elem, entry)
	case v.Elem.Kind == plan.KindStructure:
		g.Var().Id("value").Add(gocode.Name(v.Elem.Type))
		g.Id(v.Elem.Decode).Call(jen.Id("d"), jen.Op("&").Id("value"))
		g.Add(entry).Op("=").Id("value")
	default:
		g.Add(entry).Op("=").Add(decodeValue(v.Elem, pointer))
	}
}

// renderDecodeUnion reads the one member of an object that is not null. A member that
// this client does not know is kept as it came, unless there is one that it knows.
func renderDecodeUnion(g *jen.Group, p *plan.Package, u *plan.Union) {
	if p.Codec.IsXML() {
		renderReadUnion(g, p, u)
		return
	}
	g.If(jen.Op("!").Id("d").Dot("Object").Call()).Block(jen.Return(jen.Nil()))
	g.Var().Id("out").Add(gocode.Name(u.Type))
	g.Id("set").Op(":=").False()
	g.For(jen.Id("d").Dot("NextMember").Call()).BlockFunc(func(g *jen.Group) {
		g.Switch(jen.String().Call(jen.Id("d").Dot("Name").Call())).BlockFunc(func(g *jen.Group) {
			for _, v := range u.Variants {
				g.Case(jen.Lit(v.Wire)).BlockFunc(func(g *jen.Group) { renderDecodeVariant(g, v) })
			}
			if key := p.Codec.TypeKey; key != "" &&
				!slices.ContainsFunc(u.Variants, func(v *plan.Variant) bool { return v.Wire == key }) {
				g.Case(jen.Lit(key)).Block(jen.Id("d").Dot("Skip").Call())
			}
			g.Default().BlockFunc(func(g *jen.Group) {
				g.Id("tag").Op(":=").Id("d").Dot("Key").Call()
				g.If(jen.Id("value").Op(":=").Id("d").Dot("Raw").Call(),
					jen.Id("value").Op("!=").Nil().Op("&&").Op("!").Id("set")).Block(
					jen.Id("out").Op("=").Op("&").Qual(u.Type.Import, "UnknownUnionMember").Values(
						jen.Id("Tag").Op(":").Id("tag"), jen.Id("Value").Op(":").Id("value"),
					),
				)
			})
		})
	})
	g.Return(jen.Id("out"))
}

// renderDecodeVariant reads one variant:
//
//	if d.Variant(&set) {
//		out = &<Variant>{Value: d.<Kind>()}
//	}
func renderDecodeVariant(g *jen.Group, v *plan.Variant) {
	g.If(jen.Id("d").Dot("Variant").Call(jen.Op("&").Id("set"))).BlockFunc(func(g *jen.Group) { renderVariant(g, v) })
}

// renderVariant reads what a variant holds and makes it the union's value.
func renderVariant(g *jen.Group, v *plan.Variant) {
	variant := jen.Op("&").Add(gocode.Name(v.Type))
	switch {
	case v.Unit:
		g.Id("d").Dot("Skip").Call()
		g.Id("out").Op("=").Add(variant.Values())
	case v.Value.Kind == plan.KindStructure:
		g.Id("v").Op(":=").Add(variant.Values())
		g.Id(v.Value.Decode).Call(jen.Id("d"), jen.Op("&").Id("v").Dot("Value"))
		g.Id("out").Op("=").Id("v")
	default:
		g.Id("out").Op("=").Add(variant.Values(jen.Id("Value").Op(":").Add(decodeValue(v.Value, false))))
	}
}
