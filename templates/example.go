package templates

import (
	"maps"
	"slices"
	"strconv"
	"time"

	"github.com/dave/jennifer/jen"

	"example.com/lathe/internal/gocode"
	"example.com/lathe/internal/plan"
)

// renderExamples writes examples_test.go: the model's examples as functions that compile.
// None is run, for there is no service.
func renderExamples(p *plan.Package) *jen.File {
	f := gocode.File(p.ExamplesPackage, p.ExamplesPackage, p.Source)
	f.ImportName(p.ImportPath, p.Name)
	if p.Qualifier != p.Name {
		f.ImportAlias(p.ImportPath, p.Qualifier)
	}
	for _, sub := range []string{"types", "document"} {
		f.ImportName(p.ImportPath+"/"+sub, sub)
	}
	for _, e := range p.Examples {
		f.Line()
		gocode.Doc(f.Group, e.Doc)
		f.Func().Id(e.Func).Params().BlockFunc(func(g *jen.Group) { renderExample(g, p, e) })
	}
	return f
}

// renderExample writes the body of an example:
//
//	cfg := aws.Config{…}
//	client := <package>.NewFromConfig(cfg)
//	out, err := client.<Op>(context.Background(), &<package>.<Op>Input{…})
func renderExample(g *jen.Group, p *plan.Package, e *plan.Example) {
	g.Comment("// A program has it from config.LoadDefaultConfig.")
	g.Id("cfg").Op(":=").Qual(gocode.AWS, "Config").Values(jen.Id("Region").Op(":").Lit("us-east-1"))
	g.Id("client").Op(":=").Qual(p.ImportPath, "NewFromConfig").Call(jen.Id("cfg"))
	call := jen.Id("client").Dot(e.Operation.Name).Call(jen.Qual("context", "Background").Call(),
		jen.Op("&").Add(literal(e.Input)))
	failed := jen.Err().Op("!=").Nil()
	fatal := jen.Qual("log", "Fatal").Call(jen.Err())
	switch {
	case e.Error != nil:
		g.List(jen.Id("_"), jen.Err()).Op(":=").Add(call)
		g.Qual("fmt", "Println").Call(jen.Err()).Comment("// a *types." + e.Error.Name)
	case len(e.Operation.Output.Fields) == 0:
		g.If(jen.List(jen.Id("_"), jen.Err()).Op(":=").Add(call), failed).Block(fatal)
	default:
		g.List(jen.Id("out"), jen.Err()).Op(":=").Add(call)
		g.If(failed).Block(fatal)
		g.Qual("fmt", "Printf").Call(jen.Lit("%+v\n"), jen.Id("out"))
		renderExampleOutput(g, e.Output)
	}
}

// renderExampleOutput writes what the service returns, as a comment.
func renderExampleOutput(g *jen.Group, lines []string) {
	if len(lines) == 0 {
		return
	}
	g.Comment("// The service returns:")
	g.Comment("//")
	for _, line := range lines {
		g.Comment(gocode.CommentLine("\t" + line))
	}
}

// pointerTo are the functions of package aws that return a pointer to a value.
var pointerTo = map[plan.Kind]string{
	plan.KindBool: "Bool", plan.KindInt8: "Int8", plan.KindInt16: "Int16", plan.KindInt32: "Int32",
	plan.KindInt64:   "Int64",
	plan.KindFloat32: "Float32", plan.KindFloat64: "Float64", plan.KindString: "String", plan.KindTimestamp: "Time",
}

// literal is a value in Go; nil for none.
func literal(l *plan.Literal) *jen.Statement {
	if l == nil {
		return jen.Nil()
	}
	switch kind := l.Value.Kind; kind {
	case plan.KindStructure:
		value := gocode.Name(l.Value.Type).Add(structureMembers(l))
		if l.Pointer {
			return jen.Op("&").Add(value)
		}
		return value
	case plan.KindUnion:
		return jen.Op("&").Add(gocode.Name(l.Variant.Type), structureMembers(l))
	case plan.KindList:
		return gocode.Type(l.Value.Type).ValuesFunc(func(g *jen.Group) { literalMembers(g, l, nil) })
	case plan.KindMap:
		return gocode.Type(l.Value.Type).ValuesFunc(func(g *jen.Group) { literalMembers(g, l, entryKey) })
	default:
		if l.Pointer {
			return jen.Qual(gocode.AWS, pointerTo[kind]).Call(scalarLiteral(l))
		}
		return scalarLiteral(l)
	}
}

// structureMembers are the fields of a structure in braces.
func structureMembers(l *plan.Literal) *jen.Statement {
	return jen.ValuesFunc(func(g *jen.Group) { literalMembers(g, l, fieldKey) })
}

func fieldKey(name string) *jen.Statement { return jen.Id(name) }
func entryKey(name string) *jen.Statement { return jen.Lit(name) }

