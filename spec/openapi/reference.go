package openapi

import (
	"cmp"
	"net/url"
	"slices"
	"strings"

	"example.com/lathe/spec/tree"
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
	return section, tree.Unescape(plain), true
}

// reference checks an object that is a reference, of which nothing else is read
// by kin-openapi.
func (c *checker) reference(words *vocabulary, n, ref tree.Value) bool {
	for f := range n.All() {
		if f != ref {
			c.besideRef(words, f)
			c.left[f] = true
		}
	}
	if !c.fits(takesText, "$ref", ref) || !c.refers(words, ref) {
		n.Break()
		return false
	}
	c.refs = append(c.refs, n)
	return true
}

// leaveDangling leaves out the references that lead, over others, to what has been
// left out, or in a circle.
func (c *checker) leaveDangling() {
	const reading, good, bad = 1, 2, 3
	state := map[tree.Value]int{}
	for _, n := range c.refs {
		var chain []tree.Value
		at := n
		for state[at] == 0 && !c.left[at] && at.Get("$ref").Exists() {
			state[at] = reading
			chain = append(chain, at)
			section, name, _ := refName(at.Get("$ref").Text())
			at = c.root.Get("components", section, name)
		}
		end := good
		if c.left[at] || !at.Exists() || state[at] == reading || state[at] == bad {
			end = bad
		}
		for _, link := range chain {
			state[link] = end
			c.left[link] = c.left[link] || end == bad
		}
	}
}

// refers checks that a reference leads to a component of the right section.
func (c *checker) refers(words *vocabulary, ref tree.Value) bool {
	section, name, ok := refName(ref.Text())
	switch {
	case !strings.HasPrefix(ref.Text(), "#"):
		c.wrong(ref, "put what it refers to into this document's components",
			"references to other documents are not supported: %s", ref.Text())
	case !ok:
		c.wrong(ref, "write #/components/"+words.section+"/Name", "%s does not refer to a component", ref.Text())
	case section != words.section:
		c.wrong(ref, "write #/components/"+words.section+"/Name", "%s does not refer to %s", ref.Text(), words.name)
	case !c.root.Get("components", section, name).Exists():
		hint := ""
		if near := c.suggest(name, names(c.root.Get("components", section))); near != "" {
			hint = "did you mean #/components/" + section + "/" + tree.Escape(near) + "?"
		}
		c.wrong(ref, hint, "there is no %s", ref.Text())
	default:
		return true
	}
	return false
}

// besideRef checks one key next to a $ref. Only schemas of OpenAPI 3.1 may have
// any, and only those that speak of the place and not of the schema.
func (c *checker) besideRef(words *vocabulary, f tree.Value) {
	if words.section != "schemas" {
		c.wrongKey(f, "move it to what is referred to", "%s cannot stand beside $ref in %s", f.Name(), words.name)
		return
	}
	r := c.rule(schemaObject, words, f)
	switch {
	case r == nil:
	case !c.v31 && !strings.HasPrefix(f.Name(), "x-"):
		c.wrongKey(f, "begin the document with openapi: 3.1.0", "%s beside $ref has no meaning in OpenAPI 3.0", f.Name())
	case !r.beside:
		c.wrongKey(f, "move it to the schema that is referred to", "%s cannot stand beside $ref", f.Name())
	case c.fits(r.takes, f.Name(), f) && r.takes == takesObject:
		c.object(r.of, f)
	}
}

// component follows a node's references to the component that they lead to; n
// itself when it is none. The name is empty then. What it returns is absent where a
// reference leads nowhere, which the checker has reported.
func (l *loader) component(n tree.Value) (at tree.Value, name string) {
	for hops := 0; n.Exists(); hops++ {
		ref := refOf(n)
		if !ref.Exists() {
			return n, name
		}
		section, next, ok := refName(ref.Text())
		if !ok || hops > maxDepth {
			return tree.Value{}, ""
		}
		n, name = l.root.Get("components", section, next), next
	}
	return tree.Value{}, ""
}

// refOf is the reference that a node is: its $ref, or that of an allOf which describes one
// reference. Tools write the latter for OpenAPI 3.0, where nothing may stand beside $ref.
func refOf(n tree.Value) tree.Value {
	ref := n.Get("$ref")
	if ref.Exists() || !onlyDescribes(n) {
		return ref
	}
	for branch := range n.Get("allOf").All() {
		target := branch.Get("$ref")
		if target.Exists() && ref.Exists() || !target.Exists() && !onlyDescribes(branch) {
			return tree.Value{}
		}
		ref = cmp.Or(ref, target)
	}
	return ref
}

// onlyDescribes reports whether a schema has nothing, but for an allOf, that speaks of more
// than the place where it stands.
func onlyDescribes(n tree.Value) bool {
	for _, key := range names(n) {
		if !strings.HasPrefix(key, "x-") &&
			!slices.Contains([]string{"allOf", "default", "deprecated", "description", "title"}, key) {
			return false
		}
	}
	return true
}

// descriptions are the nodes that speak of the place where a schema stands: the schema, and
// the branches of the allOf that it may be.
func descriptions(n tree.Value) []tree.Value {
	return append([]tree.Value{n}, n.Get("allOf").List()...)
}

// checkRefCycles reports components that are references to themselves.
func (l *loader) checkRefCycles() {
	done := map[tree.Value]bool{}
	for section := range l.root.Get("components").All() {
		for f := range section.All() {
			l.followCycle(f, done)
		}
	}
}

// followCycle walks a chain of references until it meets something done.
func (l *loader) followCycle(n tree.Value, done map[tree.Value]bool) {
	var chain []string
	onChain := map[tree.Value]bool{}
	for ref := refOf(n); ref.Exists() && !done[n]; ref = refOf(n) {
		done[n], onChain[n] = true, true
		chain = append(chain, n.Token())
		section, name, _ := refName(ref.Text())
		next := l.root.Get("components", section, name)
		if onChain[next] {
			l.wrong(ref, "let one of them be a schema of its own", "%s refers to itself: %s", next.Token(),
				strings.Join(append(chain, name), " → "))
		}
		n = next
	}
}
