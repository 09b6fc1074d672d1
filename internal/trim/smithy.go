package trim

import (
	"slices"
	"strings"
)

// beside are traits that say nothing of how a service is called: examples, tests, what
// other programs make of the model, and what refers to shapes for readers alone. Those
// that end in "#" are all traits of a namespace.
var beside = []string{
	"smithy.api#examples", "smithy.rules#endpointTests", "smithy.api#references", "aws.api#arnReference",
	"smithy.test#", "aws.cloudformation#", "aws.iam#",
}

// smithy is a Smithy model that is cut.
type smithy struct {
	shapes map[string]*node
	// called are the operations to be kept, by their names without namespace.
	called map[string]bool
	// leads are resources and whether they lead to such an operation.
	leads map[string]bool
	kept  map[string]bool
}

// Smithy cuts a Smithy model in its JSON AST to the operations of those names.
func Smithy(data []byte, operations []string) ([]byte, error) {
	root, err := parse(data)
	if err != nil {
		return nil, err
	}
	s := &smithy{shapes: map[string]*node{}, called: map[string]bool{}, leads: map[string]bool{}, kept: map[string]bool{}}
	for _, name := range operations {
		s.called[name] = true
	}
	shapes := root.get("shapes").with(func(_ string, shape *node) *node { return withoutTraits(shape) })
	for _, m := range shapes.members {
		s.shapes[m.name] = m.value
	}
	shapes = shapes.with(func(_ string, shape *node) *node { return s.bound(shape) })
	for _, m := range shapes.members {
		s.shapes[m.name] = m.value
	}
	for _, m := range shapes.members {
		if m.value.get("type").string() == "service" {
			s.keep(m.name)
		}
	}
	shapes = shapes.filter(func(id string, _ *node) bool {
		target, _, _ := strings.Cut(id, "$") // of an apply statement
		return s.kept[target]
	}).with(func(_ string, shape *node) *node { return s.renamed(shape) })
	return root.with(func(name string, value *node) *node {
		if name == "shapes" {
			return shapes
		}
		return value
	}).text()
}

// withoutTraits leaves out the traits that are beside the point, of a shape and of its
// members.
func withoutTraits(shape *node) *node {
	return shape.with(func(name string, value *node) *node {
		switch name {
		case "traits":
			return value.filter(func(id string, _ *node) bool {
				return !slices.ContainsFunc(
					beside, func(b string) bool { return id == b || strings.HasSuffix(b, "#") && strings.HasPrefix(id, b) })
			})
		case "members":
			return value.with(func(_ string, m *node) *node { return withoutTraits(m) })
		case "member", "key", "value":
			return withoutTraits(value)
		default:
			return value
		}
	})
}

// bound leaves of what a service or resource has the operations that are kept, and the
// resources that lead to such.
func (s *smithy) bound(shape *node) *node {
	kind := shape.get("type").string()
	if kind != "service" && kind != "resource" {
		return shape
	}
	return shape.with(func(name string, value *node) *node {
		switch name {
		case "operations", "collectionOperations":
			return value.pick(func(reference *node) bool { return s.isCalled(reference) })
		case "put", "create", "read", "update", "delete", "list":
			if kind == "resource" && !s.isCalled(value) {
				return nil
			}
			return value
		case "resources":
			return value.pick(func(reference *node) bool { return s.leadsOn(reference.get("target").string()) })
		case "properties":
			return nil
		default:
			return value
		}
	})
}

func (s *smithy) isCalled(reference *node) bool {
	_, name, _ := strings.Cut(reference.get("target").string(), "#")
	return s.called[name]
}

// leadsOn reports whether a resource has an operation that is kept, or leads to one that
// has.
func (s *smithy) leadsOn(id string) bool {
	if leads, known := s.leads[id]; known {
		return leads
	}
	s.leads[id] = false // should it lead to itself
	resource := s.shapes[id]
	if resource == nil {
		return false
	}
	for _, m := range resource.members {
		switch m.name {
		case "operations", "collectionOperations":
			s.leads[id] = s.leads[id] || slices.ContainsFunc(m.value.items, s.isCalled)
		case "put", "create", "read", "update", "delete", "list":
			s.leads[id] = s.leads[id] || s.isCalled(m.value)
		case "resources":
			for _, below := range m.value.items {
				s.leads[id] = s.leadsOn(below.get("target").string()) || s.leads[id]
			}
		}
	}
	return s.leads[id]
}

// keep keeps a shape and all that it names: targets, mixins, traits that the model
// defines, and shapes in the values of traits.
func (s *smithy) keep(id string) {
	pending := []string{id}
	for len(pending) > 0 {
		last := len(pending) - 1
		id, pending = pending[last], pending[:last]
		if s.kept[id] || s.shapes[id] == nil {
			continue
		}
		s.kept[id] = true
		s.refersTo(id).strings(func(text string) {
			target, _, _ := strings.Cut(text, "$")
			pending = append(pending, target)
		})
	}
}

// refersTo is the part of a shape in which others are named that it needs. That a service
// renames a shape is none.
func (s *smithy) refersTo(id string) *node {
	return s.shapes[id].filter(func(name string, _ *node) bool { return name != "rename" })
}

// renamed leaves of what a service renames the shapes that are kept.
func (s *smithy) renamed(shape *node) *node {
	return shape.with(func(name string, value *node) *node {
		if name == "rename" && shape.get("type").string() == "service" {
			return value.filter(func(id string, _ *node) bool { return s.kept[id] })
		}
		return value
	})
}
