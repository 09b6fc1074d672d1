package openapi

import (
	"cmp"
	"net/url"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"example.com/lathe/spec"
	"example.com/lathe/spec/rules"
	"example.com/lathe/spec/tree"
)

// endpoint reads the rule set, or makes one from a server: the first that is reached over
// TLS, or else the first.
func (l *loader) endpoint() {
	set, servers := l.root.Get("x-endpoint-rule-set"), l.root.Get("servers")
	switch {
	case set.Exists():
		l.rules(set, tree.Value.Place)
	case servers.Len() > 0 && len(l.doc.Servers) > 0:
		kept := l.kept(servers)
		i := max(0, slices.IndexFunc(kept, func(s tree.Value) bool {
			return strings.HasPrefix(s.Get("url").Text(), "https:")
		}))
		at := kept[i]
		template, ok := l.serverURL(l.doc.Servers[i], at)
		if ok {
			l.rules(serverRules(template), func(tree.Value) spec.Pos { return at.Get("url").Place() })
		}
	}
	l.clientContext()
}

func (l *loader) rules(root tree.Value, pos rules.Position) {
	set, problems, warnings := rules.Parse(root, pos)
	*l.ps = append(*l.ps, problems...)
	l.api.Endpoint, l.api.Warnings = set, append(l.api.Warnings, warnings...)
}

// braces writes text as a template of the rules language has it.
var braces = strings.NewReplacer("{", "{{", "}", "}}")

// serverURL turns a server's URL into a template of the rules language: the
// variable region becomes the parameter Region, all others their defaults. The
// template is empty for a relative URL, of which the client must be given the whole.
func (l *loader) serverURL(server *openapi3.Server, n tree.Value) (template string, ok bool) {
	var b strings.Builder
	at, rest := n.Get("url"), server.URL
	known, open := at.Exists(), true
	for open {
		var text, name string
		text, rest, open = strings.Cut(rest, "{")
		b.WriteString(braces.Replace(text))
		if !open {
			break
		}
		name, rest, _ = strings.Cut(rest, "}")
		variable := n.Get("variables", name)
		switch {
		case !variable.Exists():
			l.wrong(at, "declare it under variables", "the server variable {%s} is not declared", name)
			known = false
		case strings.EqualFold(name, "region"):
			b.WriteString("{Region}")
		default:
			b.WriteString(braces.Replace(variable.Get("default").Text()))
		}
	}
	template = b.String()
	if known && isRelative(template) {
		return "", true
	}
	if known && !isAddress(strings.ReplaceAll(template, "{Region}", "region")) {
		l.wrong(at, "write an absolute URL, such as https://service.{region}.example.com",
			"%q is no address of a server", server.URL)
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
func serverRules(template string) tree.Value {
	quoted := tree.Quote(template)
	if template == "" {
		return rulesOf(`{"type":"error","conditions":[],"error":"Invalid Configuration: the API names no host, set BaseEndpoint"}`)
	}
	rule := `{"type":"endpoint","conditions":[],"endpoint":{"url":` + quoted + `}}`
	if strings.Contains(template, "{Region}") {
		rule = `{"type":"endpoint","conditions":[{"fn":"isSet","argv":[{"ref":"Region"}]}],"endpoint":{"url":` +
			quoted + `}},` +
			`{"type":"error","conditions":[],"error":"Invalid Configuration: Missing Region"}`
	}
	return rulesOf(rule)
}

// rulesOf is a rule set whose last rules are for clients without a custom endpoint.
func rulesOf(rule string) tree.Value {
	root, _ := tree.Parse("", []byte(`{"version":"1.0","parameters":{`+
		`"Region":{"type":"string","builtIn":"AWS::Region","required":false,"documentation":"The region that requests are sent to."},`+
		`"Endpoint":{"type":"string","builtIn":"SDK::Endpoint","required":false,"documentation":"The endpoint to use instead."}},`+
		`"rules":[{"type":"endpoint","conditions":[{"fn":"isSet","argv":[{"ref":"Endpoint"}]}],"endpoint":{"url":{"ref":"Endpoint"}}},`+rule+`]}`))
	return root
}

// clientContext marks the parameters of the rule set that clients can set.
func (l *loader) clientContext() {
	for f := range l.root.Get("x-client-context-params").All() {
		var names []string
		found := l.api.Endpoint == nil && l.root.Get("x-endpoint-rule-set").Exists() // it has been reported
		if l.api.Endpoint != nil {
			for i := range l.api.Endpoint.Parameters {
				p := &l.api.Endpoint.Parameters[i]
				names = append(names, p.Name)
				if p.Name == f.Name() {
					found, p.Client = true, true
					p.Documentation = cmp.Or(f.Get("documentation").Text(), p.Documentation)
				}
			}
		}
		if !found {
			l.wrong(f, suggestion(f.Name(), names), "the endpoint rule set has no parameter %q", f.Name())
		}
	}
}
