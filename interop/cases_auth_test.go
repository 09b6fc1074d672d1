package interop

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"example.com/lathe/interop/compare"
	"github.com/aws/aws-sdk-go-v2/aws"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
	"github.com/aws/aws-sdk-go-v2/credentials"
)

// authCases sign with credentials of all kinds.
func authCases() []scenario {
	key := compare.Keys()["AKIDTOK"]
	token := credentials.NewStaticCredentialsProvider(key.AccessKeyID, key.SecretAccessKey, key.SessionToken)
	with := func(name, want string, provider any) scenario {
		return scenario{Name: "credentials/" + name, Options: settings{set("Credentials", provider)}, Replies: []compare.Reply{fine}, Want: want}
	}
	failing := aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) { return aws.Credentials{}, errors.New("no keys") })
	temporary := aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) { return aws.Credentials{}, errTimeout })
	return []scenario{
		with("static", "ok", staticKey()),
		with("session token", "ok", token),
		with("none", "ok", nil),
		with("anonymous", "ok", aws.AnonymousCredentials{}),
		with("pointer to anonymous", "ok", &aws.AnonymousCredentials{}),
		with("cached anonymous", "ok", aws.NewCredentialsCache(aws.AnonymousCredentials{})),
		with("cached", "ok", compare.Make(func(*compare.World) any { return aws.NewCredentialsCache(token) })),
		with("failing", "errors.errorString (0 sent)", failing),
		with("failing for a while", "interop.timeoutError (0 sent)", temporary),
		with("cached and failing", "errors.errorString (0 sent)", compare.Make(func(*compare.World) any { return aws.NewCredentialsCache(failing) })),
		with("static and empty", "credentials.StaticCredentialsEmptyError (0 sent)", credentials.NewStaticCredentialsProvider("", "", "")),
		with("without secret", "credentials.StaticCredentialsEmptyError (0 sent)", credentials.NewStaticCredentialsProvider("A", "", "")),
		with("of an empty provider", "ok", aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) { return aws.Credentials{}, nil })),
		with("with sources", "ok", sourced{token, []aws.CredentialSource{aws.CredentialSourceEnvVars, aws.CredentialSourceSTSAssumeRole}}),
		with("with an unknown source", "ok", sourced{token, []aws.CredentialSource{99}}),
		with("again for every attempt", "ok", compare.Make(func(w *compare.World) any { return &counting{world: w} })),
		{
			Name: "credentials/again for every retry", Options: settings{set("Credentials", compare.Make(func(w *compare.World) any { return &counting{world: w} }))},
			Replies: []compare.Reply{fault, busy, fine}, Want: "ok (3 sent)",
		},
		{
			Name: "credentials/slow and canceled", Options: settings{set("Credentials", compare.Make(func(w *compare.World) any { return &counting{world: w, wait: time.Hour} }))},
			Calls: []compare.Call{{CancelAfter: time.Second}, {Timeout: time.Second}}, Replies: []compare.Reply{fine},
			Want: "errors.errorString; context.deadlineExceededError (0 sent)",
		},
		{
			Name: "credentials/of the call", Calls: []compare.Call{{Options: settings{set("Credentials", token)}}, {}}, Replies: []compare.Reply{fine}, Want: "ok; ok",
		},
		{
			Name: "credentials/none for the call", Calls: []compare.Call{{Options: settings{set("Credentials", nil)}}, {}}, Replies: []compare.Reply{fine}, Want: "ok; ok",
		},
		{
			Name: "credentials/anonymous for the call", Calls: []compare.Call{{Options: settings{set("Credentials", aws.AnonymousCredentials{})}}}, Replies: []compare.Reply{fine}, Want: "errors.errorString (0 sent)",
		},
		{
			Name: "credentials/none without region", Options: settings{set("Credentials", nil), set("Region", ""), set("BaseEndpoint", "https://a.example")}, Replies: []compare.Reply{fine}, Want: "ok",
		},
		{
			Name: "credentials/without region", Options: settings{set("Region", ""), set("BaseEndpoint", "https://a.example")}, Replies: []compare.Reply{fine}, Want: "ok",
		},
	}
}

