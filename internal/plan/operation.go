package plan

import (
	"net/textproto"
	"slices"
	"strings"

	"example.com/lathe/internal/naming"
	"example.com/lathe/spec"
)

// operation plans one operation and marks the shapes whose codec functions it
// needs.
func (b *builder) operation(op *spec.Operation) {
	name := naming.Exported(op.Name)
	p := &Operation{
		Spec: op, Name: b.methods.Free(name), Var: "op" + name, Encode: "encode" + name + "Request", Decode: "decode" + name + "Response",
		UnsignedPayload: op.UnsignedPayload, Auth: authSchemes(b.api, op), Compression: op.Compression,
	}
	p.Input = b.ioStruct(name+"Input", op.Input, "input")
	p.Output = b.ioStruct(name+"Output", op.Output, "output")
	fields := fieldsOf(op.Input, p.Input)
	p.Request = b.request(op, fields)
	p.Response = b.response(op.Output, fieldsOf(op.Output, p.Output), "decode"+p.Output.Name)
	p.Token = tokenField(op.Input, fields)
	p.Checksum = checksum(op, fields)
	p.Account = accountField(b.api, fields)
	p.TreeHash = treeHashed[b.api.ID] && p.Request.Body.Kind != NoBody
	p.SensitiveInput, p.SensitiveOutput = isSensitive(op.Input), isSensitive(op.Output)
	if op.Input != nil && b.validates[op.Input] {
		p.Validate = "validate" + p.Input.Name
	}
	if p.Token != nil || p.Account != nil {
		p.Fill = "fill" + p.Input.Name
	}
	if len(p.Compression) > 0 || p.TreeHash || p.Checksum.asks() {
		p.Finish = "finish" + name + "Request"
	}
	for _, e := range op.AllErrors(b.api) {
		p.Errors = append(p.Errors, b.errorDecoder(e))
	}
	// Formats list errors in orders of their own.
	slices.SortFunc(p.Errors, func(a, b *ErrorDecoder) int { return strings.Compare(a.Code, b.Code) })
	p.Endpoint = endpointBindings(op, p.Input)
	p.Doc = operationDoc(p, op)
	b.needs(op, p)
	b.pkg.Operations = append(b.pkg.Operations, p)
}

// ioStruct plans an operation's input or output, which live in the client
// package. An operation without gets an empty one.
func (b *builder) ioStruct(name string, s *spec.Shape, what string) *Struct {
	name = b.root.Free(name)
	st := &Struct{Name: name, Type: &Type{Import: b.pkg.ImportPath, Name: name}}
	st.Doc = ioDoc(name, what, s)
	if s == nil {
		return st
	}
	var reserved []string
	if what == "output" {
		reserved = []string{"ResultMetadata"}
	}
	st.Fields = b.fields(s, b.fieldNames(s, reserved...))
	for _, f := range st.Fields {
		if f.Value.Kind == KindStream {
			f.Value = stream(f.Value, what)
		}
	}
	return st
}

// stream gives a stream's value the type of its direction: what is sent is read,
// what is received must also be closed.
func stream(v *Value, what string) *Value {
	own := *v
	own.Type = &Type{Import: "io", Name: "Reader"}
	if what == "output" {
		own.Type = &Type{Import: "io", Name: "ReadCloser"}
	}
	return &own
}

// fieldsOf pairs the members of a structure with the fields planned for them.
func fieldsOf(s *spec.Shape, st *Struct) map[*spec.Member]*Field {
	fields := map[*spec.Member]*Field{}
	if s == nil {
		return fields
	}
	for _, f := range st.Fields {
		if m := s.Member(f.Member); m != nil && f.Member != "" {
			fields[m] = f
		}
	}
	return fields
}

