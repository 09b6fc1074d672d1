package client

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	awsmiddleware "github.com/aws/aws-sdk-go-v2/aws/middleware"
	"github.com/aws/smithy-go/middleware"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

// EndpointResolver finds the endpoint of a region, without the rules of the service. An
// *aws.EndpointNotFoundError leaves it to EndpointResolverV2.
type EndpointResolver interface {
	ResolveEndpoint(region string, options EndpointResolverOptions) (aws.Endpoint, error)
}

// EndpointResolverFunc is a function as an EndpointResolver.
type EndpointResolverFunc func(region string, options EndpointResolverOptions) (aws.Endpoint, error)

// ResolveEndpoint calls the function.
func (fn EndpointResolverFunc) ResolveEndpoint(region string, options EndpointResolverOptions) (aws.Endpoint, error) {
	return fn(region, options)
}

// EndpointResolverFromURL returns an EndpointResolver of one URL, for all regions. The
// functions may change what else it returns.
func EndpointResolverFromURL(url string, optFns ...func(*aws.Endpoint)) EndpointResolver {
	endpoint := aws.Endpoint{URL: url, Source: aws.EndpointSourceCustom}
	for _, fn := range optFns {
		fn(&endpoint)
	}
	return EndpointResolverFunc(func(region string, _ EndpointResolverOptions) (aws.Endpoint, error) {
		found := endpoint
		if found.SigningRegion == "" {
			found.SigningRegion = region
		}
		return found, nil
	})
}

// NewDefaultEndpointResolver returns an EndpointResolver that follows the rules of the
// service's model.
func NewDefaultEndpointResolver() EndpointResolver {
	return EndpointResolverFunc(func(region string, options EndpointResolverOptions) (aws.Endpoint, error) {
		if region == "" {
			return aws.Endpoint{}, &aws.MissingRegionError{}
		}
		if options.ResolvedRegion != "" {
			region = options.ResolvedRegion
		}
		found, err := findEndpoint(context.Background(), endpointCall{options: &Options{
			Region: region, EndpointOptions: options, EndpointResolverV2: NewDefaultEndpointResolverV2(),
		}})
		if err != nil {
			return aws.Endpoint{}, err
		}
		endpoint := aws.Endpoint{URL: found.URL.String(), SigningName: found.SigningName, SigningRegion: found.SigningRegion}
		if endpoint.SigningRegion == "" {
			endpoint.SigningRegion = region
		}
		if options.DisableHTTPS {
			endpoint.URL = "http" + strings.TrimPrefix(endpoint.URL, "https")
		}
		return endpoint, nil
	})
}

// WithEndpointResolver returns an option that sets the EndpointResolver.
//
// Deprecated: resolvers of this kind don't know the rules of the service. Set BaseEndpoint
// or use WithEndpointResolverV2.
func WithEndpointResolver(v EndpointResolver) func(*Options) {
	return func(o *Options) {
		o.EndpointResolver = v
	}
}

// withEndpointResolver returns the resolver of a configuration, of which the second kind
// goes first; nil for none.
func withEndpointResolver(first aws.EndpointResolver, second aws.EndpointResolverWithOptions) EndpointResolver {
	switch {
	case second != nil:
		return EndpointResolverFunc(func(region string, options EndpointResolverOptions) (aws.Endpoint, error) {
			return second.ResolveEndpoint(ServiceID, region, options)
		})
	case first != nil:
		return EndpointResolverFunc(func(region string, _ EndpointResolverOptions) (aws.Endpoint, error) {
			return first.ResolveEndpoint(ServiceID, region)
		})
	default:
		return nil
	}
}

// legacyEndpointOptions are the options as an EndpointResolver gets them: a pseudo-region
// such as fips-us-east-1 asks for FIPS.
func (o *Options) legacyEndpointOptions() EndpointResolverOptions {
	options := o.EndpointOptions
	options.LogDeprecated = o.ClientLogMode.IsDeprecatedUsage()
	region := strings.NewReplacer("-fips-", "-", "fips-", "", "-fips", "").Replace(o.Region)
	if options.ResolvedRegion == "" && region != o.Region {
		options.ResolvedRegion = region
		options.UseFIPSEndpoint = aws.FIPSEndpointStateEnabled
	}
	return options
}

// ResolveEndpoint is the middleware that asks an EndpointResolver, where calls have one.
type ResolveEndpoint struct {
	Resolver EndpointResolver
	Options  EndpointResolverOptions
}

// ID is the middleware's name.
func (*ResolveEndpoint) ID() string { return "ResolveEndpoint" }

// HandleSerialize sends the call to the endpoint that the resolver returns.
func (m *ResolveEndpoint) HandleSerialize(ctx context.Context, in middleware.SerializeInput, next middleware.SerializeHandler) (
	out middleware.SerializeOutput, metadata middleware.Metadata, err error,
) {
	if !awsmiddleware.GetRequiresLegacyEndpoints(ctx) {
		return next.HandleSerialize(ctx, in)
	}
	request, ok := in.Request.(*smithyhttp.Request)
	if !ok {
		return out, metadata, fmt.Errorf("unknown transport type %T", in.Request)
	}
	if m.Resolver == nil {
		return out, metadata, errors.New("expected endpoint resolver to not be nil")
	}
	options := m.Options
	options.Logger = middleware.GetLogger(ctx)
	endpoint, err := m.Resolver.ResolveEndpoint(awsmiddleware.GetRegion(ctx), options)
	if unknown := new(aws.EndpointNotFoundError); errors.As(err, &unknown) {
		return next.HandleSerialize(awsmiddleware.SetRequiresLegacyEndpoints(ctx, false), in)
	}
	if err != nil {
		return out, metadata, fmt.Errorf("failed to resolve service endpoint, %w", err)
	}
	if request.URL, err = url.Parse(endpoint.URL); err != nil {
		return out, metadata, fmt.Errorf("failed to parse endpoint URL: %w", err)
	}
	return next.HandleSerialize(withLegacyEndpoint(ctx, endpoint), in)
}

// withLegacyEndpoint puts into the context what the endpoint says beside its URL.
func withLegacyEndpoint(ctx context.Context, endpoint aws.Endpoint) context.Context {
	if awsmiddleware.GetSigningName(ctx) == "" {
		name := endpoint.SigningName
		if name == "" {
			name = "lathe:SigningName"
		}
		ctx = awsmiddleware.SetSigningName(ctx, name)
	}
	ctx = awsmiddleware.SetEndpointSource(ctx, endpoint.Source)
	ctx = smithyhttp.SetHostnameImmutable(ctx, endpoint.HostnameImmutable)
	ctx = awsmiddleware.SetSigningRegion(ctx, endpoint.SigningRegion)
	return awsmiddleware.SetPartitionID(ctx, endpoint.PartitionID)
}
