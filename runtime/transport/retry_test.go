package transport

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"example.com/lathe/runtime/rest"
	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/smithy-go"
	"github.com/aws/smithy-go/middleware"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

func ok200(r *http.Request) (*http.Response, error)  { return answer(200, "fine")(r) }
func bad500(r *http.Request) (*http.Response, error) { return answer(500, `{"message":"down"}`)(r) }

// The rules of the three kinds of cores that there are.
var (
	oldRules     = retryRules{}
	flaggedRules = retryRules{retry21: true, flagged: true}
	newRules     = retryRules{retry21: true}
)

func TestRetryRules(t *testing.T) {
	for _, c := range []struct {
		core            string
		without, asking retryRules
	}{
		{"1.9.0", oldRules, oldRules},
		{"1.38.0", oldRules, oldRules},
		{"1.41.12", oldRules, oldRules},
		{"1.42.0", oldRules, flaggedRules},
		{"1.43.8", oldRules, flaggedRules},
		{"1.47.8", oldRules, flaggedRules},
		{"1.48.0", newRules, newRules},
		{"1.48.11", newRules, newRules},
		{"1.100.0", newRules, newRules},
		{"2.0.0", newRules, newRules},
		{"", newRules, newRules},
		{"tip", newRules, newRules},
	} {
		for variable, want := range map[string]retryRules{"": c.without, "true": c.asking, "TRUE": c.without, "false": c.without} {
			if got := retryRulesOf(c.core, variable); got != want {
				t.Errorf("core %s, variable %q: %+v, want %+v", c.core, variable, got, want)
			}
		}
	}
}

// TestRetryRulesOfThisCore sees that settings have the rules of the core that is linked.
func TestRetryRulesOfThisCore(t *testing.T) {
	for _, variable := range []string{"", "true"} {
		t.Setenv(newRetries2026, variable)
		if got, want := NewSettings(&Settings{}).retries, retryRulesOf(aws.SDKVersion, variable); got != want {
			t.Errorf("rules are %+v, want %+v", got, want)
		}
	}
}

