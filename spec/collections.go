package spec

// checkCollections sees that a map's keys are strings, and that lists and maps end
// in something else than lists and maps: Smithy forbids them to hold themselves
// without a structure or union in between, and Go has no type for such.
func checkCollections(api *API, ps *Problems) {
	const visiting, done = 1, 2
	state := map[*Shape]int{}
	for _, s := range api.Shapes {
		if s.Kind == Map && s.Key.Target.Kind != String && s.Key.Target.Kind != Enum {
			ps.Add(s.Key.Pos, "target a string", "the keys of map %s are of type %s", s.Name, s.Key.Target.Kind)
		}
		var path []*Shape
		for s != nil && state[s] == 0 {
			state[s] = visiting
			path = append(path, s)
			s = s.inner()
		}
		if s != nil && state[s] == visiting {
			ps.Add(endless(s).Pos, "put a structure in between", "%s holds nothing but itself", endless(s).Name)
		}
		for _, p := range path {
			state[p] = done
		}
	}
}

// inner is what a list or map holds, nil for other shapes.
func (s *Shape) inner() *Shape {
	switch s.Kind {
	case List:
		return s.Element.Target
	case Map:
		return s.Value.Target
	default:
		return nil
	}
}

// endless is the first by name of the collections that hold each other, so that
// the message does not depend on where the search began.
func endless(s *Shape) *Shape {
	first := s
	for next := s.inner(); next != s; next = next.inner() {
		if next.Name < first.Name {
			first = next
		}
	}
	return first
}
