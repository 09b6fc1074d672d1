package spec_test

import (
	"encoding/json"
	"strings"
	"testing"

	"example.com/lathe/spec"
)

// lacking is an API of one operation with an error, and an error that it does not name.
func lacking() *spec.API {
	text := &spec.Shape{Name: "String", Kind: spec.String}
	count := &spec.Shape{Name: "Count", Kind: spec.Byte}
	choice := &spec.Shape{Name: "Choice", Kind: spec.Enum, EnumValues: []spec.EnumValue{{Value: "a"}}}
	node := &spec.Shape{Name: "Node", Kind: spec.Structure}
	node.Members = []*spec.Member{{Name: "count", Target: count}, {Name: "next", Target: node}, {Name: "choice", Target: choice}, {Name: "set", Target: count, Default: &spec.Default{Value: json.Number("1")}}}
	gone := &spec.Shape{Name: "Gone", Kind: spec.Structure, Error: &spec.ErrorTraits{}}
	busy := &spec.Shape{Name: "Busy", Kind: spec.Structure, Error: &spec.ErrorTraits{Server: true}}
	out := &spec.Shape{Name: "Out", Kind: spec.Structure, Members: []*spec.Member{{Name: "node", Target: node}}}
	api := &spec.API{
		Operations: []*spec.Operation{{Name: "Get", Output: out, Errors: []*spec.Shape{gone}}}, Shapes: map[string]*spec.Shape{},
	}
	for _, s := range []*spec.Shape{text, count, choice, node, gone, busy, out} {
		api.Shapes[s.Name] = s
	}
	return api
}

// TestAddedErrorsDefaultsRenames applies all three, and sees that the API that was read is as before.
func TestAddedErrorsDefaultsRenames(t *testing.T) {
	api := lacking()
	at := []spec.Pos{{Line: 1}}
	out, problems := spec.Additions{
		Errors: []spec.AddedError{
			{Name: "Busy", Operations: []string{"Get"}, OperationsAt: at},
			{Name: "Odd", Operations: []string{"Get"}, OperationsAt: at, Traits: &spec.ErrorTraits{Code: "odd"}, Documentation: "Odd."},
		},
		Defaults: []spec.AddedDefault{
			{Member: "Node.count", Value: json.Number("0")}, {Member: "Get.output.node", Value: nil}, {Member: "Node.choice", Value: "a"},
		},
		Renames: []spec.Rename{
			{Kind: spec.RenameOperation, From: "Get", To: "Fetch"}, {Kind: spec.RenameShape, From: "Node", To: "Tree"}, {Kind: spec.RenameMember, From: "Get.output.node", To: "Root"},
			{Kind: spec.RenameValue, From: "Choice.a", To: "First"},
		},
	}.Apply(api)
	if got, want := problems.Error(), "Get.output.node is of kind structure, which takes no such default"; !strings.Contains(got, want) || len(problems) != 1 {
		t.Errorf("got %s, want %s", got, want)
	}
	op, node := out.Operations[0], out.Shapes["Node"]
	var names []string
	for _, e := range op.Errors {
		names = append(names, e.Name)
	}
	if got := strings.Join(names, " "); got != "Busy Gone Odd" {
		t.Errorf("the errors are %s", got)
	}
	if odd := out.Shapes["Odd"]; odd.Error.Code != "odd" || odd.Members[0].Target != out.Shapes["String"] {
		t.Errorf("the new error is %+v", odd)
	}
	if m := node.Member("count"); !m.HasZeroDefault() || node.Member("choice").Default.Value != "a" {
		t.Errorf("the defaults are %+v", m.Default)
	}
	if op.ClientName() != "Fetch" || node.ClientName() != "Tree" || op.Output.Members[0].ClientName() != "Root" || node.Member("count").ClientName() != "count" ||
		out.Shapes["Choice"].EnumValues[0].ClientName() != "First" {
		t.Error("the names are not those declared")
	}
	if node.Member("next").Target != node || op.Output.Members[0].Target != node {
		t.Error("the shapes lead to others than those of the API")
	}
	was := lacking()
	var before, after strings.Builder
	if err := spec.Dump(&before, was); err != nil {
		t.Fatal(err)
	}
	if err := spec.Dump(&after, api); err != nil {
		t.Fatal(err)
	}
	if before.String() != after.String() || api.Operations[0].Alias != "" || api.Shapes["Choice"].EnumValues[0].Alias != "" || api.Shapes["Odd"] != nil {
		t.Error("the API was changed")
	}
}

