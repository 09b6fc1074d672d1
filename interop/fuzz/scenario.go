package fuzz

import (
	"context"
	"flag"
	"fmt"
	"hash/crc32"
	"io"
	"math/rand/v2"
	"reflect"
	"strconv"
	"strings"
	"syscall"
	"time"

	"example.com/lathe/interop/compare"
	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
)

// Operation is what scenarios are made for.
type Operation struct {
	// Output is the official type of the output, from which bodies are made.
	Output reflect.Type
	// Key is a member's name in JSON by the name of its field.
	Key func(string) string
	// Errors are codes of errors that the operation knows.
	Errors []string
	// Checksums: each answer has the checksum of its body, as those of DynamoDB do.
	Checksums bool
	// Dateless: answers have no date, since the official package is older than the core and
	// takes nothing of its clock any more.
	Dateless bool
}

// Same calls a member in JSON as its field.
func Same(name string) string { return name }

// LowerFirst calls it so with a small first letter.
func LowerFirst(name string) string { return strings.ToLower(name[:1]) + name[1:] }

// Scripts and Seed are flags of tests: how many scenarios are run, and the seed of the first
// one, which those of the others follow.
var (
	Scripts = flag.Int("scripts", 2000, "how many random scenarios are run")
	Seed    = flag.Uint64("seed", 1, "the seed of the first one; those of the others follow")
)

// Defaults hold for both clients and all scenarios.
func Defaults() []compare.Setting {
	key := compare.Keys()["AKID"]
	return []compare.Setting{
		set("Region", "us-east-1"), set("Retryer", compare.Make(func(*compare.World) any { return steady(0) })),
		set("Credentials", aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) { return key, nil })),
	}
}

// Scenario is the scenario of a seed.
func (o *Operation) Scenario(seed uint64) compare.Scenario {
	g := &generator{op: o, Rand: rand.New(rand.NewPCG(seed, 1))}
	s := compare.Scenario{Name: fmt.Sprintf("seed %d", seed), Options: g.options()}
	for range 1 + g.IntN(3) {
		s.Calls = append(s.Calls, g.call())
	}
	for range 1 + g.IntN(5) {
		s.Replies = append(s.Replies, g.reply())
	}
	return s
}

// generator makes the parts of a scenario.
type generator struct {
	*rand.Rand

	op *Operation
}

// oneIn reports true once in n times.
func (g *generator) oneIn(n int) bool { return g.IntN(n) == 0 }

func pick[T any](g *generator, all ...T) T { return all[g.IntN(len(all))] }

func set(field string, value any) compare.Setting { return compare.Setting{Field: field, Value: value} }

// options are those of the client.
func (g *generator) options() []compare.Setting {
	attempts := g.IntN(5)
	out := []compare.Setting{set("Retryer", compare.Make(func(*compare.World) any { return steady(attempts) }))}
	if g.oneIn(3) {
		out = append(out, set("Region", pick(g, "us-west-2", "eu-central-1", "cn-north-1", "us-gov-west-1")))
	}
	if g.oneIn(4) {
		// Paths end with a slash: behind others our clients of awsJson add one, see docs/differences.md.
		out = append(out, set("BaseEndpoint", pick(g, "https://h.example", "http://h.example:8080/base/",
			"https://h.example/a/b/")))
	}
	if g.oneIn(4) {
		key := compare.Keys()["AKIDTOK"]
		out = append(out, set("Credentials",
			aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) { return key, nil })))
	}
	if g.oneIn(6) {
		out = append(out, set("AppID", pick(g, "app", "an app/1")))
	}
	if g.oneIn(6) {
		out = append(out, set("RetryMaxAttempts", g.IntN(4)))
	}
	if g.oneIn(6) {
		out = append(out, set("EndpointOptions.UseFIPSEndpoint", aws.FIPSEndpointStateEnabled))
	}
	return out
}

// steady is a retryer that waits a second each time.
func steady(attempts int) aws.Retryer {
	return retry.NewStandard(func(o *retry.StandardOptions) {
		o.Backoff = retry.BackoffDelayerFunc(func(int, error) (time.Duration, error) { return time.Second, nil })
		if attempts > 0 {
			o.MaxAttempts = attempts
		}
	})
}

// apart keeps ends of contexts from the moments at which anything else happens, which would
// leave it to chance what comes first.
const apart = 3 * time.Millisecond

func (g *generator) call() compare.Call {
	c := compare.Call{Seed: g.Uint64() | 1}
	if g.oneIn(5) {
		c.Timeout = time.Duration(1+g.IntN(8))*700*time.Millisecond + apart
	}
	if g.oneIn(10) {
		c.CancelAfter = time.Duration(g.IntN(6))*300*time.Millisecond + 2*apart
	}
	if g.oneIn(40) {
		c.Canceled = true
	}
	if g.oneIn(4) {
		c.Pause = time.Duration(g.IntN(400)) * time.Second
	}
	if g.oneIn(6) {
		c.Options = append(c.Options, set("RetryMaxAttempts", 1+g.IntN(4)))
	}
	if g.oneIn(8) {
		c.Options = append(c.Options, set("Region", pick(g, "us-east-2", "ap-south-1")))
	}
	return c
}

