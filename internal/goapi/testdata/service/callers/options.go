package callers

import (
	"context"
	"net/http"

	smithyendpoints "github.com/aws/smithy-go/endpoints"

	"example.com/client"
)

// Interfaces of the options that callers implement.
type sender struct{}

func (sender) Do(*http.Request) (*http.Response, error) { return nil, nil }

type resolver struct{}

func (resolver) ResolveEndpoint(context.Context, client.EndpointParameters) (smithyendpoints.Endpoint, error) {
	return smithyendpoints.Endpoint{}, nil
}

var c = client.New(client.Options{HTTPClient: sender{}}, client.WithEndpointResolverV2(resolver{}), func(o *client.Options) {
	o.Region = "eu-west-1"
})

const id string = client.ServiceID
