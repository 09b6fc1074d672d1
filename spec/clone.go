package spec

import (
	"maps"
	"slices"
)

// clone returns a copy of the API whose operations and shapes may be changed without
// changing those of the original.
func (api *API) clone() *API {
	out := new(*api)
	all := slices.Collect(maps.Values(api.Shapes))
	all = append(all, Reached(api, api.Operations...)...)
	copies := map[*Shape]*Shape{}
	for _, s := range Closure(all...) {
		copies[s] = new(*s)
	}
	member := func(m *Member) *Member {
		if m == nil {
			return nil
		}
		own := *m
		own.Target = copies[m.Target]
		return &own
	}
	for _, s := range copies {
		s.Members, s.EnumValues = slices.Clone(s.Members), slices.Clone(s.EnumValues)
		for i, m := range s.Members {
			s.Members[i] = member(m)
		}
		s.Element, s.Key, s.Value = member(s.Element), member(s.Key), member(s.Value)
	}
	shapes := func(list []*Shape) []*Shape {
		list = slices.Clone(list)
		for i, s := range list {
			list[i] = copies[s]
		}
		return list
	}
	out.Shapes = map[string]*Shape{}
	for name, s := range api.Shapes {
		out.Shapes[name] = copies[s]
	}
	out.Errors, out.Operations = shapes(api.Errors), slices.Clone(api.Operations)
	for i, op := range out.Operations {
		own := *op
		own.Input, own.Output, own.Errors, own.Waiters = copies[op.Input], copies[op.Output], shapes(op.Errors),
			slices.Clone(op.Waiters)
		out.Operations[i] = &own
	}
	return out
}
