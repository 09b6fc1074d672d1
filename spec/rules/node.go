package rules

import (
	"slices"
	"strconv"

	"example.com/lathe/spec"
	"example.com/lathe/spec/tree"
)

// Real rule sets nest less than a hundred deep and have about a megabyte of pointers, of
// which every expression has its own; these bounds keep hostile ones from costing more
// memory than that.
const (
	maxDepth    = 500
	maxPointers = 100 << 20 // bytes in the pointers of all values together
)

// node is a value of the document. A decision diagram also has nodes that are made of
// another with a part left out, so that the members and items are its own.
type node struct {
	value   tree.Value
	kind    tree.Kind
	text    string // of a string or a number
	members []member
	items   []node
}

// member is one name and value of an object.
type member struct {
	name  string
	value node
}

// kindName names the kind for messages, and what is no container, text or number itself.
func (n *node) kindName() string {
	switch n.kind {
	case tree.Bool, tree.Null:
		return n.value.Raw()
	default:
		return n.kind.String()
	}
}

func (n *node) isBool() bool { return n.kind == tree.Bool }

// get returns the value of a member, or nil.
func (n *node) get(name string) *node {
	for i := range n.members {
		if n.members[i].name == name {
			return &n.members[i].value
		}
	}
	return nil
}

// Position returns where in a source a value of a document is: [tree.Value.NamePos], for
// one.
type Position func(tree.Value) spec.Pos

// problems collects what is wrong.
type problems struct {
	pos      Position
	list     spec.Problems
	root     spec.Pos
	pointers int // bytes so far
}

// read returns the root of a document, which must be an object; what names it. ok is false
// if it can't be read.
func (ps *problems) read(root tree.Value, what string) (n node, ok bool) {
	ps.root = ps.pos(root)
	n, ok = ps.node(root, 0, 0)
	return n, ok && ps.is(&n, tree.Object, what)
}

// node returns a value that stands so deep, with a pointer so long; ok is false if there is
// too much of either.
func (ps *problems) node(v tree.Value, depth, pointer int) (n node, ok bool) {
	n = node{value: v, kind: v.Kind(), text: v.Text()}
	if ps.pointers += pointer; depth > maxDepth || ps.pointers > maxPointers {
		ps.list.Add(ps.root, "", "the endpoint rules are nested too deep or have very long names")
		return n, false
	}
	for child := range v.All() {
		sub, ok := ps.node(child, depth+1, pointer+1+len(child.Token()))
		if !ok {
			return n, false
		}
		if n.kind == tree.Object {
			n.members = append(n.members, member{child.Name(), sub})
		} else {
			n.items = append(n.items, sub)
		}
	}
	return n, true
}

func (ps *problems) at(n *node) spec.Pos { return ps.pos(n.value) }

func (ps *problems) add(n *node, hint, format string, args ...any) {
	ps.list.Add(ps.at(n), hint, format, args...)
}

// is reports a node that is not of the kind wanted; what names it.
func (ps *problems) is(n *node, kind tree.Kind, what string) bool {
	if n.kind != kind {
		ps.add(n, "", "%s must be %s, not %s", what, kind, n.kindName())
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
	if v == nil || !ps.is(v, tree.String, strconv.Quote(name)) {
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
		ps.add(v, "", "%q must be true or false, not %s", name, v.kindName())
	}
	return v.value.IsTrue()
}
