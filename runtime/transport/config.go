package transport

import (
	"context"
	"os"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
)

// UseDualStackEndpoint returns what the configuration says of dual-stack
// endpoints, and whether it says anything. An error of a source counts as
// silence, as in the official clients.
func UseDualStackEndpoint(cfg aws.Config) (aws.DualStackEndpointState, bool) {
	return lookup(cfg.ConfigSources, func(p interface {
		GetUseDualStackEndpoint(context.Context) (aws.DualStackEndpointState, bool, error)
	}) (aws.DualStackEndpointState, bool, error) {
		return p.GetUseDualStackEndpoint(context.Background())
	})
}

// UseFIPSEndpoint returns what the configuration says of FIPS endpoints, and
// whether it says anything.
func UseFIPSEndpoint(cfg aws.Config) (aws.FIPSEndpointState, bool) {
	return lookup(cfg.ConfigSources, func(p interface {
		GetUseFIPSEndpoint(context.Context) (aws.FIPSEndpointState, bool, error)
	}) (aws.FIPSEndpointState, bool, error) {
		return p.GetUseFIPSEndpoint(context.Background())
	})
}

// BaseEndpoint returns the endpoint URL that is configured for a service, or nil.
// What is configured for the service wins over what holds for all, except that
// AWS_ENDPOINT_URL in the environment, without the service's own variable, wins
// over the shared configuration files.
func BaseEndpoint(cfg aws.Config, serviceID string) *string {
	_, forAll := os.LookupEnv("AWS_ENDPOINT_URL")
	_, forService := os.LookupEnv("AWS_ENDPOINT_URL_" + strings.ToUpper(strings.ReplaceAll(serviceID, " ", "_")))
	if forAll && !forService || ignoresEndpoints(cfg) {
		return cfg.BaseEndpoint
	}
	url, ok := lookup(cfg.ConfigSources, func(p interface {
		GetServiceBaseEndpoint(context.Context, string) (string, bool, error)
	}) (string, bool, error) {
		return p.GetServiceBaseEndpoint(context.Background(), serviceID)
	})
	if ok {
		return &url
	}
	return cfg.BaseEndpoint
}

// ignoresEndpoints says whether configured endpoints are switched off.
func ignoresEndpoints(cfg aws.Config) bool {
	ignores, _ := lookup(cfg.ConfigSources, func(p interface {
		GetIgnoreConfiguredEndpoints(context.Context) (bool, bool, error)
	}) (bool, bool, error) {
		return p.GetIgnoreConfiguredEndpoints(context.Background())
	})
	return ignores
}

// lookup asks the sources that are a P, in order, until one knows the value or
// fails.
func lookup[P, V any](sources []any, get func(P) (V, bool, error)) (value V, found bool) {
	for _, source := range sources {
		p, ok := source.(P)
		if !ok {
			continue
		}
		v, found, err := get(p)
		if err != nil {
			return value, false
		}
		if found {
			return v, true
		}
	}
	return value, false
}
