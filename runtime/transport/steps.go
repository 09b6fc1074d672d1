package transport

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"reflect"
	"strings"
	"time"

	"example.com/lathe/runtime/rest"
	"github.com/aws/aws-sdk-go-v2/aws"
	awsmiddleware "github.com/aws/aws-sdk-go-v2/aws/middleware"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
	"github.com/aws/smithy-go"
	smithyauth "github.com/aws/smithy-go/auth"
	"github.com/aws/smithy-go/middleware"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

// Steps are the steps of one call, for a middleware stack to run: the functions that
// [Call] runs flat. Between them they keep nothing, so that a middleware may run what
// comes after it more than once, also at the same time. Inputs and outputs are what
// middlewares have left of them; one of another type is an error.
type Steps struct {
	Settings *Settings
	Info     *Info
	// In is the input that the caller gave.
	In any
	// Presigning has the call presigned instead of sent; nil for a call that is sent.
	Presigning *Presigning
	// Fills and Checks report whether Fill and Check do anything.
	Fills, Checks bool

	op  separateSteps
	out any // of the type of the call's output
}

// Hooked runs a call by its steps. It returns the output, or what took its place; its
// error becomes the call's.
type Hooked func(context.Context, *Steps) (any, middleware.Metadata, error)

// Runner runs calls in place of the flat loop: a [Hooked]. That it is an interface keeps
// [Steps] out of programs whose clients have none.
type Runner interface {
	// run returns an output of the type of out.
	run(ctx context.Context, s *Settings, info *Info, op steps, in, out any) (any, middleware.Metadata, error)
}

func (h Hooked) run(
	ctx context.Context, s *Settings, info *Info, op steps, in, out any,
) (any, middleware.Metadata, error) {
	all := newSteps(s, info, op, in)
	all.out = out
	result, metadata, err := h(ctx, all)
	if err == nil && reflect.TypeOf(result) != reflect.TypeOf(out) {
		err = s.operationError(info, fmt.Errorf("the middleware stack returned %T, not %T", result, out))
	}
	if err != nil {
		return out, middleware.Metadata{}, err
	}
	return result, metadata, nil
}

func (h Hooked) presign(
	ctx context.Context, s *Settings, info *Info, op steps, in any, p *Presigning,
) (*v4.PresignedHTTPRequest, error) {
	all := newSteps(s, info, op, in)
	all.Presigning = p
	result, _, err := h(ctx, all)
	presigned, ok := result.(*v4.PresignedHTTPRequest)
	if err == nil && !ok {
		err = s.operationError(info, fmt.Errorf("the middleware stack returned %T, not %T", result, presigned))
	}
	return presigned, err
}

// separateSteps are the steps of an operation that [Call] runs as one.
type separateSteps interface {
	steps
	accepts(in any) bool
	fill(in any, s *Settings) (any, error)
	validate(in any) error
	// fills and checks report whether Fill and Check do anything.
	fills() bool
	checks() bool
}

func (*Operation[In, Out]) accepts(in any) bool {
	_, ok := in.(In)
	return ok
}

func (o *Operation[In, Out]) fills() bool  { return o.Fill != nil }
func (o *Operation[In, Out]) checks() bool { return o.Check != nil }

// newSteps returns the steps of a call.
func newSteps(s *Settings, info *Info, op steps, in any) *Steps {
	separate := op.(separateSteps)
	return &Steps{Settings: s, Info: info, In: in, Fills: separate.fills(), Checks: separate.checks(), op: separate}
}

func (s *Settings) operationError(info *Info, err error) error {
	return &smithy.OperationError{ServiceID: s.ServiceID, OperationName: info.Name, Err: err}
}

// Error wraps the error of a call in one that names the service and the operation.
func (s *Steps) Error(err error) error { return s.Settings.operationError(s.Info, err) }

// of returns the operation if it takes such an input.
func (s *Steps) of(in any) (separateSteps, error) {
	if !s.op.accepts(in) {
		return nil, fmt.Errorf("unknown input parameters type %T", in)
	}
	return s.op, nil
}

// Fill returns the input with the defaults that a caller may leave out.
func (s *Steps) Fill(in any) (any, error) {
	op, err := s.of(in)
	if err != nil {
		return nil, err
	}
	return op.fill(in, s.Settings)
}

// Validate checks the input before anything is sent.
func (s *Steps) Validate(in any) error {
	op, err := s.of(in)
	if err != nil {
		return err
	}
	return op.validate(in)
}

// Check compares the output of a call that succeeded with its input. Those of other types
// are somebody else's.
func (s *Steps) Check(in, out any) error {
	if !s.op.accepts(in) || reflect.TypeOf(out) != reflect.TypeOf(s.out) {
		return nil
	}
	return s.op.check(in, out, s.Settings)
}

// begin returns the state for one step. It is released after it.
func (s *Steps) begin() *call {
	c := newCall()
	c.settings, c.info, c.op = s.Settings, s.Info, s.op
	return c
}

// Serialized is an input that was written into a request.
type Serialized struct {
	outgoing

	sending io.Closer // the body of the attempt under way, if it sends events
}

