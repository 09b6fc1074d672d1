// Package waiters calls an operation until its output, or its error, says that what a
// caller waits for has come about.
package waiters

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/aws/smithy-go"
	"github.com/aws/smithy-go/logging"
	smithytime "github.com/aws/smithy-go/time"
	"github.com/aws/smithy-go/waiter"
)

// The texts of errors are those of the official clients.
var (
	// ErrFailure ends a wait for what will not come about any more.
	ErrFailure = errors.New("waiter state transitioned to Failure")
	// ErrNoTime refuses to wait for no time.
	ErrNoTime = errors.New("maximum wait time for waiter must be greater than zero")
)

// Wait is a wait for something.
type Wait struct {
	// Name is the waiter's, for errors.
	Name string
	// Max is how long to wait at most.
	Max time.Duration
	// MinDelay and MaxDelay limit the time between two looks.
	MinDelay, MaxDelay time.Duration
}

// Until calls look until it is not to be called again, or returns an error, or there is
// no time left for another look. The attempts count from one. The time between two looks
// grows exponentially, with jitter, as [waiter.ComputeDelay] has it.
func Until[Out any](
	ctx context.Context, w Wait, look func(ctx context.Context, attempt int64) (out Out, again bool, err error),
) (Out, error) {
	var none Out
	if w.MinDelay > w.MaxDelay {
		return none, errors.New("minimum waiter delay " + w.MinDelay.String() +
			" must be lesser than or equal to maximum waiter delay of " + w.MaxDelay.String() + ".")
	}
	ctx, cancel := context.WithTimeout(ctx, w.Max)
	defer cancel()
	left := w.Max
	for attempt := int64(1); ; attempt++ {
		start := time.Now()
		out, again, err := look(ctx, attempt)
		switch {
		case err != nil:
			return none, err
		case !again:
			return out, nil
		}
		left -= time.Since(start)
		if left < w.MinDelay || left <= 0 {
			return none, fmt.Errorf("exceeded max wait time for %s waiter", w.Name)
		}
		delay, err := waiter.ComputeDelay(attempt, w.MinDelay, w.MaxDelay, left)
		if err != nil {
			return none, fmt.Errorf("error computing waiter delay, %w", err)
		}
		left -= delay
		if err := smithytime.SleepWithContext(ctx, delay); err != nil {
			return none, fmt.Errorf("request cancelled while waiting, %w", err)
		}
	}
}

// LogAttempt logs a look before it is taken. The logger may be nil.
func LogAttempt(ctx context.Context, logger logging.Logger, attempt int64) {
	if logger != nil {
		logging.WithContext(ctx, logger).Logf(logging.Debug, "attempting waiter request, attempt count: %d", attempt)
	}
}

// Code returns the code of an error of the service. Any other error ends the wait with
// the second one.
func Code(err error) (code string, other error) {
	var of smithy.APIError
	if !errors.As(err, &of) {
		return "", fmt.Errorf("expected err to be of type smithy.APIError, got %w", err)
	}
	return of.ErrorCode(), nil
}

// All reports whether there are texts, and all are the expected one.
func All(texts []string, expected string) bool {
	return len(texts) > 0 && !slices.ContainsFunc(texts, func(s string) bool { return s != expected })
}
