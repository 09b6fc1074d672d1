package rules_test

import (
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"strings"
	"testing"

	"example.com/lathe/spec"
	"example.com/lathe/spec/rules"
	"example.com/lathe/spec/tree"
)

// nodesOf writes nodes as a diagram has them: three integers each.
func nodesOf(nodes ...[3]int32) string {
	var data []byte
	for _, n := range nodes {
		for _, v := range n {
			data = binary.BigEndian.AppendUint32(data, uint32(v))
		}
	}
	return base64.StdEncoding.EncodeToString(data)
}

const (
	result1 = 100_000_001
	result2 = 100_000_002
)

// terminal is the first node of every diagram.
var terminal = [3]int32{-1, 1, -1}

func diagram(root int, conditions, results string, nodes ...[3]int32) string {
	nodes = append([][3]int32{terminal}, nodes...)
	return fmt.Sprintf(`{"version": "1.1", "parameters": {
		"Region": {"type": "string", "builtIn": "AWS::Region"}, "Endpoint": {"type": "string", "builtIn": "SDK::Endpoint"},
		"UseFIPS": {"type": "boolean", "builtIn": "AWS::UseFIPS", "required": true, "default": false}},
		"conditions": [%s], "results": [%s], "root": %d, "nodeCount": %d, "nodes": %q}`, conditions, results, root, len(nodes), nodesOf(nodes...))
}

// chain is nodes of which each leads to the next, and the last to one behind it.
func chain(n int) [][3]int32 {
	nodes := make([][3]int32, n)
	for i := range nodes {
		nodes[i] = [3]int32{0, int32(i + 3), -1}
	}
	return nodes
}

const (
	fips      = `{"fn": "booleanEquals", "argv": [{"ref": "UseFIPS"}, true]}`
	regionSet = `{"fn": "isSet", "argv": [{"ref": "Region"}]}`
	firstPart = `{"fn": "substring", "argv": [{"ref": "Region"}, 0, 2, false], "assign": "first"}`
	plainURL  = `{"type": "endpoint", "conditions": [], "endpoint": {"url": "https://a.example"}}`
	fipsURL   = `{"type": "endpoint", "endpoint": {"url": "https://fips.a.example"}}`
	regionURL = `{"type": "endpoint", "endpoint": {"url": "https://{Region}.a.example"}}`
	orURL     = `{"type": "endpoint", "endpoint": {"url": {"fn": "coalesce", "argv": [{"ref": "first"}, "https://none.example"]}}}`
)

// outline writes rules as one line: conditions, and what follows.
func outline(list []spec.EndpointRule) string {
	var all []string
	for _, r := range list {
		text := ""
		for _, c := range r.Conditions {
			text += c.Fn + " "
		}
		switch {
		case r.Endpoint != nil:
			text += "url"
		case r.Error != nil:
			text += "error"
		case r.Block > 0:
			text += fmt.Sprintf("block %d", r.Block)
		case r.Rules != nil:
			text += "{" + outline(r.Rules) + "}"
		default:
			text += "nothing"
		}
		all = append(all, text)
	}
	return strings.Join(all, "; ")
}

func TestDiagram(t *testing.T) {
	for name, c := range map[string]struct{ in, want string }{
		"one condition":         {diagram(2, fips, fipsURL+","+plainURL, [3]int32{0, result1, result2}), "booleanEquals url; url"},
		"turned around":         {diagram(-2, fips, plainURL+","+fipsURL, [3]int32{0, result1, result2}), "booleanEquals url; url"},
		"no result":             {diagram(2, fips, fipsURL, [3]int32{0, result1, 100_000_000}), "booleanEquals url; nothing"},
		"the terminal":          {diagram(2, fips, fipsURL, [3]int32{0, result1, -1}), "booleanEquals url; nothing"},
		"a result only":         {diagram(result1, "", plainURL), "url"},
		"nothing at all":        {diagram(-1, "", ""), "nothing"},
		"narrowed by a node":    {diagram(2, regionSet, regionURL+","+plainURL, [3]int32{0, result1, result2}), "isSet url; url"},
		"narrowed by its lack":  {diagram(2, `{"fn": "not", "argv": [`+regionSet+`]}`, plainURL+","+regionURL, [3]int32{0, result1, result2}), "not url; url"},
		"known from above":      {diagram(3, regionSet, regionURL+","+plainURL, [3]int32{0, result1, result2}, [3]int32{0, 2, result2}), "isSet url; url"},
		"not narrowed: a guard": {diagram(result1, "", regionURL), "isSet url"},
		// The URL is the value where it was assigned, and the text where it was not.
		"a value from some ways": {
			diagram(3, firstPart+","+regionSet, orURL, [3]int32{0, result1, result1}, [3]int32{1, 2, result1}), "isSet {substring url; url}; url",
		},
		// What follows the FIPS condition is shared by both ways to it.
		"a block": {
			diagram(3, fips+","+regionSet, fipsURL+","+plainURL, [3]int32{0, result1, result2}, [3]int32{1, 2, 2}), "isSet block 1; block 1 | booleanEquals url; url",
		},
	} {
		set, problems, _ := rules.ParseDiagram(parse(t, c.in), of)
		if err := problems.Err(); err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		got := outline(set.Rules)
		for _, block := range set.Blocks {
			got += " | " + outline(block)
		}
		if got != c.want {
			t.Errorf("%s: got %s, want %s", name, got, c.want)
		}
	}
}

