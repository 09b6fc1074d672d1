package waiters_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/smithy-go"
	"github.com/aws/smithy-go/logging"

	"example.com/lathe/runtime/waiters"
)

func TestUntil(t *testing.T) {
	wait := waiters.Wait{Name: "Done", Max: time.Minute, MinDelay: 2 * time.Second, MaxDelay: 2 * time.Second}
	broken := errors.New("broken")
	for name, c := range map[string]struct {
		wait  func(*waiters.Wait)
		last  int64 // the attempt that is not to be repeated
		err   error // of the last attempt
		takes time.Duration
		want  string // the text of the error, else the output
		looks int64
		after time.Duration
	}{
		"at once":         {last: 1, want: "out 1", looks: 1},
		"third look":      {last: 3, want: "out 3", looks: 3, after: 4 * time.Second},
		"an error":        {last: 2, err: broken, want: "broken", looks: 2, after: 2 * time.Second},
		"no time left":    {wait: func(w *waiters.Wait) { w.Max = 5 * time.Second }, takes: time.Millisecond, last: 9, want: "exceeded max wait time for Done waiter", looks: 3, after: 3*time.Second + time.Millisecond},
		"less than delay": {wait: func(w *waiters.Wait) { w.Max = time.Second }, last: 9, want: "exceeded max wait time for Done waiter", looks: 1},
		"looks take time": {takes: 29 * time.Second, last: 9, want: "exceeded max wait time for Done waiter", looks: 2, after: 60 * time.Second},
		"delays swapped":  {wait: func(w *waiters.Wait) { w.MaxDelay = time.Second }, last: 1, want: "minimum waiter delay 2s must be lesser than or equal to maximum waiter delay of 1s."},
		"no delay":        {wait: func(w *waiters.Wait) { w.MinDelay = 0 }, last: 9, want: "error computing waiter delay, minDelay must be greater than zero when computing Delay", looks: 1},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := wait
				if c.wait != nil {
					c.wait(&w)
				}
				start, looks := time.Now(), int64(0)
				out, err := waiters.Until(t.Context(), w, func(_ context.Context, attempt int64) (string, bool, error) {
					if looks++; looks != attempt {
						t.Errorf("attempt %d is number %d", attempt, looks)
					}
					time.Sleep(c.takes)
					if attempt == c.last {
						return fmt.Sprintf("out %d", attempt), false, c.err
					}
					return "", true, nil
				})
				got := out
				if err != nil {
					got = err.Error()
				}
				if got != c.want || looks != c.looks || time.Since(start) != c.after {
					t.Errorf("%q after %d looks and %v, want %q after %d and %v", got, looks, time.Since(start), c.want, c.looks, c.after)
				}
				if c.err != nil && !errors.Is(err, c.err) {
					t.Errorf("%v is not %v", err, c.err)
				}
			})
		})
	}
}

func TestCanceled(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 3*time.Second)
		defer cancel()
		wait := waiters.Wait{Name: "Done", Max: time.Minute, MinDelay: 2 * time.Second, MaxDelay: 2 * time.Second}
		_, err := waiters.Until(ctx, wait, func(context.Context, int64) (string, bool, error) { return "", true, nil })
		if !errors.Is(err, context.DeadlineExceeded) || err.Error() != "request cancelled while waiting, context deadline exceeded" {
			t.Errorf("got %v", err)
		}
	})
}

// TestDeadline sees that a look has no more time than the wait.
func TestDeadline(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		wait := waiters.Wait{Max: time.Minute, MinDelay: 1, MaxDelay: 1}
		_, err := waiters.Until(t.Context(), wait, func(ctx context.Context, _ int64) (string, bool, error) {
			<-ctx.Done()
			return "", false, ctx.Err()
		})
		if !errors.Is(err, context.DeadlineExceeded) || time.Since(start) != time.Minute {
			t.Errorf("%v after %v", err, time.Since(start))
		}
	})
}

func TestCode(t *testing.T) {
	if code, err := waiters.Code(fmt.Errorf("wrapped: %w", &smithy.GenericAPIError{Code: "Gone"})); code != "Gone" || err != nil {
		t.Errorf("got %q, %v", code, err)
	}
	broken := errors.New("broken")
	if code, err := waiters.Code(broken); code != "" || err.Error() != "expected err to be of type smithy.APIError, got broken" || !errors.Is(err, broken) {
		t.Errorf("got %q, %v", code, err)
	}
}

func TestAll(t *testing.T) {
	for want, all := range map[bool][][]string{false: {nil, {"a"}, {"b", "a"}}, true: {{"b"}, {"b", "b"}}} {
		if slices.ContainsFunc(all, func(texts []string) bool { return waiters.All(texts, "b") != want }) {
			t.Errorf("All is wrong of %v", all)
		}
	}
}

func TestLogAttempt(t *testing.T) {
	var log bytes.Buffer
	waiters.LogAttempt(t.Context(), logging.NewStandardLogger(&log), 3)
	waiters.LogAttempt(t.Context(), nil, 4)
	if _, text, _ := bytes.Cut(log.Bytes(), []byte("DEBUG ")); string(text) != "attempting waiter request, attempt count: 3\n" {
		t.Errorf("logged %q", log.String())
	}
}
