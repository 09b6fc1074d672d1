package templates

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/dave/jennifer/jen"
	interpreter "github.com/jmespath-community/go-jmespath"

	"example.com/lathe/internal/jmespath"
	"example.com/lathe/internal/plan"
	"example.com/lathe/internal/protocol"
	"example.com/lathe/runtime"
	"example.com/lathe/spec"
)

// expressions has every construct of the language that has a type in Go.
var expressions = []string{
	"text", "plain", "flag", "number", "ratio", "color", "list", "table", "item.text", "item.child.text", "item.child.child.number",
	"list[0]", "list[-1]", "list[1]", "items[0].text", "items[-1].child.text", "matrix[0][1]", "table.a", "things.b.text", `things."c".number`,
	"list[*]", "items[*].text", "items[].number", "items[*].child.text", "items[].list", "items[].list[]", "matrix[]", "matrix[*][0]", "matrix[][]",
	"items[*].items[*].text", "items[].items[].text", "items[*].items[*].list[]", "sparse", "sparse[*]", "sparse[]", "colors[*]", "items[].color",
	"table.*", "things.*.text", "things.*.list[]", "things.*",
	"list[1:]", "list[:2]", "list[-2:]", "list[:-1]", "list[1:3]", "list[::2]", "list[::-1]", "list[3:0:-1]", "list[-1:0:-2]", "numbers[5:2]", "items[:2].text", "text[1:]", "text[:-1]", "sparse[::2]",
	"items[?number > `2`].text", "items[?text == 'a']", "items[?text != 'a'].text", "items[?flag].text", "items[?!flag].text", "items[?child].text", "items[?list].number",
	"items[?number >= `1` && number < `4`].number", "items[?text == 'a' || number == `3`].text", "items[?child.text == text].text", "items[?list[0] == 'b'].text", "items[?contains(list, 'a')].text",
	"items[?color == 'red'].text", "items[?ratio > `0.5`].ratio", "items[?number == ratio].number", "items[?child == `null`].text", "items[?text == `null`]", "items[?!text].number", "numbers[?@ > `1`]", "list[?@ != 'a']",
	"text == 'a'", "text != 'a'", "number == `3`", "number > plain", "ratio <= `1.5`", "flag == `true`", "color == 'red'", "color != text", "text == number", "list == `[\"a\"]`", "missing(text)", "text > 'a'",
	"flag && item.flag", "flag || item.flag", "text || item.text", "text && item.text", "!flag", "!list", "!item", "!(flag && text)", "number || `5`", "item.text || 'none'", "text == 'a' && number == `1`",
	"[text, item.text]", "[number, plain]", "[text, item.text][]", "items[].[text, child.text]", "items[].[text, child.text][]", "[plain]", "[flag, item.flag][?@]",
	"{a: text, b: number}.a", "{a: text, b: item}.b.text", "items[].{t: text, n: number} | [].t", "items[].{t: text, n: number}[?n > `1`].t", "keys({b: text, a: number})", "merge({a: text}, {a: item.text, b: number}).a", "merge({a: text}, {b: number}).b",
	"item | text", "items[].text | [0]", "items[?flag] | [0].text", "list | length(@)", "items | [].number", "@.text", "$.text", "items[].[text, $.text][]",
	"length(list)", "length(text)", "length(table)", "length(items[?flag])", "length(list) > `1`", "items[?length(list) > `1`].text", "length(items[].list[])",
	"contains(list, 'a')", "contains(list, text)", "contains(text, 'a')", "contains(numbers, `2`)", "contains(colors, 'red')", "contains(items[].text, 'b')", "contains(items[].number, number)", "contains(sparse, 'a')",
	"keys(table)", "keys(things)", "sort(keys(table))", "values(table)", "sort(list)", "sort(numbers)", "sort(items[].text)", "reverse(list)", "reverse(text)", "reverse(sort(numbers))",
	"join(',', list)", "join(text, list)", "join('-', colors)", "join('', items[].text)", "starts_with(text, 'a')", "ends_with(text, item.text)", "lower(text)", "upper(color)", "replace(text, 'a', 'xy')", "split(text, 'a')",
	"abs(number)", "ceil(ratio)", "floor(ratio)", "sum(numbers)", "sum(items[].number)", "avg(numbers)", "max(numbers)", "min(numbers)", "max(list)", "min(items[].text)", "max(items[].ratio)",
	"max_by(items, &key).text", "min_by(items, &key).text", "max_by(items, &name).key", "sort_by(items, &key)[].name", "sort_by(items, &name)[].key", "sort_by(items, &length(name))[0].key",
	"map(&text, items)", "map(&number, items)", "map(&@, list)", "map(&child.text, items)", "map(&length(name), items)",
	"not_null(text, item.text, 'x')", "not_null(number, plain)", "not_null(item.text, item.child.text)", "to_array(plain)", "to_number(text)", "to_number(number)", "to_string(number)", "to_string(flag)", "to_string(text)", "to_string(ratio)", "to_number('1.5')",
	"type(text)", "type(item)", "type(list)", "type(missing_is_null)", "type(`1`)",
	"number + plain", "ratio - `1`", "number * `2`", "number / `2`", "number % `2`", "number // `2`", "-number", "items[?number + `1` > `2`].number",
	"let $t = text in items[?text == $t].number", "let $a = number, $b = plain in $a > $b", "let $n = item.text in [$n, text]",
	"number == `5000000000`", "number < `5000000000`", "items[?number > `-5000000000`].number",
	"contains(numbers, `5000000000`)", "`5000000000` == `5000000000`",
	"`[5000000000, 1]`", "to_string(`5000000000`)", "(`1` / `0`) > ratio", "(`1e308` * `10`) > ratio",
	"(-`1e308` - `1e308`) < ratio", "(`7` // `2`) + number", "-(-`3`) == number",
	"`[1, 2]`", "'raw'", "`\"x\"`", "`[]`", "`true`", "!`{}`", "!`{\"a\": null}`",
}

