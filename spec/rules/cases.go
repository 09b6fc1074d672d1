package rules

import (
	"encoding/json"

	"example.com/lathe/spec"
)

// ParseTests reads the published test cases of a rule set from JSON: the value of
// the trait smithy.rules#endpointTests, or the file endpoint-tests-1.json. pos is
// that of [Parse]. The inputs of operations that some cases have are left out:
// they test how parameters are bound, which the values of the parameters show too.
func ParseTests(data []byte, pos func(pointer string) spec.Pos) ([]spec.EndpointTest, spec.Problems) {
	p := &problems{pos: pos}
	root, ok := p.read(data)
	if !ok || !p.is(&root, '{', "a set of test cases") {
		return nil, p.list
	}
	p.only(&root, "a set of test cases", "version", "testCases")
	var tests []spec.EndpointTest
	if cases := root.get("testCases"); cases != nil && p.is(cases, '[', `"testCases"`) {
		for i := range cases.items {
			if p.is(&cases.items[i], '{', "a test case") {
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
	t := spec.EndpointTest{Pos: ps.at(n.place.String()), Documentation: ps.str(n, "documentation")}
	if params := n.get("params"); params != nil && ps.is(params, '{', `"params"`) {
		t.Params = object(params)
	}
	expect := n.get("expect")
	if expect == nil {
		ps.add(n, "", `a test case must have "expect"`)
		return t
	}
	if ps.is(expect, '{', `"expect"`) {
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
	if endpoint == nil || !ps.is(endpoint, '{', `"endpoint"`) {
		return
	}
	ps.only(endpoint, "an expected endpoint", "url", "headers", "properties")
	t.URL = ps.str(endpoint, "url")
	if headers := endpoint.get("headers"); headers != nil && ps.is(headers, '{', `"headers"`) {
		t.Headers = ps.expectedHeaders(headers)
	}
	if properties := endpoint.get("properties"); properties != nil && ps.is(properties, '{', `"properties"`) {
		t.Properties = object(properties)
	}
}

func (ps *problems) expectedHeaders(n *node) map[string][]string {
	headers := make(map[string][]string, len(n.members))
	for i := range n.members {
		m := &n.members[i]
		if !ps.is(&m.value, '[', "a header's values") {
			continue
		}
		for j := range m.value.items {
			if ps.is(&m.value.items[j], '"', "a header's value") {
				headers[m.name] = append(headers[m.name], m.value.items[j].text)
			}
		}
	}
	return headers
}

// object returns an object as encoding/json would with numbers kept.
func object(n *node) map[string]any {
	fields := make(map[string]any, len(n.members))
	for i := range n.members {
		fields[n.members[i].name] = plain(&n.members[i].value)
	}
	return fields
}

func plain(n *node) any {
	switch n.kind {
	case '{':
		return object(n)
	case '[':
		list := make([]any, len(n.items))
		for i := range n.items {
			list[i] = plain(&n.items[i])
		}
		return list
	case '"':
		return n.text
	case '0':
		return json.Number(n.text)
	case 'n':
		return nil
	default:
		return n.kind == 't'
	}
}
