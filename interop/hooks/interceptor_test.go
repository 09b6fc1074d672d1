package hooks

import (
	"context"
	"errors"
	"testing"

	smithyhttp "github.com/aws/smithy-go/transport/http"
)

// interceptor is one of every kind. It writes down what it gets, and fails at one point.
type interceptor struct {
	notes  *notes
	failAt string
}

var errIntercepted = errors.New("intercepted")

func (i interceptor) note(kind string, in *smithyhttp.InterceptorContext) error {
	var method, status any
	if in.Request != nil {
		method = in.Request.Method
	}
	if in.Response != nil {
		status = in.Response.StatusCode
	}
	i.notes.add("%s: input %v, request %v, output %v, response %v", kind, in.Input != nil, method, in.Output != nil, status)
	if kind == i.failAt {
		return errIntercepted
	}
	return nil
}

func (i interceptor) BeforeExecution(_ context.Context, in *smithyhttp.InterceptorContext) error {
	return i.note("BeforeExecution", in)
}

func (i interceptor) BeforeSerialization(_ context.Context, in *smithyhttp.InterceptorContext) error {
	return i.note("BeforeSerialization", in)
}

func (i interceptor) AfterSerialization(_ context.Context, in *smithyhttp.InterceptorContext) error {
	in.Request.Header.Set("X-Intercepted", "yes")
	return i.note("AfterSerialization", in)
}

func (i interceptor) BeforeRetryLoop(_ context.Context, in *smithyhttp.InterceptorContext) error {
	return i.note("BeforeRetryLoop", in)
}

func (i interceptor) BeforeAttempt(_ context.Context, in *smithyhttp.InterceptorContext) error {
	return i.note("BeforeAttempt", in)
}

func (i interceptor) BeforeSigning(_ context.Context, in *smithyhttp.InterceptorContext) error {
	return i.note("BeforeSigning", in)
}

func (i interceptor) AfterSigning(_ context.Context, in *smithyhttp.InterceptorContext) error {
	return i.note("AfterSigning", in)
}

func (i interceptor) BeforeTransmit(_ context.Context, in *smithyhttp.InterceptorContext) error {
	return i.note("BeforeTransmit", in)
}

func (i interceptor) AfterTransmit(_ context.Context, in *smithyhttp.InterceptorContext) error {
	return i.note("AfterTransmit", in)
}

func (i interceptor) BeforeDeserialization(_ context.Context, in *smithyhttp.InterceptorContext) error {
	return i.note("BeforeDeserialization", in)
}

func (i interceptor) AfterDeserialization(_ context.Context, in *smithyhttp.InterceptorContext) error {
	return i.note("AfterDeserialization", in)
}

func (i interceptor) AfterAttempt(_ context.Context, in *smithyhttp.InterceptorContext) error {
	return i.note("AfterAttempt", in)
}

func (i interceptor) AfterExecution(_ context.Context, in *smithyhttp.InterceptorContext) error {
	return i.note("AfterExecution", in)
}

// kinds are all kinds of interceptors; an empty name fails nowhere.
var kinds = []string{
	"", "BeforeExecution", "BeforeSerialization", "AfterSerialization", "BeforeRetryLoop", "BeforeAttempt", "BeforeSigning", "AfterSigning",
	"BeforeTransmit", "AfterTransmit", "BeforeDeserialization", "AfterDeserialization", "AfterAttempt", "AfterExecution",
}

func everyInterceptor(n *notes, failAt string) (all smithyhttp.InterceptorRegistry) {
	i := interceptor{n, failAt}
	all.AddBeforeExecution(i)
	all.AddBeforeSerialization(i)
	all.AddAfterSerialization(i)
	all.AddBeforeRetryLoop(i)
	all.AddBeforeAttempt(i)
	all.AddBeforeSigning(i)
	all.AddAfterSigning(i)
	all.AddBeforeTransmit(i)
	all.AddAfterTransmit(i)
	all.AddBeforeDeserialization(i)
	all.AddAfterDeserialization(i)
	all.AddAfterAttempt(i)
	all.AddAfterExecution(i)
	return all
}

func TestInterceptors(t *testing.T) {
	for _, kind := range kinds {
		for name, replies := range map[string][]reply{"found": {found}, "gone": {gone}, "throttled": {throttled, throttled, found}} {
			t.Run(kind+" "+name, func(t *testing.T) {
				for _, perCall := range []bool{false, true} {
					compare(t, scene{replies: replies, perCall: perCall, make: func(n *notes) hooks {
						return hooks{"Interceptors": everyInterceptor(n, kind)}
					}})
				}
			})
		}
	}
}
