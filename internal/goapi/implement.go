package goapi

import (
	"go/types"
	"slices"
	"strings"
)

// smithyPath is the package of the interface that the errors of services
// implement.
const smithyPath = "github.com/aws/smithy-go"

// extent is how far a type implements an interface.
type extent int

const (
	notAtAll extent = iota
	byPointer
	byValue
)

func implements(t types.Type, i *types.Interface) extent {
	switch {
	case types.Implements(t, i):
		return byValue
	case types.Implements(types.NewPointer(t), i):
		return byPointer
	default:
		return notAtAll
	}
}

// index collects what is asked for again and again, once all packages are there.
func (c *client) index() {
	c.types = map[place]*types.TypeName{}
	c.interfaces = map[string]*types.Interface{"error": interfaceOf(types.Universe.Lookup("error"))}
	for folder, p := range c.packages {
		for name, o := range exported(p) {
			if t, ok := o.(*types.TypeName); ok && isPlain(t) {
				c.types[place{folder, name}] = t
			}
		}
		for _, imported := range p.Imports() {
			if o := imported.Scope().Lookup("APIError"); imported.Path() == smithyPath && o != nil {
				c.interfaces["smithy.APIError"] = interfaceOf(o)
			}
		}
	}
	for at, t := range c.types {
		if i := interfaceOf(t); i != nil && i.IsMethodSet() && !i.Empty() {
			c.interfaces[at.String()] = i
		}
	}
}

// interfaceOf returns the interface that a type is; nil when it is none.
func interfaceOf(t types.Object) *types.Interface {
	i, _ := t.Type().Underlying().(*types.Interface)
	return i
}

// isPlain reports whether a type is neither an alias nor generic.
func isPlain(t *types.TypeName) bool {
	named, ok := t.Type().(*types.Named)
	return ok && !t.IsAlias() && named.TypeParams().Len() == 0
}

// implementations compares which types implement which interfaces.
func (c *comparison) implementations() {
	for at, was := range c.old.types {
		is := c.new.types[at]
		if is == nil || kind(was) != kind(is) {
			continue
		}
		for name, before := range c.old.interfaces {
			after := c.new.interfaces[name]
			if after == nil {
				continue
			}
			if v, changed := implementation(name, implements(was.Type(), before), implements(is.Type(), after)); changed {
				c.reportObject(at.String(), v, was, is)
			}
		}
	}
}

// implementation says what it means that a type implements an interface to
// another extent.
func implementation(name string, was, is extent) (v verdict, changed bool) {
	switch {
	case is > was:
		return fine(ImplementationGained, "It, or its pointer, implements "+name+" now."), true
	case is == was:
		return verdict{}, false
	case is == byPointer:
		return breaking(ImplementationLost, "Only its pointer implements "+name+" now: "+whyImplements), true
	default:
		return breaking(ImplementationLost, "It no longer implements "+name+": "+whyImplements), true
	}
}

// unionOf names the sealed interfaces of the client that a type implements; empty
// when there are none.
func (c *client) unionOf(t *types.TypeName) string {
	var unions []string
	for name, i := range c.interfaces {
		if isSealed(i) && !types.IsInterface(t.Type()) && implements(t.Type(), i) != notAtAll {
			unions = append(unions, name)
		}
	}
	slices.Sort(unions)
	return strings.Join(unions, ", ")
}

// whyAdded says what an added object means to callers that list all of its kind.
func (c *client) whyAdded(o types.Object) string {
	if t, ok := o.(*types.TypeName); ok {
		if union := c.unionOf(t); union != "" {
			return "It is new. A type switch over " + union + " compiles without a case for it."
		}
	}
	if value, ok := o.(*types.Const); ok {
		if t, ok := value.Type().(interface{ Obj() *types.TypeName }); ok {
			return "It is new. A switch over " + t.Obj().Name() + " compiles without a case for it."
		}
	}
	return whyNew
}
