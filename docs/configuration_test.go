package docs_test

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v4"

	"example.com/lathe/docs"
	"example.com/lathe/internal/try"
)

var update = flag.Bool("update", false, "write what is made from the schema into configuration.md")

// The reference of lathe.yaml is what its schema says.
func TestConfiguration(t *testing.T) {
	const name = "configuration.md"
	page, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	now, err := try.ReplaceSection(string(page), "keys", reference(t))
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(name, []byte(now), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(string(page), now); diff != "" && !*update {
		t.Errorf("%s is not what the schema says; go test ./docs -update writes it (-page +schema):\n%s", name, diff)
	}
}

// reference has a table an object of the schema, with its keys in the order there.
func reference(t *testing.T) string {
	t.Helper()
	var root yaml.Node
	if err := yaml.Unmarshal(docs.Schema, &root); err != nil { // JSON is YAML, and keeps its order so
		t.Fatal(err)
	}
	schema := root.Content[0]
	var text strings.Builder
	table(&text, "lathe.yaml", schema)
	defs := key(schema, "$defs")
	for i := 0; i < len(defs.Content); i += 2 {
		if def := defs.Content[i+1]; key(def, "properties") != nil {
			heading := headings[defs.Content[i].Value]
			if heading == "" {
				t.Errorf("an object of the schema has no heading: %s", defs.Content[i].Value)
			}
			table(&text, heading, def)
		}
	}
	return text.String()
}

// headings are what the objects are called where they stand.
var headings = map[string]string{
	"package": "An item of `packages`", "approval": "An item of `approve`", "paginator": "A value of `paginators`", "waiter": "A value of `waiters`",
	"error": "A value of `errors`", "renames": "`renames`",
	"acceptor": "An item of `acceptors`", "matcher": "`matcher`", "pathMatcher": "`output` and `inputOutput`",
}

func table(text *strings.Builder, heading string, object *yaml.Node) {
	fmt.Fprintf(text, "### %s\n\n%s\n\n| key | value | meaning |\n|---|---|---|\n", heading, key(object, "description").Value)
	properties, required := key(object, "properties"), key(object, "required")
	for i := 0; i < len(properties.Content); i += 2 {
		name, value := properties.Content[i].Value, properties.Content[i+1]
		needed := ""
		if required != nil && slices.ContainsFunc(required.Content, func(n *yaml.Node) bool { return n.Value == name }) {
			needed = ", required"
		}
		fmt.Fprintf(text, "| `%s` | %s%s | %s |\n", name, kind(value), needed, key(value, "description").Value)
	}
	text.WriteString("\n")
}

// kind is what the value of a key may be, in words.
func kind(schema *yaml.Node) string {
	if enum := key(schema, "enum"); enum != nil {
		var values []string
		for _, v := range enum.Content {
			values = append(values, "`"+v.Value+"`")
		}
		return strings.Join(values, ", ")
	}
	if ref := key(schema, "$ref"); ref != nil {
		return strings.TrimPrefix(ref.Value, "#/$defs/")
	}
	if either := key(schema, "oneOf"); either != nil {
		var kinds []string
		for _, s := range either.Content {
			kinds = append(kinds, kind(s))
		}
		return strings.Join(kinds, ", or ")
	}
	if items := key(schema, "items"); items != nil {
		return "a list of " + kind(items)
	}
	if values := key(schema, "additionalProperties"); values != nil && values.Kind == yaml.MappingNode {
		return "an object with values " + kind(values)
	}
	if format := key(schema, "format"); format != nil {
		return "a " + format.Value
	}
	return key(schema, "type").Value
}

func key(object *yaml.Node, name string) *yaml.Node {
	for i := 0; i+1 < len(object.Content); i += 2 {
		if object.Content[i].Value == name {
			return object.Content[i+1]
		}
	}
	return nil
}
