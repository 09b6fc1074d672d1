package compare

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
)

// Keys are the credentials that scenarios sign with, so that signatures can be
// verified; tests find them here by their access key.
func Keys() map[string]aws.Credentials {
	return map[string]aws.Credentials{
		"AKID":    {AccessKeyID: "AKID", SecretAccessKey: "SECRET"},
		"AKIDTOK": {AccessKeyID: "AKIDTOK", SecretAccessKey: "SECRET2", SessionToken: "TOKEN+/="},
	}
}

// signature reports what was signed, and whether the official signer makes the same
// signature of the request as it was sent.
func (r *request) signature() string {
	value := r.http.Header.Get("Authorization")
	scope, ok := parseScope(value)
	if !ok {
		return value
	}
	if before := r.http.Response; before != nil && before.Request.Header.Get("Authorization") == value {
		return "that of the request that was redirected"
	}
	_, signed, _ := strings.Cut(value, "SignedHeaders=")
	signed, _, _ = strings.Cut(signed, ",")
	out := scope.region + "/" + scope.service + " of " + scope.key + ", headers " + signed
	switch {
	case r.resign(scope, false) == value:
		return out + ", verified"
	case r.resign(scope, true) == value:
		return out + ", verified with the path as sent"
	default:
		return out + ", not valid: " + value
	}
}

// scope is what a signature is valid for.
type scope struct{ key, region, service string }

func parseScope(authorization string) (scope, bool) {
	_, rest, ok := strings.Cut(authorization, "AWS4-HMAC-SHA256 Credential=")
	if !ok {
		return scope{}, false
	}
	credential, _, _ := strings.Cut(rest, ",")
	parts := strings.Split(credential, "/")
	if len(parts) != 5 || parts[4] != "aws4_request" {
		return scope{}, false
	}
	return scope{key: parts[0], region: parts[2], service: parts[3]}, true
}

// signersOwn are the headers that a signer sets.
func signersOwn() []string { return []string{"Authorization", "X-Amz-Date", "X-Amz-Security-Token"} }

// resign signs the request again, from what is left when the signer's own headers
// are taken away, and those that were not signed.
func (r *request) resign(s scope, raw bool) string {
	again := r.http.Clone(context.Background())
	at, err := time.Parse(dateFormat, again.Header.Get("X-Amz-Date"))
	if err != nil {
		return err.Error()
	}
	signed := again.Header.Get("Authorization")
	for name := range again.Header {
		if slices.Contains(signersOwn(), name) || !strings.Contains(signed, strings.ToLower(name)) {
			again.Header.Del(name)
		}
	}
	sum := sha256.Sum256(r.body)
	hash := hex.EncodeToString(sum[:])
	if given := again.Header.Get("X-Amz-Content-Sha256"); given != "" {
		hash = given
	}
	err = v4.NewSigner().SignHTTP(again.Context(), Keys()[s.key], again, hash, s.service, s.region, at,
		func(o *v4.SignerOptions) { o.DisableURIPathEscaping = raw })
	if err != nil {
		return err.Error()
	}
	if again.Header.Get("X-Amz-Security-Token") != r.http.Header.Get("X-Amz-Security-Token") {
		return "another session token"
	}
	return again.Header.Get("Authorization")
}

var _ http.RoundTripper = (*Transport)(nil)
