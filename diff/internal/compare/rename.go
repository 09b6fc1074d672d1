package compare

import (
	"cmp"
	"maps"
	"slices"

	"example.com/lathe/spec"
)

// pairOperations pairs operations by their names, and what is left by how they are
// called: where a service knows an operation by method and path its name does not
// matter. One that only one side has stands alone.
func pairOperations(before, after *spec.API) [][2]*spec.Operation {
	known, left := byName(before), byName(after)
	for name := range known {
		delete(left, name)
	}
	others := byName(after)
	var pairs [][2]*spec.Operation
	for _, op := range before.Operations {
		other := others[op.Name]
		if other == nil {
			other = sameCall(before, after, op, left)
		}
		if other != nil {
			delete(left, other.Name)
		}
		pairs = append(pairs, [2]*spec.Operation{op, other})
	}
	for _, op := range after.Operations {
		if left[op.Name] != nil {
			pairs = append(pairs, [2]*spec.Operation{nil, op})
		}
	}
	return pairs
}

// sameCall finds the operation that is called as another one was, with messages that
// are alike.
func sameCall(before, after *spec.API, op *spec.Operation, left map[string]*spec.Operation) *spec.Operation {
	if !callsByPath(before) || !callsByPath(after) || op.HTTP.Method == "" {
		return nil
	}
	for _, name := range slices.Sorted(maps.Keys(left)) {
		other := left[name]
		if op.HTTP.Method == other.HTTP.Method && uriOf(op) == uriOf(other) &&
			alikeMessages(op.Input, other.Input) && alikeMessages(op.Output, other.Output) {
			return other
		}
	}
	return nil
}

// callsByPath reports whether services of the protocol know operations by method and
// path.
func callsByPath(api *spec.API) bool {
	return len(api.Protocols) == 0 || api.Protocols[0].HasBindings()
}

func alikeMessages(a, b *spec.Shape) bool {
	return isAlike(cmp.Or(a, &spec.Shape{}), cmp.Or(b, &spec.Shape{}))
}

// renames finds the shapes that kept their content and lost their name: those that
// only one side has and that members of the same name lead to, and errors of an
// operation that have the same code.
func renames(before, after *spec.API, operations [][2]*spec.Operation) map[*spec.Shape]*spec.Shape {
	found := map[*spec.Shape]*spec.Shape{}
	taken := map[*spec.Shape]bool{}
	propose := func(a, b *spec.Shape) {
		fits := a.Kind == b.Kind && hasGoType(a) && a.Name != b.Name &&
			before.Shapes[b.Name] == nil && after.Shapes[a.Name] == nil
		if fits && found[a] == nil && !taken[b] && isAlike(a, b) {
			found[a], taken[b] = b, true
		}
	}
	for _, pair := range memberPairs(before, after, operations) {
		propose(pair[0].Target, pair[1].Target)
	}
	for _, p := range operations {
		if p[0] == nil || p[1] == nil {
			continue
		}
		codes := map[string]*spec.Shape{}
		for _, e := range p[1].AllErrors(after) {
			codes[codeOf(e)] = e
		}
		for _, e := range p[0].AllErrors(before) {
			if other := codes[codeOf(e)]; other != nil {
				propose(e, other)
			}
		}
	}
	return found
}

// codeOf is the code of an error on the wire.
func codeOf(e *spec.Shape) string {
	if e.Error != nil {
		return cmp.Or(e.Error.Code, e.Error.QueryCode, e.Name)
	}
	return e.Name
}

// memberPairs are the members of one name of the shapes of one name, and of the
// inputs and outputs of paired operations.
func memberPairs(before, after *spec.API, operations [][2]*spec.Operation) [][2]*spec.Member {
	var shapes [][2]*spec.Shape
	for _, name := range slices.Sorted(maps.Keys(before.Shapes)) {
		shapes = append(shapes, [2]*spec.Shape{before.Shapes[name], after.Shapes[name]})
	}
	for _, p := range operations {
		if p[0] != nil && p[1] != nil {
			shapes = append(shapes, [2]*spec.Shape{p[0].Input, p[1].Input}, [2]*spec.Shape{p[0].Output, p[1].Output})
		}
	}
	var pairs [][2]*spec.Member
	for _, s := range shapes {
		if s[0] == nil || s[1] == nil {
			continue
		}
		targets := map[string]*spec.Member{}
		for m := range s[1].Edges {
			targets[m.Name] = m
		}
		for m := range s[0].Edges {
			if other := targets[m.Name]; other != nil {
				pairs = append(pairs, [2]*spec.Member{m, other})
			}
		}
	}
	return pairs
}

// isAlike reports whether two shapes share at least half of their members or values.
func isAlike(a, b *spec.Shape) bool {
	names := map[string]bool{}
	for m := range a.Edges {
		names[m.Name] = true
	}
	for _, v := range a.EnumValues {
		names[v.Value] = true
	}
	shared, count := 0, 0
	for m := range b.Edges {
		count++
		if names[m.Name] {
			shared++
		}
	}
	for _, v := range b.EnumValues {
		count++
		if names[v.Value] {
			shared++
		}
	}
	return 2*shared >= max(count, len(names))
}

// newName is the name that a shape of the old side has on the new one.
func (c *Comparison) newName(s *spec.Shape) string {
	if other := c.renamed[s]; other != nil {
		return other.Name
	}
	return s.Name
}

// isSame reports whether two shapes are one for the reader.
func (c *Comparison) isSame(a, b *spec.Shape) bool { return c.newName(a) == b.Name }

func byName(api *spec.API) map[string]*spec.Operation {
	all := map[string]*spec.Operation{}
	for _, op := range api.Operations {
		all[op.Name] = op
	}
	return all
}

// hasGoType reports whether a shape has a Go type of its own.
func hasGoType(s *spec.Shape) bool {
	return s.Kind == spec.Structure || s.Kind == spec.Union || s.Kind == spec.Enum || s.Kind == spec.IntEnum
}
