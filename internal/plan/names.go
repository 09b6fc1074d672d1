package plan

import (
	"slices"
	"strconv"
	"strings"

	"example.com/lathe/internal/naming"
	"example.com/lathe/spec"
)

// nameTypes makes the names of every shape, in phases: first the types, whose names
// must not move, in the order of their names; then what is derived from them. A type with
// the name of a union's member makes way for it, as in official packages.
func (b *builder) nameTypes() {
	for _, s := range b.roots() {
		for m := range s.Edges {
			b.nested[m.Target] = true
		}
		if s.Error != nil {
			b.nested[s] = true
		}
	}
	first := map[string]*spec.Shape{}
	shapes := b.shapes()
	variants := variantNames(shapes)
	for _, s := range shapes {
		name := naming.Exported(s.ClientName())
		b.functions[s] = b.nameFunctions(name)
		if !b.nested[s] || !hasGoType(s) {
			continue
		}
		if variants[name] {
			name += "_"
		}
		if other := first[name]; other != nil {
			b.problems.Add(s.Pos, hintRename, "shape %s has the Go type %s, like the shape %s at %s", s.Name, name,
				other.Name, other.Pos)
		}
		b.types.Take(name)
		first[name] = s
		b.names[s] = name
	}
}

// unknownMember is the type of members that no union has.
const unknownMember = "UnknownUnionMember"

// variantName is the name of the type of a union's member.
func variantName(union string, m *spec.Member) string {
	return union + "Member" + naming.Exported(m.ClientName())
}

// variantNames are the names of all types of members of unions, by the unions' own names.
func variantNames(shapes []*spec.Shape) map[string]bool {
	names := map[string]bool{unknownMember: true}
	for _, s := range shapes {
		if s.Kind == spec.Union {
			for _, m := range s.Members {
				names[variantName(naming.Exported(s.ClientName()), m)] = true
			}
		}
	}
	return names
}

// functionNames are the names of the functions of a shape, and of the variable of an
// error.
type functionNames struct{ encode, decode, validate, errorVar, decodeError string }

func (b *builder) nameFunctions(stem string) functionNames {
	return functionNames{
		encode: b.private.Free("encode" + stem), decode: b.private.Free("decode" + stem),
		validate: b.private.Free("validate" + stem),
		errorVar: b.private.Free("err" + stem), decodeError: b.private.Free("decodeError" + stem),
	}
}

// hintRename is the hint where two names of the model become one in Go.
const hintRename = "rename one of them, under renames in lathe.yaml or in OpenAPI with x-name"

// nameOperations makes the names of every operation, all of them from one stem. Two
// operations of one stem are a problem, since both have to keep their names. They are
// named before shapes are.
func (b *builder) nameOperations() {
	first := map[string]*spec.Operation{}
	for _, op := range b.api.Operations {
		stem := naming.Exported(op.ClientName())
		if other := first[stem]; other != nil {
			b.problems.Add(op.Pos, hintRename, "operation %s has the Go name %s, like the operation %s at %s", op.Name,
				stem, other.Name, other.Pos)
			continue
		}
		first[stem] = op
		b.operations[op] = b.nameOperation(stem)
		b.nameHelpers(stem, op, b.operations[op])
		b.nameEvents(op, b.operations[op], stem)
	}
}

// nameOperation returns the plan of an operation with nothing but its names. Optional
// functions have one too, which goes when it turns out that there is no such function.
// The prefixes keep variables apart from Go's keywords and from packages.
func (b *builder) nameOperation(stem string) *Operation {
	private := b.private.Free
	op := &Operation{
		Name: b.methods.Free(stem), Var: private("op" + stem), Encode: private("encode" + stem + "Request"),
		Decode: private("decode" + stem + "Response"),
		Fill:   private("fill" + stem + "Input"), Finish: private("finish" + stem + "Request"),
		Validate: private("validate" + stem + "Input"),
		Check:    private("check" + stem + "Output"),
		Input:    &Struct{Name: b.root.Free(stem + "Input")}, Output: &Struct{Name: b.root.Free(stem + "Output")},
	}
	op.File = b.fileName(op.Name)
	op.Request.Body.Func, op.Response.Body.Func = private("encode"+stem+"Input"), private("decode"+stem+"Output")
	return op
}

// maxFile is how many bytes of an operation's name are part of that of its file. Systems
// allow 255 for all of it.
const maxFile = 200

// fileName is the name of an operation's file, which no other has where case is
// ignored.
func (b *builder) fileName(name string) string {
	if len(name) > maxFile {
		name = strings.ToValidUTF8(name[:maxFile], "")
	}
	for ; ; name += "_" {
		if file := naming.File("api_op_" + name); b.files.Take(strings.ToLower(file)) {
			return file
		}
	}
}

// roots are all shapes that operations reach.
func (b *builder) roots() []*spec.Shape { return spec.Reached(b.api, b.api.Operations...) }

// shapes are the reached shapes sorted by name.
func (b *builder) shapes() []*spec.Shape {
	all := b.roots()
	slices.SortStableFunc(all, func(x, y *spec.Shape) int { return strings.Compare(x.Name, y.Name) })
	return all
}

// hasGoType reports whether shapes of the kind have a Go type of their own.
func hasGoType(s *spec.Shape) bool {
	switch s.Kind {
	case spec.Structure, spec.Union, spec.Enum, spec.IntEnum:
		return !s.IsUnit()
	default:
		return false
	}
}

// typesPath is the import path of the package types.
func (b *builder) typesPath() string { return b.pkg.ImportPath + "/types" }

// fieldNames returns the names of a struct's fields by their members. Names of methods that
// the struct has are reserved, and those that the official generator keeps free in every
// struct; two members with one name are a problem.
func (b *builder) fieldNames(owner *spec.Shape, reserved ...string) map[*spec.Member]string {
	scope := naming.NewScope(append(reserved, "String", "GetStream")...)
	first := map[string]*spec.Member{}
	names := map[*spec.Member]string{}
	for _, m := range owner.Members {
		name := naming.Exported(m.ClientName())
		if other, ok := first[name]; ok {
			b.problems.Add(m.Pos, "rename one of them", "members %s and %s of %s both have the Go name %s", other.Name,
				m.Name, owner.Name, name)
			continue
		}
		first[name] = m
		names[m] = scope.Free(name)
	}
	return names
}

// enumConstants names the constants of an enum. Where the values alone do not give
// names, the author is asked for them; in formats that have none they are spelled out.
func (b *builder) enumConstants(typeName string, s *spec.Shape) []string {
	values := make([]naming.Value, len(s.EnumValues))
	for i, v := range s.EnumValues {
		values[i] = naming.Value{Name: v.ClientName(), Text: v.Value, Unnamed: v.NameOrigin != spec.NameGiven}
	}
	names, unclear := naming.EnumConstants(typeName, values)
	wanted := len(unclear) > 0
	for _, at := range unclear {
		if v := s.EnumValues[at]; v.NameOrigin == spec.NameMade {
			names[at], wanted = naming.SpelledEnumConstant(typeName, v.Value), false
		}
	}
	if wanted {
		texts := make([]string, len(unclear))
		for i, at := range unclear {
			texts[i] = strconv.Quote(s.EnumValues[at].Value)
		}
		b.problems.Add(s.EnumValues[unclear[1]].Pos, "add x-enum-varnames, a list with a name for each value",
			"the values %s of %s give the same Go name", strings.Join(texts, ", "), s.Name)
	}
	for i, name := range names {
		names[i] = b.types.Free(name)
	}
	return names
}
