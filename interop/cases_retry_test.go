package interop

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"example.com/lathe/interop/compare"
	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/ratelimit"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
)

// Replies that come often.
var (
	fine     = compare.Reply{Body: fullOutput}
	fault    = compare.Reply{Status: 500, Body: `{"__type":"InternalServerException","message":"m"}`}
	busy     = compare.Reply{Status: 503}
	throttle = compare.Reply{Status: 429, Header: []string{"X-Amzn-Errortype: ThrottlingException"}, Body: `{"message":"slow down"}`}
	dead     = compare.Reply{Err: errReset}
	absent   = compare.Reply{Status: 404, Header: []string{"X-Amzn-Errortype: ResourceNotFoundException"}, Body: `{"message":"m"}`}
)

// retryCases try again, as the retryer says.
func retryCases() []scenario {
	const exhausted = "500 InternalServerException (3 sent)"
	out := []scenario{
		reply("retry/fault, then fine", "ok (2 sent)", fault, fine),
		reply("retry/fault twice, then fine", "ok (3 sent)", fault, busy, fine),
		reply("retry/fault for ever", exhausted, fault),
		reply("retry/throttled, then fine", "ok (2 sent)", throttle, fine),
		reply("retry/dead, then fine", "ok (2 sent)", dead, fine),
		reply("retry/dead for ever", "smithyhttp.RequestSendError (3 sent)", dead),
		reply("retry/refused, then fine", "ok (2 sent)", compare.Reply{Err: errRefused}, fine),
		reply("retry/timeout, then fine", "ok (2 sent)", compare.Reply{Err: errTimeout}, fine),
		reply("retry/other error of the transport", "smithyhttp.RequestSendError (3 sent)", compare.Reply{Err: errBroken}),
		reply("retry/error with response", "500 smithyhttp.RequestSendError (3 sent)", compare.Reply{Status: 500, Err: errBroken, WithResponse: true}),
		reply("retry/error with fine response", "200 smithyhttp.RequestSendError (3 sent)", compare.Reply{Body: fullOutput, Err: errBroken, WithResponse: true}),
		reply("retry/error with response without body", "500 smithyhttp.RequestSendError (3 sent)", compare.Reply{Status: 500, Err: errBroken, WithResponse: true, NilBody: true}),
		reply("retry/different failures", "404 ResourceNotFoundException (3 sent)", fault, dead, absent),
		reply("retry/fault, then absent", "404 ResourceNotFoundException (2 sent)", fault, absent),
		reply("retry/absent is final", "404 ResourceNotFoundException", absent, fine),
		reply("retry/slow answers", "ok (2 sent)", compare.Reply{Status: 500, Delay: 7 * time.Second}, compare.Reply{Body: fullOutput, Delay: time.Minute}),
		reply("retry/code that is retried", "400 RequestTimeout (3 sent)", compare.Reply{Status: 400, Body: `{"code":"RequestTimeout"}`}),
		reply("retry/header retry-after", "ok (2 sent)", compare.Reply{Status: 503, Header: []string{"Retry-After: 7"}}, fine),
	}
	out = append(out, attemptCases()...)
	out = append(out, retryerCases()...)
	out = append(out, quotaCases()...)
	return append(out, newRetryCases()...)
}

// attemptCases limit the attempts, in the options and for the call.
func attemptCases() (out []scenario) {
	for _, most := range []int{0, 1, 2, 3, 5, -1} {
		for _, own := range []int{0, 1, 4} {
			first, both := attempts(most, own)
			limits := fmt.Sprintf("%d, %d for the call", most, own)
			call := compare.Call{Options: settings{set("RetryMaxAttempts", own)}}
			out = append(out, scenario{
				Name:    "attempts/" + limits,
				Options: settings{set("RetryMaxAttempts", most), set("Retryer", nil)}, RandomWaits: true,
				Calls: []compare.Call{call}, Replies: []compare.Reply{fault}, Want: sentTimes("500 InternalServerException", 1, first),
			}, scenario{
				Name:    "attempts/of a retryer, " + limits,
				Options: settings{set("RetryMaxAttempts", most)},
				Calls:   []compare.Call{call, {}}, Replies: []compare.Reply{dead},
				Want: sentTimes("smithyhttp.RequestSendError; smithyhttp.RequestSendError", 2, both),
			})
		}
	}
	return out
}

// attempts is how often the official client sends one call with its own limit, and
// that call and one more. Less than nothing is no limit; the quota of 500 then ends it,
// of which a retry takes 14, or 5 at the floor.
func attempts(most, own int) (first, both int) {
	endless := 1 + 500/sinceCore48(14, 5)
	second := map[int]int{0: 3, -1: endless}[most]
	if most > 0 {
		second = most
	}
	first = second
	if own != 0 {
		first = own
	}
	if most < 0 {
		return first, endless + 1
	}
	return first, first + second
}

