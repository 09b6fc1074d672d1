package clienttest

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"

	"example.com/lathe/generated/datazone"
)

// verify checks the SigV4 signature of a request as a server got it, by signing it
// again with code of its own. The rules are those of the AWS General Reference,
// "Create a signed AWS API request".
func verify(r *http.Request, region, service string) error {
	var credential, names, signature string
	text, ok := strings.CutPrefix(r.Header.Get("Authorization"), "AWS4-HMAC-SHA256 ")
	for part := range strings.SplitSeq(text, ", ") {
		name, value, _ := strings.Cut(part, "=")
		switch name {
		case "Credential":
			credential = value
		case "SignedHeaders":
			names = value
		case "Signature":
			signature = value
		}
	}
	date := r.Header.Get("X-Amz-Date")
	if !ok || len(date) != len("20060102T150405Z") {
		return fmt.Errorf("no signature: %q of %q", r.Header.Get("Authorization"), date)
	}
	scope := strings.Join([]string{date[:8], region, service, "aws4_request"}, "/")
	if want := accessKey + "/" + scope; credential != want {
		return fmt.Errorf("credential is %q, want %q", credential, want)
	}
	canonical, err := canonicalRequest(r, names)
	if err != nil {
		return err
	}
	toSign := strings.Join([]string{"AWS4-HMAC-SHA256", date, scope, hexSum(canonical)}, "\n")
	key := []byte("AWS4" + secretKey)
	for _, part := range append(strings.Split(scope, "/"), toSign) {
		mac := hmac.New(sha256.New, key)
		mac.Write([]byte(part))
		key = mac.Sum(nil)
	}
	if want := hex.EncodeToString(key); signature != want {
		return fmt.Errorf("signature is %s, want %s", signature, want)
	}
	return nil
}

func hexSum(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:])
}

// canonicalRequest returns the form of a request that is signed, with the named
// headers. The ones that protect it must be among them.
func canonicalRequest(r *http.Request, names string) (string, error) {
	for _, name := range []string{"host", "x-amz-date", "x-amz-security-token"} {
		if !strings.Contains(";"+names+";", ";"+name+";") && (name == "host" || r.Header.Get(name) != "") {
			return "", fmt.Errorf("header %s is not signed: %s", name, names)
		}
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return "", err
	}
	path, query, _ := strings.Cut(r.RequestURI, "?")
	var out strings.Builder
	fmt.Fprintf(&out, "%s\n%s\n%s\n", r.Method, escapeAgain(path), query)
	for name := range strings.SplitSeq(names, ";") {
		value := strings.Join(r.Header.Values(name), ",")
		if name == "host" {
			value = r.Host
		}
		fmt.Fprintf(&out, "%s:%s\n", name, strings.TrimSpace(value))
	}
	fmt.Fprintf(&out, "\n%s\n%s", names, hexSum(string(body)))
	return out.String(), nil
}

// escapeAgain escapes a path that is escaped already, as all services but one want it.
func escapeAgain(path string) string { return strings.ReplaceAll(path, "%", "%25") }

// verified is a handler that checks signatures and answers with what it found.
func verified(region, service string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if err := verify(r, region, service); err != nil {
			http.Error(w, fmt.Sprintf(`{"code":"Refused","message":%q}`, err), http.StatusForbidden)
			return
		}
		_, _ = io.WriteString(w, "{}")
	}
}

// TestSignatures has a server check the signatures of requests.
func TestSignatures(t *testing.T) {
	withoutToken := aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) {
		return aws.Credentials{AccessKeyID: accessKey, SecretAccessKey: secretKey}, nil
	})
	for name, c := range map[string]struct {
		run, region string
		option      func(*datazone.Options)
		want        string
	}{
		"plain":                 {runID, "eu-west-1", nothing, ""},
		"region":                {runID, "us-gov-west-1", func(o *datazone.Options) { o.Region = "us-gov-west-1" }, ""},
		"without session token": {runID, "eu-west-1", func(o *datazone.Options) { o.Credentials = withoutToken }, ""},
		"escapes":               {"a b/c%2Fd+é?x#y&z=~", "eu-west-1", nothing, ""},
		"long":                  {strings.Repeat("ü", 5000), "eu-west-1", nothing, ""},
		"base path":             {"a b", "eu-west-1", func(o *datazone.Options) { o.BaseEndpoint = aws.String(*o.BaseEndpoint + "/a%20b/c/") }, ""},
		"changed on the way": {runID, "eu-west-1", func(o *datazone.Options) { o.HTTPClient = meddler{o.HTTPClient} },
			failureWithoutID("403", "api error Refused: signature is")},
		"wrong region": {runID, "eu-west-2", nothing, failureWithoutID("403", "api error Refused: credential is")},
	} {
		t.Run(name, func(t *testing.T) {
			client := newClient(nil, serve(t, verified(c.region, "datazone")), c.option)
			_, err := client.GetDataSourceRun(context.Background(), inputFor(c.run))
			if got := text(err); !strings.HasPrefix(got, c.want) || (got == "") != (c.want == "") {
				t.Errorf("error is %q\n    want %q", got, c.want)
			}
		})
	}
}

