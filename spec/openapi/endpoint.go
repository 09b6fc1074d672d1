package openapi

import (
	"net/url"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"example.com/lathe/spec"
	"example.com/lathe/spec/rules"
)

// endpoint reads the rule set, or makes one from the first server.
func (l *loader) endpoint() {
	set, servers := l.root.get("x-endpoint-rule-set"), l.root.get("servers")
	switch {
	case set != nil:
		l.rules(set.appendJSON(nil), func(pointer string) spec.Pos { return set.at(pointer).pos() })
	case len(servers.items()) > 0 && len(l.doc.Servers) > 0 && l.doc.Servers[0] != nil:
		at := servers.list[0]
		template, ok := l.serverURL(l.doc.Servers[0], at)
		if ok {
			l.rules(serverRules(template), func(string) spec.Pos { return at.get("url").pos() })
		}
	}
	l.clientContext()
}

func (l *loader) rules(data []byte, pos func(pointer string) spec.Pos) {
	set, problems, warnings := rules.Parse(data, pos)
	*l.ps = append(*l.ps, problems...)
	l.api.Endpoint, l.api.Warnings = set, append(l.api.Warnings, warnings...)
}

// at follows a JSON pointer as far as it leads.
func (n *node) at(pointer string) *node {
	for token := range strings.SplitSeq(strings.TrimPrefix(pointer, "/"), "/") {
		token = pointerUnescapes.Replace(token)
		next := n.field(token)
		for _, item := range n.list {
			if item.token == token {
				next = item
			}
		}
		if next == nil {
			return n
		}
		n = next
	}
	return n
}

// braces writes text as a template of the rules language has it.
var braces = strings.NewReplacer("{", "{{", "}", "}}")

// serverURL turns a server's URL into a template of the rules language: the
// variable region becomes the parameter Region, all others their defaults. The
// template is empty for a relative URL, of which the client must be given the whole.
func (l *loader) serverURL(server *openapi3.Server, n *node) (template string, ok bool) {
	var b strings.Builder
	at, rest := n.get("url"), server.URL
	known, open := at != nil, true
	for open {
		var text, name string
		text, rest, open = strings.Cut(rest, "{")
		b.WriteString(braces.Replace(text))
		if !open {
			break
		}
		name, rest, _ = strings.Cut(rest, "}")
		variable := n.get("variables", name)
		switch {
		case variable == nil:
			l.wrong(at, "declare it under variables", "the server variable {%s} is not declared", name)
			known = false
		case strings.EqualFold(name, "region"):
			b.WriteString("{Region}")
		default:
			b.WriteString(braces.Replace(variable.get("default").string()))
		}
	}
	template = b.String()
	if known && isRelative(template) {
		return "", true
	}
	if known && !isAddress(strings.ReplaceAll(template, "{Region}", "region")) {
		l.wrong(at, "write an absolute URL, such as https://service.{region}.example.com", "%q is no address of a server", server.URL)
		known = false
	}
	return template, known
}

// isRelative reports whether an address is relative to wherever the document lies.
func isRelative(s string) bool {
	u, err := url.Parse(s)
	return err == nil && u.Scheme == "" && u.Host == "" && strings.HasPrefix(s, "/")
}

func isAddress(s string) bool {
	u, err := url.Parse(s)
	return err == nil && u.Host != "" && (u.Scheme == "https" || u.Scheme == "http")
}

// serverRules is the rule set for a URL template: a custom endpoint goes before
// it, and a region is needed where it has one.
func serverRules(template string) []byte {
	quoted := string(appendString(nil, template))
	if template == "" {
		return rulesOf(`{"type":"error","conditions":[],"error":"Invalid Configuration: the API names no host, set BaseEndpoint"}`)
	}
	rule := `{"type":"endpoint","conditions":[],"endpoint":{"url":` + quoted + `}}`
	if strings.Contains(template, "{Region}") {
		rule = `{"type":"endpoint","conditions":[{"fn":"isSet","argv":[{"ref":"Region"}]}],"endpoint":{"url":` + quoted + `}},` +
			`{"type":"error","conditions":[],"error":"Invalid Configuration: Missing Region"}`
	}
	return rulesOf(rule)
}

// rulesOf is a rule set whose last rules are for clients without a custom endpoint.
func rulesOf(rule string) []byte {
	return []byte(`{"version":"1.0","parameters":{` +
		`"Region":{"type":"string","builtIn":"AWS::Region","required":false,"documentation":"The region that requests are sent to."},` +
		`"Endpoint":{"type":"string","builtIn":"SDK::Endpoint","required":false,"documentation":"The endpoint to use instead."}},` +
		`"rules":[{"type":"endpoint","conditions":[{"fn":"isSet","argv":[{"ref":"Endpoint"}]}],"endpoint":{"url":{"ref":"Endpoint"}}},` + rule + `]}`)
}

// clientContext marks the parameters of the rule set that clients can set.
func (l *loader) clientContext() {
	for _, f := range l.root.get("x-client-context-params").each() {
		var names []string
		found := l.api.Endpoint == nil && l.root.get("x-endpoint-rule-set") != nil // it has been reported
		if l.api.Endpoint != nil {
			for i := range l.api.Endpoint.Parameters {
				p := &l.api.Endpoint.Parameters[i]
				names = append(names, p.Name)
				if p.Name == f.key {
					found, p.Client = true, true
					p.Documentation = firstOf(f.value.get("documentation").string(), p.Documentation)
				}
			}
		}
		if !found {
			l.wrong(f.value, suggestion(f.key, names), "the endpoint rule set has no parameter %q", f.key)
		}
	}
}
