package transport

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	"github.com/aws/smithy-go/middleware"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

func (c *call) beginRetries() {
	c.maxAttempts = c.settings.Retryer.MaxAttempts()
	c.releaseRetry = releaseNothing
	if !c.settings.DisableClockSkewCorrection {
		c.skew = time.Duration(c.settings.TimeOffset.Load())
	}
}

func releaseNothing(error) error { return nil }

// try makes the next attempt and reports whether to make another one after it. The
// order of tokens, checks and waits is that of the official retry middleware,
// because retryers may count them.
func (c *call) try(ctx context.Context) (again bool, err error) {
	c.attempt++
	c.forgetAttempt()
	if err = ctx.Err(); err != nil {
		return false, c.afterCause(err)
	}
	release, err := c.settings.getAttemptToken(ctx, c.attempt)
	if err != nil {
		return false, c.afterCause(wrap("failed to get retry Send token, ", err))
	}
	if err = c.rewind(ctx); err != nil {
		return false, err
	}
	err = c.runAttempt(ctx)
	if lost := c.releaseRetry(err); lost != nil && err != nil {
		return false, wrap("failed to release retry token after request error, ", err)
	}
	c.releaseRetry = releaseNothing
	if c.attempt == 1 || !c.settings.retries.flagged {
		if lost := release(err); lost != nil && err != nil {
			return false, wrap("failed to release initial token after request error, ", err)
		}
	}
	if err == nil {
		return false, nil
	}
	return c.afterFailure(ctx, err)
}

func (c *call) forgetAttempt() {
	c.exchange = exchange{}
	c.metadata = middleware.Metadata{}
}

// rewind sets the body back before it is sent again.
func (c *call) rewind(ctx context.Context) error {
	if c.attempt == 1 {
		return nil
	}
	if err := c.request.Rewind(); err != nil {
		return wrap("failed to rewind transport stream for retry, ", err)
	}
	c.logRetry(ctx, "retrying request %s/%s, attempt %d", c.settings.ServiceID, c.info.Name, c.attempt)
	return nil
}

// keepTimeOffset remembers for the client's next calls how far the service's
// clock is ahead, also when it is not any more.
func (c *call) keepTimeOffset() {
	if c.skewed {
		c.settings.TimeOffset.Store(int64(c.lead()))
	}
}

// afterFailure decides what follows a failed attempt, and waits if it is another
// one.
func (c *call) afterFailure(ctx context.Context, err error) (again bool, _ error) {
	lead := time.Duration(0) // the local time is taken again if none is known
	if c.skewed {
		lead = c.lead()
		err = c.asClockSkew(err, lead)
	}
	c.skew = lead
	if !c.settings.Retryer.IsErrorRetryable(err) {
		c.logRetry(ctx, "request failed with unretryable error %v", err)
		return false, err
	}
	if c.maxAttempts > 0 && c.attempt >= c.maxAttempts {
		c.logRetry(ctx, "max retry attempts exhausted, max %d", c.maxAttempts)
		return false, &retry.MaxAttemptsError{Attempt: c.attempt, Err: err}
	}
	release, denied := c.settings.Retryer.GetRetryToken(ctx, err)
	if denied != nil {
		c.waitDenied(ctx, err)
		return false, errors.Join(err, denied)
	}
	c.releaseRetry = release
	c.cause = err
	delay, failed := c.retryDelay(ctx, err)
	if failed != nil {
		return false, failed
	}
	if canceled := sleep(ctx, delay); canceled != nil {
		return false, &aws.RequestCanceledError{Err: c.afterCause(canceled)}
	}
	return true, err
}

// afterCause adds to what ends a call between two attempts the failure of the first
// of them, without which a caller would not know why a deadline was missed.
func (c *call) afterCause(err error) error {
	if c.cause == nil {
		return err
	}
	return AfterCause(err, c.cause)
}

// AfterCause is the error of what ended a call after an attempt that failed.
func AfterCause(err, cause error) error { return fmt.Errorf("%w while retrying after: %w", err, cause) }

// waitDenied makes operations that hold a request open wait although they are
// not tried again, so that a caller's loop does not spin.
func (c *call) waitDenied(ctx context.Context, err error) {
	if !c.info.LongPolling || !c.settings.retries.retry21 {
		return
	}
	if delay, failed := c.retryDelay(ctx, err); failed == nil {
		_ = sleep(ctx, delay)
	}
}

func (c *call) retryDelay(ctx context.Context, err error) (time.Duration, error) {
	attempt := c.attempt
	if c.settings.retries.flagged {
		attempt--
	}
	delay, failed := c.settings.Retryer.RetryDelay(attempt, err)
	if failed != nil || !c.settings.retries.retry21 {
		return delay, failed
	}
	return c.honourRetryAfter(ctx, delay, err), nil
}

// honourRetryAfter takes the delay from the header X-Amz-Retry-After, in
// milliseconds, held between the backoff and five seconds more.
func (c *call) honourRetryAfter(ctx context.Context, backoff time.Duration, err error) time.Duration {
	var answered *smithyhttp.ResponseError
	if !errors.As(err, &answered) || answered.Response == nil || answered.Response.Response == nil {
		return backoff
	}
	header := firstValue(answered.Response.Header, "X-Amz-Retry-After")
	if header == "" {
		return backoff
	}
	ms, failed := strconv.ParseInt(header, 10, 64)
	if failed != nil || ms < 0 {
		c.logRetry(ctx, "ignoring invalid x-amz-retry-after header value %q", header)
		return backoff
	}
	const most = 5 * time.Second
	if ms > int64((backoff+most)/time.Millisecond) {
		return backoff + most
	}
	return max(backoff, time.Duration(ms)*time.Millisecond)
}

// sleep waits, or returns the context's error when that comes first.
func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
