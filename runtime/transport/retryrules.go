package transport

import (
	"context"
	"errors"
	"math"
	"reflect"
	"strconv"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/smithy-go/middleware"
)

// retryRules are what the retry loop does differently for different versions of
// the SDK's core, whose retryers are written for its own loop.
type retryRules struct {
	// retry21 is Retry 2.1: calls wait as long as the service asks for, and operations
	// that hold a request open wait even when the quota of retries is used up.
	retry21 bool
	// flagged is Retry 2.1 as it was while a variable had to ask for it: delays are
	// counted from zero, and only the first attempt releases its token.
	flagged bool
}

// newRetries2026 is the variable that asks for Retry 2.1 in cores from v1.42 to v1.47.
const newRetries2026 = "AWS_NEW_RETRIES_2026"

// retryRulesOf returns the rules for a version of the core, such as "1.48.0", and the
// value of the variable. What is no such version counts as a newer one.
func retryRulesOf(coreVersion, variable string) retryRules {
	minor := minorOf(coreVersion)
	if minor >= 48 {
		return retryRules{retry21: true}
	}
	flagged := minor >= 42 && variable == "true"
	return retryRules{retry21: flagged, flagged: flagged}
}

// minorOf is the minor version of a core, such as 48 of "1.48.0". What is no such version
// counts as a newer one.
func minorOf(coreVersion string) int {
	major, rest, _ := strings.Cut(coreVersion, ".")
	text, _, _ := strings.Cut(rest, ".")
	minor, err := strconv.Atoi(text)
	if err != nil || major != "1" {
		return math.MaxInt
	}
	return minor
}

// CoreIsBefore reports whether the SDK's core is older than version 1 of that minor.
func CoreIsBefore(minor int) bool { return minorOf(aws.SDKVersion) < minor }

// getAttemptToken asks for permission to send. Retryers of the older kind always grant it;
// the standard one always has the same token for the first attempt of a call, which
// adds to the quota of retries when it is released without an error.
func (s *Settings) getAttemptToken(ctx context.Context, attempt int) (func(error) error, error) {
	if attempt == 1 && s.firstToken != nil {
		return s.firstToken, nil
	}
	v2, ok := s.Retryer.(aws.RetryerV2)
	switch {
	case !ok:
		return s.Retryer.GetInitialToken(), nil
	case attempt == 1:
		return v2.GetAttemptToken(ctx)
	default:
		return getLaterToken(ctx, v2)
	}
}

// getLaterToken returns the token of an attempt that is not the first of its call. From
// core v1.48 on, only first attempts add to the quota of the SDK's retryers. Those look for
// the attempt's number in the context, where only the core's own loop can put it, and to
// link that loop costs 53 kB. A retryer that has looked gets its token back with an error
// instead, which it takes as "add nothing". All others get what the attempt returned.
func getLaterToken(ctx context.Context, r aws.RetryerV2) (func(error) error, error) {
	watched := &watchedContext{Context: ctx}
	release, err := r.GetAttemptToken(watched)
	if err != nil || !watched.searched {
		return release, err
	}
	return func(err error) error {
		if err == nil {
			err = errLaterAttempt
		}
		return release(err)
	}, nil
}

var errLaterAttempt = errors.New("the attempt succeeded, but was not the first of its call")

// watchedContext is a context that notes whether anybody looked for what a middleware
// stack stores in contexts.
type watchedContext struct {
	context.Context
	searched bool
}

// Value returns the value of the context below.
func (c *watchedContext) Value(key any) any {
	if key != nil && reflect.TypeOf(key).PkgPath() == reflect.TypeFor[middleware.Metadata]().PkgPath() {
		c.searched = true
	}
	return c.Context.Value(key)
}
