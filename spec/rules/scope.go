package rules

import (
	"maps"
	"slices"

	"example.com/lathe/spec"
)

// scope holds the names that can be referred to: parameters, and the values that
// conditions assign. Names go out of scope in the reverse order of their coming.
type scope struct {
	types map[string]spec.EndpointType
	undo  []change
}

type change struct {
	name string
	old  spec.EndpointType
	had  bool
}

// set defines a name, or narrows its type.
func (s *scope) set(name string, t spec.EndpointType) {
	old, had := s.types[name]
	s.undo = append(s.undo, change{name, old, had})
	s.types[name] = t
}

// mark remembers the state of the scope for [scope.reset].
func (s *scope) mark() int { return len(s.undo) }

// reset takes back what was set since the mark.
func (s *scope) reset(mark int) {
	for _, c := range slices.Backward(s.undo[mark:]) {
		if c.had {
			s.types[c.name] = c.old
		} else {
			delete(s.types, c.name)
		}
	}
	s.undo = s.undo[:mark]
}

// names are all names in scope, sorted.
func (s *scope) names() []string { return slices.Sorted(maps.Keys(s.types)) }