// builtExpressions are of values that JSON alone cannot be read into: they are built,
// but not run.
var builtExpressions = []string{
	"when", "whens", "whens[0]", "whens[1:]", "times.a", "blob", "blobs[]", "choice", "choice.text", "choice.item.text", "choice.items[].text", "choice.when",
	"choices[].text", "choices[?item].item.number", "size", "size == `2`", "sizes[]", "sizes[0]", "long > size", "long + single", "single == `0.5`", "sums.*", "max(longs)", "sort(sizes)",
	"!(when && text)", "when || when", "not_null(when, whens[0])", "{a: when, b: choice}.b.text", "[choice, choices[0]]", "[when]", "length(whens)", "map(&when, others)", "others[].choice",
	"sort_by(others, &size)", "max_by(others, &long).when", "let $c = choice in $c.text", "whens[::-1]", "values(times)", "!blob", "!choice", "others[?!when]", "reverse(choices)", "sparse[].text", "sparse[0]",
	"tiny == `300`", "tiny < `-129`", "tiny == `100`", "small == `40000`", "single == `1e40`", "single > `-1e300`",
	"long == `1e30`", "size == `5000000000`", "tiny == single",
	"choice.nothing", "choice.nothing == `null`", "!(choice.nothing)", "choices[].nothing", "choices[?nothing].text", "{a: choice.nothing}.a", "[choice.nothing]", "not_null(choice.nothing)",
}

// addBuilt adds a structure with members of the other kinds.
func addBuilt(out *spec.Shape) *spec.Shape {
	member := func(name string, target *spec.Shape) *spec.Member { return &spec.Member{Name: name, Target: target} }
	shape := func(name string, kind spec.Kind) *spec.Shape { return &spec.Shape{Name: name, Kind: kind} }
	list := func(name string, of *spec.Shape) *spec.Shape {
		return &spec.Shape{Name: name, Kind: spec.List, Element: member("member", of)}
	}
	text, item, items := out.Member("text").Target, out.Member("item").Target, out.Member("items").Target
	when, blob, long, single := shape("When", spec.Timestamp), shape("Blob", spec.Blob), shape("Long", spec.Long), shape("Single", spec.Float)
	size := &spec.Shape{Name: "Size", Kind: spec.IntEnum, EnumValues: []spec.EnumValue{{Name: "SMALL", Value: "1"}, {Name: "BIG", Value: "2"}}}
	unit := shape(spec.Unit, spec.Structure)
	choice := &spec.Shape{Name: "Choice", Kind: spec.Union, Members: []*spec.Member{
		member("text", text), member("item", item), member("items", items), member("when", when), member("nothing", unit),
	}}
	mapOf := func(name string, of *spec.Shape) *spec.Shape {
		return &spec.Shape{Name: name, Kind: spec.Map, Key: member("key", text), Value: member("value", of)}
	}
	sparse := list("SparseItems", item)
	sparse.Sparse = true
	sums := mapOf("Sums", long)
	sums.Sparse = true
	other := shape("Other", spec.Structure)
	other.Members = []*spec.Member{
		member("text", text), member("when", when), member("whens", list("Whens", when)), member("times", mapOf("Times", when)), member("blob", blob), member("blobs", list("Blobs", blob)),
		member("choice", choice), member("choices", list("Choices", choice)), member("size", size), member("sizes", list("Sizes", size)), member("long", long), member("longs", list("Longs", long)),
		member("single", single), member("tiny", shape("Tiny", spec.Byte)), member("small", shape("Small", spec.Short)),
		member("sums", sums), member("sparse", sparse), member("others", list("Others", other)),
	}
	out.Members = append(out.Members, member("other", other))
	return other
}

