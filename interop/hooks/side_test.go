package hooks

import (
	"context"
	"fmt"
	"io"
	"maps"
	"net/http"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	lathe "example.com/lathe/generated/datazone"
	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	"github.com/aws/aws-sdk-go-v2/credentials"
	official "github.com/aws/aws-sdk-go-v2/service/datazone"
	smithyauth "github.com/aws/smithy-go/auth"
)

// notes are what a client was seen doing, line by line.
type notes struct{ lines []string }

func (n *notes) add(format string, args ...any) {
	n.lines = append(n.lines, fmt.Sprintf(format, args...))
}

// String returns the lines.
func (n *notes) String() string { return strings.Join(n.lines, "\n") }

// reply is how the service answers a request.
type reply struct {
	status int
	header http.Header
	body   string
}

var (
	found     = reply{200, http.Header{"X-Amzn-Requestid": {"id-1"}}, `{"id":"run-1","status":"SUCCESS"}`}
	gone      = reply{404, http.Header{"X-Amzn-Requestid": {"id-2"}, "X-Amzn-Errortype": {"ResourceNotFoundException"}}, `{"message":"no such run"}`}
	throttled = reply{429, http.Header{"X-Amzn-Errortype": {"ThrottlingException"}}, `{"message":"slow down"}`}
)

// Do answers with the next reply, the last one again and again.
type service struct {
	replies []reply
	notes   *notes
	sent    int
}

func (s *service) Do(r *http.Request) (*http.Response, error) {
	s.notes.add("sent %s", describe(r))
	reply := s.replies[min(s.sent, len(s.replies)-1)]
	s.sent++
	header := reply.header.Clone()
	header.Set("Date", time.Now().UTC().Format(http.TimeFormat))
	return &http.Response{
		StatusCode: reply.status, Header: header, ProtoMajor: 1, ProtoMinor: 1, ContentLength: int64(len(reply.body)),
		Body: io.NopCloser(strings.NewReader(reply.body)), Request: r,
	}, nil
}

var signature = regexp.MustCompile(`Signature=[0-9a-f]+`)

// describe is a request without what differs by chance or by version.
func describe(r *http.Request) string {
	var out strings.Builder
	fmt.Fprintf(&out, "%s %s", r.Method, r.URL)
	for _, name := range slices.Sorted(maps.Keys(r.Header)) {
		value := strings.Join(r.Header[name], ", ")
		switch name {
		case "Amz-Sdk-Invocation-Id":
			value = "…"
		case "Authorization":
			value = signature.ReplaceAllString(value, "Signature=…")
		case "X-Amzn-Trace-Id":
			value = randomID.ReplaceAllString(value, "…")
		case "User-Agent":
			value = regexp.MustCompile(`api/datazone#\S+`).ReplaceAllString(value, "api/datazone#…")
		}
		fmt.Fprintf(&out, "\n\t%s: %s", name, value)
	}
	return out.String()
}

// hooks are fields of Options, by name. A value of kind perSide is made for each client.
type hooks map[string]any

// perSide is a value of a client's own types.
type perSide func(*side) any

// side is one of the clients.
type side struct {
	name string
	// open makes a client whose options are set by the functions, and returns its call.
	open func(config *aws.Config, set, setCall func(options any)) func(context.Context) (any, error)
	// These make values of the client's own types, and option functions.
	authSchemes                func(func(operation, region string) []*smithyauth.Option) any
	signingName, signingRegion func(string) any
	endpointFromURL            func(string, ...func(*aws.Endpoint)) any
	endpointFunc               func(func(region string) (aws.Endpoint, error)) any
}

func sides() []*side {
	domain, run := "dzd_1", "run-1"
	theirs := bind(official.New, official.NewFromConfig, (*official.Client).GetDataSourceRun, &official.GetDataSourceRunInput{DomainIdentifier: &domain, Identifier: &run})
	theirs.authSchemes = func(fn func(string, string) []*smithyauth.Option) any {
		return authResolver[*official.AuthResolverParameters]{func(p *official.AuthResolverParameters) []*smithyauth.Option { return fn(p.Operation, p.Region) }}
	}
	theirs.signingName = func(name string) any { return official.WithSigV4SigningName(name) }
	theirs.signingRegion = func(name string) any { return official.WithSigV4SigningRegion(name) }
	theirs.endpointFromURL = func(url string, fns ...func(*aws.Endpoint)) any { return official.EndpointResolverFromURL(url, fns...) }
	theirs.endpointFunc = func(fn func(string) (aws.Endpoint, error)) any {
		return official.EndpointResolverFunc(func(region string, _ official.EndpointResolverOptions) (aws.Endpoint, error) { return fn(region) })
	}
	ours := bind(lathe.New, lathe.NewFromConfig, (*lathe.Client).GetDataSourceRun, &lathe.GetDataSourceRunInput{DomainIdentifier: &domain, Identifier: &run})
	ours.authSchemes = func(fn func(string, string) []*smithyauth.Option) any {
		return authResolver[*lathe.AuthResolverParameters]{func(p *lathe.AuthResolverParameters) []*smithyauth.Option { return fn(p.Operation, p.Region) }}
	}
	ours.signingName = func(name string) any { return lathe.WithSigV4SigningName(name) }
	ours.signingRegion = func(name string) any { return lathe.WithSigV4SigningRegion(name) }
	ours.endpointFromURL = func(url string, fns ...func(*aws.Endpoint)) any { return lathe.EndpointResolverFromURL(url, fns...) }
	ours.endpointFunc = func(fn func(string) (aws.Endpoint, error)) any {
		return lathe.EndpointResolverFunc(func(region string, _ lathe.EndpointResolverOptions) (aws.Endpoint, error) { return fn(region) })
	}
	theirs.name, ours.name = "official", "ours"
	return []*side{theirs, ours}
}

