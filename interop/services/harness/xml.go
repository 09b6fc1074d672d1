package harness

import (
	"bytes"
	"cmp"
	"encoding/base64"
	"encoding/xml"
	"fmt"
	"maps"
	"math"
	"net/url"
	"slices"
	"strings"
)

// xmlFormat is how the protocols with answers in XML write them. Their requests are forms or
// XML.
type xmlFormat struct{}

// namespace is what answers declare. Nobody may look at it.
const namespace = `xmlns="https://example.com/doc/2010-05-08/"`

func (xmlFormat) output(w *wire, op *operation, members map[string]any) []byte {
	x := xmlWriter{wire: w}
	s := &shape{}
	if op.Output != nil {
		s = w.model.Shapes[op.Output.Shape]
	}
	x.begin()
	switch w.model.protocol {
	case "awsQuery":
		x.element(op.Name+"Response", namespace, func() {
			if op.Output != nil {
				x.element(op.Name+"Result", "", func() { x.members(s, members) })
			}
			x.element("ResponseMetadata", "", func() { x.leaf("RequestId", "request-2") })
		})
	case "ec2Query":
		x.element(op.Name+"Response", namespace, func() {
			x.leaf("requestId", "request-2")
			x.members(s, members)
		})
	default:
		if op.Output == nil || !s.hasBody() {
			return nil
		}
		x.element(cmp.Or(s.LocationName, op.Output.element(op.Output.Shape)), namespace, func() { x.members(s, members) })
	}
	return x.Bytes()
}

// hasBody reports whether a member of an output of an HTTP binding travels in the body.
func (s *shape) hasBody() bool {
	for _, m := range s.Members {
		if m.Location == "" {
			return true
		}
	}
	return false
}

func (xmlFormat) payload(w *wire, member *ref, value any) []byte {
	s := w.model.Shapes[member.Shape]
	x := xmlWriter{wire: w}
	x.begin()
	x.element(member.element(cmp.Or(s.LocationName, member.Shape)), namespace, func() {
		if members, ok := value.(map[string]any); ok {
			x.members(s, members)
		}
	})
	return x.Bytes()
}

func (xmlFormat) announce(*wire, *answer, *failure) map[string]any { return nil }

// failure writes an error into what the protocol has around it. What an error says is in an
// element Message, also where the model calls the member message.
func (xmlFormat) failure(w *wire, e *failure, members map[string]any) []byte {
	x := xmlWriter{wire: w}
	if e.name == "InvalidChangeBatch" && w.IntN(2) == 0 { // route53 has two forms
		x.element(e.name, namespace, func() {
			x.element("Messages", "", func() {
				x.leaf("Message", w.values.text())
				x.leaf("Message", w.values.label())
			})
			x.leaf("RequestId", "request-2")
		})
		return x.Bytes()
	}
	fault := []string{"Sender", "Receiver"}[w.IntN(2)]
	content := func() {
		x.leaf("Code", e.code)
		if w.model.protocol != "ec2Query" {
			x.leaf("Type", fault)
		}
		for _, name := range sorted(members) {
			if text, ok := members[name].(string); ok && strings.EqualFold(name, "message") {
				x.leaf("Message", text)
			} else if !strings.EqualFold(name, "code") && !strings.EqualFold(name, "type") {
				x.member(name, e.shape.Members[name], members[name])
			}
		}
		x.unknown()
	}
	x.begin()
	switch {
	case w.model.protocol == "ec2Query":
		x.element("Response", "", func() {
			x.element("Errors", "", func() { x.element("Error", "", content) })
			x.leaf("RequestID", "request-2")
		})
	case w.model.NoErrorWrapping:
		x.element("Error", "", func() {
			content()
			x.leaf("RequestId", "request-2")
		})
	default:
		x.element("ErrorResponse", namespace, func() {
			x.element("Error", "", content)
			x.leaf("RequestId", "request-2")
		})
	}
	return x.Bytes()
}

// element is the name of a member's element, or the one given.
func (r *ref) element(name string) string { return cmp.Or(r.XMLName, r.LocationName, name) }

