package interop

import (
	"fmt"
	"strings"

	"example.com/lathe/interop/compare"
	"github.com/aws/aws-sdk-go-v2/aws"
)

// regions are of all partitions, and of none.
func regions() []string {
	return []string{
		"us-east-1", "us-west-2", "eu-west-1", "eu-central-2", "ap-southeast-5", "sa-east-1", "ca-west-1", "mx-central-1", "il-central-1",
		"me-south-1", "af-south-1", "aws-global", "cn-north-1", "cn-northwest-1", "aws-cn-global", "us-gov-west-1", "us-gov-east-1",
		"aws-us-gov-global", "us-iso-east-1", "us-iso-west-1", "aws-iso-global", "us-isob-east-1", "us-isob-west-1", "aws-iso-b-global",
		"eu-isoe-west-1", "aws-iso-e-global", "us-isof-south-1", "us-isof-east-1", "aws-iso-f-global", "eusc-de-east-1", "aws-eusc-global",
		"us-new-9", "cn-new-1", "eu-new-1", "us-gov-new-1", "us-iso-new-1", "us-isob-new-1", "moon-base-1", "x", "US-EAST-1", "us-east-1a",
	}
}

// oddRegions are pseudo-regions and names that are no region, with what comes of
// them.
func oddRegions() [][2]string {
	const invalid = "errors.errorString (0 sent)"
	return [][2]string{
		{"fips-us-east-1", "ok"}, {"us-east-1-fips", "ok"}, {"fips-us-gov-west-1", "ok"}, {"us-gov-west-1-fips", "ok"}, {"fips-cn-north-1", "ok"},
		{"us-fips-east-1", "ok"}, {"fips-aws-global", "ok"}, {"aws-fips", "ok"}, {"fips-fips-us-east-1-fips", "ok"}, {"fips", "ok"}, {"fips-", "invalid"},
		{"-fips", "invalid"}, {"xfips-us-east-1", "ok"}, {"us-east-1-fipsx", "ok"}, {"FIPS-us-east-1", "ok"}, {"fips-us-iso-east-1", "ok"},
		{"", invalid}, {" ", "invalid"}, {"us east 1", "invalid"}, {"us-east-1.", "invalid"}, {"us-east-1.evil.example", "ok"}, {"us-east-1/", "invalid"},
		{"us-east-1#", "invalid"}, {"us_east_1", "invalid"}, {"-us-east-1", "invalid"}, {"us-east-1-", "invalid"}, {"ü-east-1", "invalid"},
		{strings.Repeat("a", 63), "ok"}, {strings.Repeat("a", 64), "invalid"}, {"a.b", "ok"}, {".", "invalid"}, {"1", "ok"}, {"us-east-1:443", "invalid"},
		{"us-east-1\n", "invalid"}, {"*", "invalid"},
	}
}

// variants are the settings that choose among a region's endpoints.
func variants() []struct {
	name string
	set  settings
} {
	fips := set("EndpointOptions.UseFIPSEndpoint", aws.FIPSEndpointStateEnabled)
	dual := set("EndpointOptions.UseDualStackEndpoint", aws.DualStackEndpointStateEnabled)
	return []struct {
		name string
		set  settings
	}{
		{"plain", nil}, {"FIPS", settings{fips}}, {"dual stack", settings{dual}}, {"FIPS and dual stack", settings{fips, dual}},
	}
}

// endpointCases resolve the service's own endpoints.
func endpointCases() (out []scenario) {
	for _, region := range regions() {
		for _, v := range variants() {
			out = append(out, endpoint(region+"/"+v.name, "ok", append(settings{set("Region", region)}, v.set...)))
		}
	}
	for _, row := range oddRegions() {
		want := strings.Replace(row[1], "invalid", "errors.errorString (0 sent)", 1)
		for _, v := range variants()[:2] {
			out = append(out, endpoint(fmt.Sprintf("odd %q/%s", row[0], v.name), want, append(settings{set("Region", row[0])}, v.set...)))
		}
	}
	out = append(out, endpointOptionCases()...)
	return append(out, baseCases()...)
}

func endpoint(name, want string, options settings) scenario {
	return scenario{Name: "endpoint/" + name, Options: options, Replies: []compare.Reply{fine}, Want: want}
}

