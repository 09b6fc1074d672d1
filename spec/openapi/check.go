package openapi

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"example.com/lathe/spec"
	"example.com/lathe/spec/tree"
)

// checker holds a document against the vocabulary. What kin-openapi is not to read
// is left out: what is wrong, which has been reported, and what it has no word for.
type checker struct {
	root tree.Value
	v31  bool
	ps   *spec.Problems
	// left are the values that are left out.
	left map[tree.Value]bool
	// refs are the objects that are references.
	refs []tree.Value
	// foreign remembers what became of extensions without a rule: the name that
	// was likely meant, or "" for those of other tools.
	foreign map[string]string
	// suggestions counts the searches for the right name of a component.
	suggestions int
}

// wrong reports a problem at a node and marks its parent, so that later stages do
// not report what follows from it.
func (c *checker) wrong(n tree.Value, hint, format string, args ...any) {
	c.ps.Add(n.Place(), hint, format, args...)
	n.Break()
	if n.Parent().Exists() {
		n.Parent().Break()
	}
}

// object checks an object of a known kind.
func (c *checker) object(o object, n tree.Value) bool {
	words := vocabularyOf(o)
	if ref := n.Get("$ref"); ref.Exists() && words.section != "" {
		return c.reference(words, n, ref)
	}
	for f := range n.All() {
		if r := c.rule(o, words, f); r == nil || !c.value(r, f.Name(), f) || r.use != typed {
			c.left[f] = true
		}
	}
	return true
}

// rule finds what holds for a field, or reports why nothing does. It returns nil
// for a field that is not to be read.
func (c *checker) rule(o object, words *vocabulary, f tree.Value) *rule {
	foreign := strings.HasPrefix(f.Name(), "x-")
	if f.NameKind() != tree.String && (o != responsesObject || f.NameKind() != tree.Number) {
		c.wrongKey(f, "put the key in quotes", "the key %s is %s, not a string", f.Name(), kindName(f.NameKind()))
		return nil
	}
	for i := range words.rules {
		if r := &words.rules[i]; r.key == f.Name() {
			return c.allowed(words, r, f)
		}
	}
	switch {
	case words.rest != nil && !foreign:
		return words.rest
	case foreign:
		c.otherTool(words, f)
	default:
		c.wrongKey(f, cmp.Or(suggestion(f.Name(), keysOf(words)), "remove it"), "unknown key %q in %s", f.Name(), words.name)
	}
	return nil
}

// allowed applies what a rule says of its key as such.
func (c *checker) allowed(words *vocabulary, r *rule, f tree.Value) *rule {
	switch {
	case r.use == refused:
		c.wrongKey(f, r.hint, "%s is not supported in %s", f.Name(), words.name)
	case r.since31 && !c.v31:
		c.wrongKey(f, "begin the document with openapi: 3.1.0",
			"%s is a keyword of OpenAPI 3.1, and the document is 3.0", f.Name())
	case r.only30 && c.v31:
		c.wrongKey(f, r.hint, "%s is a keyword of OpenAPI 3.0, and the document is 3.1", f.Name())
	case r.use != noted:
		return r
	}
	return nil
}

// otherTool decides about a key with the prefix x- that has no rule: extensions of
// other tools are left alone, but not what looks like one of ours.
func (c *checker) otherTool(words *vocabulary, f tree.Value) {
	places := placesOf(f.Name())
	if len(places) > 0 {
		c.wrongKey(f, "it belongs in "+strings.Join(places, " or "), "%s says nothing in %s", f.Name(), words.name)
		return
	}
	near, known := c.foreign[f.Name()]
	if !known {
		near = nearOurs(f.Name())
		c.foreign[f.Name()] = near
	}
	if near != "" {
		c.wrongKey(f, "did you mean "+near+"?", "unknown extension %q", f.Name())
	}
}

// nearOurs is the extension of ours that a key looks like without being one, or "".
func nearOurs(key string) string {
	ours := extensions()
	if !strings.HasPrefix(key, "x-") || slices.Contains(ours, key) {
		return ""
	}
	return nearestWithin(key, ours, 1+len(key)/12)
}

// maxSuggestions bounds the searches through all components of a section.
const maxSuggestions = 100

func (c *checker) suggest(name string, candidates []string) string {
	if c.suggestions++; c.suggestions > maxSuggestions {
		return ""
	}
	return nearest(name, candidates)
}

func (c *checker) wrongKey(f tree.Value, hint, format string, args ...any) {
	c.ps.Add(f.NamePos(), hint, format, args...)
	f.Break()
	f.Parent().Break()
}

