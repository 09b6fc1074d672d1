package transport

import (
	"errors"
	"net/http"
	"net/url"
	"reflect"
	"testing"

	"github.com/aws/smithy-go"
	smithyauth "github.com/aws/smithy-go/auth"
	smithyendpoints "github.com/aws/smithy-go/endpoints"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

func authOption(id string, set ...func(*smithy.Properties)) *smithyauth.Option {
	o := &smithyauth.Option{SchemeID: id}
	for _, f := range set {
		f(&o.SignerProperties)
	}
	return o
}

func TestNewEndpoint(t *testing.T) {
	name := func(p *smithy.Properties) { smithyhttp.SetSigV4SigningName(p, "other") }
	region := func(p *smithy.Properties) { smithyhttp.SetSigV4SigningRegion(p, "us-gov-1") }
	raw := func(p *smithy.Properties) { smithyhttp.SetDisableDoubleEncoding(p, true) }
	v4a := func(p *smithy.Properties) { smithyhttp.SetSigV4ASigningName(p, "v4a") }
	for title, c := range map[string]struct {
		url     string
		header  http.Header
		options []*smithyauth.Option
		want    Endpoint
	}{
		"plain":     {url: "https://h", want: Endpoint{URL: url.URL{Scheme: "https", Host: "h"}}},
		"base path": {url: "http://h:80/a%2Fb", want: Endpoint{URL: url.URL{Scheme: "http", Host: "h:80", Path: "/a/b", RawPath: "/a%2Fb"}}},
		"only scheme, host and path count": {
			url: "https://user:pw@h/p?q=1#f", want: Endpoint{URL: url.URL{Scheme: "https", Host: "h", Path: "/p"}},
		},
		"headers": {
			url: "https://h", header: http.Header{"x-one": {"1", "2"}, "X-None": nil},
			want: Endpoint{URL: url.URL{Scheme: "https", Host: "h"}, Header: http.Header{"X-One": {"1"}}},
		},
		"auth": {
			url: "https://h", options: []*smithyauth.Option{authOption(sigV4, name, region, raw)},
			want: Endpoint{URL: url.URL{Scheme: "https", Host: "h"}, SigningName: "other", SigningRegion: "us-gov-1", DisableDoubleEncoding: true},
		},
		"auth of several schemes": {
			url: "https://h", options: []*smithyauth.Option{authOption(sigV4A, v4a, raw), authOption(sigV4, region), authOption(sigV4, name)},
			want: Endpoint{URL: url.URL{Scheme: "https", Host: "h"}, SigningRegion: "us-gov-1"},
		},
		"auth without a name": {
			url: "https://h", options: []*smithyauth.Option{authOption("", name)},
			want: Endpoint{URL: url.URL{Scheme: "https", Host: "h"}, SigningName: "other"},
		},
		"auth by names of rule sets": {
			url: "https://h", options: []*smithyauth.Option{authOption("sigv4-s3express", name), authOption("sigv4", raw)},
			want: Endpoint{URL: url.URL{Scheme: "https", Host: "h"}, DisableDoubleEncoding: true},
		},
		"auth that is not supported": {
			url: "https://h", options: []*smithyauth.Option{authOption("sigv4a", name, region), authOption("example#other", raw)},
			want: Endpoint{URL: url.URL{Scheme: "https", Host: "h"}, unsupported: "sigv4a, other"},
		},
	} {
		t.Run(title, func(t *testing.T) {
			u, err := url.Parse(c.url)
			if err != nil {
				t.Fatal(err)
			}
			e := smithyendpoints.Endpoint{URI: *u, Headers: c.header}
			if c.options != nil {
				smithyauth.SetAuthOptions(&e.Properties, c.options)
			}
			got, err := NewEndpoint(e, nil)
			c.want.AuthOptions = c.options
			if err != nil || !reflect.DeepEqual(*got, c.want) {
				t.Errorf("endpoint is %+v, %v\nwant %+v", got, err, c.want)
			}
		})
	}
}

func TestNewEndpointTellsWhatFailed(t *testing.T) {
	failure := errors.New("no such region")
	got, err := NewEndpoint(smithyendpoints.Endpoint{}, failure)
	if got != nil || !errors.Is(err, failure) || text(err) != "failed to resolve service endpoint, no such region" {
		t.Errorf("NewEndpoint = %v, %v", got, err)
	}
}

func TestNewEndpointRefusesIncompleteURLs(t *testing.T) {
	for raw, want := range map[string]string{
		"":          `endpoint URL "" must have a scheme and a host`,
		"/path":     `endpoint URL "/path" must have a scheme and a host`,
		"h.example": `endpoint URL "h.example" must have a scheme and a host`,
		"//h":       `endpoint URL "//h" must have a scheme and a host`,
		"https:///": `endpoint URL "https:///" must have a scheme and a host`,
	} {
		u, err := url.Parse(raw)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := NewEndpoint(smithyendpoints.Endpoint{URI: *u}, nil); got != nil || text(err) != "failed to resolve service endpoint, "+want {
			t.Errorf("NewEndpoint(%q) = %v, %v\nwant %s", raw, got, err, want)
		}
	}
}
