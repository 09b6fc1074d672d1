package transport

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	"github.com/aws/smithy-go/middleware"
)

// retryRules are what the retry loop has to do differently for different versions of
// the SDK's core, whose retryers are written for its own loop.
type retryRules struct {
	// retry21 is Retry 2.1: calls wait as long as the service asks for, and operations
	// that hold a request open wait even when the quota of retries is used up.
	retry21 bool
	// flagged is Retry 2.1 as it was while a variable had to ask for it: delays are
	// counted from zero, and only the first attempt gives its token back.
	flagged bool
}

// newRetries2026 is the variable that asks for Retry 2.1 in cores from v1.42 to v1.47.
const newRetries2026 = "AWS_NEW_RETRIES_2026"

// retryRulesOf returns the rules for a version of the core, such as "1.48.0", and the
// value of the variable. What is no such version counts as a newer one.
func retryRulesOf(coreVersion, variable string) retryRules {
	major, rest, _ := strings.Cut(coreVersion, ".")
	text, _, _ := strings.Cut(rest, ".")
	minor, err := strconv.Atoi(text)
	if err != nil || major != "1" || minor >= 48 {
		return retryRules{retry21: true}
	}
	flagged := minor >= 42 && variable == "true"
	return retryRules{retry21: flagged, flagged: flagged}
}

// getAttemptToken asks for leave to send. Retryers of the older kind give it at once;
// the standard one always has the same token for the first attempt of a call, which
// adds to the quota of retries when it is released without an error.
func (s *Settings) getAttemptToken(ctx context.Context, attempt int) (func(error) error, error) {
	if attempt == 1 && s.firstToken != nil {
		return s.firstToken, nil
	}
	v2, ok := s.Retryer.(aws.RetryerV2)
	if !ok {
		return s.Retryer.GetInitialToken(), nil
	}
	if attempt > 1 {
		ctx = asSecondAttempt(ctx)
	}
	return v2.GetAttemptToken(ctx)
}

// asSecondAttempt returns ctx as the core's own loop has it for a second attempt, which
// only that loop can do. From core v1.48 on the SDK's retryers add to the quota for first
// attempts only, and this is how they know.
func asSecondAttempt(ctx context.Context) context.Context {
	second := ctx
	failing := middleware.FinalizeHandlerFunc(func(ctx context.Context, _ middleware.FinalizeInput) (
		out middleware.FinalizeOutput, md middleware.Metadata, err error,
	) {
		second = ctx
		return out, md, errors.New("try again")
	})
	loop := retry.NewAttemptMiddleware(twice{}, func(request any) any { return request })
	_, _, _ = loop.HandleFinalize(ctx, middleware.FinalizeInput{}, failing)
	return second
}

// twice is a retryer that has everything tried twice, without a wait.
type twice struct{ aws.NopRetryer }

func (twice) MaxAttempts() int            { return 2 }
func (twice) IsErrorRetryable(error) bool { return true }

func (twice) GetRetryToken(context.Context, error) (func(error) error, error) {
	return releaseNothing, nil
}
func (twice) RetryDelay(int, error) (time.Duration, error) { return 0, nil }
