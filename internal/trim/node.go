// Package trim cuts published models to the part that some operations need. What is kept
// stays as it was written, in the same order.
package trim

import (
	"bytes"
	"fmt"
	"io"

	"github.com/go-json-experiment/json/jsontext"
)

// node is a JSON value whose objects keep their order.
type node struct {
	kind    jsontext.Kind
	raw     jsontext.Value // of what is neither object nor array
	members []member
	items   []*node
}

type member struct {
	name  string
	value *node
}

// parse reads a document, which has been read as a model before.
func parse(data []byte) (*node, error) {
	dec := jsontext.NewDecoder(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff"))))
	n, err := read(dec)
	if err != nil {
		return nil, fmt.Errorf("not JSON: %w", err)
	}
	if _, err := dec.ReadToken(); err != io.EOF { //nolint:errorlint // as it is documented
		return nil, fmt.Errorf("text follows the JSON value: %w", err)
	}
	return n, nil
}

func read(dec *jsontext.Decoder) (*node, error) {
	n := &node{kind: dec.PeekKind()}
	if n.kind != '{' && n.kind != '[' {
		raw, err := dec.ReadValue()
		n.raw = raw.Clone()
		return n, err
	}
	if _, err := dec.ReadToken(); err != nil {
		return nil, err
	}
	for dec.PeekKind() != n.kind+2 { // } and ] follow their openings so
		var m member
		if n.kind == '{' {
			name, err := dec.ReadToken()
			if err != nil {
				return nil, err
			}
			m.name = name.String()
		}
		value, err := read(dec)
		if err != nil {
			return nil, err
		}
		m.value = value
		if n.kind == '{' {
			n.members = append(n.members, m)
		} else {
			n.items = append(n.items, value)
		}
	}
	_, err := dec.ReadToken()
	return n, err
}

// text writes the document.
func (n *node) text() ([]byte, error) {
	var b bytes.Buffer
	enc := jsontext.NewEncoder(&b, jsontext.WithIndent("  "))
	if err := n.write(enc); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

func (n *node) write(enc *jsontext.Encoder) error {
	switch n.kind {
	case '{':
		if err := enc.WriteToken(jsontext.BeginObject); err != nil {
			return err
		}
		for _, m := range n.members {
			if err := enc.WriteToken(jsontext.String(m.name)); err != nil {
				return err
			}
			if err := m.value.write(enc); err != nil {
				return err
			}
		}
		return enc.WriteToken(jsontext.EndObject)
	case '[':
		if err := enc.WriteToken(jsontext.BeginArray); err != nil {
			return err
		}
		for _, item := range n.items {
			if err := item.write(enc); err != nil {
				return err
			}
		}
		return enc.WriteToken(jsontext.EndArray)
	default:
		return enc.WriteValue(n.raw)
	}
}

// get returns a member of an object, nil where there is none.
func (n *node) get(name string) *node {
	if n == nil {
		return nil
	}
	for _, m := range n.members {
		if m.name == name {
			return m.value
		}
	}
	return nil
}

// string returns the text of a string, "" of anything else.
func (n *node) string() string {
	if n == nil || n.kind != '"' {
		return ""
	}
	text, err := jsontext.AppendUnquote(nil, n.raw)
	if err != nil {
		return "" // it was read
	}
	return string(text)
}

// filter returns an object with the members that are kept.
func (n *node) filter(keep func(name string, value *node) bool) *node {
	if n == nil || n.kind != '{' {
		return n
	}
	kept := &node{kind: n.kind}
	for _, m := range n.members {
		if keep(m.name, m.value) {
			kept.members = append(kept.members, m)
		}
	}
	return kept
}

// with returns an object in which the value of each member is what f makes of it; those
// of which it makes nil are gone.
func (n *node) with(f func(name string, value *node) *node) *node {
	changed := &node{kind: n.kind}
	for _, m := range n.members {
		if value := f(m.name, m.value); value != nil {
			changed.members = append(changed.members, member{m.name, value})
		}
	}
	return changed
}

// pick returns an array with the items that are kept.
func (n *node) pick(keep func(*node) bool) *node {
	kept := &node{kind: n.kind}
	for _, item := range n.items {
		if keep(item) {
			kept.items = append(kept.items, item)
		}
	}
	return kept
}

// strings calls f for each string in a value, keys of objects included.
func (n *node) strings(f func(string)) {
	if n.kind == '"' {
		f(n.string())
	}
	for _, m := range n.members {
		f(m.name)
		m.value.strings(f)
	}
	for _, item := range n.items {
		item.strings(f)
	}
}
