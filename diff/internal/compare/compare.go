// Package compare pairs what two versions of an API have in common: operations,
// errors, shapes, members, values. It finds what was renamed, and who reaches what.
// It judges nothing; that is what package rules does with the pairs.
//
// Documents of different formats may be compared: nothing here knows of formats.
package compare

import (
	"maps"
	"slices"
	"strings"

	"example.com/lathe/spec"
)

// Comparison is everything that two versions of an API have, in pairs. Each list is
// in the order in which the models were walked.
type Comparison struct {
	Old, New *Side
	// Service has the one pair of both models, Auth what is asked of callers.
	Service    []Pair[spec.API]
	Auth       []Pair[Auth]
	Endpoints  []Pair[spec.EndpointRules]
	Parameters []Pair[spec.EndpointParameter]
	// Options are those that a client has only where something needs them.
	Options    []Pair[string]
	Operations []Pair[Operation]
	Waiters    []Pair[spec.Waiter]
	// Errors are those that an operation, or the service, gained or lost.
	Errors []Pair[spec.Shape]
	// Shapes always have both sides. Described are those of them that are one for the
	// reader, Renamed those whose name is another.
	Shapes, Described, Renamed []Pair[spec.Shape]
	// Members are those of structures and unions, Parts the elements of lists and the
	// keys and values of maps. Retargeted are members of both kinds whose target is
	// another shape of the same kind.
	Members           []Pair[Member]
	Parts, Retargeted []Pair[spec.Member]
	// Targets are what members and their targets say together of a value; Values are
	// those of them of which the kinds allow a closer look.
	Targets, Values []Pair[Value]
	EnumValues      []Pair[EnumValue]
	// XML is how shapes and members look in XML, where a side speaks it.
	XML []Pair[spec.XML]
	// Types are the Go types that both sides have.
	Types []Pair[GoType]

	nodes   map[nodeKey]*node
	order   []*node
	queue   []*node
	renamed map[*spec.Shape]*spec.Shape
	// paired are the shapes of both sides that some node compares, kinds the sites
	// whose kinds were compared.
	paired map[*spec.Shape]bool
}

// Pair is the two versions of one thing; a side that has none is nil.
type Pair[T any] struct {
	Site
	Old, New *T
}

// Site is where something stands, and who is concerned when it changes.
type Site struct {
	// Place is stable when other parts change: "service", "GetRun",
	// "GetRun.output.status", "shape:Status.FAILED". What a sentence calls it is What.
	Place, What    string
	OldPos, NewPos spec.Pos
	// OldGo and NewGo are the Go objects that it is in each client.
	OldGo, NewGo []string

	node *node
}

// Side is one of the two versions.
type Side struct {
	API *spec.API
	*golang
}

// Operation is an operation with what its client is.
type Operation struct {
	*spec.Operation
	// Refused says why no client can be generated of it; empty when one can.
	Refused string
	// Everything are the Go objects that are there for the operation alone.
	Everything []string
	// Paginator is that of the client; nil when there is none.
	Paginator *Helper
	// Path is the path and constant query, with nameless labels: which member stands
	// where is compared with the members.
	Path string
}

// Auth is who may call an operation.
type Auth struct {
	Schemes []spec.AuthScheme
	// Open operations may be called without credentials.
	Open bool
}

// Member is a member of a structure or union.
type Member struct {
	*spec.Member
	Owner *spec.Shape
	// Wire is where it travels and under what name.
	Wire string
	// Checked members are missed before a call is sent.
	Checked bool
}

// Value is what a member and its target say together.
type Value struct {
	*spec.Member
	// Timestamp is the format of a time.
	Timestamp spec.TimestampFormat
}

// EnumValue is a value of an enum.
type EnumValue struct {
	*spec.EnumValue
	// Constant is its Go constant; empty when there is none.
	Constant string
}

const (
	// ServicePlace is the place of the service.
	ServicePlace = "service"
	// ShapePrefix begins the places of shapes.
	ShapePrefix = "shape:"
)

// maxChain bounds how many collections inside each other are followed that have
// other names on the two sides. Models that loaders accept stay far below.
const maxChain = 50