// Serialize writes the input into a request, and returns what takes its place: a request
// with the input's body. The path is joined to what the request's URL has already; the
// host stays as it is.
func (s *Steps) Serialize(
	ctx context.Context, in any, r *smithyhttp.Request,
) (*Serialized, *smithyhttp.Request, error) {
	if _, err := s.of(in); err != nil {
		return nil, nil, &smithy.SerializationError{Err: err}
	}
	z := &Serialized{outgoing: outgoing{settings: s.Settings, info: s.Info, op: s.op, in: in}}
	z.events = s.op.events(s.out, s.Settings)
	z.request.DeferSums()
	if err := z.serialize(ctx); err != nil {
		return nil, nil, err
	}
	z.expectContinue()
	a, err := z.request.NewAttempt(ctx, r.URL, 0)
	if err != nil {
		return nil, nil, &smithy.SerializationError{Err: err}
	}
	host := r.URL.Host
	r.Method, *r.URL = a.HTTP.Method, *a.HTTP.URL
	r.URL.Host = host
	if len(r.Header) == 0 {
		r.Header = a.HTTP.Header
	} else {
		maps.Copy(r.Header, a.HTTP.Header)
	}
	body := z.request.Stream()
	if body != nil && !s.Info.EventInput {
		if r, err = r.SetStream(body); err != nil {
			return nil, nil, &smithy.SerializationError{Err: err}
		}
	}
	// Any other length the core finds out when nothing can replace the body any more. What is
	// presigned gets its body from who sends it.
	if n, ok := z.request.Declared(); ok && (body != nil || s.Presigning != nil) {
		r.ContentLength = n
	}
	return z, r, nil
}

// Features are the codes of what the request makes use of.
func (z *Serialized) Features() []string { return z.request.Features() }

// Sum returns the checksum of the body, which is not computed yet; nil for none.
func (z *Serialized) Sum() rest.Sum {
	if z == nil {
		return nil
	}
	return z.request.Sum()
}

// HostPrefixed reports whether the request puts labels before its endpoint's host.
func (z *Serialized) HostPrefixed() bool { return z != nil && z.request.HostPrefixed() }

// PrefixHost puts these labels before a host.
func (z *Serialized) PrefixHost(host string) string { return z.request.PrefixHost(host) }

// EndPath has the path behind that of the endpoint end as the operation wants it.
func (z *Serialized) EndPath(u *url.URL) {
	if z == nil || !z.request.EndsWithSlash() || strings.HasSuffix(u.Path, "/") {
		return
	}
	u.Path += "/"
	if u.RawPath != "" {
		u.RawPath += "/"
	}
}

// OpenEvents opens the body that the events of an attempt are sent in.
func (z *Serialized) OpenEvents(r *http.Request) error {
	if z == nil {
		return nil
	}
	if err := z.request.Rewind(); err != nil {
		return wrap("failed to rewind transport stream for retry, ", err)
	}
	if body, ok := z.request.Stream().(io.ReadCloser); ok {
		z.sending, r.Body = body, &closedTwice{ReadCloser: body}
	}
	return nil
}

// BeginEvents lets the call's event streams know that the request is about to be sent. The
// keys are those that it was signed with; nil if it has no signature.
func (z *Serialized) BeginEvents(ctx context.Context, r *http.Request, keys *EventKeys) error {
	if z == nil || z.events == nil {
		return nil
	}
	return z.events.Begin(ctx, r, keys)
}

// EndEvents ends what is sent by an attempt that has failed.
func (z *Serialized) EndEvents() {
	if z != nil && z.sending != nil {
		_ = z.sending.Close() // of what is written no more
	}
}

// Discreet returns an error of the HTTP client, which was to send a request, without what
// it quotes of sensitive members.
func (z *Serialized) Discreet(r *smithyhttp.Request, err error) error {
	c := z.whenSent(r)
	return c.discreet(err)
}

// whenSent is the state of a call when a request is about to be sent.
func (z *Serialized) whenSent(r *smithyhttp.Request) call {
	c := call{outgoing: z.outgoing}
	c.http = r.Request
	c.endpoint = &Endpoint{}
	c.endpoint.URL.Host = strings.TrimPrefix(r.URL.Host, c.request.PrefixHost(""))
	return c
}

// ResolveEndpoint finds the endpoint of a call that is signed with the credentials, by
// the scheme of that id. Of a scheme that is not of this package any endpoint will do.
func (s *Steps) ResolveEndpoint(
	ctx context.Context, in any, credentials *aws.Credentials, scheme string,
) (*Endpoint, error) {
	found, err := s.Settings.endpointOf(ctx, s.Info, in, credentials)
	if err == nil && s.Settings.ChooseScheme == nil {
		err = found.check(cmp.Or(scheme, smithyauth.SchemeIDAnonymous))
	}
	return found, err
}

