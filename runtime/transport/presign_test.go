package transport

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"example.com/lathe/runtime/rest"
	"github.com/aws/aws-sdk-go-v2/aws"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
	"github.com/aws/smithy-go"
	"github.com/aws/smithy-go/middleware"
)

// presignerFunc is a presigner that sees what it is asked to sign.
type presignerFunc func(r *http.Request, hash string) (string, http.Header, error)

func (f presignerFunc) PresignHTTP(
	_ context.Context, _ aws.Credentials, r *http.Request, hash, _, _ string, _ time.Time, _ ...func(*v4.SignerOptions),
) (string, http.Header, error) {
	return f(r, hash)
}

func formOperation(encode func(string, *rest.Request)) *Operation[string, string] {
	return &Operation[string, string]{
		Info:   Info{Name: "PutThing", Auth: []string{"aws.auth#sigv4"}},
		Encode: encode,
		Decode: func(*rest.Response, string) error { return nil },
	}
}

func putForm(in string, r *rest.Request) {
	r.Start("POST", "/things")
	r.SetBody("application/x-www-form-urlencoded", []byte("Action=Put&Name="+url.QueryEscape(in)))
}

func presignSettings(change ...func(*Settings)) *Settings {
	credentials := aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) {
		return aws.Credentials{AccessKeyID: "AKID", SecretAccessKey: "SECRET"}, nil
	})
	client := clientFunc(func(*http.Request) (*http.Response, error) { panic("nothing must be sent") })
	return testSettings(client, append([]func(*Settings){func(s *Settings) { s.Credentials = credentials }}, change...)...)
}

func TestPresign(t *testing.T) {
	s := presignSettings()
	for name, tc := range map[string]struct {
		how   Presigning
		query string
		hash  string
		kept  string // the content type
	}{
		"as it is sent": {Presigning{}, "", "ac9896ef…", "application/x-www-form-urlencoded"},
		"unsigned":      {Presigning{UnsignedPayload: true}, "", unsignedPayload, "application/x-www-form-urlencoded"},
		"form":          {Presigning{Form: true}, "Action=Put&Name=a+b", "e3b0c442…", ""},
		"all":           {Presigning{Form: true, Parameters: "x=y", Expires: 90 * time.Second}, "Action=Put&Name=a+b&X-Amz-Expires=90&x=y", "e3b0c442…", ""},
	} {
		var asked *http.Request
		how := tc.how
		how.Presigner = presignerFunc(func(r *http.Request, hash string) (string, http.Header, error) {
			asked = r
			if short, cut := strings.CutSuffix(tc.hash, "…"); cut && !strings.HasPrefix(hash, short) || !cut && hash != tc.hash {
				t.Errorf("%s: the hash is %s", name, hash)
			}
			return "signed", http.Header{"Host": {"h"}}, nil
		})
		got, err := Presign(t.Context(), s, formOperation(putForm), "a b", &how)
		if err != nil || got.URL != "signed" || got.SignedHeader.Get("Host") != "h" {
			t.Errorf("%s: got %+v, %v", name, got, err)
			continue
		}
		if q := asked.URL.Query().Encode(); q != tc.query || asked.Header.Get("Content-Type") != tc.kept {
			t.Errorf("%s: the query is %s, the header %v", name, q, asked.Header)
		}
		if want := map[bool]string{false: "POST", true: "GET"}[how.Form]; got.Method != want || asked.Header.Get("User-Agent")+asked.Header.Get("Amz-Sdk-Request") != "" {
			t.Errorf("%s: %s with %v", name, got.Method, asked.Header)
		}
	}
}

func TestPresignFails(t *testing.T) {
	broken := errors.New("broken")
	for name, tc := range map[string]struct {
		change func(*Settings)
		encode func(string, *rest.Request)
		want   string
	}{
		"configuration": {func(s *Settings) { s.Refused = broken }, putForm, "broken"},
		"input":         {nil, func(_ string, r *rest.Request) { r.Fail(broken) }, "serialization failed: broken"},
		"credentials": {func(s *Settings) {
			s.Credentials = aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) { return aws.Credentials{}, broken })
		}, putForm, "get identity: get credentials: broken"},
		"endpoint": {func(s *Settings) {
			s.ResolveEndpoint = func(context.Context, string, any) (*Endpoint, error) { return nil, broken }
		}, putForm, "broken"},
		"signer": {nil, putForm, "failed to sign http request, broken"},
		"stack": {func(s *Settings) {
			s.Hooked = Hooked(func(_ context.Context, steps *Steps) (any, middleware.Metadata, error) {
				if steps.Presigning == nil {
					t.Error("the stack is not asked to presign")
				}
				return "text", middleware.Metadata{}, nil
			})
		}, putForm, "the middleware stack returned string, not *v4.PresignedHTTPRequest"},
	} {
		s := presignSettings()
		if tc.change != nil {
			s = presignSettings(tc.change)
		}
		how := Presigning{Presigner: presignerFunc(func(*http.Request, string) (string, http.Header, error) { return "", nil, broken })}
		got, err := Presign(t.Context(), s, formOperation(tc.encode), "", &how)
		if failed := new(smithy.OperationError); got != nil || !errors.As(err, &failed) || !strings.HasSuffix(err.Error(), tc.want) {
			t.Errorf("%s: got %+v, %v", name, got, err)
		}
	}
}

func TestPresignWithoutCredentials(t *testing.T) {
	s := presignSettings(func(s *Settings) { s.Credentials = nil })
	got, err := Presign(t.Context(), s, formOperation(putForm), "a", &Presigning{Form: true})
	if err != nil || got.Method != "GET" || len(got.SignedHeader) != 0 || !strings.HasSuffix(got.URL, "/things?Action=Put&Name=a") {
		t.Errorf("got %+v, %v", got, err)
	}
}