// jmespathAPI has one operation whose output has members of all kinds that JSON can be
// read into without a codec.
func jmespathAPI() *spec.API {
	member := func(name string, target *spec.Shape) *spec.Member { return &spec.Member{Name: name, Target: target} }
	shape := func(name string, kind spec.Kind) *spec.Shape { return &spec.Shape{Name: name, Kind: kind} }
	list := func(name string, of *spec.Shape) *spec.Shape {
		return &spec.Shape{Name: name, Kind: spec.List, Element: member("member", of)}
	}
	str, flag, number, ratio := shape("Str", spec.String), shape("Flag", spec.Boolean), shape("Number", spec.Integer), shape("Ratio", spec.Double)
	mapOf := func(name string, of *spec.Shape) *spec.Shape {
		return &spec.Shape{Name: name, Kind: spec.Map, Key: member("key", str), Value: member("value", of)}
	}
	color := &spec.Shape{Name: "Color", Kind: spec.Enum, EnumValues: []spec.EnumValue{{Name: "RED", Value: "red"}, {Name: "BLUE", Value: "blue"}}}
	strs := list("Strs", str)
	sparse := list("Sparse", str)
	sparse.Sparse = true
	item := shape("Item", spec.Structure)
	items := list("Items", item)
	key, name := member("key", number), member("name", str)
	item.Members = []*spec.Member{
		key, name, member("text", str), member("number", number), member("ratio", ratio), member("flag", flag), member("color", color),
		member("list", strs), member("child", item), member("items", items),
	}
	plain := member("plain", number)
	plain.Default = &spec.Default{Value: json.Number("0")}
	out := shape("Out", spec.Structure)
	out.Members = []*spec.Member{
		member("text", str), plain, member("flag", flag), member("number", number), member("ratio", ratio), member("color", color),
		member("list", strs), member("sparse", sparse), member("numbers", list("Numbers", number)), member("colors", list("Colors", color)),
		member("matrix", list("Matrix", strs)), member("item", item), member("items", items), member("table", mapOf("Table", str)), member("things", mapOf("Things", item)),
	}
	op := &spec.Operation{Name: "Get", Output: out, HTTP: spec.HTTP{Method: "GET", URI: spec.URI{Source: "/", Path: []spec.URIPart{{Literal: "/"}}}}}
	return &spec.API{Name: "Svc", ID: "Svc", Protocols: []spec.Protocol{spec.RestJSON1}, Operations: []*spec.Operation{op}}
}

// testNames are the names of the plan's types.
type testNames struct{ p *plan.Package }

func (n testNames) Type(s *spec.Shape) *jmespath.GoType {
	switch s.Kind {
	case spec.Timestamp:
		return &jmespath.GoType{Import: "time", Name: "Time"}
	case spec.Blob:
		return &jmespath.GoType{Form: jmespath.SliceType, Elem: &jmespath.GoType{Name: "byte"}}
	default:
		return &jmespath.GoType{Import: n.p.ImportPath + "/types", Name: s.Name}
	}
}

func (n testNames) Field(_ *spec.Shape, m *spec.Member) (string, bool) {
	name := strings.ToUpper(m.Name[:1]) + m.Name[1:]
	switch m.Target.Kind {
	case spec.List, spec.Map, spec.Enum, spec.IntEnum, spec.Union, spec.Blob:
		return name, false
	default:
		return name, m.Default == nil
	}
}