// Apply has a request go to the endpoint.
func (e *Endpoint) Apply(r *smithyhttp.Request) {
	raw := e.URL.RawPath
	if raw == "" && r.URL.RawPath != "" {
		raw = e.URL.Path
	}
	r.URL.Scheme, r.URL.Host = e.URL.Scheme, e.URL.Host
	r.URL.Path = smithyhttp.JoinPath(e.URL.Path, r.URL.Path)
	r.URL.RawPath = smithyhttp.JoinPath(raw, r.URL.RawPath)
	for name, values := range e.Header {
		r.Header.Set(name, values[0])
	}
}

// Signature is what a request is to be signed with.
type Signature struct {
	Credentials               aws.Credentials
	PayloadHash, Name, Region string
	At                        time.Time
	// Regions are those that a signature for several is valid in.
	Regions               []string
	DisableDoubleEncoding bool
	// Options are those of a signer, which say what it logs; they may be nil.
	Options func(*v4.SignerOptions)
}

// SignV4 signs a request by Signature Version 4, with the settings' signer.
func (s *Steps) SignV4(ctx context.Context, r *http.Request, with *Signature) error {
	options := s.Settings.signOptions(s.Info, with.Credentials.SessionToken, with.DisableDoubleEncoding)
	err := s.Settings.Signer.SignHTTP(ctx, with.Credentials, r, with.PayloadHash, with.Name, with.Region, with.At, options)
	if err != nil {
		return wrap("sign http: ", err)
	}
	return nil
}

// SignWith signs a request by one of the settings' schemes.
func (s *Steps) SignWith(ctx context.Context, scheme *Scheme, r *http.Request, with *Signature) error {
	with.Options = s.Settings.signOptions(s.Info, with.Credentials.SessionToken, with.DisableDoubleEncoding)
	if err := scheme.Sign(ctx, r, with); err != nil {
		return wrap("sign http: ", err)
	}
	return nil
}

// Take replaces what the properties of a scheme have.
func (s *Signature) Take(p *smithy.Properties) {
	if name, ok := smithyhttp.GetSigV4SigningName(p); ok {
		s.Name = name
	}
	if name, ok := smithyhttp.GetSigV4ASigningName(p); ok {
		s.Name = name
	}
	if region, ok := smithyhttp.GetSigV4SigningRegion(p); ok {
		s.Region = region
	}
	s.Regions, _ = smithyhttp.GetSigV4ASigningRegions(p)
	s.DisableDoubleEncoding, _ = smithyhttp.GetDisableDoubleEncoding(p)
}

// LogRequest logs a request as it is about to be sent, if the settings ask for it.
func (z *Serialized) LogRequest(ctx context.Context, r *smithyhttp.Request) {
	mode := z.settings.LogMode
	if !mode.IsRequest() && !mode.IsRequestWithBody() {
		return
	}
	c := z.whenSent(r)
	if body, ok := r.GetStream().(*bytes.Reader); ok && mode.IsRequestWithBody() {
		text, _ := io.ReadAll(body)
		c.request.ReplaceBody(text)
		_ = r.RewindStream()
	}
	c.logRequest(ctx)
}

// Deserialize makes of the response to a request the operation's output, or the error
// that it describes, and adds to the metadata what the client wants to know of it. It
// leaves the response without a body, unless the output has it. The input's part of the call
// is nil where somebody else has written the request.
func (s *Steps) Deserialize(
	ctx context.Context, md *middleware.Metadata, z *Serialized, r *http.Request, resp *smithyhttp.Response,
) (any, error) {
	c := s.begin()
	defer c.release()
	c.http, c.response, c.out = r, resp, s.out
	switch {
	case !s.Info.EventOutput:
		c.out = reflect.New(reflect.TypeOf(s.out).Elem()).Interface()
	case z != nil:
		c.events = z.events // the caller may have them already
	default:
		c.events = s.op.events(s.out, s.Settings)
	}
	if resp.Body == nil {
		resp.Body = http.NoBody
	}
	if err := c.wrapBody(); err != nil {
		s.Discard(ctx, resp)
		return nil, err
	}
	c.receive(ctx)
	c.reconsider()
	c.logResponse(ctx)
	err := c.deserialize(ctx)
	if err == nil {
		err = c.receiveEvents(ctx)
	}
	if c.requestID != "" { // of the body, which counts where no header has one
		awsmiddleware.SetRequestIDMetadata(md, c.requestID)
	}
	c.describe(ctx, md)
	if err != nil || !c.isStream() {
		resp.Body = http.NoBody
	}
	if !isSuccess(resp.Response) {
		return nil, err
	}
	return c.out, err
}

// Discard drops the rest of a response's body.
func (s *Steps) Discard(ctx context.Context, resp *smithyhttp.Response) {
	if resp.Body == nil || resp.Body == http.NoBody {
		return
	}
	c := s.begin()
	defer c.release()
	c.response = resp
	c.discard(ctx)
	resp.Body = http.NoBody
}

// WaitDenied makes operations that hold a request open wait although they are not tried
// again after so many attempts.
func (s *Steps) WaitDenied(ctx context.Context, attempt int, err error) {
	c := s.begin()
	defer c.release()
	c.attempt = attempt
	c.waitDenied(ctx, err)
}
