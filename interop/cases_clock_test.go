package interop

import (
	"fmt"
	"time"

	"example.com/lathe/interop/compare"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
)

// throttleCases send the codes of throttling.
func throttleCases() (out []scenario) {
	for _, code := range []string{
		"Throttling", "ThrottledException", "RequestThrottledException", "TooManyRequestsException", "SlowDown",
		"ProvisionedThroughputExceededException", "RequestLimitExceeded", "BandwidthLimitExceeded", "EC2ThrottledException",
		"TransactionInProgressException", "RequestThrottled", "PriorRequestNotComplete",
	} {
		out = append(out, failing("throttling/"+code, code, `{"message":"m"}`, 400, code, 3))
	}
	return out
}

// skewCases have a service whose clock differs.
func skewCases() (out []scenario) {
	ahead := func(d time.Duration) *time.Duration { return &d }
	refusal := func(code string, clock time.Duration) compare.Reply {
		return compare.Reply{Status: 403, Header: []string{"X-Amzn-Errortype: " + code}, Body: `{"message":"m"}`, Clock: ahead(clock)}
	}
	answer := func(clock time.Duration) compare.Reply { return compare.Reply{Body: fullOutput, Clock: ahead(clock)} }
	for _, code := range []string{
		"InvalidSignatureException", "SignatureDoesNotMatch", "AuthFailure", "RequestTimeTooSkewed", "AccessDeniedException",
		"RequestExpired", "ValidationException",
	} {
		for _, clock := range []time.Duration{time.Hour, -time.Hour, 5 * time.Minute, 4 * time.Minute, 4*time.Minute + time.Second, -3 * time.Minute, 0} {
			out = append(out, scenario{
				Name:    fmt.Sprintf("skew/%s/%v", code, clock),
				Calls:   []compare.Call{{}, {Pause: time.Minute}},
				Replies: []compare.Reply{refusal(code, clock), answer(clock), answer(clock)},
				Want:    skewWant(code, clock),
			})
		}
	}
	two := []compare.Call{{}, {Pause: time.Second, Timeout: time.Hour}, {Timeout: time.Hour}}
	return append(out,
		scenario{Name: "skew/learned from success", Calls: two, Replies: []compare.Reply{answer(time.Hour)}, Want: "ok; ok; ok"},
		scenario{Name: "skew/learned and lost", Calls: two, Replies: []compare.Reply{answer(-time.Hour), answer(0), answer(0)}, Want: "ok; ok; ok"},
		scenario{Name: "skew/learned, then no date", Calls: two, Replies: []compare.Reply{answer(time.Hour), fine}, Want: "ok; ok; ok"},
		scenario{
			Name: "skew/learned, then a fault without date", Calls: two, Replies: []compare.Reply{answer(time.Hour), fault, fine},
			Want: "ok; ok; ok (4 sent)",
		},
		scenario{
			Name: "skew/of another attempt than the last", Calls: two, Want: "ok; ok; ok (4 sent)",
			Replies: []compare.Reply{{Status: 500, Body: `{}`, Clock: ahead(-time.Hour)}, fine},
		},
		scenario{
			Name: "skew/of a cache", Calls: two, Want: "ok; ok; ok",
			Replies: []compare.Reply{{Body: fullOutput, Clock: ahead(time.Hour), Header: []string{"Age: 5"}}},
		},
		scenario{
			Name: "skew/after a very long answer", Calls: two, Want: "ok; ok; ok",
			Replies: []compare.Reply{{Body: fullOutput, Clock: ahead(time.Hour), Delay: 16 * time.Minute}, fine},
		},
		scenario{Name: "skew/refused for ever", Replies: []compare.Reply{refusal("RequestTimeTooSkewed", time.Hour)}, Want: "403 RequestTimeTooSkewed (2 sent)"},
		scenario{
			Name: "skew/wandering clock", Want: "403 RequestTimeTooSkewed (3 sent)",
			Replies: []compare.Reply{refusal("RequestTimeTooSkewed", time.Hour), refusal("RequestTimeTooSkewed", 2*time.Hour), refusal("RequestTimeTooSkewed", 0)},
		},
		scenario{
			Name: "skew/deadline", Calls: []compare.Call{{Timeout: time.Minute}},
			Replies: []compare.Reply{refusal("RequestTimeTooSkewed", time.Hour), fine}, Want: "ok (2 sent)",
		},
		scenario{
			Name: "skew/one attempt", Options: settings{set("Retryer", retry.AddWithMaxAttempts(standard(), 1))},
			Replies: []compare.Reply{refusal("RequestTimeTooSkewed", time.Hour)}, Want: "403 RequestTimeTooSkewed",
		},
	)
}

