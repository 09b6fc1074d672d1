package transport

import (
	"context"
	"fmt"
	"os"
	"reflect"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
)

// RefuseConfig returns an error that names what a configuration asks for and clients do
// not do, so that it is not left out without a word; nil when there is nothing. Clients
// have no middleware stack for APIOptions and Interceptors, and they take endpoint
// resolvers of the second kind only.
func RefuseConfig(cfg aws.Config) error {
	var refused []string
	for _, name := range []string{"APIOptions", "EndpointResolver", "EndpointResolverWithOptions", "Interceptors"} {
		if field := reflect.ValueOf(cfg).FieldByName(name); field.IsValid() && isSet(field) {
			refused = append(refused, "aws.Config."+name)
		}
	}
	if refused == nil {
		return nil
	}
	return fmt.Errorf("the client does not support %s, which it was configured with", strings.Join(refused, " and "))
}

// isSet reports whether there is anything in a field.
func isSet(field reflect.Value) bool {
	switch field.Kind() {
	case reflect.Slice:
		return field.Len() > 0
	case reflect.Struct:
		for i := range field.NumField() {
			if isSet(field.Field(i)) {
				return true
			}
		}
		return false
	default:
		return !field.IsZero()
	}
}

// DisableClockSkewCorrection returns the configuration's field of that name, which cores
// before v1.43 do not have.
func DisableClockSkewCorrection(cfg aws.Config) bool {
	field := reflect.ValueOf(cfg).FieldByName("DisableClockSkewCorrection")
	return field.IsValid() && field.Bool()
}

// UseDualStackEndpoint returns the setting for dual-stack endpoints, and whether the
// configuration has one. A source that returns an error has none, as in the official
// clients.
func UseDualStackEndpoint(cfg aws.Config) (aws.DualStackEndpointState, bool) {
	return lookup(cfg.ConfigSources, func(p interface {
		GetUseDualStackEndpoint(context.Context) (aws.DualStackEndpointState, bool, error)
	}) (aws.DualStackEndpointState, bool, error) {
		return p.GetUseDualStackEndpoint(context.Background())
	})
}

// UseFIPSEndpoint returns the setting for FIPS endpoints, and whether the configuration
// has one.
func UseFIPSEndpoint(cfg aws.Config) (aws.FIPSEndpointState, bool) {
	return lookup(cfg.ConfigSources, func(p interface {
		GetUseFIPSEndpoint(context.Context) (aws.FIPSEndpointState, bool, error)
	}) (aws.FIPSEndpointState, bool, error) {
		return p.GetUseFIPSEndpoint(context.Background())
	})
}

// EnableEndpointDiscovery returns what the configuration says of endpoint discovery, and
// whether it says anything.
func EnableEndpointDiscovery(cfg aws.Config) (aws.EndpointDiscoveryEnableState, bool) {
	return lookup(cfg.ConfigSources, func(p interface {
		GetEnableEndpointDiscovery(context.Context) (aws.EndpointDiscoveryEnableState, bool, error)
	}) (aws.EndpointDiscoveryEnableState, bool, error) {
		return p.GetEnableEndpointDiscovery(context.Background())
	})
}

// UseARNRegion returns whether the region of an ARN counts in place of the client's, and
// whether that is configured.
func UseARNRegion(cfg aws.Config) (use, ok bool) {
	return lookup(cfg.ConfigSources, func(p interface {
		GetS3UseARNRegion(context.Context) (bool, bool, error)
	}) (bool, bool, error) {
		return p.GetS3UseARNRegion(context.Background())
	})
}

// DisableMultiRegionAccessPoints returns whether access points of several regions are
// refused, and whether that is configured.
func DisableMultiRegionAccessPoints(cfg aws.Config) (disable, ok bool) {
	return lookup(cfg.ConfigSources, func(p interface {
		GetS3DisableMultiRegionAccessPoints(context.Context) (bool, bool, error)
	}) (bool, bool, error) {
		return p.GetS3DisableMultiRegionAccessPoints(context.Background())
	})
}

// DisableSessionAuth returns whether directory buckets are called without sessions, or nil
// where that is not configured.
func DisableSessionAuth(cfg aws.Config) *bool {
	disable, ok := lookup(cfg.ConfigSources,
		func(p interface{ GetS3DisableExpressAuth() (bool, bool) }) (bool, bool, error) {
			disable, found := p.GetS3DisableExpressAuth()
			return disable, found, nil
		})
	if !ok {
		return nil
	}
	return &disable
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

// ignoresEndpoints reports whether configured endpoints are switched off.
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
