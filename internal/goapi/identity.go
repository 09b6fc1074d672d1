package goapi

import (
	"go/types"
	"slices"
	"strconv"
	"strings"
)

// identity writes types so that two of them, even of different clients, are
// identical exactly when their texts are equal. Types of the same package and
// name are taken for the same. Aliases are what they stand for.
type identity struct {
	client *client
	// withoutTags writes structs as conversions see them.
	withoutTags bool
	// named is called with every defined type that is written; it may be nil.
	named func(*types.TypeName)

	b strings.Builder
	// open are the interfaces that are being written, outermost first.
	open []*types.Interface
}

// text returns the identity of a type.
func (w *identity) text(t types.Type) string {
	w.b.Reset()
	w.write(t)
	return w.b.String()
}

// typeParams returns the identity of a type's own type parameters; empty when it has
// none.
func (w *identity) typeParams(t types.Type) string {
	w.b.Reset()
	if named, ok := t.(*types.Named); ok {
		w.writeTypeParams(named.TypeParams())
	}
	return w.b.String()
}

func (w *identity) put(parts ...string) {
	for _, p := range parts {
		w.b.WriteString(p)
	}
}

func (w *identity) write(t types.Type) {
	switch t := types.Unalias(t).(type) {
	case *types.Basic:
		w.put(types.Typ[t.Kind()].Name()) // byte is uint8
	case *types.Named:
		w.writeNamed(t)
	case *types.TypeParam:
		w.put("$", strconv.Itoa(t.Index()))
	case *types.Pointer:
		w.element("*", t)
	case *types.Slice:
		w.element("[]", t)
	case *types.Array:
		w.element("["+strconv.FormatInt(t.Len(), 10)+"]", t)
	case *types.Chan:
		w.element("chan"+strconv.Itoa(int(t.Dir()))+" ", t)
	case *types.Map:
		w.put("map[")
		w.write(t.Key())
		w.element("]", t)
	case *types.Signature:
		w.put("func")
		w.writeSignature(t)
	case *types.Struct:
		w.writeStruct(t)
	case *types.Interface:
		w.writeInterface(t)
	case *types.Union:
		w.writeUnion(t)
	case *types.Tuple:
		w.writeTuple(t)
	}
}

// element writes the type that another one is made of.
func (w *identity) element(prefix string, t interface{ Elem() types.Type }) {
	w.put(prefix)
	w.write(t.Elem())
}

func (w *identity) writeNamed(t *types.Named) {
	object := t.Obj()
	if w.named != nil {
		w.named(object)
	}
	if object.Pkg() != nil {
		w.put(w.client.home(object.Pkg()), ".")
	}
	w.put(object.Name())
	for i, argument := range slices.Collect(t.TypeArgs().Types()) {
		w.put([]string{"[", ","}[min(i, 1)])
		w.write(argument)
	}
	if t.TypeArgs().Len() > 0 {
		w.put("]")
	}
}

func (w *identity) writeSignature(t *types.Signature) {
	w.writeTypeParams(t.TypeParams())
	w.writeTuple(t.Params())
	if t.Variadic() {
		w.put("...")
	}
	w.writeTuple(t.Results())
}

// writeTypeParams writes the constraints of type parameters.
func (w *identity) writeTypeParams(params *types.TypeParamList) {
	if params.Len() == 0 {
		return
	}
	w.put("[")
	for param := range params.TypeParams() {
		w.write(param.Constraint())
		w.put(";")
	}
	w.put("]")
}

func (w *identity) writeTuple(t *types.Tuple) {
	w.put("(")
	for v := range t.Variables() {
		w.write(v.Type())
		w.put(",")
	}
	w.put(")")
}

func (w *identity) writeStruct(t *types.Struct) {
	w.put("struct{")
	for i := range t.NumFields() {
		f := t.Field(i)
		w.put(w.member(f))
		if f.Embedded() {
			w.put(" embedded")
		}
		w.put(" ")
		w.write(f.Type())
		if !w.withoutTags {
			w.put(strconv.Quote(t.Tag(i)))
		}
		w.put(";")
	}
	w.put("}")
}

// member is the name of a field or method; one that is not exported is another
// one in each package.
func (w *identity) member(o types.Object) string {
	if o.Exported() {
		return o.Name()
	}
	return w.client.home(o.Pkg()) + "." + o.Name()
}

// writeInterface writes the methods, whose order does not matter, and what else
// restricts the types that a constraint admits. Within itself an interface, which then
// embeds the type that its method belongs to, is the number of interfaces back to it.
func (w *identity) writeInterface(t *types.Interface) {
	if at := slices.Index(w.open, t); at >= 0 {
		w.put("^", strconv.Itoa(len(w.open)-at))
		return
	}
	w.open = append(w.open, t)
	defer func() { w.open = w.open[:len(w.open)-1] }()
	methods := slices.Collect(t.Methods())
	slices.SortFunc(methods, func(a, b *types.Func) int { return strings.Compare(w.member(a), w.member(b)) })
	w.put("interface{")
	for _, m := range methods {
		w.put(w.member(m))
		w.writeSignature(m.Signature())
		w.put(";")
	}
	if !t.IsMethodSet() {
		w.writeConstraint(t)
	}
	w.put("}")
}

func (w *identity) writeConstraint(t *types.Interface) {
	if t.IsComparable() {
		w.put("comparable;")
	}
	for embedded := range t.EmbeddedTypes() {
		if i, ok := embedded.Underlying().(*types.Interface); ok {
			if !i.IsMethodSet() {
				w.writeConstraint(i)
			}
			continue
		}
		w.write(embedded)
		w.put(";")
	}
}

func (w *identity) writeUnion(t *types.Union) {
	for term := range t.Terms() {
		if term.Tilde() {
			w.put("~")
		}
		w.write(term.Type())
		w.put("|")
	}
}
