package templates

import (
	"github.com/dave/jennifer/jen"

	"example.com/lathe/internal/jmespath"
)

// renderJMESPath writes the statements of a compiled expression.
func renderJMESPath(g *jen.Group, stmts []*jmespath.Stmt) {
	for _, s := range stmts {
		g.Add(jmespathStmt(s))
	}
}

func jmespathStmt(s *jmespath.Stmt) *jen.Statement {
	body := func(g *jen.Group) { renderJMESPath(g, s.Body) }
	switch s.Kind {
	case jmespath.Declare:
		return jen.Var().Id(s.Name).Add(jmespathType(s.Type))
	case jmespath.Define:
		return jen.Id(s.Name).Op(":=").Add(jmespathExpr(s.X))
	case jmespath.Assign:
		return jen.Id(s.Name).Op("=").Add(jmespathExpr(s.X))
	case jmespath.Do:
		return jmespathExpr(s.X)
	case jmespath.For:
		step := jen.Id(s.Name).Op("+=").Lit(s.Step)
		return jen.For(jen.Id(s.Name).Op(":=").Add(jmespathExpr(*s.Init)), jmespathExpr(s.X), step).BlockFunc(body)
	case jmespath.Range:
		return jen.For(jmespathRange(s)).BlockFunc(body)
	}
	condition := jmespathExpr(s.X)
	out := jen.If(condition)
	if s.Init != nil {
		out = jen.If(jen.List(jen.Id(s.Name), jen.Id(s.Second)).Op(":=").Add(jmespathExpr(*s.Init)), condition)
	}
	out = out.BlockFunc(body)
	if len(s.Else) > 0 {
		out = out.Else().BlockFunc(func(g *jen.Group) { renderJMESPath(g, s.Else) })
	}
	return out
}

// <name>, <second> := range <x>, with as many variables as there are.
func jmespathRange(s *jmespath.Stmt) *jen.Statement {
	over := jen.Range().Add(jmespathExpr(s.X))
	switch {
	case s.Second != "":
		return jen.List(jen.Id(s.Name), jen.Id(s.Second)).Op(":=").Add(over)
	case s.Name != "":
		return jen.Id(s.Name).Op(":=").Add(over)
	default:
		return over
	}
}

func jmespathType(t *jmespath.GoType) *jen.Statement {
	switch t.Form {
	case jmespath.PointerType:
		return jen.Op("*").Add(jmespathType(t.Elem))
	case jmespath.SliceType:
		return jen.Index().Add(jmespathType(t.Elem))
	case jmespath.MapType:
		return jen.Map(jen.String()).Add(jmespathType(t.Elem))
	case jmespath.StructType:
		return jen.StructFunc(func(g *jen.Group) {
			for _, f := range t.Fields {
				g.Id(f.Name).Add(jmespathType(f.Type))
			}
		})
	default:
		return qualified(t.Import, t.Name)
	}
}

// qualified is a name of a package, or of none.
func qualified(path, name string) *jen.Statement {
	if path == "" {
		return jen.Id(name)
	}
	return jen.Qual(path, name)
}

func jmespathExpr(x jmespath.Expr) *jen.Statement {
	first := func() *jen.Statement { return jmespathOperand(x.Args[0]) }
	switch x.Op {
	case jmespath.Var:
		return jen.Id(x.Name)
	case jmespath.Lit:
		return jen.Lit(x.Value)
	case jmespath.Nil:
		return jen.Nil()
	case jmespath.Field:
		return first().Dot(x.Name)
	case jmespath.Deref:
		return jen.Op("*").Add(first())
	case jmespath.Address:
		return jen.Op("&").Add(first())
	case jmespath.Not:
		return jen.Op("!").Add(first())
	case jmespath.Negative:
		return jen.Op("-").Add(first())
	case jmespath.Index:
		return first().Index(jmespathExpr(x.Args[1]))
	case jmespath.Slice:
		return first().Index(jmespathExpr(x.Args[1]), jmespathExpr(x.Args[2]))
	case jmespath.Binary:
		return jmespathSide(x, 0).Op(x.Name).Add(jmespathSide(x, 1))
	case jmespath.Spread:
		return first().Op("...")
	case jmespath.Assert:
		return first().Assert(jmespathType(x.Type))
	default:
		return jmespathCall(x)
	}
}

// jmespathSide is an operand of a binary operator, in parentheses if it binds less.
func jmespathSide(x jmespath.Expr, i int) *jen.Statement {
	operand := x.Args[i]
	if operand.Op != jmespath.Binary || precedence(operand.Name) > precedence(x.Name) || i == 0 && operand.Name == x.Name {
		return jmespathExpr(operand)
	}
	return jen.Parens(jmespathExpr(operand))
}

func precedence(operator string) int {
	switch operator {
	case "||":
		return 1
	case "&&":
		return 2
	case "+", "-":
		return 4
	case "*", "/":
		return 5
	default: // comparisons
		return 3
	}
}

// jmespathOperand puts an operator's result in parentheses where it stands in another.
func jmespathOperand(x jmespath.Expr) *jen.Statement {
	switch x.Op {
	case jmespath.Binary, jmespath.Deref, jmespath.Negative:
		return jen.Parens(jmespathExpr(x))
	default:
		return jmespathExpr(x)
	}
}

// jmespathCall writes calls, conversions and composite literals.
func jmespathCall(x jmespath.Expr) *jen.Statement {
	args := make([]jen.Code, len(x.Args))
	for i, a := range x.Args {
		args[i] = jmespathExpr(a)
	}
	switch x.Op {
	case jmespath.Convert:
		return jmespathType(x.Type).Parens(args[0])
	case jmespath.Composite:
		return jmespathType(x.Type).Values(args...)
	case jmespath.Fielded:
		for i, f := range x.Type.Fields {
			args[i] = jen.Id(f.Name).Op(":").Add(args[i])
		}
		return jmespathType(x.Type).Values(args...)
	case jmespath.Search:
		return jen.Func().Params(jen.Id(x.Name).Int()).Bool().Block(jen.Return(args[0]))
	case jmespath.Call:
		if x.Type != nil { // make
			args = append([]jen.Code{jmespathType(x.Type)}, args...)
		}
		return qualified(x.Import, x.Name).Call(args...)
	default:
		panic("templates: an expression of JMESPath without a form")
	}
}
