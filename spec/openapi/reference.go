package openapi

import (
	"net/url"
	"strings"
)

var (
	pointerEscapes   = strings.NewReplacer("~", "~0", "/", "~1")
	pointerUnescapes = strings.NewReplacer("~1", "/", "~0", "~")
)

// refName splits a reference to a component, "#/components/schemas/Name".
func refName(ref string) (section, name string, ok bool) {
	rest, ok := strings.CutPrefix(ref, "#/components/")
	section, name, found := strings.Cut(rest, "/")
	if !ok || !found || name == "" || strings.Contains(name, "/") {
		return "", "", false
	}
	plain, err := url.PathUnescape(name)
	if err != nil {
		plain = name
	}
	return section, pointerUnescapes.Replace(plain), true
}

// reference checks an object that is a reference and writes it without what
// stands beside it.
func (c *checker) reference(words *vocabulary, n, ref *node) bool {
	for _, f := range n.fields {
		if f.key != "$ref" {
			c.besideRef(words, f)
		}
	}
	if !c.fits(takesText, "$ref", ref) || !c.refers(words, ref) {
		n.broken = true
		return false
	}
	c.out = append(appendString(append(c.out, `{"$ref":`...), ref.text), '}')
	return true
}

// refers checks that a reference leads to a component of the right section.
func (c *checker) refers(words *vocabulary, ref *node) bool {
	section, name, ok := refName(ref.text)
	switch {
	case !strings.HasPrefix(ref.text, "#"):
		c.wrong(ref, "put what it refers to into this document's components", "references to other documents are not supported: %s", ref.text)
	case !ok:
		c.wrong(ref, "write #/components/"+words.section+"/Name", "%s does not refer to a component", ref.text)
	case section != words.section:
		c.wrong(ref, "write #/components/"+words.section+"/Name", "%s does not refer to %s", ref.text, words.name)
	case c.root.get("components", section, name) == nil:
		hint := ""
		if near := c.suggest(name, c.root.get("components", section).keys()); near != "" {
			hint = "did you mean #/components/" + section + "/" + pointerEscapes.Replace(near) + "?"
		}
		c.wrong(ref, hint, "there is no %s", ref.text)
	default:
		return true
	}
	return false
}

// besideRef checks one key next to a $ref. Only schemas of OpenAPI 3.1 may have
// any, and only those that speak of the place and not of the schema.
func (c *checker) besideRef(words *vocabulary, f field) {
	if words.section != "schemas" {
		c.wrongKey(f, "move it to what is referred to", "%s cannot stand beside $ref in %s", f.key, words.name)
		return
	}
	r := c.rule(schemaObject, words, f)
	switch {
	case r == nil:
	case !c.v31 && !strings.HasPrefix(f.key, "x-"):
		c.wrongKey(f, "begin the document with openapi: 3.1.0", "%s beside $ref has no meaning in OpenAPI 3.0", f.key)
	case !r.beside:
		c.wrongKey(f, "move it to the schema that is referred to", "%s cannot stand beside $ref", f.key)
	case c.fits(r.takes, f.key, f.value) && r.takes == takesObject:
		start := len(c.out)
		c.object(r.of, f.value)
		c.out = c.out[:start]
	}
}

// component follows a node's references to the component that they lead to; n
// itself when it is none. The name is empty then. It gives nil where a reference
// leads nowhere, which the checker has reported.
func (l *loader) component(n *node) (at *node, name string) {
	for hops := 0; n != nil; hops++ {
		ref := n.get("$ref")
		if ref == nil {
			return n, name
		}
		section, next, ok := refName(ref.string())
		if !ok || hops > maxDepth {
			return nil, ""
		}
		n, name = l.root.get("components", section, next), next
	}
	return nil, ""
}

// checkRefCycles reports components that are references to themselves.
func (l *loader) checkRefCycles() {
	done := map[*node]bool{}
	for _, section := range l.root.get("components").each() {
		for _, f := range section.value.each() {
			l.followCycle(f.value, done)
		}
	}
}

// followCycle walks a chain of references until it meets something done.
func (l *loader) followCycle(n *node, done map[*node]bool) {
	var chain []string
	onChain := map[*node]bool{}
	for n != nil && !done[n] && n.get("$ref") != nil {
		done[n], onChain[n] = true, true
		chain = append(chain, n.token)
		section, name, _ := refName(n.get("$ref").string())
		next := l.root.get("components", section, name)
		if onChain[next] {
			l.wrong(n.get("$ref"), "let one of them be a schema of its own", "%s refers to itself: %s", next.token, strings.Join(append(chain, name), " → "))
		}
		n = next
	}
}