// TestRetrySchedule checks what a retryer is asked, in order, and when the
// requests go out.
func TestRetrySchedule(t *testing.T) {
	const s = time.Second
	once := []string{"take initial", "give initial ok=true"}
	for name, c := range map[string]struct {
		retryer *fakeRetryer // nil means one that never denies
		v2      bool
		rules   retryRules // of an old core unless set
		client  *script
		journal []string
		sent    []time.Duration
		err     string
	}{
		"success": {
			client: play(ok200), journal: once, sent: []time.Duration{0},
		},
		"attempt token of a newer retryer": {
			v2: true, client: play(ok200), sent: []time.Duration{0},
			journal: []string{"take attempt", "give attempt ok=true"},
		},
		"one retry": {
			retryer: &fakeRetryer{attempts: 3, delay: 2 * s}, client: play(bad500, ok200), sent: []time.Duration{0, 2 * s},
			journal: []string{
				"take initial", "give initial ok=false", "take retry", "delay 1",
				"take initial", "give retry ok=true", "give initial ok=true",
			},
		},
		"no more attempts": {
			retryer: &fakeRetryer{attempts: 2, delay: s}, client: play(bad500), sent: []time.Duration{0, s},
			journal: []string{
				"take initial", "give initial ok=false", "take retry", "delay 1",
				"take initial", "give retry ok=false", "give initial ok=false",
			},
			err: "operation error Thing: GetThing, exceeded maximum number of attempts, 2, https response error StatusCode: 500, RequestID: , api error UnknownError: down",
		},
		"without limit": {
			retryer: &fakeRetryer{delay: s}, client: play(bad500, bad500, bad500, ok200), sent: []time.Duration{0, s, 2 * s, 3 * s},
			journal: []string{
				"take initial", "give initial ok=false", "take retry", "delay 1",
				"take initial", "give retry ok=false", "give initial ok=false", "take retry", "delay 2",
				"take initial", "give retry ok=false", "give initial ok=false", "take retry", "delay 3",
				"take initial", "give retry ok=true", "give initial ok=true",
			},
		},
		"not retryable": {
			retryer: &fakeRetryer{attempts: 3, retryable: func(error) bool { return false }}, client: play(bad500), sent: []time.Duration{0},
			journal: []string{"take initial", "give initial ok=false"},
			err:     "operation error Thing: GetThing, https response error StatusCode: 500, RequestID: , api error UnknownError: down",
		},
		"no retry token": {
			retryer: &fakeRetryer{attempts: 3, deny: errors.New("bucket is empty")}, client: play(bad500), sent: []time.Duration{0},
			journal: []string{"take initial", "give initial ok=false"},
			err:     "operation error Thing: GetThing, https response error StatusCode: 500, RequestID: , api error UnknownError: down\nbucket is empty",
		},
		"no attempt token": {
			retryer: &fakeRetryer{refuse: errors.New("closed")}, v2: true, client: play(ok200),
			err: "operation error Thing: GetThing, failed to get retry Send token, closed",
		},
		"no delay": {
			retryer: &fakeRetryer{attempts: 3, delayErr: errors.New("no delay known")}, client: play(bad500), sent: []time.Duration{0},
			journal: []string{"take initial", "give initial ok=false", "take retry", "delay 1"},
			err:     "operation error Thing: GetThing, no delay known",
		},
		"token not taken back after a failure": {
			retryer: &fakeRetryer{attempts: 3, releaseErr: errors.New("lost")}, client: play(bad500), sent: []time.Duration{0},
			journal: []string{"take initial", "give initial ok=false"},
			err:     "operation error Thing: GetThing, failed to release initial token after request error, https response error StatusCode: 500, RequestID: , api error UnknownError: down",
		},
		"retry token not taken back": {
			retryer: &fakeRetryer{attempts: 3, lostRetry: errors.New("lost")}, client: play(bad500), sent: []time.Duration{0, 0},
			journal: []string{"take initial", "give initial ok=false", "take retry", "delay 1", "take initial", "give retry ok=false"},
			err:     "operation error Thing: GetThing, failed to release retry token after request error, https response error StatusCode: 500, RequestID: , api error UnknownError: down",
		},
		"flagged, without delay": {
			retryer: &fakeRetryer{attempts: 3, delayErr: errors.New("no delay known")}, rules: flaggedRules, client: play(bad500), sent: []time.Duration{0},
			journal: []string{"take initial", "give initial ok=false", "take retry", "delay 0"},
			err:     "operation error Thing: GetThing, no delay known",
		},
		"token not taken back after a success": {
			retryer: &fakeRetryer{releaseErr: errors.New("lost")}, client: play(ok200), journal: once, sent: []time.Duration{0},
		},
		"new core": {
			retryer: &fakeRetryer{attempts: 3, delay: s}, rules: newRules, v2: true, client: play(bad500, bad500, ok200),
			sent: []time.Duration{0, s, 2 * s},
			journal: []string{
				"take attempt", "give attempt ok=false", "take retry", "delay 1",
				"take attempt", "give retry ok=false", "give attempt ok=false", "take retry", "delay 2",
				"take attempt", "give retry ok=true", "give attempt ok=true",
			},
		},
		"flagged keeps later attempt tokens and counts delays from zero": {
			retryer: &fakeRetryer{attempts: 3, delay: s}, rules: flaggedRules, v2: true, client: play(bad500, bad500, ok200),
			sent: []time.Duration{0, s, 2 * s},
			journal: []string{
				"take attempt", "give attempt ok=false", "take retry", "delay 0",
				"take attempt", "give retry ok=false", "take retry", "delay 1",
				"take attempt", "give retry ok=true",
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			if c.retryer == nil {
				c.retryer = &fakeRetryer{}
			}
			var retryer aws.Retryer = c.retryer
			if c.v2 {
				retryer = fakeRetryerV2{c.retryer}
			}
			synctest.Test(t, func(t *testing.T) {
				sent, _, err := timedCall(t, c.client, testInfo(), retryer, c.rules)
				if text(err) != c.err {
					t.Errorf("error is %v\nwant %s", err, c.err)
				}
				if !slices.Equal(sent, c.sent) {
					t.Errorf("sent after %v, want %v", sent, c.sent)
				}
				c.client.checkClosed(t)
			})
			if !slices.Equal(c.retryer.journal, c.journal) {
				t.Errorf("retryer was asked %q\nwant %q", c.retryer.journal, c.journal)
			}
		})
	}
}

