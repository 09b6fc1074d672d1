package templates

import (
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"example.com/lathe/spec"
	"example.com/lathe/spec/rules"
	"example.com/lathe/spec/tree"
)

// TestEndpointDiagrams makes decision diagrams of every fifth published rule set and of
// those of S3 and DynamoDB, the largest, compiles them, and runs the published cases: they
// must resolve to the same.
func TestEndpointDiagrams(t *testing.T) {
	if testing.Short() {
		t.Skip("skipped: the endpoint corpus takes a minute, and -short is set")
	}
	files, err := filepath.Glob(filepath.Join(publishedModels, "*.json"))
	if err != nil || len(files) == 0 {
		t.Skip("skipped: the published models are not at ../shared/models")
	}
	c := newCorpus(t)
	nodes, blocks := 0, 0
	for i, file := range files {
		if base := filepath.Base(file); i%5 != 0 && !strings.HasPrefix(base, "s3-") && !strings.HasPrefix(base, "dynamodb-") {
			continue
		}
		set, tests := endpointTraitsOf(t, file)
		if set == nil {
			continue
		}
		d := diagramOf(t, set)
		if d == nil {
			t.Errorf("%s: the diagram is too large", file)
			continue
		}
		nodes += len(d.nodes)
		parsed, problems, _ := rules.ParseDiagram(asTree(t, d.json(t)), tree.Value.Pos)
		cases, more := rules.ParseTests(asTree(t, tests), tree.Value.Pos)
		if err := append(problems, more...).Err(); err != nil {
			t.Errorf("%s: %v", file, err)
			continue
		}
		blocks += len(parsed.Blocks)
		name := strings.ReplaceAll(strings.TrimSuffix(filepath.Base(file), ".json"), "-", "")
		c.add(&spec.API{Name: "Diagram", ID: "Diagram", Protocols: []spec.Protocol{spec.RestJSON1}, Endpoint: parsed}, name, cases)
	}
	c.addRunner()
	c.agePartitions()
	for _, name := range c.run(t, agedPartitions+"=1") {
		t.Errorf("%s fails", name)
	}
	if blocks == 0 {
		t.Error("no diagram has a block")
	}
	t.Logf("%d services: %d cases, %d nodes, %d blocks", len(c.cases), c.total, nodes, blocks)
}

func endpointTraitsOf(t *testing.T, file string) (set map[string]any, tests []byte) {
	t.Helper()
	var model struct {
		Shapes map[string]struct{ Traits map[string]json.RawMessage }
	}
	if err := json.Unmarshal(readFile(t, file), &model); err != nil {
		t.Fatal(err)
	}
	for _, shape := range model.Shapes {
		if raw := shape.Traits["smithy.rules#endpointRuleSet"]; raw != nil {
			if err := json.Unmarshal(raw, &set); err != nil {
				t.Fatal(err)
			}
			tests = shape.Traits["smithy.rules#endpointTests"]
		}
	}
	if tests == nil {
		tests = []byte(`{"testCases": []}`)
	}
	return set, tests
}

// diagrammer turns rules into a decision diagram. A condition is asked once on each way:
// what is known of conditions decides which nodes are the same.
type diagrammer struct {
	parameters          any
	conditions, results []any
	numbers             map[string]int // of conditions and results, by their JSON
	nodes               [][3]int
	unique              map[[3]int]int
	memo                map[string]int
	root                int
}

const (
	noResult = 100_000_000
	tooMany  = 50_000 // nodes
)

// step is what is left of a rule: conditions, and then an outcome or rules.
type step struct {
	conditions []any
	body       map[string]any
	names      map[string]string // of values, by the names in the rule set
	// id is the same for the same rule under the same names.
	id string
}

func diagramOf(t *testing.T, set map[string]any) *diagrammer {
	t.Helper()
	d := &diagrammer{
		parameters: set["parameters"], numbers: map[string]int{}, unique: map[[3]int]int{}, memo: map[string]int{},
		nodes: [][3]int{{-1, 1, -1}},
	}
	d.root = d.list(t, set["rules"].([]any), nil, "", map[string]bool{})
	if len(d.nodes) > tooMany {
		return nil
	}
	return d
}

func (d *diagrammer) list(t *testing.T, list []any, names map[string]string, id string, known map[string]bool) int {
	if len(list) == 0 || len(d.nodes) > tooMany {
		return noResult
	}
	body := list[0].(map[string]any)
	conditions, _ := body["conditions"].([]any)
	return d.rule(t, step{conditions, body, names, id + "/0"}, list[1:], id, known)
}

