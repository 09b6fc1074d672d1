package stack

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"example.com/lathe/runtime/transport"
	"github.com/aws/aws-sdk-go-v2/aws"
	awsmiddleware "github.com/aws/aws-sdk-go-v2/aws/middleware"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
	"github.com/aws/smithy-go"
	smithyauth "github.com/aws/smithy-go/auth"
	"github.com/aws/smithy-go/auth/bearer"
	"github.com/aws/smithy-go/middleware"
	"github.com/aws/smithy-go/tracing"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

// chosen is the scheme that an attempt is signed by, with the properties that the
// operation, its endpoint and the caller have given to the signer.
type chosen struct {
	run                  *run
	scheme               smithyhttp.AuthScheme
	forIdentity, forSign smithy.Properties
	identity             smithyauth.Identity // who signs; nil until that is known
}

// chosenKey is where later steps find it.
type chosenKey struct{}

func schemeOf(ctx context.Context) (*chosen, error) {
	c, _ := middleware.GetStackValue(ctx, chosenKey{}).(*chosen)
	if c == nil {
		return nil, errors.New("no resolved auth scheme")
	}
	return c, nil
}

type schemeStep struct{ run *run }

func (schemeStep) ID() string { return "ResolveAuthScheme" }

func (step schemeStep) HandleFinalize(
	ctx context.Context, in middleware.FinalizeInput, next middleware.FinalizeHandler,
) (out middleware.FinalizeOutput, metadata middleware.Metadata, err error) {
	r := step.run
	_, span := tracing.StartSpan(ctx, "ResolveAuthScheme")
	defer span.End()
	options, err := r.ResolveAuth(ctx, r.Info.Name)
	if err != nil {
		return out, metadata, fmt.Errorf("resolve auth scheme: %w", err)
	}
	if r.EndpointAuth {
		if options, err = r.endpointOptions(ctx, options); err != nil {
			return out, metadata, err
		}
	}
	scheme := r.selectScheme(options)
	if scheme == nil {
		return out, metadata, errors.New("could not select an auth scheme")
	}
	span.SetProperty("auth.scheme_id", scheme.scheme.SchemeID())
	span.End()
	return next.HandleFinalize(middleware.WithStackValue(ctx, chosenKey{}, scheme), in)
}

// endpointOptions are the options of the call's endpoint, which extend those of the model;
// the latter, if the endpoint has none.
func (r *run) endpointOptions(ctx context.Context, modelled []*smithyauth.Option) ([]*smithyauth.Option, error) {
	found, err := r.ResolveEndpoint(ctx, middleware.GetStackValue(ctx, inputKey{}), &aws.Credentials{}, "")
	if err != nil && awsmiddleware.GetRequiresLegacyEndpoints(ctx) { // the call does not go there
		return r.withoutEndpoint(modelled), nil
	}
	if err != nil || len(found.AuthOptions) == 0 {
		return modelled, err
	}
	options := r.Settings.AuthOptions(found)
	for _, option := range options {
		for _, base := range modelled {
			if matches(base.SchemeID, option.SchemeID) {
				own := option.SignerProperties
				option.IdentityProperties, option.SignerProperties = base.IdentityProperties, smithy.Properties{}
				option.SignerProperties.SetAll(&base.SignerProperties)
				option.SignerProperties.SetAll(&own)
			}
		}
	}
	return append(options, &smithyauth.Option{SchemeID: smithyauth.SchemeIDAnonymous}), nil
}

// withoutEndpoint are the options of the model for a call that goes where no rules say how
// it is signed.
func (r *run) withoutEndpoint(modelled []*smithyauth.Option) []*smithyauth.Option {
	for _, option := range modelled {
		if r.Settings.PlainPaths {
			smithyhttp.SetDisableDoubleEncoding(&option.SignerProperties, true)
		}
	}
	return modelled
}

// selectScheme returns the first of the options that the client can serve, those first
// that the caller prefers; nil if there is none.
func (r *run) selectScheme(options []*smithyauth.Option) *chosen {
	for _, option := range preferredFirst(options, r.Settings.AuthPreference) {
		if option.SchemeID == smithyauth.SchemeIDAnonymous {
			return r.choose(smithyhttp.NewAnonymousScheme(), option)
		}
		for _, scheme := range r.AuthSchemes {
			if matches(scheme.SchemeID(), option.SchemeID) && r.identitiesOf(scheme) != nil {
				return r.choose(scheme, option)
			}
		}
	}
	return nil
}

