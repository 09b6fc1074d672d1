package clienttest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"runtime"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	awsmiddleware "github.com/aws/aws-sdk-go-v2/aws/middleware"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/smithy-go"
	smithyhttp "github.com/aws/smithy-go/transport/http"

	"example.com/lathe/generated/datazone"
	"example.com/lathe/generated/datazone/types"
)

// badBodies are bodies of a successful answer that can't be read, with what is said
// of them.
func badBodies() map[string]string {
	bad := map[string]string{
		`{"id":"run-1"`:              `invalid JSON at byte 13: unexpected EOF`,
		`{"id":"run`:                 `invalid JSON at byte 10: unexpected EOF`,
		`{"id":`:                     `invalid JSON at byte 6: unexpected EOF`,
		`{`:                          `invalid JSON at byte 1: unexpected EOF`,
		`<html>Hello</html>`:         `invalid JSON at byte 0: invalid character '<' instead of a value`,
		`{"id":nul}`:                 `invalid JSON at byte 9: invalid character '}' in the word null`,
		`{"id":"a" "b":1}`:           `invalid JSON at byte 10: invalid character '"' after a member (expecting ',' or '}')`,
		`{id:"a"}`:                   `invalid JSON at byte 1: invalid character 'i' instead of a value`,
		`[]`:                         `expected an object, got an array`,
		`"run-1"`:                    `expected an object, got a string`,
		`7`:                          `expected an object, got a number`,
		`true`:                       `expected an object, got a boolean`,
		"{\"id\":\"a\x00b\"}":        `invalid JSON at byte 8: invalid character '\x00' in a string`,
		`{"createdAt":"yesterday"}`:  "member createdAt: expected a timestamp, got a string of another format",
		`{"createdAt":""}`:           "member createdAt: expected a timestamp, got a string of another format",
		`{"startedAt":1700000000.5}`: `member startedAt: expected a timestamp as a string, got a number`,
		`{"lineageSummary":{"importStatus":{"a":1}}}`: `member lineageSummary/importStatus: expected a string, got an object`,
		`{"errorMessage":{"errorDetail":false}}`:      `member errorMessage/errorDetail: expected a string, got a boolean`,
	}
	for _, name := range []string{"domainId", "dataSourceId", "id", "projectId", "status", "type", "dataSourceConfigurationSnapshot"} {
		bad[`{"`+name+`":1}`] = "member " + name + ": expected a string, got a number"
	}
	for _, name := range []string{"createdAt", "updatedAt", "startedAt", "stoppedAt"} {
		bad[`{"`+name+`":[]}`] = "member " + name + ": expected a timestamp as a string, got an array"
	}
	for _, name := range []string{"runStatisticsForAssets", "lineageSummary", "errorMessage"} {
		bad[`{"`+name+`":"x"}`] = "member " + name + ": expected an object, got a string"
	}
	for _, name := range []string{"added", "updated", "unchanged", "skipped", "failed"} {
		path := "member runStatisticsForAssets/" + name + ": "
		for value, want := range map[string]string{
			"5000000000": "the number does not fit a 32-bit integer", "-2147483649": "the number does not fit a 32-bit integer",
			"1.5": "expected an integer, got a number with a fraction or an exponent", `"1"`: "expected an integer, got a string",
			"1e3": "expected an integer, got a number with a fraction or an exponent", strings.Repeat("9", 50): "the number does not fit a 32-bit integer",
		} {
			bad[`{"runStatisticsForAssets":{"`+name+`":`+value+`}}`] = path + want
		}
	}
	return bad
}