func text(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

// timedCall runs a call in a bubble of fake time and says when requests were
// sent and how long it took.
func timedCall(t *testing.T, client *script, info *Info, retryer aws.Retryer, rules retryRules) (sent []time.Duration, took time.Duration, err error) {
	t.Helper()
	begin := time.Now()
	stamp := clientFunc(func(r *http.Request) (*http.Response, error) {
		sent = append(sent, time.Since(begin))
		return client.Do(r)
	})
	settings := testSettings(stamp, withRetryer(retryer))
	settings.retries = rules
	_, err = Do(t.Context(), settings, info, &fakeOp{})
	return sent, time.Since(begin), err
}

func TestRetryAfterHeader(t *testing.T) {
	const s = time.Second
	for name, c := range map[string]struct {
		header string
		want   time.Duration
	}{
		"none":           {header: "", want: 2 * s},
		"in between":     {header: "3500", want: 3500 * time.Millisecond},
		"less":           {header: "10", want: 2 * s},
		"more":           {header: "60000", want: 7 * s},
		"overflowing":    {header: "9223372036854775807", want: 7 * s},
		"negative":       {header: "-1", want: 2 * s},
		"no number":      {header: "soon", want: 2 * s},
		"not in seconds": {header: "3", want: 2 * s},
	} {
		t.Run(name, func(t *testing.T) {
			first := bad500
			if c.header != "" {
				first = answer(500, "", "X-Amz-Retry-After", c.header)
			}
			for rules, want := range map[retryRules]time.Duration{oldRules: 2 * s, flaggedRules: c.want, newRules: c.want} {
				synctest.Test(t, func(t *testing.T) {
					sent, _, err := timedCall(t, play(first, ok200), testInfo(), &fakeRetryer{attempts: 2, delay: 2 * s}, rules)
					if err != nil || len(sent) != 2 || sent[1] != want {
						t.Errorf("%+v: sent after %v, %v; want the second after %v", rules, sent, err, want)
					}
				})
			}
		})
	}
}

// TestRetryAfterOfAnotherService: the error that is retried may be that of the call
// which fetches credentials, and have any part of a response missing.
func TestRetryAfterOfAnotherService(t *testing.T) {
	head := http.Header{"X-Amz-Retry-After": {"1500"}}
	for name, c := range map[string]struct {
		response *smithyhttp.Response
		want     time.Duration
	}{
		"no response":      {nil, time.Second},
		"nothing in it":    {&smithyhttp.Response{}, time.Second},
		"no header":        {&smithyhttp.Response{Response: &http.Response{}}, time.Second},
		"asks for a while": {&smithyhttp.Response{Response: &http.Response{Header: head}}, 1500 * time.Millisecond},
	} {
		synctest.Test(t, func(t *testing.T) {
			var calls []time.Time
			flaky := aws.CredentialsProviderFunc(func(ctx context.Context) (aws.Credentials, error) {
				if calls = append(calls, time.Now()); len(calls) == 1 {
					return aws.Credentials{}, &smithyhttp.ResponseError{Response: c.response, Err: errors.New("not yet")}
				}
				return testCredentials(ctx)
			})
			settings := testSettings(play(ok200), withRetryer(&fakeRetryer{delay: time.Second}), func(s *Settings) { s.Credentials = flaky })
			_, err := Do(t.Context(), settings, testInfo(), &fakeOp{})
			if err != nil || len(calls) != 2 || calls[1].Sub(calls[0]) != c.want {
				t.Errorf("%s: asked at %v, %v; want a pause of %v", name, calls, err, c.want)
			}
		})
	}
}

func TestLongPollingWaitsWithoutToken(t *testing.T) {
	for name, c := range map[string]struct {
		rules       retryRules
		longPolling bool
		header      string
		want        time.Duration
	}{
		"long polling":         {newRules, true, "", 2 * time.Second},
		"as the service asks":  {newRules, true, "2500", 2500 * time.Millisecond},
		"flagged":              {flaggedRules, true, "", 2 * time.Second},
		"others do not wait":   {newRules, false, "2500", 0},
		"nor in the old world": {oldRules, true, "2500", 0},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				info := testInfo()
				info.LongPolling = c.longPolling
				retryer := &fakeRetryer{attempts: 3, delay: 2 * time.Second, deny: errors.New("empty")}
				_, took, err := timedCall(t, play(answer(500, "", "X-Amz-Retry-After", c.header)), info, retryer, c.rules)
				if took != c.want || !errors.Is(err, retryer.deny) {
					t.Errorf("took %v, %v; want %v", took, err, c.want)
				}
			})
		})
	}
}