// identitiesOf returns what finds out who signs by a scheme; nil if there is nobody.
func (r *run) identitiesOf(s smithyhttp.AuthScheme) smithyauth.IdentityResolver {
	switch s.(type) {
	case *scheme, Scheme:
		return s.IdentityResolver(r.Identities)
	default:
		return s.IdentityResolver(r.OthersIdentities())
	}
}

func (r *run) choose(s smithyhttp.AuthScheme, option *smithyauth.Option) *chosen {
	return &chosen{run: r, scheme: s, forIdentity: option.IdentityProperties, forSign: option.SignerProperties}
}

// preferredFirst returns options with those first whose names, without namespaces, come
// first among the names.
func preferredFirst(options []*smithyauth.Option, names []string) []*smithyauth.Option {
	if len(names) == 0 {
		return options
	}
	var sorted []*smithyauth.Option
	for _, name := range names {
		for _, option := range options {
			if name == baseName(option.SchemeID) {
				sorted = append(sorted, option)
			}
		}
	}
	for _, option := range options {
		if !slices.Contains(names, baseName(option.SchemeID)) {
			sorted = append(sorted, option)
		}
	}
	return sorted
}

func baseName(id string) string { return id[strings.LastIndexByte(id, '#')+1:] }

// matches reports whether a registered scheme serves an option, which may leave out the
// namespace.
func matches(registered, option string) bool {
	return registered == option || strings.Contains(registered, "#") && baseName(registered) == option
}

type identityStep struct{ run *run }

func (identityStep) ID() string { return "GetIdentity" }

func (step identityStep) HandleFinalize(
	ctx context.Context, in middleware.FinalizeInput, next middleware.FinalizeHandler,
) (out middleware.FinalizeOutput, metadata middleware.Metadata, err error) {
	r := step.run
	inner, span := tracing.StartSpan(ctx, "GetIdentity")
	defer span.End()
	scheme, err := schemeOf(ctx)
	if err != nil {
		return out, metadata, err
	}
	resolver := r.identitiesOf(scheme.scheme)
	if resolver == nil {
		return out, metadata, errors.New("no identity resolver")
	}
	stop := r.startTimer(ctx, identityDuration, scheme)
	scheme.identity, err = resolver.GetIdentity(inner, scheme.forIdentity)
	stop()
	if err != nil {
		return out, metadata, fmt.Errorf("get identity: %w", err)
	}
	span.End()
	return next.HandleFinalize(ctx, in)
}

// overrideStep hands the signer the name and the region that somebody has put into the
// context.
type overrideStep struct{}

func (overrideStep) ID() string { return "setLegacyContextSigningOptions" }

func (overrideStep) HandleFinalize(ctx context.Context, in middleware.FinalizeInput, next middleware.FinalizeHandler) (
	out middleware.FinalizeOutput, metadata middleware.Metadata, err error,
) {
	scheme, err := schemeOf(ctx)
	if err != nil {
		return out, metadata, err
	}
	name, region, props := awsmiddleware.GetSigningName(ctx), awsmiddleware.GetSigningRegion(ctx), &scheme.forSign
	switch id := scheme.scheme.SchemeID(); {
	case id == smithyauth.SchemeIDSigV4 && name != "":
		smithyhttp.SetSigV4SigningName(props, name)
	case id == smithyauth.SchemeIDSigV4A && name != "":
		smithyhttp.SetSigV4ASigningName(props, name)
	}
	switch id := scheme.scheme.SchemeID(); {
	case id == smithyauth.SchemeIDSigV4 && region != "":
		smithyhttp.SetSigV4SigningRegion(props, region)
	case id == smithyauth.SchemeIDSigV4A && region != "":
		smithyhttp.SetSigV4ASigningRegions(props, []string{region})
	}
	return next.HandleFinalize(ctx, in)
}

type signStep struct{ run *run }

func (signStep) ID() string { return "Signing" }

func (step signStep) HandleFinalize(ctx context.Context, in middleware.FinalizeInput, next middleware.FinalizeHandler) (
	out middleware.FinalizeOutput, metadata middleware.Metadata, err error,
) {
	r := step.run
	_, span := tracing.StartSpan(ctx, "SignRequest")
	defer span.End()
	request, err := requestOf(in.Request)
	if err != nil {
		return out, metadata, err
	}
	scheme, err := schemeOf(ctx)
	if err != nil {
		return out, metadata, err
	}
	if scheme.identity == nil {
		return out, metadata, errors.New("no identity")
	}
	signer := scheme.scheme.Signer()
	if signer == nil {
		return out, metadata, errors.New("no signer")
	}
	stop := r.startTimer(ctx, signDuration, scheme)
	err = signer.SignRequest(ctx, request, scheme.identity, scheme.forSign)
	stop()
	if err != nil {
		return out, metadata, fmt.Errorf("sign request: %w", err)
	}
	span.End()
	return next.HandleFinalize(ctx, in)
}

