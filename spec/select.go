package spec

import (
	"path"
	"slices"
)

// Select returns the part of an API that the named operations need: those
// operations and the shapes they reach. A name may be a glob ("List*", see
// [path.Match]); no names at all select everything. Names that match nothing are
// returned as unmatched. The operations that find the endpoints of a selected one, and that
// make its sessions, are selected with it. The API itself is not changed; the result shares its shapes.
func Select(api *API, names []string) (selected *API, unmatched []string) {
	selected = new(*api)
	if len(names) > 0 {
		isNamed := func(op *Operation) bool { return slices.ContainsFunc(names, op.Matches) }
		discovers := slices.ContainsFunc(api.Operations, func(op *Operation) bool {
			return op.EndpointDiscovery != NoDiscovery && isNamed(op)
		})
		named := slices.ContainsFunc(api.Operations, isNamed)
		selected.Operations = nil
		for _, op := range api.Operations {
			if isNamed(op) || discovers && op.Name == api.EndpointOperation || named && op.makesSessions() {
				selected.Operations = append(selected.Operations, op)
			}
		}
		for _, name := range names {
			if !slices.ContainsFunc(api.Operations, func(op *Operation) bool { return op.Matches(name) }) {
				unmatched = append(unmatched, name)
			}
		}
	}
	selected.Shapes = map[string]*Shape{}
	for _, shape := range Reached(selected, selected.Operations...) {
		selected.Shapes[shape.Name] = shape
	}
	return selected, unmatched
}

// SessionOperation is the name of the operation that makes sessions with the directory
// buckets of Amazon S3, whose credentials sign other calls.
const SessionOperation = "CreateSession"

// makesSessions reports whether that is the operation: its own calls have no session, and
// its endpoint rules know it by a parameter.
func (op *Operation) makesSessions() bool {
	return op.Name == SessionOperation && slices.ContainsFunc(op.StaticContext, func(c ContextValue) bool {
		return c.Name == "DisableS3ExpressSessionAuth" && c.Value == true
	})
}

// Matches reports whether a name or glob is that of the operation: of its name, or
// of the name that it has in the source.
func (op *Operation) Matches(pattern string) bool {
	if op.Called(pattern) {
		return true
	}
	for _, name := range [...]string{op.Name, op.SourceName} {
		if ok, err := path.Match(pattern, name); ok && err == nil && name != "" {
			return true
		}
	}
	return false
}

// Called reports whether the operation has just this name, or has it in the source.
func (op *Operation) Called(name string) bool {
	return name != "" && (name == op.Name || name == op.SourceName)
}

// Roots are the shapes that an operation names itself: its input, its output and
// its errors, the API's common errors included.
func (op *Operation) Roots(api *API) []*Shape {
	var roots []*Shape
	for _, s := range [...]*Shape{op.Input, op.Output} {
		if s != nil {
			roots = append(roots, s)
		}
	}
	for _, s := range slices.Concat(op.Errors, api.Errors) {
		if !slices.Contains(roots, s) {
			roots = append(roots, s)
		}
	}
	return roots
}

// AllErrors are the errors of an operation, the API's common ones included, each
// once.
func (op *Operation) AllErrors(api *API) []*Shape {
	all := slices.Clone(op.Errors)
	for _, s := range api.Errors {
		if !slices.Contains(all, s) {
			all = append(all, s)
		}
	}
	return all
}

// Reached lists the shapes that the operations reach, each once, in the order in
// which a walk of the operations in turn first meets them.
func Reached(api *API, ops ...*Operation) []*Shape {
	var roots []*Shape
	for _, op := range ops {
		roots = append(roots, op.Roots(api)...)
	}
	return Closure(roots...)
}

// Closure lists the shapes that the roots reach, themselves included, each once
// and in the order in which they are first met. It needs no stack that grows with
// the model's depth.
func Closure(roots ...*Shape) []*Shape {
	seen := map[*Shape]bool{}
	var order []*Shape
	stack := slices.Clone(roots)
	slices.Reverse(stack)
	for len(stack) > 0 {
		shape := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		if seen[shape] {
			continue
		}
		seen[shape] = true
		order = append(order, shape)
		at := len(stack)
		for m := range shape.Edges {
			if !seen[m.Target] {
				stack = append(stack, m.Target)
			}
		}
		slices.Reverse(stack[at:])
	}
	return order
}

// Path explains why an operation reaches a shape: the members that lead from one
// of its roots to it, the shortest way. The root is the first member's container;
// ok is false when there is no way, and the path is empty when the target is a
// root itself.
func Path(api *API, op *Operation, target *Shape) (root *Shape, members []*Member, ok bool) {
	type step struct {
		shape *Shape
		from  *step
		via   *Member
	}
	seen := map[*Shape]bool{}
	var queue []*step
	for _, r := range op.Roots(api) {
		queue = append(queue, &step{shape: r})
	}
	for len(queue) > 0 {
		at := queue[0]
		queue = queue[1:]
		if seen[at.shape] {
			continue
		}
		seen[at.shape] = true
		if at.shape == target {
			for ; at.from != nil; at = at.from {
				members = append(members, at.via)
			}
			slices.Reverse(members)
			return at.shape, members, true
		}
		for m := range at.shape.Edges {
			queue = append(queue, &step{shape: m.Target, from: at, via: m})
		}
	}
	return nil, nil, false
}
