package naming

import "strconv"

// Scope hands out the names of one Go scope, each once. Names that must not move
// are taken first; a later one that is taken already gets underscores behind it,
// as the official SDK escapes its reserved names, so that the outcome depends
// only on the order of the calls.
type Scope struct {
	taken map[string]bool
}

// NewScope returns a scope in which the names given are taken.
func NewScope(reserved ...string) *Scope {
	s := &Scope{taken: make(map[string]bool, len(reserved))}
	for _, name := range reserved {
		s.taken[name] = true
	}
	return s
}

// Has reports whether the name is taken.
func (s *Scope) Has(name string) bool { return s.taken[name] }

// Take takes the name if it is free, and reports whether it was.
func (s *Scope) Take(name string) bool {
	if s.taken[name] {
		return false
	}
	s.taken[name] = true
	return true
}

// Free takes the first free one of: the name, the name with an underscore, the
// name with an underscore and a number from 2 on.
func (s *Scope) Free(name string) string {
	if s.Take(name) {
		return name
	}
	if s.Take(name + "_") {
		return name + "_"
	}
	for i := 2; ; i++ {
		if next := name + "_" + strconv.Itoa(i); s.Take(next) {
			return next
		}
	}
}
