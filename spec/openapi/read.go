package openapi

import (
	"bytes"
	"path"
	"strings"

	"example.com/lathe/spec"
	"example.com/lathe/spec/tree"
)

// The bounds on documents. Real ones stay far below them; they keep hostile ones
// from costing time and memory.
const (
	maxJSON = 64 << 20 // bytes
	maxYAML = 8 << 20  // bytes; YAML takes some hundred times its size to read
	// maxDepth bounds the levels of objects and lists, and the length of a chain of
	// references.
	maxDepth = 200
)

var (
	limitsJSON = tree.Limits{Bytes: maxJSON, BytesHint: "split the document", Depth: maxDepth, DepthHint: hintDeep}
	limitsYAML = tree.Limits{
		Bytes: maxYAML, BytesHint: "write it as JSON, which may be larger", Depth: maxDepth, DepthHint: hintDeep,
	}
)

const hintDeep = "move inner schemas to components/schemas"

// read turns a document into a tree. The root is absent when the text is neither
// JSON nor YAML; otherwise it is there even when there are problems, so that the
// rest of the document can be looked at too.
//
// A document that begins with a brace is read as JSON, and when that fails as
// YAML, whose flow style looks alike; the parser that comes further says what is
// wrong. A file named .json is JSON only.
func read(file string, data []byte) (tree.Value, spec.Problems) {
	root, ps := parse(file, data)
	if !root.Exists() && len(ps) == 0 {
		ps.Add(spec.Pos{File: file, Line: 1, Column: 1}, "begin it with openapi: 3.1.0", "the document is empty")
	}
	return root, ps
}

func parse(file string, data []byte) (tree.Value, spec.Problems) {
	text := bytes.TrimSpace(bytes.TrimPrefix(data, []byte("\ufeff")))
	switch {
	case strings.EqualFold(path.Ext(file), ".json") && (len(text) > 0 || len(data) > maxJSON):
		return tree.ParseJSON(file, data, limitsJSON)
	case len(text) == 0 || text[0] != '{':
		return tree.ParseYAML(file, data, limitsYAML)
	}
	root, asJSON := tree.ParseJSON(file, data, limitsJSON)
	if root.Exists() {
		return root, asJSON
	}
	root, asYAML := tree.ParseYAML(file, data, limitsYAML)
	if !root.Exists() && !further(asYAML, asJSON) {
		asYAML = asJSON
	}
	return root, asYAML
}

// further reports whether the problems a come later in the text than b.
func further(a, b spec.Problems) bool {
	p, q := a[0].Pos, b[0].Pos
	return p.Line > q.Line || p.Line == q.Line && p.Column > q.Column
}

// Sniff reports whether data looks like an OpenAPI document: an object in JSON or
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
	for name := range tree.Members(text) {
		switch name {
		case "openapi":
			return true
		case "smithy", "operations":
			return false
		}
	}
	return bytes.HasPrefix(bytes.TrimSpace(text[1:]), []byte("openapi:"))
}
