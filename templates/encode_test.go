package templates

import (
	"fmt"
	"testing"

	"github.com/dave/jennifer/jen"
)

// TestEncodeName sees that only names that need no escapes are written as they
// stand.
func TestEncodeName(t *testing.T) {
	for wire, want := range map[string]string{
		"plain": `e.Name("plain")`, "ключ <1>": `e.Name("ключ <1>")`, "": `e.Name("")`,
		`a"b`: `e.Key("a\"b")`, `a\b`: `e.Key("a\\b")`, "a\nb": `e.Key("a\nb")`, "a\xffb": `e.Key("a\xffb")`,
	} {
		block := jen.BlockFunc(func(g *jen.Group) { renderEncodeName(g, wire) })
		if got, want := fmt.Sprintf("%#v", block), "{\n\t"+want+"\n}"; got != want {
			t.Errorf("%q: got %s, want %s", wire, got, want)
		}
	}
}