// SignForRegions returns what has a signature for several regions count in these.
func SignForRegions(regions []string) func(*middleware.Stack) error {
	set := middleware.FinalizeMiddlewareFunc("withSigV4ASigningRegions", func(
		ctx context.Context, in middleware.FinalizeInput, next middleware.FinalizeHandler,
	) (out middleware.FinalizeOutput, metadata middleware.Metadata, err error) {
		by, err := schemeOf(ctx)
		if err != nil {
			return out, metadata, err
		}
		smithyhttp.SetSigV4ASigningRegions(&by.forSign, regions)
		return next.HandleFinalize(ctx, in)
	})
	return func(s *middleware.Stack) error { return s.Finalize.Insert(set, "Signing", before) }
}

// SigV4 and Bearer are the schemes that clients have by default, as far as operations of
// theirs take them. They sign within a call, as the call's settings say.
var (
	SigV4  smithyhttp.AuthScheme = &scheme{smithyauth.SchemeIDSigV4, signV4}
	Bearer smithyhttp.AuthScheme = &scheme{smithyauth.SchemeIDHTTPBearer, signBearer}
)

// scheme is a default scheme.
type scheme struct {
	id   string
	sign func(context.Context, *run, *smithyhttp.Request, smithyauth.Identity, smithy.Properties) error
}

// SchemeID returns the scheme's id.
func (s *scheme) SchemeID() string { return s.id }

// IdentityResolver returns what finds out who signs; nil if there is nobody.
func (s *scheme) IdentityResolver(o smithyauth.IdentityResolverOptions) smithyauth.IdentityResolver {
	return o.GetIdentityResolver(s.id)
}

// Signer returns the scheme's signer.
func (s *scheme) Signer() smithyhttp.Signer { return s }

// SignRequest signs a request of a call under way.
func (s *scheme) SignRequest(
	ctx context.Context, r *smithyhttp.Request, by smithyauth.Identity, props smithy.Properties,
) error {
	call, err := callOf(ctx)
	if err != nil {
		return err
	}
	return s.sign(ctx, call, r, by, props)
}

// callOf returns the call under way.
func callOf(ctx context.Context) (*run, error) {
	by, err := schemeOf(ctx)
	if err != nil {
		return nil, errors.New("a client's own scheme signs only the client's calls")
	}
	return by.run, nil
}

func signV4(
	ctx context.Context, call *run, r *smithyhttp.Request, by smithyauth.Identity, props smithy.Properties,
) error {
	s, err := call.signatureOf(ctx, by, props)
	if err != nil {
		return err
	}
	return call.SignV4(ctx, r.Request, s)
}

// signatureOf returns what a request is signed with at this moment.
func (r *run) signatureOf(
	ctx context.Context, by smithyauth.Identity, props smithy.Properties,
) (*transport.Signature, error) {
	who, ok := by.(*credentials)
	if !ok {
		return nil, fmt.Errorf("unexpected identity type: %T", by)
	}
	s := &transport.Signature{
		Credentials: who.Credentials, PayloadHash: v4.GetPayloadHash(ctx), At: time.Now().Add(time.Duration(r.skew.Load())),
	}
	var hasName, hasRegion bool
	s.Name, hasName = smithyhttp.GetSigV4SigningName(&props)
	s.Region, hasRegion = smithyhttp.GetSigV4SigningRegion(&props)
	s.DisableDoubleEncoding, _ = smithyhttp.GetDisableDoubleEncoding(&props)
	switch {
	case !hasName:
		return nil, errors.New("sigv4 signing name is required")
	case !hasRegion:
		return nil, errors.New("sigv4 signing region is required")
	}
	return s, nil
}

// eventKeys returns what events are signed with, as their request is; nil where it has no
// signature of the kind that they follow.
func (r *run) eventKeys(ctx context.Context) *transport.EventKeys {
	scheme, err := schemeOf(ctx)
	if err != nil || !r.Info.EventInput || scheme.scheme.SchemeID() != smithyauth.SchemeIDSigV4 {
		return nil
	}
	s, err := r.signatureOf(ctx, scheme.identity, scheme.forSign)
	if err != nil {
		return nil
	}
	return &transport.EventKeys{
		Credentials: s.Credentials, Service: s.Name, Region: s.Region, Skew: time.Duration(r.skew.Load()),
	}
}

