package scan

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"example.com/lathe/spec"
)

// walker looks at one package.
type walker struct {
	c    *collector
	fset *token.FileSet
	info *types.Info
	pkg  *checked
	// carriers are what the methods of types reach.
	carriers map[*types.Named]carrier
}

// carrier is a type that has operations among its methods, because it is a client or has
// one embedded: which service each method is of, and what it calls.
type carrier map[string]target

type target struct {
	service   *types.Package
	operation string
	presigns  bool
}

// look notes what a package uses.
func (c *collector) look(fset *token.FileSet, p *checked) {
	w := &walker{c: c, fset: fset, info: p.info, pkg: p, carriers: map[*types.Named]carrier{}}
	for _, file := range p.files {
		w.keepComments(file)
		ast.PreorderStack(file, nil, func(n ast.Node, stack []ast.Node) bool {
			w.node(n, stack)
			return true
		})
	}
}

func (w *walker) pos(p token.Pos) token.Position { return w.fset.Position(p) }

func (w *walker) node(n ast.Node, stack []ast.Node) {
	switch n := n.(type) {
	case *ast.Ident:
		if o := w.info.Uses[n]; o != nil && o.Pkg() != nil {
			w.object(n, o, stack)
		}
		if inst, ok := w.info.Instances[n]; ok {
			w.instance(n, inst)
		}
	case *ast.CallExpr:
		w.call(n)
		w.byName(n, stack)
	default:
		w.conversions(n, stack)
	}
}

// object notes the operations that naming an object leads to.
func (w *walker) object(n *ast.Ident, o types.Object, stack []ast.Node) {
	for _, r := range reaches(o) {
		how := r.how
		if how == Called {
			how = w.howMethod(n, stack)
		}
		w.use(target{o.Pkg(), r.operation, false}, n.Pos(), how)
	}
}

// howMethod is how a method that is named is used.
func (w *walker) howMethod(n *ast.Ident, stack []ast.Node) How {
	at := len(stack) - 1
	selector, ok := stack[at].(*ast.SelectorExpr)
	if !ok || selector.Sel != n {
		return Called // the method of an interface that is declared
	}
	if s := w.info.Selections[selector]; s != nil && s.Kind() == types.MethodExpr {
		return MethodExpr
	}
	var inner ast.Expr = selector
	for at--; at >= 0; at-- {
		switch outer := stack[at].(type) {
		case *ast.ParenExpr:
			inner = outer
			continue
		case *ast.CallExpr:
			if outer.Fun == inner {
				return Called
			}
		}
		break
	}
	return MethodValue
}

func (w *walker) use(t target, at token.Pos, how How) {
	w.c.service(t.service.Path()).use(t.operation, w.pos(at), how)
}

func (w *walker) warn(at token.Pos, hint, format string, args ...any) {
	pos := w.pos(at)
	w.c.warnings.Add(spec.Pos{File: pos.Filename, Line: pos.Line, Column: pos.Column}, hint, format, args...)
}

// carrier returns what the methods of a type reach, or of what it points to.
func (w *walker) carrier(t types.Type) carrier {
	if named := namedOf(t); named != nil {
		known, ok := w.carriers[named]
		if !ok && !types.IsInterface(named) {
			known = carried(named)
			w.carriers[named] = known
		}
		return known
	}
	if s, ok := under(t).(*types.Struct); ok {
		for field := range s.Fields() {
			if field.Embedded() {
				return carried(s)
			}
		}
	}
	return nil
}

func carried(t types.Type) carrier {
	found := carrier{}
	methods := types.NewMethodSet(types.NewPointer(t))
	for m := range methods.Methods() {
		f, ok := m.Obj().(*types.Func)
		if !ok || !isRoot(f.Pkg()) {
			continue
		}
		for _, r := range reaches(f) {
			found[f.Name()] = target{f.Pkg(), r.operation, r.how == Presigned}
		}
	}
	return found
}

// keepHint is what helps where a program does what can't be followed.
const keepHint = "if operations are called by their names there, --keep Service.Operation or a comment //lathe:keep Operation keeps them"

