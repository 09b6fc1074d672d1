package transport

import (
	"errors"
	"fmt"
	"time"

	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
)

// skewThreshold is how far the signing time may be off before an error that a
// wrong clock can cause is taken for one.
const skewThreshold = 4 * time.Minute

// clockSkewError marks an error as one of the clock, to be retried with the
// corrected time.
type clockSkewError struct{ err error }

func (e *clockSkewError) Error() string        { return fmt.Sprintf("Probable clock skew error: %v", e.err) }
func (e *clockSkewError) Unwrap() error        { return e.err }
func (e *clockSkewError) RetryableError() bool { return true }

// errorCoder is an error of a service.
type errorCoder interface {
	error
	ErrorCode() string
}

// asClockSkew wraps err when its code may come from a wrong clock and the time
// that the request was signed with is far from the service's, which is known from the
// response: lead is how far the service's clock is ahead of ours.
func (c *call) asClockSkew(err error, lead time.Duration) error {
	if (c.skew-lead).Abs() <= skewThreshold || !isClockSkewCode(codeOf(err)) {
		return err
	}
	return &clockSkewError{err: err}
}

// codeOf returns the code of an error of the service, empty for others. It looks first
// where the steps of the call put it.
func codeOf(err error) string {
	if answer, ok := itself[*awshttp.ResponseError](err); ok && answer.ResponseError != nil {
		err = answer.Err
	}
	coded, ok := itself[errorCoder](err)
	if !ok && !errors.As(err, &coded) {
		return ""
	}
	return coded.ErrorCode()
}

func isClockSkewCode(code string) bool {
	switch code {
	case "InvalidSignatureException", "SignatureDoesNotMatch", "AuthFailure",
		"RequestTimeTooSkewed", "AccessDeniedException":
		return true
	}
	return false
}
