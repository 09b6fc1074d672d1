package goapi

import (
	"go/token"
	"go/types"
	"strings"
)

// place is where an object stands at package level.
type place struct{ folder, name string }

// String is the object's name, with the folder of its package unless that is the
// client's own.
func (p place) String() string {
	if p.folder == "." {
		return p.name
	}
	return p.folder + "." + p.name
}

// member is the name of a field of a type, or of a method of its values.
func (p place) member(name string) string { return p.String() + "." + name }

// declaration is how a side declares something; the zero declaration stands for
// not at all.
type declaration struct {
	text string
	pos  token.Position
}

// declare returns the declaration of an object, which may be nil, as one would read
// it in its own package. Of structs and interfaces it gives the head, for what
// they hold is compared one by one.
func (c *client) declare(o types.Object) declaration {
	if o == nil {
		return declaration{}
	}
	qualify := relativeTo(o.Pkg())
	text := types.ObjectString(o, qualify)
	switch o := o.(type) {
	case *types.Const:
		if b, ok := o.Type().(*types.Basic); ok && b.Info()&types.IsUntyped != 0 {
			text = strings.TrimSuffix(text, " "+b.Name())
		}
		text += " = " + o.Val().ExactString()
	case *types.TypeName:
		if !o.IsAlias() {
			body := types.TypeString(o.Type().Underlying(), qualify)
			text = strings.TrimSuffix(text, body) + head(o.Type().Underlying(), body)
		}
	}
	return declaration{text, c.position(o)}
}

// declareField returns the declaration of a field.
func (c *client) declareField(f field) declaration {
	qualify := relativeTo(f.v.Pkg())
	text := types.TypeString(f.v.Type(), qualify)
	if !f.v.Embedded() {
		text = f.v.Name() + " " + text
	}
	if f.tag != "" {
		text += " `" + f.tag + "`"
	}
	return declaration{text, c.position(f.v)}
}

// clause returns the declaration of a package.
func clause(p *types.Package) declaration { return declaration{text: "package " + p.Name()} }

// head shortens the text of a struct or an interface.
func head(underlying types.Type, text string) string {
	switch underlying.(type) {
	case *types.Struct:
		return "struct"
	case *types.Interface:
		return "interface"
	default:
		return text
	}
}

// relativeTo names packages as the source of one of them does.
func relativeTo(from *types.Package) types.Qualifier {
	return func(p *types.Package) string {
		if p == from {
			return ""
		}
		return p.Name()
	}
}
