package compare

import (
	"example.com/lathe/internal/plan"
	"example.com/lathe/spec"
)

// Helper is what the client has beside an operation, in Go: a paginator.
type Helper struct {
	// Objects are its functions and types.
	Objects []string
	// Options is the type of its options.
	Options string
	// Parts are those options and methods that it has for the sake of some member, with
	// their types.
	Parts []GoField
}

// paginator returns the paginator of an operation; nil when it has none.
func (g *golang) paginator(op *spec.Operation) *Helper {
	p := g.plan(op)
	if p == nil || p.Paginator == nil {
		return nil
	}
	pages := p.Paginator
	h := &Helper{Objects: []string{p.APIClient, pages.New, pages.Name, pages.Options}, Options: pages.Options}
	if pages.Limit != nil {
		h.Parts = append(h.Parts, GoField{Name: pages.Options + ".Limit", Type: typeString(pages.Limit.Value.Type)})
	}
	if pages.Comparable() {
		h.Parts = append(h.Parts, GoField{Name: pages.Options + ".StopOnDuplicateToken", Type: "bool"})
	}
	if pages.Item != nil {
		h.Parts = append(h.Parts, GoField{Name: "(*" + pages.Name + ").All", Type: typeString(pages.Item)})
	}
	return h
}

// helpers are the objects that an operation has beside its method, input and output.
func helpers(p *plan.Operation) []string {
	var objects []string
	if p.APIClient != "" {
		objects = append(objects, p.APIClient)
	}
	if pages := p.Paginator; pages != nil {
		objects = append(objects, pages.New, pages.Name, pages.Options)
	}
	for _, w := range p.Waiters {
		objects = append(objects, w.New, w.Name, w.Options)
	}
	return objects
}

// waiter returns the objects of a waiter, with the interface that it takes; none when the
// client has no such waiter.
func (g *golang) waiter(op *spec.Operation, name string) []string {
	if p := g.plan(op); p != nil {
		for _, w := range p.Waiters {
			if w.Model == name {
				return []string{p.APIClient, w.New, w.Name, w.Options}
			}
		}
	}
	return nil
}

// Part returns the part of that name, or nil.
func (h *Helper) Part(name string) *GoField {
	for i := range h.Parts {
		if h.Parts[i].Name == name {
			return &h.Parts[i]
		}
	}
	return nil
}
