package diff

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"example.com/lathe/spec"
)

// Compare tells everything that differs between two versions of an API, of which
// the operations to compare have been selected: what they do not reach does not
// count. Neither is changed.
func Compare(before, after *spec.API) *Report {
	before, _ = spec.Select(before, nil)
	after, _ = spec.Select(after, nil)
	c := &comparer{
		old: side{api: before, golang: newGoIndex(before)}, new: side{api: after, golang: newGoIndex(after)},
		nodes: map[nodeKey]*node{}, paired: map[*spec.Shape]bool{},
	}
	c.renamed = renames(before, after)
	c.service()
	c.operations()
	c.compareQueued()
	c.unmet()
	c.compareQueued()
	c.spread()
	report := &Report{}
	for _, n := range c.order {
		report.Changes = append(report.Changes, c.changes(n)...)
	}
	report.Changes = append(report.Changes, c.goOnly(report)...)
	report.sort()
	return report
}

// side is one of the two versions.
type side struct {
	api    *spec.API
	golang *goIndex
}

// comparer is one comparison. It makes a graph: a node is a pair of shapes, or an
// operation, with what differs there; an edge leads to the shapes that its members
// target. What differs is judged when it is known from where a node is reached.
type comparer struct {
	old, new side
	nodes    map[nodeKey]*node
	order    []*node
	queue    []*node
	renamed  map[*spec.Shape]*spec.Shape
	// paired are the shapes of both sides that some node compares.
	paired map[*spec.Shape]bool
}

type nodeKey struct {
	place    string
	old, new *spec.Shape
}

// node is a place where both sides have something.
type node struct {
	place string
	// noun is what a sentence calls it.
	noun     string
	old, new *spec.Shape
	// goOld and goNew are the Go types that own the members.
	goOld, goNew goOwner
	// labels are those of the paths, for inputs of operations with equal paths.
	labels   [2][]string
	findings []finding
	seen     map[string]bool
	edges    []edge
	uses     map[use]bool
}

// edge leads from a member to its target.
type edge struct {
	to *node
	// goOld and goNew are the Go objects whose type depends on the target, when the
	// edge comes from something that has a Go name.
	goOld, goNew []string
}

// use is an operation that reaches a node; of the operation itself it has no
// direction.
type use struct {
	operation string
	direction Direction
	direct    bool
}

// finding is a difference that is not judged yet.
type finding struct {
	rule, place, what string
	old, new          string
	oldPos, newPos    spec.Pos
	goOld, goNew      []string
	// isType says that the type of whatever uses the node changes.
	isType bool
}

// add notes a finding once.
func (n *node) add(f finding) {
	key := f.rule + "\x00" + f.place + "\x00" + f.old + "\x00" + f.new
	if !n.seen[key] {
		n.seen[key] = true
		n.findings = append(n.findings, f)
	}
}

// newNode makes a node, or finds the one that is there. New nodes with shapes are
// queued.
func (c *comparer) newNode(place, noun string, before, after *spec.Shape) *node {
	key := nodeKey{place, before, after}
	if n := c.nodes[key]; n != nil {
		return n
	}
	n := &node{place: place, noun: noun, old: before, new: after, seen: map[string]bool{}, uses: map[use]bool{}}
	c.nodes[key] = n
	c.order = append(c.order, n)
	if before != nil || after != nil {
		c.queue = append(c.queue, n)
		c.paired[before], c.paired[after] = true, true
	}
	return n
}

// compareQueued compares the pairs that were met, and those that they lead to.
func (c *comparer) compareQueued() {
	for len(c.queue) > 0 {
		n := c.queue[0]
		c.queue = c.queue[1:]
		c.shapes(n)
	}
}

// unmet pairs the shapes of one name that no pair of members leads to, because
// what reaches them differs on the two sides. Their Go types are compared all the
// same by whoever uses both.
func (c *comparer) unmet() {
	for _, name := range slices.Sorted(maps.Keys(c.old.api.Shapes)) {
		before, after := c.old.api.Shapes[name], c.new.api.Shapes[name]
		if after == nil || c.paired[before] || c.paired[after] {
			continue
		}
		n := c.root(before, after)
		for _, s := range [...]side{c.old, c.new} {
			markReached(n, s.api, name)
		}
	}
}

// markReached notes which operations of a side reach the shape of that name.
func markReached(n *node, api *spec.API, name string) {
	for _, op := range api.Operations {
		for d, roots := range rootsOf(api, op) {
			if slices.Contains(spec.Closure(roots...), api.Shapes[name]) {
				n.uses[use{operation: op.Name, direction: Direction(d)}] = true
			}
		}
	}
}

// rootsOf are an operation's own shapes by direction.
func rootsOf(api *spec.API, op *spec.Operation) [3][]*spec.Shape {
	var roots [3][]*spec.Shape
	if op.Input != nil {
		roots[Input] = append(roots[Input], op.Input)
	}
	if op.Output != nil {
		roots[Output] = append(roots[Output], op.Output)
	}
	roots[Error] = op.AllErrors(api)
	return roots
}

func operationsByName(api *spec.API) map[string]*spec.Operation {
	all := map[string]*spec.Operation{}
	for _, op := range api.Operations {
		all[op.Name] = op
	}
	return all
}

// hasGoType says whether a shape has a Go type of its own.
func hasGoType(s *spec.Shape) bool {
	return s.Kind == spec.Structure || s.Kind == spec.Union || s.Kind == spec.Enum || s.Kind == spec.IntEnum
}

// join gives names in one line.
func join[T ~string](names []T) string {
	all := make([]string, len(names))
	for i, n := range names {
		all[i] = string(n)
	}
	return strings.Join(all, ", ")
}

// word chooses one of two words.
func word(yes bool, then, otherwise string) string {
	if yes {
		return then
	}
	return otherwise
}

// firstPos is the first position that is known.
func firstPos(all ...spec.Pos) spec.Pos { return cmp.Or(all...) }
