package transport

import (
	"context"
	"errors"
	"io"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/smithy-go"
)

// blockingRetryer has a number of free attempt tokens, and then waits until the context
// ends.
type blockingRetryer struct {
	fakeRetryer
	free int
}

func (r *blockingRetryer) GetAttemptToken(ctx context.Context) (func(error) error, error) {
	if r.free--; r.free >= 0 {
		return releaseNothing, nil
	}
	<-ctx.Done()
	return nil, ctx.Err()
}

// contextBody is a body like net/http's: reads end with the context.
type contextBody struct{ ctx context.Context }

func (b contextBody) Read([]byte) (int, error) {
	<-b.ctx.Done()
	return 0, b.ctx.Err()
}

// TestCancellationAtEveryPoint cancels a call after a second, wherever it waits
// by then.
func TestCancellationAtEveryPoint(t *testing.T) {
	hang := func(r *http.Request) (*http.Response, error) {
		<-r.Context().Done()
		return nil, r.Context().Err()
	}
	hangingBody := func(status int) func(*http.Request) (*http.Response, error) {
		return func(r *http.Request) (*http.Response, error) {
			return respondWith(status, contextBody{r.Context()}, -1)(r)
		}
	}
	for name, c := range map[string]struct {
		client *script
		change func(*Settings)
		want   string
		sent   int
		as     func(error) bool
	}{
		"before": {
			client: play(ok200), change: func(*Settings) {}, want: "context canceled",
		},
		"waiting for an attempt token": {
			client: play(ok200), change: withRetryer(&blockingRetryer{}),
			want: "failed to get retry Send token, context canceled",
		},
		"retrieving credentials": {
			client: play(ok200),
			change: func(s *Settings) {
				s.Credentials = aws.CredentialsProviderFunc(func(ctx context.Context) (aws.Credentials, error) {
					<-ctx.Done()
					return aws.Credentials{}, ctx.Err()
				})
			},
			want: "get identity: get credentials: context canceled",
		},
		"resolving the endpoint": {
			client: play(ok200),
			change: func(s *Settings) {
				s.ResolveEndpoint = func(ctx context.Context, _ string, _ any) (*Endpoint, error) {
					<-ctx.Done()
					return nil, ctx.Err()
				}
			},
			want: "context canceled",
		},
		"sending": {
			client: play(hang), change: func(*Settings) {}, sent: 1,
			want: "https response error StatusCode: 0, RequestID: , canceled, context canceled",
			as: func(err error) bool {
				var canceled *smithy.CanceledError
				return errors.As(err, &canceled)
			},
		},
		"reading the body": {
			client: play(hangingBody(200)), change: func(*Settings) {}, sent: 1,
			want: "https response error StatusCode: 200, RequestID: , deserialization failed, failed to decode response body, context canceled",
		},
		"reading an error's body": {
			client: play(hangingBody(500)), change: func(*Settings) {}, sent: 1,
			want: "https response error StatusCode: 500, RequestID: , deserialization failed, failed to copy error response body, context canceled",
		},
		"backing off": {
			client: play(bad500), change: withRetryer(&fakeRetryer{attempts: 3, delay: time.Hour}), sent: 1,
			want: "request canceled, context canceled while retrying after: https response error StatusCode: 500, RequestID: , api error UnknownError: down",
			as: func(err error) bool {
				var canceled *aws.RequestCanceledError
				var cause *awshttp.ResponseError
				return errors.As(err, &canceled) && errors.As(err, &cause) && cause.HTTPStatusCode() == 500
			},
		},
		"backing off after a typed error": {
			client: play(answer(503, `{"message":"gone"}`, "X-Amzn-ErrorType", "ThingNotFoundException")), sent: 1,
			change: withRetryer(&fakeRetryer{attempts: 3, delay: time.Hour}),
			want:   "request canceled, context canceled while retrying after: https response error StatusCode: 503, RequestID: , ThingNotFoundException: gone",
			as: func(err error) bool {
				var cause *thingError
				return errors.As(err, &cause)
			},
		},
		"waiting for the next attempt's token": {
			client: play(bad500), change: withRetryer(&blockingRetryer{free: 1}), sent: 1,
			want: "failed to get retry Send token, context canceled while retrying after: https response error StatusCode: 500, RequestID: , api error UnknownError: down",
		},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithCancel(t.Context())
				defer cancel()
				if name == "before" {
					cancel()
				}
				time.AfterFunc(time.Second, cancel)
				begin := time.Now()
				_, err := Do(ctx, testSettings(c.client, c.change), testInfo(), &fakeOp{})
				if want := "operation error Thing: GetThing, " + c.want; text(err) != want {
					t.Errorf("error is %v\nwant %s", err, want)
				}
				if !errors.Is(err, context.Canceled) {
					t.Errorf("error %v is not context.Canceled", err)
				}
				if c.as != nil && !c.as(err) {
					t.Errorf("error %#v is not of the official type", err)
				}
				if took := time.Since(begin); took > time.Second || len(c.client.requests) != c.sent {
					t.Errorf("took %v, sent %d requests; want one second and %d", took, len(c.client.requests), c.sent)
				}
				c.client.checkClosed(t)
			})
		})
	}
}

