// Package sigv4a holds signatures for several regions to the official signer, which only
// packages below the SDK's path may import.
package sigv4a

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
	"github.com/aws/aws-sdk-go-v2/internal/v4a"
	ourbridge "github.com/aws/aws-sdk-go-v2/lathe/eventbridge"
	ourbridgetypes "github.com/aws/aws-sdk-go-v2/lathe/eventbridge/types"
	oursigv4a "github.com/aws/aws-sdk-go-v2/lathe/internal/sigv4a"
	"github.com/aws/aws-sdk-go-v2/lathe/internal/transport"
	ours3 "github.com/aws/aws-sdk-go-v2/lathe/s3"
	ours3types "github.com/aws/aws-sdk-go-v2/lathe/s3/types"
	oursesv2 "github.com/aws/aws-sdk-go-v2/lathe/sesv2"
	oursesv2types "github.com/aws/aws-sdk-go-v2/lathe/sesv2/types"
	officialbridge "github.com/aws/aws-sdk-go-v2/service/eventbridge"
	officialbridgetypes "github.com/aws/aws-sdk-go-v2/service/eventbridge/types"
	officials3 "github.com/aws/aws-sdk-go-v2/service/s3"
	officials3types "github.com/aws/aws-sdk-go-v2/service/s3/types"
	officialsesv2 "github.com/aws/aws-sdk-go-v2/service/sesv2"
	officialsesv2types "github.com/aws/aws-sdk-go-v2/service/sesv2/types"
	"github.com/aws/smithy-go/logging"
	"github.com/aws/smithy-go/middleware"
)

const (
	accessPoint = "arn:aws:s3::123456789012:accesspoint:mfzwi23gnjvgw.mrap"
	key         = "a b//ü+c/./d?.txt"
)

// sent is a request as a client hands it to HTTP, and its body.
type sent struct {
	r    *http.Request
	body []byte
}

// recorder is an HTTP client that keeps the last request.
type recorder struct{ sent }

func (c *recorder) Do(r *http.Request) (*http.Response, error) {
	c.sent = sent{r: r}
	if r.Body != nil {
		c.body, _ = io.ReadAll(r.Body)
	}
	body, kind := "{}", "application/json"
	if strings.Contains(r.URL.Host, "s3-global") {
		body, kind = "<Result/>", "application/xml"
	}
	return &http.Response{
		StatusCode: http.StatusOK, Header: http.Header{"Content-Type": {kind}}, Body: io.NopCloser(strings.NewReader(body)), Request: r,
	}, nil
}

// clients are those of both sides with one configuration.
type clients struct {
	officialS3     *officials3.Client
	ourS3          *ours3.Client
	officialBridge *officialbridge.Client
	ourBridge      *ourbridge.Client
	officialSES    *officialsesv2.Client
	ourSES         *oursesv2.Client
}

