package openapi

import (
	"slices"
	"strconv"
	"strings"

	"example.com/lathe/spec"
)

// checker holds a document against the vocabulary. What passes is written as JSON
// for kin-openapi; what does not is reported and left out, so that the rest can
// still be read.
type checker struct {
	root *node
	v31  bool
	ps   *spec.Problems
	out  []byte
	// schemas are the schemas, each without those inside it: kin-openapi reads
	// nested ones in quadratic time.
	schemas map[*node][]byte
	// foreign remembers what became of extensions without a rule: the name that
	// was likely meant, or "" for those of other tools.
	foreign map[string]string
	// suggestions counts the searches for the right name of a component.
	suggestions int
}

// wrong reports a problem at a node and marks its parent, so that later stages do
// not report what follows from it.
func (c *checker) wrong(n *node, hint, format string, args ...any) {
	c.ps.Add(n.pos(), hint, format, args...)
	n.broken = true
	if n.parent != nil {
		n.parent.broken = true
	}
}

// object checks an object of a known kind and writes it.
func (c *checker) object(o object, n *node) bool {
	words := vocabularyOf(o)
	if ref := n.get("$ref"); ref != nil && words.section != "" {
		return c.reference(words, n, ref)
	}
	c.out = append(c.out, '{')
	first := true
	for _, f := range n.fields {
		r := c.rule(o, words, f)
		if r == nil {
			continue
		}
		start := len(c.out)
		if !first {
			c.out = append(c.out, ',')
		}
		c.out = append(appendString(c.out, f.key), ':')
		if !c.value(r, f.key, f.value) || r.use != typed {
			c.out = c.out[:start]
			continue
		}
		first = false
	}
	c.out = append(c.out, '}')
	return true
}

// rule finds what holds for a field, or reports why nothing does. It gives nil
// for a field that is not to be read.
func (c *checker) rule(o object, words *vocabulary, f field) *rule {
	foreign := strings.HasPrefix(f.key, "x-")
	if f.plain != textNode && (o != responsesObject || f.plain != numberNode) {
		c.wrongKey(f, "put the key in quotes", "the key %s is %s, not a string", f.key, f.plain)
		return nil
	}
	for i := range words.rules {
		if r := &words.rules[i]; r.key == f.key {
			return c.allowed(words, r, f)
		}
	}
	switch {
	case words.rest != nil && !foreign:
		return words.rest
	case foreign:
		c.otherTool(words, f)
	default:
		c.wrongKey(f, firstOf(suggestion(f.key, keysOf(words)), "remove it"), "unknown key %q in %s", f.key, words.name)
	}
	return nil
}

// allowed applies what a rule says of its key as such.
func (c *checker) allowed(words *vocabulary, r *rule, f field) *rule {
	switch {
	case r.use == refused:
		c.wrongKey(f, r.hint, "%s is not supported in %s", f.key, words.name)
	case r.since31 && !c.v31:
		c.wrongKey(f, "begin the document with openapi: 3.1.0", "%s is a keyword of OpenAPI 3.1, and the document is 3.0", f.key)
	case r.only30 && c.v31:
		c.wrongKey(f, r.hint, "%s is a keyword of OpenAPI 3.0, and the document is 3.1", f.key)
	case r.use != noted:
		return r
	}
	return nil
}

// otherTool decides about a key with the prefix x- that has no rule: extensions of
// other tools are left alone, but not what looks like one of ours.
func (c *checker) otherTool(words *vocabulary, f field) {
	places := placesOf(f.key)
	if len(places) > 0 {
		c.wrongKey(f, "it belongs in "+strings.Join(places, " or "), "%s says nothing in %s", f.key, words.name)
		return
	}
	near, known := c.foreign[f.key]
	if !known {
		near = nearestWithin(f.key, extensions(), 1+len(f.key)/12)
		c.foreign[f.key] = near
	}
	if near != "" {
		c.wrongKey(f, "did you mean "+near+"?", "unknown extension %q", f.key)
	}
}

// maxSuggestions bounds the searches through all components of a section.
const maxSuggestions = 100

func (c *checker) suggest(name string, candidates []string) string {
	if c.suggestions++; c.suggestions > maxSuggestions {
		return ""
	}
	return nearest(name, candidates)
}

func (c *checker) wrongKey(f field, hint, format string, args ...any) {
	c.ps.Add(f.value.keyPos(), hint, format, args...)
	f.value.broken, f.value.parent.broken = true, true
}

// value checks the value of a key and writes it.
func (c *checker) value(r *rule, key string, n *node) bool {
	schemaFlag := r.takes == takesObject && r.of == schemaObject && n.kind == flagNode
	switch {
	case n.kind == nullNode && n.broken: // the reader has reported it
		n.parent.broken = true
		return false
	case schemaFlag:
		c.schemaFlag(key, n)
		return false
	case !c.fits(r.takes, key, n):
		return false
	case r.takes == takesObject && r.of == schemaObject:
		c.schema(n)
		return false
	case r.takes == takesObject:
		return c.object(r.of, n)
	case r.takes == takesObjects:
		c.out = append(c.out, '[')
		for i, item := range n.list {
			c.out = comma(c.out, i)
			if !c.item(r.of, key, item) {
				c.out = append(c.out, "null"...)
			}
		}
		c.out = append(c.out, ']')
	case r.takes == takesObjectMap:
		return c.named(r.of, n)
	default:
		c.out = n.appendJSON(c.out)
	}
	return true
}

