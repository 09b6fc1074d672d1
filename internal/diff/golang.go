package diff

import (
	"cmp"
	"slices"

	"example.com/lathe/internal/naming"
	"example.com/lathe/internal/plan"
	"example.com/lathe/spec"
)

// clientPath stands for the import path of the client that is planned.
const clientPath = "client"

// goIndex tells what the client of one side calls what the model has. It is made
// of the plan of that client, so that no name is worked out twice.
type goIndex struct {
	pkg        *plan.Package // empty when nothing can be generated
	operations map[string]*plan.Operation
	structs    map[string]*plan.Struct
	unions     map[string]*plan.Union
	enums      map[string]*plan.Enum
	// refused are the reasons why operations can't be generated.
	refused map[string]spec.Problem
	// problems are the reasons why no client can be generated of the rest.
	problems spec.Problems
}

func newGoIndex(api *spec.API) *goIndex {
	x := &goIndex{
		pkg: &plan.Package{Endpoint: &plan.Endpoint{}}, operations: map[string]*plan.Operation{}, structs: map[string]*plan.Struct{},
		unions: map[string]*plan.Union{}, enums: map[string]*plan.Enum{}, refused: map[string]spec.Problem{},
	}
	var kept []string
	for _, op := range api.Operations {
		if reasons := plan.Unsupported(api, op); len(reasons) > 0 {
			x.refused[op.Name] = reasons[0]
		} else {
			kept = append(kept, op.Name)
		}
	}
	if len(kept) == 0 {
		return x
	}
	selected, _ := spec.Select(api, kept)
	pkg, problems := plan.Draft(selected, plan.Config{Package: clientPath, ImportPath: clientPath, Runtime: clientPath + "/internal"})
	if pkg == nil {
		return x
	}
	pkg.Endpoint = cmp.Or(pkg.Endpoint, &plan.Endpoint{})
	x.index(pkg)
	x.problems = problems
	return x
}

func (x *goIndex) index(pkg *plan.Package) {
	x.pkg = pkg
	for _, op := range pkg.Operations {
		x.operations[op.Info] = op
	}
	for _, s := range pkg.Structs {
		x.structs[s.Name] = s
	}
	for _, u := range pkg.Unions {
		x.unions[u.Name] = u
	}
	for _, e := range pkg.Enums {
		x.enums[e.Name] = e
	}
}

// operation gives the plan of an operation, or nil.
func (x *goIndex) operation(op *spec.Operation) *plan.Operation {
	return x.operations["info"+naming.Exported(op.Name)]
}

// method gives the objects that an operation has in the Go API.
func (x *goIndex) method(op *spec.Operation) []string {
	if p := x.operation(op); p != nil {
		return []string{"(*Client)." + p.Name}
	}
	return nil
}

// everything gives the objects that are there for an operation alone: its method,
// input and output, and the types that the other side has not.
func (x *goIndex) everything(other *goIndex, op *spec.Operation, api *spec.API) []string {
	p := x.operation(op)
	if p == nil {
		return nil
	}
	return append([]string{"(*Client)." + p.Name, p.Input.Name, p.Output.Name}, x.types(other, op.Roots(api)...)...)
}

// client gives an object that every client has; nothing when there is no client.
func (x *goIndex) client(object string) []string {
	if len(x.operations) == 0 {
		return nil
	}
	return []string{object}
}

// parameter gives the object of an endpoint parameter.
func (x *goIndex) parameter(name string) []string {
	for _, p := range x.pkg.Endpoint.Params {
		if p.Name == name {
			return []string{"EndpointParameters." + p.GoName}
		}
	}
	return nil
}

// goOwner is the Go type that holds the members of a shape; of a shape without one
// it is the list of the fields whose types are made of it.
type goOwner struct {
	name   string
	strukt *plan.Struct
	union  *plan.Union
	enum   *plan.Enum
	// isOutput says that it is what an operation returns.
	isOutput bool
	users    []string
	isUsing  map[string]bool
}

// addUsers adds objects, and says whether any was new.
func (o *goOwner) addUsers(names []string) bool {
	added := false
	for _, name := range names {
		if !o.isUsing[name] {
			if o.isUsing == nil {
				o.isUsing = map[string]bool{}
			}
			o.isUsing[name], added = true, true
			o.users = append(o.users, name)
		}
	}
	return added
}

// shape gives the type of a shape in package types.
func (x *goIndex) shape(s *spec.Shape) goOwner {
	if s == nil || !hasGoType(s) {
		return goOwner{}
	}
	name := naming.Exported(s.Name)
	o := goOwner{name: "types." + name, strukt: x.structs[name], union: x.unions[name], enum: x.enums[name]}
	if o.strukt == nil && o.union == nil && o.enum == nil {
		return goOwner{}
	}
	return o
}

// message gives the type of an operation's input or output.
func (x *goIndex) message(op *spec.Operation, d Direction) goOwner {
	p := x.operation(op)
	switch {
	case p == nil:
		return goOwner{}
	case d == Input:
		return goOwner{name: p.Input.Name, strukt: p.Input}
	default:
		return goOwner{name: p.Output.Name, strukt: p.Output, isOutput: true}
	}
}

// self is the object of the type itself.
func (o goOwner) self() []string {
	if o.name == "" {
		return nil
	}
	return []string{o.name}
}

// all are the type and the objects that are named after it.
func (o goOwner) all() []string {
	objects := o.self()
	if o.union != nil {
		for _, v := range o.union.Variants {
			objects = append(objects, "types."+v.Name)
		}
	}
	if o.enum != nil {
		for _, v := range o.enum.Values {
			objects = append(objects, "types."+v.Name)
		}
	}
	return objects
}

// field gives the plan of a member's field, or nil.
func (o goOwner) field(member string) *plan.Field {
	if o.strukt == nil {
		return nil
	}
	for _, f := range o.strukt.Fields {
		if f.Member == member {
			return f
		}
	}
	return nil
}

// member gives the object of a member: a field, or the type of a variant.
func (o goOwner) member(name string) []string {
	if f := o.field(name); f != nil {
		return []string{o.name + "." + f.Name}
	}
	if o.union != nil {
		for _, v := range o.union.Variants {
			if v.Member == name {
				return []string{"types." + v.Name}
			}
		}
	}
	return nil
}

// value gives the object of an enum's value, which stands at that index.
func (o goOwner) value(i int) []string {
	if o.enum == nil || i >= len(o.enum.Values) {
		return nil
	}
	return []string{"types." + o.enum.Values[i].Name}
}

// types gives the objects of the Go types that shapes reach and that the other
// side has not.
func (x *goIndex) types(other *goIndex, roots ...*spec.Shape) []string {
	var objects []string
	for _, s := range spec.Closure(roots...) {
		if o := x.shape(s); o.name != "" && other.shape(s).name == "" {
			objects = append(objects, o.all()...)
		}
	}
	return objects
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

// isComparable says whether values of a struct can be compared with ==. The
// structs of package types that it holds are behind pointers. Outputs hold the
// metadata of the call, which can't be compared.
func isComparable(o goOwner) bool {
	return !o.isOutput && !slices.ContainsFunc(o.strukt.Fields, func(f *plan.Field) bool {
		t := f.GoType()
		return t.Form == plan.SliceOf || t.Form == plan.MapOf
	})
}
