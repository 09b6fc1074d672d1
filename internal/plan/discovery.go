package plan

import "example.com/lathe/spec"

// Discovery is how the service finds the endpoints of its operations.
type Discovery struct {
	// Operation returns them.
	Operation *Operation
	// Addresses is the list in its output. Each element has a Host and the Minutes that
	// it is good for.
	Addresses, Host, Minutes *Field
}

// discovery plans how endpoints are found, once the operations are planned. Clients
// without an operation that asks for them have no need to.
func (b *builder) discovery() {
	var finder *Operation
	asks := false
	for _, op := range b.pkg.Operations {
		if op.Spec.Name == b.api.EndpointOperation {
			finder = op
		}
		asks = asks || op.Spec.EndpointDiscovery != spec.NoDiscovery
	}
	if finder == nil || !asks {
		return
	}
	d := &Discovery{Operation: finder}
	var address *Struct
	d.Addresses, address = b.items(finder.Output, "Endpoints")
	d.Host, d.Minutes = address.field("Address"), address.field("CachePeriodInMinutes")
	if d.Host == nil || d.Host.Value.Kind != KindString || d.Minutes == nil || d.Minutes.Value.Kind != KindInt64 {
		b.problems.Add(finder.Spec.Pos,
			"its output has a list Endpoints of structures with a string Address and a long CachePeriodInMinutes",
			"%s finds endpoints, but its output is not that of such an operation", finder.Spec.Name)
		return
	}
	b.pkg.Discovery = d
	for _, op := range b.pkg.Operations {
		op.Discovery = discoveries[op.Spec.EndpointDiscovery]
	}
}

// discoveries are the constants of package transport.
var discoveries = map[spec.Discovery]string{
	spec.OptionalDiscovery: "OptionalDiscovery", spec.RequiredDiscovery: "RequiredDiscovery",
}
