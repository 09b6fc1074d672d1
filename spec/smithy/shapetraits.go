package smithy

import (
	"strings"

	"example.com/lathe/spec"
	"example.com/lathe/spec/tree"
)

// shapeTraits are the traits that count for shapes that hold data. Errors have
// more, see errorTraits.
var shapeTraits = setters[spec.Shape]{
	"smithy.api#documentation":   func(l *loader, s *spec.Shape, v tree.Value) { s.Documentation = l.Text(v) },
	"smithy.api#deprecated":      func(l *loader, s *spec.Shape, v tree.Value) { s.Deprecated = l.deprecation(v) },
	"smithy.api#sensitive":       func(l *loader, s *spec.Shape, v tree.Value) { s.Sensitive = l.annotation(v) },
	"smithy.api#sparse":          func(l *loader, s *spec.Shape, v tree.Value) { s.Sparse = l.annotation(v) },
	"smithy.api#input":           func(l *loader, s *spec.Shape, v tree.Value) { s.Input = l.annotation(v) },
	"smithy.api#streaming":       func(l *loader, s *spec.Shape, v tree.Value) { s.Streaming = l.annotation(v) },
	"smithy.api#requiresLength":  func(l *loader, s *spec.Shape, v tree.Value) { s.RequiresLength = l.annotation(v) },
	"smithy.api#timestampFormat": func(l *loader, s *spec.Shape, v tree.Value) { s.TimestampFormat = l.timestampFormat(v) },
	"smithy.api#mediaType":       func(l *loader, s *spec.Shape, v tree.Value) { s.MediaType = l.Text(v) },
	"smithy.api#length":          func(l *loader, s *spec.Shape, v tree.Value) { l.length(&s.Constraints, v) },
	"smithy.api#range":           func(l *loader, s *spec.Shape, v tree.Value) { l.limits(&s.Constraints, v) },
	"smithy.api#pattern":         func(l *loader, s *spec.Shape, v tree.Value) { s.Constraints.Pattern = spec.PlainPattern(l.Text(v)) },
	"smithy.api#uniqueItems":     func(l *loader, s *spec.Shape, v tree.Value) { s.Constraints.Unique = l.annotation(v) },
	"smithy.api#xmlName":         func(l *loader, s *spec.Shape, v tree.Value) { s.XML.Name = l.Text(v) },
	"smithy.api#xmlNamespace":    func(l *loader, s *spec.Shape, v tree.Value) { l.namespaceOf(&s.XML, v) },
}

// deprecation reads smithy.api#deprecated; it is nil when the trait is not there.
func (l *loader) deprecation(v tree.Value) *spec.Deprecation {
	if !l.annotation(v) {
		return nil
	}
	return &spec.Deprecation{Message: l.Text(v.Get("message")), Since: l.Text(v.Get("since"))}
}

func (l *loader) timestampFormat(v tree.Value) spec.TimestampFormat {
	switch f := spec.TimestampFormat(l.Text(v)); f {
	case spec.DateTime, spec.HTTPDate, spec.EpochSeconds, "":
		return f
	default:
		l.Problems.Add(v.Pos(), "use date-time, http-date or epoch-seconds", "timestamp format %q is not known", f)
		return ""
	}
}

// length reads the limits of a length. A minimum of zero says nothing.
func (l *loader) length(c *spec.Constraints, v tree.Value) {
	if l.Expect(v, tree.Object) {
		c.MinLength, c.MaxLength = l.Number(v.Get("min")), l.Number(v.Get("max"))
	}
	if c.MinLength == "0" {
		c.MinLength = ""
	}
}

// limits reads the limits of a number.
func (l *loader) limits(c *spec.Constraints, v tree.Value) {
	if l.Expect(v, tree.Object) {
		c.Min, c.Max = l.Number(v.Get("min")), l.Number(v.Get("max"))
	}
}

func (l *loader) namespaceOf(x *spec.XML, v tree.Value) {
	if l.Expect(v, tree.Object) {
		x.NamespaceURI, x.NamespacePrefix = l.Text(v.Get("uri")), l.Text(v.Get("prefix"))
	}
}

// errorTraits reads what a model says of an error. The code and status that the
// query protocols use belong to services that speak them.
func (l *loader) errorTraits(fault tree.Value, t traits) *spec.ErrorTraits {
	e := &spec.ErrorTraits{Server: l.Text(fault) == "server", Status: l.Integer(t.get("smithy.api#httpError"))}
	if !e.Server && fault.Kind() == tree.String && fault.Text() != "client" {
		l.Problems.Add(fault.Pos(), "", "the fault of an error is client or server, not %q", fault.Text())
	}
	if retryable := t.get("smithy.api#retryable"); l.annotation(retryable) {
		e.Retryable, e.Throttling = true, l.Flag(retryable.Get("throttling"))
	}
	if query := l.Object(t.get("aws.protocols#awsQueryError")); query.Exists() && l.query {
		e.QueryCode = l.Text(query.Get("code"))
		if e.Status == 0 {
			e.Status = l.Integer(query.Get("httpResponseCode"))
		}
	}
	return e
}

