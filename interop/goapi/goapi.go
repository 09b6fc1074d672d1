// Package goapi compares the exported Go API of a generated client with that of
// the official one: every exported name of ours must be there too, of the same
// kind, with the same fields and methods.
package goapi

import (
	"fmt"
	"go/types"
	"maps"
	"slices"
	"strings"

	"golang.org/x/tools/go/packages"
)

// Difference is something that only one of the packages has, or that they have
// differently.
type Difference struct {
	// Name is that of the thing, "Options.Region" for a field or a method.
	Name string
	// Official and Ours describe it; empty where it isn't there.
	Official, Ours string
}

// Load reads the exported API of packages, given by their import paths, in that
// order.
func Load(paths ...string) ([]*types.Package, error) {
	cfg := &packages.Config{Mode: packages.NeedName | packages.NeedTypes | packages.NeedImports}
	loaded, err := packages.Load(cfg, paths...)
	if err != nil {
		return nil, fmt.Errorf("load packages: %w", err)
	}
	out := make([]*types.Package, len(paths))
	for _, pkg := range loaded {
		if len(pkg.Errors) > 0 {
			return nil, fmt.Errorf("load %s: %w", pkg.PkgPath, pkg.Errors[0])
		}
		out[slices.Index(paths, pkg.PkgPath)] = pkg.Types
	}
	return out, nil
}

// Compare lists the differences between what our package exports and what the
// official one has of it, by name. What the official one has beside it doesn't
// count, except the constants of the types that both have.
func Compare(official, ours *types.Package) []Difference {
	return differences(describe(official, ours.Scope()), describe(ours, ours.Scope()))
}

func differences(a, b map[string]string) []Difference {
	names := map[string]bool{}
	for _, m := range []map[string]string{a, b} {
		for name := range m {
			names[name] = true
		}
	}
	var out []Difference
	for _, name := range slices.Sorted(maps.Keys(names)) {
		if a[name] != b[name] {
			out = append(out, Difference{name, a[name], b[name]})
		}
	}
	return out
}

// describe says what a package has of the names that are exported in a scope.
func describe(pkg *types.Package, scope *types.Scope) map[string]string {
	d := describer{pkg: pkg, out: map[string]string{}}
	for _, name := range pkg.Scope().Names() {
		object := pkg.Scope().Lookup(name)
		if object.Exported() && (scope.Lookup(name) != nil || d.isConstantOf(object, scope)) {
			d.object(name, object)
		}
	}
	return d.out
}

type describer struct {
	pkg *types.Package
	out map[string]string
}

// isConstantOf reports whether an object is a constant of a type of the scope.
func (d *describer) isConstantOf(object types.Object, scope *types.Scope) bool {
	_, isConst := object.(*types.Const)
	named, isNamed := object.Type().(*types.Named)
	return isConst && isNamed && named.Obj().Pkg() == d.pkg && scope.Lookup(named.Obj().Name()) != nil
}

func (d *describer) object(name string, object types.Object) {
	switch object := object.(type) {
	case *types.Const:
		d.out[name] = fmt.Sprintf("const %s = %s", d.typeString(object.Type()), object.Val().ExactString())
	case *types.Var:
		d.out[name] = "var " + d.typeString(object.Type())
	case *types.Func:
		d.out[name] = "func" + d.signature(object.Signature())
	case *types.TypeName:
		d.typeName(name, object)
	}
}

// typeName describes a type, its fields and its methods.
func (d *describer) typeName(name string, object *types.TypeName) {
	kind := "type"
	if object.IsAlias() {
		kind = "alias"
	}
	t := object.Type()
	d.out[name] = kind + " " + d.underlying(t.Underlying())
	if s, ok := t.Underlying().(*types.Struct); ok {
		d.fields(name, s)
	}
	d.methods(name, "", t)
	if !types.IsInterface(t) {
		d.methods(name, "*", types.NewPointer(t))
	}
}

