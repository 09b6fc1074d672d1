package clienttest

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"

	"example.com/lathe/generated/datazone"
	"example.com/lathe/generated/datazone/types"
)

// service is an HTTP client that stands for a service with a clock of its own. It
// refuses signatures that its clock finds too old or too young.
type service struct {
	ahead time.Duration
	// code is what it refuses with.
	code string
	// mute leaves out the header Date.
	mute bool
	// strict refuses in any case.
	strict bool
	// signed are the signing times, by the local clock.
	signed []time.Duration
	last   *http.Request
}

func (s *service) Do(r *http.Request) (*http.Response, error) {
	signed, err := time.Parse("20060102T150405Z", r.Header.Get("X-Amz-Date"))
	if err != nil {
		return nil, err
	}
	s.signed, s.last = append(s.signed, time.Until(signed).Round(time.Second)), r
	now := time.Now().Add(s.ahead)
	resp := respond(200, strings.NewReader(`{"id":"run-1"}`))
	if off := now.Sub(signed).Abs(); s.strict || off > 5*time.Minute {
		resp = respond(403, strings.NewReader(`{"message":"look at your clock"}`), "X-Amzn-Errortype", s.code)
	}
	if !s.mute {
		resp.Header.Set("Date", now.UTC().Format(http.TimeFormat))
	}
	return resp, nil
}

// calls makes n calls and returns the error of the last.
func (s *service) calls(n int, optFns ...func(*datazone.Options)) error {
	client := newClient(s)
	var err error
	for range n {
		_, err = call(client, optFns...)
	}
	return err
}

// TestClockSkew has a service refuse requests because of their signing time.
func TestClockSkew(t *testing.T) {
	const hour = time.Hour
	for name, c := range map[string]struct {
		service service
		calls   int
		signed  []time.Duration // of all attempts, by the local clock
		ok      bool
	}{
		"ahead":               {service{ahead: hour, code: "InvalidSignatureException"}, 1, []time.Duration{0, hour}, true},
		"behind":              {service{ahead: -hour, code: "InvalidSignatureException"}, 1, []time.Duration{0, -hour}, true},
		"the next call knows": {service{ahead: hour, code: "InvalidSignatureException"}, 3, []time.Duration{0, hour, hour, hour}, true},
		"too skewed":          {service{ahead: hour, code: "RequestTimeTooSkewed"}, 1, []time.Duration{0, hour}, true},
		"does not match":      {service{ahead: hour, code: "SignatureDoesNotMatch"}, 1, []time.Duration{0, hour}, true},
		"auth failure":        {service{ahead: hour, code: "AuthFailure"}, 1, []time.Duration{0, hour}, true},
		"access denied":       {service{ahead: hour, code: "AccessDeniedException"}, 2, []time.Duration{0, hour, hour}, true},
		"another code":        {service{ahead: hour, code: "ValidationException"}, 1, []time.Duration{0}, false},
		"no date":             {service{ahead: hour, code: "InvalidSignatureException", mute: true}, 2, []time.Duration{0, 0}, false},
		"clocks agree":        {service{code: "AccessDeniedException", strict: true}, 1, []time.Duration{0}, false},
		"little skew":         {service{ahead: 3 * time.Minute, code: "AccessDeniedException", strict: true}, 1, []time.Duration{0}, false},
		"refused for good":    {service{ahead: hour, code: "InvalidSignatureException", strict: true}, 1, []time.Duration{0, hour}, false},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				err := c.service.calls(c.calls)
				if (err == nil) != c.ok {
					t.Errorf("error is %v, want success: %t", err, c.ok)
				}
				if len(c.service.signed) != len(c.signed) {
					t.Fatalf("signed for %v, want %v", c.service.signed, c.signed)
				}
				for i, want := range c.signed {
					if got := c.service.signed[i]; (got - want).Abs() > time.Second {
						t.Errorf("attempt %d was signed for %v from now, want %v", i+1, got, want)
					}
				}
			})
		})
	}
}

