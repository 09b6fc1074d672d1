package client

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"strings"
	"time"

	"example.com/lathe/runtime/transport"
	"github.com/aws/aws-sdk-go-v2/aws"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
)

// PresignedPostRequest is a form that somebody else may send, with the file to upload as
// its last field, "file".
type PresignedPostRequest struct {
	// URL is where to send it by POST.
	URL string
	// Values are the other fields of the form.
	Values map[string]string
}

// PresignPost signs the policy of a form.
type PresignPost interface {
	PresignPost(
		credentials aws.Credentials,
		bucket string, key string,
		region string, service string, signingTime time.Time, conditions []any, expirationTime time.Time,
		optFns ...func(*v4.SignerOptions),
	) (fields map[string]string, err error)
}

// PresignPostOptions are the settings of a form.
type PresignPostOptions struct {
	// ClientOptions change the options of the client.
	ClientOptions []func(*Options)

	// PostPresigner signs the policy; nil for Signature Version 4.
	PostPresigner PresignPost

	// Expires is how long the form may be sent; zero for 900 s.
	Expires time.Duration

	// Conditions are further ones of the policy, as JSON has them.
	Conditions []any
}

// PresignPostObject returns a form by which somebody else may upload an object.
func (c *PresignClient) PresignPostObject(
	ctx context.Context, params *PutObjectInput, optFns ...func(*PresignPostOptions),
) (*PresignedPostRequest, error) {
	if params == nil {
		params = &PutObjectInput{}
	}
	options := PresignPostOptions{Expires: c.options.Expires, PostPresigner: postSigner{}}
	for _, fn := range optFns {
		fn(&options)
	}
	if options.Expires == 0 {
		options.Expires = defaultExpires
	}
	// The form names the object; its URL is that of the bucket.
	form, at := &postForm{options: options}, *params
	if params.Key != nil && *params.Key != "" {
		form.key, at.Key = *params.Key, aws.String(postPlace)
	}
	if params.Bucket != nil {
		form.bucket = *params.Bucket
	}
	_, err := presign(ctx, c, &opPutObject, &at, []func(*PresignOptions){func(o *PresignOptions) {
		o.Presigner, o.Expires = form, 0
		o.ClientOptions = append(slices.Clone(c.options.ClientOptions), options.ClientOptions...)
	}}, transport.Presigning{UnsignedPayload: true})
	switch {
	case err != nil:
		return nil, err
	case form.signed == nil:
		return nil, errors.New("a form can't be presigned without credentials")
	}
	return form.signed, nil
}

// postPlace stands for the object in the request whose URL a form is sent to.
const postPlace = "key"

// postForm presigns a form where a request would be presigned.
type postForm struct {
	options     PresignPostOptions
	bucket, key string
	signed      *PresignedPostRequest
}

// PresignHTTP signs the policy of the form.
func (f *postForm) PresignHTTP(
	_ context.Context, credentials aws.Credentials, r *http.Request, _, service, region string, at time.Time,
	optFns ...func(*v4.SignerOptions),
) (string, http.Header, error) {
	fields, err := f.options.PostPresigner.PresignPost(
		credentials, f.bucket, f.key, region, service, at, f.options.Conditions, at.Add(f.options.Expires).UTC(), optFns...,
	)
	if err != nil {
		return "", nil, err
	}
	to := *r.URL
	to.Path, to.RawPath = strings.TrimSuffix(to.Path, "/"+postPlace), strings.TrimSuffix(to.RawPath, "/"+postPlace)
	to.RawQuery = ""
	f.signed = &PresignedPostRequest{URL: to.String(), Values: fields}
	return f.signed.URL, http.Header{}, nil
}

// postSigner signs policies with Signature Version 4.
type postSigner struct{}

const (
	postDay  = "20060102"
	postTime = "20060102T150405Z"
)

// PresignPost returns the fields of a form, its policy and signature among them.
func (postSigner) PresignPost(
	credentials aws.Credentials, bucket, key, region, service string, at time.Time, conditions []any,
	expires time.Time, _ ...func(*v4.SignerOptions),
) (map[string]string, error) {
	at = at.UTC()
	scope := []string{at.Format(postDay), region, service, "aws4_request"}
	fields := map[string]string{
		"X-Amz-Algorithm":  "AWS4-HMAC-SHA256",
		"X-Amz-Credential": credentials.AccessKeyID + "/" + strings.Join(scope, "/"),
		"X-Amz-Date":       at.Format(postTime),
	}
	all := []any{
		map[string]string{"X-Amz-Algorithm": fields["X-Amz-Algorithm"]}, map[string]string{"bucket": bucket},
		map[string]string{"X-Amz-Credential": fields["X-Amz-Credential"]}, map[string]string{"X-Amz-Date": fields["X-Amz-Date"]},
	}
	if token := credentials.SessionToken; token != "" {
		fields["X-Amz-Security-Token"] = token
		all = append(all, map[string]string{"X-Amz-Security-Token": token})
	}
	all = append(all, conditions...)
	if !slices.ContainsFunc(all, isAboutKey) {
		all = append(all, map[string]string{"key": key})
	}
	policy, err := json.Marshal(map[string]any{"conditions": all, "expiration": expires.Format(time.RFC3339)})
	if err != nil {
		return nil, err
	}
	fields["key"], fields["policy"] = key, base64.StdEncoding.EncodeToString(policy)
	signature := []byte("AWS4" + credentials.SecretAccessKey)
	for _, part := range append(scope, fields["policy"]) {
		mac := hmac.New(sha256.New, signature)
		mac.Write([]byte(part))
		signature = mac.Sum(nil)
	}
	fields["X-Amz-Signature"] = hex.EncodeToString(signature)
	return fields, nil
}

// isAboutKey reports whether a condition says which objects may be uploaded.
func isAboutKey(condition any) bool {
	switch c := condition.(type) {
	case []any:
		return len(c) > 1 && c[0] == "starts-with" && c[1] == "$key"
	case map[string]any:
		_, ok := c["key"]
		return ok
	case map[string]string:
		_, ok := c["key"]
		return ok
	default:
		return false
	}
}
