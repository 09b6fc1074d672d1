package transport

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"time"

	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
	smithyauth "github.com/aws/smithy-go/auth"
)

// Presigning is how a request is presigned: it gets its signature in the query, for
// somebody else to send.
type Presigning struct {
	// Presigner signs. It must not be nil.
	Presigner v4.HTTPPresigner
	// Form has the form in the request's body travel in the query of a GET.
	Form bool
	// Parameters are added to the query, escaped: "a=b&c=d". They may be empty.
	Parameters string
	// UnsignedPayload leaves the body's hash out of the signature, whatever the operation says.
	UnsignedPayload bool
	// Expires is how long the URL counts; zero leaves that to the service.
	Expires time.Duration
	// Convert is what makes of the middleware stack of a call one that presigns, of a type of
	// package stack; nil where calls never run in one. The type is not named here, for it
	// would link such stacks into every program.
	Convert any
}

// Query returns a query with what presigning adds to it.
func (p *Presigning) Query(query string) string {
	query = joinQuery(query, p.Parameters)
	if p.Expires != 0 {
		query = joinQuery(query, "X-Amz-Expires="+strconv.FormatInt(int64(p.Expires/time.Second), 10))
	}
	return query
}

func joinQuery(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + "&" + b
}

// Presign runs the steps of a call up to its signature, which goes into the URL. The
// error is a *smithy.OperationError. Without credentials the URL has no signature.
func Presign[In, Out any](
	ctx context.Context, s *Settings, op *Operation[In, Out], in In, p *Presigning,
) (*v4.PresignedHTTPRequest, error) {
	if hooked, ok := s.Hooked.(Hooked); ok {
		return hooked.presign(ctx, s, &op.Info, op, in, p)
	}
	return presign(ctx, s, &op.Info, op, in, p)
}

func presign(
	ctx context.Context, s *Settings, info *Info, op steps, in any, p *Presigning,
) (*v4.PresignedHTTPRequest, error) {
	c := newCall()
	defer c.release()
	c.settings, c.info, c.op, c.in = s, info, op, in
	err := c.preparePresigned(ctx)
	if err == nil {
		err = c.buildPresigned(ctx, p)
	}
	if err == nil {
		err = c.hashPresigned(p)
	}
	if err != nil {
		return nil, s.operationError(info, err)
	}
	name, region := c.scope()
	with := &Signature{
		Credentials: c.credentials, PayloadHash: c.payloadHash, Name: name, Region: region, At: time.Now(),
		DisableDoubleEncoding: c.endpoint.DisableDoubleEncoding,
	}
	if c.signs != nil {
		with.Take(c.signs)
	}
	presigned, err := c.presign(ctx, p.Presigner, c.http, with)
	if err != nil {
		return nil, s.operationError(info, err)
	}
	return presigned, nil
}

// preparePresigned is what prepare is to a call that is sent: nothing names the client or
// counts attempts, because who sends the request is somebody else.
func (c *call) preparePresigned(ctx context.Context) (err error) {
	if err = c.settings.Refused; err != nil {
		return err
	}
	if c.in, err = c.op.prepare(c.in, c.settings); err != nil {
		return err
	}
	if err = c.serialize(ctx); err != nil {
		return err
	}
	c.addTraceHeader()
	return nil
}

// buildPresigned finds out who signs and where the request goes, and makes it.
func (c *call) buildPresigned(ctx context.Context, p *Presigning) (err error) {
	if err = c.resolveAuth(ctx); err != nil {
		return err
	}
	c.request.Settle(false) // a checksum has to be in the URL
	var form []byte
	if p.Form {
		form = c.request.TakeForm()
	}
	if err = c.newMessage(ctx); err != nil {
		return err
	}
	c.applyEndpoint()
	c.http.URL.RawQuery = p.Query(joinQuery(c.http.URL.RawQuery, string(form)))
	if c.request.Length() == 0 { // the body comes from who sends the request
		c.http.ContentLength, _ = c.request.Declared()
	}
	if c.http.ContentLength == 0 {
		delete(c.http.Header, "Content-Type") // of no content
	}
	return nil
}

func (c *call) hashPresigned(p *Presigning) error {
	if p.UnsignedPayload {
		c.payloadHash = unsignedPayload
		return nil
	}
	return c.hashPayload()
}

// Presign presigns a request that a middleware stack has built, by the scheme of that id.
func (s *Steps) Presign(
	ctx context.Context, scheme string, r *http.Request, with *Signature,
) (*v4.PresignedHTTPRequest, error) {
	c := s.begin()
	defer c.release()
	c.credentials, c.scheme = with.Credentials, scheme
	return c.presign(ctx, s.Presigning.Presigner, r, with)
}

// presign returns the request with its signature, if somebody signs.
func (c *call) presign(
	ctx context.Context, by v4.HTTPPresigner, r *http.Request, with *Signature,
) (*v4.PresignedHTTPRequest, error) {
	if c.scheme == smithyauth.SchemeIDAnonymous {
		return &v4.PresignedHTTPRequest{URL: r.URL.String(), Method: r.Method, SignedHeader: http.Header{}}, nil
	}
	logs := c.settings.signOptions(c.info, with.Credentials.SessionToken, true)
	with.Options = func(o *v4.SignerOptions) {
		raw := o.DisableURIPathEscaping || with.DisableDoubleEncoding
		logs(o)
		o.DisableURIPathEscaping = raw
	}
	presign := presignV4
	if c.scheme != smithyauth.SchemeIDSigV4 {
		own, ok := c.settings.SchemeOf(c.scheme).(*Scheme)
		if !ok || own.Presign == nil {
			return nil, fmt.Errorf("requests that are signed by %s can't be presigned", c.scheme)
		}
		presign = own.Presign
	}
	url, header, err := presign(ctx, by, r, with)
	if err != nil {
		return nil, &v4.SigningError{Err: fmt.Errorf("failed to sign http request, %w", err)}
	}
	return &v4.PresignedHTTPRequest{URL: url, Method: r.Method, SignedHeader: header}, nil
}

func presignV4(
	ctx context.Context, by v4.HTTPPresigner, r *http.Request, with *Signature,
) (string, http.Header, error) {
	return by.PresignHTTP(ctx, with.Credentials, r, with.PayloadHash, with.Name, with.Region, with.At, with.Options)
}