// reply is what the service answers.
func (g *generator) reply() compare.Reply {
	var r compare.Reply
	switch {
	case g.oneIn(8):
		r = compare.Reply{Err: pick(g, errReset, errRefused, errBroken, error(timeoutError{}))}
	case g.oneIn(2):
		r = g.failure()
	default:
		r = compare.Reply{Status: pick(g, 200, 200, 200, 201, 204, 202), Body: g.body()}
		if n := len(r.Body); n > 9 && g.oneIn(10) { // it breaks off before the JSON ends
			r.Length, r.Body, r.BodyErr = int64(n), r.Body[:1+g.IntN(n/2)], pick(g, errReset, io.ErrUnexpectedEOF)
		}
	}
	if g.oneIn(4) {
		r.Delay = time.Duration(g.IntN(30)) * 250 * time.Millisecond
	}
	if r.Err != nil {
		return r
	}
	r.Header = append(r.Header, g.header()...)
	if g.oneIn(4) && !g.op.Dateless {
		clock := time.Duration(g.IntN(1200)-600) * time.Second
		r.Clock = &clock
	}
	r.SmallReads = g.oneIn(4)
	if g.oneIn(5) && r.Length == 0 {
		r.Length = -1
	}
	if g.oneIn(8) {
		r.BodyDelay = time.Duration(g.IntN(10)) * 250 * time.Millisecond
	}
	if g.op.Checksums {
		r.Header = append(r.Header, "X-Amz-Crc32: "+strconv.FormatUint(uint64(crc32.ChecksumIEEE([]byte(r.Body))), 10))
	}
	return r
}

// header is what an answer has beside its code and its date.
func (g *generator) header() (lines []string) {
	if g.oneIn(2) {
		lines = append(lines, pick(g, "X-Amzn-Requestid: ", "X-Amz-Request-Id: ")+fmt.Sprintf("id-%d", g.IntN(1000)))
	}
	if g.oneIn(6) {
		lines = append(lines, "X-Amz-Retry-After: "+pick(g, "0", "500", "3000", "soon", "-1"))
	}
	if g.oneIn(8) {
		lines = append(lines, "Content-Type: "+pick(g, "application/json", "application/x-amz-json-1.0", "text/html"))
	}
	if g.oneIn(10) {
		lines = append(lines, pick(g, "X-Amz-Id-2: host", "Age: 3", "Connection: close", "Vary: *"))
	}
	return lines
}

// failure is an answer with the code of an error in one place, or without any.
func (g *generator) failure() compare.Reply {
	codes := append([]string{
		"ThrottlingException", "Throttling", "RequestLimitExceeded", "RequestTimeTooSkewed",
		"InvalidSignatureException", "ExpiredTokenException",
		"RequestTimeout", "InternalError", "NobodyKnowsThis", "AccessDeniedException", "ServiceUnavailable",
	}, g.op.Errors...)
	code := pick(g, codes...)
	r := compare.Reply{Status: pick(g, 400, 400, 401, 403, 404, 409, 413, 429, 500, 500, 502, 503, 504, 301, 418)}
	member := pick(g, `"message":"m"`, `"message":"a \"message\" é"`, `"message":null`, `"extra":{"a":[1,null]}`,
		`"message":"m","other":1`)
	named := pick(g, code, "com.example#"+code, code+":http://internal.example/")
	switch g.IntN(5) {
	case 0:
		r.Header, r.Body = []string{"X-Amzn-Errortype: " + named}, "{"+member+"}"
	case 1:
		r.Body = `{"__type":"` + named + `",` + member + "}"
	case 2:
		r.Body = `{"code":"` + named + `",` + member + "}"
	case 3:
		r.Header = []string{"X-Amzn-Errortype: " + named}
	default:
		r.Body = pick(g, "", "{}", "{"+member+"}")
	}
	if g.oneIn(12) {
		r.Header = append(r.Header, "Location: https://elsewhere.example/")
	}
	return r
}

var (
	errBroken  = fmt.Errorf("the line is dead")
	errReset   = fmt.Errorf("read tcp: %w", syscall.ECONNRESET)
	errRefused = fmt.Errorf("dial tcp: %w", syscall.ECONNREFUSED)
)

// timeoutError is a deadline of a connection.
type timeoutError struct{}

func (timeoutError) Error() string   { return "it took too long" }
func (timeoutError) Timeout() bool   { return true }
func (timeoutError) Temporary() bool { return true }