// sentTimes is a summary of calls with the number of requests.
func sentTimes(outcome string, calls, sent int) string {
	if sent == calls {
		return outcome
	}
	return fmt.Sprintf("%s (%d sent)", outcome, sent)
}

// retryerCases use retryers of other kinds.
func retryerCases() []scenario {
	with := func(name, want string, retryer func(*compare.World) any, replies ...compare.Reply) scenario {
		return scenario{
			Name: "retryer/" + name, Options: settings{set("Retryer", compare.Make(retryer))},
			RandomWaits: strings.HasPrefix(name, "adaptive"), Replies: replies, Want: want,
		}
	}
	noted := func(r noting) func(*compare.World) any {
		return func(w *compare.World) any { r.world = w; return r.kind() }
	}
	return []scenario{
		with("never", "500 InternalServerException", func(*compare.World) any { return aws.NopRetryer{} }, fault),
		with("adaptive", "ok (3 sent)", func(*compare.World) any { return retry.NewAdaptiveMode() }, dead, fault, fine),
		with("adaptive, throttled", "ok (3 sent)", adaptiveFree, throttle, throttle, fine),
		with("adaptive, failing without tokens", "errors.errorString", adaptiveFailing, throttle),
		with("without limit", "ok (5 sent)", noted(noting{most: 0}), fault, fault, fault, fault, fine),
		with("four", "500 InternalServerException (4 sent)", noted(noting{most: 4}), fault),
		with("of the old kind", "ok (2 sent)", noted(noting{most: 3, old: true}), fault, fine),
		with("no attempt token", "errors.errorString (0 sent)", noted(noting{most: 3, noAttempt: true}), fine),
		with("no retry token", "500 InternalServerException", noted(noting{most: 3, noRetry: true}), fault),
		with("no delay", "errors.errorString", noted(noting{most: 3, noDelay: true}), fault),
		with("release fails", "500 InternalServerException", noted(noting{most: 3, noRelease: true}), fault),
		with("release fails after success", "ok", noted(noting{most: 3, noRelease: true}), fine),
		with("retries everything", "404 ResourceNotFoundException (3 sent)", noted(noting{most: 3, all: true}), absent),
		with("retries nothing", "500 InternalServerException", noted(noting{most: 3, none: true}), fault),
		{
			Name: "retryer/by mode adaptive", Options: settings{set("Retryer", nil), set("RetryMode", aws.RetryModeAdaptive)},
			RandomWaits: true, Replies: []compare.Reply{fault, busy, fine}, Want: "ok (3 sent)",
		},
		{
			Name:    "retryer/by mode adaptive, two attempts",
			Options: settings{set("Retryer", nil), set("RetryMode", aws.RetryModeAdaptive), set("RetryMaxAttempts", 2)}, RandomWaits: true,
			Replies: []compare.Reply{fault}, Want: "500 InternalServerException (2 sent)",
		},
		{
			Name: "retryer/by mode standard", Options: settings{set("Retryer", nil), set("RetryMode", aws.RetryModeStandard)},
			RandomWaits: true, Replies: []compare.Reply{fault}, Want: "500 InternalServerException (3 sent)",
		},
		{
			Name: "retryer/by unknown mode", Options: settings{set("Retryer", nil), set("RetryMode", aws.RetryMode("wild"))},
			RandomWaits: true, Replies: []compare.Reply{fault}, Want: "500 InternalServerException (3 sent)",
		},
		{
			Name:    "retryer/of the call",
			Calls:   []compare.Call{{Options: settings{set("Retryer", aws.NopRetryer{})}}, {}},
			Replies: []compare.Reply{fault}, Want: "500 InternalServerException; 500 InternalServerException (4 sent)",
		},
		{
			Name:    "retryer/mode of the call has no effect",
			Calls:   []compare.Call{{Options: settings{set("RetryMode", aws.RetryModeAdaptive)}}},
			Replies: []compare.Reply{fault, fine}, Want: "ok (2 sent)",
		},
	}
}

// adaptiveFree is an adaptive retryer whose tokens cost nothing. It rounds the
// time that it waits for a token, and may then wait for ever where time passes in
// exactly the steps that are waited for.
func adaptiveFree(*compare.World) any {
	return retry.NewAdaptiveMode(func(o *retry.AdaptiveModeOptions) { o.RequestCost = 0 })
}

