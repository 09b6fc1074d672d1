package rules

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"example.com/lathe/spec"
)

// Real rule sets nest less than a hundred deep and have about a megabyte of
// pointers; these bounds keep hostile ones from costing more memory than that.
const (
	maxDepth    = 500
	maxPointers = 100 << 20 // bytes in the pointers of all values together
)

// node is a JSON value that knows where it stands and keeps the order of its
// members.
type node struct {
	// kind is the token's first byte: one of { [ " 0 t f n.
	kind    jsontext.Kind
	place   *place
	text    string // of a string or a number
	members []member
	items   []node
}

// place is a JSON pointer, linked so that a document's pointers share their
// beginnings; the whole document is nil.
type place struct {
	up    *place
	token string
	size  int // of the whole pointer in bytes, before escaping
}

func (p *place) child(token string) *place {
	size := 1 + len(token)
	if p != nil {
		size += p.size
	}
	return &place{p, token, size}
}

// String returns the pointer as RFC 6901 writes it.
func (p *place) String() string {
	var tokens []string
	for ; p != nil; p = p.up {
		tokens = append(tokens, "/"+strings.ReplaceAll(strings.ReplaceAll(p.token, "~", "~0"), "/", "~1"))
	}
	slices.Reverse(tokens)
	return strings.Join(tokens, "")
}

// member is one name and value of an object.
type member struct {
	name  string
	value node
}

func kindName(k jsontext.Kind) string {
	switch k {
	case '{':
		return "an object"
	case '[':
		return "an array"
	case '"':
		return "a string"
	case '0':
		return "a number"
	default:
		return k.String() // true, false or null
	}
}

func (n *node) isBool() bool { return n.kind == 't' || n.kind == 'f' }

// get returns the value of a member, or nil.
func (n *node) get(name string) *node {
	for i := range n.members {
		if n.members[i].name == name {
			return &n.members[i].value
		}
	}
	return nil
}

// reader turns a document into nodes.
type reader struct {
	*problems
	dec      *jsontext.Decoder
	pointers int // bytes so far
}

// read returns the document's root, or false when it is not JSON at all.
func (ps *problems) read(data []byte) (node, bool) {
	r := reader{ps, jsontext.NewDecoder(bytes.NewReader(data), jsontext.AllowDuplicateNames(true)), 0}
	root, err := r.value(nil, 0)
	if err == nil {
		if _, err = r.dec.ReadToken(); errors.Is(err, io.EOF) {
			return root, true
		}
		if err == nil {
			err = limitError("there is more after the value")
		}
	}
	r.syntax(err)
	return root, false
}

// limitError is a reason of our own to refuse a document.
type limitError string

func (e limitError) Error() string { return string(e) }

func (r *reader) syntax(err error) {
	pointer, text := "", err.Error()
	if se, ok := errors.AsType[*jsontext.SyntacticError](err); ok {
		pointer, text = string(se.JSONPointer), se.Err.Error()
	}
	if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
		text = "it ends too early"
	}
	r.list.Add(r.at(pointer), "", "cannot be read as JSON: %s", strings.TrimPrefix(text, "jsontext: "))
}

func (r *reader) value(at *place, depth int) (node, error) {
	if at != nil {
		r.pointers += at.size
	}
	if depth > maxDepth || r.pointers > maxPointers {
		return node{}, limitError("it is nested too deep")
	}
	token, err := r.dec.ReadToken()
	if err != nil {
		return node{}, err
	}
	n := node{kind: token.Kind(), place: at}
	switch n.kind {
	case '"', '0':
		n.text = token.String()
	case '{':
		err = r.object(&n, depth)
	case '[':
		err = r.array(&n, depth)
	}
	return n, err
}

func (r *reader) object(n *node, depth int) error {
	seen := map[string]bool{}
	for r.dec.PeekKind() != '}' {
		name, err := r.dec.ReadToken()
		if err != nil {
			return err
		}
		m := member{name: name.String()}
		m.value, err = r.value(n.place.child(m.name), depth+1)
		if err != nil {
			return err
		}
		if seen[m.name] {
			r.add(&m.value, "", "%q stands twice in one object", m.name)
			continue
		}
		seen[m.name] = true
		n.members = append(n.members, m)
	}
	_, err := r.dec.ReadToken()
	return err
}

func (r *reader) array(n *node, depth int) error {
	for r.dec.PeekKind() != ']' {
		item, err := r.value(n.place.child(strconv.Itoa(len(n.items))), depth+1)
		if err != nil {
			return err
		}
		n.items = append(n.items, item)
	}
	_, err := r.dec.ReadToken()
	return err
}

// problems collects what is wrong.
type problems struct {
	pos  func(pointer string) spec.Pos
	list spec.Problems
}

func (ps *problems) at(pointer string) spec.Pos {
	if ps.pos == nil {
		return spec.Pos{Pointer: pointer}
	}
	return ps.pos(pointer)
}

func (ps *problems) add(n *node, hint, format string, args ...any) {
	ps.list.Add(ps.at(n.place.String()), hint, format, args...)
}

// is reports a node that is not of the kind wanted; what names it.
func (ps *problems) is(n *node, kind jsontext.Kind, what string) bool {
	if n.kind != kind {
		ps.add(n, "", "%s must be %s, not %s", what, kindName(kind), kindName(n.kind))
		return false
	}
	return true
}

// only reports the members of an object that are not among the allowed ones.
func (ps *problems) only(n *node, what string, allowed ...string) {
	for _, m := range n.members {
		if !slices.Contains(allowed, m.name) {
			ps.add(&m.value, spec.Choices(what+" may have:", allowed...), "%s has an unknown member %q", what, m.name)
		}
	}
}

// str returns a member that is a string; without one it is empty.
func (ps *problems) str(n *node, name string) string {
	v := n.get(name)
	if v == nil || !ps.is(v, '"', strconv.Quote(name)) {
		return ""
	}
	return v.text
}

// boolean returns a member that is true or false; without one it is false.
func (ps *problems) boolean(n *node, name string) bool {
	v := n.get(name)
	if v == nil {
		return false
	}
	if !v.isBool() {
		ps.add(v, "", "%q must be true or false, not %s", name, kindName(v.kind))
	}
	return v.kind == 't'
}
