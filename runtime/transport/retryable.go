package transport

import (
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/smithy-go"
)

// finalErrors reports that a service's answer is no reason to try again. It stands before
// the official checks, which search the chain of errors a dozen times to the same effect;
// what it can't decide is left to them.
type finalErrors struct{ checks []retry.IsErrorRetryable }

// withFinalErrors puts [finalErrors] before the checks.
func withFinalErrors(checks []retry.IsErrorRetryable) []retry.IsErrorRetryable {
	return append([]retry.IsErrorRetryable{&finalErrors{checks}}, checks...)
}

// IsErrorRetryable returns false for an error of a service that none of the official
// checks takes for a passing one, and otherwise that it does not know.
func (f *finalErrors) IsErrorRetryable(err error) aws.Ternary {
	answer, ok := itself[*awshttp.ResponseError](err) // what wraps one may have methods of its own
	if !ok || answer.ResponseError == nil || answer.Response == nil {
		return aws.UnknownTernary
	}
	failure, ok := itself[smithy.APIError](answer.Err)
	if !ok || isClassified(failure) || mentionConnection(answer.RequestID, failure.ErrorCode(), failure.ErrorMessage()) {
		return aws.UnknownTernary
	}
	for _, check := range f.checks {
		passing := false
		switch check := check.(type) {
		case retry.NoRetryCanceledError, retry.RetryableError, retry.RetryableConnectionError:
			// They look for what isClassified and mentionConnection have not found.
		case retry.RetryableHTTPStatusCode:
			_, passing = check.Codes[answer.HTTPStatusCode()]
		case retry.RetryableErrorCode:
			_, passing = check.Codes[failure.ErrorCode()]
		default: // a newer one
			passing = check.IsErrorRetryable(err) != aws.UnknownTernary
		}
		if passing {
			return aws.UnknownTernary
		}
	}
	return aws.FalseTernary
}

// isClassified reports whether an error has any of the methods by which the official
// checks classify errors, or wraps another error, which may have them.
func isClassified(err any) bool {
	switch err.(type) {
	case interface{ Unwrap() error }, interface{ Unwrap() []error }, interface{ As(any) bool },
		interface{ RetryableError() bool }, interface{ CanceledError() bool }, interface{ ConnectionError() bool },
		interface{ Temporary() bool }, interface{ Timeout() bool }, interface{ HTTPStatusCode() int }:
		return true
	}
	return false
}

// mentionConnection reports whether any of the texts may have the words by which
// [retry.RetryableConnectionError] knows a lost connection, wherever in an error's
// text they stand: "connection reset", "use of closed network connection".
func mentionConnection(texts ...string) bool {
	for _, text := range texts {
		if strings.Contains(text, "connection") {
			return true
		}
	}
	return false
}

// itself returns err as a T if it is one; not, as [errors.As] does, an error that it wraps.
func itself[T any](err any) (T, bool) {
	t, ok := err.(T)
	return t, ok
}
