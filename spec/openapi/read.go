package openapi

import (
	"bytes"
	"path"
	"strings"

	"example.com/lathe/spec"
	"example.com/lathe/spec/jsonpos"
)

// read turns a document into nodes. The root is nil when the text is neither JSON
// nor YAML; otherwise it is there even when there are problems, so that the rest
// of the document can be looked at too.
//
// A document that begins with a brace is read as JSON, and when that fails as
// YAML, whose flow style looks alike; the parser that comes further says what is
// wrong. A file named .json is JSON only.
func read(file string, data []byte, ps *spec.Problems) *node {
	s := newSource(file, data)
	isJSON := strings.EqualFold(path.Ext(file), ".json")
	switch text := bytes.TrimSpace(s.data); {
	case len(data) > maxJSON:
		ps.Add(spec.Pos{File: file}, "split the document", "the document has %d bytes, more than %d", len(data), maxJSON)
		return nil
	case !s.check(ps):
		return nil
	case len(text) == 0:
		ps.Add(s.pos(mark{1, 1}), "begin it with openapi: 3.1.0", "the document is empty")
		return nil
	case isJSON:
		return readJSON(s, ps)
	case text[0] != '{':
		return readYAML(s, ps)
	}
	var asJSON, asYAML spec.Problems
	root := readJSON(s, &asJSON)
	if root == nil {
		root = readYAML(s, &asYAML)
		if root == nil && !further(asYAML, asJSON) {
			asYAML = asJSON
		}
		asJSON = asYAML
	}
	*ps = append(*ps, asJSON...)
	return root
}

// further says whether the problem a comes later in the text than b.
func further(a, b spec.Problems) bool {
	p, q := a[0].Pos, b[0].Pos
	return p.Line > q.Line || p.Line == q.Line && p.Column > q.Column
}

// Sniff says whether data looks like an OpenAPI document: an object in JSON or
// YAML with the key "openapi" at its top. The document may be broken elsewhere.
func Sniff(data []byte) bool {
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	if text := bytes.TrimSpace(data); len(text) > 0 && text[0] == '{' {
		return sniffJSON(text)
	}
	for line := range bytes.Lines(data) {
		for _, key := range [...]string{"openapi", `"openapi"`, "'openapi'"} {
			rest, found := bytes.CutPrefix(line, []byte(key))
			if rest = bytes.TrimLeft(rest, " \t"); found && len(rest) > 0 && rest[0] == ':' {
				return true
			}
		}
	}
	return false
}

// sniffJSON looks through the keys at the top of an object, no further than one
// that marks another format. Flow style YAML may leave the quotes out.
func sniffJSON(text []byte) bool {
	for name := range jsonpos.Members(text) {
		switch name {
		case "openapi":
			return true
		case "smithy", "operations":
			return false
		}
	}
	return bytes.HasPrefix(bytes.TrimSpace(text[1:]), []byte("openapi:"))
}
