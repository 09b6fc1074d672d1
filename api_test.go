package lathe_test

import (
	"go/types"
	"strings"
	"testing"

	"golang.org/x/tools/go/packages"
)

// TestExportedAPI sees that everything that the packages for others export can be used
// by others: no type in it is one of an internal package.
func TestExportedAPI(t *testing.T) {
	loaded, err := packages.Load(&packages.Config{Mode: packages.NeedName | packages.NeedTypes | packages.NeedImports | packages.NeedDeps}, ".", "./spec/...", "./diff", "./diff/rules", "./diff/report")
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range loaded {
		w := walker{seen: map[types.Type]bool{}}
		for _, name := range p.Types.Scope().Names() {
			if obj := p.Types.Scope().Lookup(name); obj.Exported() {
				w.where = p.PkgPath + "." + name
				w.walk(obj.Type())
			}
		}
		if len(w.seen) == 0 {
			t.Errorf("%s exports nothing", p.PkgPath)
		}
		for _, found := range w.found {
			t.Errorf("%s leads to %s", found[0], found[1])
		}
	}
}

// walker goes through the types that users of an object can reach.
type walker struct {
	where string
	seen  map[types.Type]bool
	found [][2]string // object, type
}

func (w *walker) walk(typ types.Type) {
	if typ == nil || w.seen[typ] {
		return
	}
	w.seen[typ] = true
	switch typ := typ.(type) {
	case *types.Named:
		w.named(typ)
	case *types.Alias:
		w.walk(types.Unalias(typ))
	case *types.Struct:
		for f := range typ.Fields() {
			if f.Exported() {
				w.walk(f.Type())
			}
		}
	case *types.Signature:
		w.walk(typ.Params())
		w.walk(typ.Results())
	case *types.Tuple:
		for v := range typ.Variables() {
			w.walk(v.Type())
		}
	case *types.Interface:
		for m := range typ.Methods() {
			w.walk(m.Type())
		}
	case *types.Map:
		w.walk(typ.Key())
		w.walk(typ.Elem())
	case interface{ Elem() types.Type }: // pointers, lists, arrays, channels
		w.walk(typ.Elem())
	}
}

func (w *walker) named(typ *types.Named) {
	if pkg := typ.Obj().Pkg(); pkg != nil {
		if !strings.HasPrefix(pkg.Path(), modulePath) {
			return
		}
		if strings.Contains(pkg.Path()+"/", "/internal/") {
			w.found = append(w.found, [2]string{w.where, typ.String()})
			return
		}
	}
	for m := range typ.Methods() {
		if m.Exported() {
			w.walk(m.Type())
		}
	}
	w.walk(typ.Underlying())
}
