package goapi

import (
	"go/token"
	"go/types"
)

// CompareWithReal compares what Compare makes of a client with the same client as
// Go's own tools load it, with the true declarations of all that it imports. The
// packages are those of the API by folder.
func CompareWithReal(p Package, fset *token.FileSet, packages map[string]*types.Package) ([]Change, error) {
	known, err := load(p)
	if err != nil {
		return nil, err
	}
	return compare(known, realClient(fset, packages)), nil
}

func realClient(fset *token.FileSet, packages map[string]*types.Package) *client {
	c := newClient(fset)
	for folder, p := range packages {
		c.add(folder, p)
	}
	c.index()
	return c
}

// Outside gives the types that outside.txtar declares, by section and name.
func Outside() (map[string]map[string]*types.TypeName, error) {
	o := newOutside(token.NewFileSet())
	all := map[string]map[string]*types.TypeName{}
	for name := range o.declared {
		p, err := o.Import(name)
		if err != nil {
			return nil, err
		}
		all[name] = map[string]*types.TypeName{}
		for _, n := range p.Scope().Names() {
			if p.Scope().Lookup(n).Pos().IsValid() {
				all[name][n] = p.Scope().Lookup(n).(*types.TypeName)
			}
		}
	}
	return all, nil
}

// SameOutside says how a declaration differs from the real one; empty when it
// tells the truth.
func SameOutside(declared, truth *types.TypeName) string {
	was, is := declared.Type().Underlying(), truth.Type().Underlying()
	a, b := identity{client: newClient(nil)}, identity{client: newClient(nil)}
	switch {
	case kind(declared) != kind(truth):
		return "it is made of something else"
	case types.Comparable(declared.Type()) != types.Comparable(truth.Type()):
		return "it compares otherwise"
	case a.typeParams(declared.Type()) != b.typeParams(truth.Type()):
		return "it has other type parameters"
	}
	if _, isStruct := was.(*types.Struct); !isStruct && a.text(was) != b.text(is) {
		return "it is " + b.text(is) + " and not " + a.text(was)
	}
	return ""
}