// preferenceCases prefer authentication schemes.
func preferenceCases() (out []scenario) {
	for _, names := range [][]string{{"sigv4"}, {"noAuth"}, {"sigv4a", "sigv4"}, {"httpBearerAuth"}, {"noAuth", "sigv4"}, {"aws.auth#sigv4"}, {""}, {}} {
		for _, provider := range []aws.CredentialsProvider{staticKey(), nil} {
			out = append(out, scenario{
				Name:    fmt.Sprintf("preference/%q, signed %v", names, provider != nil),
				Options: settings{set("AuthSchemePreference", names), set("Credentials", provider)}, Replies: []compare.Reply{fine}, Want: "ok",
			})
		}
	}
	return append(out,
		scenario{
			Name: "preference/of the configuration", FromConfig: true, Config: settings{set("AuthSchemePreference", []string{"noAuth"})},
			Replies: []compare.Reply{fine}, Want: "ok",
		},
		scenario{
			Name: "preference/of the call", Calls: []compare.Call{{Options: settings{set("AuthSchemePreference", []string{"noAuth"})}}, {}},
			Replies: []compare.Reply{fine}, Want: "ok; ok",
		})
}

// sourced are credentials that tell where they come from.
type sourced struct {
	aws.CredentialsProvider
	sources []aws.CredentialSource
}

func (s sourced) ProviderSources() []aws.CredentialSource { return s.sources }

// counting notes how often it is asked.
type counting struct {
	world *compare.World
	wait  time.Duration
	n     int
}

func (c *counting) Retrieve(ctx context.Context) (aws.Credentials, error) {
	c.n++
	c.world.Note(fmt.Sprintf("credentials %d", c.n))
	select {
	case <-ctx.Done():
		return aws.Credentials{}, ctx.Err()
	case <-time.After(c.wait):
		return compare.Keys()["AKID"], nil
	}
}

// signerCases put signers of other kinds into the options.
func signerCases() []scenario {
	with := func(name, want string, s signer) scenario {
		own := compare.Make(func(w *compare.World) any { s.world = w; return &s })
		return scenario{Name: "signer/" + name, Options: settings{set("HTTPSignerV4", own)}, Replies: []compare.Reply{fault, fine}, Want: want}
	}
	return []scenario{
		with("own", "ok (2 sent)", signer{}),
		with("failing", "errors.errorString (0 sent)", signer{err: errors.New("no ink")}),
		with("failing for a while", "interop.timeoutError (0 sent)", signer{err: errTimeout}),
		{
			Name:  "signer/of the call",
			Calls: []compare.Call{{Options: settings{set("HTTPSignerV4", compare.Make(func(w *compare.World) any { return &signer{world: w} }))}}, {}}, Replies: []compare.Reply{fine}, Want: "ok; ok",
		},
		{
			Name: "signer/with escaping switched off", Replies: []compare.Reply{fine}, Want: "ok",
			Options: settings{set("HTTPSignerV4", v4.NewSigner(func(o *v4.SignerOptions) { o.DisableURIPathEscaping = true }))},
			Calls:   []compare.Call{{Input: settings{set("Identifier", "a b/c%ü")}}},
		},
		{
			Name: "signer/with header hoisting switched off", Replies: []compare.Reply{fine}, Want: "ok",
			Options: settings{set("HTTPSignerV4", v4.NewSigner(func(o *v4.SignerOptions) { o.DisableHeaderHoisting = true; o.DisableSessionToken = true }))},
		},
	}
}

// signer notes what it is given to sign.
type signer struct {
	world *compare.World
	err   error
}

func (s *signer) SignHTTP(_ context.Context, c aws.Credentials, r *http.Request, hash, service, region string, at time.Time, fns ...func(*v4.SignerOptions)) error {
	var o v4.SignerOptions
	for _, fn := range fns {
		fn(&o)
	}
	s.world.Note(fmt.Sprintf("sign %s %s as %s for %s in %s at %v, hash %s, raw path %v, logs %v, logger %v",
		r.Method, r.URL, c.AccessKeyID, service, region, at, hash, o.DisableURIPathEscaping, o.LogSigning, o.Logger != nil))
	r.Header.Set("Authorization", "own "+service)
	return s.err
}