// memberTraits are the traits that count for members.
var memberTraits = setters[spec.Member]{
	"smithy.api#documentation":    func(l *loader, m *spec.Member, v tree.Value) { m.Documentation = l.Text(v) },
	"smithy.api#deprecated":       func(l *loader, m *spec.Member, v tree.Value) { m.Deprecated = l.deprecation(v) },
	"smithy.api#required":         func(l *loader, m *spec.Member, v tree.Value) { m.Required = l.annotation(v) },
	"smithy.api#clientOptional":   func(l *loader, m *spec.Member, v tree.Value) { m.ClientOptional = l.annotation(v) },
	"smithy.api#jsonName":         func(l *loader, m *spec.Member, v tree.Value) { m.JSONName = l.Text(v) },
	"smithy.api#timestampFormat":  func(l *loader, m *spec.Member, v tree.Value) { m.TimestampFormat = l.timestampFormat(v) },
	"smithy.api#mediaType":        func(l *loader, m *spec.Member, v tree.Value) { m.MediaType = l.Text(v) },
	"smithy.api#idempotencyToken": func(l *loader, m *spec.Member, v tree.Value) { m.IdempotencyToken = l.annotation(v) },
	"smithy.api#hostLabel":        func(l *loader, m *spec.Member, v tree.Value) { m.HostLabel = l.annotation(v) },
	"smithy.rules#contextParam":   func(l *loader, m *spec.Member, v tree.Value) { m.ContextParam = l.Text(l.Object(v).Get("name")) },
	"smithy.api#eventHeader":      func(l *loader, m *spec.Member, v tree.Value) { m.EventHeader = l.annotation(v) },
	"smithy.api#eventPayload":     func(l *loader, m *spec.Member, v tree.Value) { m.EventPayload = l.annotation(v) },
	"smithy.api#sensitive":        func(l *loader, m *spec.Member, v tree.Value) { m.Sensitive = l.annotation(v) },
	"smithy.api#length":           func(l *loader, m *spec.Member, v tree.Value) { l.length(&m.Constraints, v) },
	"smithy.api#range":            func(l *loader, m *spec.Member, v tree.Value) { l.limits(&m.Constraints, v) },
	"smithy.api#pattern":          func(l *loader, m *spec.Member, v tree.Value) { m.Constraints.Pattern = spec.PlainPattern(l.Text(v)) },
	"smithy.api#uniqueItems":      func(l *loader, m *spec.Member, v tree.Value) { m.Constraints.Unique = l.annotation(v) },
	"smithy.api#xmlName":          func(l *loader, m *spec.Member, v tree.Value) { m.XML.Name = l.Text(v) },
	"smithy.api#xmlNamespace":     func(l *loader, m *spec.Member, v tree.Value) { l.namespaceOf(&m.XML, v) },
	"smithy.api#xmlFlattened":     func(l *loader, m *spec.Member, v tree.Value) { m.XML.Flattened = l.annotation(v) },
	"smithy.api#xmlAttribute":     func(l *loader, m *spec.Member, v tree.Value) { m.XML.Attribute = l.annotation(v) },
	"aws.protocols#ec2QueryName":  func(l *loader, m *spec.Member, v tree.Value) { m.XML.EC2Name = l.Text(v) },
	"smithy.api#httpLabel":        func(l *loader, m *spec.Member, v tree.Value) { l.annotation(v); l.bind(m, v, spec.InLabel, m.Name) },
	"smithy.api#httpQuery":        func(l *loader, m *spec.Member, v tree.Value) { l.bind(m, v, spec.InQuery, l.Text(v)) },
	"smithy.api#httpQueryParams": func(l *loader, m *spec.Member, v tree.Value) {
		l.annotation(v)
		l.bind(m, v, spec.InQueryParams, "")
	},
	"smithy.api#httpHeader":        func(l *loader, m *spec.Member, v tree.Value) { l.bind(m, v, spec.InHeader, l.Text(v)) },
	"smithy.api#httpPrefixHeaders": func(l *loader, m *spec.Member, v tree.Value) { l.bind(m, v, spec.InPrefixHeaders, l.Text(v)) },
	"smithy.api#httpPayload":       func(l *loader, m *spec.Member, v tree.Value) { l.annotation(v); l.bind(m, v, spec.InPayload, "") },
	"smithy.api#httpResponseCode":  func(l *loader, m *spec.Member, v tree.Value) { l.annotation(v); l.bind(m, v, spec.InStatusCode, "") },
}

// bind puts a member into a part of the HTTP message, for protocols that do so.
func (l *loader) bind(m *spec.Member, v tree.Value, to spec.Location, name string) {
	if !l.bindings {
		return
	}
	if m.Location != spec.InBody && m.Location != to {
		_, binding, _ := strings.Cut(v.Name(), "#")
		l.Problems.Add(v.NamePos(), "keep one binding", "member %s is bound to the %s already and cannot have %s",
			m.Name, m.Location, binding)
		return
	}
	m.Location, m.LocationName = to, name
}
