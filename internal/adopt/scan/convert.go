package scan

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
)

// conversions looks at the places where a value becomes one of another type without
// anybody writing so.
func (w *walker) conversions(n ast.Node, stack []ast.Node) {
	switch n := n.(type) {
	case *ast.AssignStmt:
		w.assign(n.Rhs, w.typesOf(n.Lhs))
	case *ast.ValueSpec:
		if n.Type != nil {
			w.assign(n.Values, repeat(w.info.TypeOf(n.Type), len(n.Names)))
		}
	case *ast.ReturnStmt:
		if sig := w.enclosing(stack); sig != nil {
			w.assign(n.Results, tuple(sig.Results()))
		}
	case *ast.CompositeLit:
		w.literal(n)
	case *ast.SendStmt:
		if c, ok := under(w.info.TypeOf(n.Chan)).(*types.Chan); ok {
			w.expr(n.Value, c.Elem())
		}
	case *ast.IndexExpr:
		if m, ok := under(w.info.TypeOf(n.X)).(*types.Map); ok {
			w.expr(n.Index, m.Key())
		}
	case *ast.RangeStmt:
		w.ranged(n)
	}
}

// under is the type behind a name, a pointer's element where it is one; nil of nothing.
func under(t types.Type) types.Type {
	if t == nil {
		return nil
	}
	if p, ok := t.Underlying().(*types.Pointer); ok {
		return p.Elem().Underlying()
	}
	return t.Underlying()
}

func repeat(t types.Type, n int) []types.Type {
	return slices.Repeat([]types.Type{t}, n)
}

func tuple(t *types.Tuple) []types.Type {
	var all []types.Type
	for v := range t.Variables() {
		all = append(all, v.Type())
	}
	return all
}

func (w *walker) typesOf(all []ast.Expr) []types.Type {
	found := make([]types.Type, len(all))
	for i, e := range all {
		found[i] = w.info.TypeOf(e)
	}
	return found
}

func (w *walker) expr(e ast.Expr, to types.Type) {
	w.convert(w.info.TypeOf(e), to, e.Pos(), Interface)
}

// assign looks at values that become those of as many types, be it by one call that
// returns all of them.
func (w *walker) assign(values []ast.Expr, to []types.Type) {
	at, from := values, w.typesOf(values)
	if len(values) == 1 && len(to) > 1 {
		if results, ok := from[0].(*types.Tuple); ok {
			from = tuple(results)
			at = slices.Repeat(values, len(from))
		}
	}
	for i := range min(len(from), len(to)) {
		w.convert(from[i], to[i], at[i].Pos(), Interface)
	}
}

// enclosing is the signature of the function around a statement.
func (w *walker) enclosing(stack []ast.Node) *types.Signature {
	for _, n := range slices.Backward(stack) {
		switch f := n.(type) {
		case *ast.FuncLit:
			sig, _ := w.info.TypeOf(f).(*types.Signature) // nil where it has no type
			return sig
		case *ast.FuncDecl:
			if o, ok := w.info.Defs[f.Name].(*types.Func); ok {
				return o.Signature()
			}
			return nil
		}
	}
	return nil
}

func (w *walker) literal(n *ast.CompositeLit) {
	switch t := under(w.info.TypeOf(n)).(type) {
	case *types.Struct:
		for i, e := range n.Elts {
			if kv, ok := e.(*ast.KeyValueExpr); ok {
				if key, ok := kv.Key.(*ast.Ident); ok {
					w.expr(kv.Value, w.info.TypeOf(key))
				}
			} else if i < t.NumFields() {
				w.expr(e, t.Field(i).Type())
			}
		}
	case *types.Map:
		w.elements(n, t.Key(), t.Elem())
	case *types.Slice:
		w.elements(n, nil, t.Elem())
	case *types.Array:
		w.elements(n, nil, t.Elem())
	}
}

func (w *walker) elements(n *ast.CompositeLit, key, elem types.Type) {
	for _, e := range n.Elts {
		if kv, ok := e.(*ast.KeyValueExpr); ok {
			w.expr(kv.Key, key)
			e = kv.Value
		}
		w.expr(e, elem)
	}
}

// ranged looks at what a loop assigns to variables that are there already.
func (w *walker) ranged(n *ast.RangeStmt) {
	if n.Tok != token.ASSIGN {
		return
	}
	var key, value types.Type
	switch t := under(w.info.TypeOf(n.X)).(type) {
	case *types.Map:
		key, value = t.Key(), t.Elem()
	case *types.Slice:
		value = t.Elem()
	case *types.Array:
		value = t.Elem()
	case *types.Chan:
		key = t.Elem()
	case *types.Signature: // an iterator
		key, value = yielded(t)
	}
	for e, from := range map[ast.Expr]types.Type{n.Key: key, n.Value: value} {
		if e != nil {
			w.convert(from, w.info.TypeOf(e), e.Pos(), Interface)
		}
	}
}

// yielded are the types of what an iterator yields.
func yielded(iterator *types.Signature) (key, value types.Type) {
	if iterator.Params().Len() != 1 {
		return nil, nil
	}
	yield, ok := iterator.Params().At(0).Type().Underlying().(*types.Signature)
	if !ok {
		return nil, nil
	}
	all := append(tuple(yield.Params()), nil, nil)
	return all[0], all[1]
}

// call looks at arguments, and at conversions that are written down.
func (w *walker) call(n *ast.CallExpr) {
	fun := w.info.Types[n.Fun]
	switch {
	case fun.IsType():
		w.assign(n.Args, []types.Type{fun.Type})
	case fun.IsBuiltin():
		w.builtin(n)
	default:
		if sig, ok := under(fun.Type).(*types.Signature); ok && !isPassive(w.callee(n.Fun)) {
			w.assign(n.Args, parameters(sig, n))
		}
	}
}

// callee is the function that is called, where it has a name.
func (w *walker) callee(fun ast.Expr) types.Object {
	switch f := ast.Unparen(fun).(type) {
	case *ast.Ident:
		return w.info.Uses[f]
	case *ast.SelectorExpr:
		return w.info.Uses[f.Sel]
	}
	return nil
}

// builtin looks at what append and panic are given.
func (w *walker) builtin(n *ast.CallExpr) {
	id, ok := ast.Unparen(n.Fun).(*ast.Ident)
	if !ok || id.Name != "append" || n.Ellipsis.IsValid() || len(n.Args) < 2 {
		return
	}
	if s, ok := under(w.info.TypeOf(n.Args[0])).(*types.Slice); ok {
		w.assign(n.Args[1:], repeat(s.Elem(), len(n.Args)-1))
	}
}

// parameters are the types that the arguments of a call become.
func parameters(sig *types.Signature, n *ast.CallExpr) []types.Type {
	all := tuple(sig.Params())
	if !sig.Variadic() || n.Ellipsis.IsValid() {
		return all
	}
	last := len(all) - 1
	s, ok := all[last].Underlying().(*types.Slice)
	if !ok {
		return all
	}
	return append(all[:last], repeat(s.Elem(), max(len(n.Args)-last, 1))...)
}
