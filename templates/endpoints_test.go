package templates

import (
	"bytes"
	goparser "go/parser"
	"go/token"
	"strings"
	"testing"

	"github.com/dave/jennifer/jen"

	"example.com/lathe/internal/gocode"
	"example.com/lathe/internal/plan"
	"example.com/lathe/internal/protocol"
	"example.com/lathe/spec"
	"example.com/lathe/spec/rules"
	"example.com/lathe/spec/tree"
)

// TestEndpointLanguage compiles a rule set with every construct of the language,
// runs its cases, and the tests of the client's side in testdata.
func TestEndpointLanguage(t *testing.T) {
	set, problems, _ := rules.Parse(asTree(t, readFile(t, "testdata/endpoints/language-rules.json")), tree.Value.Pos)
	tests, more := rules.ParseTests(asTree(t, readFile(t, "testdata/endpoints/language-tests.json")), tree.Value.Pos)
	if err := append(problems, more...).Err(); err != nil {
		t.Fatal(err)
	}
	c := newCorpus(t)
	p := c.add(languageAPI(set), "language", tests)
	c.render("language/operations.go", bindingOperations(p))
	c.render("language/types/types.go", renderTypes(p))
	c.render("language/types/enums.go", renderEnums(p))
	c.write("language/client_test.go", readFile(t, "testdata/endpoints/client_test.go"))
	c.addRunner()
	for _, name := range c.run(t) {
		t.Errorf("%s fails", name)
	}
	if out, err := c.command("vet", "./language/..."); err != nil {
		t.Errorf("go vet: %v\n%s", err, out)
	}
	if out, err := c.command("test", "-count=1", "./language"); err != nil {
		t.Errorf("the client's side: %v\n%s", err, out)
	}
}

// TestEndpointUnset compiles old rules that use a parameter that may be unset as if it
// was not, and runs them without it.
func TestEndpointUnset(t *testing.T) {
	const document = `{"version": "1.0", "parameters": {"Region": {"type": "string", "builtIn": "AWS::Region"}, "Flag": {"type": "boolean"}}, "rules": [
		{"conditions": [{"fn": "aws.partition", "argv": [{"ref": "Region"}], "assign": "P"}], "type": "tree", "rules": [
			{"conditions": [{"fn": "booleanEquals", "argv": [{"ref": "Flag"}, true]}], "type": "endpoint", "endpoint": {"url": "https://flag.{Region}.{P#dnsSuffix}"}},
			{"conditions": [{"fn": "stringEquals", "argv": [{"ref": "Region"}, "eu-west-9"]}], "type": "error", "error": "not {Region}"},
			{"conditions": [], "type": "endpoint", "endpoint": {"url": "https://{Region}.{P#dnsSuffix}"}}]},
		{"conditions": [{"fn": "isSet", "argv": [{"ref": "Flag"}]}], "type": "error", "error": "no region, {Region}!"},
		{"conditions": [], "type": "endpoint", "endpoint": {"url": "https://a.{Region}.example"}}]}`
	const cases = `{"version": "1.0", "testCases": [
		{"documentation": "region", "params": {"Region": "eu-west-1"}, "expect": {"endpoint": {"url": "https://eu-west-1.amazonaws.com"}}},
		{"documentation": "region and flag", "params": {"Region": "eu-west-1", "Flag": true}, "expect": {"endpoint": {"url": "https://flag.eu-west-1.amazonaws.com"}}},
		{"documentation": "error", "params": {"Region": "eu-west-9"}, "expect": {"error": "not eu-west-9"}},
		{"documentation": "flag only", "params": {"Flag": true}, "expect": {"error": "no region, !"}}]}`
	set, problems, _ := rules.Parse(asTree(t, []byte(document)), tree.Value.Pos)
	tests, more := rules.ParseTests(asTree(t, []byte(cases)), tree.Value.Pos)
	if err := append(problems, more...).Err(); err != nil {
		t.Fatal(err)
	}
	c := newCorpus(t)
	c.add(&spec.API{Name: "Unset", ID: "Unset", Protocols: []spec.Protocol{spec.RestJSON1}, Endpoint: set}, "unset", tests)
	c.addRunner()
	for _, name := range c.run(t) {
		t.Errorf("%s fails", name)
	}
}

