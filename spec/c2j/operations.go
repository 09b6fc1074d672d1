package c2j

import (
	"strings"

	"example.com/lathe/spec"
	"example.com/lathe/spec/rules"
	"example.com/lathe/spec/tree"
)

// operations builds the operations.
func (l *loader) operations(api *spec.API, node tree.Value) {
	for v := range l.Object(node).All() {
		if l.checkName(v) && l.Expect(v, tree.Object) {
			api.Operations = append(api.Operations, l.operation(v))
			if l.Flag(v.Get("endpointoperation")) {
				api.EndpointOperation = v.Name()
			}
		}
	}
}

func (l *loader) operation(v tree.Value) *spec.Operation {
	op := &spec.Operation{
		Pos: v.NamePos(), Name: v.Name(),
		Documentation: l.Text(v.Get("documentation")),
		Deprecated:    l.deprecation(v),
		Input:         l.structure(v.Get("input")), Output: l.structure(v.Get("output")),
		Errors:           l.errors(v.Get("errors")),
		ReadOnly:         l.Flag(v.Get("readonly")),
		Idempotent:       l.Flag(v.Get("idempotent")),
		HostPrefix:       l.Text(l.Object(v.Get("endpoint")).Get("hostPrefix")),
		ChecksumRequired: l.Flag(v.Get("httpChecksumRequired")),
		Checksum:         l.checksum(l.Object(v.Get("httpChecksum"))),
		Compression:      l.Texts(l.Object(v.Get("requestcompression")).Get("encodings")),
		StaticContext:    rules.ContextValues(&l.Reader, v.Get("staticContextParams"), "value"),
		OperationContext: rules.ContextValues(&l.Reader, v.Get("operationContextParams"), "path"),
	}
	if discovery := v.Get("endpointdiscovery"); discovery.Exists() {
		op.EndpointDiscovery = spec.OptionalDiscovery
		if l.Flag(l.Object(discovery).Get("required")) {
			op.EndpointDiscovery = spec.RequiredDiscovery
		}
	}
	op.Errors = spec.SortErrors(append(op.Errors, l.lostErrors(op)...))
	l.auth(op, v)
	l.http(op, v)
	return op
}

// structure returns the structure that an operation has as input or output, or nil
// for none.
func (l *loader) structure(reference tree.Value) *spec.Shape {
	d := l.target(reference)
	switch {
	case d == nil:
		return nil
	case d.shape.Kind != spec.Structure && d.shape.Kind != spec.Invalid:
		l.Problems.Add(reference.Get("shape").Pos(), "",
			"the %s of an operation must be a structure, but %s is of type %s", reference.Name(), d.name, d.shape.Kind)
		return nil
	}
	if l.xml {
		l.root(d.shape, reference)
	}
	return d.shape
}

// root reads how the element is called that holds an operation's input or output, where
// the shape itself does not say so.
func (l *loader) root(s *spec.Shape, reference tree.Value) {
	if name := l.Text(reference.Get("locationName")); name != "" && s.XML.Name == "" {
		s.XML.Name = name
	}
	if namespace := reference.Get("xmlNamespace"); namespace.Exists() && s.XML.NamespaceURI == "" {
		l.namespace(&s.XML, namespace)
	}
}

// errors returns an operation's errors. What is listed as one is one, even where
// the shape does not say so.
func (l *loader) errors(list tree.Value) []*spec.Shape {
	if !list.Exists() || !l.Expect(list, tree.Array) {
		return nil
	}
	var all []*spec.Shape
	for reference := range list.All() {
		d := l.target(reference)
		switch {
		case d == nil:
		case d.shape.Kind != spec.Structure:
			l.Problems.Add(reference.Get("shape").Pos(), "", "an error must be a structure, but %s is of type %s",
				d.name, d.shape.Kind)
		default:
			if d.shape.Error == nil {
				d.shape.Error = l.errorTraits(d.node)
			}
			all = append(all, d.shape)
		}
	}
	return spec.SortErrors(all)
}

// auth reads how an operation's calls are signed: a list of schemes, or in older
// models a name for one way.
func (l *loader) auth(op *spec.Operation, v tree.Value) {
	kind := l.Text(v.Get("authtype"))
	op.UnsignedPayload = l.Flag(v.Get("unsignedPayload")) || kind == "v4-unsigned-body"
	if list := v.Get("auth"); list.Exists() {
		op.Auth, op.OptionalAuth = spec.AuthSchemes(l.Texts(list))
	} else if kind == "none" {
		op.Auth = []spec.AuthScheme{}
	}
}

func (l *loader) checksum(v tree.Value) *spec.Checksum {
	if !v.Exists() {
		return nil
	}
	return &spec.Checksum{
		Required:           l.Flag(v.Get("requestChecksumRequired")),
		AlgorithmMember:    l.Text(v.Get("requestAlgorithmMember")),
		ModeMember:         l.Text(v.Get("requestValidationModeMember")),
		ResponseAlgorithms: l.Texts(v.Get("responseAlgorithms")),
	}
}

// http reads the method and the path.
func (l *loader) http(op *spec.Operation, v tree.Value) {
	node := v.Get("http")
	if !l.bindings {
		return
	}
	if !node.Exists() {
		l.Problems.Add(op.Pos, "", "operation %s has no method and path", op.Name)
		return
	}
	if !l.Expect(node, tree.Object) {
		return
	}
	op.HTTP = spec.HTTP{Pos: node.NamePos(), Method: l.Text(node.Get("method")), Status: 200}
	if code := node.Get("responseCode"); code.Exists() {
		op.HTTP.Status = l.Integer(code)
	}
	if op.HTTP.Method == "" {
		l.Problems.Add(node.Pos(), "", "operation %s has no method", op.Name)
	}
	source := l.Text(node.Get("requestUri"))
	uri, err := spec.ParseURI(l.path(op.Input, source))
	if err != nil {
		l.Problems.Add(node.At("/requestUri"), "", "path %.100q of operation %s is wrong: %v", source, op.Name, err)
	}
	op.HTTP.URI = uri
}

// path returns the labels of a path the names of their members, which is what Smithy
// calls them.
func (l *loader) path(input *spec.Shape, path string) string {
	if input == nil || len(l.wireLabels) == 0 {
		return path
	}
	names := map[string]string{}
	for _, m := range input.Members {
		if wire := l.wireLabels[m]; wire != "" {
			names[wire] = m.Name
		}
	}
	var b strings.Builder
	for {
		before, rest, open := strings.Cut(path, "{")
		label, after, closed := strings.Cut(rest, "}")
		if !open || !closed {
			b.WriteString(path)
			return b.String()
		}
		name, greedy := strings.CutSuffix(label, "+")
		if renamed := names[name]; renamed != "" {
			name = renamed
		}
		b.WriteString(before + "{" + name)
		if greedy {
			b.WriteByte('+')
		}
		b.WriteByte('}')
		path = after
	}
}
