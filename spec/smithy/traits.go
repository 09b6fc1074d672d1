package smithy

import (
	"slices"

	"example.com/lathe/spec/tree"
)

// traits are the trait objects that a shape or member has: those of its mixins,
// its own, those applied to it. A later one overrides an earlier one.
type traits []traitSet

// traitSet is one object of traits, without those that a mixin keeps to itself.
type traitSet struct {
	values tree.Value
	local  map[string]bool
}

// ownTraits are those in a definition or member of the document.
func (l *loader) ownTraits(node tree.Value) traits {
	values := l.Object(node.Get("traits"))
	if !values.Exists() {
		return nil
	}
	return traits{{values: values}}
}

// get returns the value of a trait.
func (t traits) get(id string) tree.Value {
	for _, set := range slices.Backward(t) {
		if v := set.values.Get(id); v.Exists() && !set.local[id] {
			return v
		}
	}
	return tree.Value{}
}

// has reports whether a trait is there.
func (t traits) has(id string) bool { return t.get(id).Exists() }

// all yields the traits; of several with one ID, the last one counts.
func (t traits) all(yield func(tree.Value) bool) {
	for _, set := range t {
		for v := range set.values.All() {
			if !set.local[v.Name()] && !yield(v) {
				return
			}
		}
	}
}

// setters are what traits do to a T, by the IDs of the traits that count.
type setters[T any] map[string]func(l *loader, to *T, trait tree.Value)
