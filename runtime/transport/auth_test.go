package transport

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"example.com/lathe/runtime/rest"
	"example.com/lathe/runtime/sigv4"
	"github.com/aws/aws-sdk-go-v2/aws"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
	"github.com/aws/smithy-go/auth/bearer"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

const (
	sigV4  = "aws.auth#sigv4"
	sigV4A = "aws.auth#sigv4a"
	bear   = "smithy.api#httpBearerAuth"
	noAuth = "smithy.api#noAuth"
)

var testTokens = bearer.StaticTokenProvider{Token: bearer.Token{Value: "B-TOKEN"}}

func TestAuthSchemeChoice(t *testing.T) {
	for name, c := range map[string]struct {
		auth        []string
		preference  []string
		credentials bool
		tokens      bool
		want        string
	}{
		"first usable":            {auth: []string{sigV4, bear}, credentials: true, tokens: true, want: "AWS4-HMAC-SHA256"},
		"second when no identity": {auth: []string{sigV4, bear}, tokens: true, want: "Bearer"},
		"unknown is passed over":  {auth: []string{sigV4A, sigV4}, credentials: true, want: "AWS4-HMAC-SHA256"},
		"nothing usable":          {auth: []string{sigV4, bear}},
		"nothing asked":           {credentials: true, tokens: true},
		"optional auth":           {auth: []string{sigV4, noAuth}, credentials: true, want: "AWS4-HMAC-SHA256"},
		"no auth first":           {auth: []string{noAuth, sigV4}, credentials: true},
		"preferred":               {auth: []string{sigV4, bear}, preference: []string{"httpBearerAuth"}, credentials: true, tokens: true, want: "Bearer"},
		"preferred but unusable":  {auth: []string{sigV4, bear}, preference: []string{"httpBearerAuth"}, credentials: true, want: "AWS4-HMAC-SHA256"},
		"preferred but unknown":   {auth: []string{sigV4}, preference: []string{"sigv4a", "x"}, credentials: true, want: "AWS4-HMAC-SHA256"},
		"order of preference":     {auth: []string{sigV4, bear}, preference: []string{"sigv4a", "httpBearerAuth", "sigv4"}, credentials: true, tokens: true, want: "Bearer"},
		"no auth preferred":       {auth: []string{sigV4}, preference: []string{"noAuth", "sigv4"}, credentials: true},
	} {
		t.Run(name, func(t *testing.T) {
			client, info := play(ok200), testInfo()
			info.Auth = c.auth
			_, err := Do(context.Background(), testSettings(client, func(s *Settings) {
				s.AuthPreference = c.preference
				if !c.credentials {
					s.Credentials = nil
				}
				if c.tokens {
					s.Schemes = []AuthScheme{&BearerScheme{Tokens: testTokens}}
				}
			}), info, &fakeOp{})
			if err != nil {
				t.Fatal(err)
			}
			got, _, _ := strings.Cut(client.requests[0].Header.Get("Authorization"), " ")
			if got != c.want {
				t.Errorf("signed with %q, want %q", got, c.want)
			}
		})
	}
}

// bearerSigner is a signer of tokens.
type bearerSigner func(token bearer.Token, m bearer.Message) (bearer.Message, error)

func (f bearerSigner) SignWithBearerToken(_ context.Context, token bearer.Token, m bearer.Message) (bearer.Message, error) {
	return f(token, m)
}

func TestBearerSigner(t *testing.T) {
	for name, c := range map[string]struct {
		sign bearerSigner
		want string // the header, or the error
	}{
		"signs": {func(token bearer.Token, m bearer.Message) (bearer.Message, error) {
			signed := m.(*smithyhttp.Request).Clone()
			signed.Header.Set("Authorization", "Own "+token.Value)
			return signed, nil
		}, "Own B-TOKEN"},
		"fails":          {func(bearer.Token, bearer.Message) (bearer.Message, error) { return nil, errors.New("broken") }, "sign request: sign request: broken"},
		"something else": {func(bearer.Token, bearer.Message) (bearer.Message, error) { return "text", nil }, "sign request: sign request: the signer returned string"},
	} {
		client, info := play(ok200), testInfo()
		info.Auth = []string{bear}
		_, err := Do(t.Context(), testSettings(client, func(s *Settings) {
			s.Schemes = []AuthScheme{&BearerScheme{Tokens: testTokens, Signer: c.sign}}
		}), info, &fakeOp{})
		if err != nil {
			if !strings.HasSuffix(err.Error(), c.want) {
				t.Errorf("%s: %v", name, err)
			}
		} else if got := client.requests[0].Header.Get("Authorization"); got != c.want {
			t.Errorf("%s: got %q", name, got)
		}
	}
}

