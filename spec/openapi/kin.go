package openapi

import (
	"context"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"example.com/lathe/spec"
	"example.com/lathe/spec/tree"
)

// read checks the document against the vocabulary and has kin-openapi read what
// passes, and resolve its references. What is wrong is left out, so that the rest
// can be read. The tree of the source stays beside what kin-openapi makes of it: it
// has the order of keys, and the place of everything by its JSON pointer.
func (l *loader) read() bool {
	c := checker{root: l.root, v31: l.v31, ps: l.ps, left: map[tree.Value]bool{}, foreign: map[string]string{}}
	c.object(documentObject, l.root)
	c.leaveDangling()
	l.left, l.schemas = c.left, map[tree.Value]*openapi3.Schema{}
	doc, err := openapi3.NewLoader().LoadFromData(l.root.Without(l.left))
	if err != nil {
		l.wrong(l.root, "", "the document can't be read: %v", err)
		return false
	}
	l.doc = doc
	if doc.Components == nil {
		doc.Components = new(openapi3.Components)
	}
	l.link()
	return true
}

// validated has kin-openapi validate an operation in which nothing wrong has been
// found. Patterns and defaults are left out: patterns are those of ECMA-262, and
// both have been checked.
func (l *loader) validated(o *spec.Operation) *spec.Part {
	options := []openapi3.ValidationOption{
		openapi3.DisableSchemaPatternValidation(), openapi3.DisableSchemaDefaultsValidation(),
	}
	if l.v31 {
		options = append(options, openapi3.IsOpenAPI31OrLater())
	}
	err := l.own[o].op.Validate(context.Background(), options...)
	if err == nil {
		return nil
	}
	part := &spec.Part{}
	part.Problems.Add(o.Pos, "", "not valid in OpenAPI: %v", err)
	return part
}

// kept lists the items of a list that kin-openapi has read, in the order in which
// it has them.
func (l *loader) kept(list tree.Value) []tree.Value {
	var all []tree.Value
	for item := range list.All() {
		if !l.left[list] && !l.left[item] {
			all = append(all, item)
		}
	}
	return all
}

// link finds for every schema of the document what kin-openapi has made of it.
func (l *loader) link() {
	components, at := l.doc.Components, l.root.Get("components")
	for n := range at.Get("schemas").All() {
		l.linkSchema(components.Schemas[n.Name()], n)
	}
	for n := range at.Get("parameters").All() {
		l.linkParameter(components.Parameters[n.Name()], n)
	}
	for n := range at.Get("headers").All() {
		l.linkHeader(components.Headers[n.Name()], n)
	}
	for n := range at.Get("requestBodies").All() {
		l.linkBody(components.RequestBodies[n.Name()], n)
	}
	for n := range at.Get("responses").All() {
		l.linkResponse(components.Responses[n.Name()], n)
	}
	for path := range l.root.Get("paths").All() {
		item := l.doc.Paths.Value(path.Name())
		if item == nil {
			continue
		}
		l.linkParameters(item.Parameters, path.Get("parameters"))
		for f := range path.All() {
			if op := operationOf(item, f); op != nil {
				l.linkOperation(op, f)
			}
		}
	}
}

func (l *loader) linkOperation(op *openapi3.Operation, n tree.Value) {
	l.linkParameters(op.Parameters, n.Get("parameters"))
	l.linkBody(op.RequestBody, n.Get("requestBody"))
	for response := range n.Get("responses").All() {
		l.linkResponse(op.Responses.Value(response.Name()), response)
	}
}

func (l *loader) linkParameters(refs openapi3.Parameters, list tree.Value) {
	for i, n := range l.kept(list) {
		l.linkParameter(refs[i], n)
	}
}

func (l *loader) linkParameter(ref *openapi3.ParameterRef, n tree.Value) {
	if ref != nil && ref.Value != nil && !isRef(n) {
		l.linkSchema(ref.Value.Schema, n.Get("schema"))
	}
}

func (l *loader) linkHeader(ref *openapi3.HeaderRef, n tree.Value) {
	if ref != nil && ref.Value != nil && !isRef(n) {
		l.linkSchema(ref.Value.Schema, n.Get("schema"))
	}
}

func (l *loader) linkBody(ref *openapi3.RequestBodyRef, n tree.Value) {
	if ref != nil && ref.Value != nil && !isRef(n) {
		l.linkContent(ref.Value.Content, n.Get("content"))
	}
}

func (l *loader) linkResponse(ref *openapi3.ResponseRef, n tree.Value) {
	if ref == nil || ref.Value == nil || isRef(n) {
		return
	}
	if ref.Value.Description == nil {
		ref.Value.Description = new(string) // OpenAPI wants one; it is for people alone
	}
	l.linkContent(ref.Value.Content, n.Get("content"))
	for header := range n.Get("headers").All() {
		l.linkHeader(ref.Value.Headers[header.Name()], header)
	}
}

func (l *loader) linkContent(content openapi3.Content, n tree.Value) {
	for media := range n.All() {
		if m := content[media.Name()]; m != nil {
			l.linkSchema(m.Schema, media.Get("schema"))
		}
	}
}

func (l *loader) linkSchema(ref *openapi3.SchemaRef, n tree.Value) {
	if ref == nil || ref.Value == nil || isRef(n) {
		return
	}
	s := ref.Value
	l.schemas[n] = s
	for property := range n.Get("properties").All() {
		l.linkSchema(s.Properties[property.Name()], property)
	}
	l.linkSchema(s.Items, n.Get("items"))
	l.linkSchema(s.PropertyNames, n.Get("propertyNames"))
	l.linkSchema(s.AdditionalProperties.Schema, n.Get("additionalProperties"))
	if always := s.AdditionalProperties.Has; always != nil {
		l.schemas[n.Get("additionalProperties")] = &openapi3.Schema{Always: always}
	}
	for i, branch := range l.kept(n.Get("oneOf")) {
		l.linkSchema(s.OneOf[i], branch)
	}
	for i, branch := range l.kept(n.Get("allOf")) {
		l.linkSchema(s.AllOf[i], branch)
	}
}

func isRef(n tree.Value) bool { return n.Get("$ref").Exists() }

// operationOf is what kin-openapi has made of an operation of a path; nil where it has left
// it out, and for other keys.
func operationOf(item *openapi3.PathItem, f tree.Value) *openapi3.Operation {
	if !isMethod(f.Name()) {
		return nil
	}
	return item.GetOperation(strings.ToUpper(f.Name()))
}

// schema is what kin-openapi has made of a schema, nil where there is none, or none
// that can be read, which has been reported.
func (l *loader) schema(n tree.Value) *openapi3.Schema { return l.schemas[n] }
