package endpointrules

import (
	"net/http"
	"reflect"
	"testing"

	smithyauth "github.com/aws/smithy-go/auth"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

func TestResolve(t *testing.T) {
	e, err := Resolve("https://example.com:8080/base?x=1").Endpoint()
	if err != nil || e.URI.String() != "https://example.com:8080/base?x=1" || e.Headers == nil || len(e.Headers) != 0 || len(e.Properties.Values()) != 0 {
		t.Errorf("%+v, %v", e, err)
	}
	if _, err := Resolve("https://%zz").Endpoint(); err == nil || err.Error() != "Failed to parse uri: https://%zz" {
		t.Errorf("bad URL: %v", err)
	}
	if _, err := ResolveWith("https://%zz", Attributes{}).Endpoint(); err == nil || err.Error() != "Failed to parse uri: https://%zz" {
		t.Errorf("bad URL with attributes: %v", err)
	}
}

func TestResolveWith(t *testing.T) {
	e, err := ResolveWith("https://example.com", Attributes{
		Headers:    http.Header{"X-A": {"1", "2"}},
		Properties: []Property{{"backend", "b"}},
		AuthSchemes: []AuthScheme{
			{Name: "sigv4a", SigningName: "svc", SigningRegionSet: []string{"*"}, DisableDoubleEncoding: true, Other: []Property{{"more", true}}},
			{Name: "sigv4", SigningRegion: "r"},
		},
	}).Endpoint()
	if err != nil || !reflect.DeepEqual(e.Headers, http.Header{"X-A": {"1", "2"}}) || e.Properties.Get("backend") != "b" {
		t.Fatalf("%+v, %v", e, err)
	}
	options, _ := smithyauth.GetAuthOptions(&e.Properties)
	if len(options) != 2 || options[0].SchemeID != "sigv4a" || options[1].SchemeID != "sigv4" {
		t.Fatalf("options %+v", options)
	}
	first, second := &options[0].SignerProperties, &options[1].SignerProperties
	name, _ := smithyhttp.GetSigV4SigningName(first)
	nameA, _ := smithyhttp.GetSigV4ASigningName(first)
	regions, _ := smithyhttp.GetSigV4ASigningRegions(first)
	disable, _ := smithyhttp.GetDisableDoubleEncoding(first)
	if name != "svc" || nameA != "svc" || !reflect.DeepEqual(regions, []string{"*"}) || !disable || first.Get("more") != true || len(first.Values()) != 5 {
		t.Errorf("sigv4a: %v", first.Values())
	}
	if region, _ := smithyhttp.GetSigV4SigningRegion(second); region != "r" || len(second.Values()) != 1 {
		t.Errorf("sigv4: %v", second.Values())
	}
}

func TestErrors(t *testing.T) {
	if e, err := Fail("no 100%").Endpoint(); err == nil || err.Error() != "endpoint rule error, no 100%" || e.Headers != nil {
		t.Errorf("Fail: %+v, %v", e, err)
	}
	if e, err := NoMatch().Endpoint(); err == nil || err.Error() != "endpoint resolution failed: no matching rule" || e.Headers != nil {
		t.Errorf("NoMatch: %+v, %v", e, err)
	}
}