// bindingOperations is as much of operations as sets endpoint parameters.
func bindingOperations(p *plan.Package) *jen.File {
	f := gocode.File(p.ImportPath, p.Name, p.Source)
	for _, op := range p.Operations {
		in := *op.Input
		in.Redaction = nil // the runtime of it is not here
		renderStruct(f.Group, p, &in)
		renderEndpointBindings(f.Group, op)
	}
	return f
}

// FuzzRenderEndpoints: what the rules say in strings stays in strings, and every
// rule set that is accepted becomes Go.
func FuzzRenderEndpoints(f *testing.F) {
	f.Add(readFile(f, "testdata/endpoints/language-rules.json"))
	f.Add([]byte("{\"version\":\"1.0\",\"parameters\":{\"a\":{\"type\":\"string\",\"required\":true,\"default\":\"`\\\"\\n*/\",\"documentation\":\"*/ //go:x\\n`\"}}," +
		"\"rules\":[{\"documentation\":\"//go:generate\\r\\u2028x\",\"conditions\":[{\"fn\":\"stringEquals\",\"argv\":[{\"ref\":\"a\"},\"\\u0000\\\\\"]}],\"error\":\"`{a}`\\n\"}]}"))
	f.Fuzz(func(t *testing.T, data []byte) {
		root, problems := tree.Parse("rules.json", data)
		if len(problems) > 0 {
			return
		}
		set, problems, _ := rules.Parse(root, tree.Value.Pos)
		if len(problems) > 0 {
			set, problems, _ = rules.ParseDiagram(root, tree.Value.Pos)
		}
		if len(problems) > 0 {
			return
		}
		p, err := plan.Build(&spec.API{Name: "Fuzz", ID: "Fuzz", Endpoint: set}, plan.Config{Protocol: protocol.All[0], Package: "fuzz", ImportPath: "f.test/fuzz", Runtime: "f.test/rt", Source: "fuzz"})
		if err != nil {
			return // parameters that Go can't have
		}
		var buf bytes.Buffer
		if err := renderEndpoints(p).Render(&buf); err != nil {
			t.Fatal(err)
		}
		file, err := goparser.ParseFile(token.NewFileSet(), "endpoints.go", buf.Bytes(), goparser.ParseComments)
		if err != nil {
			t.Fatalf("%v in\n%s", err, buf.Bytes())
		}
		for _, group := range file.Comments {
			for _, c := range group.List {
				if strings.HasPrefix(c.Text, "//go:") || strings.HasPrefix(c.Text, "/*") {
					t.Errorf("comment %q", c.Text)
				}
			}
		}
	})
}

