package transport

import (
	"context"
	"net/http"

	"github.com/aws/aws-sdk-go-v2/aws"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
	smithyauth "github.com/aws/smithy-go/auth"
)

// Scheme is a way to sign that only some services or endpoints ask for. That it is behind
// functions keeps it out of all other programs.
type Scheme struct {
	// ID is that of the scheme, Rule what the rules of endpoints call it.
	ID, Rule string
	// Identify returns who signs the call with an input; nil if there is nobody.
	Identify func(ctx context.Context, in any) (aws.Credentials, error)
	// Sign signs a request.
	Sign func(ctx context.Context, r *http.Request, with *Signature) error
	// Presign returns the URL of a request with its signature, and the headers that were
	// signed; nil for a scheme that can't.
	Presign func(ctx context.Context, by v4.HTTPPresigner, r *http.Request, with *Signature) (string, http.Header, error)
}

// Scheme returns the scheme of an id, or nil for one that all clients have.
func (s *Settings) Scheme(id string) *Scheme {
	for _, scheme := range s.Schemes {
		if scheme.ID == id {
			return scheme
		}
	}
	return nil
}

// idOf is the id of a scheme as the rules of endpoints call it.
func (s *Settings) idOf(rule string) string {
	switch name := schemeName(rule); name {
	case "sigv4":
		return smithyauth.SchemeIDSigV4
	case "bearer", "httpBearerAuth":
		return smithyauth.SchemeIDHTTPBearer
	case "none", "noAuth":
		return smithyauth.SchemeIDAnonymous
	default:
		for _, scheme := range s.Schemes {
			if rule == scheme.ID || name == scheme.Rule || name == schemeName(scheme.ID) {
				return scheme.ID
			}
		}
		return rule
	}
}

// AuthOptions returns the options of authentication that an endpoint has, with the ids of
// their schemes.
func (s *Settings) AuthOptions(e *Endpoint) []*smithyauth.Option {
	options := make([]*smithyauth.Option, len(e.AuthOptions))
	for i, option := range e.AuthOptions {
		named := *option
		named.SchemeID = s.idOf(option.SchemeID)
		options[i] = &named
	}
	return options
}

// chooseByEndpoint chooses the first scheme of the endpoint's that the client can serve. An
// endpoint that names none leaves the choice to the operation.
func (c *call) chooseByEndpoint() {
	c.signs = nil
	if len(c.endpoint.AuthOptions) == 0 {
		c.resolveAuthScheme()
		return
	}
	c.scheme = smithyauth.SchemeIDAnonymous
	for _, option := range c.endpoint.AuthOptions {
		if id := c.settings.idOf(option.SchemeID); c.settings.canUse(id) {
			c.scheme, c.signs = id, &option.SignerProperties
			return
		}
	}
}

// signByScheme signs with one of the client's own schemes.
func (c *call) signByScheme(ctx context.Context, scheme *Scheme) error {
	with := &Signature{
		Credentials: c.credentials, PayloadHash: c.payloadHash, Name: c.signingName(), Region: c.signingRegion(),
		At: c.sentAt.Add(c.skew), DisableDoubleEncoding: c.endpoint.DisableDoubleEncoding,
	}
	if c.signs != nil {
		with.Take(c.signs)
	}
	with.Options = c.settings.signOptions(c.info, c.credentials.SessionToken, with.DisableDoubleEncoding)
	if err := scheme.Sign(ctx, c.http, with); err != nil {
		return wrap("sign http: ", err)
	}
	return nil
}