func (n testNames) Variant(union *spec.Shape, m *spec.Member) *jmespath.GoType {
	return &jmespath.GoType{Import: n.p.ImportPath + "/types", Name: union.Name + "Member" + strings.ToUpper(m.Name[:1]) + m.Name[1:]}
}

// conditionMark begins an expression of which only counts whether it is true.
const conditionMark = "true? "

// TestJMESPath compares what expressions compiled to Go find in random values with
// what the library's interpreter finds in the same values as JSON.
func TestJMESPath(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 9))
	api := jmespathAPI()
	other := addBuilt(api.Operations[0].Output)
	p, err := plan.Build(api, plan.Config{
		Protocol: protocol.All[0], Package: "paths", ImportPath: corpusPath + "/paths", Runtime: strings.TrimSuffix(runtime.Home, "/"), Source: "paths",
	})
	if err != nil {
		t.Fatal(err)
	}
	all := slices.Clone(expressions)
	for range 500 {
		all = append(all, randomExpression(random, 3))
	}
	f := jen.NewFilePathName(corpusPath+"/runner", "main")
	var kept []string
	table := jen.Index().Func().Params(jen.Op("*").Qual(p.ImportPath+"/types", "Out")).Any()
	var funcs []jen.Code
	for i, expression := range all {
		scope := jmespath.NewScope(testNames{p}, jmespath.Root{Var: "out", Shape: api.Operations[0].Output})
		code, err := scope.Value(expression)
		if err != nil {
			if i < len(expressions) && !strings.Contains(expression, "missing") {
				t.Errorf("%s: %v", expression, err)
			}
			continue
		}
		name := fmt.Sprintf("path%d", len(kept))
		kept = append(kept, expression)
		funcs = append(funcs, jen.Id(name))
		renderTestPath(f, p, name, "Out", expression, code)
		if i >= len(expressions) {
			continue
		}
		name = fmt.Sprintf("path%d", len(kept))
		kept = append(kept, conditionMark+expression)
		funcs = append(funcs, jen.Id(name))
		code, err = jmespath.NewScope(testNames{p}, jmespath.Root{Var: "out", Shape: api.Operations[0].Output}).Condition(expression)
		if err != nil {
			t.Fatal(err)
		}
		renderTestPath(f, p, name, "Out", expression, code)
	}
	for i, expression := range builtExpressions {
		code, err := jmespath.NewScope(testNames{p}, jmespath.Root{Var: "out", Shape: other}).Value(expression)
		if err != nil {
			t.Errorf("%s: %v", expression, err)
			continue
		}
		name := fmt.Sprintf("built%d", i)
		renderTestPath(f, p, name, "Other", expression, code)
		f.Var().Id("_").Op("=").Id(name)
	}
	if len(kept) < 2*len(expressions)+40 {
		t.Errorf("only %d expressions have a type", len(kept))
	}
	f.Var().Id("paths").Op("=").Add(table).Add(multilineValues(funcs))
	docs := make([]any, 60)
	for i := range docs {
		docs[i] = randomOut(random)
	}
	compareResults(t, kept, docs, runPaths(t, p, f, docs))
}

// renderTestPath writes a function with an expression over one of the package types.
func renderTestPath(f *jen.File, p *plan.Package, name, shape, expression string, code *jmespath.Code) {
	renderPath(f, jen.Op("*").Qual(p.ImportPath+"/types", shape), name, expression, code)
}

// func <name>(out <type>) any { <statements>; if <present> { return <value> }; return nil }
func renderPath(f *jen.File, typ *jen.Statement, name, expression string, code *jmespath.Code) {
	f.Comment("// " + expression)
	f.Func().Id(name).Params(jen.Id("out").Add(typ)).Any().BlockFunc(func(g *jen.Group) {
		renderJMESPath(g, code.Stmts)
		present := jmespath.And(code.Present...)
		if present.Op == jmespath.Lit && present.Value == false {
			g.Return(jen.Nil())
			return
		}
		if len(code.Present) == 0 {
			g.Return(jmespathExpr(code.X))
			return
		}
		g.If(jmespathExpr(present)).Block(jen.Return(jmespathExpr(code.X)))
		g.Return(jen.Nil())
	})
}

