package transport

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"example.com/lathe/templates/runtime/sigv4"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
	smithyauth "github.com/aws/smithy-go/auth"
	"github.com/aws/smithy-go/logging"
)

// resolveAuthScheme chooses the first scheme that the client can serve: of those
// that the client prefers, then in the operation's order. When there is none the
// call is sent unsigned.
func (c *call) resolveAuthScheme() {
	c.scheme = smithyauth.SchemeIDAnonymous
	for _, name := range c.settings.AuthPreference {
		usable := func(id string) bool { return schemeName(id) == name && c.settings.canUse(id) }
		if i := slices.IndexFunc(c.info.Auth, usable); i >= 0 {
			c.scheme = c.info.Auth[i]
			return
		}
		if name == schemeName(smithyauth.SchemeIDAnonymous) {
			return
		}
	}
	if i := slices.IndexFunc(c.info.Auth, c.settings.canUse); i >= 0 {
		c.scheme = c.info.Auth[i]
	}
}

// schemeName is a scheme's id without its namespace.
func schemeName(id string) string { return id[strings.IndexByte(id, '#')+1:] }

func (s *Settings) canUse(id string) bool {
	switch id {
	case smithyauth.SchemeIDSigV4:
		return s.Credentials != nil
	case smithyauth.SchemeIDHTTPBearer:
		return s.BearerTokens != nil
	default:
		return id == smithyauth.SchemeIDAnonymous
	}
}

// resolveIdentity fetches what the scheme signs with.
func (c *call) resolveIdentity(ctx context.Context) (err error) {
	switch c.scheme {
	case smithyauth.SchemeIDSigV4:
		if c.credentials, err = c.settings.Credentials.Retrieve(ctx); err != nil {
			return fmt.Errorf("get identity: get credentials: %w", err)
		}
	case smithyauth.SchemeIDHTTPBearer:
		if c.token, err = c.settings.BearerTokens.RetrieveBearerToken(ctx); err != nil {
			return fmt.Errorf("get identity: get token: %w", err)
		}
	}
	return nil
}

const unsignedPayload = "UNSIGNED-PAYLOAD"

// hashPayload finds the body's hash for the signature. The body is the same for
// all attempts, so the first hash serves.
func (c *call) hashPayload() (err error) {
	withHeader := c.info.UnsignedPayload || c.info.ContentSHA256
	if c.scheme != smithyauth.SchemeIDSigV4 && !withHeader {
		return nil
	}
	if c.info.UnsignedPayload {
		c.payloadHash = unsignedPayload
	} else if c.payloadHash == "" {
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
	case smithyauth.SchemeIDHTTPBearer:
		err = c.signBearer()
	}
	if err != nil {
		return fmt.Errorf("sign request: %w", err)
	}
	return nil
}

func (c *call) signV4(ctx context.Context) error {
	name, region, raw := c.info.SigningName, c.settings.Region, 0
	if c.endpoint.SigningName != "" {
		name = c.endpoint.SigningName
	}
	if c.endpoint.SigningRegion != "" {
		region = c.endpoint.SigningRegion
	}
	if c.endpoint.DisableDoubleEncoding {
		raw = 1
	}
	at := time.Now().Add(c.skew)
	if c.settings.lean != nil {
		c.settings.lean.Sign(c.http, &sigv4.Params{
			Credentials: c.credentials, PayloadHash: c.payloadHash, Service: name, Region: region, Time: at,
			DisableURIPathEscaping: raw == 1,
		})
		return nil
	}
	options := c.settings.signOptions[raw]
	if c.settings.LogMode.IsSigning() {
		options = c.logSigning(raw == 1)
	}
	if err := c.settings.Signer.SignHTTP(ctx, c.credentials, c.http, c.payloadHash, name, region, at, options...); err != nil {
		return fmt.Errorf("sign http: %w", err)
	}
	return nil
}

// signOptions are the options that the official client gives a signer.
func signOptions(logger logging.Logger, raw, logs bool) []func(*v4.SignerOptions) {
	return []func(*v4.SignerOptions){func(o *v4.SignerOptions) {
		o.DisableURIPathEscaping = raw
		o.Logger = logger
		o.LogSigning = logs
	}}
}

func (c *call) signBearer() error {
	if !strings.EqualFold(c.http.URL.Scheme, "https") {
		return errors.New("sign request: bearer token with HTTP request requires HTTPS")
	}
	c.message.SetHeader("Authorization", "Bearer "+c.token.Value)
	return nil
}