// TestClockSkewCorrectionIsOff: nothing that the service says of the time counts, whether
// the client or the call has it so, or a configuration.
func TestClockSkewCorrectionIsOff(t *testing.T) {
	off := func(o *datazone.Options) { o.DisableClockSkewCorrection = true }
	for name, start := range map[string]func(*service) (*datazone.Client, []func(*datazone.Options)){
		"client": func(s *service) (*datazone.Client, []func(*datazone.Options)) { return newClient(s, off), nil },
		"call": func(s *service) (*datazone.Client, []func(*datazone.Options)) {
			return newClient(s), []func(*datazone.Options){off}
		},
		"configuration": func(s *service) (*datazone.Client, []func(*datazone.Options)) {
			return datazone.NewFromConfig(aws.Config{
				Region: "eu-west-1", Credentials: credentials{}, HTTPClient: s, Retryer: quick, DisableClockSkewCorrection: true,
			}, hook), nil
		},
	} {
		synctest.Test(t, func(t *testing.T) {
			s := &service{ahead: time.Hour, code: "RequestTimeTooSkewed"}
			client, options := start(s)
			for range 2 {
				if _, err := call(client, options...); err == nil {
					t.Errorf("%s: no error", name)
				}
			}
			if !slices.Equal(s.signed, []time.Duration{0, 0}) {
				t.Errorf("%s: signed for %v from now, want two attempts of the local time", name, s.signed)
			}
		})
	}
}

// TestClockIsPutRight has the service's clock jump between calls.
func TestClockIsPutRight(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &service{ahead: time.Hour, code: "RequestTimeTooSkewed"}
		client := newClient(s)
		for _, ahead := range []time.Duration{time.Hour, 0, -time.Hour} {
			s.ahead, s.signed = ahead, nil
			if _, err := call(client); err != nil {
				t.Fatal(err)
			}
			if n := len(s.signed); n != 2 || s.signed[1] != ahead {
				t.Errorf("signed for %v, want two attempts and the last %v from now", s.signed, ahead)
			}
		}
	})
}

// TestClockIsTheClients sees that the correction is kept with the client: calls with
// options of their own have it too, other clients do not.
func TestClockIsTheClients(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &service{ahead: time.Hour, code: "RequestTimeTooSkewed"}
		client := newClient(s)
		option := func(o *datazone.Options) { o.AppID = "other" }
		for range 2 {
			if _, err := call(client, option); err != nil {
				t.Fatal(err)
			}
		}
		if n := len(s.signed); n != 3 {
			t.Errorf("%d attempts for two calls, want three", n)
		}
		if err := s.calls(1); err != nil || len(s.signed) != 5 {
			t.Errorf("%d attempts with the other client's, want five: %v", len(s.signed), err)
		}
	})
}

// TestDeadlineIsTold sees that the service is reported, on its own clock, until when the
// caller waits.
func TestDeadlineIsTold(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &service{ahead: time.Hour, code: "RequestTimeTooSkewed"}
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		if _, err := newClient(s).GetDataSourceRun(ctx, input()); err != nil {
			t.Fatal(err)
		}
		// The bubble's clock begins with the year 2000.
		if got, want := s.last.Header.Get("Amz-Sdk-Request"), "attempt=2; max=3; ttl=20000101T010100Z"; got != want {
			t.Errorf("the last attempt says %q, want %q", got, want)
		}
	})
}

// TestSkewedErrorKeepsItsType refuses for good, with an error that the clock could
// explain.
func TestSkewedErrorKeepsItsType(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &service{ahead: time.Hour, code: "AccessDeniedException", strict: true}
		err := s.calls(1, func(o *datazone.Options) { o.RetryMaxAttempts = 1 })
		check(t, err, operation("exceeded maximum number of attempts, 1, Probable clock skew error: "+
			"https response error StatusCode: 403, RequestID: request-1, AccessDeniedException: look at your clock"))
		if _, ok := errors.AsType[*types.AccessDeniedException](err); !ok {
			t.Errorf("no typed error in %v", err)
		}
	})
}
