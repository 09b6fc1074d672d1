package openapi

import (
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"example.com/lathe/spec"
	"example.com/lathe/spec/tree"
)

// Load reads an OpenAPI document and returns the API that it describes. file is the
// document's name in messages and positions. The error is a [spec.Problems] with
// everything that is wrong with the document. The API is there nevertheless, unless
// the document can't be read at all: each operation knows, as its Part, which of the
// problems concern it, and one without any is complete.
func Load(file string, data []byte) (*spec.API, error) {
	root, ps := read(file, data)
	if !root.Exists() || !checkRoot(root, &ps) {
		return nil, ps.Err()
	}
	l := &loader{root: root, ps: &ps, invalid: &spec.Shape{Name: "?"}}
	l.v31 = strings.HasPrefix(root.Get("openapi").Text(), "3.1")
	if !l.read() {
		return nil, ps.Err()
	}
	l.load()
	return l.api, l.assign(ps)
}

// loader maps one document onto a model. The document is there twice: doc is what
// kin-openapi makes of it, root the source in its order and with its places.
type loader struct {
	root tree.Value
	doc  *openapi3.T
	v31  bool
	ps   *spec.Problems
	api  *spec.API
	// schemas are those of doc, by where they stand; left is what doc does not have.
	schemas map[tree.Value]*openapi3.Schema
	left    map[tree.Value]bool
	// components are the shapes of the components' schemas, by their keys there.
	components map[string]*spec.Shape
	// optionalAuth is set when operations may be called without credentials, unless they say
	// otherwise.
	optionalAuth bool
	// marksErrors reports whether any schema has x-error.
	marksErrors bool
	// errorContents are the schemas that are those of errors by their names.
	errorContents map[tree.Value]bool
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
	statuses map[*spec.Shape]tree.Value
	// headersOf are the headers that errors have got from their responses.
	headersOf map[*spec.Shape]tree.Value
	// unsound are the operations whose path or parameters could not be read whole.
	unsound map[*spec.Operation]bool
}

// wrong reports a problem at a node.
func (l *loader) wrong(n tree.Value, hint, format string, args ...any) {
	l.ps.Add(n.Place(), hint, format, args...)
}

// checkRoot sees that the document is one of OpenAPI in a version that is read;
// nothing else is worth saying when it is not.
func checkRoot(root tree.Value, ps *spec.Problems) bool {
	const hint = "begin it with openapi: 3.1.0"
	if root.Kind() != tree.Object {
		ps.Add(root.Pos(), hint, "an OpenAPI document is an object, not %s", kindName(root.Kind()))
		return false
	}
	version := root.Get("openapi")
	minor := (&openapi3.T{OpenAPI: version.Text()}).OpenAPIMajorMinor()
	switch swagger := root.Get("swagger"); {
	case !version.Exists() && swagger.Exists():
		ps.Add(swagger.Place(), "convert the document to OpenAPI 3", "Swagger %s is not supported", swagger.Text())
	case !version.Exists():
		ps.Add(root.Pos(), hint+"; a Smithy model has the key smithy, and a C2J model metadata",
			"the document has no key openapi, which names its version of OpenAPI")
	case version.Kind() != tree.String:
		ps.Add(version.Place(), `write openapi: "3.1.0"`, "openapi must be a string, not %s", kindName(version.Kind()))
	case minor != "3.0" && minor != "3.1":
		ps.Add(version.Place(), "use version 3.0 or 3.1", "OpenAPI %s is not supported", version.Text())
	default:
		return true
	}
	return false
}

// load maps the document part by part.
func (l *loader) load() {
	l.api = &spec.API{Pos: l.root.Pos(), Shapes: map[string]*spec.Shape{}}
	l.messages, l.targeted = map[*spec.Shape]bool{}, map[*spec.Shape]bool{}
	l.statuses, l.headersOf = map[*spec.Shape]tree.Value{}, map[*spec.Shape]tree.Value{}
	l.unsound, l.own = map[*spec.Operation]bool{}, map[*spec.Operation]*ownPart{}
	l.components, l.marksErrors = map[string]*spec.Shape{}, marksErrors(l.root)
	l.checkRefCycles()
	if !l.marksErrors {
		l.errorContents = l.findErrorContents()
	}
	l.service()
	l.security()
	l.declareShapes()
	l.fillShapes()
	l.operations()
	l.checkMessages()
	l.endpoint()
	*l.ps = append(*l.ps, spec.ValidateWhole(l.api)...)
}

// marksErrors reports whether a document marks any schema as that of an error, or is
// meant to: one that misspells the mark is not one without errors.
func marksErrors(root tree.Value) bool {
	for f := range root.Get("components", "schemas").All() {
		for key := range f.All() {
			if key.Name() == "x-error" || nearOurs(key.Name()) == "x-error" {
				return true
			}
		}
	}
	return false
}