// convert notes what a value that becomes one of another type makes callable.
func (w *walker) convert(from, to types.Type, at token.Pos, how How) {
	if from == nil || to == nil || !types.IsInterface(to) {
		return
	}
	has := w.carrier(from)
	if len(has) == 0 {
		return
	}
	i, ok := to.Underlying().(*types.Interface)
	if !ok {
		return
	}
	if i.NumMethods() == 0 {
		if how == Interface {
			w.warn(at, keepHint, "%s becomes a value of type %s, whose methods reflection can call", w.name(from), w.name(to))
		}
		return
	}
	for m := range i.Methods() {
		t, ok := has[m.Name()]
		switch {
		case !ok:
		case t.presigns:
			w.use(t, at, Presigned)
		default:
			w.use(t, at, how)
		}
	}
}

// name is a type as the package writes it.
func (w *walker) name(t types.Type) string {
	return types.TypeString(t, func(p *types.Package) string {
		if p == w.pkg.types {
			return ""
		}
		return p.Name()
	})
}

// instance notes what type arguments make callable: what the constraints have.
func (w *walker) instance(n *ast.Ident, inst types.Instance) {
	params := typeParams(w.info.Uses[n])
	if params == nil || params.Len() != inst.TypeArgs.Len() {
		return
	}
	for i := range params.Len() {
		w.convert(inst.TypeArgs.At(i), params.At(i).Constraint(), n.Pos(), Constraint)
	}
}

// isMethodInfo reports whether a selector takes of a reflect.Method what describes it, which is
// all but the method itself.
func (w *walker) isMethodInfo(s *ast.SelectorExpr) bool {
	of := namedOf(w.info.TypeOf(s.X))
	return of != nil && of.Obj().Name() == "Method" && of.Obj().Pkg().Path() == "reflect" && s.Sel.Name != "Func"
}

func typeParams(o types.Object) *types.TypeParamList {
	switch o := o.(type) {
	case *types.Func:
		return o.Signature().TypeParams()
	case *types.TypeName:
		switch t := o.Type().(type) {
		case *types.Named:
			return t.TypeParams()
		case *types.Alias:
			return t.TypeParams()
		}
	}
	return nil
}

// byName notes methods that reflection gets: by a name that is constant it is that
// operation of the services that the package imports. Of one that is only described, by its
// name say, nobody calls the method.
func (w *walker) byName(n *ast.CallExpr, stack []ast.Node) {
	selector, ok := n.Fun.(*ast.SelectorExpr)
	if !ok || len(n.Args) != 1 {
		return
	}
	f, ok := w.info.Uses[selector.Sel].(*types.Func)
	if !ok || f.Pkg() == nil || f.Pkg().Path() != "reflect" || f.Name() != "MethodByName" && f.Name() != "Method" {
		return
	}
	value := w.info.Types[n.Args[0]].Value
	if f.Name() == "MethodByName" && value != nil && value.Kind() == constant.String {
		w.named(constant.StringVal(value), n.Pos())
		return
	}
	if outer, ok := stack[len(stack)-1].(*ast.SelectorExpr); ok && w.isMethodInfo(outer) {
		return
	}
	w.warn(n.Pos(), keepHint, "reflection gets a method that is known only when the program runs")
}

func (w *walker) named(operation string, at token.Pos) {
	for _, imported := range w.pkg.types.Imports() {
		if isRoot(imported) && isOperation(imported, operation) {
			w.use(target{imported, operation, false}, at, ByName)
		}
	}
}

// passive are packages that print, compare or keep what they are given, and call no methods
// of it but those of their own few interfaces; so do all below a path with a slash.
var passive = []string{
	"context", "encoding/", "errors", "fmt", "log", "log/slog", "sync", "sync/atomic", "testing",
	"github.com/golang/mock/", "github.com/google/go-cmp/", "github.com/onsi/gomega", "github.com/stretchr/testify/",
	"go.uber.org/mock/",
}

// isPassive reports whether a function is of a package that calls no operation.
func isPassive(o types.Object) bool {
	return o != nil && o.Pkg() != nil && slices.ContainsFunc(passive, func(path string) bool {
		return o.Pkg().Path() == path || strings.HasSuffix(path, "/") && strings.HasPrefix(o.Pkg().Path(), path)
	})
}