// calls are by name the same call with both.
var calls = map[string]struct {
	official, ours func(context.Context, *clients) error
}{
	"s3 get": {
		func(ctx context.Context, c *clients) error {
			_, err := c.officialS3.GetObject(ctx, &officials3.GetObjectInput{Bucket: aws.String(accessPoint), Key: aws.String(key), VersionId: aws.String("v/1 +")})
			return err
		},
		func(ctx context.Context, c *clients) error {
			_, err := c.ourS3.GetObject(ctx, &ours3.GetObjectInput{Bucket: aws.String(accessPoint), Key: aws.String(key), VersionId: aws.String("v/1 +")})
			return err
		},
	},
	"s3 put": {
		func(ctx context.Context, c *clients) error {
			_, err := c.officialS3.PutObject(ctx, &officials3.PutObjectInput{
				Bucket: aws.String(accessPoint), Key: aws.String(key), Body: strings.NewReader("hello"),
				Metadata: map[string]string{"note": "two  spaces "}, ContentType: aws.String("text/plain"),
			})
			return err
		},
		func(ctx context.Context, c *clients) error {
			_, err := c.ourS3.PutObject(ctx, &ours3.PutObjectInput{
				Bucket: aws.String(accessPoint), Key: aws.String(key), Body: strings.NewReader("hello"),
				Metadata: map[string]string{"note": "two  spaces "}, ContentType: aws.String("text/plain"),
			})
			return err
		},
	},
	"s3 list": {
		func(ctx context.Context, c *clients) error {
			_, err := c.officialS3.ListObjectsV2(ctx, &officials3.ListObjectsV2Input{Bucket: aws.String(accessPoint), Prefix: aws.String("a/b c"), Delimiter: aws.String("/")})
			return err
		},
		func(ctx context.Context, c *clients) error {
			_, err := c.ourS3.ListObjectsV2(ctx, &ours3.ListObjectsV2Input{Bucket: aws.String(accessPoint), Prefix: aws.String("a/b c"), Delimiter: aws.String("/")})
			return err
		},
	},
	"s3 delete": {
		func(ctx context.Context, c *clients) error {
			_, err := c.officialS3.DeleteObjects(ctx, &officials3.DeleteObjectsInput{
				Bucket: aws.String(accessPoint), Delete: &officials3types.Delete{Objects: []officials3types.ObjectIdentifier{{Key: aws.String(key)}}},
			})
			return err
		},
		func(ctx context.Context, c *clients) error {
			_, err := c.ourS3.DeleteObjects(ctx, &ours3.DeleteObjectsInput{
				Bucket: aws.String(accessPoint), Delete: &ours3types.Delete{Objects: []ours3types.ObjectIdentifier{{Key: aws.String(key)}}},
			})
			return err
		},
	},
	"eventbridge": {
		func(ctx context.Context, c *clients) error {
			_, err := c.officialBridge.PutEvents(ctx, &officialbridge.PutEventsInput{
				EndpointId: aws.String("abc123.456def"), Entries: []officialbridgetypes.PutEventsRequestEntry{{Detail: aws.String("{}")}},
			})
			return err
		},
		func(ctx context.Context, c *clients) error {
			_, err := c.ourBridge.PutEvents(ctx, &ourbridge.PutEventsInput{
				EndpointId: aws.String("abc123.456def"), Entries: []ourbridgetypes.PutEventsRequestEntry{{Detail: aws.String("{}")}},
			})
			return err
		},
	},
	"sesv2": {
		func(ctx context.Context, c *clients) error {
			_, err := c.officialSES.SendEmail(ctx, &officialsesv2.SendEmailInput{
				EndpointId: aws.String("abc123.456"), Content: &officialsesv2types.EmailContent{Raw: &officialsesv2types.RawMessage{Data: []byte("hello")}},
			})
			return err
		},
		func(ctx context.Context, c *clients) error {
			_, err := c.ourSES.SendEmail(ctx, &oursesv2.SendEmailInput{
				EndpointId: aws.String("abc123.456"), Content: &oursesv2types.EmailContent{Raw: &oursesv2types.RawMessage{Data: []byte("hello")}},
			})
			return err
		},
	},
}

var credentials = map[string]aws.Credentials{
	"long-lived": {AccessKeyID: "AKISORANDOMAASORANDOM", SecretAccessKey: "q+jcrXGc+0zWN6uzclKVhvMmUsIfRPa4rlRandom"},
	"session":    {AccessKeyID: "ASIAOTHER", SecretAccessKey: "secret", SessionToken: "token/+="},
}

func newClients(who aws.Credentials, to *recorder, hooks ...func(*middleware.Stack) error) *clients {
	cfg := aws.Config{
		Region: "us-west-2", HTTPClient: to, APIOptions: hooks,
		Credentials: aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) { return who, nil }),
	}
	return &clients{
		officials3.NewFromConfig(cfg), ours3.NewFromConfig(cfg),
		officialbridge.NewFromConfig(cfg), ourbridge.NewFromConfig(cfg),
		officialsesv2.NewFromConfig(cfg), oursesv2.NewFromConfig(cfg),
	}
}

func nothing(*middleware.Stack) error { return nil }

// TestCalls sends the same calls with both: what is signed is the same, and the official
// signer finds every signature to be that of the request.
func TestCalls(t *testing.T) {
	for _, kind := range slices.Sorted(maps.Keys(credentials)) {
		for _, name := range slices.Sorted(maps.Keys(calls)) {
			t.Run(kind+" "+name, func(t *testing.T) {
				who, to := credentials[kind], new(recorder)
				do := func(call func(context.Context, *clients) error, hooks ...func(*middleware.Stack) error) sent {
					t.Helper()
					if err := call(t.Context(), newClients(who, to, hooks...)); err != nil {
						t.Fatal(err)
					}
					verify(t, to.sent, who)
					return to.sent
				}
				official := do(calls[name].official)
				for _, ours := range []sent{do(calls[name].ours), do(calls[name].ours, nothing)} {
					if a, b := constant(official), constant(ours); a != b {
						t.Errorf("official %s\nours     %s", a, b)
					}
				}
			})
		}
	}
}

