package callers

import "example.com/client"

// A literal without them, which only few structs admit.
var unkeyed = client.EndpointParameters{nil, nil}