func (b *builder) request(op *spec.Operation, fields map[*spec.Member]*Field) Request {
	r := Request{Method: op.HTTP.Method, HeaderLiterals: literalHeaders(b.api)}
	for _, q := range op.HTTP.URI.Query {
		r.QueryLiterals = append(r.QueryLiterals, QueryLiteral(q))
	}
	bindings := b.bindings(op.Input, fields)
	labels := map[string]*Binding{}
	for i, bound := range bindings[spec.InLabel] {
		labels[bound.Name] = &bindings[spec.InLabel][i]
	}
	for _, part := range op.HTTP.URI.Path {
		r.Path = append(r.Path, PathPart{Literal: part.Literal, Binding: labels[part.Label], Greedy: part.Greedy})
	}
	r.Query, r.QueryParams = bindings[spec.InQuery], bindings[spec.InQueryParams]
	r.Headers, r.PrefixHeaders = bindings[spec.InHeader], bindings[spec.InPrefixHeaders]
	r.Host = hostParts(op, fields)
	r.Body = b.body(op.Input, fields, "encode"+naming.Exported(op.Name)+"Input", b.encoded)
	return r
}

// bindings groups the members that are bound outside of the body by location, in
// the order of the model.
func (b *builder) bindings(s *spec.Shape, fields map[*spec.Member]*Field) map[spec.Location][]Binding {
	bound := map[spec.Location][]Binding{}
	if s == nil {
		return bound
	}
	for _, m := range s.Members {
		f := fields[m]
		switch {
		case f == nil:
		case m.Location == spec.InHeader:
			name := textproto.CanonicalMIMEHeaderKey(m.LocationName)
			bound[m.Location] = append(bound[m.Location], Binding{Field: f, Name: name, Value: b.boundValue(m)})
		case m.Location != spec.InBody && m.Location != spec.InPayload:
			bound[m.Location] = append(bound[m.Location], Binding{Field: f, Name: m.LocationName, Value: b.boundValue(m)})
		}
	}
	return bound
}

// hostParts splits the host prefix into text and host labels.
func hostParts(op *spec.Operation, fields map[*spec.Member]*Field) []PathPart {
	if op.HostPrefix == "" {
		return nil
	}
	// ParseURI reads the same syntax when it starts with a slash.
	uri, err := spec.ParseURI("/" + op.HostPrefix)
	if err != nil {
		return nil // Unsupported has told
	}
	var parts []PathPart
	for i, part := range uri.Path {
		if i == 0 {
			part.Literal = part.Literal[1:]
		}
		if part.Label != "" {
			f := fields[op.Input.Member(part.Label)]
			parts = append(parts, PathPart{Binding: &Binding{Field: f, Name: part.Label, Value: f.Value}})
		} else if part.Literal != "" {
			parts = append(parts, PathPart{Literal: part.Literal})
		}
	}
	return parts
}

func (b *builder) response(s *spec.Shape, fields map[*spec.Member]*Field, fn string) Response {
	bindings := b.bindings(s, fields)
	r := Response{Headers: bindings[spec.InHeader], PrefixHeaders: bindings[spec.InPrefixHeaders]}
	if status := bindings[spec.InStatusCode]; len(status) > 0 {
		r.StatusCode = status[0].Field
	}
	r.Body = b.body(s, fields, fn, b.decoded)
	return r
}

// body plans a message's body and marks what its codec reaches.
func (b *builder) body(s *spec.Shape, fields map[*spec.Member]*Field, fn string, mark map[*spec.Shape]bool) Body {
	body := Body{Func: fn}
	if s == nil {
		return body
	}
	for _, m := range s.Members {
		if fields[m] == nil {
			continue
		}
		switch m.Location {
		case spec.InPayload:
			body = b.payload(m, fields[m])
			body.Func = fn
			markReached(mark, m.Target)
			return body
		case spec.InBody:
			body.Kind, body.ContentType = Members, jsonType
			body.Fields = append(body.Fields, fields[m])
			markReached(mark, m.Target)
		}
	}
	return body
}