// literalMembers writes the parts of a value, a line each; key is nil for a list.
func literalMembers(g *jen.Group, l *plan.Literal, key func(string) *jen.Statement) {
	ofOneType := l.Value.Kind == plan.KindList || l.Value.Kind == plan.KindMap
	for _, m := range l.Members {
		value := literal(m.Literal)
		if e := m.Literal; ofOneType && e != nil && e.Value.Kind == plan.KindStructure {
			value = structureMembers(e) // its type, or the pointer, follows from the whole's
		}
		if key != nil {
			value = key(m.Name).Op(":").Add(value)
		}
		g.Line().Add(value)
	}
	if len(l.Members) > 0 {
		g.Line()
	}
}

func scalarLiteral(l *plan.Literal) *jen.Statement {
	switch l.Value.Kind {
	case plan.KindBool:
		return jen.Id(l.Text)
	case plan.KindEnum, plan.KindIntEnum:
		return enumValueLiteral(l)
	case plan.KindString:
		return jen.Lit(l.Text)
	case plan.KindBlob:
		return jen.Index().Byte().Call(jen.Lit(l.Text))
	case plan.KindStream:
		return jen.Qual("strings", "NewReader").Call(jen.Lit(l.Text))
	case plan.KindTimestamp:
		return timeLiteral(l.Time)
	case plan.KindDocument:
		return jen.Qual(l.Value.Type.Import, "NewLazyDocument").Call(documentLiteral(l.Document))
	case plan.KindBigInt, plan.KindBigFloat:
		return bigLiteral(l)
	default:
		return jen.Op(l.Text)
	}
}

// bigLiteral is a number of any size: big.NewInt(<n>), big.NewFloat(<n>) where a float64 has
// its digits, or a number of a text.
func bigLiteral(l *plan.Literal) *jen.Statement {
	if l.Value.Kind == plan.KindBigInt {
		if _, err := strconv.ParseInt(l.Text, 10, 64); err == nil {
			return jen.Qual(bigPackage, "NewInt").Call(jen.Op(l.Text))
		}
		return bigText(l, jen.New(jen.Qual(bigPackage, "Int")).Dot("SetString").Call(jen.Lit(l.Text), jen.Lit(10)), 1)
	}
	if f, err := strconv.ParseFloat(l.Text, 64); err == nil && strconv.FormatFloat(f, 'g', -1, 64) == l.Text {
		return jen.Qual(bigPackage, "NewFloat").Call(jen.Op(l.Text))
	}
	const bitsOfDigit = 4 // more than it needs
	precision := max(64, bitsOfDigit*len(l.Text))
	return bigText(l, jen.Qual(bigPackage, "ParseFloat").Call(
		jen.Lit(l.Text), jen.Lit(10), jen.Lit(precision), jen.Qual(bigPackage, "ToNearestEven"),
	), 2)
}

const bigPackage = "math/big"

// bigText takes the number of a call that has as many results beside it:
//
//	func() *big.Int { v, _ := <call>; return v }()
func bigText(l *plan.Literal, call *jen.Statement, others int) *jen.Statement {
	results := append([]jen.Code{jen.Id("v")}, slices.Repeat([]jen.Code{jen.Id("_")}, others)...)
	return jen.Func().Params().Add(gocode.Type(l.Value.Type)).Block(
		jen.List(results...).Op(":=").Add(call), jen.Return(jen.Id("v")),
	).Call()
}

// enumValueLiteral is a constant, or the value converted.
func enumValueLiteral(l *plan.Literal) *jen.Statement {
	switch {
	case l.Constant != "":
		return jen.Qual(l.Value.Type.Import, l.Constant)
	case l.Value.Kind == plan.KindIntEnum:
		return gocode.Name(l.Value.Type).Call(jen.Op(l.Text))
	default:
		return gocode.Name(l.Value.Type).Call(jen.Lit(l.Text))
	}
}

// time.Date(<year>, time.<Month>, …, time.UTC)
func timeLiteral(t time.Time) *jen.Statement {
	return jen.Qual("time", "Date").Call(
		jen.Lit(t.Year()), jen.Qual("time", t.Month().String()), jen.Lit(t.Day()),
		jen.Lit(t.Hour()), jen.Lit(t.Minute()), jen.Lit(t.Second()), jen.Lit(t.Nanosecond()), jen.Qual("time", "UTC"),
	)
}

// documentLiteral is what a document holds.
func documentLiteral(v any) *jen.Statement {
	switch v := v.(type) {
	case nil:
		return jen.Nil()
	case bool:
		return jen.Id(strconv.FormatBool(v))
	case string:
		return jen.Lit(v)
	case []any:
		return jen.Index().Any().ValuesFunc(func(g *jen.Group) {
			for _, e := range v {
				g.Add(documentLiteral(e))
			}
		})
	case map[string]any:
		return jen.Map(jen.String()).Any().ValuesFunc(func(g *jen.Group) {
			for _, key := range slices.Sorted(maps.Keys(v)) {
				g.Line().Lit(key).Op(":").Add(documentLiteral(v[key]))
			}
			g.Line()
		})
	default:
		return numberLiteral(v)
	}
}

// numberLiteral is a number of a document.
func numberLiteral(v any) *jen.Statement {
	number, _ := v.(interface{ String() string })
	return jen.Op(number.String())
}