// xmlWriter writes one body, with looks at random that mean nothing.
type xmlWriter struct {
	*wire
	bytes.Buffer

	spaced bool
}

func (x *xmlWriter) begin() {
	x.spaced = x.IntN(3) == 0
	if x.IntN(2) == 0 {
		x.WriteString(`<?xml version="1.0" encoding="UTF-8"?>` + "\n")
	}
}

// element writes one that has elements.
func (x *xmlWriter) element(name, attributes string, content func()) {
	x.WriteByte('<')
	x.WriteString(name)
	if attributes != "" {
		x.WriteString(" " + attributes)
	}
	x.WriteByte('>')
	if x.spaced {
		x.WriteString("\n  ")
	}
	content()
	x.close(name)
}

func (x *xmlWriter) close(name string) {
	x.WriteString("</" + name + ">")
	if x.spaced {
		x.WriteString("\n  ")
	}
}

// leaf writes an element of text.
func (x *xmlWriter) leaf(name, text string) {
	x.WriteString("<" + name + ">")
	x.escape(text)
	x.close(name)
}

func (x *xmlWriter) escape(text string) {
	if err := xml.EscapeText(x, []byte(text)); err != nil {
		panic(err)
	}
}

// unknown writes an element that no model has, now and then.
func (x *xmlWriter) unknown() {
	if x.IntN(3) == 0 {
		x.element("unknownMember", `a="1"`, func() { x.leaf("member", "x") })
	}
}

// members writes those of a structure that are elements.
func (x *xmlWriter) members(s *shape, members map[string]any) {
	for _, name := range sorted(members) {
		if m := s.Members[name]; !m.XMLAttribute {
			x.member(name, m, members[name])
		}
	}
	if !s.Union { // an official one would take it for the variant
		x.unknown()
	}
}

// attributes are the members of a structure that stand in its start tag.
func (x *xmlWriter) attributes(s *shape, members map[string]any) string {
	var out []string
	for _, name := range sorted(members) {
		m := s.Members[name]
		if !m.XMLAttribute || members[name] == nil {
			continue
		}
		text := xmlWriter{wire: x.wire}
		text.escape(x.text(m, members[name]))
		key := m.element(name)
		if prefix, _, ok := strings.Cut(key, ":"); ok {
			out = append(out, fmt.Sprintf(`xmlns:%s="http://www.w3.org/2001/XMLSchema-instance"`, prefix))
		}
		out = append(out, fmt.Sprintf(`%s="%s"`, key, text.Bytes()))
	}
	return strings.Join(out, " ")
}

// member writes a member of a structure: one that is null is not there.
func (x *xmlWriter) member(name string, r *ref, value any) {
	s, element := x.model.Shapes[r.Shape], r.element(name)
	flat := s.Flattened || r.Flattened
	switch value := value.(type) {
	case []any:
		if !flat {
			x.element(element, "", func() { x.items(s.Member.element("member"), s, value) })
			return
		}
		if !x.model.smithy { // where items have no name of their own
			element = s.Member.element(element)
		}
		x.items(element, s, value)
	case map[string]any:
		switch {
		case s.Type != "map":
			x.value(element, r, value)
		case flat:
			x.entries(element, s, value)
		default:
			x.element(element, "", func() { x.entries("entry", s, value) })
		}
	default:
		x.value(element, r, value)
	}
}

func (x *xmlWriter) items(element string, s *shape, items []any) {
	for _, item := range items {
		x.value(element, s.Member, item)
	}
}

func (x *xmlWriter) entries(element string, s *shape, entries map[string]any) {
	for _, key := range sorted(entries) {
		if entries[key] == nil {
			continue
		}
		x.element(element, "", func() {
			x.leaf(s.Key.element("key"), key)
			x.value(s.Value.element("value"), s.Value, entries[key])
		})
	}
}

