package transport

import (
	"context"
	"errors"
	"net/http"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws/retry"
)

// signingTime reads when a request says it was signed.
func signingTime(t *testing.T, r *http.Request) time.Time {
	t.Helper()
	at, err := time.Parse("20060102T150405Z", r.Header.Get("X-Amz-Date"))
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// skewed answers as a service whose clock is ahead of ours.
func skewed(status int, lead time.Duration, header ...string) func(*http.Request) (*http.Response, error) {
	return func(*http.Request) (*http.Response, error) {
		date := time.Now().Add(lead).UTC().Format(http.TimeFormat)
		return respond(status, "", append([]string{"Date", date}, header...)...), nil
	}
}

const tooSkewed = "RequestTimeTooSkewed"

func noBackoff() *retry.Standard {
	return retry.NewStandard(func(o *retry.StandardOptions) {
		o.Backoff = retry.BackoffDelayerFunc(func(int, error) (time.Duration, error) { return 0, nil })
	})
}

func TestClockSkewIsCorrected(t *testing.T) {
	const hour = time.Hour
	plain := func(status int, code string) func(*http.Request) (*http.Response, error) {
		return answer(status, "", "X-Amzn-ErrorType", code)
	}
	for name, c := range map[string]struct {
		before   time.Duration
		disabled bool
		answers  []func(*http.Request) (*http.Response, error)
		signed   []time.Duration // by attempt, against the local time
		after    time.Duration
		err      string
	}{
		"clocks agree": {
			answers: []func(*http.Request) (*http.Response, error){skewed(200, 0)},
			signed:  []time.Duration{0},
		},
		"success teaches the next call": {
			answers: []func(*http.Request) (*http.Response, error){skewed(200, hour)},
			signed:  []time.Duration{0}, after: hour,
		},
		"retried with the service's time": {
			answers: []func(*http.Request) (*http.Response, error){skewed(403, hour, "X-Amzn-ErrorType", tooSkewed), skewed(200, hour)},
			signed:  []time.Duration{0, hour}, after: hour,
		},
		"behind": {
			answers: []func(*http.Request) (*http.Response, error){skewed(403, -hour, "X-Amzn-ErrorType", "SignatureDoesNotMatch"), skewed(200, -hour)},
			signed:  []time.Duration{0, -hour}, after: -hour,
		},
		"known offset": {
			before:  hour,
			answers: []func(*http.Request) (*http.Response, error){skewed(200, hour)},
			signed:  []time.Duration{hour}, after: hour,
		},
		"known offset has become wrong": {
			before:  hour,
			answers: []func(*http.Request) (*http.Response, error){skewed(403, 0, "X-Amzn-ErrorType", "InvalidSignatureException"), skewed(200, 0)},
			signed:  []time.Duration{hour, 0},
		},
		"within the threshold it is an error like others": {
			answers: []func(*http.Request) (*http.Response, error){skewed(403, 4*time.Minute, "X-Amzn-ErrorType", tooSkewed)},
			signed:  []time.Duration{0}, after: 4 * time.Minute,
			err: "operation error Thing: GetThing, https response error StatusCode: 403, RequestID: , api error RequestTimeTooSkewed: UnknownError",
		},
		"another code": {
			answers: []func(*http.Request) (*http.Response, error){skewed(403, hour, "X-Amzn-ErrorType", "ExpiredTokenException")},
			signed:  []time.Duration{0}, after: hour,
			err: "operation error Thing: GetThing, https response error StatusCode: 403, RequestID: , api error ExpiredTokenException: UnknownError",
		},
		"still wrong after all attempts": {
			answers: []func(*http.Request) (*http.Response, error){
				skewed(403, hour, "X-Amzn-ErrorType", tooSkewed), skewed(403, 2*hour, "X-Amzn-ErrorType", tooSkewed), skewed(403, 3*hour, "X-Amzn-ErrorType", tooSkewed),
			},
			signed: []time.Duration{0, hour, 2 * hour}, after: 3 * hour,
			err: "operation error Thing: GetThing, exceeded maximum number of attempts, 3, Probable clock skew error: https response error StatusCode: 403, RequestID: , api error RequestTimeTooSkewed: UnknownError",
		},
		"no date": {
			answers: []func(*http.Request) (*http.Response, error){plain(403, tooSkewed)},
			signed:  []time.Duration{0},
			err:     "operation error Thing: GetThing, https response error StatusCode: 403, RequestID: , api error RequestTimeTooSkewed: UnknownError",
		},
		"cached": {
			answers: []func(*http.Request) (*http.Response, error){skewed(200, hour, "Age", "30")},
			signed:  []time.Duration{0},
		},
		"slow exchange": {
			answers: []func(*http.Request) (*http.Response, error){func(r *http.Request) (*http.Response, error) {
				time.Sleep(maxTrustedDuration + time.Second)
				return skewed(200, hour)(r)
			}},
			signed: []time.Duration{0},
		},
		"slow exchange at the limit": {
			answers: []func(*http.Request) (*http.Response, error){func(r *http.Request) (*http.Response, error) {
				time.Sleep(maxTrustedDuration)
				return skewed(200, hour)(r)
			}},
			signed: []time.Duration{0}, after: hour,
		},
		"an attempt without an answer forgets": {
			before:  hour,
			answers: []func(*http.Request) (*http.Response, error){fail(errors.New("connection reset")), skewed(200, hour)},
			signed:  []time.Duration{hour, 0}, after: hour,
		},
		"switched off": {
			before: hour, disabled: true,
			answers: []func(*http.Request) (*http.Response, error){skewed(403, hour, "X-Amzn-ErrorType", tooSkewed)},
			signed:  []time.Duration{0}, after: hour,
			err: "operation error Thing: GetThing, https response error StatusCode: 403, RequestID: , api error RequestTimeTooSkewed: UnknownError",
		},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var offset atomic.Int64
				offset.Store(int64(c.before))
				client := play(c.answers...)
				begin := time.Now()
				_, err := Do(t.Context(), testSettings(client, withRetryer(noBackoff()), func(s *Settings) {
					s.TimeOffset, s.DisableClockSkewCorrection = &offset, c.disabled
				}), testInfo(), &fakeOp{})
				if text(err) != c.err {
					t.Errorf("error is %v\nwant %s", err, c.err)
				}
				if len(client.requests) != len(c.signed) {
					t.Fatalf("%d attempts, want %d", len(client.requests), len(c.signed))
				}
				for i, r := range client.requests {
					if got := signingTime(t, r).Sub(begin); got != c.signed[i] {
						t.Errorf("attempt %d was signed for %v from now, want %v", i+1, got, c.signed[i])
					}
				}
				if got := time.Duration(offset.Load()); got != c.after {
					t.Errorf("client remembers %v, want %v", got, c.after)
				}
			})
		})
	}
}