// recordingSigner keeps what it was asked to sign with.
type recordingSigner struct {
	name, region, hash string
	credentials        aws.Credentials
	options            v4.SignerOptions
	err                error
}

func (s *recordingSigner) SignHTTP(_ context.Context, c aws.Credentials, _ *http.Request, hash, name, region string, _ time.Time, opts ...func(*v4.SignerOptions)) error {
	s.name, s.region, s.hash, s.credentials = name, region, hash, c
	s.options = v4.SignerOptions{DisableURIPathEscaping: true, LogSigning: true}
	for _, f := range opts {
		f(&s.options)
	}
	return s.err
}

func TestSignerGetsScopeAndHash(t *testing.T) {
	sum := func(s string) string {
		h := sha256.Sum256([]byte(s))
		return hex.EncodeToString(h[:])
	}
	endpoint := Endpoint{URL: url.URL{Scheme: "https", Host: "h"}, SigningName: "other", SigningRegion: "us-gov-1", DisableDoubleEncoding: true}
	for name, c := range map[string]struct {
		serialize func(*rest.Request)
		info      func(*Info)
		endpoint  *Endpoint
		want      recordingSigner
		raw       bool
	}{
		"no body":          {want: recordingSigner{name: "thing", region: "eu-west-1", hash: sum("")}},
		"body":             {serialize: putBytes("{}"), want: recordingSigner{name: "thing", region: "eu-west-1", hash: sum("{}")}},
		"stream":           {serialize: putStream(strings.NewReader("s")), want: recordingSigner{name: "thing", region: "eu-west-1", hash: sum("s")}},
		"unsigned payload": {serialize: putStream(io.MultiReader(strings.NewReader("s"))), info: func(i *Info) { i.UnsignedPayload = true }, want: recordingSigner{name: "thing", region: "eu-west-1", hash: "UNSIGNED-PAYLOAD"}},
		"endpoint's scope": {endpoint: &endpoint, want: recordingSigner{name: "other", region: "us-gov-1", hash: sum("")}, raw: true},
	} {
		t.Run(name, func(t *testing.T) {
			signer, info := &recordingSigner{}, testInfo()
			if c.info != nil {
				c.info(info)
			}
			_, err := Do(context.Background(), testSettings(play(ok200), func(s *Settings) {
				s.Signer = signer
				if c.endpoint != nil {
					s.ResolveEndpoint = func(context.Context, string, any) (*Endpoint, error) { return c.endpoint, nil }
				}
			}), info, &fakeOp{serialize: c.serialize})
			if err != nil {
				t.Fatal(err)
			}
			if signer.name != c.want.name || signer.region != c.want.region || signer.hash != c.want.hash {
				t.Errorf("signed for %s in %s with hash %s\nwant %s, %s, %s",
					signer.name, signer.region, signer.hash, c.want.name, c.want.region, c.want.hash)
			}
			if signer.credentials.AccessKeyID != "AKID" {
				t.Errorf("signed with %q", signer.credentials.AccessKeyID)
			}
			if signer.options.DisableURIPathEscaping != c.raw || signer.options.LogSigning || signer.options.Logger == nil {
				t.Errorf("signer's options are %+v", signer.options)
			}
		})
	}
}

func TestPayloadHashIsComputedOnce(t *testing.T) {
	body := &countingReader{Reader: strings.NewReader("payload")}
	client := play(bad500, ok200)
	op := &fakeOp{serialize: putStream(body)}
	if _, err := Do(context.Background(), testSettings(client, withRetryer(&fakeRetryer{})), testInfo(), op); err != nil {
		t.Fatal(err)
	}
	if body.read != len("payload") {
		t.Errorf("%d bytes were read for two attempts that sent none, want %d", body.read, len("payload"))
	}
}

type countingReader struct {
	*strings.Reader
	read int
}

func (r *countingReader) Read(p []byte) (int, error) {
	n, err := r.Reader.Read(p)
	r.read += n
	return n, err
}

// WriteTo hides the embedded reader's, which would not be counted.
func (r *countingReader) WriteTo(w io.Writer) (int64, error) {
	return io.Copy(w, struct{ io.Reader }{r})
}

