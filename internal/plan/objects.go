package plan

import (
	"net/http"
	"slices"
	"strings"

	"example.com/lathe/spec"
)

// objects plans what calls that store and fetch objects do.
func (b *builder) objects(p *Operation) {
	b.pkg.Needs.Objects = true
	switch p.Response.Body.Kind {
	case NoBody, Members, Payload:
		p.ErrorBodies = p.Events == nil
	}
	upload := p.Request.Body.Kind == StreamBody
	if p.Request.Body.Typed = upload; upload {
		p.UnsignedOverTLS, p.UnsignedPayload = true, false
	}
	p.Continues = upload && p.Request.Method == http.MethodPut
	if upload && p.Checksum != nil && p.Checksum.Algorithm != nil {
		p.Checksum.Trailing = true
	}
	for i := range p.Request.Path {
		p.Request.Path[i].AsIs = p.Request.Path[i].Greedy
	}
}

// bare makes the only member of a body the body itself.
func (b *Body) bare() {
	if b.Kind == Members && len(b.Fields) == 1 {
		b.Kind, b.Field = Payload, b.Fields[0]
	}
}

// pathParts are the parts of an operation's path, but for labels that the endpoint has
// already: the rules have a parameter that the member sets.
func (b *builder) pathParts(op *spec.Operation, parts []spec.URIPart) []spec.URIPart {
	if len(b.custom().inEndpoint) == 0 {
		return parts
	}
	var kept []spec.URIPart
	for _, part := range parts {
		last := len(kept) - 1
		switch {
		case part.Label != "" && b.isInEndpoint(op, part.Label):
			kept[last].Literal = strings.TrimSuffix(kept[last].Literal, "/")
		case part.Literal != "" && last >= 0 && kept[last].Label == "":
			kept[last].Literal += part.Literal
		default:
			kept = append(kept, part)
		}
	}
	if kept[0].Literal == "" {
		kept[0].Literal = "/"
	}
	return kept
}

func (b *builder) isInEndpoint(op *spec.Operation, label string) bool {
	m := op.Input.Member(label)
	return slices.Contains(b.custom().inEndpoint, label) && m != nil && m.ContextParam != "" &&
		b.pkg.Endpoint.Param(m.ContextParam) != nil
}

// looseTimes adds to an output the text of headers that need not be a time.
func (b *builder) looseTimes(st *Struct, r *Response) {
	for i := range r.Headers {
		bound := &r.Headers[i]
		if bound.Value.Kind != KindTimestamp || !slices.Contains(b.custom().looseTimes, bound.Name) {
			continue
		}
		bound.Loose = true
		text := textField(bound)
		st.Fields = slices.Insert(st.Fields, slices.Index(st.Fields, bound.Field)+1, text)
		r.Headers = append(r.Headers, Binding{Field: text, Name: bound.Name, Value: text.Value})
	}
}

// textField is the field beside a loose time.
func textField(loose *Binding) *Field {
	name := loose.Field.Name + "String"
	return &Field{
		Name: name, Member: name, Pointer: true, Value: &Value{Kind: KindString, Type: basicTypes[spec.String]},
		Doc: []string{name + " is the text of " + loose.Field.Name + ", which is nil if that is no time."},
	}
}
