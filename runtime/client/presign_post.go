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

	//lathe:if hooks
	"example.com/lathe/runtime/stack"
	//lathe:end
	"example.com/lathe/runtime/transport"
	"github.com/aws/aws-sdk-go-v2/aws"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
	//lathe:if hooks
	"github.com/aws/smithy-go/middleware"
	//lathe:end
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
	form := &postForm{options: options, bucket: aws.ToString(params.Bucket), key: aws.ToString(params.Key)}
	how := transport.Presigning{UnsignedPayload: true}
	//lathe:if hooks
	how.Convert = stack.Conversion(form.convert)
	//lathe:end
	_, err := presign(ctx, c, &opPutObject, params, []func(*PresignOptions){func(o *PresignOptions) {
		o.Presigner, o.Expires = form, 0
		o.ClientOptions = append(slices.Clone(c.options.ClientOptions), options.ClientOptions...)
	}}, how)
	switch {
	case err != nil:
		return nil, err
	case form.signed == nil:
		return nil, errors.New("a form can't be presigned without credentials")
	}
	return form.signed, nil
}

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
	to.Path, to.RawPath, to.RawQuery = f.ofBucket(to.Path), f.ofBucket(to.RawPath), ""
	f.signed = &PresignedPostRequest{URL: to.String(), Values: fields}
	return f.signed.URL, http.Header{}, nil
}

// ofBucket returns the path of the bucket for that of the object: a form names the object
// itself. Slashes of keys are never escaped.
func (f *postForm) ofBucket(path string) string {
	for range strings.Count(f.key, "/") + 1 {
		path = path[:max(strings.LastIndexByte(path, '/'), 0)]
	}
	return path
}

//lathe:if hooks

// convert makes of the stack of a call one that presigns a form, which is its result: hooks see
// it, and may return another.
func (f *postForm) convert(s *middleware.Stack, steps *transport.Steps) error {
	return errors.Join(
		stack.Presign(s, steps),
		s.Initialize.Add(middleware.InitializeMiddlewareFunc("takeForm", f.take), middleware.Before),
		s.Finalize.Insert(middleware.FinalizeMiddlewareFunc("returnForm", f.give), "PresignHTTPRequest", middleware.Before),
	)
}

func (f *postForm) give(ctx context.Context, in middleware.FinalizeInput, next middleware.FinalizeHandler) (
	middleware.FinalizeOutput, middleware.Metadata, error,
) {
	out, metadata, err := next.HandleFinalize(ctx, in)
	if f.signed != nil {
		out.Result = f.signed
	}
	return out, metadata, err
}

func (f *postForm) take(ctx context.Context, in middleware.InitializeInput, next middleware.InitializeHandler) (
	middleware.InitializeOutput, middleware.Metadata, error,
) {
	out, metadata, err := next.HandleInitialize(ctx, in)
	if form, ok := out.Result.(*PresignedPostRequest); ok {
		f.signed, out.Result = form, &v4.PresignedHTTPRequest{URL: form.URL}
	}
	return out, metadata, err
}

//lathe:end

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
		map[string]string{"X-Amz-Credential": fields["X-Amz-Credential"]},
		map[string]string{"X-Amz-Date": fields["X-Amz-Date"]},
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
