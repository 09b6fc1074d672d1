package stack

import (
	"context"
	"errors"
	"reflect"
	"time"

	"example.com/lathe/runtime/transport"
	"github.com/aws/aws-sdk-go-v2/aws"
	awsmiddleware "github.com/aws/aws-sdk-go-v2/aws/middleware"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	"github.com/aws/smithy-go/middleware"
	"github.com/aws/smithy-go/tracing"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

// attempt is the core's retry loop. What newer cores add to it is set by name.
func (r *run) attempt() *retry.Attempt {
	return retry.NewAttemptMiddleware(r.retryer(), smithyhttp.RequestCloner, func(a *retry.Attempt) {
		a.LogAttempts = r.Settings.LogMode.IsRetries()
		a.OperationMeter = r.Meter.Meter(r.scope)
		if r.Settings.DisableClockSkewCorrection {
			setField(a, "DisableClockSkewCorrection", true)
		} else {
			setField(a, "ClientSkew", r.Settings.TimeOffset)
		}
	})
}

func (r *run) timing() *awsmiddleware.RecordResponseTiming {
	timing := new(awsmiddleware.RecordResponseTiming)
	if r.Settings.DisableClockSkewCorrection {
		setField(timing, "DisableClockSkewCorrection", true)
	}
	return timing
}

// setField sets the field of a struct that only newer versions have.
func setField(of any, name string, value any) {
	if field := reflect.ValueOf(of).Elem().FieldByName(name); field.IsValid() {
		field.Set(reflect.ValueOf(value))
	}
}

// skewStep keeps for the next attempt how far the service's clock is ahead.
type skewStep struct{ run *run }

func (skewStep) ID() string { return "AddTimeOffsetMiddleware" }

func (step skewStep) HandleFinalize(ctx context.Context, in middleware.FinalizeInput, next middleware.FinalizeHandler) (
	middleware.FinalizeOutput, middleware.Metadata, error,
) {
	r := step.run
	r.attempts.Add(1)
	out, metadata, err := next.HandleFinalize(ctx, in)
	r.cause.Store(&err)
	if !r.Settings.DisableClockSkewCorrection {
		lead, _ := awsmiddleware.GetAttemptSkew(metadata)
		r.skew.Store(int64(lead))
	}
	return out, metadata, err
}

// offsetStep keeps the clock's offset that the last attempt has found, for the client's next
// calls.
type offsetStep struct{ run *run }

func (offsetStep) ID() string { return "KeepTimeOffset" }

func (step offsetStep) HandleFinalize(
	ctx context.Context, in middleware.FinalizeInput, next middleware.FinalizeHandler,
) (middleware.FinalizeOutput, middleware.Metadata, error) {
	r := step.run
	out, metadata, err := next.HandleFinalize(ctx, in)
	if lead, known := awsmiddleware.GetAttemptSkew(metadata); known && !r.Settings.DisableClockSkewCorrection {
		r.Settings.TimeOffset.Store(int64(lead))
	}
	return out, metadata, err
}

// causeStep adds to what ends a call between two attempts the failure of the first of
// them, without which a caller would not know why a deadline was missed.
type causeStep struct{ run *run }

func (causeStep) ID() string { return "RetryCause" }

func (step causeStep) HandleFinalize(
	ctx context.Context, in middleware.FinalizeInput, next middleware.FinalizeHandler,
) (middleware.FinalizeOutput, middleware.Metadata, error) {
	r := step.run
	out, metadata, err := next.HandleFinalize(ctx, in)
	cause := r.cause.Load()
	if err == nil || ctx.Err() == nil || cause == nil || *cause == nil || errors.Is(err, *cause) {
		return out, metadata, err
	}
	if canceled := new(aws.RequestCanceledError); errors.As(err, &canceled) {
		canceled.Err = transport.AfterCause(canceled.Err, *cause)
		return out, metadata, err
	}
	return out, metadata, transport.AfterCause(err, *cause)
}

// addOlder adds what the retry loop of newer cores does itself.
func (r *run) addOlder(s *middleware.FinalizeStep) (err error) {
	if transport.CoreIsBefore(42) {
		err = s.Insert(offsetStep{r}, "Retry", before)
	}
	if transport.CoreIsBefore(46) {
		err = errors.Join(err, s.Insert(middleware.FinalizeMiddlewareFunc("spanRetryLoop", retrySpan), "Retry", before))
	}
	return err
}

// countStep counts attempts in a header, unless the retry loop has, as that of newer cores
// does.
type countStep struct{ retry.MetricsHeader }

func (s *countStep) HandleFinalize(ctx context.Context, in middleware.FinalizeInput, next middleware.FinalizeHandler) (
	middleware.FinalizeOutput, middleware.Metadata, error,
) {
	request, ok := in.Request.(*smithyhttp.Request)
	if ok && len(request.Header["Amz-Sdk-Request"]) > 0 && !transport.CoreIsBefore(47) {
		return next.HandleFinalize(ctx, in)
	}
	return s.MetricsHeader.HandleFinalize(ctx, in, next)
}

func retrySpan(ctx context.Context, in middleware.FinalizeInput, next middleware.FinalizeHandler) (
	middleware.FinalizeOutput, middleware.Metadata, error,
) {
	ctx, span := tracing.StartSpan(ctx, "RetryLoop")
	defer span.End()
	return next.HandleFinalize(ctx, in)
}

// retryer is the client's, or one around it that waits where the core's loop waits only
// for the SDK's own packages.
func (r *run) retryer() aws.Retryer {
	if !r.Info.LongPolling {
		return r.Settings.Retryer
	}
	return &patient{r.Settings.Retryer, r}
}

// patient is the retryer of an operation that holds a request open: it waits also when
// there is no quota for another attempt, so that a caller's loop does not spin.
type patient struct {
	aws.Retryer
	run *run
}

// GetAttemptToken returns the retryer's token for an attempt.
func (p *patient) GetAttemptToken(ctx context.Context) (func(error) error, error) {
	if v2, ok := p.Retryer.(aws.RetryerV2); ok {
		return v2.GetAttemptToken(ctx)
	}
	return p.GetInitialToken(), nil
}

// GetRetryToken returns the retryer's token, or waits before its error.
func (p *patient) GetRetryToken(ctx context.Context, err error) (func(error) error, error) {
	release, denied := p.Retryer.GetRetryToken(ctx, err)
	if denied != nil {
		p.run.WaitDenied(ctx, int(p.run.attempts.Load()), err)
	}
	return release, denied
}

var _ aws.RetryerV2 = (*patient)(nil)

// seconds is a duration as meters take it.
func seconds(d time.Duration) float64 { return float64(d) / 1e9 }
