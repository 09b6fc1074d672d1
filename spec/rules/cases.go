package rules

import (
	"example.com/lathe/spec"
	"example.com/lathe/spec/tree"
)

// ParseTests reads the published test cases of a rule set: the value of the trait
// smithy.rules#endpointTests, or the file endpoint-tests-1.json. The inputs of operations
// that some cases have are left out: they test how parameters are bound, which the values
// of the parameters show too. There are no cases when there are problems.
func ParseTests(root tree.Value, pos Position) ([]spec.EndpointTest, spec.Problems) {
	p := &problems{pos: pos}
	n, ok := p.read(root, "a set of test cases")
	if !ok {
		return nil, p.list
	}
	p.only(&n, "a set of test cases", "version", "testCases")
	var tests []spec.EndpointTest
	if cases := n.get("testCases"); cases != nil && p.is(cases, tree.Array, `"testCases"`) {
		for i := range cases.items {
			if p.is(&cases.items[i], tree.Object, "a test case") {
				tests = append(tests, p.test(&cases.items[i]))
			}
		}
	}
	if len(p.list) > 0 {
		return nil, p.list
	}
	return tests, nil
}

func (ps *problems) test(n *node) spec.EndpointTest {
	ps.only(n, "a test case", "documentation", "params", "operationInputs", "expect")
	t := spec.EndpointTest{Pos: ps.at(n), Documentation: ps.str(n, "documentation")}
	if params := n.get("params"); params != nil && ps.is(params, tree.Object, `"params"`) {
		t.Params, _ = params.value.Decode().(map[string]any)
	}
	expect := n.get("expect")
	if expect == nil {
		ps.add(n, "", `a test case must have "expect"`)
		return t
	}
	if ps.is(expect, tree.Object, `"expect"`) {
		ps.expect(expect, &t)
	}
	return t
}

func (ps *problems) expect(n *node, t *spec.EndpointTest) {
	message, endpoint := n.get("error"), n.get("endpoint")
	if (message == nil) == (endpoint == nil) {
		ps.add(n, "", `"expect" must have exactly one of "error" and "endpoint"`)
		return
	}
	t.Error = ps.str(n, "error")
	if endpoint == nil || !ps.is(endpoint, tree.Object, `"endpoint"`) {
		return
	}
	ps.only(endpoint, "an expected endpoint", "url", "headers", "properties")
	t.URL = ps.str(endpoint, "url")
	if headers := endpoint.get("headers"); headers != nil && ps.is(headers, tree.Object, `"headers"`) {
		t.Headers = ps.expectedHeaders(headers)
	}
	if properties := endpoint.get("properties"); properties != nil && ps.is(properties, tree.Object, `"properties"`) {
		t.Properties, _ = properties.value.Decode().(map[string]any)
	}
}

func (ps *problems) expectedHeaders(n *node) map[string][]string {
	headers := make(map[string][]string, len(n.members))
	for i := range n.members {
		m := &n.members[i]
		if !ps.is(&m.value, tree.Array, "a header's values") {
			continue
		}
		for j := range m.value.items {
			if ps.is(&m.value.items[j], tree.String, "a header's value") {
				headers[m.name] = append(headers[m.name], m.value.items[j].text)
			}
		}
	}
	return headers
}