func TestDiagramProblems(t *testing.T) {
	for name, c := range map[string]struct{ in, want string }{
		"no nodes":           {`{"version": "1.1", "conditions": [], "results": [], "root": 1, "nodeCount": 0}`, `a decision diagram must have "nodes"`},
		"no base64":          {`{"version": "1.1", "conditions": [], "results": [], "root": 1, "nodeCount": 0, "nodes": "?"}`, `"nodes" is not in base64`},
		"another count":      {`{"version": "1.1", "conditions": [], "results": [], "root": 1, "nodeCount": 2, "nodes": "AAAA"}`, `"nodes" must be 12 bytes for each of "nodeCount" nodes, and is 3 bytes`},
		"too many nodes":     {diagram(2, fips, fipsURL, chain(100_000)...), "the decision diagram has more than 100000 nodes"},
		"a circle at last":   {diagram(2, fips, fipsURL, append(chain(99_998), [3]int32{0, 2, -1})...), "or back to itself"},
		"no root":            {diagram(7, fips, fipsURL, [3]int32{0, result1, -1}), `"root" leads nowhere`},
		"no condition":       {diagram(2, fips, fipsURL, [3]int32{1, result1, -1}), "node 1 asks no condition"},
		"no result":          {diagram(2, fips, fipsURL, [3]int32{0, result2, -1}), "node 1 asks no condition, leads nowhere"},
		"a circle":           {diagram(2, fips, fipsURL, [3]int32{0, 3, -1}, [3]int32{0, result1, 2}), "or back to itself"},
		"itself":             {diagram(2, fips, fipsURL, [3]int32{0, 2, -1}), "or back to itself"},
		"a wrong condition":  {diagram(2, `{"fn": "nothing", "argv": []}`, fipsURL, [3]int32{0, result1, -1}), "nothing"},
		"an unassigned name": {diagram(3, regionSet+","+firstPart, `{"type": "endpoint", "endpoint": {"url": "{first}"}}`, [3]int32{1, result1, -1}, [3]int32{0, 2, result1}), "first"},
		"another version":    {strings.Replace(diagram(result1, "", plainURL), `"1.1"`, `"2.0"`, 1), `version "2.0" of the rules engine is not supported`},
	} {
		_, problems, _ := rules.ParseDiagram(parse(t, c.in), of)
		if err := problems.Err(); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
}

func FuzzDiagram(f *testing.F) {
	f.Add(diagram(3, fips+","+regionSet, fipsURL+","+plainURL, [3]int32{0, result1, result2}, [3]int32{1, 2, 2}))
	f.Add(diagram(3, firstPart+","+regionSet, orURL, [3]int32{0, result1, result1}, [3]int32{1, 2, result1}))
	f.Add(diagram(-2, fips, plainURL, [3]int32{0, 2, -1}))
	f.Fuzz(func(t *testing.T, in string) {
		root, problems := tree.Parse("f.json", []byte(in))
		if len(problems) > 0 {
			return
		}
		set, problems, _ := rules.ParseDiagram(root, of)
		if (set == nil) != (len(problems) > 0) {
			t.Fatalf("%v, %v", set, problems)
		}
	})
}
