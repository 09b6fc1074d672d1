package openapi

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

const toy = "openapi: 3.1.0\ninfo: {title: Toy, version: \"1\"}\npaths: {/a: {get: {operationId: GetA, responses: {\"204\": {description: ok}}}}}\n"

// TestLimits feeds the loader documents that are made to cost time or memory. Each
// must end soon, with a model or with the problem that is named.
func TestLimits(t *testing.T) {
	many := func(n int, format string) string {
		var b strings.Builder
		for i := range n {
			b.WriteString(strings.ReplaceAll(format, "@", fmt.Sprint(i)))
		}
		return b.String()
	}
	schemas := func(text string) string { return toy + "components:\n  schemas:\n" + text }
	for name, c := range map[string]struct{ file, text, want string }{
		"many schemas":          {"a.yaml", schemas(many(1000, "    S@: {type: object, properties: {a: {$ref: '#/components/schemas/S@'}, b: {type: string}}}\n")), ""},
		"a chain of schemas":    {"a.json", chain(10_000), ""},
		"many enum values":      {"a.yaml", schemas("    E:\n      type: string\n      enum:\n" + many(10_000, "        - V@\n")), ""},
		"long names":            {"a.yaml", schemas(many(100, "    "+strings.Repeat("N", 200)+"@: {type: string}\n")), ""},
		"many dangling refs":    {"a.yaml", schemas(many(2000, "    A@: {type: object, properties: {a: {$ref: '#/components/schemas/Missing@'}}}\n")), "a.yaml:6:47: there is no #/components/schemas/Missing0 (at #/components/schemas/A0/properties/a/$ref)"},
		"many unknown keys":     {"a.yaml", schemas("    A:\n      type: object\n" + many(10_000, "      unknown@: 1\n")), "a.yaml:8:7: unknown key \"unknown0\" in a schema (at #/components/schemas/A/unknown0)\n\thint: remove it"},
		"many foreign keys":     {"a.yaml", toy + many(3000, "x-foreign-extension@: 1\n"), ""},
		"deep schemas":          {"a.yaml", schemas(nested(90)), ""},
		"too deep, block":       {"a.yaml", schemas(nested(110)), "a.yaml:303:203: the document is nested deeper than 200 levels\n\thint: move inner schemas to components/schemas"},
		"too deep, lists":       {"a.yaml", toy + "x-a:\n" + strings.Repeat("- ", 100_000) + "a\n", "a.yaml:5:399: the document is nested deeper than 200 levels\n\thint: move inner schemas to components/schemas"},
		"too deep, flow":        {"a.yaml", toy + "x-a: " + strings.Repeat("[", 100_000), "a.yaml:4:205: the document is nested deeper than 200 levels\n\thint: move inner schemas to components/schemas"},
		"too deep, JSON":        {"a.json", `{"openapi": "3.1.0", "x-a": ` + strings.Repeat("[", 100_000), "a.json:1:228: the document is nested deeper than 200 levels\n\thint: move inner schemas to components/schemas"},
		"a long mapping":        {"a.yaml", toy + many(100_000, "x-a@: 1\n"), ""},
		"as long in JSON":       {"a.json", `{"openapi": "3.1.0", "info": {"title": "Toy", "version": "1"}, "paths": {"/a": {"get": {"operationId": "GetA", "responses": {"204": {"description": "ok"}}}}}` + many(30_000, `, "x-a@": 1`) + "}", ""},
		"complex keys":          {"a.yaml", toy + strings.Repeat("? a\n", 100_000), "a.yaml:4:1: YAML's complex keys (?) are not supported\n\thint: write the key before a colon"},
		"many documents":        {"a.yaml", toy + strings.Repeat("---\na\n", 100_000), "a.yaml:4:1: a second document begins here\n\thint: write one document a file"},
		"laughing aliases":      {"a.yaml", toy + laughs(9), "a.yaml:5:21: aliases make the document longer by more than 8388608 bytes\n\thint: write the value out"},
		"an alias of much text": {"a.yaml", toy + "x-a: &a '" + strings.Repeat("x", 1<<16) + "'\nx-b: [" + strings.Repeat("*a, ", 10_000) + "]\n", "a.yaml:5:519: aliases make the document longer by more than 8388608 bytes\n\thint: write the value out"},
		"too large, YAML":       {"a.yaml", strings.Repeat("#\n", maxYAML/2+1), "a.yaml:1:1: the YAML document has 8388610 bytes, more than 8388608\n\thint: write it as JSON, which may be larger"},
		"too large, JSON":       {"a.json", strings.Repeat(" ", maxJSON+1), "a.json: the document has 67108865 bytes, more than 67108864\n\thint: split the document"},
		"huge numbers":          {"a.yaml", schemas("    A: {type: integer, minimum: -" + strings.Repeat("9", 300) + "}\n    B: {type: object, properties: {b: {type: integer, default: " + strings.Repeat("9", 900) + "}}}\n"), ""},
	} {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			_, err := Load(c.file, []byte(c.text))
			took := time.Since(start)
			got := ""
			if err != nil {
				got = firstProblem(err)
			}
			if got != c.want {
				t.Errorf("got  %.300q\nwant %q", got, c.want)
			}
			if limit := 20 * time.Second; took > limit {
				t.Errorf("it took %v, more than %v", took, limit)
			}
			t.Logf("%d bytes in %v", len(c.text), took)
		})
	}
}

// chain makes schemas that each refer to the next.
func chain(n int) string {
	var b strings.Builder
	b.WriteString(`{"openapi": "3.1.0", "info": {"title": "Toy", "version": "1"}, "paths": {"/a": {"get": {"operationId": "GetA",
		"responses": {"200": {"description": "ok", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/S0"}}}}}}}}, "components": {"schemas": {`)
	for i := range n {
		fmt.Fprintf(&b, `"S%d": {"type": "object", "properties": {"next": {"$ref": "#/components/schemas/S%d"}}},`+"\n", i, (i+1)%n)
	}
	b.WriteString(`"Last": {"type": "string"}}}}`)
	return b.String()
}

// nested makes a schema whose properties are nested n levels deep.
func nested(n int) string {
	var b strings.Builder
	indent := "    "
	for range n {
		b.WriteString(indent + "P:\n" + indent + " type: object\n" + indent + " properties:\n")
		indent += "  "
	}
	b.WriteString(indent + "P: {type: string}\n")
	return b.String()
}

// laughs makes n lists of aliases that each repeat the one before nine times.
func laughs(n int) string {
	text := "x-0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n"
	for i := 1; i < n; i++ {
		text += fmt.Sprintf("x-%d: &a%d [%s]\n", i, i, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*a%d, ", i-1), 9), ", "))
	}
	return text
}
