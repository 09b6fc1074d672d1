package config

import (
	"encoding/json"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"example.com/lathe"
	"example.com/lathe/spec"
	"example.com/lathe/spec/tree"
)

const schemaFile = "../../docs/lathe.schema.json"

// schemaNode is what the test reads of the schema.
type schemaNode struct {
	Description string                `json:"description"`
	Properties  map[string]schemaNode `json:"properties"`
	Required    []string              `json:"required"`
	Additional  any                   `json:"additionalProperties"`
	Enum        []string              `json:"enum"`
	Defs        map[string]schemaNode `json:"$defs"`
}

// The schema has the keys that the parser has, the same of them are required, and
// each is described.
func TestSchemaHasTheKeysOfTheParser(t *testing.T) {
	data, err := os.ReadFile(schemaFile)
	if err != nil {
		t.Fatal(err)
	}
	var schema schemaNode
	if err := json.Unmarshal(data, &schema); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name   string
		node   schemaNode
		fields []field
	}{
		{"the file", schema, new(configFile).fields()},
		{"budget", schema.Properties["budget"], budgetFields(&Budget{})},
		{"adopt", schema.Properties["adopt"], adoptFields(&Adopt{})},
		{"package", schema.Defs["package"], new(configPackage).fields()},
		{"approval", schema.Defs["approval"], new(configApproval).fields(tree.Value{})},
		{"paginator", schema.Defs["paginator"], paginationFields(&spec.AddedPagination{})},
		{"waiter", schema.Defs["waiter"], waiterFields(&spec.AddedWaiter{})},
		{"acceptor", schema.Defs["acceptor"], acceptorFields(&spec.Acceptor{})},
		{"matcher", schema.Defs["matcher"], matcherFields(&spec.Acceptor{})},
		{"pathMatcher", schema.Defs["pathMatcher"], pathFields(&spec.Acceptor{})},
	} {
		var keys, required []string
		for _, f := range tt.fields {
			keys = append(keys, f.name)
			if f.required {
				required = append(required, f.name)
			}
		}
		slices.Sort(keys)
		if got := slices.Sorted(maps.Keys(tt.node.Properties)); !slices.Equal(got, keys) {
			t.Errorf("%s: the schema has the keys %v, the parser %v", tt.name, got, keys)
		}
		if tt.name == "approval" { // rule and place, or a fingerprint
			required = required[2:]
		}
		if !slices.Equal(tt.node.Required, required) {
			t.Errorf("%s: the schema requires %v, the parser %v", tt.name, tt.node.Required, required)
		}
		if tt.node.Additional != false {
			t.Errorf("%s: the schema allows other keys", tt.name)
		}
		for key, property := range tt.node.Properties {
			if property.Description == "" {
				t.Errorf("%s: %s is not described", tt.name, key)
			}
		}
	}
	if got := schema.Defs["package"].Properties["format"].Enum; !slices.Equal(got, lathe.Formats()) {
		t.Errorf("the schema has the formats %v, the generator %v", got, lathe.Formats())
	}
	if got := schema.Defs["package"].Properties["protocol"].Enum; !slices.Equal(got, lathe.Protocols()) {
		t.Errorf("the schema has the protocols %v, the generator %v", got, lathe.Protocols())
	}
}

// beyondSchema are mistakes that a schema cannot see or that YAML readers other
// than ours do not make an error of.
var beyondSchema = map[string]bool{
	"one approval twice": true, "delays swapped": true,
	"an anchor": true, "an alias": true, "a merge": true, "a tag": true, "a complex key": true,
	"a number as key": true, "two documents": true, "large": true, "deep": true,
}

// The schema takes what the parser takes, and refuses what it refuses.
func TestSchemaAgreesWithTheParser(t *testing.T) {
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	schema, err := compiler.Compile(schemaFile)
	if err != nil {
		t.Fatal(err)
	}
	for _, good := range []string{goodConfig, approvedConfig, addedConfig} {
		if err := validate(t, schema, good); err != nil {
			t.Errorf("the schema refuses\n%s\n%v", good, err)
		}
	}
	tried := 0
	for _, tt := range slices.Concat(parseErrors, approveErrors, additionErrors) {
		if beyondSchema[tt.name] {
			continue
		}
		tried++
		if validate(t, schema, tt.src) == nil {
			t.Errorf("%s: the schema takes\n%s", tt.name, tt.src)
		}
	}
	if tried < 15 {
		t.Errorf("only %d mistakes were tried", tried)
	}
}

func validate(t *testing.T, schema *jsonschema.Schema, src string) error {
	t.Helper()
	root, problems := tree.ParseYAML("lathe.yaml", []byte(src), tree.Limits{})
	if len(problems) > 0 {
		return problems // no YAML
	}
	value, err := jsonschema.UnmarshalJSON(strings.NewReader(root.Raw()))
	if err != nil {
		value = nil // an empty document
	}
	return schema.Validate(value)
}