// Models compares two versions of an API, of which the operations to compare have
// been selected: what they do not reach does not count. Neither is changed.
func Models(before, after *spec.API) *Comparison {
	before, _ = spec.Select(before, nil)
	after, _ = spec.Select(after, nil)
	c := &Comparison{
		Old: &Side{before, newGolang(before)}, New: &Side{after, newGolang(after)},
		nodes: map[nodeKey]*node{}, paired: map[*spec.Shape]bool{},
	}
	operations := pairOperations(before, after)
	c.renamed = renames(before, after, operations)
	c.service()
	for _, p := range operations {
		c.operation(p[0], p[1])
	}
	c.walk()
	c.unmet()
	c.walk()
	c.spread()
	c.types()
	return c
}

type nodeKey struct {
	place    string
	old, new *spec.Shape
}

// node is a place where both sides have something. A comparison makes a graph of
// them: edges lead to the shapes that members target.
type node struct {
	place, noun    string
	old, new       *spec.Shape
	oldType        *GoType
	newType        *GoType
	oldUse, newUse users
	// labels are those of the paths, for inputs of operations with equal paths.
	labels [2][]string
	edges  []edge
	uses   map[use]bool
	// isResponse says that the shapes are an operation's output or error.
	isResponse bool
	// isNamed says that both shapes are one for the reader.
	isNamed bool
}

// edge leads from a member to its target.
type edge struct {
	to *node
	// oldGo and newGo are the Go objects whose type depends on the target, when the
	// edge comes from something that has a Go name.
	oldGo, newGo []string
}

// newNode makes a node, or finds it. New nodes with shapes are queued.
func (c *Comparison) newNode(place, noun string, before, after *spec.Shape) *node {
	key := nodeKey{place, before, after}
	if n := c.nodes[key]; n != nil {
		return n
	}
	n := &node{place: place, noun: noun, old: before, new: after, uses: map[use]bool{}}
	c.nodes[key] = n
	c.order = append(c.order, n)
	if before != nil || after != nil {
		c.queue = append(c.queue, n)
		c.paired[before], c.paired[after] = true, true
	}
	return n
}

// site is where the node itself stands.
func (n *node) site(before, after spec.Pos) Site {
	return Site{
		Place: n.place, What: n.noun, OldPos: before, NewPos: after, OldGo: n.oldType.self(),
		NewGo: n.newType.self(), node: n,
	}
}

// TypeGo returns the Go objects that are concerned when the type of what stands here
// changes: with a type its constants and variants and whatever is made of it.
func (s *Site) TypeGo() (before, after []string) {
	switch n := s.node; {
	case n == nil:
		return s.OldGo, s.NewGo
	case s.Place == n.place:
		return slices.Concat(s.OldGo, n.oldType.all(), n.oldUse.names),
			slices.Concat(s.NewGo, n.newType.all(), n.newUse.names)
	case len(s.OldGo) == 0:
		return n.oldUse.names, n.newUse.names
	default:
		return s.OldGo, s.NewGo
	}
}

// Holders returns the Go objects that hold what stands here, when it has none itself:
// whoever uses any of them meets it.
func (s *Site) Holders() []string {
	if s.node == nil || len(s.OldGo) > 0 {
		return nil
	}
	return slices.Concat(s.node.oldType.all(), s.node.oldUse.names)
}

// Reach returns the operations that use what stands here, and in which directions;
// there are no directions when it is about the operations themselves, and no
// operations when it is about the service.
func (s *Site) Reach() (operations []string, directions []Direction) {
	if s.node == nil {
		return nil, nil
	}
	return s.node.reach()
}

// walk compares the pairs that were met, and those that they lead to.
func (c *Comparison) walk() {
	for len(c.queue) > 0 {
		n := c.queue[0]
		c.queue = c.queue[1:]
		c.shape(n)
	}
}

// unmet pairs the shapes of one name that no pair of members leads to, because
// what reaches them differs on the two sides. Their Go types are compared all the
// same by whoever uses both.
func (c *Comparison) unmet() {
	for _, name := range slices.Sorted(maps.Keys(c.Old.API.Shapes)) {
		before, after := c.Old.API.Shapes[name], c.New.API.Shapes[name]
		if after == nil || c.paired[before] || c.paired[after] {
			continue
		}
		n := c.root(before, after)
		for _, s := range [...]*Side{c.Old, c.New} {
			n.markReached(s.API, name)
		}
	}
}

// add adds a pair at a site.
func add[T any](list *[]Pair[T], at Site, before, after *T) {
	*list = append(*list, Pair[T]{at, before, after})
}

// IsMessage reports whether the site is in the input or output of an operation, whose
// shape's own name does not matter.
func (s *Site) IsMessage() bool { return !strings.HasPrefix(s.Place, ShapePrefix) }