// named checks the values of an object with free keys.
func (c *checker) named(o object, n *node) bool {
	free := vocabulary{name: "an object of names", rest: &rule{takes: takesObject, of: o}}
	c.out = append(c.out, '{')
	first := true
	for _, f := range n.fields {
		if f.plain != textNode {
			c.wrongKey(f, "put the key in quotes", "the key %s is %s, not a string", f.key, f.plain)
			continue
		}
		start := len(c.out)
		if !first {
			c.out = append(c.out, ',')
		}
		c.out = append(appendString(c.out, f.key), ':')
		if !c.value(free.rest, f.key, f.value) {
			c.out = c.out[:start]
			continue
		}
		first = false
	}
	c.out = append(c.out, '}')
	return true
}

func (c *checker) item(o object, key string, n *node) bool {
	switch {
	case n.kind != objectNode:
		c.wrong(n, "", "an item of %s must be an object, not %s", key, n.kind)
		return false
	case o == schemaObject:
		c.schema(n)
		return false
	}
	return c.object(o, n)
}

// schema checks a schema and writes it apart from what it stands in.
func (c *checker) schema(n *node) {
	outer := c.out
	c.out = nil
	if c.object(schemaObject, n) {
		c.schemas[n] = c.out
	}
	c.out = outer
}

// schemaFlag checks a schema that is a boolean, which OpenAPI 3.0 knows for
// additionalProperties only.
func (c *checker) schemaFlag(key string, n *node) {
	if !c.v31 && key != "additionalProperties" {
		c.wrong(n, "write a schema", "%s must be an object, not a boolean", key)
		return
	}
	c.schemas[n] = []byte(n.text)
}

// kindsTaken says which JSON types the values are of.
var kindsTaken = [...]struct {
	kinds []nodeKind
	items []nodeKind
	words string
}{
	takesAny:       {},
	takesText:      {kinds: []nodeKind{textNode}, words: "a string"},
	takesFlag:      {kinds: []nodeKind{flagNode}, words: "true or false"},
	takesCount:     {kinds: []nodeKind{numberNode}, words: "a number"},
	takesNumber:    {kinds: []nodeKind{numberNode}, words: "a number"},
	takesTexts:     {kinds: []nodeKind{listNode}, items: []nodeKind{textNode}, words: "a list of strings"},
	takesTypes:     {kinds: []nodeKind{textNode, listNode}, items: []nodeKind{textNode}, words: "a string"},
	takesScalars:   {kinds: []nodeKind{listNode}, words: "a list"},
	takesObject:    {kinds: []nodeKind{objectNode}, words: "an object"},
	takesObjects:   {kinds: []nodeKind{listNode}, words: "a list"},
	takesObjectMap: {kinds: []nodeKind{objectNode}, words: "an object"},
	takesTextMap:   {kinds: []nodeKind{objectNode}, words: "an object"},
}

// fits checks the JSON type of a value.
func (c *checker) fits(t takes, key string, n *node) bool {
	taken := kindsTaken[t]
	if taken.kinds != nil && !slices.Contains(taken.kinds, n.kind) {
		c.wrong(n, typeHint(t, n), "%s must be %s, not %s", key, taken.words, n.kind)
		return false
	}
	ok := true
	for _, item := range n.list {
		if taken.items != nil && !slices.Contains(taken.items, item.kind) {
			c.wrong(item, typeHint(takesText, item), "an item of %s must be a string, not %s", key, item.kind)
			ok = false
		}
	}
	if t == takesTextMap {
		for _, f := range n.fields {
			ok = c.fits(takesText, f.key, f.value) && ok
		}
	}
	return ok && c.inRange(t, key, n)
}

func typeHint(t takes, n *node) string {
	switch {
	case n.kind == nullNode:
		return "give it a value or remove the key"
	case t == takesText && n.kind <= numberNode:
		return "put it in quotes"
	default:
		return ""
	}
}

// inRange checks that a number can be held.
func (c *checker) inRange(t takes, key string, n *node) bool {
	var err error
	switch t {
	case takesCount:
		_, err = strconv.ParseUint(n.text, 10, 63)
	case takesNumber:
		_, err = strconv.ParseFloat(n.text, 64)
	}
	if err != nil {
		what := map[takes]string{takesCount: "a whole number from 0 on", takesNumber: "a number within the range of a double"}[t]
		c.wrong(n, "", "%s must be %s, not %s", key, what, n.text)
	}
	return err == nil
}

func keysOf(words *vocabulary) []string {
	var keys []string
	for _, r := range words.rules {
		if r.use != refused {
			keys = append(keys, r.key)
		}
	}
	return keys
}

// placesOf names the kinds of objects that know an extension.
func placesOf(extension string) []string {
	var places []string
	for i := range vocabularies {
		if slices.Contains(keysOf(&vocabularies[i]), extension) {
			places = append(places, vocabularies[i].name)
		}
	}
	return places
}

// extensions lists our extensions.
func extensions() []string {
	var names []string
	for i := range vocabularies {
		for _, r := range vocabularies[i].rules {
			if strings.HasPrefix(r.key, "x-") && !slices.Contains(names, r.key) {
				names = append(names, r.key)
			}
		}
	}
	return names
}
