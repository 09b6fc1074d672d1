package hooks

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/smithy-go"
	smithyauth "github.com/aws/smithy-go/auth"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

// stamp is an authentication scheme of one's own: it signs with a header.
type stamp struct {
	id     string
	notes  *notes
	nobody bool
	err    error
}

func (s stamp) SchemeID() string { return s.id }

func (s stamp) IdentityResolver(o smithyauth.IdentityResolverOptions) smithyauth.IdentityResolver {
	s.notes.add("has sigv4 %v", o.GetIdentityResolver(smithyauth.SchemeIDSigV4) != nil)
	if s.nobody {
		return nil
	}
	return s
}

func (s stamp) GetIdentity(context.Context, smithy.Properties) (smithyauth.Identity, error) {
	return s, s.err
}

func (stamp) Expiration() time.Time { return time.Time{} }

func (s stamp) Signer() smithyhttp.Signer { return s }

func (s stamp) SignRequest(_ context.Context, r *smithyhttp.Request, by smithyauth.Identity, props smithy.Properties) error {
	name, _ := smithyhttp.GetSigV4SigningName(&props)
	region, _ := smithyhttp.GetSigV4SigningRegion(&props)
	r.Header.Set("X-Stamp", by.(stamp).id+" "+name+" "+region)
	return nil
}

func sigV4Option(region string) *smithyauth.Option {
	o := &smithyauth.Option{SchemeID: smithyauth.SchemeIDSigV4}
	smithyhttp.SetSigV4SigningName(&o.SignerProperties, "mine")
	smithyhttp.SetSigV4SigningRegion(&o.SignerProperties, region)
	return o
}

func resolver(fn func(operation, region string) []*smithyauth.Option) perSide {
	return func(s *side) any { return s.authSchemes(fn) }
}

func TestAuthentication(t *testing.T) {
	own := func(*notes) hooks { return nil }
	for name, fn := range map[string]func(*notes) hooks{
		"own scheme in place of SigV4": func(n *notes) hooks {
			return hooks{"AuthSchemes": []smithyhttp.AuthScheme{stamp{id: smithyauth.SchemeIDSigV4, notes: n}}}
		},
		"own scheme without a namespace": func(n *notes) hooks {
			return hooks{"AuthSchemes": []smithyhttp.AuthScheme{stamp{id: "mine#stamp", notes: n}}, "AuthSchemeResolver": resolver(func(operation, region string) []*smithyauth.Option {
				n.add("schemes of %s in %s", operation, region)
				return []*smithyauth.Option{{SchemeID: "stamp"}}
			})}
		},
		"nobody to sign": func(n *notes) hooks {
			return hooks{"AuthSchemes": []smithyhttp.AuthScheme{stamp{id: smithyauth.SchemeIDSigV4, notes: n, nobody: true}}}
		},
		"identity that fails": func(n *notes) hooks {
			return hooks{"AuthSchemes": []smithyhttp.AuthScheme{stamp{id: smithyauth.SchemeIDSigV4, notes: n, err: errors.New("no identity today")}}}
		},
		"resolver": func(*notes) hooks {
			return hooks{"AuthSchemeResolver": resolver(func(_, region string) []*smithyauth.Option { return []*smithyauth.Option{sigV4Option(region)} })}
		},
		"resolver, anonymous": func(*notes) hooks {
			return hooks{"AuthSchemeResolver": resolver(func(string, string) []*smithyauth.Option {
				return []*smithyauth.Option{{SchemeID: smithyauth.SchemeIDAnonymous}}
			})}
		},
		"resolver without schemes": func(*notes) hooks {
			return hooks{"AuthSchemeResolver": resolver(func(string, string) []*smithyauth.Option { return nil })}
		},
		"resolver without credentials": func(*notes) hooks {
			return hooks{"Credentials": nil, "AuthSchemeResolver": resolver(func(_, region string) []*smithyauth.Option { return []*smithyauth.Option{sigV4Option(region)} })}
		},
		"preference": func(n *notes) hooks {
			return hooks{
				"AuthSchemePreference": []string{"stamp", "sigv4"}, "AuthSchemes": []smithyhttp.AuthScheme{stamp{id: "mine#stamp", notes: n}},
				"AuthSchemeResolver": resolver(func(_, region string) []*smithyauth.Option {
					return []*smithyauth.Option{sigV4Option(region), {SchemeID: "mine#stamp"}}
				}),
			}
		},
		"anonymous credentials": func(*notes) hooks {
			return hooks{"Credentials": aws.AnonymousCredentials{}, "APIOptions": []stackFunc{smithyhttp.SetHeaderValue("X-Own", "1")}}
		},
		"no credentials": func(*notes) hooks {
			return hooks{"Credentials": nil, "APIOptions": []stackFunc{smithyhttp.SetHeaderValue("X-Own", "1")}}
		},
		"credentials that fail": func(*notes) hooks {
			return hooks{"Credentials": aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) {
				return aws.Credentials{}, errors.New("no credentials today")
			}), "APIOptions": []stackFunc{smithyhttp.SetHeaderValue("X-Own", "1")}}
		},
		"nothing": own,
	} {
		t.Run(name, func(t *testing.T) { compare(t, scene{make: fn}) })
	}
}

