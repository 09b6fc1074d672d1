package client

import (
	"context"
	"errors"
	"fmt"

	"example.com/lathe/runtime/transport"
	//lathe:if account
	"github.com/aws/aws-sdk-go-v2/aws"
	//lathe:end
	smithyendpoints "github.com/aws/smithy-go/endpoints"
)

// EndpointResolverV2 finds the endpoint for parameters.
type EndpointResolverV2 interface {
	ResolveEndpoint(ctx context.Context, params EndpointParameters) (smithyendpoints.Endpoint, error)
}

// resolver follows the rules of the service's model.
type resolver struct{}

// NewDefaultEndpointResolverV2 returns a resolver that follows the rules of the
// service's model.
func NewDefaultEndpointResolverV2() EndpointResolverV2 {
	return &resolver{}
}

// ResolveEndpoint returns the endpoint for the parameters, or the error that the rules
// have for them.
func (*resolver) ResolveEndpoint(_ context.Context, params EndpointParameters) (smithyendpoints.Endpoint, error) {
	params = params.WithDefaults()
	if err := params.ValidateRequired(); err != nil {
		return smithyendpoints.Endpoint{}, fmt.Errorf("endpoint parameters are not valid, %w", err)
	}
	return resolveRules(&params).Endpoint()
}

// endpointCall is what the endpoint of a call depends on.
type endpointCall struct {
	options *Options
	in      any // a pointer to the operation's input
	//lathe:if account
	account string // of the credentials; empty for none
	//lathe:end
}

//lathe:if bound

// endpointParamsBinder is an input that sets parameters.
type endpointParamsBinder interface {
	bindEndpointParams(*EndpointParameters)
}

//lathe:end

// resolveEndpoint finds the endpoint of a call. What the default resolver finds is
// remembered; another resolver is asked every time.
func (c *Client) resolveEndpoint(
	ctx context.Context, options *Options, account string, in any,
) (*transport.Endpoint, error) {
	call := endpointCall{options: options, in: in}
	//lathe:if account
	if err := checkAccount(options.AccountIDEndpointMode, account); err != nil {
		return nil, fmt.Errorf("invalid accountID set: %w", err)
	}
	if options.AccountIDEndpointMode != aws.AccountIDEndpointModeDisabled {
		call.account = account
	}
	//lathe:end
	if _, ok := options.EndpointResolverV2.(*resolver); !ok {
		return findEndpoint(ctx, call)
	}
	key := newEndpointKey(call)
	if known := c.endpoints.Get(key); known != nil {
		return known, nil
	}
	found, err := findEndpoint(ctx, call)
	if err == nil {
		//lathe:if boundText
		key.ownText()
		//lathe:end
		c.endpoints.Put(key, found)
	}
	return found, err
}

// findEndpoint asks the resolver of the options.
func findEndpoint(ctx context.Context, call endpointCall) (*transport.Endpoint, error) {
	if call.options.EndpointResolverV2 == nil {
		return nil, errors.New("expected endpoint resolver to not be nil")
	}
	params, err := bindEndpointParams(call)
	if err != nil {
		return nil, fmt.Errorf("failed to bind endpoint params, %w", err)
	}
	found, err := call.options.EndpointResolverV2.ResolveEndpoint(ctx, *params)
	//lathe:if endpointAuth
	if err != nil && call.options.Region != "" { // without one, the scheme can be resolved
		return nil, fmt.Errorf("resolve auth scheme: resolve endpoint: %w", err)
	}
	//lathe:end
	return transport.NewEndpoint(found, err)
}

//lathe:if account

// checkAccount returns an error if endpoints can't contain the account as the mode wants.
func checkAccount(mode aws.AccountIDEndpointMode, account string) error {
	switch mode {
	case aws.AccountIDEndpointModeUnset, aws.AccountIDEndpointModePreferred, aws.AccountIDEndpointModeDisabled:
		return nil
	case aws.AccountIDEndpointModeRequired:
		if account == "" {
			return errors.New("accountID is required but not set")
		}
		return nil
	default:
		return fmt.Errorf("invalid accountID endpoint mode %s, must be preferred/required/disabled", mode)
	}
}

//lathe:end