// adaptiveFailing is an adaptive retryer that does not wait for tokens.
func adaptiveFailing(*compare.World) any {
	return retry.NewAdaptiveMode(func(o *retry.AdaptiveModeOptions) {
		o.FailOnNoAttemptTokens = true
		o.StandardOptions = append(o.StandardOptions, func(o *retry.StandardOptions) {
			o.Backoff = retry.BackoffDelayerFunc(func(int, error) (time.Duration, error) { return time.Millisecond, nil })
		})
	})
}

// quotaCases use up the tokens for retries, of which there are enough for two faults.
func quotaCases() []scenario {
	small := compare.Make(func(*compare.World) any {
		return standard(func(o *retry.StandardOptions) { o.RateLimiter = ratelimit.NewTokenRateLimit(sinceCore48[uint](30, 12)) })
	})
	four := []compare.Call{{}, {}, {}, {}}
	return []scenario{
		{
			Name: "quota/faults", Options: settings{set("Retryer", small)}, Calls: four, Replies: []compare.Reply{fault},
			Want: "500 InternalServerException; 500 InternalServerException; 500 InternalServerException; 500 InternalServerException (6 sent)",
		},
		{
			Name: "quota/timeouts", Options: settings{set("Retryer", small)}, Calls: four, Replies: []compare.Reply{{Err: errTimeout}},
			Want: "smithyhttp.RequestSendError; smithyhttp.RequestSendError; smithyhttp.RequestSendError; smithyhttp.RequestSendError" +
				sinceCore48(" (6 sent)", " (5 sent)"),
		},
		{
			Name: "quota/is given back", Options: settings{set("Retryer", small)}, Calls: four,
			Replies: []compare.Reply{fault, fine, fault, fine, fault, fine, fault, fine}, Want: "ok; ok; ok; ok (8 sent)",
		},
	}
}

// newRetryCases ask for waits, with and without the variable by which the cores before
// v1.48 were reported to heed them.
func newRetryCases() (out []scenario) {
	after := func(value string) compare.Reply {
		return compare.Reply{Status: 503, Header: []string{"X-Amz-Retry-After: " + value}}
	}
	for name, replies := range map[string][]compare.Reply{
		"fault": {fault, fine}, "throttled": {throttle, throttle, fine}, "dead": {dead, fine},
		"told to wait": {after("2500"), fine}, "told to wait too long": {after("99999999"), fine},
		"told nonsense": {after("soon"), fine}, "told less than nothing": {after("-5"), fine}, "told zero": {after("0"), fine},
		"told too much to count": {after("99999999999999999999"), fine},
	} {
		want := sentTimes("ok", 1, len(replies))
		out = append(out,
			scenario{Name: "retries asked for/" + name, Replies: replies, Want: want},
			scenario{Name: "new retries/" + name, Env: map[string]string{"AWS_NEW_RETRIES_2026": "true"}, Replies: replies, Want: want})
	}
	return out
}

// noting is a retryer that notes what it is asked.
type noting struct {
	world                            *compare.World
	most                             int
	old, noAttempt, noRetry, noDelay bool
	noRelease, all, none             bool
}

var errNoToken = errors.New("no token")

// kind returns the retryer, without the newer method if it is old.
func (n noting) kind() aws.Retryer {
	if n.old {
		return n
	}
	return notingV2{n}
}

func (n noting) IsErrorRetryable(err error) bool {
	n.world.Note(fmt.Sprintf("retryable? %T", err))
	return n.all || !n.none && standard().IsErrorRetryable(err)
}

func (n noting) MaxAttempts() int { n.world.Note("attempts?"); return n.most }

func (n noting) RetryDelay(attempt int, err error) (time.Duration, error) {
	n.world.Note(fmt.Sprintf("delay? %d %T", attempt, err))
	if n.noDelay {
		return 0, errNoToken
	}
	return time.Duration(attempt) * time.Second, nil
}

func (n noting) GetRetryToken(_ context.Context, err error) (func(error) error, error) {
	n.world.Note(fmt.Sprintf("retry token? %T", err))
	if n.noRetry {
		return nil, errNoToken
	}
	return n.release("retry"), nil
}

func (n noting) GetInitialToken() func(error) error {
	n.world.Note("initial token?")
	return n.release("initial")
}

func (n noting) release(kind string) func(error) error {
	return func(err error) error {
		n.world.Note(fmt.Sprintf("release %s token, %T", kind, err))
		if n.noRelease {
			return errNoToken
		}
		return nil
	}
}

type notingV2 struct{ noting }

func (n notingV2) GetAttemptToken(context.Context) (func(error) error, error) {
	n.world.Note("attempt token?")
	if n.noAttempt {
		return nil, errNoToken
	}
	return n.release("attempt"), nil
}