func TestAddedProblems(t *testing.T) {
	at := func(line int) spec.Pos { return spec.Pos{File: "lathe.yaml", Line: line} }
	of := func(line int) []spec.Pos { return []spec.Pos{at(line)} }
	_, problems := spec.Additions{
		Errors: []spec.AddedError{
			{Name: "Bsy", Pos: at(1), Operations: []string{"Get"}, OperationsAt: of(2)},
			{Name: "Node", Pos: at(3), Operations: []string{"Get"}, OperationsAt: of(4)},
			{Name: "Busy", Pos: at(5), Operations: []string{"Get"}, OperationsAt: of(6), Traits: &spec.ErrorTraits{}},
			{Name: "Gone", Pos: at(7), Operations: []string{"Get"}, OperationsAt: of(8)},
			{Name: "Busy", Pos: at(9), Operations: []string{"Gt"}, OperationsAt: of(10)},
		},
		Defaults: []spec.AddedDefault{
			{Member: "Node.set", Pos: at(11), Value: json.Number("0")},
			{Member: "Node.count", Pos: at(12), ValuePos: at(13), Value: json.Number("128")},
			{Member: "Node.cont", Pos: at(14)}, {Member: "Nde.count", Pos: at(15)}, {Member: "Get.input.x", Pos: at(16)}, {Member: "x", Pos: at(17)},
			{Member: "Node.choice", Pos: at(18), ValuePos: at(19), Value: "b"},
		},
		Renames: []spec.Rename{{Kind: spec.RenameOperation, From: "Got", Pos: at(20)}, {Kind: spec.RenameShape, From: "Nodes", Pos: at(21)},
			{Kind: spec.RenameValue, From: "Nodes.a", Pos: at(22)}, {Kind: spec.RenameValue, From: "Node.a", Pos: at(23)}, {Kind: spec.RenameValue, From: "Choice", Pos: at(24)},
			{Kind: spec.RenameValue, From: "Choice.z", Pos: at(25)}},
	}.Apply(lacking())
	want := []string{
		"lathe.yaml:1: there is no shape \"Bsy\"\n\thint: write whose fault it is (fault: server) to declare a new error",
		"lathe.yaml:3: Node is a structure, not an error",
		"lathe.yaml:5: the model has a shape Busy already\n\thint: leave everything but operations out, or name it otherwise",
		"lathe.yaml:8: Get has the error Gone already\n\thint: remove it here: the model has it",
		"lathe.yaml:10: there is no operation \"Gt\"",
		"lathe.yaml:11: Node.set has a default already\n\thint: remove it here: the model has it",
		"lathe.yaml:13: Node.count is of kind byte, which takes no such default",
		"lathe.yaml:14: Node has no member \"cont\"\n\thint: did you mean count?",
		"lathe.yaml:15: there is no shape \"Nde\"\n\thint: did you mean Node?",
		"lathe.yaml:16: Get has no input\n\thint: write Shape.member, Operation.input.member or Operation.output.member",
		"lathe.yaml:17: there is no shape \"x\"",
		"lathe.yaml:19: Node.choice is of kind enum, which takes no such default",
		"lathe.yaml:20: there is no operation \"Got\"\n\thint: did you mean Get?",
		"lathe.yaml:21: there is no shape \"Nodes\"\n\thint: did you mean Node?",
		"lathe.yaml:22: there is no shape \"Nodes\"\n\thint: did you mean Node?",
		"lathe.yaml:23: \"Node.a\" is no value of an enum\n\thint: write Enum.value, with the value as it travels",
		"lathe.yaml:24: \"Choice\" is no value of an enum\n\thint: write Enum.value, with the value as it travels",
		"lathe.yaml:25: Choice has no value \"z\"",
	}
	if got := problems.Error(); got != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", got, strings.Join(want, "\n"))
	}
}
