package transport

import (
	"context"
	"strings"

	"example.com/lathe/runtime/sigv4"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
	smithyauth "github.com/aws/smithy-go/auth"
)

// resolveAuthScheme chooses the first scheme that the client can serve: of those
// that the client prefers, then in the operation's order. When there is none the
// call is sent unsigned.
func (c *call) resolveAuthScheme() {
	for _, name := range c.settings.AuthPreference {
		if name == "" {
			continue
		}
		c.scheme = c.usableScheme(name)
		if c.scheme != smithyauth.SchemeIDAnonymous || name == schemeName(smithyauth.SchemeIDAnonymous) {
			return
		}
	}
	c.scheme = c.usableScheme("")
}

// usableScheme is the operation's first scheme that the client can serve and that
// has the name, unless that is empty.
func (c *call) usableScheme(name string) string {
	for _, id := range c.info.Auth {
		if (name == "" || name == schemeName(id)) && c.settings.canUse(id) {
			return id
		}
	}
	return smithyauth.SchemeIDAnonymous
}

// schemeName is a scheme's id without its namespace.
func schemeName(id string) string { return id[strings.IndexByte(id, '#')+1:] }

func (s *Settings) canUse(id string) bool {
	switch id {
	case smithyauth.SchemeIDSigV4:
		return s.Credentials != nil
	case smithyauth.SchemeIDAnonymous:
		return true
	default:
		scheme := s.SchemeOf(id)
		return scheme != nil && scheme.isUsable()
	}
}

// resolveIdentity fetches what the scheme signs with.
func (c *call) resolveIdentity(ctx context.Context) (err error) {
	switch c.scheme {
	case smithyauth.SchemeIDSigV4:
		if c.credentials, err = c.settings.Credentials.Retrieve(ctx); err != nil {
			return wrap("get identity: get credentials: ", err)
		}
	case smithyauth.SchemeIDAnonymous:
	default:
		return c.settings.SchemeOf(c.scheme).identify(ctx, c)
	}
	return nil
}

const unsignedPayload = "UNSIGNED-PAYLOAD"

// hashPayload finds the body's hash for the signature. The body is the same for
// all attempts, so the first hash serves.
func (c *call) hashPayload() (err error) {
	withHeader := c.info.UnsignedPayload || c.info.EventInput || c.settings.SendPayloadHash
	if (c.scheme == smithyauth.SchemeIDAnonymous || c.scheme == smithyauth.SchemeIDHTTPBearer) && !withHeader {
		return nil
	}
	switch {
	case c.info.EventInput:
		c.payloadHash = signedEvents
	case c.info.UnsignedPayload:
		c.payloadHash = unsignedPayload
	case c.info.UnsignedOverTLS && c.request.SentHash() == "" && c.http.URL.Scheme == "https":
		c.payloadHash = unsignedPayload
	case c.payloadHash == "":
		if c.payloadHash, err = c.request.PayloadHash(); err != nil {
			return &v4.HashComputationError{Err: err}
		}
	}
	if withHeader {
		c.message.SetHeader("X-Amz-Content-Sha256", c.payloadHash)
	}
	return nil
}

// sign adds the proof of identity to this attempt's request.
func (c *call) sign(ctx context.Context) (err error) {
	switch c.scheme {
	case smithyauth.SchemeIDSigV4:
		err = c.signV4(ctx)
	case smithyauth.SchemeIDAnonymous:
	default:
		err = c.settings.SchemeOf(c.scheme).sign(ctx, c)
	}
	if err != nil {
		return wrap("sign request: ", err)
	}
	return nil
}

func (c *call) signV4(ctx context.Context) error {
	at, raw := c.sentAt.Add(c.skew), c.endpoint.DisableDoubleEncoding
	name, region := c.scope()
	if own := c.settings.ownSigner; own != nil {
		own.Sign(c.http, &sigv4.Params{
			Credentials: c.credentials, PayloadHash: c.payloadHash, Service: name, Region: region, Time: at,
			DisableURIPathEscaping: raw, Headers: c.message,
		})
		return nil
	}
	err := c.settings.Signer.SignHTTP(ctx, c.credentials, c.http, c.payloadHash, name, region, at,
		c.settings.signOptions(c.info, c.credentials.SessionToken, raw))
	if err != nil {
		return wrap("sign http: ", err)
	}
	return nil
}

// signOptions are those that the official client passes to a signer, which may log what
// it signs: without the session token, and not when the input has sensitive members,
// because they may be in the path, the query and the headers.
func (s *Settings) signOptions(info *Info, sessionToken string, raw bool) func(*v4.SignerOptions) {
	logger, logs := s.Logger, s.LogMode.IsSigning() && !info.hidesInput()
	if logs {
		logger = &redactor{logger, sessionToken}
	}
	return func(o *v4.SignerOptions) {
		o.DisableURIPathEscaping = raw
		o.Logger = logger
		o.LogSigning = logs
	}
}
