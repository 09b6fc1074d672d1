package templates

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/dave/jennifer/jen"

	"example.com/lathe/internal/gocode"
	"example.com/lathe/internal/plan"
)

// renderSerializers writes serializers.go: how the shapes that requests share
// are encoded.
func renderSerializers(p *plan.Package) *jen.File {
	f := clientFile(p)
	for _, c := range p.Encoders {
		f.Line()
		renderEncoder(f.Group, p, c)
	}
	return f
}

// writer is the import path of the package that writes requests.
func writer(p *plan.Package) string { return runtimePackage(p, p.Requests.Package) }

func encoderParam(p *plan.Package) *jen.Statement {
	return jen.Id("e").Op("*").Qual(writer(p), "Encoder")
}

// encoded is the type that a shape's encoder takes: structures by pointer.
func encoded(v *plan.Value) *jen.Statement {
	if v.Kind == plan.KindStructure {
		return jen.Op("*").Add(gocode.Type(v.Type))
	}
	return gocode.Type(v.Type)
}

// func encode<Shape>(e *jsoncodec.Encoder, v <type>) { … }
func renderEncoder(g *jen.Group, p *plan.Package, c *plan.Codec) {
	g.Func().Id(c.Value.Encode).Params(encoderParam(p), jen.Id("v").Add(encoded(c.Value))).BlockFunc(func(g *jen.Group) {
		switch c.Value.Kind {
		case plan.KindList:
			renderEncodeList(g, p, c.Value)
		case plan.KindMap:
			renderEncodeMap(g, p, c.Value)
		case plan.KindUnion:
			renderEncodeUnion(g, p, c.Union)
		default:
			renderEncodeFields(g, p, c.Fields)
		}
	})
}

// renderEncodeFields writes an object of the fields of v.
func renderEncodeFields(g *jen.Group, p *plan.Package, fields []*plan.Field) {
	g.Id("e").Dot("BeginObject").Call()
	for _, f := range inOrder(p, fields) {
		// if v.<Field> != nil { e.Name("<sent>"); e.<Kind>(*v.<Field>) }
		value := func() *jen.Statement { return jen.Id("v").Dot(f.Name) }
		renderSend(g, f, value(), func(g *jen.Group) {
			g.Id("e").Dot(nameMethod(p, f)).Call(jen.Lit(f.Sent))
			g.Add(encodeValue(f.Value, present(f, value())))
		})
	}
	g.Id("e").Dot("EndObject").Call()
}

// inOrder returns fields in the order in which official clients send them, because
// recordings and fakes compare bodies: by the names of their members, whatever their case.
// Attributes come before all others, for that is where they travel.
func inOrder(p *plan.Package, fields []*plan.Field) []*plan.Field {
	return slices.SortedStableFunc(slices.Values(fields), func(a, b *plan.Field) int {
		if p.Requests.IsXML() && a.Attribute != b.Attribute {
			if a.Attribute {
				return -1
			}
			return 1
		}
		return cmp.Or(strings.Compare(strings.ToLower(a.Member), strings.ToLower(b.Member)),
			strings.Compare(a.Member, b.Member))
	})
}

// nameMethod is the encoder's method that writes the name of a field.
func nameMethod(p *plan.Package, f *plan.Field) string {
	switch {
	case p.Requests.IsTree():
		return keyMethod(f.Sent)
	case p.Requests.IsXML() && f.Attribute:
		return "Attribute"
	default:
		return flatMethod(f.Value, f.Flat)
	}
}

// keyMethod is Name, or Key for a name that may need escapes.
func keyMethod(name string) string {
	if strings.ContainsFunc(name, func(r rune) bool { return r < ' ' || r == '"' || r == '\\' || r == utf8.RuneError }) {
		return "Key"
	}
	return "Name"
}

// flatMethod is Name, or Flat for a list or map without an element of its own.
func flatMethod(v *plan.Value, flat bool) string {
	if flat && (v.Kind == plan.KindList || v.Kind == plan.KindMap) {
		return "Flat"
	}
	return "Name"
}

// renderSend writes the statements that send a field, behind the condition that it is
// set if there is one.
func renderSend(g *jen.Group, f *plan.Field, value *jen.Statement, send func(*jen.Group)) {
	if f.AlwaysSent() {
		send(g)
		return
	}
	g.If(isSet(f, value)).BlockFunc(send)
}

// isSet is the condition under which a field has a value.
func isSet(f *plan.Field, value *jen.Statement) *jen.Statement {
	if f.Value.Kind == plan.KindBool && !f.Pointer {
		return value
	}
	return value.Op("!=").Add(unset(f))
}