// underlying names the kind of a type; of a struct and an interface, fields and
// methods are reported one by one.
func (d *describer) underlying(t types.Type) string {
	switch t.(type) {
	case *types.Struct:
		return "struct"
	case *types.Interface:
		return "interface"
	default:
		return d.typeString(t)
	}
}

func (d *describer) fields(name string, s *types.Struct) {
	for i := range s.NumFields() {
		f := s.Field(i)
		if !f.Exported() {
			continue
		}
		text := "field " + d.typeString(f.Type())
		if f.Embedded() {
			text = "embedded " + text
		}
		if tag := s.Tag(i); tag != "" {
			text += " `" + tag + "`"
		}
		d.out[name+"."+f.Name()] = text
	}
}

// methods describes the method set of a type; methods of other packages that are
// not exported count, for only they make a type of theirs.
func (d *describer) methods(name, pointer string, t types.Type) {
	set := types.NewMethodSet(t)
	for selection := range set.Methods() {
		m := selection.Obj()
		if !m.Exported() && d.isOwn(m.Pkg()) {
			continue
		}
		key := name + "." + m.Name()
		if _, byValue := d.out[key]; !byValue {
			d.out[key] = "method of " + pointer + name + d.signature(m.(*types.Func).Signature())
		}
	}
}

// signature writes a function's type without the names of its parameters.
func (d *describer) signature(s *types.Signature) string {
	params := d.tuple(s.Params(), s.Variadic())
	switch results := d.tuple(s.Results(), false); s.Results().Len() {
	case 0:
		return params
	case 1:
		return params + " " + results[1:len(results)-1]
	default:
		return params + " " + results
	}
}

func (d *describer) tuple(t *types.Tuple, variadic bool) string {
	parts := make([]string, t.Len())
	for i := range parts {
		parts[i] = d.typeString(t.At(i).Type())
		if variadic && i == len(parts)-1 {
			parts[i] = "..." + strings.TrimPrefix(parts[i], "[]")
		}
	}
	return "(" + strings.Join(parts, ", ") + ")"
}

// typeString writes a type; the package itself and those beside and below it are
// named by their own names, so that they compare.
func (d *describer) typeString(t types.Type) string {
	if s, ok := t.(*types.Signature); ok {
		return "func" + d.signature(s)
	}
	return strings.ReplaceAll(types.TypeString(t, func(p *types.Package) string {
		if d.isOwn(p) {
			return p.Name()
		}
		return p.Path()
	}), "interface{}", "any")
}

// isOwn reports whether a package is the described one, or beside or below it.
func (d *describer) isOwn(p *types.Package) bool {
	root := d.pkg.Path()
	for _, below := range []string{"/types", "/document"} {
		root = strings.TrimSuffix(root, below)
	}
	return p.Path() == root || strings.HasPrefix(p.Path(), root+"/")
}

// CompareAll lists the differences between what both packages export, by name.
func CompareAll(official, ours *types.Package) []Difference {
	return differences(describe(official, official.Scope()), describe(ours, ours.Scope()))
}

// Orders lists the structs whose exported fields stand in another order in our package than in
// the official one, as far as both have them: what marshals a struct follows that order.
func Orders(official, ours *types.Package) []Difference {
	var out []Difference
	for _, name := range ours.Scope().Names() {
		a, b := fieldNames(official, name), fieldNames(ours, name)
		both := func(all, other []string) string {
			isAlone := func(field string) bool { return !slices.Contains(other, field) }
			return strings.Join(slices.DeleteFunc(slices.Clone(all), isAlone), " ")
		}
		if theirs, own := both(a, b), both(b, a); theirs != own {
			out = append(out, Difference{name, theirs, own})
		}
	}
	return out
}

// fieldNames are the exported fields of a struct; none where a package has no such struct.
func fieldNames(pkg *types.Package, name string) (names []string) {
	object := pkg.Scope().Lookup(name)
	if object == nil || !object.Exported() {
		return nil
	}
	s, ok := object.Type().Underlying().(*types.Struct)
	if !ok {
		return nil
	}
	for field := range s.Fields() {
		if field.Exported() {
			names = append(names, field.Name())
		}
	}
	return names
}