func TestStandardRetryerTellsErrorsApart(t *testing.T) {
	for name, c := range map[string]struct {
		first func(*http.Request) (*http.Response, error)
		want  int
	}{
		"503":              {answer(503, "<html>"), 3},
		"throttling":       {answer(400, "", "X-Amzn-ErrorType", "ThrottlingException"), 3},
		"connection":       {fail(errors.New("read: connection reset by peer")), 3},
		"connection error": {fail(io.ErrUnexpectedEOF), 3},
		"validation":       {answer(400, "", "X-Amzn-ErrorType", "ValidationException"), 1},
		"typed":            {answer(404, "", "X-Amzn-ErrorType", "ThingNotFoundException"), 1},
		"broken output":    {answer(200, "{"), 1},
	} {
		t.Run(name, func(t *testing.T) {
			client := play(c.first)
			retryer := retry.NewStandard(func(o *retry.StandardOptions) {
				o.Backoff = retry.BackoffDelayerFunc(func(int, error) (time.Duration, error) { return 0, nil })
			})
			op := &fakeOp{}
			if name == "broken output" {
				op.decodeErr = errors.New("unexpected end")
			}
			_, err := Do(context.Background(), testSettings(client, withRetryer(retryer)), testInfo(), op)
			if err == nil || len(client.requests) != c.want {
				t.Errorf("%d attempts, %v; want %d and an error", len(client.requests), err, c.want)
			}
			var limit *retry.MaxAttemptsError
			if got := errors.As(err, &limit); got != (c.want == 3) {
				t.Errorf("error %v has a MaxAttemptsError: %t", err, got)
			}
			client.checkClosed(t)
		})
	}
}

// quota notes what is taken from a quota of retries and given back to it.
type quota []string

func (q *quota) GetToken(_ context.Context, cost uint) (func() error, error) {
	*q = append(*q, fmt.Sprint("take ", cost))
	return func() error {
		*q = append(*q, fmt.Sprint("back ", cost))
		return nil
	}, nil
}

func (q *quota) AddTokens(n uint) error {
	*q = append(*q, fmt.Sprint("add ", n))
	return nil
}

// withQuota are options of a standard retryer that does not wait.
func withQuota(q *quota) func(*retry.StandardOptions) {
	return func(o *retry.StandardOptions) {
		o.RateLimiter = q
		o.Backoff = retry.BackoffDelayerFunc(func(int, error) (time.Duration, error) { return 0, nil })
	}
}

// TestQuotaIsThatOfTheCoresLoop compares what calls take from the quota of retries and
// give back to it with what the core's own loop does, for retryers of all kinds.
func TestQuotaIsThatOfTheCoresLoop(t *testing.T) {
	type another struct{ *retry.Standard }
	for name, kind := range map[string]func(*quota) aws.Retryer{
		"standard":    func(q *quota) aws.Retryer { return retry.NewStandard(withQuota(q)) },
		"another":     func(q *quota) aws.Retryer { return another{retry.NewStandard(withQuota(q))} },
		"around":      func(q *quota) aws.Retryer { return around{retry.NewStandard(withQuota(q))} },
		"limited":     func(q *quota) aws.Retryer { return LimitAttempts(retry.NewStandard(withQuota(q)), 4) },
		"more errors": func(q *quota) aws.Retryer { return retry.AddWithErrorCodes(retry.NewStandard(withQuota(q)), "Odd") },
		"adaptive": func(q *quota) aws.Retryer {
			return retry.NewAdaptiveMode(func(o *retry.AdaptiveModeOptions) { o.StandardOptions = append(o.StandardOptions, withQuota(q)) })
		},
	} {
		t.Run(name, func(t *testing.T) {
			var ours, official quota
			statuses := []int{200, 500, 200, 404, 500, 500, 500, 500, 500, 500, 200}
			client := play()
			for _, status := range statuses {
				client.answers = append(client.answers, answer(status, ""))
			}
			settings := testSettings(client, withRetryer(kind(&ours)))
			for len(client.requests) < len(statuses) {
				_, _ = Do(t.Context(), settings, testInfo(), &fakeOp{})
			}
			loop := retry.NewAttemptMiddleware(kind(&official), func(request any) any { return request })
			for len(statuses) > 0 {
				_, _, _ = loop.HandleFinalize(t.Context(), middleware.FinalizeInput{}, nextStatus(&statuses))
			}
			if !slices.Equal(ours, official) || len(ours) < 5 {
				t.Errorf("quotas are\n%q and\n%q", ours, official)
			}
		})
	}
}

