package plan

import (
	"net/textproto"
	"slices"

	"example.com/lathe/spec"
)

// request plans how an input becomes a request; encodeBody names the function of its
// members in the body.
func (b *builder) request(op *spec.Operation, fields map[*spec.Member]*Field, encodeBody string) Request {
	http := b.protocol.Bind(b.api, op)
	r := Request{
		Method: http.Method, EndsWithSlash: http.EndsWithSlash, HeaderLiterals: append(http.Headers, b.literalHeaders()...),
	}
	for _, q := range http.URI.Query {
		r.QueryLiterals = append(r.QueryLiterals, QueryLiteral(q))
	}
	bindings := b.bindings(op.Input, fields, b.protocol.Location)
	labels := map[string]*Binding{}
	for i, bound := range bindings[spec.InLabel] {
		labels[bound.Name] = &bindings[spec.InLabel][i]
	}
	for _, part := range b.pathParts(op, http.URI.Path) {
		r.Path = append(r.Path, PathPart{Literal: part.Literal, Binding: labels[part.Label], Greedy: part.Greedy})
	}
	r.Query, r.QueryParams = bindings[spec.InQuery], bindings[spec.InQueryParams]
	r.Headers, r.PrefixHeaders = bindings[spec.InHeader], bindings[spec.InPrefixHeaders]
	r.Headers = slices.DeleteFunc(r.Headers, func(b Binding) bool { return b.Field.Spec.IsLength() })
	if !b.custom().wholeEndpoints {
		r.Host = hostParts(op, fields)
	}
	r.Body = b.body(op.Input, fields, b.protocol.Location, encodeBody, b.encoded)
	r.Body.Length = lengthField(op.Input, fields)
	if http.HasBody && r.Body.Kind == NoBody {
		r.Body.Kind, r.Body.ContentType = Members, b.contentType()
	}
	r.Body.Form, r.Body.Root = http.Form, b.rootTag(op.Input, r.Body)
	return r
}

// rootTag is the start tag of a request's body; empty where it has none.
func (b *builder) rootTag(s *spec.Shape, body Body) string {
	switch {
	case b.protocol.Root == nil:
		return ""
	case body.Kind == Members && s != nil:
		return b.protocol.Root(b.api, s, nil)
	case body.Kind == Payload:
		return b.protocol.Root(b.api, body.Field.Spec.Target, body.Field.Spec)
	default:
		return ""
	}
}

// locate returns where a message has a member, [protocol.Protocol.Location] for requests.
type locate func(*spec.Member) spec.Location

// bindings groups the members that are bound outside of the body by location, in
// the order of the model.
func (b *builder) bindings(s *spec.Shape, fields map[*spec.Member]*Field, location locate) map[spec.Location][]Binding {
	bound := map[spec.Location][]Binding{}
	if s == nil {
		return bound
	}
	for _, m := range s.Members {
		f, at, name := fields[m], location(m), m.LocationName
		if f == nil || at == spec.InBody || at == spec.InPayload {
			continue
		}
		if at == spec.InHeader {
			name = textproto.CanonicalMIMEHeaderKey(name)
		}
		bound[at] = append(bound[at], Binding{Field: f, Name: name, Value: b.boundValue(m, at)})
	}
	return bound
}

// lengthField is the field that says how long a stream is; nil when there is none.
func lengthField(s *spec.Shape, fields map[*spec.Member]*Field) *Field {
	if s != nil {
		for _, m := range s.Members {
			if m.IsLength() {
				return fields[m]
			}
		}
	}
	return nil
}

// hostParts splits the host prefix into text and host labels.
func hostParts(op *spec.Operation, fields map[*spec.Member]*Field) []PathPart {
	if op.HostPrefix == "" {
		return nil
	}
	// ParseURI reads the same syntax when it starts with a slash.
	uri, err := spec.ParseURI("/" + op.HostPrefix)
	if err != nil {
		return nil // Unsupported has reported
	}
	var parts []PathPart
	for i, part := range uri.Path {
		if i == 0 {
			part.Literal = part.Literal[1:]
		}
		if part.Label == "" {
			if part.Literal != "" {
				parts = append(parts, PathPart{Literal: part.Literal})
			}
			continue
		}
		if f := fields[op.Input.Member(part.Label)]; f != nil { // one without is a problem already
			parts = append(parts, PathPart{Binding: &Binding{Field: f, Name: part.Label, Value: f.Value}})
		}
	}
	return parts
}

func (b *builder) response(s *spec.Shape, fields map[*spec.Member]*Field, fn string) Response {
	bindings := b.bindings(s, fields, b.protocol.LocationInResponse)
	r := Response{Headers: bindings[spec.InHeader], PrefixHeaders: bindings[spec.InPrefixHeaders]}
	if status := bindings[spec.InStatusCode]; len(status) > 0 {
		r.StatusCode = status[0].Field
	}
	r.Body = b.body(s, fields, b.protocol.LocationInResponse, fn, b.decoded)
	return r
}

// body plans a message's body and marks what its codec reaches.
func (b *builder) body(s *spec.Shape, fields map[*spec.Member]*Field, location locate, fn string, to *reached) Body {
	body := Body{Func: fn}
	if s == nil {
		return body
	}
	for _, m := range s.Members {
		if fields[m] == nil {
			continue
		}
		switch location(m) {
		case spec.InPayload:
			body = b.payload(m, fields[m])
			body.Func = fn
			to.mark(m)
			return body
		case spec.InBody:
			body.Kind, body.ContentType = Members, b.contentType()
			body.Fields = append(body.Fields, fields[m])
			to.mark(m)
		}
	}
	return body
}

const (
	blobType  = "application/octet-stream"
	plainType = "text/plain"
)

func (b *builder) payload(m *spec.Member, f *Field) Body {
	body := Body{Field: f, ContentType: b.contentType(), Kind: Payload, RequiresLength: m.Target.RequiresLength}
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

// reached are the shapes whose functions are called in one direction.
type reached struct {
	shapes map[*spec.Shape]bool
	// inlines: a flattened list or map has no function, because its elements stand among
	// other members.
	inlines bool
}

// mark adds what is called for a member.
func (r *reached) mark(m *spec.Member) {
	for queue := []*spec.Member{m}; len(queue) > 0; queue = queue[1:] {
		m, target := queue[0], queue[0].Target
		isList := target.Kind == spec.List || target.Kind == spec.Map
		if !r.inlines || !isList || !m.XML.Flattened {
			if r.shapes[target] {
				continue
			}
			r.shapes[target] = true
		}
		for edge := range target.Edges {
			queue = append(queue, edge)
		}
	}
}