const (
	jsonType  = "application/json"
	blobType  = "application/octet-stream"
	plainType = "text/plain"
)

func (b *builder) payload(m *spec.Member, f *Field) Body {
	body := Body{Field: f, ContentType: jsonType, Kind: Payload, RequiresLength: m.Target.RequiresLength}
	switch f.Value.Kind {
	case KindStream:
		body.Kind, body.ContentType = StreamBody, blobType
	case KindBlob:
		body.Kind, body.ContentType = BlobBody, blobType
	case KindString, KindEnum:
		body.Kind, body.ContentType = TextBody, plainType
	}
	if f.Value.MediaType != "" && body.Kind != Payload {
		body.ContentType = f.Value.MediaType
	}
	return body
}

// markReached marks the shapes that a codec of the root calls.
func markReached(mark map[*spec.Shape]bool, root *spec.Shape) {
	for _, s := range spec.Closure(root) {
		mark[s] = true
	}
}

// tokenField is the field that an idempotency token fills, or nil.
func tokenField(s *spec.Shape, fields map[*spec.Member]*Field) *Field {
	if s == nil {
		return nil
	}
	for _, m := range s.Members {
		if m.IdempotencyToken && fields[m] != nil && fields[m].Pointer && fields[m].Value.Kind == KindString {
			return fields[m]
		}
	}
	return nil
}

// asks reports whether something of a request or response follows from the checksum.
func (c *Checksum) asks() bool {
	return c != nil && (c.MD5 || c.Algorithm != nil || c.Mode != nil || c.Required)
}

func checksum(op *spec.Operation, fields map[*spec.Member]*Field) *Checksum {
	if op.Checksum == nil {
		if op.ChecksumRequired {
			return &Checksum{MD5: true}
		}
		return nil
	}
	c := &Checksum{Required: op.Checksum.Required || op.ChecksumRequired, Response: op.Checksum.ResponseAlgorithms}
	if op.Input != nil {
		c.Algorithm = fields[op.Input.Member(op.Checksum.AlgorithmMember)]
		c.Mode = fields[op.Input.Member(op.Checksum.ModeMember)]
	}
	return c
}

// authSchemes are the schemes of an operation, preferred first; a call that may
// go unsigned ends with the scheme of no authentication.
func authSchemes(api *spec.API, op *spec.Operation) []string {
	schemes := api.Auth
	if op.Auth != nil {
		schemes = op.Auth
	}
	if len(schemes) == 0 && op.Auth == nil && api.SigningName != "" {
		schemes = []spec.AuthScheme{spec.SigV4}
	}
	var ids []string
	for _, s := range schemes {
		ids = append(ids, string(s))
	}
	if (len(ids) == 0 || op.OptionalAuth) && !slices.Contains(ids, string(spec.NoAuth)) {
		ids = append(ids, string(spec.NoAuth))
	}
	return ids
}

// isSensitive says whether anything that a structure reaches must not be logged.
func isSensitive(s *spec.Shape) bool {
	if s == nil {
		return false
	}
	for _, shape := range spec.Closure(s) {
		if shape.Sensitive {
			return true
		}
		for m := range shape.Edges {
			if m.IsSensitive() {
				return true
			}
		}
	}
	return false
}

// needs notes which optional parts of the client the operation calls for.
func (b *builder) needs(op *spec.Operation, p *Operation) {
	n := &b.pkg.Needs
	n.Codec = true // errors are JSON always
	n.Idempotency = n.Idempotency || p.Token != nil
	n.Bearer = n.Bearer || slices.Contains(p.Auth, string(spec.HTTPBearer))
	n.Compression = n.Compression || len(p.Compression) > 0
	n.Checksum = n.Checksum || p.Checksum != nil
	n.TreeHash = n.TreeHash || p.TreeHash
	for _, s := range spec.Reached(b.api, op) {
		n.Document = n.Document || s.Kind == spec.Document
	}
}