// around is a retryer whose tokens are those of another, which it holds.
type around struct{ aws.RetryerV2 }

func (a around) GetAttemptToken(ctx context.Context) (func(error) error, error) {
	release, err := a.RetryerV2.GetAttemptToken(context.WithValue(ctx, around{}, "value"))
	return func(err error) error { return release(err) }, err
}

// TestTokenOfOthersIsReleasedAsItIs: a retryer that does not look for the attempt's number
// learns what came of each attempt, whatever else it looks for in the context.
func TestTokenOfOthersIsReleasedAsItIs(t *testing.T) {
	var released []error
	client := play(bad500, ok200)
	settings := testSettings(client, withRetryer(&onlooker{fakeRetryer: fakeRetryer{attempts: 2}, released: &released}))
	settings.retries = newRules
	if _, err := Do(t.Context(), settings, testInfo(), &fakeOp{}); err != nil {
		t.Fatal(err)
	}
	if len(released) != 2 || released[0] == nil || released[1] != nil {
		t.Errorf("tokens were released with %v", released)
	}
}

// onlooker looks for values of its own in the contexts of attempts.
type onlooker struct {
	fakeRetryer

	released *[]error
}

func (o *onlooker) GetAttemptToken(ctx context.Context) (func(error) error, error) {
	if ctx.Value(around{}) != nil || ctx.Value(nil) != nil {
		return nil, errors.New("a value that nobody has set")
	}
	return func(err error) error {
		*o.released = append(*o.released, err)
		return nil
	}, nil
}

// nextStatus is an attempt that ends with the first of the statuses that are left.
func nextStatus(left *[]int) middleware.FinalizeHandlerFunc {
	return func(context.Context, middleware.FinalizeInput) (out middleware.FinalizeOutput, md middleware.Metadata, err error) {
		status := (*left)[0]
		if *left = (*left)[1:]; status != 200 {
			err = &smithyhttp.ResponseError{Response: &smithyhttp.Response{Response: respond(status, "")}, Err: errors.New("failed")}
		}
		return out, md, err
	}
}

func TestAttemptHeader(t *testing.T) {
	for name, c := range map[string]struct {
		attempts int
		want     []string
	}{
		"limit":    {2, []string{"attempt=1; max=2", "attempt=2; max=2"}},
		"no limit": {0, []string{"attempt=1", "attempt=2"}},
	} {
		t.Run(name, func(t *testing.T) {
			client := play(bad500, ok200)
			_, err := Do(context.Background(), testSettings(client, withRetryer(&fakeRetryer{attempts: c.attempts})), testInfo(), &fakeOp{})
			if err != nil {
				t.Fatal(err)
			}
			for i, r := range client.requests {
				if got := r.Header["Amz-Sdk-Request"]; !slices.Equal(got, c.want[i:i+1]) {
					t.Errorf("attempt %d says %q, want %q", i+1, got, c.want[i])
				}
			}
		})
	}
}

func TestAttemptsDoNotShareHeaders(t *testing.T) {
	client := play(func(r *http.Request) (*http.Response, error) {
		r.Header.Set("X-Added", "by the HTTP client")
		return respond(500, ""), nil
	}, ok200)
	if _, err := Do(context.Background(), testSettings(client, withRetryer(&fakeRetryer{})), testInfo(), &fakeOp{}); err != nil {
		t.Fatal(err)
	}
	if _, ok := client.requests[1].Header["X-Added"]; ok {
		t.Error("the second attempt has a header of the first")
	}
}

