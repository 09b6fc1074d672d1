package transport

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"

	smithyauth "github.com/aws/smithy-go/auth"
	smithyendpoints "github.com/aws/smithy-go/endpoints"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

// Endpoint is where a call goes and what the endpoint asks of it. It is shared
// between calls and must not be changed once it is in use.
type Endpoint struct {
	// URL holds scheme, host and base path; nothing else of it is used.
	URL url.URL
	// Header is set on every request to the endpoint, by canonical names. It
	// may be nil.
	Header http.Header
	// SigningName and SigningRegion replace those of the operation and the
	// client in a SigV4 signature; empty means that they stay.
	SigningName, SigningRegion string
	// DisableDoubleEncoding signs the path as it travels and does not escape
	// it a second time.
	DisableDoubleEncoding bool
	// AuthOptions are all options of authentication that the endpoint has. They may be nil.
	AuthOptions []*smithyauth.Option
	// unsupported are the authentication schemes that the endpoint asks for when
	// there is a signer for none of them. A signed call to it is an error.
	unsupported string
}

// NewEndpoint makes an Endpoint of what an endpoint resolver returned, or an error
// that puts before the resolver's what failed. Of the endpoint's authentication options
// the first one counts that there is a signer for: its properties of SigV4 replace the
// client's own choice. A URL without scheme or host is an error.
func NewEndpoint(e smithyendpoints.Endpoint, err error) (*Endpoint, error) {
	if err == nil && (e.URI.Scheme == "" || e.URI.Host == "") {
		err = fmt.Errorf("endpoint URL %q must have a scheme and a host", e.URI.String())
	}
	if err != nil {
		return nil, wrap("failed to resolve service endpoint, ", err)
	}
	out := &Endpoint{URL: url.URL{
		Scheme: e.URI.Scheme, Host: e.URI.Host, Path: e.URI.Path, RawPath: e.URI.RawPath,
	}}
	for name, values := range e.Headers {
		if len(values) > 0 {
			out.setHeader(name, values[0])
		}
	}
	out.AuthOptions, _ = smithyauth.GetAuthOptions(&e.Properties)
	out.chooseAuth(out.AuthOptions)
	return out, nil
}

func (e *Endpoint) setHeader(name, value string) {
	if e.Header == nil {
		e.Header = make(http.Header)
	}
	e.Header.Set(name, value)
}

// chooseAuth applies the first of an endpoint's authentication options that there is
// a signer for.
func (e *Endpoint) chooseAuth(options []*smithyauth.Option) {
	names := make([]string, len(options))
	for i, option := range options {
		switch names[i] = schemeName(option.SchemeID); names[i] {
		case "", "sigv4", "bearer", "httpBearerAuth", "none", "noAuth":
			e.applyAuth(option)
			return
		}
	}
	e.unsupported = strings.Join(names, ", ")
}

func (e *Endpoint) applyAuth(option *smithyauth.Option) {
	if name, ok := smithyhttp.GetSigV4SigningName(&option.SignerProperties); ok {
		e.SigningName = name
	}
	if region, ok := smithyhttp.GetSigV4SigningRegion(&option.SignerProperties); ok {
		e.SigningRegion = region
	}
	if disable, ok := smithyhttp.GetDisableDoubleEncoding(&option.SignerProperties); ok {
		e.DisableDoubleEncoding = disable
	}
}

// check fails if the endpoint asks only for schemes that there is no signer for, and the
// call is signed by the scheme of that id. It does not quote the host, which may have
// sensitive members in it.
func (e *Endpoint) check(scheme string) error {
	if e.unsupported != "" && scheme != smithyauth.SchemeIDAnonymous {
		return fmt.Errorf("the endpoint asks for the authentication scheme %s, which is not supported yet", e.unsupported)
	}
	return nil
}
