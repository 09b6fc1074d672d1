package transport

import (
	"context"
	"errors"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
)

// source is a configuration source; what is nil it does not know.
type source struct {
	dualStack *aws.DualStackEndpointState
	fips      *aws.FIPSEndpointState
	endpoints map[string]string
	ignore    *bool
	err       error
}

func (s source) GetUseDualStackEndpoint(context.Context) (v aws.DualStackEndpointState, ok bool, err error) {
	if s.dualStack != nil {
		v = *s.dualStack
	}
	return v, s.dualStack != nil, s.err
}

func (s source) GetUseFIPSEndpoint(context.Context) (v aws.FIPSEndpointState, ok bool, err error) {
	if s.fips != nil {
		v = *s.fips
	}
	return v, s.fips != nil, s.err
}

func (s source) GetServiceBaseEndpoint(_ context.Context, id string) (string, bool, error) {
	v, ok := s.endpoints[id]
	return v, ok, s.err
}

func (s source) GetIgnoreConfiguredEndpoints(context.Context) (v, ok bool, err error) {
	return s.ignore != nil && *s.ignore, s.ignore != nil, s.err
}

func TestEndpointStatesFromConfig(t *testing.T) {
	on, off := aws.DualStackEndpointStateEnabled, aws.DualStackEndpointStateDisabled
	fipsOn := aws.FIPSEndpointStateEnabled
	for name, c := range map[string]struct {
		sources []any
		dual    aws.DualStackEndpointState
		hasDual bool
		fips    aws.FIPSEndpointState
		hasFIPS bool
	}{
		"no sources":       {},
		"other sources":    {sources: []any{1, "x", nil}},
		"silent":           {sources: []any{source{}}},
		"first that knows": {sources: []any{7, source{}, source{dualStack: &off, fips: &fipsOn}, source{dualStack: &on}}, dual: off, hasDual: true, fips: fipsOn, hasFIPS: true},
		"error ends it":    {sources: []any{source{err: errors.New("bad file")}, source{dualStack: &on, fips: &fipsOn}}},
	} {
		t.Run(name, func(t *testing.T) {
			cfg := aws.Config{ConfigSources: c.sources}
			if got, ok := UseDualStackEndpoint(cfg); got != c.dual || ok != c.hasDual {
				t.Errorf("dual-stack is %v, %t; want %v, %t", got, ok, c.dual, c.hasDual)
			}
			if got, ok := UseFIPSEndpoint(cfg); got != c.fips || ok != c.hasFIPS {
				t.Errorf("FIPS is %v, %t; want %v, %t", got, ok, c.fips, c.hasFIPS)
			}
		})
	}
}

func TestBaseEndpoint(t *testing.T) {
	yes, no := true, false
	mine := map[string]string{"My Thing": "https://service"}
	for name, c := range map[string]struct {
		base    string
		env     map[string]string
		sources []any
		want    string
	}{
		"nothing":                 {},
		"for all services":        {base: "https://all", want: "https://all"},
		"for the service":         {base: "https://all", sources: []any{source{}, source{endpoints: mine}}, want: "https://service"},
		"ignored":                 {base: "https://all", sources: []any{source{ignore: &yes, endpoints: mine}}, want: "https://all"},
		"not ignored":             {sources: []any{source{ignore: &no, endpoints: mine}}, want: "https://service"},
		"environment for all":     {base: "https://all", env: map[string]string{"AWS_ENDPOINT_URL": "x"}, sources: []any{source{endpoints: mine}}, want: "https://all"},
		"environment for service": {base: "https://all", env: map[string]string{"AWS_ENDPOINT_URL": "x", "AWS_ENDPOINT_URL_MY_THING": "y"}, sources: []any{source{endpoints: mine}}, want: "https://service"},
		"error":                   {base: "https://all", sources: []any{source{endpoints: mine, err: errors.New("bad file")}}, want: "https://all"},
	} {
		t.Run(name, func(t *testing.T) {
			for k, v := range c.env {
				t.Setenv(k, v)
			}
			cfg := aws.Config{ConfigSources: c.sources}
			if c.base != "" {
				cfg.BaseEndpoint = &c.base
			}
			got := BaseEndpoint(cfg, "My Thing")
			if aws.ToString(got) != c.want || (got == nil) != (c.want == "") {
				t.Errorf("base endpoint is %q, want %q", aws.ToString(got), c.want)
			}
		})
	}
}