// languageAPI is a service whose operations set endpoint parameters in every way.
func languageAPI(set *spec.EndpointRules) *spec.API {
	set.Parameters[5].Client = true // Name
	set.Parameters[6].Client = true // Flag
	api := &spec.API{Name: "Language", ID: "Language", Protocols: []spec.Protocol{spec.RestJSON1}, Endpoint: set}
	input := languageInput()
	operation := func(name string, in *spec.Shape, static, paths []spec.ContextValue) {
		uri, _ := spec.ParseURI("/" + name)
		api.Operations = append(api.Operations, &spec.Operation{
			Name: name, Input: in, HTTP: spec.HTTP{Method: "POST", URI: uri, Status: 200}, StaticContext: static, OperationContext: paths,
		})
	}
	needed := spec.ContextValue{Name: "Needed", Value: "static"}
	operation("Plain", nil, nil, nil)
	operation("Static", nil, []spec.ContextValue{needed, {Name: "Flag", Value: true}, {Name: "Names", Value: []any{"a", "b"}}}, nil)
	members := *input
	members.Members = append([]*spec.Member(nil), input.Members...)
	for i, param := range []string{"Name", "Flag", "mode", "Names"} {
		m := *members.Members[i]
		m.ContextParam = param
		members.Members[i] = &m
	}
	operation("Members", &members, []spec.ContextValue{needed}, nil)
	for _, path := range [][3]string{
		{"PathScalar", "Name", "head.name"},
		{"PathEnum", "Name", "head.color"},
		{"PathPlain", "Flag", "head.plain"},
		{"PathFlag", "Flag", "head.flag"},
		{"PathEach", "Names", "items[*].name"},
		{"PathEnums", "Names", "items[*].color"},
		{"PathSelect", "Names", "[text, head.name]"},
		{"PathSelectEach", "Names", "items[*].[name, leaf.name, color][]"},
		{"PathFlatten", "Names", "items[*].tags[]"},
		{"PathFlattenMore", "Names", "items[].leaves[].name"},
		{"PathFlattenFields", "Names", "items[*].leaves[*].name[]"},
		{"PathMatrix", "Names", "matrix[]"},
		{"PathList", "Names", "list"},
		{"PathQuoted", "Names", `"list"[*]`},
		{"PathSparse", "Names", "sparse"},
		{"PathColors", "Names", "colors"},
		{"PathKeys", "Names", "keys(table)"},
		{"PathKeysEach", "Names", "keys( head.table )[*]"},
		{"PathKeysFlat", "Names", "items[*].leaf.keys(table)[]"},
		{"PathValues", "Names", "table.*.name"},
		{"PathPointers", "Names", "pointers[*].name"},
	} {
		operation(path[0], input, []spec.ContextValue{needed}, []spec.ContextValue{{Name: path[1], Value: path[2]}})
	}
	twice := *input
	twice.Members = append([]*spec.Member(nil), input.Members...)
	list := *input.Member("list")
	list.ContextParam = "Names"
	twice.Members[3] = &list
	operation("Replaced", &twice, []spec.ContextValue{needed}, []spec.ContextValue{{Name: "Names", Value: "colors"}})
	return api
}

// languageInput is a structure with every kind of member that a path can meet.
func languageInput() *spec.Shape {
	member := func(name string, target *spec.Shape) *spec.Member { return &spec.Member{Name: name, Target: target} }
	list := func(name string, of *spec.Shape) *spec.Shape {
		return &spec.Shape{Name: name, Kind: spec.List, Element: member("member", of)}
	}
	text := &spec.Shape{Name: "String", Kind: spec.String}
	flag := &spec.Shape{Name: "Boolean", Kind: spec.Boolean}
	color := &spec.Shape{Name: "Color", Kind: spec.Enum, EnumValues: []spec.EnumValue{{Name: "RED", Value: "red"}}}
	plain := member("plain", flag)
	plain.Default = &spec.Default{Value: false}
	leaf := &spec.Shape{Name: "Leaf", Kind: spec.Structure}
	table := &spec.Shape{Name: "Table", Kind: spec.Map, Key: member("key", text), Value: member("value", leaf)}
	leaf.Members = []*spec.Member{member("name", text), member("color", color), member("flag", flag), plain, member("table", table)}
	item := &spec.Shape{Name: "Item", Kind: spec.Structure, Members: []*spec.Member{
		member("name", text), member("leaf", leaf), member("color", color), member("tags", list("Tags", text)), member("leaves", list("Leaves", leaf)),
	}}
	sparse, pointers := list("Sparse", text), list("Pointers", leaf)
	sparse.Sparse, pointers.Sparse = true, true
	return &spec.Shape{Name: "In", Kind: spec.Structure, Members: []*spec.Member{
		member("text", text), member("flag", flag), member("color", color), member("list", list("Strings", text)),
		member("head", leaf), member("items", list("Items", item)), member("matrix", list("Matrix", list("Row", text))),
		member("sparse", sparse), member("colors", list("Colors", color)), member("table", table), member("pointers", pointers),
	}}
}

// asTree reads a document, which must be JSON.
func asTree(tb testing.TB, data []byte) tree.Value {
	tb.Helper()
	root, problems := tree.Parse("rules.json", data)
	if err := problems.Err(); err != nil {
		tb.Fatal(err)
	}
	return root
}
