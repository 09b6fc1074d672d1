package transport

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/smithy-go"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

// answeredWith wraps an error as an attempt does.
func answeredWith(status int, requestID string, err error) error {
	return &awshttp.ResponseError{RequestID: requestID, ResponseError: &smithyhttp.ResponseError{
		Response: &smithyhttp.Response{Response: &http.Response{StatusCode: status}}, Err: err,
	}}
}

// chatty is an error of a service that says one thing more.
type chatty struct {
	smithy.GenericAPIError
	answer bool
}

func (c *chatty) RetryableError() bool { return c.answer }

type temporary struct{ smithy.GenericAPIError }

func (*temporary) Temporary() bool { return true }

type wrapping struct {
	smithy.GenericAPIError
	err error
}

func (w *wrapping) Unwrap() error { return w.err }

// TestFinalErrorsAgree compares the verdict with and without the shortcut.
func TestFinalErrorsAgree(t *testing.T) {
	official := retry.NewStandard()
	ours := NewRetryer(aws.RetryModeStandard, 0)
	plain := func(code, message string) error { return &smithy.GenericAPIError{Code: code, Message: message} }
	leaves := []error{
		plain("ResourceNotFoundException", "gone"), plain("", ""), plain("X", "read: connection reset by peer"),
		plain("X", "use of closed network connection"), plain("connection reset", "x"),
		&thingError{}, plain("RequestTimeout", ""), plain("ThrottlingException", "slow"), plain("LimitExceededException", ""),
		&chatty{answer: true}, &chatty{}, &temporary{}, &wrapping{err: io.ErrUnexpectedEOF},
		&wrapping{err: &net.OpError{Op: "dial", Err: errors.New("refused")}}, &wrapping{err: context.Canceled},
		&smithy.DeserializationError{Err: io.ErrUnexpectedEOF}, &smithy.CanceledError{Err: context.Canceled},
		&smithyhttp.RequestSendError{Err: &url.Error{Op: "Get", URL: "x", Err: errors.New("connection refused")}},
		errors.New("connection reset"), io.EOF, &aws.RequestCanceledError{Err: context.Canceled},
	}
	shortened := 0
	for _, status := range []int{0, 200, 400, 403, 404, 429, 500, 501, 502, 503, 504} {
		for _, id := range []string{"", "id", "connection reset"} {
			for _, leaf := range leaves {
				inner := answeredWith(status, id, leaf)
				for _, err := range []error{inner, leaf, fmt.Errorf("wrapped: %w", inner), &clockSkewError{err: inner}} {
					if got, want := ours.IsErrorRetryable(err), official.IsErrorRetryable(err); got != want {
						t.Errorf("%d %q %T %v: retryable is %v, want %v", status, id, leaf, err, got, want)
					}
				}
				if (&finalErrors{retry.DefaultRetryables}).IsErrorRetryable(inner) == aws.FalseTernary {
					shortened++
				}
			}
		}
	}
	if shortened == 0 {
		t.Error("the shortcut was never taken")
	}
}

// TestUnknownChecksKeepTheirSay: a check that is not known decides as it does without
// the shortcut, in both directions.
func TestUnknownChecksKeepTheirSay(t *testing.T) {
	gone := answeredWith(404, "id", &smithy.GenericAPIError{Code: "ResourceNotFoundException"})
	for verdict, want := range map[aws.Ternary]bool{aws.TrueTernary: true, aws.FalseTernary: false, aws.UnknownTernary: false} {
		check := retry.IsErrorRetryableFunc(func(error) aws.Ternary { return verdict })
		checks := withFinalErrors(append([]retry.IsErrorRetryable{check}, retry.DefaultRetryables...))
		if got := retry.IsErrorRetryables(checks).IsErrorRetryable(gone).Bool(); got != want {
			t.Errorf("%v: retryable is %v, want %v", verdict, got, want)
		}
	}
}

// A check that a service adds counts as the official ones do.
func TestRetryableOfService(t *testing.T) {
	r := NewRetryer(aws.RetryModeStandard, 0, func(o *retry.StandardOptions) {
		o.Retryables = append(o.Retryables, retry.RetryableErrorCode{Codes: map[string]struct{}{"Busy": {}}})
	})
	if !r.IsErrorRetryable(answeredWith(400, "request-1", &smithy.GenericAPIError{Code: "Busy"})) {
		t.Error("the error is not retried")
	}
}
