package rules

import (
	"example.com/lathe/spec"
	"example.com/lathe/spec/tree"
)

// ContextValues reads what an operation passes to a rule set: a map from endpoint parameters
// to objects that hold a value under a key. The values are sorted by name.
func ContextValues(r *tree.Reader, v tree.Value, key string) []spec.ContextValue {
	var all []spec.ContextValue
	for p := range r.Object(v).All() {
		value := p.Get(key)
		if !r.Expect(p, tree.Object) {
			continue
		}
		switch value.Kind() {
		case tree.String, tree.Bool:
			all = append(all, spec.ContextValue{Name: p.Name(), Value: value.Decode()})
		case tree.Array:
			all = append(all, spec.ContextValue{Name: p.Name(), Value: r.Texts(value)})
		default:
			r.Problems.Add(p.Pos(), "",
				"the %s of endpoint parameter %s must be a string, a boolean or an array of strings, not %s",
				key, p.Name(), value.Kind())
		}
	}
	spec.SortContext(all)
	return all
}