// skewWant is what comes of a refusal that a wrong clock may have caused.
func skewWant(code string, clock time.Duration) string {
	if code == "RequestExpired" || code == "ValidationException" || clock.Abs() <= 4*time.Minute {
		return "403 " + code + "; ok"
	}
	return "ok; ok (3 sent)"
}

// cancelCases cancel calls, before and at every moment of them.
func cancelCases() []scenario {
	const canceled = "smithy.CanceledError"
	row := func(name, want string, call compare.Call, replies ...compare.Reply) scenario {
		return scenario{Name: "cancel/" + name, Calls: []compare.Call{call}, Replies: replies, Want: want}
	}
	slow := compare.Reply{Body: fullOutput, Delay: time.Minute}
	slowBody := compare.Reply{Body: fullOutput, BodyDelay: time.Minute}
	return []scenario{
		row("before", "errors.errorString (0 sent)", compare.Call{Canceled: true}, fine),
		row("before, empty label", "smithy.SerializationError (0 sent)", compare.Call{Canceled: true, Input: settings{set("Identifier", "")}}, fine),
		row("while waiting", canceled, compare.Call{CancelAfter: time.Second}, slow),
		row("deadline while waiting", canceled, compare.Call{Timeout: time.Second}, slow),
		row("by the reply", canceled, compare.Call{}, compare.Reply{Cancel: compare.WhileWaiting}),
		row("after the head", "ok", compare.Call{}, compare.Reply{Body: fullOutput, Cancel: compare.AfterHead}),
		row("after the head of an error", "404 ResourceNotFoundException", compare.Call{}, compare.Reply{
			Status: 404, Header: absent.Header, Body: absent.Body, Cancel: compare.AfterHead,
		}),
		row("after the head of a fault", "500 InternalServerException", compare.Call{}, compare.Reply{
			Status: 500, Body: fault.Body, Cancel: compare.AfterHead,
		}),
		row("in the body", "200 smithy.DeserializationError", compare.Call{}, compare.Reply{Body: fullOutput[:90], Cancel: compare.InBody}),
		row("in the body of an error", "404 smithy.DeserializationError", compare.Call{}, compare.Reply{
			Status: 404, Header: absent.Header, Body: `{"mess`, Cancel: compare.InBody,
		}),
		row("in the body of a fault", "500 smithy.DeserializationError", compare.Call{}, compare.Reply{
			Status: 500, Body: `{"mess`, Cancel: compare.InBody,
		}),
		row("before the body", "200 smithy.DeserializationError", compare.Call{CancelAfter: time.Second}, slowBody),
		row("deadline before the body", "200 smithy.DeserializationError", compare.Call{Timeout: time.Second}, slowBody),
		row("in the wait for a retry", "aws.RequestCanceledError", compare.Call{CancelAfter: 500 * time.Millisecond}, fault, fine),
		row("deadline in the wait for a retry", "aws.RequestCanceledError", compare.Call{Timeout: 500 * time.Millisecond}, fault, fine),
		row("in the second attempt", canceled+" (2 sent)", compare.Call{CancelAfter: 1500 * time.Millisecond}, fault, slow),
		row("with an error of the transport", canceled, compare.Call{}, compare.Reply{Cancel: compare.WhileWaiting, Err: errBroken}),
		row("with response and error", "500 "+canceled, compare.Call{}, compare.Reply{
			Status: 500, Cancel: compare.AfterHead, Err: errBroken, WithResponse: true,
		}),
		row("deadline far away", "ok", compare.Call{Timeout: time.Hour}, slow),
	}
}
