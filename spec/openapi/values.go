package openapi

import "example.com/lathe/spec/tree"

// kindName names a kind of values as people who write YAML do.
func kindName(k tree.Kind) string {
	if k == tree.Array {
		return "a list"
	}
	return k.String()
}

// names lists an object's keys in source order.
func names(object tree.Value) []string {
	var all []string
	for m := range object.All() {
		all = append(all, m.Name())
	}
	return all
}
