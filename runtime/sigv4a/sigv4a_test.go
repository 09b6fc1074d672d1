package sigv4a

import (
	"context"
	"crypto/ecdsa"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"example.com/lathe/runtime/sigv4"
	"example.com/lathe/runtime/transport"
	"github.com/aws/aws-sdk-go-v2/aws"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
	"github.com/aws/smithy-go/logging"
)

var owner = aws.Credentials{
	AccessKeyID: "AKISORANDOMAASORANDOM", SecretAccessKey: "q+jcrXGc+0zWN6uzclKVhvMmUsIfRPa4rlRandom", SessionToken: "token",
}

// TestDeriveKey sees that the key is the one that services derive: the coordinates are
// those of the published test vector for these credentials.
func TestDeriveKey(t *testing.T) {
	key, err := deriveKey(owner.AccessKeyID, owner.SecretAccessKey)
	if err != nil {
		t.Fatal(err)
	}
	public, err := key.PublicKey.ECDH()
	if err != nil {
		t.Fatal(err)
	}
	const want = "04" + "15d242ceebf8d8169fd6a8b5a746c41140414c3b07579038da06af89190fffcb" + "0515242cedd82e94799482e4c0514b505afccf2c0c98d6a553bf539f424c5ec0"
	if got := hex.EncodeToString(public.Bytes()); got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

func TestPlusOne(t *testing.T) {
	for n, want := range map[string]string{"0000": "0001", "00ff": "0100", "fffe": "ffff"} {
		b, _ := hex.DecodeString(n)
		if got := hex.EncodeToString(plusOne(b)); got != want {
			t.Errorf("%s + 1 = %s, want %s", n, got, want)
		}
	}
}

func TestCacheIsBounded(t *testing.T) {
	var c keyCache
	first, err := c.get(&aws.Credentials{AccessKeyID: "0"})
	if err != nil {
		t.Fatal(err)
	}
	if again, _ := c.get(&aws.Credentials{AccessKeyID: "0"}); again != first {
		t.Error("the key was derived again")
	}
	if other, _ := c.get(&aws.Credentials{AccessKeyID: "0", SecretAccessKey: "x"}); other == first {
		t.Error("one key for two secrets")
	}
	for i := range 2 * maxKeys {
		if _, err := c.get(&aws.Credentials{AccessKeyID: fmt.Sprint(i)}); err != nil {
			t.Fatal(err)
		}
	}
	if len(c.keys) != maxKeys {
		t.Errorf("%d keys", len(c.keys))
	}
}

// TestSign verifies a signature with the public key.
func TestSign(t *testing.T) {
	var s Signer
	var logged strings.Builder
	with := &transport.Signature{
		Credentials: owner, PayloadHash: "UNSIGNED-PAYLOAD", Name: "s3", Region: "us-east-1", At: time.Unix(1, 0), DisableDoubleEncoding: true,
		Options: func(o *v4.SignerOptions) {
			o.LogSigning = true
			o.Logger = logging.LoggerFunc(func(_ logging.Classification, format string, v ...any) { fmt.Fprintf(&logged, format, v...) })
		},
	}
	for _, c := range []struct {
		regions []string
		header  string
	}{{nil, "us-east-1"}, {[]string{"*"}, "*"}, {[]string{"us-east-1", "eu-west-1"}, "us-east-1,eu-west-1"}} {
		r, err := http.NewRequest(http.MethodGet, "https://bucket.accesspoint.s3-global.amazonaws.com/a%20b?z=1&a=2", nil)
		if err != nil {
			t.Fatal(err)
		}
		with.Regions = c.regions
		if err := s.Scheme(nil).Sign(context.Background(), r, with); err != nil {
			t.Fatal(err)
		}
		h := r.Header
		if h.Get("X-Amz-Region-Set") != c.header || h.Get("X-Amz-Date") != "19700101T000001Z" || h.Get("X-Amz-Security-Token") != "token" || r.URL.RawQuery != "a=2&z=1" {
			t.Errorf("%v: %v", c.regions, h)
		}
		const before = "AWS4-ECDSA-P256-SHA256 Credential=AKISORANDOMAASORANDOM/19700101/s3/aws4_request, SignedHeaders=host;x-amz-date;x-amz-region-set;x-amz-security-token, Signature="
		signature, ok := strings.CutPrefix(h.Get("Authorization"), before)
		if !ok {
			t.Fatalf("%s", h.Get("Authorization"))
		}
		verify(t, r, with, signature)
	}
	if !strings.Contains(logged.String(), "AWS4-ECDSA-P256-SHA256\n19700101T000001Z\n19700101/s3/aws4_request\n") {
		t.Errorf("logged %s", logged.String())
	}
}

func verify(t *testing.T, r *http.Request, with *transport.Signature, signature string) {
	t.Helper()
	r.Header.Del("Authorization")
	canonical := sigv4.Compose(r, &sigv4.Params{Credentials: with.Credentials, PayloadHash: with.PayloadHash, Time: with.At, DisableURIPathEscaping: true})
	verifyText(t, with, signature, string(canonical.Request))
}

// verifyText verifies the signature of a canonical request.
func verifyText(t *testing.T, with *transport.Signature, signature, canonical string) {
	t.Helper()
	hash := sha256.Sum256([]byte(canonical))
	hash = sha256.Sum256([]byte("AWS4-ECDSA-P256-SHA256\n19700101T000001Z\n19700101/s3/aws4_request\n" + hex.EncodeToString(hash[:])))
	key, err := deriveKey(with.Credentials.AccessKeyID, with.Credentials.SecretAccessKey)
	if err != nil {
		t.Fatal(err)
	}
	der, err := hex.DecodeString(signature)
	if err != nil || !ecdsa.VerifyASN1(&key.PublicKey, hash[:], der) {
		t.Errorf("the signature %s is not that of\n%s (%v)", signature, canonical, err)
	}
}

func TestSchemeWithoutCredentials(t *testing.T) {
	var s Signer
	if s.Scheme(nil).Identify != nil {
		t.Error("somebody signs")
	}
	provider := aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) { return owner, nil })
	if got, err := s.Scheme(provider).Identify(context.Background(), nil); err != nil || got.AccessKeyID != owner.AccessKeyID {
		t.Errorf("%v, %v", got, err)
	}
}
