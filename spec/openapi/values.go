package openapi

import "example.com/lathe/spec/jsonpos"

// kindName names a kind of values as people who write YAML do.
func kindName(k jsonpos.Kind) string {
	if k == jsonpos.Array {
		return "a list"
	}
	return k.String()
}

// names lists an object's keys in source order.
func names(object jsonpos.Value) []string {
	var all []string
	for m := range object.All() {
		all = append(all, m.Name())
	}
	return all
}
