package goapi

import "go/types"

// method is a method that callers can call.
type method struct {
	f types.Object
	// signature is as seen on the type, in which an embedded type's parameters
	// have their arguments.
	signature types.Type
	// onValue says that values have it, not only pointers.
	onValue bool
}

// methods are the exported methods of a type that is no interface, those of
// embedded types included.
func methods(t *types.TypeName) map[string]method {
	all := map[string]method{}
	for m := range types.NewMethodSet(types.NewPointer(t.Type())).Methods() {
		if m.Obj().Exported() {
			all[m.Obj().Name()] = method{m.Obj(), m.Type(), false}
		}
	}
	for m := range types.NewMethodSet(t.Type()).Methods() {
		if known, ok := all[m.Obj().Name()]; ok {
			known.onValue = true
			all[m.Obj().Name()] = known
		}
	}
	return all
}

// object is the name of a method of the type at a place.
func (m method) object(at place) string {
	if m.onValue {
		return at.member(m.f.Name())
	}
	return "(*" + at.String() + ")." + m.f.Name()
}

// methods compares the methods of two types that are no interfaces.
func (c *comparison) methods(at place, was, is *types.TypeName) {
	oldMethods, newMethods := methods(was), methods(is)
	for _, name := range union(oldMethods, newMethods) {
		a, had := oldMethods[name]
		b, has := newMethods[name]
		switch {
		case !has:
			c.reportObject(a.object(at), breaking(MethodRemoved, whyRemoved), a.f, nil)
		case !had:
			c.reportObject(b.object(at), fine(MethodAdded, whyMemberAdded), nil, b.f)
		default:
			c.method(at, a, b)
		}
	}
}

// method compares two methods of the same name.
func (c *comparison) method(at place, was, is method) {
	object := was.object(at)
	if !c.identical(was.signature, is.signature) {
		c.reportObject(object, breaking(SignatureChanged, whySignature), was.f, is.f)
	}
	if was.onValue != is.onValue {
		c.reportObject(object, breakingIf(was.onValue, ReceiverChanged,
			"Only pointers have the method now: a caller that calls it on a result or an element of a map, or uses a value as an interface, no longer compiles.",
			"Values have the method too; callers compile."), was.f, is.f)
	}
}