func failureWithoutID(status, rest string) string {
	return operation("https response error StatusCode: " + status + ", RequestID: , " + rest)
}

// meddler changes a request after it was signed.
type meddler struct{ datazone.HTTPClient }

func (m meddler) Do(r *http.Request) (*http.Response, error) {
	r.Header.Set("Amz-Sdk-Request", "attempt=1; max=9")
	return m.HTTPClient.Do(r)
}

// TestUnsignedCalls makes calls without credentials, which are sent all the same.
func TestUnsignedCalls(t *testing.T) {
	for name, provider := range map[string]aws.CredentialsProvider{
		"none": nil, "anonymous": aws.AnonymousCredentials{}, "cached": aws.NewCredentialsCache(aws.AnonymousCredentials{}),
	} {
		t.Run(name, func(t *testing.T) {
			client := play(t, reply(200, "{}"))
			if _, err := call(newClient(client, func(o *datazone.Options) { o.Credentials = provider })); err != nil {
				t.Fatal(err)
			}
			for _, name := range []string{"Authorization", "X-Amz-Date", "X-Amz-Security-Token"} {
				if got := client.last(t).Header.Values(name); len(got) > 0 {
					t.Errorf("header %s is %q", name, got)
				}
			}
		})
	}
}

// TestCredentials counts how often the provider is asked, and lets it fail.
func TestCredentials(t *testing.T) {
	lost := errors.New("the vault is closed")
	for name, c := range map[string]struct {
		answers     []error // of the provider
		status      int
		asked, sent int
		want        string
	}{
		"each call asks":      {[]error{nil}, 200, 1, 1, ""},
		"each attempt asks":   {[]error{nil}, 500, 3, 3, operation("exceeded maximum number of attempts, 3, https response error StatusCode: 500, RequestID: request-1, api error UnknownError: UnknownError")},
		"failing":             {[]error{lost}, 200, 1, 0, operation("get identity: get credentials: the vault is closed")},
		"failing in a retry":  {[]error{nil, lost}, 500, 2, 1, operation("get identity: get credentials: the vault is closed")},
		"failing for a while": {[]error{temporary{lost}, nil}, 200, 2, 1, ""},
		"failing thrice":      {[]error{temporary{lost}}, 200, 3, 0, operation("exceeded maximum number of attempts, 3, get identity: get credentials: the vault is closed")},
	} {
		t.Run(name, func(t *testing.T) {
			asked := 0
			provider := aws.CredentialsProviderFunc(func(ctx context.Context) (aws.Credentials, error) {
				asked++
				if err := c.answers[min(asked, len(c.answers))-1]; err != nil {
					return aws.Credentials{}, err
				}
				return credentials{}.Retrieve(ctx)
			})
			client := play(t, reply(c.status, ""))
			_, err := call(newClient(client, func(o *datazone.Options) { o.Credentials = provider }))
			check(t, err, c.want)
			if asked != c.asked || len(client.requests) != c.sent {
				t.Errorf("asked %d times for %d requests, want %d and %d", asked, len(client.requests), c.asked, c.sent)
			}
			if len(client.requests) == 0 && !errors.Is(err, lost) {
				t.Errorf("%v is not %v", err, lost)
			}
		})
	}
}

// temporary is an error that is worth a retry.
type temporary struct{ error }

func (temporary) RetryableError() bool { return true }
func (t temporary) Unwrap() error      { return t.error }

// signer is a user's own.
type signer struct{ calls []string }

func (s *signer) SignHTTP(_ context.Context, c aws.Credentials, r *http.Request, hash, service, region string, at time.Time, _ ...func(*v4.SignerOptions)) error {
	s.calls = append(s.calls, strings.Join([]string{c.AccessKeyID, hash, service, region}, " "))
	r.Header.Set("Authorization", "by hand")
	if time.Since(at).Abs() > time.Minute {
		return errors.New("wrong time")
	}
	return nil
}

// TestOwnSigner signs with a signer of the user's, for client and call.
func TestOwnSigner(t *testing.T) {
	want := accessKey + " " + hexSum("") + " datazone eu-west-1"
	s := &signer{}
	option := func(o *datazone.Options) { o.HTTPSignerV4 = s }
	for name, err := range map[string]func(*fake) error{
		"client": func(f *fake) error { _, err := call(newClient(f, option)); return err },
		"call":   func(f *fake) error { _, err := call(newClient(f), option); return err },
	} {
		client := play(t, reply(200, "{}"))
		s.calls = nil
		if err := err(client); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if len(s.calls) != 1 || s.calls[0] != want || client.last(t).Header.Get("Authorization") != "by hand" {
			t.Errorf("%s: signed %q, want %q", name, s.calls, want)
		}
	}
}
