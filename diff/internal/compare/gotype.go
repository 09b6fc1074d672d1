package compare

import (
	"slices"

	"example.com/lathe/internal/plan"
)

// GoType is a type of a client. Only one of its lists is not empty.
type GoType struct {
	// Name is what callers write: "types.Status", "GetRunOutput".
	Name string
	// Fields are a struct's, Variants a union's with the types of their values,
	// Constants an enum's with their values, in the order of the model.
	Fields, Variants []GoField
	Constants        []GoConstant
	// Comparable structs can be compared with ==. The structs of package types that
	// one holds are behind pointers. Outputs hold the metadata of the call, which
	// can't be compared.
	Comparable bool
	// Redactions are the methods of the type and of its variants that keep sensitive members
	// out of what is printed.
	Redactions []string
}

// GoField is a field, or the type of a variant with that of its value; Member is what
// it is in the model.
type GoField struct{ Name, Member, Type string }

// GoConstant is a constant with its value on the wire.
type GoConstant struct{ Name, Value string }

func structType(name string, s *plan.Struct) *GoType {
	t := &GoType{Name: name, Comparable: true, Redactions: redactions(name, s.Redaction)}
	for _, f := range s.Fields {
		form := f.GoType()
		t.Fields = append(t.Fields, GoField{Name: f.Name, Member: f.Member, Type: typeString(form)})
		if form.Form == plan.SliceOf || form.Form == plan.MapOf {
			t.Comparable = false
		}
	}
	return t
}

// redactions are the objects of the methods of a redacted type.
func redactions(name string, r *plan.Redaction) []string {
	if r == nil {
		return nil
	}
	objects := slices.Clone(r.Methods)
	for i := range objects {
		objects[i] = name + "." + objects[i]
	}
	return objects
}

// self is the object of the type itself.
func (t *GoType) self() []string {
	if t == nil {
		return nil
	}
	return []string{t.Name}
}

// all are the type and the objects that are named after it.
func (t *GoType) all() []string {
	if t == nil {
		return nil
	}
	objects := t.self()
	for _, v := range t.Variants {
		objects = append(objects, v.Name)
	}
	for _, c := range t.Constants {
		objects = append(objects, c.Name)
	}
	return objects
}

// member returns the object of a member: a field, or the type of a variant.
func (t *GoType) member(name string) []string {
	if t == nil {
		return nil
	}
	for _, f := range t.Fields {
		if f.Member == name {
			return []string{t.Name + "." + f.Name}
		}
	}
	for _, v := range t.Variants {
		if v.Member == name {
			return []string{v.Name}
		}
	}
	return nil
}

// constant returns the object of an enum's value by its index.
func (t *GoType) constant(i int) []string {
	if t == nil || i >= len(t.Constants) {
		return nil
	}
	return []string{t.Constants[i].Name}
}

// typeString writes a Go type as callers do.
func typeString(t *plan.Type) string {
	switch {
	case t == nil:
		return ""
	case t.Form == plan.PointerTo:
		return "*" + typeString(t.Elem)
	case t.Form == plan.SliceOf:
		return "[]" + typeString(t.Elem)
	case t.Form == plan.MapOf:
		return "map[string]" + typeString(t.Elem)
	case t.Import == "" || t.Import == clientPath:
		return t.Name
	case t.Import == "time" || t.Import == "io":
		return t.Import + "." + t.Name
	default:
		return t.Import[len(clientPath)+1:] + "." + t.Name
	}
}