// runPaths builds a program with the expressions and runs it over documents.
func runPaths(t *testing.T, p *plan.Package, f *jen.File, docs []any) (results [][]any) {
	t.Helper()
	c := newCorpus(t)
	c.render("paths/types/types.go", renderTypes(p))
	c.render("paths/types/enums.go", renderEnums(p))
	out := jen.NewFilePathName(p.ImportPath+"/types", "types")
	renderStruct(out.Group, p, p.Operations[0].Output)
	var text bytes.Buffer
	if err := out.Render(&text); err != nil {
		t.Fatal(err)
	}
	c.write("paths/types/out.go", bytes.ReplaceAll(text.Bytes(), []byte("GetOutput"), []byte("Out")))
	f.Func().Id("main").Params().Block(
		jen.Var().Id("docs").Index().Op("*").Qual(p.ImportPath+"/types", "Out"),
		jen.If(jen.Err().Op(":=").Qual("encoding/json", "NewDecoder").Call(jen.Qual("os", "Stdin")).Dot("Decode").Call(jen.Op("&").Id("docs")), jen.Err().Op("!=").Nil()).Block(jen.Panic(jen.Err())),
		jen.Id("results").Op(":=").Make(jen.Index().Index().Any(), jen.Len(jen.Id("paths"))),
		jen.For(jen.List(jen.Id("i"), jen.Id("path")).Op(":=").Range().Id("paths")).Block(
			jen.For(jen.List(jen.Id("_"), jen.Id("doc")).Op(":=").Range().Id("docs")).Block(
				jen.Id("results").Index(jen.Id("i")).Op("=").Append(jen.Id("results").Index(jen.Id("i")), jen.Id("path").Call(jen.Id("doc"))),
			),
		),
		jen.If(jen.Err().Op(":=").Qual("encoding/json", "NewEncoder").Call(jen.Qual("os", "Stdout")).Dot("Encode").Call(jen.Id("results")), jen.Err().Op("!=").Nil()).Block(jen.Panic(jen.Err())),
	)
	c.render("runner/main.go", f)
	program := filepath.Join(c.dir, "runner.exe")
	if out, err := c.command("build", "-o", program, "./runner"); err != nil {
		t.Fatalf("the expressions do not build: %v\n%s", err, out)
	}
	if out, err := c.command("vet", "./runner"); err != nil {
		t.Errorf("go vet: %v\n%s", err, out)
	}
	input, err := json.Marshal(docs)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(program)
	cmd.Stdin = bytes.NewReader(input)
	output, err := cmd.Output()
	if err != nil {
		t.Fatalf("the expressions fail: %v\n%s", err, output)
	}
	if err := json.Unmarshal(output, &results); err != nil {
		t.Fatal(err)
	}
	return results
}

// compareResults holds results to those of the interpreter. What it makes an error has
// no value here; inside of a larger expression that may show differently.
func compareResults(t *testing.T, expressions []string, docs []any, results [][]any) {
	t.Helper()
	compared := 0
	for i, expression := range expressions {
		for j, doc := range docs {
			expression, isCondition := strings.CutPrefix(expression, conditionMark)
			want, err := search(expression, clone(t, doc))
			if err != nil {
				continue
			}
			if isCondition {
				want = isTrue(clone(t, want))
			}
			compared++
			isUnordered := strings.Contains(expression, ".*") || strings.Contains(expression, "values(") || strings.Contains(expression, "keys(")
			got, expected := canonical(results[i][j], isUnordered), canonical(clone(t, want), isUnordered)
			if got != expected {
				t.Errorf("%s\ngot  %s\nwant %s\nof   %s", expression, got, expected, canonical(doc, false))
				break
			}
		}
	}
	t.Logf("%d expressions, %d results", len(expressions), compared)
}

// isTrue reports whether a value is true in the sense of the language.
func isTrue(v any) bool {
	switch v := v.(type) {
	case nil:
		return false
	case bool:
		return v
	case string:
		return v != ""
	case []any:
		return len(v) > 0
	case map[string]any:
		return len(v) > 0
	default:
		return true
	}
}

// search asks the library's interpreter, which panics where lists are compared.
func search(expression string, doc any) (found any, err error) {
	defer func() {
		if problem := recover(); problem != nil {
			err = fmt.Errorf("%v", problem)
		}
	}()
	return interpreter.Search(expression, doc)
}

// clone is a value as JSON has it.
func clone(t *testing.T, v any) (out any) {
	t.Helper()
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &out); err != nil {
		t.Fatal(err)
	}
	return out
}