// rule asks the conditions of a rule in turn; rest are the rules that follow it.
func (d *diagrammer) rule(t *testing.T, s step, rest []any, id string, known map[string]bool) int {
	if len(s.conditions) == 0 {
		if list, ok := s.body["rules"].([]any); ok {
			return d.list(t, list, s.names, s.id, known)
		}
		result := maps.Clone(s.body)
		result["conditions"] = []any{}
		return noResult + 1 + d.number(t, &d.results, rename(result, s.names))
	}
	condition := maps.Clone(s.conditions[0].(map[string]any))
	names := s.names
	if assign, ok := condition["assign"].(string); ok {
		delete(condition, "assign")
		condition = rename(condition, names).(map[string]any)
		text, err := json.Marshal(condition)
		if err != nil {
			t.Fatal(err)
		}
		unique := fmt.Sprintf("%s_%d", assign, d.count("assign "+assign+string(text), "assign "+assign))
		names = maps.Clone(names)
		if names == nil {
			names = map[string]string{}
		}
		names[assign] = unique
		condition["assign"] = unique
	} else {
		condition = rename(condition, names).(map[string]any)
	}
	number := d.number(t, &d.conditions, condition)
	then := step{s.conditions[1:], s.body, names, s.id + "+"}
	next := fmt.Sprintf("%s>%d", id, len(rest))
	fact := fmt.Sprint(number)
	if holds, ok := known[fact]; ok {
		if holds {
			return d.rule(t, then, rest, id, known)
		}
		return d.list(t, rest, s.names, next, known)
	}
	key := fmt.Sprint(s.id, "|", len(rest), "|", names, "|", facts(known))
	if ref, ok := d.memo[key]; ok {
		return ref
	}
	yes, no := maps.Clone(known), maps.Clone(known)
	yes[fact], no[fact] = true, false
	high := d.rule(t, then, rest, id, yes)
	low := d.list(t, rest, s.names, next, no)
	ref := high
	if high != low {
		ref = d.node([3]int{number, high, low})
	}
	d.memo[key] = ref
	return ref
}

func facts(known map[string]bool) string {
	var all []string
	for fact, holds := range known {
		all = append(all, fmt.Sprint(fact, holds))
	}
	slices.Sort(all)
	return strings.Join(all, ",")
}

func (d *diagrammer) node(n [3]int) int {
	if ref, ok := d.unique[n]; ok {
		return ref
	}
	d.nodes = append(d.nodes, n)
	d.unique[n] = len(d.nodes)
	return len(d.nodes)
}

// count numbers texts of a kind.
func (d *diagrammer) count(text, kind string) int {
	if _, ok := d.numbers[text]; !ok {
		d.numbers[text] = d.numbers[kind]
		d.numbers[kind]++
	}
	return d.numbers[text]
}

func (d *diagrammer) number(t *testing.T, list *[]any, v any) int {
	t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	kind := "condition "
	if list == &d.results {
		kind = "result "
	}
	number := d.count(kind+string(text), kind)
	if number == len(*list) {
		*list = append(*list, v)
	}
	return number
}

// rename puts other names in place of those of values, in references and templates.
func rename(v any, names map[string]string) any {
	switch v := v.(type) {
	case map[string]any:
		out := map[string]any{}
		for key, value := range v {
			if name, ok := value.(string); ok && key == "ref" && names[name] != "" {
				out[key] = names[name]
			} else {
				out[key] = rename(value, names)
			}
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i := range v {
			out[i] = rename(v[i], names)
		}
		return out
	case string:
		for name, unique := range names {
			v = strings.ReplaceAll(strings.ReplaceAll(v, "{"+name+"}", "{"+unique+"}"), "{"+name+"#", "{"+unique+"#")
		}
		return v
	default:
		return v
	}
}

func (d *diagrammer) json(t *testing.T) []byte {
	t.Helper()
	var nodes []byte
	for _, n := range d.nodes {
		for _, v := range n {
			nodes = binary.BigEndian.AppendUint32(nodes, uint32(int32(v)))
		}
	}
	data, err := json.Marshal(map[string]any{
		"version": "1.1", "parameters": d.parameters, "conditions": d.conditions, "results": d.results,
		"root": d.root, "nodeCount": len(d.nodes), "nodes": base64.StdEncoding.EncodeToString(nodes),
	})
	if err != nil {
		t.Fatal(err)
	}
	return data
}
