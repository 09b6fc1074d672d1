// Package smithy loads models in Smithy's JSON AST, versions 1.0 and 2.0
// (https://smithy.io/2.0/spec/json-ast.html), the form in which AWS publishes all
// of its services.
//
// Loading goes through the document in this order: index the definitions, apply
// what "apply" statements add, mix in mixins, choose the service, build the shapes
// and the operations, and name the shapes that the service reaches.
package smithy

import (
	"example.com/lathe/spec"
	"example.com/lathe/spec/tree"
)

// Options are the choices that a caller has.
type Options struct {
	// Service is the shape ID or the name of the service to load. It may be
	// empty when the model has one service only.
	Service string
	// EndpointTests asks for the published test cases of the endpoint rules,
	// which are a large part of many models.
	EndpointTests bool
	// Examples asks for the examples of operations.
	Examples bool
}

// Load reads a model; file is its name in positions. The error is a
// [spec.Problems] with everything that is wrong with the model. Beside it is what
// could be read, which is enough to be compared with and nothing to generate from.
func Load(file string, data []byte, opts Options) (*spec.API, error) {
	root, problems := tree.Parse(file, data)
	l := loader{options: opts, Reader: tree.Reader{Problems: problems}}
	var api *spec.API
	if root.Exists() {
		api = l.load(root)
	}
	return api, l.Problems.Err()
}

// Sniff reports whether data looks like a model in Smithy's JSON AST: an object with
// the member "smithy". It looks no further than a member that marks another
// format.
func Sniff(data []byte) bool {
	for name, kind := range tree.Members(data) {
		switch name {
		case "smithy":
			return kind == tree.String
		case "openapi", "operations":
			return false
		}
	}
	return false
}