// authResolver is an AuthSchemeResolver of a client with parameters P.
type authResolver[P any] struct{ fn func(P) []*smithyauth.Option }

// ResolveAuthSchemes calls the function.
func (r authResolver[P]) ResolveAuthSchemes(_ context.Context, params P) ([]*smithyauth.Option, error) {
	return r.fn(params), nil
}

func bind[O, C, I, R any](
	fresh func(O, ...func(*O)) *C, fromConfig func(aws.Config, ...func(*O)) *C, call func(*C, context.Context, *I, ...func(*O)) (*R, error), in *I,
) *side {
	return &side{open: func(config *aws.Config, set, setCall func(any)) func(context.Context) (any, error) {
		var client *C
		if config != nil {
			client = fromConfig(*config, func(o *O) { set(o) })
		} else {
			var o O
			client = fresh(o, func(o *O) { set(o) })
		}
		var fns []func(*O)
		if setCall != nil {
			fns = append(fns, func(o *O) { setCall(o) })
		}
		return func(ctx context.Context) (any, error) {
			out, err := call(client, ctx, in, fns...)
			if out == nil {
				return nil, err
			}
			return out, err
		}
	}}
}

// scene is what both clients are put through.
type scene struct {
	replies []reply
	// make makes the hooks of a client, which write into the notes. They are set on the
	// client, or on the call if perCall is set.
	make    func(*notes) hooks
	perCall bool
	// config, if any, makes the client.
	config func(*notes) *aws.Config
	// around makes the call's context, and returns what comes after the call.
	around func(context.Context, *notes) (context.Context, func())
}

// play puts a client through a scene and returns what was seen.
func (s *side) play(t *testing.T, sc scene) string {
	t.Helper()
	var n notes
	synctest.Test(t, func(t *testing.T) {
		if sc.replies == nil {
			sc.replies = []reply{found}
		}
		basics := hooks{
			"Region": "us-east-1", "Credentials": credentials.NewStaticCredentialsProvider("AKID", "SECRET", "TOKEN"),
			"HTTPClient": &service{replies: sc.replies, notes: &n},
			"Retryer":    aws.Retryer(retry.NewStandard(func(o *retry.StandardOptions) { o.Backoff = steady })),
		}
		var own hooks
		if sc.make != nil {
			own = sc.make(&n)
		}
		var config *aws.Config
		if sc.config != nil {
			config = sc.config(&n)
		}
		set := func(o any) { s.apply(o, basics) }
		setCall := func(o any) { s.apply(o, own) }
		if !sc.perCall {
			set, setCall = func(o any) { s.apply(o, basics); s.apply(o, own) }, nil
		}
		ctx, after := t.Context(), func() {}
		if sc.around != nil {
			ctx, after = sc.around(ctx, &n)
		}
		defer func() {
			if p := recover(); p != nil {
				n.add("returned by a panic")
			}
		}()
		out, err := s.open(config, set, setCall)(ctx)
		n.add("returned %s, error %v", summary(out), err)
		after()
	})
	return n.String()
}

var steady = retry.BackoffDelayerFunc(func(int, error) (time.Duration, error) { return time.Second, nil })

// summary is what matters of an output.
func summary(out any) string {
	v := reflect.ValueOf(out)
	if !v.IsValid() {
		return "nothing"
	}
	id, _ := reflect.TypeAssert[*string](v.Elem().FieldByName("Id"))
	return fmt.Sprintf("%s, %v", aws.ToString(id), v.Elem().FieldByName("Status"))
}

// apply sets fields of options, or calls option functions.
func (s *side) apply(options any, all hooks) {
	for _, name := range slices.Sorted(maps.Keys(all)) {
		value := all[name]
		if own, ok := value.(perSide); ok {
			value = own(s)
		}
		v := reflect.ValueOf(value)
		if strings.HasPrefix(name, "call ") {
			v.Call([]reflect.Value{reflect.ValueOf(options)})
			continue
		}
		field := reflect.ValueOf(options).Elem().FieldByName(name)
		if !v.IsValid() {
			field.SetZero()
			continue
		}
		if field.Kind() == reflect.Slice && name == "APIOptions" {
			v = reflect.AppendSlice(field, v)
		}
		field.Set(v)
	}
}

// compare plays a scene with both clients.
func compare(t *testing.T, sc scene) {
	t.Helper()
	all := sides()
	want, got := withoutSecondLoop(all[0].play(t, sc)), all[1].play(t, sc)
	if got != want {
		t.Errorf("ours:\n%s\n\nofficial:\n%s", got, want)
	}
	if !strings.Contains(want, "returned") {
		t.Errorf("nothing was called: %s", want)
	}
}

// withoutSecondLoop takes out what the official package, which is older than the core,
// does twice: its span of the retry loop, which the core starts itself since.
func withoutSecondLoop(text string) string {
	var kept []string
	tracers := 0
	for line := range strings.SplitSeq(strings.ReplaceAll(text, "RetryLoop/RetryLoop", "RetryLoop"), "\n") {
		if strings.HasPrefix(line, "tracer ") {
			tracers++
		}
		isLoop := strings.Contains(line, "/RetryLoop begins") || strings.HasSuffix(line, "/RetryLoop ends")
		if isLoop && kept[len(kept)-1] == line || tracers == 2 && strings.HasPrefix(line, "tracer ") {
			continue
		}
		kept = append(kept, line)
	}
	return strings.Join(kept, "\n")
}