// value checks the value of a key.
func (c *checker) value(r *rule, key string, n tree.Value) bool {
	switch {
	case n.Kind() == tree.Null && n.Broken(): // the reader has reported it
		n.Parent().Break()
		return false
	case r.takes == takesObject && r.of == schemaObject && n.Kind() == tree.Bool:
		return c.schemaFlag(key, n)
	case !c.fits(r.takes, key, n):
		return false
	case r.takes == takesObject:
		return c.object(r.of, n)
	case r.takes == takesObjects:
		for item := range n.All() {
			if !c.item(r.of, key, item) {
				c.left[item] = true
			}
		}
	case r.takes == takesObjectMap:
		c.named(r.of, n)
	}
	return true
}

// named checks the values of an object with free keys.
func (c *checker) named(o object, n tree.Value) {
	free := rule{takes: takesObject, of: o}
	for f := range n.All() {
		if f.NameKind() != tree.String {
			c.wrongKey(f, "put the key in quotes", "the key %s is %s, not a string", f.Name(), kindName(f.NameKind()))
			c.left[f] = true
		} else if !c.value(&free, f.Name(), f) {
			c.left[f] = true
		}
	}
}

func (c *checker) item(o object, key string, n tree.Value) bool {
	if n.Kind() != tree.Object {
		c.wrong(n, "", "an item of %s must be an object, not %s", key, kindName(n.Kind()))
		return false
	}
	return c.object(o, n)
}

// schemaFlag checks a schema that is a boolean, which OpenAPI 3.0 knows for
// additionalProperties only.
func (c *checker) schemaFlag(key string, n tree.Value) bool {
	if c.v31 || key == "additionalProperties" {
		return true
	}
	c.wrong(n, "write a schema", "%s must be an object, not a boolean", key)
	return false
}

// kindsTaken says which JSON types the values are of.
var kindsTaken = [...]struct {
	kinds []tree.Kind
	items []tree.Kind
	words string
}{
	takesAny:       {},
	takesText:      {kinds: []tree.Kind{tree.String}, words: "a string"},
	takesFlag:      {kinds: []tree.Kind{tree.Bool}, words: "true or false"},
	takesCount:     {kinds: []tree.Kind{tree.Number}, words: "a number"},
	takesNumber:    {kinds: []tree.Kind{tree.Number}, words: "a number"},
	takesTexts:     {kinds: []tree.Kind{tree.Array}, items: []tree.Kind{tree.String}, words: "a list of strings"},
	takesTypes:     {kinds: []tree.Kind{tree.String, tree.Array}, items: []tree.Kind{tree.String}, words: "a string"},
	takesScalars:   {kinds: []tree.Kind{tree.Array}, words: "a list"},
	takesObject:    {kinds: []tree.Kind{tree.Object}, words: "an object"},
	takesObjects:   {kinds: []tree.Kind{tree.Array}, words: "a list"},
	takesObjectMap: {kinds: []tree.Kind{tree.Object}, words: "an object"},
	takesTextMap:   {kinds: []tree.Kind{tree.Object}, words: "an object"},
}

// fits checks the JSON type of a value.
func (c *checker) fits(t takes, key string, n tree.Value) bool {
	taken := kindsTaken[t]
	if taken.kinds != nil && !slices.Contains(taken.kinds, n.Kind()) {
		c.wrong(n, typeHint(t, n), "%s must be %s, not %s", key, taken.words, kindName(n.Kind()))
		return false
	}
	ok := true
	for item := range n.All() {
		if taken.items != nil && !slices.Contains(taken.items, item.Kind()) {
			c.wrong(item, typeHint(takesText, item), "an item of %s must be a string, not %s", key, kindName(item.Kind()))
			ok = false
		}
	}
	if t == takesTextMap {
		for f := range n.All() {
			ok = c.fits(takesText, f.Name(), f) && ok
		}
	}
	return ok && c.inRange(t, key, n)
}

func typeHint(t takes, n tree.Value) string {
	switch {
	case n.Kind() == tree.Null:
		return "give it a value or remove the key"
	case t == takesText && n.Kind() <= tree.Number:
		return "put it in quotes"
	default:
		return ""
	}
}

// inRange checks that a number can be held.
func (c *checker) inRange(t takes, key string, n tree.Value) bool {
	var err error
	switch t {
	case takesCount:
		_, err = strconv.ParseUint(n.Text(), 10, 63)
	case takesNumber:
		_, err = strconv.ParseFloat(n.Text(), 64)
	}
	if err != nil {
		what := map[takes]string{takesCount: "a whole number from 0 on",
			takesNumber: "a number within the range of a double"}[t]
		c.wrong(n, "", "%s must be %s, not %s", key, what, n.Text())
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
