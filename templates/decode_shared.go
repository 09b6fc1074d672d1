package templates

import (
	"slices"
	"strconv"

	"github.com/dave/jennifer/jen"

	"example.com/lathe/internal/jenx"
	"example.com/lathe/internal/plan"
)

// Small structures that pointers of one object lead to share an allocation. What
// they share is bounded, because one that is absent takes its memory all the same,
// and one that is kept keeps the others.
const (
	word = 8
	// maxShared is how many bytes the structures have together that share memory.
	maxShared = 16 * word
	// maxSmall is how many bytes a structure has that shares memory.
	maxSmall = 6 * word
)

// shared tells by a field in which variable its structure is, if it shares memory.
type shared map[*plan.Field]string

// shareStructures declares the variables for the fields of one object:
//
//	var shared1 *struct {
//		<Field> <Type>
//		…
//	}
func shareStructures(g *jen.Group, p *plan.Package, fields []*plan.Field) shared {
	variables := shared{}
	for i, group := range sharing(p, fields) {
		name := "shared" + strconv.Itoa(i+1)
		g.Var().Id(name).Op("*").StructFunc(func(g *jen.Group) {
			for _, f := range group {
				variables[f] = name
				g.Id(f.Name).Add(jenx.Name(f.Value.Type))
			}
		})
	}
	return variables
}

// sharing finds the fields whose structures share memory, in groups of two and more.
func sharing(p *plan.Package, fields []*plan.Field) [][]*plan.Field {
	var groups [][]*plan.Field
	room := 0
	for _, f := range fields {
		size := structureSize(p, f)
		if size == 0 || size > maxSmall {
			continue
		}
		if size > room {
			groups, room = append(groups, nil), maxShared
		}
		last := len(groups) - 1
		groups[last], room = append(groups[last], f), room-size
	}
	return slices.DeleteFunc(groups, func(group []*plan.Field) bool { return len(group) < 2 })
}

// structureSize is about how many bytes the structure of a field has; 0 if the field
// is none.
func structureSize(p *plan.Package, f *plan.Field) int {
	i := slices.IndexFunc(p.Decoders, func(c *plan.Codec) bool { return c.Value.Decode == f.Value.Decode })
	if f.Value.Kind != plan.KindStructure || i < 0 {
		return 0
	}
	size := word // for the empty field at the end, whose address must be inside
	for _, f := range p.Decoders[i].Fields {
		size += fieldSize(f)
	}
	return size
}

// fieldSize is how many bytes a field takes at most.
func fieldSize(f *plan.Field) int {
	switch f.Value.Kind {
	case plan.KindList, plan.KindBlob:
		return 3 * word
	case plan.KindTimestamp:
		if f.Pointer {
			return word
		}
		return 3 * word
	case plan.KindEnum, plan.KindUnion, plan.KindDocument:
		return 2 * word
	case plan.KindString:
		if f.Pointer {
			return word
		}
		return 2 * word
	default: // a pointer, or something shorter
		return word
	}
}

// renderDecodeShared reads a structure that shares memory:
//
//	if !d.Null() {
//		out.<Field> = &jsoncodec.Shared(&shared1, out.<Field> != nil).<Field>
//		decode<Shape>(d, out.<Field>)
//	}
func renderDecodeShared(g *jen.Group, p *plan.Package, f *plan.Field, variable string) {
	target := jen.Id("out").Dot(f.Name)
	memory := jen.Qual(codec(p), "Shared").Call(jen.Op("&").Id(variable), target.Clone().Op("!=").Nil())
	g.If(jen.Op("!").Id("d").Dot("Null").Call()).Block(
		target.Clone().Op("=").Op("&").Add(memory).Dot(f.Name),
		jen.Id(f.Value.Decode).Call(jen.Id("d"), target),
	)
}