// TestResolver: resolvers of the deprecated kind know no such endpoints, and no others that
// only the rules know; what official clients make of theirs by hand is an error here.
func TestResolver(t *testing.T) {
	c := newClients(credentials["session"], new(recorder))
	bridge := ourbridge.New(c.ourBridge.Options(), func(o *ourbridge.Options) { o.EndpointResolver = ourbridge.EndpointResolverFromURL("http://localhost") })
	store := ours3.New(c.ourS3.Options(), func(o *ours3.Options) { o.EndpointResolver = ours3.EndpointResolverFromURL("http://localhost") })
	get := func(bucket string, accelerate bool) error {
		in := &ours3.GetObjectInput{Bucket: &bucket, Key: aws.String(key)}
		_, err := store.GetObject(t.Context(), in, func(o *ours3.Options) { o.UseAccelerate = accelerate })
		return err
	}
	put := func(endpoint string) error {
		_, err := bridge.PutEvents(t.Context(), &ourbridge.PutEventsInput{EndpointId: &endpoint, Entries: []ourbridgetypes.PutEventsRequestEntry{{}}})
		return err
	}
	for name, err := range map[string]error{"ARN": get(accessPoint, false), "accelerate": get("bucket", true), "global endpoint": put("abc123.456def")} {
		if err == nil || !strings.Contains(err.Error(), "an EndpointResolver does not know the endpoint of this call") {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, err := range map[string]error{"bucket": get("bucket", false), "no endpoint": put("")} {
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

var volatile = regexp.MustCompile(`Signature=[0-9a-f]+|X-Amz-Date=\w+`)

// constant is what two requests at different times have in common.
func constant(s sent) string {
	h := s.r.Header.Clone()
	for _, name := range []string{"X-Amz-Date", "User-Agent", "Amz-Sdk-Invocation-Id"} {
		if h.Get(name) == "" {
			return "a request without " + name
		}
		h.Del(name)
	}
	h.Set("Authorization", volatile.ReplaceAllString(h.Get("Authorization"), ""))
	body := s.body
	var members map[string]any // in any order
	if json.Unmarshal(body, &members) == nil {
		body, _ = json.Marshal(members)
	}
	return fmt.Sprintf("%s %s host %s length %d %q\n%q", s.r.Method, s.r.URL, s.r.Host, s.r.ContentLength, h, body)
}

// signing is what a signature is made of.
type signing struct{ canonical, toSign string }

var parts = regexp.MustCompile(`(?s)CANONICAL STRING  \]-+\n(.*)\n---\[ STRING TO SIGN \]-+\n(.*?)\n---`)

// signed runs a signer that logs, and returns what it has signed.
func signed(t *testing.T, sign func(logging.Logger) error) signing {
	t.Helper()
	var logged strings.Builder
	err := sign(logging.LoggerFunc(func(_ logging.Classification, format string, v ...any) { fmt.Fprintf(&logged, format, v...) }))
	m := parts.FindStringSubmatch(logged.String())
	if err != nil || m == nil {
		t.Fatalf("%v, logged %s", err, &logged)
	}
	return signing{m[1], m[2]}
}

// publicKey is the official derivation's.
func publicKey(t *testing.T, who aws.Credentials) (v4a.Credentials, *ecdsa.PublicKey) {
	t.Helper()
	from := &v4a.SymmetricCredentialAdaptor{
		SymmetricProvider: aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) { return who, nil }),
	}
	derived, err := from.RetrievePrivateKey(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return derived, &derived.PrivateKey.PublicKey
}

func isSignature(t *testing.T, public *ecdsa.PublicKey, text, signature string) bool {
	t.Helper()
	der, err := hex.DecodeString(signature)
	hash := sha256.Sum256([]byte(text))
	return err == nil && ecdsa.VerifyASN1(public, hash[:], der)
}

var authorization = regexp.MustCompile(`^AWS4-ECDSA-P256-SHA256 Credential=\S+?/\d{8}/(\S+)/aws4_request, SignedHeaders=\S+, Signature=([0-9a-f]+)$`)

// verify has both signers sign a request again, at its time. They sign the same text, and
// the signature that it was sent with is one of that text by the official key.
func verify(t *testing.T, s sent, who aws.Credentials) {
	t.Helper()
	h := s.r.Header
	m := authorization.FindStringSubmatch(h.Get("Authorization"))
	at, err := time.Parse("20060102T150405Z", h.Get("X-Amz-Date"))
	if err != nil || m == nil || h.Get("X-Amz-Region-Set") != "*" {
		t.Fatalf("%v, signed for %q: %q", err, h.Get("X-Amz-Region-Set"), h.Get("Authorization"))
	}
	service, payload := m[1], h.Get("X-Amz-Content-Sha256")
	if payload == "" {
		hash := sha256.Sum256(s.body)
		payload = hex.EncodeToString(hash[:])
	}
	unsigned := func() *http.Request {
		r := s.r.Clone(t.Context())
		r.Body = io.NopCloser(bytes.NewReader(s.body))
		for _, name := range []string{"Authorization", "X-Amz-Date", "X-Amz-Region-Set", "X-Amz-Security-Token"} {
			r.Header.Del(name)
		}
		return r
	}
	derived, public := publicKey(t, who)
	theirs := signed(t, func(l logging.Logger) error {
		return v4a.NewSigner().SignHTTP(t.Context(), derived, unsigned(), payload, service, []string{"*"}, at, func(o *v4a.SignerOptions) {
			o.Logger, o.LogSigning, o.DisableURIPathEscaping = l, true, service == "s3"
		})
	})
	ours := signed(t, func(l logging.Logger) error {
		return new(oursigv4a.Signer).Scheme(nil).Sign(t.Context(), unsigned(), &transport.Signature{
			Credentials: who, PayloadHash: payload, Name: service, Regions: []string{"*"}, At: at, DisableDoubleEncoding: service == "s3",
			Options: func(o *v4.SignerOptions) { o.Logger, o.LogSigning = l, true },
		})
	})
	if theirs != ours {
		t.Errorf("official %q\nours     %q", theirs, ours)
	}
	if !isSignature(t, public, theirs.toSign, m[2]) {
		t.Errorf("the signature is not one of %q", theirs)
	}
	if isSignature(t, public, theirs.toSign+"x", m[2]) {
		t.Error("the signature is one of anything")
	}
}

// presigned are by name requests that both presign.
var presigned = map[string]struct {
	official func(context.Context, *officials3.PresignClient) (*v4.PresignedHTTPRequest, error)
	ours     func(context.Context, *ours3.PresignClient) (*v4.PresignedHTTPRequest, error)
}{
	"get": {
		func(ctx context.Context, c *officials3.PresignClient) (*v4.PresignedHTTPRequest, error) {
			return c.PresignGetObject(ctx, &officials3.GetObjectInput{Bucket: aws.String(accessPoint), Key: aws.String(key), ExpectedBucketOwner: aws.String("123456789012")})
		},
		func(ctx context.Context, c *ours3.PresignClient) (*v4.PresignedHTTPRequest, error) {
			return c.PresignGetObject(ctx, &ours3.GetObjectInput{Bucket: aws.String(accessPoint), Key: aws.String(key), ExpectedBucketOwner: aws.String("123456789012")})
		},
	},
	"put": {
		func(ctx context.Context, c *officials3.PresignClient) (*v4.PresignedHTTPRequest, error) {
			return c.PresignPutObject(ctx, &officials3.PutObjectInput{
				Bucket: aws.String(accessPoint), Key: aws.String(key), Body: strings.NewReader("hello"), ACL: officials3types.ObjectCannedACLPrivate,
				GrantRead: aws.String("id=1"), GrantFullControl: aws.String("id=2"), Metadata: map[string]string{"note": "two  spaces"},
				ServerSideEncryption: officials3types.ServerSideEncryptionAwsKms, StorageClass: officials3types.StorageClassStandardIa,
			})
		},
		func(ctx context.Context, c *ours3.PresignClient) (*v4.PresignedHTTPRequest, error) {
			return c.PresignPutObject(ctx, &ours3.PutObjectInput{
				Bucket: aws.String(accessPoint), Key: aws.String(key), Body: strings.NewReader("hello"), ACL: ours3types.ObjectCannedACLPrivate,
				GrantRead: aws.String("id=1"), GrantFullControl: aws.String("id=2"), Metadata: map[string]string{"note": "two  spaces"},
				ServerSideEncryption: ours3types.ServerSideEncryptionAwsKms, StorageClass: ours3types.StorageClassStandardIa,
			})
		},
	},
	"part": {
		func(ctx context.Context, c *officials3.PresignClient) (*v4.PresignedHTTPRequest, error) {
			return c.PresignUploadPart(ctx, &officials3.UploadPartInput{
				Bucket: aws.String(accessPoint), Key: aws.String(key), PartNumber: aws.Int32(7), UploadId: aws.String("u"), SSECustomerAlgorithm: aws.String("AES256"),
			})
		},
		func(ctx context.Context, c *ours3.PresignClient) (*v4.PresignedHTTPRequest, error) {
			return c.PresignUploadPart(ctx, &ours3.UploadPartInput{
				Bucket: aws.String(accessPoint), Key: aws.String(key), PartNumber: aws.Int32(7), UploadId: aws.String("u"), SSECustomerAlgorithm: aws.String("AES256"),
			})
		},
	},
}

// TestPresign presigns the same requests with both.
func TestPresign(t *testing.T) {
	for _, kind := range slices.Sorted(maps.Keys(credentials)) {
		for _, name := range slices.Sorted(maps.Keys(presigned)) {
			t.Run(kind+" "+name, func(t *testing.T) {
				who := credentials[kind]
				flat, hooked := newClients(who, nil), newClients(who, nil, nothing)
				official, err := presigned[name].official(t.Context(), officials3.NewPresignClient(flat.officialS3))
				if err != nil {
					t.Fatal(err)
				}
				verifyURL(t, official, who, false) // the path is escaped once more, which S3 does not expect
				for _, c := range []*clients{flat, hooked} {
					ours, err := presigned[name].ours(t.Context(), ours3.NewPresignClient(c.ourS3))
					if err != nil {
						t.Fatal(err)
					}
					verifyURL(t, ours, who, true)
					a, b := volatile.ReplaceAllString(official.URL, ""), volatile.ReplaceAllString(ours.URL, "")
					if a != b || official.Method != ours.Method || !reflect.DeepEqual(official.SignedHeader, ours.SignedHeader) {
						t.Errorf("official %s %s %q\nours     %s %s %q", official.Method, a, official.SignedHeader, ours.Method, b, ours.SignedHeader)
					}
				}
			})
		}
	}
}

// verifyURL has the official signer presign a request again, at its time, and looks for the
// signature of what that signs, with the path as it is sent or escaped once more.
func verifyURL(t *testing.T, p *v4.PresignedHTTPRequest, who aws.Credentials, asSent bool) {
	t.Helper()
	u, err := url.Parse(p.URL)
	if err != nil {
		t.Fatal(err)
	}
	query := u.Query()
	at, err := time.Parse("20060102T150405Z", query.Get("X-Amz-Date"))
	signature := query.Get("X-Amz-Signature")
	if err != nil || query.Get("X-Amz-Region-Set") != "*" {
		t.Fatalf("%v: %s", err, p.URL)
	}
	for _, name := range []string{"Algorithm", "Credential", "Date", "Region-Set", "Security-Token", "Signature", "SignedHeaders"} {
		query.Del("X-Amz-" + name)
	}
	u.RawQuery = query.Encode()
	r := &http.Request{Method: p.Method, URL: u, Host: u.Host, Header: p.SignedHeader.Clone()}
	if length := r.Header.Get("Content-Length"); length != "" {
		_, _ = fmt.Sscan(length, &r.ContentLength)
	}
	r.Header.Del("Host")
	r.Header.Del("Content-Length")
	derived, public := publicKey(t, who)
	theirs := signed(t, func(l logging.Logger) error {
		_, _, err := v4a.NewSigner().PresignHTTP(t.Context(), derived, r, "UNSIGNED-PAYLOAD", "s3", []string{"*"}, at, func(o *v4a.SignerOptions) {
			o.Logger, o.LogSigning, o.DisableURIPathEscaping = l, true, asSent
		})
		return err
	})
	if !isSignature(t, public, theirs.toSign, signature) {
		t.Errorf("the signature of %s is not one of %q", p.URL, theirs)
	}
}
