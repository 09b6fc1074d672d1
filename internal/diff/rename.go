package diff

import (
	"maps"
	"slices"

	"example.com/lathe/spec"
)

// renames finds the shapes that kept their content and lost their name: those that
// only one side has and that members of the same name lead to.
func renames(before, after *spec.API) map[*spec.Shape]*spec.Shape {
	found := map[*spec.Shape]*spec.Shape{}
	taken := map[*spec.Shape]bool{}
	for _, pair := range memberPairs(before, after) {
		a, b := pair[0].Target, pair[1].Target
		fits := a.Kind == b.Kind && hasGoType(a) && a.Name != b.Name &&
			before.Shapes[b.Name] == nil && after.Shapes[a.Name] == nil
		if fits && found[a] == nil && !taken[b] && isAlike(a, b) {
			found[a], taken[b] = b, true
		}
	}
	return found
}

// memberPairs are the members of one name of the shapes of one name, and of the
// inputs and outputs of operations of one name.
func memberPairs(before, after *spec.API) [][2]*spec.Member {
	var shapes [][2]*spec.Shape
	for _, name := range slices.Sorted(maps.Keys(before.Shapes)) {
		shapes = append(shapes, [2]*spec.Shape{before.Shapes[name], after.Shapes[name]})
	}
	others := operationsByName(after)
	for _, op := range before.Operations {
		if other := others[op.Name]; other != nil {
			shapes = append(shapes, [2]*spec.Shape{op.Input, other.Input}, [2]*spec.Shape{op.Output, other.Output})
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

// isAlike says whether two shapes share at least half of their members or values.
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
