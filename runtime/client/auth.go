package client

import (
	"context"

	"example.com/lathe/runtime/stack"
	smithyauth "github.com/aws/smithy-go/auth"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

// AuthResolverParameters are what the authentication schemes of a call depend on.
type AuthResolverParameters struct {
	// Operation is the name of the operation.
	Operation string

	// Region is the region that the operation is called in.
	Region string
}

// AuthSchemeResolver returns the authentication schemes of an operation, preferred first.
type AuthSchemeResolver interface {
	ResolveAuthSchemes(context.Context, *AuthResolverParameters) ([]*smithyauth.Option, error)
}

// defaultAuthSchemeResolver returns the schemes of the model, and last, where it is the
// client's own, none.
type defaultAuthSchemeResolver struct{ anonymous bool }

// ResolveAuthSchemes returns the schemes.
func (r *defaultAuthSchemeResolver) ResolveAuthSchemes(_ context.Context, params *AuthResolverParameters) ([]*smithyauth.Option, error) {
	ids := operationAuth(params.Operation)
	options := make([]*smithyauth.Option, 0, len(ids)+1)
	for _, id := range ids {
		option := &smithyauth.Option{SchemeID: id}
		if id == smithyauth.SchemeIDSigV4 {
			smithyhttp.SetSigV4SigningName(&option.SignerProperties, "lathe:SigningName")
			smithyhttp.SetSigV4SigningRegion(&option.SignerProperties, params.Region)
		}
		options = append(options, option)
	}
	if r.anonymous {
		options = append(options, &smithyauth.Option{SchemeID: smithyauth.SchemeIDAnonymous})
	}
	return options, nil
}

//lathe:insert OperationAuth

// GetIdentityResolver returns what finds out who signs by a scheme; nil if there is
// nobody.
func (o Options) GetIdentityResolver(schemeID string) smithyauth.IdentityResolver {
	switch schemeID {
	case smithyauth.SchemeIDSigV4:
		return stack.CredentialsResolver(o.Credentials)
	//lathe:if bearer
	case smithyauth.SchemeIDHTTPBearer:
		return stack.TokenResolver(o.BearerAuthTokenProvider)
	//lathe:end
	case smithyauth.SchemeIDAnonymous:
		return &smithyauth.AnonymousIdentityResolver{}
	default:
		return nil
	}
}
