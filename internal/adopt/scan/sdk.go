package scan

import (
	"go/constant"
	"go/types"
	"strings"
)

// reach is an operation that an object of a service leads to.
type reach struct {
	operation string
	how       How
}

// isRoot reports whether a package is a service's own, not one below it.
func isRoot(p *types.Package) bool {
	return p != nil && serviceOf(p.Path()) == p.Path() && p.Path() != ""
}

// operations are the methods of a service's client that are operations.
func operations(p *types.Package) []string {
	client, ok := p.Scope().Lookup("Client").(*types.TypeName)
	if !ok {
		return nil
	}
	var all []string
	methods := types.NewMethodSet(types.NewPointer(client.Type()))
	for m := range methods.Methods() {
		if f, ok := m.Obj().(*types.Func); ok && operationOf(f) == f.Name() {
			all = append(all, f.Name())
		}
	}
	return all
}

// operationOf returns the operation that a method calls, whose input is what it takes:
// of the client, of an interface of it, or of what presigns; empty when it calls none.
func operationOf(f *types.Func) string {
	params := f.Signature().Params()
	if params.Len() < 2 {
		return ""
	}
	input := namedOf(params.At(1).Type())
	if input == nil || !isRoot(input.Obj().Pkg()) {
		return ""
	}
	op, ok := strings.CutSuffix(input.Obj().Name(), "Input")
	if !ok {
		return ""
	}
	return op
}

// namedOf returns the named type that a type is, or that it points to.
func namedOf(t types.Type) *types.Named {
	if t == nil {
		return nil
	}
	t = types.Unalias(t)
	if p, ok := t.(*types.Pointer); ok {
		t = types.Unalias(p.Elem())
	}
	named, _ := t.(*types.Named) // nil says that it is none
	return named
}

// isOperation reports whether the client of a service has an operation of a name.
func isOperation(p *types.Package, name string) bool {
	client, ok := p.Scope().Lookup("Client").(*types.TypeName)
	if !ok {
		return false
	}
	o, _, _ := types.LookupFieldOrMethod(types.NewPointer(client.Type()), false, p, name)
	f, ok := o.(*types.Func)
	return ok && operationOf(f) == name
}

// reaches returns the operations that naming an object of a service leads to. How its
// methods are used is left to the caller.
func reaches(o types.Object) []reach {
	if !isRoot(o.Pkg()) {
		return nil
	}
	switch o := o.(type) {
	case *types.Func:
		if recv := o.Signature().Recv(); recv != nil {
			return ofMethod(o, recv)
		}
		return ofFunction(o)
	case *types.TypeName:
		return ofType(o)
	}
	return nil
}

func ofMethod(f *types.Func, recv *types.Var) []reach {
	op := operationOf(f)
	if op == "" || !isOperation(f.Pkg(), op) {
		return nil
	}
	how := Called
	if named := namedOf(recv.Type()); named != nil && named.Obj().Name() == "PresignClient" {
		how = Presigned
	}
	return []reach{{op, how}}
}

// ofFunction returns what the constructor of a paginator or waiter calls: all that the
// interface has that it takes.
func ofFunction(f *types.Func) []reach {
	params := f.Signature().Params()
	if params.Len() == 0 {
		return nil
	}
	how := APIClient
	switch {
	case made(f.Name(), "Paginator") != "":
		how = Paginated
	case made(f.Name(), "Waiter") != "":
		how = Waited
	}
	return ofInterface(params.At(0).Type(), how)
}

// made returns what a constructor makes of a kind, which its name ends in; empty when it
// makes none.
func made(constructor, kind string) string {
	name, isNew := strings.CutPrefix(constructor, "New")
	name, isKind := strings.CutSuffix(name, kind)
	if !isNew || !isKind || strings.Contains(name, ".") {
		return ""
	}
	return name
}

func ofInterface(t types.Type, how How) []reach {
	i, ok := t.Underlying().(*types.Interface)
	if !ok {
		return nil
	}
	var all []reach
	for m := range i.Methods() {
		if op := operationOf(m); op != "" {
			all = append(all, reach{op, how})
		}
	}
	return all
}

func ofType(o *types.TypeName) []reach {
	name := o.Name()
	for _, suffix := range [...]string{"Input", "Output"} {
		if op, ok := strings.CutSuffix(name, suffix); ok && isOperation(o.Pkg(), op) {
			return []reach{{op, Shape}}
		}
	}
	for _, suffix := range [...]string{"Paginator", "Waiter"} {
		if strings.HasSuffix(strings.TrimSuffix(name, "Options"), suffix) {
			if f, ok := o.Pkg().Scope().Lookup("New" + strings.TrimSuffix(name, "Options")).(*types.Func); ok {
				return ofFunction(f)
			}
		}
	}
	return ofInterface(o.Type(), APIClient)
}

// constantOf returns the value of a string constant of a package; empty without it.
func constantOf(p *types.Package, name string) string {
	if c, ok := p.Scope().Lookup(name).(*types.Const); ok && c.Val().Kind() == constant.String {
		return constant.StringVal(c.Val())
	}
	return ""
}
