package openapi

import (
	"encoding/json"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"example.com/lathe/spec"
)

// Load reads an OpenAPI document and returns the API that it describes. file is the
// document's name in messages and positions. The error is a [spec.Problems] with
// everything that is wrong with the document. The API is there nevertheless, unless
// the document can't be read at all: each operation knows, as its Part, which of the
// problems concern it, and one without any is complete.
func Load(file string, data []byte) (*spec.API, error) {
	var ps spec.Problems
	root := read(file, data, &ps)
	if root == nil || !checkRoot(root, &ps) {
		return nil, ps.Err()
	}
	l := &loader{root: root, ps: &ps, invalid: &spec.Shape{Name: "?"}}
	l.v31 = strings.HasPrefix(root.get("openapi").string(), "3.1")
	if !l.decode() {
		return nil, ps.Err()
	}
	l.load()
	return l.api, l.assign(ps)
}

// loader maps one document onto a model. The document is there twice: doc is what
// kin-openapi makes of it, root the source in its order and with its places.
type loader struct {
	root *node
	doc  *openapi3.T
	v31  bool
	ps   *spec.Problems
	api  *spec.API
	// schemas are those that have been read, texts those that have not yet.
	schemas map[*node]*openapi3.Schema
	texts   map[*node][]byte
	// components are the shapes of the components' schemas, by their keys there.
	components map[string]*spec.Shape
	// marksErrors reports whether any schema has x-error.
	marksErrors bool
	// own are the nodes of operations, with the problems found in reading them.
	own map[*spec.Operation]*ownPart
	// invalid stands for shapes that could not be read.
	invalid *spec.Shape
	// pending are shapes whose parts have not been read yet.
	pending []pendingShape
	// messages are shapes of components that are the input or output of an
	// operation and have members besides their own; targeted those that members
	// refer to.
	messages, targeted map[*spec.Shape]bool
	// statuses are the places that gave errors their statuses.
	statuses map[*spec.Shape]*node
	// headersOf are the headers that errors have got from their responses.
	headersOf map[*spec.Shape]*node
	// unsound are the operations whose path or parameters could not be read whole.
	unsound map[*spec.Operation]bool
}

// wrong reports a problem at a node.
func (l *loader) wrong(n *node, hint, format string, args ...any) {
	l.ps.Add(n.pos(), hint, format, args...)
}

// checkRoot sees that the document is one of OpenAPI in a version that is read;
// nothing else is worth saying when it is not.
func checkRoot(root *node, ps *spec.Problems) bool {
	const hint = "begin it with openapi: 3.1.0"
	if root.kind != objectNode {
		ps.Add(root.posAt(root.start), hint, "an OpenAPI document is an object, not %s", root.kind)
		return false
	}
	version := root.get("openapi")
	switch swagger := root.get("swagger"); {
	case version == nil && swagger != nil:
		ps.Add(swagger.pos(), "convert the document to OpenAPI 3", "Swagger %s is not supported", swagger.string())
	case version == nil:
		ps.Add(root.posAt(root.start), hint, "the document does not say its version of OpenAPI")
	case version.kind != textNode:
		ps.Add(version.pos(), `write openapi: "3.1.0"`, "openapi must be a string, not %s", version.kind)
	case (&openapi3.T{OpenAPI: version.text}).OpenAPIMajorMinor() != "3.0" && (&openapi3.T{OpenAPI: version.text}).OpenAPIMajorMinor() != "3.1":
		ps.Add(version.pos(), "versions 3.0 and 3.1 are", "OpenAPI %s is not supported", version.text)
	default:
		return true
	}
	return false
}

// decode checks the document against the vocabulary and hands what passes to
// kin-openapi. References are not resolved there: they are followed in the source
// with their places, and one that dangles does not end the run.
func (l *loader) decode() bool {
	c := checker{root: l.root, v31: l.v31, ps: l.ps, schemas: map[*node][]byte{}, foreign: map[string]string{}}
	c.object(documentObject, l.root)
	l.schemas, l.texts = map[*node]*openapi3.Schema{}, c.schemas
	l.doc = new(openapi3.T)
	if err := json.Unmarshal(c.out, l.doc); err != nil {
		l.wrong(l.root, "", "the document can not be read: %v", err)
		return false
	}
	if l.doc.Components == nil {
		l.doc.Components = new(openapi3.Components)
	}
	return true
}

// schema is what kin-openapi makes of a schema's own keywords, without the schemas
// inside it. It is nil where there is none, or none that can be read, which has
// been reported.
func (l *loader) schema(n *node) *openapi3.Schema {
	if s := l.schemas[n]; s != nil || l.texts[n] == nil {
		return s
	}
	s := new(openapi3.Schema)
	if err := json.Unmarshal(l.texts[n], s); err != nil {
		l.wrong(n, "", "the schema can not be read: %v", err)
		delete(l.texts, n)
		return nil
	}
	l.schemas[n] = s
	return s
}

// load maps the document part by part.
func (l *loader) load() {
	l.api = &spec.API{Pos: l.root.posAt(l.root.start), Shapes: map[string]*spec.Shape{}}
	l.messages, l.targeted = map[*spec.Shape]bool{}, map[*spec.Shape]bool{}
	l.statuses, l.headersOf = map[*spec.Shape]*node{}, map[*spec.Shape]*node{}
	l.unsound, l.own = map[*spec.Operation]bool{}, map[*spec.Operation]*ownPart{}
	l.components, l.marksErrors = map[string]*spec.Shape{}, marksErrors(l.root)
	l.checkRefCycles()
	l.service()
	l.security()
	l.declareShapes()
	l.fillShapes()
	l.operations()
	l.checkMessages()
	l.endpoint()
	*l.ps = append(*l.ps, spec.ValidateWhole(l.api)...)
}

// marksErrors reports whether a document marks any schema as that of an error.
func marksErrors(root *node) bool {
	for _, f := range root.get("components", "schemas").each() {
		if f.value.get("x-error") != nil {
			return true
		}
	}
	return false
}
