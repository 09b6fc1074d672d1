package byhand

import (
	"net/http"
	"net/url"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
)

// TestSign compares signatures with those of the official signer, over the end of a
// day, when the key changes.
func TestSign(t *testing.T) {
	s := &Signer{KeyID: "AKID", Secret: "SECRET", Region: "eu-west-1", Service: "datazone"}
	for _, path := range []string{"/v2/domains/dzd_1/data-source-runs/run1", "/v2/domains/a%20b/data-source-runs/%C3%BC"} {
		for _, now := range []time.Time{time.Date(2024, 2, 29, 23, 59, 59, 0, time.UTC), time.Date(2024, 3, 1, 0, 0, 0, 0, time.UTC)} {
			plain, err := url.PathUnescape(path)
			if err != nil {
				t.Fatal(err)
			}
			request := func() *http.Request {
				u := &url.URL{Scheme: "https", Host: "datazone.eu-west-1.api.aws", Path: plain, RawPath: path}
				return &http.Request{Method: http.MethodGet, URL: u, Host: u.Host, Header: http.Header{}}
			}
			got, want := request(), request()
			s.Sign(got, path, now)
			if err := v4.NewSigner().SignHTTP(t.Context(), aws.Credentials{AccessKeyID: s.KeyID, SecretAccessKey: s.Secret}, want, emptyHash, s.Service, s.Region, now); err != nil {
				t.Fatal(err)
			}
			for _, name := range []string{"Authorization", "X-Amz-Date"} {
				if got.Header.Get(name) != want.Header.Get(name) {
					t.Errorf("%s at %s: %s\n%s\nwant\n%s", path, now, name, got.Header.Get(name), want.Header.Get(name))
				}
			}
		}
	}
}

// TestDecodeBroken returns an error for every beginning of an answer.
func TestDecodeBroken(t *testing.T) {
	const whole = `{"id":"a\u00fc","createdAt":"2024-01-02T03:04:05Z","runStatisticsForAssets":{"added":1},"other":[{}]}`
	for n := range len(whole) {
		if out, err := Decode([]byte(whole[:n])); err == nil {
			t.Errorf("%s gives %+v", whole[:n], out)
		}
	}
	out, err := Decode([]byte(whole))
	if err != nil || *out.Id != "aü" || *out.RunStatisticsForAssets.Added != 1 {
		t.Errorf("%+v, %v", out, err)
	}
}
