package harness

import (
	"fmt"
	"math/rand/v2"
	"reflect"

	"github.com/aws/aws-sdk-go-v2/aws"
)

// settings are what a client is configured with, but for where it sends to and its
// credentials. The zero value but for the region is the usual configuration.
type settings struct {
	region string
	// hooked: the call runs in a middleware stack.
	hooked bool
	// endpoint is a URL in the place of the service's; nil for none.
	endpoint *string
	// fips and dualStack choose among the service's endpoints.
	fips      aws.FIPSEndpointState
	dualStack aws.DualStackEndpointState
	// flags are options that only some services have.
	flags map[string]bool
}

// here is the usual configuration.
func here(hooked bool) settings { return settings{region: "us-east-1", hooked: hooked} }

// regions are some of all partitions, of regions that nobody knows and of names that stand
// for several. (None at all is another error of the endpoint rules with older packages,
// which take it for one.)
var regions = []string{
	"us-east-1", "eu-west-1", "us-west-2", "il-central-1", "AP-South-1", "xx-new-1", "cn-north-1", "us-gov-west-1",
	"us-gov-east-1", "us-iso-east-1", "us-isob-east-1", "eu-isoe-west-1", "aws-global", "aws-cn-global", "fips-us-east-1",
	"us-west-2-fips",
}

// endpoints are URLs of services elsewhere, most often none.
var endpoints = []string{
	"", "", "", "", "", "http://h.example:8080", "https://h.example/a/b/", "https://h.example/?x=1",
}

// elsewhere is a random configuration.
func elsewhere(r *rand.Rand) settings {
	s := settings{
		region: regions[r.IntN(len(regions))], hooked: r.IntN(2) == 0,
		flags: map[string]bool{},
		// Unset, on or off.
		fips: aws.FIPSEndpointState(r.IntN(3)), dualStack: aws.DualStackEndpointState(r.IntN(3)),
	}
	if url := endpoints[r.IntN(len(endpoints))]; url != "" {
		s.endpoint = &url
	}
	for _, name := range []string{
		"UsePathStyle", "UseAccelerate", "UseARNRegion", "DisableMultiRegionAccessPoints", "DisableS3ExpressSessionAuth",
	} {
		s.flags[name] = r.IntN(3) == 0
	}
	return s
}

// String is empty for the usual configuration.
func (s settings) String() string {
	if s.flags == nil {
		return ""
	}
	where := fmt.Sprintf("in %s at %q, ", s.region, aws.ToString(s.endpoint))
	return where + fmt.Sprintf("FIPS %d, dual-stack %d, %v: ", s.fips, s.dualStack, s.flags)
}

// configure sets what the options, a struct, have of it.
func (s settings) configure(options reflect.Value) {
	set := func(v reflect.Value, name string, value any) {
		if f := v.FieldByName(name); f.IsValid() && f.Type() == reflect.TypeOf(value) {
			f.Set(reflect.ValueOf(value))
		}
	}
	set(options, "Region", s.region)
	set(options, "BaseEndpoint", s.endpoint)
	if rules := options.FieldByName("EndpointOptions"); rules.IsValid() {
		set(rules, "UseFIPSEndpoint", s.fips)
		set(rules, "UseDualStackEndpoint", s.dualStack)
	}
	for name, value := range s.flags {
		set(options, name, value)
	}
}
