package transport

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
	smithyauth "github.com/aws/smithy-go/auth"
	"github.com/aws/smithy-go/auth/bearer"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

// AuthScheme is a way to sign that only some services or endpoints ask for: a *[Scheme] or a
// *[BearerScheme]. That it is an interface keeps both out of all other programs.
type AuthScheme interface {
	// id is that of the scheme, rule what the rules of endpoints call it besides.
	id() string
	rule() string
	// isUsable reports whether there is somebody to sign.
	isUsable() bool
	// identify finds who signs a call.
	identify(ctx context.Context, c *call) error
	// sign signs the request of an attempt.
	sign(ctx context.Context, c *call) error
}

// Scheme signs with credentials.
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

func (s *Scheme) id() string     { return s.ID }
func (s *Scheme) rule() string   { return s.Rule }
func (s *Scheme) isUsable() bool { return s.Identify != nil }

func (s *Scheme) identify(ctx context.Context, c *call) (err error) {
	if c.credentials, err = s.Identify(ctx, c.in); err != nil {
		return wrap("get identity: get credentials: ", err)
	}
	return nil
}

func (s *Scheme) sign(ctx context.Context, c *call) error {
	name, region := c.scope()
	with := &Signature{
		Credentials: c.credentials, PayloadHash: c.payloadHash, Name: name, Region: region,
		At: c.sentAt.Add(c.skew), DisableDoubleEncoding: c.endpoint.DisableDoubleEncoding,
	}
	if c.signs != nil {
		with.Take(c.signs)
	}
	with.Options = c.settings.signOptions(c.info, c.credentials.SessionToken, with.DisableDoubleEncoding)
	if err := s.Sign(ctx, c.http, with); err != nil {
		return wrap("sign http: ", err)
	}
	return nil
}

// BearerScheme sends a token along.
type BearerScheme struct {
	// Tokens are those to send; nil means that the scheme can't be used.
	Tokens bearer.TokenProvider
	// Signer adds the tokens to requests; nil for what sends them over TLS only.
	Signer bearer.Signer
}

func (*BearerScheme) id() string       { return smithyauth.SchemeIDHTTPBearer }
func (*BearerScheme) rule() string     { return "bearer" }
func (b *BearerScheme) isUsable() bool { return b.Tokens != nil }

func (b *BearerScheme) identify(ctx context.Context, c *call) (err error) {
	if c.token, err = b.Tokens.RetrieveBearerToken(ctx); err != nil {
		return wrap("get identity: get token: ", err)
	}
	return nil
}

func (b *BearerScheme) sign(ctx context.Context, c *call) error { return b.Sign(ctx, c.http, c.token) }

// Sign adds a token to a request.
func (b *BearerScheme) Sign(ctx context.Context, r *http.Request, token bearer.Token) error {
	if b.Signer != nil {
		return b.signBy(ctx, r, token)
	}
	if !strings.EqualFold(r.URL.Scheme, "https") {
		return errors.New("sign request: bearer token with HTTP request requires HTTPS")
	}
	r.Header.Set("Authorization", "Bearer "+token.Value)
	return nil
}

func (b *BearerScheme) signBy(ctx context.Context, r *http.Request, token bearer.Token) error {
	signed, err := b.Signer.SignWithBearerToken(ctx, token, &smithyhttp.Request{Request: r})
	if err != nil {
		return wrap("sign request: ", err)
	}
	request, ok := signed.(*smithyhttp.Request)
	if !ok {
		return fmt.Errorf("sign request: the signer returned %T", signed)
	}
	r.URL, r.Header = request.URL, request.Header
	return nil
}

// SchemeOf returns the scheme of an id, or nil for one that all clients have and for what
// the client does not have.
func (s *Settings) SchemeOf(id string) AuthScheme {
	for _, scheme := range s.Schemes {
		if scheme.id() == id {
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
			if id := scheme.id(); rule == id || name == scheme.rule() || name == schemeName(id) {
				return id
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

// ByEndpoint chooses the first scheme of the endpoint's that the client can serve. An
// endpoint that names none leaves the choice to the operation.
func ByEndpoint(c *call) {
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