// TestBadBodies answers with bodies that are not the operation's output.
func TestBadBodies(t *testing.T) {
	for body, want := range badBodies() {
		t.Run(body, func(t *testing.T) {
			client := play(t, reply(200, body))
			out, err := call(newClient(client))
			if out != nil {
				t.Errorf("there is an output: %+v", out)
			}
			check(t, err, failure("200", "deserialization failed, failed to decode response body, "+want))
			checkChain(t, err, 200, "*smithy.DeserializationError", "*fmt.wrapError")
			broken, ok := errors.AsType[*smithy.DeserializationError](err)
			if !ok || string(broken.Snapshot) != body {
				t.Errorf("snapshot is %q", broken.Snapshot)
			}
			if len(client.requests) != 1 {
				t.Errorf("%d requests", len(client.requests))
			}
		})
	}
}

// TestSnapshotIsBounded sees that an error keeps little of a long body.
func TestSnapshotIsBounded(t *testing.T) {
	body := strings.Repeat("<html>", 1000)
	_, err := call(newClient(play(t, reply(200, body))))
	broken, ok := errors.AsType[*smithy.DeserializationError](err)
	if !ok || string(broken.Snapshot) != body[:1024] || len(err.Error()) > 300 {
		t.Errorf("snapshot of %d bytes and a text of %d, want 1024 and few", len(broken.Snapshot), len(text(err)))
	}
}

// TestOddBodies answers with bodies that are strange and still good.
func TestOddBodies(t *testing.T) {
	for name, c := range map[string]struct{ body, id string }{
		"empty":            {"", absent},
		"blanks":           {" \r\n\t ", absent},
		"null":             {"null", absent},
		"empty object":     {"{}", absent},
		"nulls":            {`{"id":null,"status":null,"createdAt":null,"errorMessage":null,"runStatisticsForAssets":null}`, absent},
		"empty string":     {`{"id":""}`, ""},
		"unknown members":  {`{"a":{"id":"x"},"id":"run-1","b":[[["id"]]],"ID":"y","Id":"z"}`, "run-1"},
		"twice":            {`{"id":"first","id":"run-1"}`, "run-1"},
		"trailing bytes":   {`{"id":"run-1"}<!-- served by x -->`, "run-1"},
		"white space":      {"\n{ \"id\"\t:\r\n\"run-1\" }\n", "run-1"},
		"escaped name":     {`{"\u0069d":"run-1"}`, "run-1"},
		"escapes":          {`{"id":"\u00fc\ud83d\ude00\/\n"}`, "ü😀/\n"},
		"lone surrogate":   {`{"id":"a\ud83db"}`, "a\ufffdb"},
		"broken UTF-8":     {"{\"id\":\"a\xffb\"}", "a\ufffdb"},
		"deep unknown":     {`{"x":` + strings.Repeat("[", 9000) + strings.Repeat("]", 9000) + `,"id":"run-1"}`, "run-1"},
		"long string":      {`{"id":"` + strings.Repeat("x", 1<<20) + `"}`, strings.Repeat("x", 1<<20)},
		"numbers anywhere": {`{"x":-1e999,"id":"run-1","y":0.00}`, "run-1"},
	} {
		t.Run(name, func(t *testing.T) {
			out, err := call(newClient(play(t, reply(200, c.body))))
			if err != nil {
				t.Fatal(err)
			}
			if got := orNil(out.Id); got != c.id || out.Status != "" || out.CreatedAt != nil || out.ErrorMessage != nil || out.RunStatisticsForAssets != nil {
				t.Errorf("output is %+v with id %.40q, want %.40q and nothing else", out, orNil(out.Id), c.id)
			}
		})
	}
}

// TestWholeOutput reads all members, and what the metadata reports the response.
func TestWholeOutput(t *testing.T) {
	out, err := call(newClient(play(t, reply(201, wholeBody, "X-Own", "1"))))
	if err != nil {
		t.Fatal(err)
	}
	if id, ok := awsmiddleware.GetRequestIDMetadata(out.ResultMetadata); !ok || id != requestID {
		t.Errorf("request ID is %q", id)
	}
	raw, ok := awsmiddleware.GetRawResponse(out.ResultMetadata).(*smithyhttp.Response)
	if !ok || raw.StatusCode != 201 || raw.Header.Get("X-Own") != "1" {
		t.Errorf("raw response is %+v", raw)
	}
	checkWhole(t, out)
}