// TestFirstEndpointResolvers finds endpoints in the deprecated way.
func TestFirstEndpointResolvers(t *testing.T) {
	fromURL := func(url string, fns ...func(*aws.Endpoint)) func(*notes) hooks {
		return func(*notes) hooks {
			return hooks{"EndpointResolver": perSide(func(s *side) any { return s.endpointFromURL(url, fns...) })}
		}
	}
	fromFunc := func(fn func(string) (aws.Endpoint, error)) func(*notes) hooks {
		return func(*notes) hooks {
			return hooks{"EndpointResolver": perSide(func(s *side) any { return s.endpointFunc(fn) })}
		}
	}
	second := aws.EndpointResolverWithOptionsFunc(func(_, region string, _ ...any) (aws.Endpoint, error) {
		return aws.Endpoint{URL: "https://" + region + ".example.com/second"}, nil
	})
	first := aws.EndpointResolverFunc(func(_, region string) (aws.Endpoint, error) {
		return aws.Endpoint{URL: "https://" + region + ".example.com/first", SigningRegion: "r"}, nil
	})
	for name, c := range map[string]scene{
		"URL":              {make: fromURL("https://example.com")},
		"URL with a path":  {make: fromURL("https://example.com/a%2Fb/c?d=e")},
		"URL with options": {make: fromURL("https://example.com", func(e *aws.Endpoint) { e.SigningName, e.SigningRegion, e.HostnameImmutable = "n", "r", true })},
		"URL of nothing":   {make: fromURL("://")},
		"of one call":      {perCall: true, make: fromURL("https://example.com")},
		"function": {make: fromFunc(func(region string) (aws.Endpoint, error) {
			return aws.Endpoint{URL: "https://" + region + ".example.com"}, nil
		})},
		"unknown": {make: fromFunc(func(string) (aws.Endpoint, error) {
			return aws.Endpoint{}, &aws.EndpointNotFoundError{Err: errors.New("no")}
		})},
		"failing":                    {make: fromFunc(func(string) (aws.Endpoint, error) { return aws.Endpoint{}, errors.New("no") })},
		"first of the configuration": {config: func(*notes) *aws.Config { return &aws.Config{EndpointResolver: first} }},
		"second of the configuration": {config: func(*notes) *aws.Config {
			return &aws.Config{EndpointResolver: first, EndpointResolverWithOptions: second}
		}},
		"without HTTPS": {make: func(*notes) hooks {
			return hooks{"EndpointResolver": perSide(func(s *side) any { return s.endpointFromURL("https://example.com") }), "Region": "fips-us-east-1"}
		}},
	} {
		t.Run(name, func(t *testing.T) { compare(t, c) })
	}
}