func TestAuthErrors(t *testing.T) {
	boom := errors.New("boom")
	for name, c := range map[string]struct {
		auth   string
		op     *fakeOp
		change func(*Settings)
		want   string
	}{
		"credentials": {sigV4, &fakeOp{}, func(s *Settings) {
			s.Credentials = aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) { return aws.Credentials{}, boom })
		}, "get identity: get credentials: boom"},
		"token": {bear, &fakeOp{}, func(s *Settings) {
			s.Schemes = []AuthScheme{&BearerScheme{Tokens: bearer.TokenProviderFunc(func(context.Context) (bearer.Token, error) {
				return bearer.Token{}, boom
			})}}
		}, "get identity: get token: boom"},
		"signer": {sigV4, &fakeOp{}, func(s *Settings) { s.Signer = &recordingSigner{err: boom} },
			"sign request: sign http: boom"},
		"bearer over HTTP": {bear, &fakeOp{}, func(s *Settings) {
			s.Schemes, s.DisableHTTPS = []AuthScheme{&BearerScheme{Tokens: testTokens}}, true
		},
			"sign request: sign request: bearer token with HTTP request requires HTTPS"},
		"endpoint wants SigV4A": {sigV4, &fakeOp{}, func(s *Settings) {
			s.ResolveEndpoint = func(context.Context, string, any) (*Endpoint, error) {
				return &Endpoint{URL: url.URL{Scheme: "https", Host: "h"}, unsupported: "sigv4a"}, nil
			}
		}, "the endpoint asks for the authentication scheme sigv4a, which is not supported yet"},
		"hash": {sigV4, &fakeOp{serialize: putStream(io.MultiReader(strings.NewReader("x")))}, func(*Settings) {},
			"failed to compute payload hash: unseekable stream is not supported without an unsigned payload"},
	} {
		t.Run(name, func(t *testing.T) {
			client, info := play(ok200), testInfo()
			info.Auth = []string{c.auth}
			_, err := Do(context.Background(), testSettings(client, c.change), info, c.op)
			if want := "operation error Thing: GetThing, " + c.want; text(err) != want {
				t.Errorf("error is %v\nwant %s", err, want)
			}
			if len(client.requests) != 0 {
				t.Error("a request was sent")
			}
		})
	}
}

func TestUnsignedCallsNeedNoHash(t *testing.T) {
	client := play(ok200)
	op := &fakeOp{serialize: putStream(io.MultiReader(strings.NewReader("x")))}
	_, err := Do(context.Background(), testSettings(client, func(s *Settings) { s.Credentials = nil }), testInfo(), op)
	if err != nil || client.requests[0].ContentLength != -1 {
		t.Errorf("unsigned stream: %v", err)
	}
}

func TestCredentialErrorsAreRetriedLikeOthers(t *testing.T) {
	n := 0
	flaky := aws.CredentialsProviderFunc(func(ctx context.Context) (aws.Credentials, error) {
		if n++; n == 1 {
			return aws.Credentials{}, errors.New("not yet")
		}
		return testCredentials(ctx)
	})
	_, err := Do(context.Background(), testSettings(play(ok200), withRetryer(&fakeRetryer{}), func(s *Settings) { s.Credentials = flaky }), testInfo(), &fakeOp{})
	if err != nil || n != 2 {
		t.Errorf("%d retrievals, %v", n, err)
	}
}

func TestBearerToken(t *testing.T) {
	client, info := play(ok200), testInfo()
	info.Auth = []string{bear}
	settings := testSettings(client, func(s *Settings) { s.Schemes = []AuthScheme{&BearerScheme{Tokens: testTokens}} })
	if _, err := Do(context.Background(), settings, info, &fakeOp{}); err != nil {
		t.Fatal(err)
	}
	if got := client.requests[0].Header["Authorization"]; len(got) != 1 || got[0] != "Bearer B-TOKEN" {
		t.Errorf("Authorization = %q", got)
	}
}

// TestOwnSignerIsUsedForItselfOnly looks at which calls are signed without asking
// the signer as such.
func TestOwnSignerIsUsedForItselfOnly(t *testing.T) {
	own := new(sigv4.Signer)
	for name, c := range map[string]struct {
		signer v4.HTTPSigner
		mode   aws.ClientLogMode
		want   bool
	}{
		"nothing set":           {want: true},
		"own":                   {signer: own, want: true},
		"official":              {signer: v4.NewSigner()},
		"another":               {signer: &recordingSigner{}},
		"one that wraps it":     {signer: struct{ v4.HTTPSigner }{own}},
		"signatures are logged": {signer: own, mode: aws.LogSigning},
	} {
		s := NewSettings(&Settings{Signer: c.signer, LogMode: c.mode})
		if (s.ownSigner != nil) != c.want || c.want && c.signer == own && s.ownSigner != own {
			t.Errorf("%s: signs by itself is %v, want %v", name, s.ownSigner != nil, c.want)
		}
	}
}
