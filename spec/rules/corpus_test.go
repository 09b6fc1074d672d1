package rules_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"example.com/lathe/spec/rules"
	"example.com/lathe/spec/tree"
)

const models = "../../../shared/models"

func needModels(t testing.TB) {
	t.Helper()
	if testing.Short() {
		t.Skip("skipped: all published models are read, and -short is set")
	}
	if _, err := os.Stat(models); err != nil {
		t.Skip("skipped: the published models are not at ../shared/models")
	}
}

// TestPublishedModels reads the rule set and the test cases of every service
// model, Smithy and C2J.
func TestPublishedModels(t *testing.T) {
	needModels(t)
	sets, cases := 0, 0
	for _, file := range glob(t, "smithy/*.json") {
		var model struct {
			Shapes map[string]struct{ Traits map[string]json.RawMessage }
		}
		if err := json.Unmarshal(readFile(t, file), &model); err != nil {
			t.Fatal(err)
		}
		for _, shape := range model.Shapes {
			if set := shape.Traits["smithy.rules#endpointRuleSet"]; set != nil {
				sets++
				parseSet(t, file, set)
			}
			if tests := shape.Traits["smithy.rules#endpointTests"]; tests != nil {
				parsed, problems := rules.ParseTests(parse(t, string(tests)), tree.Value.Pos)
				if err := problems.Err(); err != nil {
					t.Errorf("%s: %v", file, err)
				}
				cases += len(parsed)
			}
		}
	}
	for _, file := range glob(t, "c2j/*/*/endpoint-rule-set-1.json") {
		sets++
		parseSet(t, file, readFile(t, file))
	}
	t.Logf("%d rule sets, %d test cases", sets, cases)
	if sets < 214 || cases < 7829 {
		t.Errorf("found %d rule sets and %d cases, want at least 214 and 7829", sets, cases)
	}
}

func parseSet(t *testing.T, file string, data []byte) {
	t.Helper()
	set, problems, _ := rules.Parse(parse(t, string(data)), tree.Value.Pos)
	if err := problems.Err(); err != nil {
		t.Error(err)
	} else if len(set.Rules) == 0 || len(set.Parameters) == 0 {
		t.Errorf("%s: nothing was read", file)
	}
}

func glob(t *testing.T, pattern string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(models, pattern))
	if err != nil || len(files) == 0 {
		t.Fatalf("no files match %s: %v", pattern, err)
	}
	return files
}

func readFile(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}
