package plan

import (
	"slices"
	"strings"

	"example.com/lathe/spec"
)

// operation completes the plan of an operation and marks the shapes whose codec
// functions it needs.
func (b *builder) operation(op *spec.Operation) {
	p := b.operations[op]
	p.Spec, p.UnsignedPayload, p.Auth, p.Compression = op, op.UnsignedPayload, authSchemes(b.api, op), op.Compression
	b.ioStruct(p.Input, op.Input, "input")
	b.ioStruct(p.Output, op.Output, "output")
	fields := fieldsOf(p.Input)
	p.Request = b.request(op, fields, p.Request.Body.Func)
	p.Response = b.response(op.Output, fieldsOf(p.Output), p.Response.Body.Func)
	b.looseTimes(p.Output, &p.Response)
	b.eventStream(op, p)
	if b.protocol.Result != nil {
		p.Response.Body.Result = b.protocol.Result(op)
	}
	p.Token = tokenField(op.Input, fields)
	p.Checksum = checksum(op, fields)
	p.Account = accountField(b.api, fields)
	b.customize(op, p)
	p.SensitiveInput = b.secret[op.Input]
	p.SensitiveURL = b.hasSecretURL(op.Input)
	p.SensitiveOutput = b.secret[op.Output] ||
		slices.ContainsFunc(op.AllErrors(b.api), func(s *spec.Shape) bool { return b.secret[s] })
	dropUnless(&p.Validate, op.Input != nil && b.validates[op.Input])
	dropUnless(&p.Fill, p.Token != nil || p.Account != nil || len(p.Segments) > 0 || p.OnOutposts != nil)
	dropUnless(&p.Check, p.Messages != nil)
	dropUnless(&p.Finish, len(p.Compression) > 0 || p.TreeHash || p.Checksum.asks())
	for _, e := range op.AllErrors(b.api) {
		p.Errors = append(p.Errors, b.errorDecoder(e))
	}
	// Formats list errors in orders of their own.
	slices.SortFunc(p.Errors, func(a, b *ErrorDecoder) int { return strings.Compare(a.Code, b.Code) })
	bindings, problems := bindEndpoint(b.api, b.pkg.Endpoint, op, ioNames{b, op.Input, p.Input}, b.secret)
	p.Endpoint = bindings
	b.problems = append(b.problems, problems...)
	b.presigns(op, p)
	b.paginator(op, p)
	b.waiters(op, p)
	if dropUnless(&p.APIClient, p.Paginator != nil || len(p.Waiters) > 0); p.APIClient != "" {
		p.APIClientDoc = apiClientDoc(p)
	}
	p.Doc = operationDoc(p, op)
	b.needs(op, p)
	b.pkg.Operations = append(b.pkg.Operations, p)
}

// dropUnless empties a name that was made for nothing.
func dropUnless(name *string, needed bool) {
	if !needed {
		*name = ""
	}
}

// ioStruct completes the plan of an operation's input or output, which live in the
// client package. An operation without gets an empty one.
func (b *builder) ioStruct(st *Struct, s *spec.Shape, what string) {
	st.Type = &Type{Import: b.pkg.ImportPath, Name: st.Name}
	st.Doc = ioDoc(st.Name, what, s)
	if s == nil {
		return
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
	st.Redaction = b.redact(s, st.Fields)
}

// stream returns a stream's value with the type of its direction: what is sent is read,
// what is received must also be closed.
func stream(v *Value, what string) *Value {
	own := *v
	own.Type = &Type{Import: "io", Name: "Reader"}
	if what == "output" {
		own.Type = &Type{Import: "io", Name: "ReadCloser"}
	}
	return &own
}

// fieldsOf returns the fields of a structure by the members that they stand for.
func fieldsOf(st *Struct) map[*spec.Member]*Field {
	fields := map[*spec.Member]*Field{}
	for _, f := range st.Fields {
		if f.Spec != nil {
			fields[f.Spec] = f
		}
	}
	return fields
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

// hasSecretURL reports whether an input has sensitive members that travel in the URL.
func (b *builder) hasSecretURL(in *spec.Shape) bool {
	if in == nil {
		return false
	}
	return slices.ContainsFunc(in.Members, func(m *spec.Member) bool {
		inURL := m.HostLabel || m.Location == spec.InLabel || m.Location == spec.InQuery || m.Location == spec.InQueryParams
		return inURL && (in.Sensitive || m.IsSensitive() || b.secret[m.Target])
	})
}

// asks reports whether something of a request or response follows from the checksum.
func (c *Checksum) asks() bool {
	return c != nil && (c.MD5 || c.Algorithm != nil || c.Mode != nil || c.Required)
}

// Computed reports whether a checksum with an algorithm may be sent.
func (c *Checksum) Computed() bool {
	return c != nil && (c.Algorithm != nil || c.Required)
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

// needs notes which optional parts of the client the operation calls for.
func (b *builder) needs(op *spec.Operation, p *Operation) {
	n := &b.pkg.Needs
	n.Bearer = n.Bearer || slices.Contains(p.Auth, string(spec.HTTPBearer))
	n.Compression = n.Compression || len(p.Compression) > 0
	n.Checksum = n.Checksum || p.Checksum != nil
	for _, s := range spec.Reached(b.api, op) {
		n.Document = n.Document || s.Kind == spec.Document
	}
}