// isUnset is the opposite of isSet.
func isUnset(f *plan.Field, value *jen.Statement) *jen.Statement {
	if f.Value.Kind == plan.KindBool && !f.Pointer {
		return jen.Op("!").Add(value)
	}
	return value.Op("==").Add(unset(f))
}

// unset is the value of a field that was not set.
func unset(f *plan.Field) *jen.Statement {
	if f.Pointer {
		return jen.Nil()
	}
	switch f.Value.Kind {
	case plan.KindEnum, plan.KindString:
		return jen.Lit("")
	case plan.KindIntEnum, plan.KindInt8, plan.KindInt16, plan.KindInt32, plan.KindInt64, plan.KindFloat32,
		plan.KindFloat64:
		return jen.Lit(0)
	default:
		return jen.Nil()
	}
}

// present is the value of a field that is set: what its pointer points to, but
// for structures, which stay pointers.
func present(f *plan.Field, value *jen.Statement) *jen.Statement {
	if f.Pointer && f.Value.Kind != plan.KindStructure {
		return jen.Op("*").Add(value)
	}
	return value
}

// encodeMethods are the codec's methods for the kinds that need no conversion.
var encodeMethods = map[plan.Kind]string{
	plan.KindBool: "Bool", plan.KindString: "String", plan.KindFloat32: "Float32", plan.KindFloat64: "Float64",
	plan.KindBlob: "Blob", plan.KindInt64: "Int",
}

// encodeValue writes one value; structures are given by pointer.
func encodeValue(v *plan.Value, value *jen.Statement) *jen.Statement {
	e := jen.Id("e")
	switch v.Kind {
	case plan.KindList, plan.KindMap, plan.KindStructure, plan.KindUnion:
		return jen.Id(v.Encode).Call(e, value)
	case plan.KindDocument:
		return jen.Qual(v.Codec, "Encode").Call(e, value)
	case plan.KindBigInt:
		return jen.Qual(v.Codec, "EncodeInt").Call(e, value)
	case plan.KindBigFloat:
		return jen.Qual(v.Codec, "EncodeFloat").Call(e, value)
	case plan.KindTimestamp:
		return e.Dot(v.Time).Call(value)
	case plan.KindEnum:
		return e.Dot("String").Call(jen.String().Call(value))
	case plan.KindIntEnum, plan.KindInt8, plan.KindInt16, plan.KindInt32:
		return e.Dot("Int").Call(jen.Int64().Call(value))
	default:
		return e.Dot(encodeMethods[v.Kind]).Call(value)
	}
}

// renderEncodeList writes an array of the elements of v.
func renderEncodeList(g *jen.Group, p *plan.Package, v *plan.Value) {
	element := func() *jen.Statement { return jen.Id("v").Index(jen.Id("i")) }
	g.Id("e").Dot("BeginArray").CallFunc(func(g *jen.Group) { renderPartNames(g, p, v.Sent.Element) })
	g.For(jen.Id("i").Op(":=").Range().Id("v")).BlockFunc(func(g *jen.Group) {
		renderEncodeNil(g, p, v, element())
		if isNamed(p) {
			g.Id("e").Dot("Element").Call()
		}
		g.Add(encodeValue(v.Elem, elementValue(v, element())))
	})
	g.Id("e").Dot("EndArray").Call()
}

// isNamed reports whether the parts of lists and maps have names in requests. There is no
// null then.
func isNamed(p *plan.Package) bool { return !p.Requests.IsTree() }

// renderPartNames writes the names of what a list or map consists of as arguments, if they
// have names.
func renderPartNames(g *jen.Group, p *plan.Package, names ...string) {
	for _, name := range names {
		if isNamed(p) {
			g.Lit(name)
		}
	}
}

// renderEncodeNil writes what becomes of an element that is nil: a null in sparse
// collections. In others a nil list, map or blob is an empty one, and what has no
// value without being set is left out.
func renderEncodeNil(g *jen.Group, p *plan.Package, v *plan.Value, element *jen.Statement) {
	switch {
	case v.Sparse && isNilable(v) && isNamed(p):
		g.If(element.Op("==").Nil()).Block(jen.Continue())
	case v.Sparse && isNilable(v):
		g.If(element.Op("==").Nil()).Block(jen.Id("e").Dot("Null").Call(), jen.Continue())
	case isLeftOut(v):
		g.If(element.Op("==").Nil()).Block(jen.Continue())
	}
}