// canonical is the text of a value in which fields are in lower case and there are no
// nulls in objects, as Go's structures cannot tell them from absence.
func canonical(v any, unordered bool) string {
	switch v := v.(type) {
	case map[string]any:
		var parts []string
		for key, value := range v {
			if text := canonical(value, unordered); text != "<nil>" && (key != "Color" || text != `""`) && key != "" {
				key = strings.NewReplacer("F1", "a", "F2", "b").Replace(key) // the fields of objects that expressions make
				parts = append(parts, strings.ToLower(key)+":"+text)
			}
		}
		slices.Sort(parts)
		return "{" + strings.Join(parts, " ") + "}"
	case []any:
		var parts []string
		for _, value := range v {
			parts = append(parts, canonical(value, unordered))
		}
		if unordered {
			slices.Sort(parts)
		}
		return "[" + strings.Join(parts, " ") + "]"
	default:
		return fmt.Sprintf("%#v", v)
	}
}

// FuzzJMESPath: every expression is an error with a place in it, or becomes Go.
func FuzzJMESPath(f *testing.F) {
	for _, expression := range expressions {
		f.Add(expression)
	}
	api := jmespathAPI()
	names := testNames{&plan.Package{ImportPath: "x.test/x"}}
	f.Fuzz(func(t *testing.T, expression string) {
		for _, compile := range []func(*jmespath.Scope, string) (*jmespath.Code, error){
			(*jmespath.Scope).Value, (*jmespath.Scope).Condition, (*jmespath.Scope).Strings,
		} {
			code, err := compile(jmespath.NewScope(names, jmespath.Root{Var: "out", Shape: api.Operations[0].Output}), expression)
			if err != nil {
				if problem := (&jmespath.Error{}); !errors.As(err, &problem) || problem.Offset < 0 || problem.Offset > len(expression) {
					t.Errorf("%q: %#v", expression, err)
				}
				continue
			}
			file := jen.NewFile("x")
			renderTestPath(file, names.p, "path", "Out", "", code)
			var text bytes.Buffer
			if err := file.Render(&text); err != nil {
				t.Errorf("%q: %v", expression, err)
			}
		}
	})
}

// randomExpression makes an expression, which need not have a type.
func randomExpression(r *rand.Rand, depth int) string {
	pick := func(list ...string) string { return list[r.IntN(len(list))] }
	if depth == 0 {
		return pick("text", "number", "ratio", "flag", "color", "list", "items", "item", "child", "plain", "numbers", "matrix", "table", "things", "@", "name", "key", "`1`", "'a'", "sparse", "colors")
	}
	sub := func() string { return randomExpression(r, depth-1) }
	forms := 10
	if depth == 3 { // calls only outermost: what is an error inside shows differently there
		forms = 14
	}
	switch r.IntN(forms) {
	case 0, 1:
		return sub() + "." + pick("text", "child", "list", "items", "number", "[text, child.text]", "{a: number, b: text}", "key")
	case 2:
		return pick("items", "item.items", "items[].items", "list", "numbers") + "[?" + sub() + "]" + pick("", ".text", ".child", "[]", ".number")
	case 3:
		return pick("items", "item.items", "things.*") + pick("[]", "[*]", "[1:]", "[]") + "." + sub()
	case 4:
		return sub() + pick("[0]", "[-1]", "[*]", "[]", "[1:]", "[::-1]")
	case 5:
		return sub() + pick(" == ", " != ", " < ", " >= ") + sub()
	case 6:
		return "(" + sub() + pick(" && ", " || ") + sub() + ")"
	case 7:
		return "!" + sub()
	case 8:
		return sub() + " | " + sub()
	case 10:
		return pick("length", "sort", "max", "min", "sum", "avg", "reverse", "to_string", "type", "keys", "values", "abs") + "(" + sub() + ")"
	case 11:
		return pick("contains", "not_null", "starts_with", "join") + "(" + sub() + ", " + sub() + ")"
	case 12:
		return pick("map(&", "map(&child.") + pick("text", "number", "list") + ", " + pick("items", "item.items", "items[].child") + ")"
	case 13:
		return pick("sort_by", "max_by", "min_by") + "(" + pick("items", "item.items", "items[?flag]") + ", &" + pick("key", "name", "length(name)") + ")"
	default:
		return "[" + sub() + ", " + sub() + "]"
	}
}

