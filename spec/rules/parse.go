package rules

import (
	"fmt"
	"strings"

	"example.com/lathe/spec"
	"example.com/lathe/spec/tree"
)

// parser reads one rule set.
type parser struct {
	problems
	library []function
	scope   scope
	// params are the names of the parameters.
	params map[string]bool
	// guards are conditions that must go before what is being read: see [parser.guard].
	guards []spec.EndpointCondition
	// inMessage is true within the text of an error.
	inMessage bool
	warnings  spec.Problems
}

// Parse reads a rule set: the value of the trait smithy.rules#endpointRuleSet, or the
// file endpoint-rule-set-1.json. The rules are nil when there are problems, which come
// second.
//
// Old rule sets use parameters that may be unset as if they were not. Such a rule does
// not hold without them, which is a warning; those come last.
func Parse(root tree.Value, pos Position) (*spec.EndpointRules, spec.Problems, spec.Problems) {
	p := newParser(pos)
	n, ok := p.read(root, "a rule set")
	if !ok {
		return nil, p.list, nil
	}
	rules := p.ruleSet(&n)
	if len(p.list) > 0 {
		return nil, p.list, nil
	}
	return rules, nil, p.warnings
}

func newParser(pos Position) *parser {
	return &parser{
		problems: problems{pos: pos},
		library:  library(),
		scope:    scope{types: map[string]spec.EndpointType{}},
		params:   map[string]bool{},
	}
}

func (p *parser) ruleSet(n *node) *spec.EndpointRules {
	p.only(n, "a rule set", "version", "serviceId", "parameters", "rules")
	p.version(n)
	set := &spec.EndpointRules{Pos: p.at(n)}
	if params := n.get("parameters"); params != nil && p.is(params, tree.Object, `"parameters"`) {
		set.Parameters = p.parameters(params)
	}
	if rules := n.get("rules"); rules != nil {
		set.Rules = p.rules(rules)
	} else {
		p.add(n, "", `a rule set must have "rules"`)
	}
	return set
}

// version accepts those of the specification whose functions are known.
func (p *parser) version(n *node) {
	v := n.get("version")
	if v == nil {
		p.add(n, `write "version": "1.0"`, `a rule set must have "version"`)
		return
	}
	if text := p.str(n, "version"); v.kind == tree.String && text != "1.0" && text != "1.1" {
		p.add(v, "use version 1.0 or 1.1", "version %q of the rules engine is not supported", text)
	}
}

func (p *parser) rules(n *node) []spec.EndpointRule {
	if !p.is(n, tree.Array, `"rules"`) {
		return nil
	}
	if len(n.items) == 0 {
		p.add(n, "", `"rules" must not be empty`)
	}
	var rules []spec.EndpointRule
	for i := range n.items {
		if p.is(&n.items[i], tree.Object, "a rule") {
			rules = append(rules, p.rule(&n.items[i]))
		}
	}
	return rules
}

func (p *parser) rule(n *node) spec.EndpointRule {
	p.only(n, "a rule", "type", "documentation", "conditions", "rules", "error", "endpoint")
	mark := p.scope.mark()
	defer p.scope.reset(mark)
	rule := spec.EndpointRule{Pos: p.at(n), Documentation: p.str(n, "documentation")}
	if conditions := n.get("conditions"); conditions != nil && p.is(conditions, tree.Array, `"conditions"`) {
		for i := range conditions.items {
			if p.is(&conditions.items[i], tree.Object, "a condition") {
				condition := p.condition(&conditions.items[i])
				rule.Conditions = append(append(rule.Conditions, p.takeGuards()...), condition)
			}
		}
	}
	p.outcome(n, &rule)
	rule.Conditions = append(rule.Conditions, p.takeGuards()...)
	return rule
}

// outcome reads what follows when a rule's conditions hold.
func (p *parser) outcome(n *node, rule *spec.EndpointRule) {
	var found []string
	if rules := n.get("rules"); rules != nil {
		found = append(found, "rules")
		rule.Rules = p.rules(rules)
	}
	if message := n.get("error"); message != nil {
		found = append(found, "error")
		e := p.message(message)
		rule.Error = &e
	}
	if endpoint := n.get("endpoint"); endpoint != nil {
		found = append(found, "endpoint")
		rule.Endpoint = p.endpoint(endpoint)
	}
	if len(found) != 1 {
		has := strings.Join(found, " and ")
		if has == "" {
			has = "none"
		}
		p.add(n, "", `a rule must have exactly one of "rules", "error" and "endpoint"; this one has %s`, has)
		return
	}
	if kind := n.get("type"); kind != nil && p.is(kind, tree.String, `"type"`) {
		p.ruleType(kind, found[0])
	}
}

// ruleType reports a type that does not say what the rule has.
func (p *parser) ruleType(n *node, found string) {
	want := found
	if found == "rules" {
		want = "tree"
	}
	if n.text != want {
		p.add(n, "", "a rule with %q must have the type %q, not %q", found, want, n.text)
	}
}

func (p *parser) condition(n *node) spec.EndpointCondition {
	p.only(n, "a condition", "fn", "argv", "assign", "documentation")
	c := p.callOf(n)
	t := p.typed(&c)
	cond := spec.EndpointCondition{
		Pos: p.at(n), Fn: c.name, Args: c.args, Path: c.path, Type: t, Assign: p.str(n, "assign"),
	}
	if c.name == "isSet" && len(c.args) == 1 && c.args[0].Ref != "" {
		known := c.args[0].Type
		known.Optional = false
		p.scope.set(c.args[0].Ref, known)
	}
	if assign := n.get("assign"); assign != nil && assign.kind == tree.String {
		p.assign(assign, t)
	}
	return cond
}

// assign brings the value of a condition into scope. What follows is reached only
// when there is a value, so that it is never optional.
func (p *parser) assign(n *node, t spec.EndpointType) {
	name := n.text
	if !isIdentifier(name) {
		p.add(n, "", "%q is not a name; one is letters, digits and underscores", name)
		return
	}
	if _, taken := p.scope.types[name]; taken {
		p.add(n, "", "%q is the name of a parameter or of an earlier value already", name)
		return
	}
	t.Optional = false
	p.scope.set(name, t)
}

func (p *parser) endpoint(n *node) *spec.EndpointResult {
	if !p.is(n, tree.Object, `"endpoint"`) {
		return nil
	}
	p.only(n, "an endpoint", "url", "headers", "properties")
	result := &spec.EndpointResult{Pos: p.at(n)}
	if url := n.get("url"); url != nil {
		result.URL = p.textExpr(url, `"url"`)
	} else {
		p.add(n, "", `an endpoint must have "url"`)
	}
	if headers := n.get("headers"); headers != nil && p.is(headers, tree.Object, `"headers"`) {
		result.Headers = p.headers(headers)
	}
	if properties := n.get("properties"); properties != nil && p.is(properties, tree.Object, `"properties"`) {
		if e := p.literal(properties); len(e.Object) > 0 {
			result.Properties = &e
		}
	}
	return result
}

func (p *parser) headers(n *node) []spec.EndpointHeader {
	var headers []spec.EndpointHeader
	for i := range n.members {
		m := &n.members[i]
		if !p.is(&m.value, tree.Array, fmt.Sprintf("header %q", m.name)) {
			continue
		}
		h := spec.EndpointHeader{Name: m.name}
		for j := range m.value.items {
			h.Values = append(h.Values, p.textExpr(&m.value.items[j], fmt.Sprintf("a value of header %q", m.name)))
		}
		headers = append(headers, h)
	}
	return headers
}
