package templates

import (
	"fmt"
	"strings"
	"testing"

	"github.com/dave/jennifer/jen"

	"example.com/lathe/internal/plan"
	"example.com/lathe/internal/protocol"
)

// TestKeyMethod sees that only names that need no escapes are written as they stand.
func TestKeyMethod(t *testing.T) {
	for name, want := range map[string]string{
		"plain": "Name", "ключ <1>": "Name", "": "Name", `a"b`: "Key", `a\b`: "Key", "a\nb": "Key", "a\xffb": "Key",
	} {
		if got := keyMethod(name); got != want {
			t.Errorf("%q: got %s, want %s", name, got, want)
		}
	}
}

// TestInOrder sees that fields are sent in the order of their members' names, and attributes
// of XML before the others.
func TestInOrder(t *testing.T) {
	fields := []*plan.Field{{Member: "type", Attribute: true}, {Member: "agentName"}, {Member: "Zone"}, {Member: "customerKey"}, {Member: "customOrder"}, {Member: "ID"}}
	for kind, want := range map[protocol.Kind]string{
		protocol.XML:  "type agentName customerKey customOrder ID Zone",
		protocol.Tree: "agentName customerKey customOrder ID type Zone",
	} {
		var got []string
		for _, f := range inOrder(&plan.Package{Requests: protocol.Codec{Kind: kind}}, fields) {
			got = append(got, f.Member)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%v: %v", kind, got)
		}
	}
}

// TestSendField sees when a field is sent: what is absent is not, and the zero of a
// plain number or boolean is when the member is required.
func TestSendField(t *testing.T) {
	for name, c := range map[string]struct {
		field plan.Field
		want  string
	}{
		"optional pointer":  {plan.Field{Pointer: true, Value: &plan.Value{Kind: plan.KindInt32}}, "if v.F != nil {\n\tsend()\n}"},
		"required pointer":  {plan.Field{Pointer: true, Required: true, Value: &plan.Value{Kind: plan.KindBool}}, "if v.F != nil {\n\tsend()\n}"},
		"optional number":   {plan.Field{Value: &plan.Value{Kind: plan.KindInt32}}, "if v.F != 0 {\n\tsend()\n}"},
		"required number":   {plan.Field{Required: true, Value: &plan.Value{Kind: plan.KindInt32}}, "send()"},
		"required float":    {plan.Field{Required: true, Value: &plan.Value{Kind: plan.KindFloat64}}, "send()"},
		"optional boolean":  {plan.Field{Value: &plan.Value{Kind: plan.KindBool}}, "if v.F {\n\tsend()\n}"},
		"required boolean":  {plan.Field{Required: true, Value: &plan.Value{Kind: plan.KindBool}}, "send()"},
		"required enum":     {plan.Field{Required: true, Value: &plan.Value{Kind: plan.KindEnum}}, "if v.F != \"\" {\n\tsend()\n}"},
		"required intEnum":  {plan.Field{Required: true, Value: &plan.Value{Kind: plan.KindIntEnum}}, "send()"},
		"required list":     {plan.Field{Required: true, Value: &plan.Value{Kind: plan.KindList}}, "if v.F != nil {\n\tsend()\n}"},
		"required text":     {plan.Field{Pointer: true, Required: true, Value: &plan.Value{Kind: plan.KindString}}, "if v.F != nil {\n\tsend()\n}"},
		"required document": {plan.Field{Required: true, Value: &plan.Value{Kind: plan.KindDocument}}, "if v.F != nil {\n\tsend()\n}"},
	} {
		block := jen.BlockFunc(func(g *jen.Group) {
			renderSend(g, &c.field, jen.Id("v").Dot("F"), func(g *jen.Group) { g.Id("send").Call() })
		})
		want := "{\n\t" + strings.ReplaceAll(c.want, "\n", "\n\t") + "\n}"
		if got := fmt.Sprintf("%#v", block); got != want {
			t.Errorf("%s: got %s, want %s", name, got, want)
		}
	}
}