// Scheme is the id of a scheme that only some services or endpoints ask for, as one of the
// schemes that clients have by default.
type Scheme string

// SchemeID returns the scheme's id.
func (s Scheme) SchemeID() string { return string(s) }

// IdentityResolver returns what finds out who signs; nil if there is nobody.
func (s Scheme) IdentityResolver(o smithyauth.IdentityResolverOptions) smithyauth.IdentityResolver {
	return o.GetIdentityResolver(string(s))
}

// Signer returns the scheme's signer.
func (s Scheme) Signer() smithyhttp.Signer { return s }

// SignRequest signs a request of a call under way.
func (s Scheme) SignRequest(
	ctx context.Context, r *smithyhttp.Request, by smithyauth.Identity, props smithy.Properties,
) error {
	call, err := callOf(ctx)
	if err != nil {
		return err
	}
	who, ok := by.(*credentials)
	if !ok {
		return fmt.Errorf("unexpected identity type: %T", by)
	}
	with := &transport.Signature{
		Credentials: who.Credentials, PayloadHash: v4.GetPayloadHash(ctx),
		At: time.Now().Add(time.Duration(call.skew.Load())),
	}
	with.Take(&props)
	scheme, ok := call.Settings.SchemeOf(string(s)).(*transport.Scheme)
	if !ok {
		return fmt.Errorf("the client has no scheme %s", s)
	}
	return call.SignWith(ctx, scheme, r.Request, with)
}

// InputResolver returns what resolves identities by the input of a call; nil for no
// function.
func InputResolver(identify func(ctx context.Context, in any) (aws.Credentials, error)) smithyauth.IdentityResolver {
	if identify == nil {
		return nil
	}
	return inputResolver(identify)
}

type inputResolver func(ctx context.Context, in any) (aws.Credentials, error)

// GetIdentity returns the credentials for the input of the call under way.
func (r inputResolver) GetIdentity(ctx context.Context, _ smithy.Properties) (smithyauth.Identity, error) {
	c, err := r(ctx, middleware.GetStackValue(ctx, inputKey{}))
	if err != nil {
		return nil, fmt.Errorf("get credentials: %w", err)
	}
	return &credentials{c}, nil
}

func signBearer(
	ctx context.Context, call *run, r *smithyhttp.Request, by smithyauth.Identity, _ smithy.Properties,
) error {
	who, ok := by.(*token)
	if !ok {
		return fmt.Errorf("unexpected identity type: %T", by)
	}
	scheme, ok := call.Settings.SchemeOf(smithyauth.SchemeIDHTTPBearer).(*transport.BearerScheme)
	if !ok {
		return errors.New("the client has no bearer scheme")
	}
	return scheme.Sign(ctx, r.Request, who.Token)
}

// credentials are AWS credentials as an identity.
type credentials struct{ aws.Credentials }

// Expiration returns when the credentials expire.
func (c *credentials) Expiration() time.Time { return c.Expires }

// token is a bearer token as an identity.
type token struct{ bearer.Token }

// Expiration returns when the token expires.
func (t *token) Expiration() time.Time { return t.Expires }

// CredentialsResolver returns what resolves identities by a provider; nil for none.
func CredentialsResolver(p aws.CredentialsProvider) smithyauth.IdentityResolver {
	if p == nil {
		return nil
	}
	return credentialsResolver{p}
}

type credentialsResolver struct{ provider aws.CredentialsProvider }

// GetIdentity returns the provider's credentials.
func (r credentialsResolver) GetIdentity(ctx context.Context, _ smithy.Properties) (smithyauth.Identity, error) {
	c, err := r.provider.Retrieve(ctx)
	if err != nil {
		return nil, fmt.Errorf("get credentials: %w", err)
	}
	return &credentials{c}, nil
}

// TokenResolver returns what resolves identities by a provider of bearer tokens; nil for
// none.
func TokenResolver(p bearer.TokenProvider) smithyauth.IdentityResolver {
	if p == nil {
		return nil
	}
	return tokenResolver{p}
}

type tokenResolver struct{ provider bearer.TokenProvider }

// GetIdentity returns the provider's token.
func (r tokenResolver) GetIdentity(ctx context.Context, _ smithy.Properties) (smithyauth.Identity, error) {
	t, err := r.provider.RetrieveBearerToken(ctx)
	if err != nil {
		return nil, fmt.Errorf("get token: %w", err)
	}
	return &token{t}, nil
}