func TestBadDateIsLogged(t *testing.T) {
	log := &memoryLogger{}
	client := play(answer(200, "", "Date", "yesterday"))
	_, err := Do(context.Background(), testSettings(client, func(s *Settings) { s.Logger = log }), testInfo(), &fakeOp{})
	if want := `WARN failed to parse response Date header value, got "yesterday"`; err != nil || log.text() != want {
		t.Errorf("logged %q, %v; want %q", log.text(), err, want)
	}
}

func TestTimeToLiveNeedsDeadlineAndLead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		deadline := time.Now().Add(time.Minute)
		ctx, cancel := context.WithDeadline(t.Context(), deadline)
		defer cancel()
		var offset atomic.Int64
		client := play(skewed(200, time.Hour), skewed(200, -time.Hour))
		s := testSettings(client, func(s *Settings) { s.TimeOffset = &offset })
		for range 3 {
			if _, err := Do(ctx, s, testInfo(), &fakeOp{}); err != nil {
				t.Fatal(err)
			}
		}
		want := []string{
			"attempt=1; max=1",
			"attempt=1; max=1; ttl=" + deadline.Add(time.Hour).UTC().Format("20060102T150405Z"),
			"attempt=1; max=1",
		}
		for i, r := range client.requests {
			if got := r.Header.Get("Amz-Sdk-Request"); got != want[i] {
				t.Errorf("call %d says %q, want %q", i+1, got, want[i])
			}
		}
	})
}
