package spec_test

import (
	"slices"
	"testing"

	"example.com/lathe/spec"
)

// TestSelectEndpointOperation selects what finds the endpoint of an operation with it.
func TestSelectEndpointOperation(t *testing.T) {
	api := &spec.API{EndpointOperation: "Find", Operations: []*spec.Operation{
		{Name: "Plain"}, {Name: "Find"}, {Name: "May", EndpointDiscovery: spec.OptionalDiscovery}, {Name: "Must", EndpointDiscovery: spec.RequiredDiscovery},
	}}
	for _, tc := range []struct{ names, want []string }{
		{nil, []string{"Plain", "Find", "May", "Must"}},
		{[]string{"Plain"}, []string{"Plain"}},
		{[]string{"May"}, []string{"Find", "May"}},
		{[]string{"M*"}, []string{"Find", "May", "Must"}},
		{[]string{"Find"}, []string{"Find"}},
	} {
		selected, unmatched := spec.Select(api, tc.names)
		var got []string
		for _, op := range selected.Operations {
			got = append(got, op.Name)
		}
		if !slices.Equal(got, tc.want) || unmatched != nil {
			t.Errorf("%v: %v, %v", tc.names, got, unmatched)
		}
	}
}
