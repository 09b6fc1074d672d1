package endpointrules

import (
	"errors"
	"net/http"
	"net/url"

	"github.com/aws/smithy-go"
	smithyauth "github.com/aws/smithy-go/auth"
	smithyendpoints "github.com/aws/smithy-go/endpoints"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

// Attributes are those of an endpoint in a rule set, besides its URL.
type Attributes struct {
	Headers     http.Header
	AuthSchemes []AuthScheme
	Properties  []Property
}

// AuthScheme is how requests to an endpoint are signed. What is empty leaves the
// client's own setting in place.
type AuthScheme struct {
	// Name is that of the rule set, "sigv4".
	Name string
	// SigningName and SigningRegion belong to the credential scope of SigV4.
	SigningName, SigningRegion string
	// SigningRegionSet are the regions that a SigV4A signature is valid in.
	SigningRegionSet []string
	// DisableDoubleEncoding signs the path as it travels.
	DisableDoubleEncoding bool
	// Other are properties of the scheme under their own names.
	Other []Property
}

// Property is a named value.
type Property struct {
	Name  string
	Value any
}

// Result is how a rule set ends. It is a pointer that goes through the functions
// of a rule set, whose code would be half as long again with an endpoint.
type Result struct {
	endpoint smithyendpoints.Endpoint
	err      error
}

// Endpoint returns the endpoint or the error.
func (r *Result) Endpoint() (smithyendpoints.Endpoint, error) { return r.endpoint, r.err }

// Resolve ends a rule set with an endpoint.
func Resolve(uri string) *Result {
	u, err := url.Parse(uri)
	if err != nil {
		return failed("Failed to parse uri: " + uri)
	}
	return &Result{endpoint: smithyendpoints.Endpoint{URI: *u, Headers: http.Header{}}}
}

// failed is not inlined: the endpoint rules of S3 end with a hundred errors, whose code would be
// 12 kB longer.
//
//go:noinline
func failed(message string) *Result { return &Result{err: errors.New(message)} }

// ResolveWith ends a rule set with an endpoint that has attributes.
func ResolveWith(uri string, attributes Attributes) *Result {
	result := Resolve(uri)
	if result.err != nil {
		return result
	}
	endpoint := &result.endpoint
	if attributes.Headers != nil {
		endpoint.Headers = attributes.Headers
	}
	for _, p := range attributes.Properties {
		endpoint.Properties.Set(p.Name, p.Value)
	}
	if len(attributes.AuthSchemes) > 0 {
		options := make([]*smithyauth.Option, len(attributes.AuthSchemes))
		for i := range attributes.AuthSchemes {
			options[i] = attributes.AuthSchemes[i].option()
		}
		smithyauth.SetAuthOptions(&endpoint.Properties, options)
	}
	return result
}

func (s *AuthScheme) option() *smithyauth.Option {
	var p smithy.Properties
	if s.SigningName != "" {
		smithyhttp.SetSigV4SigningName(&p, s.SigningName)
		smithyhttp.SetSigV4ASigningName(&p, s.SigningName)
	}
	if s.SigningRegion != "" {
		smithyhttp.SetSigV4SigningRegion(&p, s.SigningRegion)
	}
	if s.SigningRegionSet != nil {
		smithyhttp.SetSigV4ASigningRegions(&p, s.SigningRegionSet)
	}
	if s.DisableDoubleEncoding {
		smithyhttp.SetDisableDoubleEncoding(&p, true)
	}
	for _, other := range s.Other {
		p.Set(other.Name, other.Value)
	}
	return &smithyauth.Option{SchemeID: s.Name, SignerProperties: p}
}

// Fail ends a rule set with an error.
func Fail(message string) *Result { return failed("endpoint rule error, " + message) }

// NoMatch ends a rule set of which no rule applied.
func NoMatch() *Result { return failed("endpoint resolution failed: no matching rule") }