// isLeftOut reports whether a dense collection is sent without its elements that are
// nil.
func isLeftOut(v *plan.Value) bool {
	switch v.Elem.Kind {
	case plan.KindUnion, plan.KindDocument, plan.KindBigInt, plan.KindBigFloat:
		return !v.Sparse
	default:
		return false
	}
}

// isNilable reports whether the Go type of a collection's elements has a nil.
func isNilable(v *plan.Value) bool {
	if v.Elem.Pointable() {
		return v.Sparse
	}
	return v.Elem.Kind != plan.KindEnum && v.Elem.Kind != plan.KindIntEnum
}

// elementValue is an element as encodeValue takes it.
func elementValue(v *plan.Value, element *jen.Statement) *jen.Statement {
	pointer := v.Sparse && v.Elem.Pointable()
	switch {
	case v.Elem.Kind == plan.KindStructure && !pointer:
		return jen.Op("&").Add(element)
	case pointer && v.Elem.Kind != plan.KindStructure:
		return jen.Op("*").Add(element)
	default:
		return element
	}
}

// renderEncodeMap writes an object of the entries of v.
func renderEncodeMap(g *jen.Group, p *plan.Package, v *plan.Value) {
	if isNamed(p) {
		renderEncodeEntries(g, p, v)
		return
	}
	g.Id("e").Dot("BeginObject").Call()
	g.For(jen.List(jen.Id("key"), jen.Id("value")).Op(":=").Range().Id("v")).BlockFunc(func(g *jen.Group) {
		if isLeftOut(v) {
			g.If(jen.Id("value").Op("==").Nil()).Block(jen.Continue())
		}
		g.Id("e").Dot("Key").Call(jen.Id("key"))
		if isNilable(v) && v.Sparse {
			renderEncodeNil(g, p, v, jen.Id("value"))
		}
		g.Add(encodeValue(v.Elem, elementValue(v, jen.Id("value"))))
	})
	g.Id("e").Dot("EndObject").Call()
}

// renderEncodeEntries writes the entries of v under names, sorted by key: their numbers
// would depend on chance otherwise.
func renderEncodeEntries(g *jen.Group, p *plan.Package, v *plan.Value) {
	g.Id("e").Dot("BeginMap").
		CallFunc(func(g *jen.Group) { renderPartNames(g, p, v.Sent.Element, v.Sent.Key, v.Sent.Value) })
	keys := jen.Qual("slices", "Sorted").Call(jen.Qual("maps", "Keys").Call(jen.Id("v")))
	g.For(jen.List(jen.Id("_"), jen.Id("key")).Op(":=").Range().Add(keys)).BlockFunc(func(g *jen.Group) {
		g.Id("value").Op(":=").Id("v").Index(jen.Id("key"))
		renderEncodeNil(g, p, v, jen.Id("value"))
		g.Id("e").Dot("Key").Call(jen.Id("key"))
		g.Add(encodeValue(v.Elem, elementValue(v, jen.Id("value"))))
	})
	g.Id("e").Dot("EndMap").Call()
}

// renderEncodeUnion writes an object of the variant that v is.
func renderEncodeUnion(g *jen.Group, p *plan.Package, u *plan.Union) {
	g.Id("e").Dot("BeginObject").Call()
	g.Switch(jen.Id("v").Op(":=").Id("v").Assert(jen.Type())).BlockFunc(func(g *jen.Group) {
		for _, variant := range u.Variants {
			g.Case(jen.Op("*").Add(gocode.Name(variant.Type))).BlockFunc(func(g *jen.Group) {
				write := keyMethod(variant.Sent)
				if isNamed(p) {
					write = flatMethod(variant.Value, variant.Flat)
				}
				g.Id("e").Dot(write).Call(jen.Lit(variant.Sent))
				renderEncodeVariant(g, variant)
			})
		}
		g.Default().Block(jen.Id("e").Dot("Fail").Call(
			jen.Qual("fmt", "Errorf").
				Call(jen.Lit("attempted to serialize unknown member type %T for union "+u.Name), jen.Id("v")),
		))
	})
	g.Id("e").Dot("EndObject").Call()
}

func renderEncodeVariant(g *jen.Group, v *plan.Variant) {
	value := jen.Id("v").Dot("Value")
	switch {
	case v.Unit:
		g.Id("e").Dot("BeginObject").Call()
		g.Id("e").Dot("EndObject").Call()
	case v.Value.Kind == plan.KindStructure:
		g.Add(encodeValue(v.Value, jen.Op("&").Add(value)))
	default:
		g.Add(encodeValue(v.Value, value))
	}
}
