package spec

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// Dump writes an API as text: one line a node, in a fixed order, without
// documentation and positions. The same service has the same text from every
// format; goldens and comparisons of models are made of it.
func Dump(w io.Writer, api *API) error {
	d := dumper{w: w}
	d.line(0, "service", api.Name, attr("id", api.ID), attr("version", api.Version), attr("prefix", api.EndpointPrefix),
		attr("signing", api.SigningName), attr("protocols", join(api.Protocols)),
		flag("queryCompatible", api.QueryCompatible),
		attr("auth", join(api.Auth)), attr("errors", names(api.Errors)),
		attr("endpointOperation", api.EndpointOperation), xml(api.XML))
	byName := func(a, b *Operation) int { return strings.Compare(a.Name, b.Name) }
	for _, op := range slices.SortedFunc(slices.Values(api.Operations), byName) {
		d.operation(op)
	}
	for _, name := range slices.Sorted(maps.Keys(api.Shapes)) {
		d.shape(api.Shapes[name])
	}
	return d.err
}

type dumper struct {
	w   io.Writer
	err error
}

// line writes one node; attributes that are empty are left out.
func (d *dumper) line(indent int, kind, name string, attrs ...string) {
	parts := []string{kind}
	for _, p := range append([]string{name}, attrs...) {
		if p != "" {
			parts = append(parts, p)
		}
	}
	if d.err == nil {
		_, d.err = fmt.Fprintf(d.w, "%s%s\n", strings.Repeat("\t", indent), strings.Join(parts, " "))
	}
}

func (d *dumper) operation(op *Operation) {
	d.line(0, "operation", op.Name,
		attr("http", strings.TrimSpace(op.HTTP.Method+" "+op.HTTP.URI.Source)), number("status", op.HTTP.Status),
		attr("input", name(op.Input)), attr("output", name(op.Output)), attr("errors", names(op.Errors)),
		attr("host", op.HostPrefix), attr("endpointDiscovery", string(op.EndpointDiscovery)),
		flag("authOverride", op.Auth != nil), attr("auth", join(op.Auth)), flag("optionalAuth", op.OptionalAuth),
		flag("unsignedPayload", op.UnsignedPayload), flag("checksumRequired", op.ChecksumRequired),
		flag("longPoll", op.LongPoll),
		attr("compression", strings.Join(op.Compression, ",")), deprecated(op.Deprecated))
	if c := op.Checksum; c != nil {
		d.line(1, "checksum", "", flag("required", c.Required), attr("algorithm", c.AlgorithmMember),
			attr("mode", c.ModeMember),
			attr("response", strings.Join(c.ResponseAlgorithms, ",")))
	}
	for _, c := range op.StaticContext {
		d.line(1, "static", c.Name, attr("value", fmt.Sprint(c.Value)))
	}
	for _, c := range op.OperationContext {
		d.line(1, "context", c.Name, attr("path", fmt.Sprint(c.Value)))
	}
	if p := op.Pagination; p != nil {
		d.line(1, "paginated", "", attr("in", p.InputToken), attr("out", p.OutputToken), attr("items", p.Items),
			attr("size", p.PageSize), attr("more", p.MoreResults))
	}
	for _, w := range op.Waiters {
		d.line(1, "waiter", w.Name, number("min", w.MinDelay), number("max", w.MaxDelay), deprecated(w.Deprecated))
		for _, a := range w.Acceptors {
			d.line(2, a.State, a.Matcher, attr("path", a.Path), attr("comparator", a.Comparator), attr("expected", a.Expected))
		}
	}
}

func (d *dumper) shape(s *Shape) {
	d.line(0, s.Kind.String(), s.Name, append([]string{
		flag("sparse", s.Sparse), flag("streaming", s.Streaming), flag("requiresLength", s.RequiresLength),
		flag("sensitive", s.Sensitive),
		attr("timestamp", string(s.TimestampFormat)), attr("mediaType", s.MediaType), xml(s.XML), deprecated(s.Deprecated),
	}, constraints(s.Constraints)...)...)
	if e := s.Error; e != nil {
		fault := "client"
		if e.Server {
			fault = "server"
		}
		d.line(1, "error", fault, number("status", e.Status), attr("code", e.Code), attr("queryCode", e.QueryCode),
			flag("retryable", e.Retryable), flag("throttling", e.Throttling))
	}
	for _, v := range s.EnumValues {
		d.line(1, "value", v.Name, attr("value", v.Value), deprecated(v.Deprecated))
	}
	for m := range s.Edges {
		d.member(m)
	}
}

func (d *dumper) member(m *Member) {
	attrs := []string{
		m.Target.Name, flag("required", m.Required), flag("clientOptional", m.ClientOptional), defaultAttr(m.Default),
		location(m), attr("json", m.JSONName), attr("timestamp", string(m.TimestampFormat)), attr("mediaType", m.MediaType),
		flag("idempotencyToken", m.IdempotencyToken), flag("hostLabel", m.HostLabel), attr("contextParam", m.ContextParam),
		flag("eventHeader", m.EventHeader), flag("eventPayload", m.EventPayload), flag("jsonValue", m.JSONValue),
		flag("sensitive", m.Sensitive),
		xml(m.XML), deprecated(m.Deprecated),
	}
	d.line(1, "member", m.Name, append(attrs, constraints(m.Constraints)...)...)
}

func location(m *Member) string {
	if m.Location == InBody {
		return ""
	}
	if m.LocationName == "" {
		return m.Location.String()
	}
	return attr(m.Location.String(), m.LocationName)
}

// xml is how a shape or member looks in XML, and in forms.
func xml(x XML) string {
	namespace := x.NamespaceURI
	if x.NamespacePrefix != "" {
		namespace = x.NamespacePrefix + ":" + namespace
	}
	attrs := []string{
		attr("xml", x.Name), attr("ec2", x.EC2Name), attr("xmlns", namespace), flag("flattened", x.Flattened),
		flag("attribute", x.Attribute),
	}
	return strings.Join(slices.DeleteFunc(attrs, func(a string) bool { return a == "" }), " ")
}

func defaultAttr(d *Default) string {
	if d == nil {
		return ""
	}
	text, err := json.Marshal(d.Value)
	if err != nil {
		return "default=" + err.Error()
	}
	return "default=" + string(text) + flag("-added", d.Added)
}

func constraints(c Constraints) []string {
	return []string{
		attr("minLength", c.MinLength), attr("maxLength", c.MaxLength), attr("min", c.Min), attr("max", c.Max),
		attr("pattern", c.Pattern), flag("unique", c.Unique),
	}
}

// attr returns key=value, quoted where it has to be; "" for an empty value.
func attr(key, value string) string {
	if value == "" {
		return ""
	}
	if strings.ContainsAny(value, " \"\\\n\t=") {
		value = strconv.Quote(value)
	}
	return key + "=" + value
}

func flag(key string, on bool) string {
	if on {
		return key
	}
	return ""
}

func number(key string, n int) string {
	if n == 0 {
		return ""
	}
	return key + "=" + strconv.Itoa(n)
}

func deprecated(d *Deprecation) string { return flag("deprecated", d != nil) }

func name(s *Shape) string {
	if s == nil {
		return ""
	}
	return s.Name
}

func names(shapes []*Shape) string {
	all := make([]string, len(shapes))
	for i, s := range shapes {
		all[i] = s.Name
	}
	slices.Sort(all)
	return strings.Join(all, ",")
}

func join[T ~string](items []T) string {
	all := make([]string, len(items))
	for i, item := range items {
		all[i] = string(item)
	}
	return strings.Join(all, ",")
}