// randomOut makes an output as JSON.
func randomOut(r *rand.Rand) map[string]any {
	out := randomItem(r, 3)
	delete(out, "key")
	delete(out, "name")
	delete(out, "child")
	out["plain"] = r.IntN(4)
	some := func(name string, value func() any) {
		if r.IntN(5) > 0 {
			out[name] = value()
		}
	}
	many := func(value func() any) func() any {
		return func() any {
			list := []any{}
			for range r.IntN(5) {
				list = append(list, value())
			}
			return list
		}
	}
	some("sparse", many(func() any {
		if r.IntN(3) == 0 {
			return nil
		}
		return randomText(r)
	}))
	some("numbers", many(func() any { return r.IntN(9) - 4 }))
	some("colors", many(func() any { return []string{"red", "blue"}[r.IntN(2)] }))
	some("matrix", many(many(func() any { return randomText(r) })))
	some("item", func() any { return randomItem(r, 2) })
	some("table", func() any {
		table := map[string]any{}
		for range r.IntN(4) {
			table[randomText(r)] = randomText(r)
		}
		return table
	})
	some("things", func() any {
		things := map[string]any{}
		for range r.IntN(4) {
			things[randomText(r)] = randomItem(r, 1)
		}
		return things
	})
	return out
}

func randomText(r *rand.Rand) string { return []string{"a", "b", "c", "ab", "ß", "3", ""}[r.IntN(7)] }

func randomItem(r *rand.Rand, depth int) map[string]any {
	item := map[string]any{"key": r.IntN(5), "name": randomText(r)}
	some := func(name string, value any) {
		if r.IntN(4) > 0 {
			item[name] = value
		}
	}
	some("text", randomText(r))
	some("number", r.IntN(5))
	some("ratio", float64(r.IntN(9))/4)
	some("flag", r.IntN(2) == 0)
	some("color", []string{"red", "blue"}[r.IntN(2)])
	list := []any{}
	for range r.IntN(4) {
		list = append(list, randomText(r))
	}
	some("list", list)
	if depth > 0 {
		child := randomItem(r, depth-1)
		if r.IntN(6) == 0 {
			child = map[string]any{}
		}
		some("child", child)
		items := []any{}
		for range r.IntN(4) {
			items = append(items, randomItem(r, depth-1))
		}
		some("items", items)
	}
	return item
}

// TestJMESPathText shows the Go that expressions become.
func TestJMESPathText(t *testing.T) {
	api := jmespathAPI()
	names := testNames{&plan.Package{ImportPath: "x.test/x"}}
	for expression, want := range map[string]string{
		"text":            "if out.Text != nil { return out.Text } return nil",
		"plain":           "return out.Plain",
		"item.child.text": "if out.Item != nil && out.Item.Child != nil && out.Item.Child.Text != nil { return out.Item.Child.Text } return nil",
		"color":           `if out.Color != "" { return out.Color } return nil`,
		"items[].text": "var v1 []string if out.Items != nil { v1 = []string{} for i2 := range out.Items { v3 := &out.Items[i2] " +
			"if v3.Text != nil { v1 = append(v1, *v3.Text) } } } if v1 != nil { return v1 } return nil",
		"length(list) == `0`":        "return len(out.List) == 0",
		"text != 'a' && text != 'b'": `return (out.Text == nil || *out.Text != "a") && (out.Text == nil || *out.Text != "b")`,
		"contains(list, 'a')":        `return slices.Contains(out.List, "a")`,
		"items[0].text":              "if out.Items != nil && len(out.Items) > 0 && out.Items[0].Text != nil { return out.Items[0].Text } return nil",
		"keys(table)": "var v2 []string if out.Table != nil { v1 := slices.AppendSeq(make([]string, 0, len(out.Table)), maps.Keys(out.Table)) " +
			"slices.Sort(v1) v2 = v1 } if v2 != nil { return v2 } return nil",
	} {
		code, err := jmespath.NewScope(names, jmespath.Root{Var: "out", Shape: api.Operations[0].Output}).Value(expression)
		if err != nil {
			t.Errorf("%s: %v", expression, err)
			continue
		}
		file := jen.NewFile("x")
		renderTestPath(file, names.p, "path", "Out", "", code)
		var text bytes.Buffer
		if err := file.Render(&text); err != nil {
			t.Fatal(err)
		}
		_, body, _ := strings.Cut(text.String(), "any {")
		got := strings.TrimSuffix(strings.Join(strings.Fields(body), " "), " }")
		if got != want {
			t.Errorf("%s\ngot  %s\nwant %s", expression, got, want)
		}
	}
}
