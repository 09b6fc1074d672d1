package snapshot

import (
	"fmt"

	"example.com/lathe/spec"
)

// table holds the shapes that were named so far, most of them before they are
// read.
type table map[string]*spec.Shape

func (t table) shape(name string) *spec.Shape {
	if t[name] == nil {
		t[name] = &spec.Shape{}
	}
	return t[name]
}

// fill puts the shapes that were read in the places that were named, and returns
// them by name.
func (t table) fill(shapes []shape) (map[string]*spec.Shape, error) {
	all := make(map[string]*spec.Shape, len(shapes))
	for i := range shapes {
		s := t.shape(shapes[i].Name)
		if all[shapes[i].Name] != nil {
			return nil, fmt.Errorf("shape %q stands twice", shapes[i].Name)
		}
		*s = spec.Shape(shapes[i])
		all[s.Name] = s
	}
	for name := range t {
		if all[name] == nil {
			return nil, fmt.Errorf("shape %q is missing", name)
		}
	}
	return all, nil
}

// check sees that the model has no holes that those who walk it would fall into.
func check(api *spec.API) error {
	for i, op := range api.Operations {
		if op == nil {
			return fmt.Errorf("operation %d is missing", i)
		}
	}
	for _, s := range api.Shapes {
		if err := checkShape(s); err != nil {
			return err
		}
	}
	return nil
}

func checkShape(s *spec.Shape) error {
	for _, m := range s.Members {
		if m == nil {
			return fmt.Errorf("a member of %s is missing", s.Name)
		}
	}
	for m := range s.Edges {
		if m.Target == nil {
			return fmt.Errorf("member %s of %s has no target", m.Name, s.Name)
		}
	}
	isList, isMap := s.Kind == spec.List, s.Kind == spec.Map
	if isList != (s.Element != nil) || isMap != (s.Key != nil) || isMap != (s.Value != nil) {
		return fmt.Errorf("%s %s does not have what such a shape holds", s.Kind, s.Name)
	}
	return nil
}