// value writes what is one element, whatever it is called.
func (x *xmlWriter) value(element string, r *ref, value any) {
	s := x.model.Shapes[r.Shape]
	switch value := value.(type) {
	case nil:
	case []any:
		x.element(element, "", func() { x.items(s.Member.element("member"), s, value) })
	case map[string]any:
		if s.Type == "map" {
			x.element(element, "", func() { x.entries("entry", s, value) })
			return
		}
		x.element(element, x.attributes(s, value), func() { x.members(s, value) })
	default:
		x.leaf(element, x.text(r, value))
	}
}

// text is a scalar as text.
func (x *xmlWriter) text(r *ref, value any) string {
	switch value := value.(type) {
	case instant:
		return value.text(formatOf(r, x.model.Shapes[r.Shape], "iso8601"))
	case []byte:
		return base64.StdEncoding.EncodeToString(value)
	case float64:
		switch {
		case math.IsInf(value, 1):
			return "Infinity"
		case math.IsInf(value, -1):
			return "-Infinity"
		}
	}
	return fmt.Sprint(value)
}

// entries: more than one come in any order.
func (xmlFormat) entries() int { return 1 }

// same compares forms by their values, XML without regard to the order of elements of
// different names, and all else by its bytes.
func (f xmlFormat) same(path string, official, ours []byte) []Difference {
	if bytes.Equal(official, ours) {
		return nil
	}
	if bytes.HasPrefix(official, []byte("<")) {
		a, errA := parseXML(official)
		b, errB := parseXML(ours)
		if errA == nil && errB == nil {
			return sameElements(path, a, b)
		}
	} else if a, err := url.ParseQuery(string(official)); err == nil {
		if b, err := url.ParseQuery(string(ours)); err == nil {
			return sameForms(path, a, b)
		}
	}
	return facts(path, string(official), string(ours))
}

func sameForms(path string, official, ours url.Values) (out []Difference) {
	for _, name := range sorted(official) {
		if !slices.Equal(official[name], ours[name]) {
			out = append(out, Difference{
				Path: path + "." + name, Official: fmt.Sprintf("%q", official[name]), Ours: fmt.Sprintf("%q", ours[name]),
			})
		}
	}
	for _, name := range sorted(ours) {
		if official[name] == nil {
			out = append(out, Difference{Path: path + "." + name, Ours: fmt.Sprintf("%q", ours[name])})
		}
	}
	return out
}

// xmlElement is an element with its attributes, its text, and its elements by their names.
type xmlElement struct {
	attributes map[string]string
	text       string
	elements   map[string][]*xmlElement
}

func parseXML(body []byte) (*xmlElement, error) {
	root := &xmlElement{elements: map[string][]*xmlElement{}}
	open := []*xmlElement{root}
	d := xml.NewDecoder(bytes.NewReader(body))
	for {
		token, err := d.RawToken()
		if token == nil {
			if len(open) == 1 {
				return root, nil
			}
			return nil, err
		}
		top := open[len(open)-1]
		switch token := token.(type) {
		case xml.StartElement:
			e := &xmlElement{map[string]string{}, "", map[string][]*xmlElement{}}
			for _, a := range token.Attr {
				e.attributes[a.Name.Space+":"+a.Name.Local] = a.Value
			}
			name := token.Name.Space + ":" + token.Name.Local
			top.elements[name] = append(top.elements[name], e)
			open = append(open, e)
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.CharData:
			top.text += string(token)
		}
	}
}

func sameElements(path string, official, ours *xmlElement) []Difference {
	if !maps.Equal(official.attributes, ours.attributes) {
		return facts(path+" attributes", fmt.Sprint(official.attributes), fmt.Sprint(ours.attributes))
	}
	out := facts(path, official.text, ours.text)
	names := maps.Clone(official.elements)
	maps.Copy(names, ours.elements)
	for _, name := range sorted(names) {
		a, b := official.elements[name], ours.elements[name]
		if len(a) != len(b) {
			out = append(out, Difference{Path: path + "." + name, Official: fmt.Sprint(len(a)), Ours: fmt.Sprint(len(b))})
			continue
		}
		for i := range a {
			out = append(out, sameElements(path+"."+name, a[i], b[i])...)
		}
	}
	return out
}
