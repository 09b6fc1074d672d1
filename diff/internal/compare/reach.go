package compare

import (
	"maps"
	"slices"

	"example.com/lathe/spec"
)

// Direction is what a shape is to an operation that reaches it.
type Direction uint8

// The directions. What only an operation itself has is in no direction.
const (
	Input Direction = iota
	Output
	Error
)

// String returns the direction's name.
func (d Direction) String() string { return [...]string{"input", "output", "error"}[d] }

// use is an operation that reaches a node; of the operation itself it has no
// direction.
type use struct {
	operation string
	direction Direction
	direct    bool
}

// users are Go objects whose types are made of something.
type users struct {
	names []string
	known map[string]bool
}

// add adds objects, and reports whether any was new.
func (u *users) add(names []string) bool {
	added := false
	for _, name := range names {
		if !u.known[name] {
			if u.known == nil {
				u.known = map[string]bool{}
			}
			u.known[name], added = true, true
			u.names = append(u.names, name)
		}
	}
	return added
}

// spread carries uses along the edges: what an operation reaches, it uses.
func (c *Comparison) spread() {
	starts := map[use][]*node{}
	for _, n := range c.order {
		for u := range n.uses {
			starts[u] = append(starts[u], n)
		}
	}
	for u, queue := range starts {
		if u.direct {
			continue
		}
		for len(queue) > 0 {
			n := queue[len(queue)-1]
			queue = queue[:len(queue)-1]
			for _, e := range n.edges {
				if !e.to.uses[u] {
					e.to.uses[u] = true
					queue = append(queue, e.to)
				}
			}
		}
	}
	c.spreadUsers()
}

// spreadUsers notes at nodes which fields have types that are made of them, directly
// or through nodes without a Go type of their own, such as lists.
func (c *Comparison) spreadUsers() {
	queue := slices.Clone(c.order)
	for len(queue) > 0 {
		n := queue[0]
		queue = queue[1:]
		for _, e := range n.edges {
			before, after := e.oldGo, e.newGo
			if !n.hasType() {
				before, after = n.oldUse.names, n.newUse.names
			}
			grew := e.to.oldUse.add(before)
			grew = e.to.newUse.add(after) || grew
			if grew && !e.to.hasType() {
				queue = append(queue, e.to)
			}
		}
	}
}

// hasType reports whether the node stands for a Go type.
func (n *node) hasType() bool { return n.oldType != nil || n.newType != nil }

// reach returns which operations use the node, and how.
func (n *node) reach() (operations []string, directions []Direction) {
	names, ways := map[string]bool{}, map[Direction]bool{}
	for u := range n.uses {
		names[u.operation] = true
		if !u.direct {
			ways[u.direction] = true
		}
	}
	return slices.Sorted(maps.Keys(names)), slices.Sorted(maps.Keys(ways))
}

// markReached notes which operations of a side reach the shape of that name.
func (n *node) markReached(api *spec.API, name string) {
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