func TestBodyIsSentAgain(t *testing.T) {
	read := func(status int) func(*http.Request) (*http.Response, error) {
		return func(r *http.Request) (*http.Response, error) {
			b, err := io.ReadAll(r.Body)
			return respond(status, string(b)), err
		}
	}
	late := bytes.NewReader([]byte("--payload"))
	_, _ = late.Seek(2, io.SeekStart)
	for name, serialize := range map[string]func(*rest.Request){
		"bytes":                         putBytes("payload"),
		"stream":                        putStream(strings.NewReader("payload")),
		"stream that starts further on": putStream(late),
	} {
		t.Run(name, func(t *testing.T) {
			client := play(read(500), read(200))
			op := &fakeOp{serialize: serialize}
			_, err := Do(context.Background(), testSettings(client, withRetryer(&fakeRetryer{})), testInfo(), op)
			if err != nil || op.out != "payload" {
				t.Errorf("second attempt sent %q, %v", op.out, err)
			}
			for i, r := range client.requests {
				if r.ContentLength != 7 {
					t.Errorf("attempt %d has length %d", i+1, r.ContentLength)
				}
				if n, err := r.Body.Read(make([]byte, 1)); n > 0 || err == nil {
					t.Errorf("body of attempt %d can be read afterwards: %d, %v", i+1, n, err)
				}
			}
		})
	}
}

// TestEmptyStreamIsSentAgain sees that a stream without bytes is hashed, sent and sent
// again, whether or not the payload is signed.
func TestEmptyStreamIsSentAgain(t *testing.T) {
	for _, unsigned := range []bool{false, true} {
		for name, body := range map[string]io.Reader{"NoBody": http.NoBody, "buffer": new(bytes.Buffer)} {
			client, info := play(bad500, ok200), testInfo()
			info.UnsignedPayload = unsigned
			_, err := Do(t.Context(), testSettings(client, withRetryer(&fakeRetryer{attempts: 2})), info, &fakeOp{serialize: putStream(body)})
			if err != nil || len(client.requests) != 2 {
				t.Fatalf("%s, unsigned %v: %d requests, %v", name, unsigned, len(client.requests), err)
			}
			for _, r := range client.requests {
				if r.ContentLength != 0 || r.Body != http.NoBody {
					t.Errorf("%s, unsigned %v: body %T of length %d", name, unsigned, r.Body, r.ContentLength)
				}
			}
		}
	}
}

func TestStreamThatCannotSeekIsSentOnce(t *testing.T) {
	info := testInfo()
	info.UnsignedPayload = true
	client := play(bad500)
	op := &fakeOp{serialize: putStream(io.MultiReader(strings.NewReader("x")))}
	_, err := Do(context.Background(), testSettings(client, withRetryer(&fakeRetryer{attempts: 3})), info, op)
	const want = "operation error Thing: GetThing, failed to rewind transport stream for retry, request stream is not seekable"
	if text(err) != want || len(client.requests) != 1 {
		t.Errorf("%d attempts, error %v\nwant %s", len(client.requests), err, want)
	}
}

func TestErrorChainOfAFailedCall(t *testing.T) {
	client := play(answer(404, `{"message":"gone"}`, "X-Amzn-ErrorType", "ThingNotFoundException", "X-Amzn-RequestId", "r-1"))
	_, err := Do(context.Background(), testSettings(client, withRetryer(&fakeRetryer{attempts: 1})), testInfo(), &fakeOp{})
	oe, ok := err.(*smithy.OperationError)
	if !ok {
		t.Fatalf("error is a %T", err)
	}
	limit, ok := oe.Err.(*retry.MaxAttemptsError)
	if !ok || limit.Attempt != 1 {
		t.Fatalf("in it is a %T", oe.Err)
	}
	re, ok := limit.Err.(*awshttp.ResponseError)
	if !ok || re.RequestID != "r-1" || re.HTTPStatusCode() != 404 {
		t.Fatalf("in it is %#v", limit.Err)
	}
	if e, ok := re.Err.(*thingError); !ok || e.Message != "gone" {
		t.Fatalf("in it is %#v", re.Err)
	}
}