// endpointOptionCases try the other options of endpoints.
func endpointOptionCases() []scenario {
	return []scenario{
		endpoint("without TLS", "ok", settings{set("EndpointOptions.DisableHTTPS", true)}),
		endpoint("without TLS, own base", "ok", settings{set("EndpointOptions.DisableHTTPS", true), set("BaseEndpoint", "https://a.example")}),
		endpoint("FIPS disabled", "ok", settings{set("EndpointOptions.UseFIPSEndpoint", aws.FIPSEndpointStateDisabled)}),
		endpoint("FIPS disabled, pseudo-region", "ok", settings{
			set("EndpointOptions.UseFIPSEndpoint", aws.FIPSEndpointStateDisabled), set("Region", "fips-us-east-1"),
		}),
		endpoint("resolved region", "ok", settings{set("EndpointOptions.ResolvedRegion", "eu-west-1")}),
		endpoint("resolved region, pseudo-region", "ok", settings{
			set("EndpointOptions.ResolvedRegion", "eu-west-1"), set("Region", "fips-us-east-1"),
		}),
		{
			Name: "endpoint/of the call", Replies: []compare.Reply{fine}, Want: "ok; ok; ok; ok",
			Calls: []compare.Call{
				{Options: settings{set("Region", "eu-west-1")}}, {},
				{Options: settings{set("EndpointOptions.UseFIPSEndpoint", aws.FIPSEndpointStateEnabled)}}, {Options: settings{set("BaseEndpoint", "https://b.example/x")}},
			},
		},
		{
			Name: "endpoint/FIPS with base", Replies: []compare.Reply{fine}, Want: "errors.errorString (0 sent)",
			Options: settings{set("BaseEndpoint", "https://a.example"), set("EndpointOptions.UseFIPSEndpoint", aws.FIPSEndpointStateEnabled)},
		},
		{
			Name: "endpoint/pseudo-region with base", Replies: []compare.Reply{fine}, Want: "errors.errorString (0 sent)",
			Options: settings{set("BaseEndpoint", "https://a.example"), set("Region", "fips-us-east-1")},
		},
	}
}

// bases are base endpoints and what comes of them.
func bases() [][2]string {
	return [][2]string{
		{"https://a.example", "ok"}, {"https://a.example/", "ok"}, {"https://a.example/base", "ok"}, {"https://a.example/base/", "ok"},
		{"https://a.example//base//", "ok"}, {"https://a.example/a%2Fb", "ok"}, {"https://a.example/a%20b/", "ok"}, {"https://a.example/ü", "ok"},
		{"https://a.example/a b", "ok"}, {"https://a.example:8443", "ok"}, {"https://a.example:8443/p", "ok"}, {"https://a.example:443", "ok"}, {"http://a.example:80", "ok"},
		{"http://localhost:8080", "ok"}, {"http://127.0.0.1:8080", "ok"}, {"http://127.0.0.1", "ok"}, {"http://[::1]:8080", "ok"}, {"http://[::1]", "ok"},
		{"https://a.example?x=1", "ok"}, {"https://a.example/p?x=1&y=2", "ok"}, {"https://a.example/#f", "ok"}, {"https://user:pass@a.example", "ok"},
		{"https://A.Example", "ok"}, {"https://a_b.example", "ok"}, {"https://a..example", "ok"}, {"https://a.example.", "ok"}, {"https://-a.example", "ok"},
		{"https://ü.example", "ok"}, {"https://a.example:0", "ok"}, {"https://a.example:99999", "ok"}, {"https://a.example:", "ok"},
		{"HTTPS://a.example", "ok"}, {"ftp://a.example", "ok"}, {"a.example", "ok"}, {"//a.example", "ok"}, {"/base", "ok"}, {"", "ok"}, {"https://", "ok"},
		{"https:///p", "ok"}, {"https:a.example", "ok"}, {"https://a b.example", "bad"}, {"http://[::1", "bad"}, {"%zz", "bad"}, {":", "bad"}, {"https://a.example/%zz", "bad"},
		{"https://a.example\n", "bad"}, {"https://" + strings.Repeat("a.", 130) + "example", "ok"}, {"https://" + strings.Repeat("a", 64) + ".example", "ok"},
	}
}

func baseCases() (out []scenario) {
	for _, row := range bases() {
		want := strings.Replace(row[1], "bad", "errors.errorString (0 sent)", 1)
		out = append(out, endpoint(fmt.Sprintf("base %q", row[0]), want, settings{set("BaseEndpoint", row[0])}))
	}
	awkward := endpoint("base with path, awkward identifier", "ok", settings{set("BaseEndpoint", "https://a.example/a%2Fb/c")})
	awkward.Calls = []compare.Call{{Input: settings{set("Identifier", "x/y z%ü")}}}
	return append(out, awkward)
}