func TestCanceledCallsAreNotRetried(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	client := play(func(*http.Request) (*http.Response, error) {
		cancel()
		return nil, errors.New("connection reset")
	})
	_, err := Do(ctx, testSettings(client, withRetryer(retry.NewStandard())), testInfo(), &fakeOp{})
	if !errors.Is(err, context.Canceled) || len(client.requests) != 1 {
		t.Errorf("%d attempts, %v", len(client.requests), err)
	}
}

// endedContext is one whose end is seen only by who asks for it.
type endedContext struct {
	context.Context
	ended bool
}

func (c *endedContext) Err() error {
	if c.ended {
		return context.DeadlineExceeded
	}
	return nil
}

// TestDeadlineRightAfterTheBackoff ends the context when the next attempt is due.
func TestDeadlineRightAfterTheBackoff(t *testing.T) {
	ctx := &endedContext{Context: context.Background()}
	client := play(bad500)
	retryer := &fakeRetryer{retryable: func(error) bool { ctx.ended = true; return true }}
	_, err := Do(ctx, testSettings(client, withRetryer(retryer)), testInfo(), &fakeOp{})
	const want = "operation error Thing: GetThing, context deadline exceeded while retrying after: " +
		"https response error StatusCode: 500, RequestID: , api error UnknownError: down"
	if text(err) != want || !errors.Is(err, context.DeadlineExceeded) || len(client.requests) != 1 {
		t.Errorf("%d requests, error %v\nwant %s", len(client.requests), err, want)
	}
}

func TestDeadlineBoundsTheBackoff(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		_, err := Do(ctx, testSettings(play(bad500), withRetryer(&fakeRetryer{delay: time.Hour})), testInfo(), &fakeOp{})
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("error is %v", err)
		}
	})
}

// TestStuckRequestStream cancels a call whose request stream blocks in a read
// that an HTTP client left behind. The call must return all the same.
func TestStuckRequestStream(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		stream, feed := io.Pipe()
		client := clientFunc(func(r *http.Request) (*http.Response, error) {
			go func() { _, _ = r.Body.Read(make([]byte, 1)) }()
			synctest.Wait()
			<-r.Context().Done()
			return nil, r.Context().Err()
		})
		info := testInfo()
		info.UnsignedPayload = true
		_, err := Do(ctx, testSettings(client), info, &fakeOp{serialize: putStream(stream)})
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("error is %v", err)
		}
		_ = feed.Close() // lets the read end, or the bubble could not
	})
}

// TestStreamIsIdleWhenTheCallReturns checks that the caller gets the stream back
// only when the HTTP client no longer reads it.
func TestStreamIsIdleWhenTheCallReturns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		busy := false
		slow := readerFunc(func([]byte) (int, error) {
			busy = true
			time.Sleep(time.Minute)
			busy = false
			return 0, io.EOF
		})
		client := clientFunc(func(r *http.Request) (*http.Response, error) {
			go func() { _, _ = r.Body.Read(make([]byte, 1)) }()
			synctest.Wait()
			return respond(200, ""), nil
		})
		info := testInfo()
		info.UnsignedPayload = true
		if _, err := Do(t.Context(), testSettings(client), info, &fakeOp{serialize: putStream(slow)}); err != nil {
			t.Fatal(err)
		}
		if busy {
			t.Error("the stream is still being read")
		}
	})
}