// TestBrokenTransfers has servers end a body before its end.
func TestBrokenTransfers(t *testing.T) {
	for _, c := range []struct {
		status int
		sent   int
		want   string
	}{
		{200, 1, "https response error StatusCode: 200, RequestID: request-1, deserialization failed, failed to decode response body, unexpected EOF"},
		{404, 1, `https response error StatusCode: 404, RequestID: request-1, api error UnknownError: unreadable error response: {"id":"run`},
		{500, 3, `exceeded maximum number of attempts, 3, https response error StatusCode: 500, RequestID: request-1, api error UnknownError: unreadable error response: {"id":"run`},
	} {
		t.Run(fmt.Sprint(c.status), func(t *testing.T) {
			s := &server{handlers: []http.HandlerFunc{breakOff(c.status)}}
			_, err := call(newClient(nil, serve(t, s.ServeHTTP)))
			check(t, err, operation(c.want))
			s.checkAttempts(t, c.sent, 3)
		})
	}
}

// endless is a body without end, made of a block that repeats.
type endless struct {
	block string
	pause time.Duration
}

func (e endless) Read(p []byte) (int, error) {
	time.Sleep(e.pause)
	return copy(p, e.block), nil
}

// TestLongErrorBodies sees that status and request ID survive any error body, and
// that little of it is read and kept.
func TestLongErrorBodies(t *testing.T) {
	const mega = 1 << 20
	letters, blanks := endless{block: strings.Repeat("x", 1<<16)}, endless{block: strings.Repeat(" ", 1<<16)}
	for name, body := range map[string]io.Reader{
		"50 MB":           io.LimitReader(letters, 50*mega),
		"50 MB of JSON":   io.MultiReader(strings.NewReader(`{"message":"`), io.LimitReader(letters, 50*mega), strings.NewReader(`"}`)),
		"50 MB of blanks": io.LimitReader(blanks, 50*mega),
		"infinite":        letters,
	} {
		t.Run(name, func(t *testing.T) {
			client := play(t, stream(404, body, "X-Amzn-Errortype", "ResourceNotFoundException"))
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			_, err := call(newClient(client))
			runtime.ReadMemStats(&after)
			if _, ok := errors.AsType[*types.ResourceNotFoundException](err); !ok {
				t.Errorf("no typed error in %v", err)
			}
			resp, ok := errors.AsType[*awshttp.ResponseError](err)
			if !ok || resp.HTTPStatusCode() != 404 || resp.ServiceRequestID() != requestID {
				t.Errorf("response error is %+v", resp)
			}
			if read := client.bodies[0].read.Load(); read > 2*mega || len(err.Error()) > 1000 {
				t.Errorf("%d bytes were read, and the error's text has %d", read, len(err.Error()))
			}
			if used := after.TotalAlloc - before.TotalAlloc; used > 8*mega {
				t.Errorf("%d bytes were allocated", used)
			}
		})
	}
}

// TestInfiniteBody cancels a call in the middle of a body without end.
func TestInfiniteBody(t *testing.T) {
	for _, code := range []int{200, 404} {
		t.Run(fmt.Sprint(code), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithCancel(t.Context())
				time.AfterFunc(time.Second, cancel)
				client := play(t, stream(code, endless{"xxxxxxxxxxxxxxxx", 100 * time.Microsecond}))
				begin := time.Now()
				_, err := newClient(client, func(o *datazone.Options) { o.Retryer = nil }, once).GetDataSourceRun(ctx, input())
				if !errors.Is(err, context.Canceled) || client.bodies[0].read.Load() > 1<<20 {
					t.Errorf("%d bytes were read, error is %v", client.bodies[0].read.Load(), err)
				}
				if took := time.Since(begin); took > time.Second+time.Millisecond {
					t.Errorf("took %v, want a second", took)
				}
			})
		})
	}
}
