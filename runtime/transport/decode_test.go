package transport

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"
	"unicode"
	"unicode/utf8"

	"example.com/lathe/runtime/jsoncodec"
	"example.com/lathe/runtime/rest"
	awsmiddleware "github.com/aws/aws-sdk-go-v2/aws/middleware"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/smithy-go"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

// brokenBody yields some bytes and then an error.
func brokenBody(text string, err error) io.Reader {
	return io.MultiReader(strings.NewReader(text), iotest.ErrReader(err))
}

func respondWith(status int, body io.Reader, length int64, header ...string) func(*http.Request) (*http.Response, error) {
	return func(*http.Request) (*http.Response, error) {
		resp := respond(status, "", header...)
		resp.Body, resp.ContentLength = &trackedBody{Reader: body}, length
		return resp, nil
	}
}

func TestErrorResponses(t *testing.T) {
	const typeHeader = "X-Amzn-ErrorType"
	long := strings.Repeat("x", maxErrorBody)
	typed := func(message string) error { return &thingError{message} }
	generic := func(code, message string) error { return &smithy.GenericAPIError{Code: code, Message: message} }
	for name, c := range map[string]struct {
		header string
		body   string
		read   error // after the body
		want   error
	}{
		"by header":                     {"ThingNotFoundException", `{"message":"gone"}`, nil, typed("gone")},
		"by header with address":        {"ThingNotFoundException:http://internal.example/", `{"message":"gone"}`, nil, typed("gone")},
		"by header with namespace":      {"example.thing#ThingNotFoundException", `{}`, nil, typed("")},
		"by header with both":           {"a.b#ThingNotFoundException:http://x/#y", `{}`, nil, typed("")},
		"by header in another case":     {"thingnotfoundexception", `{}`, nil, typed("")},
		"by code":                       {"", `{"code":"ThingNotFoundException","message":"gone"}`, nil, typed("gone")},
		"by type":                       {"", `{"__type":"a#ThingNotFoundException:x","message":"gone"}`, nil, typed("gone")},
		"known code, other type":        {"", `{"__type":"Other","code":"ThingNotFoundException"}`, nil, typed("")},
		"known type, other code":        {"", `{"__type":"ThingNotFoundException","code":"Other"}`, nil, typed("")},
		"known type, numeric code":      {"", `{"__type":"ThingNotFoundException","code":404,"message":"m"}`, nil, typed("m")},
		"known code, other header":      {"OtherException", `{"code":"ThingNotFoundException","message":"m"}`, nil, typed("m")},
		"known type, other header":      {"OtherException", `{"__type":"a#ThingNotFoundException","message":"m"}`, nil, typed("m")},
		"known header, others in body":  {"ThingNotFoundException", `{"__type":"A","code":"B","message":"m"}`, nil, typed("m")},
		"header before type and code":   {"OtherException", `{"__type":"A","code":"B","message":"m"}`, nil, generic("OtherException", "m")},
		"type before code":              {"", `{"__type":"a#A:x","code":"B","message":"m"}`, nil, generic("A", "m")},
		"type of which nothing is left": {"", `{"__type":":A","code":"ThingNotFoundException"}`, nil, typed("")},
		"code that is a number":         {"", `{"code":42,"message":"m"}`, nil, generic("UnknownError", "m")},
		"unknown code":                  {"OtherException", `{"message":"m"}`, nil, generic("OtherException", "m")},
		"unknown code without message":  {"OtherException", `{}`, nil, generic("OtherException", "UnknownError")},
		"no code":                       {"", `{"message":"m"}`, nil, generic("UnknownError", "m")},
		"nothing":                       {"", `{}`, nil, generic("UnknownError", "UnknownError")},
		"empty":                         {"", "", nil, generic("UnknownError", "UnknownError")},
		"empty with header":             {"ThingNotFoundException", "", nil, typed("")},
		"HTML":                          {"", "<html>\n <h1>502\tBad Gateway</h1>", nil, generic("UnknownError", "unreadable error response: <html> <h1>502 Bad Gateway</h1>")},
		"HTML with header":              {"ThingNotFoundException", "<html>", nil, typed("")},
		"HTML with unknown header":      {"OtherException", "<html>", nil, generic("OtherException", "unreadable error response: <html>")},
		"truncated":                     {"", `{"message":"m","code":"Thi`, io.ErrUnexpectedEOF, generic("UnknownError", "m")},
		"truncated with header":         {"ThingNotFoundException", `{"mess`, io.ErrUnexpectedEOF, typed("")},
		"connection lost after all":     {"", `{"code":"ThingNotFoundException","message":"m"}`, errors.New("reset"), typed("m")},
		"wrong type":                    {"ThingNotFoundException", `{"message":5}`, nil, typed("")},
		"wrong type with code":          {"", `{"code":"ThingNotFoundException","message":[1]}`, nil, typed("")},
		"not an object":                 {"", `"what"`, nil, generic("UnknownError", `unreadable error response: "what"`)},
		"binary":                        {"", "\x00\xff\x1b[31m\u200b", nil, generic("UnknownError", "unreadable error response: .\ufffd.[31m.")},
		"long":                          {"", long, nil, generic("UnknownError", "unreadable error response: "+long[:maxExcerpt]+"…")},
		"longer than is read":           {"", `{"message":"` + long + `"}`, nil, generic("UnknownError", "unreadable error response: "+(`{"message":"` + long)[:maxExcerpt]+"…")},
		"longer than read, with header": {"ThingNotFoundException", `{"message":"` + long + `"}`, nil, typed("")},
		"multibyte cut":                 {"", strings.Repeat("é", 200), nil, generic("UnknownError", "unreadable error response: "+strings.Repeat("é", 128)+"…")},
		"multibyte cut inside":          {"", "a" + strings.Repeat("é", 200), nil, generic("UnknownError", "unreadable error response: a"+strings.Repeat("é", 127)+"\ufffd…")},
	} {
		t.Run(name, func(t *testing.T) {
			body := io.Reader(strings.NewReader(c.body))
			if c.read != nil {
				body = brokenBody(c.body, c.read)
			}
			header := []string{"X-Amzn-RequestId", "r-1"}
			if c.header != "" {
				header = append(header, typeHeader, c.header)
			}
			client := play(respondWith(404, body, -1, header...))
			_, err := Do(context.Background(), testSettings(client), testInfo(), &fakeOp{})
			var re *awshttp.ResponseError
			if !errors.As(err, &re) || re.HTTPStatusCode() != 404 || re.RequestID != "r-1" {
				t.Fatalf("error %v hides status or request ID", err)
			}
			if got := fmt.Sprintf("%T %+v", re.Err, re.Err); got != fmt.Sprintf("%T %+v", c.want, c.want) {
				t.Errorf("error is %s\nwant %T %+v", got, c.want, c.want)
			}
			client.checkClosed(t)
		})
	}
}

// TestErrorsThatHadAnotherCode: the operation knows errors by their codes of today, and
// returns others with the code and the fault of the past.
func TestErrorsThatHadAnotherCode(t *testing.T) {
	for code, want := range map[string]error{
		"ThingNotFoundException": &thingError{"gone"},
		"OtherException":         &smithy.GenericAPIError{Code: "ThingNotFoundException", Message: "gone", Fault: smithy.FaultServer},
	} {
		s := testSettings(play(answer(400, `{"message":"gone"}`, "X-Amzn-Errortype", code, "X-Amzn-Query-Error", "ThingNotFoundException;Receiver")),
			func(s *Settings) { s.ErrorInfo = jsoncodec.QueryCompatibleErrorInfo })
		_, err := Do(context.Background(), s, testInfo(), &fakeOp{})
		var re *awshttp.ResponseError
		if !errors.As(err, &re) || fmt.Sprintf("%T %+v", re.Err, re.Err) != fmt.Sprintf("%T %+v", want, want) {
			t.Errorf("%s: error is %v, want %v", code, err, want)
		}
	}
}

func TestErrorWithoutErrorInfo(t *testing.T) {
	s := testSettings(play(answer(500, `{"message":"m"}`)), func(s *Settings) { s.ErrorInfo = nil })
	_, err := Do(context.Background(), s, testInfo(), &fakeOp{})
	var e *smithy.GenericAPIError
	if !errors.As(err, &e) || e.Code != "UnknownError" || e.Message != "UnknownError" {
		t.Errorf("error is %v", err)
	}
}

// TestAnswersToHEAD checks that no memory is taken for a body that a length
// announces but that is never sent.
func TestAnswersToHEAD(t *testing.T) {
	op := &fakeOp{serialize: func(r *rest.Request) { r.Start("HEAD", "/") }}
	client := play(respondWith(200, strings.NewReader(""), 1<<40))
	s := testSettings(client)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	if _, err := Do(context.Background(), s, testInfo(), op); err != nil || op.out != "" {
		t.Errorf("output %q, %v", op.out, err)
	}
	runtime.ReadMemStats(&after)
	if took := after.TotalAlloc - before.TotalAlloc; took > 1<<20 {
		t.Errorf("took %d bytes", took)
	}
	client.checkClosed(t)
}

func TestOversizedErrorBodyIsReadInBounds(t *testing.T) {
	endless := &trackedBody{Reader: zeros{}}
	client := play(func(*http.Request) (*http.Response, error) {
		resp := respond(500, "")
		resp.Body, resp.ContentLength = endless, -1
		return resp, nil
	})
	_, err := Do(context.Background(), testSettings(client), testInfo(), &fakeOp{})
	if err == nil || endless.closed.Load() != 1 {
		t.Errorf("error %v, closed %d times", err, endless.closed.Load())
	}
	if n := endless.read.Load(); n < maxErrorBody || n > 2*maxErrorBody+maxDrain {
		t.Errorf("read %d bytes of an endless body", n)
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

func TestEveryStatusOutside2xxIsAnError(t *testing.T) {
	for _, status := range []int{0, 100, 199, 200, 204, 299, 300, 304, 404, 500, 999} {
		_, err := Do(context.Background(), testSettings(play(answer(status, ""))), testInfo(), &fakeOp{})
		if want := status < 200 || status > 299; (err != nil) != want {
			t.Errorf("status %d: error %v", status, err)
		}
	}
}

func TestUnreadableOutput(t *testing.T) {
	for name, c := range map[string]struct {
		decodeErr error
		read      error
		sensitive bool
		want      string
		snapshot  string
	}{
		"decoder": {decodeErr: errors.New("not JSON"), want: "deserialization failed, failed to decode response body, not JSON", snapshot: "the body"},
		"cut":     {read: io.ErrUnexpectedEOF, want: "deserialization failed, failed to decode response body, unexpected EOF", snapshot: "the body"},
		"secret":  {decodeErr: errors.New("not JSON"), sensitive: true, want: "deserialization failed, failed to decode response body, not JSON"},
	} {
		t.Run(name, func(t *testing.T) {
			info, body := testInfo(), io.Reader(strings.NewReader("the body"))
			if c.sensitive {
				info.Secrets = &Sensitive{Output: true}
			}
			if c.read != nil {
				body = brokenBody("the body", c.read)
			}
			client := play(respondWith(200, body, -1, "X-Amzn-RequestId", "r-1"))
			_, err := Do(context.Background(), testSettings(client), info, &fakeOp{decodeErr: c.decodeErr})
			want := "operation error Thing: GetThing, https response error StatusCode: 200, RequestID: r-1, " + c.want
			if text(err) != want {
				t.Errorf("error is %v\nwant %s", err, want)
			}
			var de *smithy.DeserializationError
			if !errors.As(err, &de) || string(de.Snapshot) != c.snapshot {
				t.Errorf("snapshot is %q, want %q", de.Snapshot, c.snapshot)
			}
			client.checkClosed(t)
		})
	}
}

func TestOutputBeyondTheLimit(t *testing.T) {
	for name, length := range map[string]int64{"known": 100, "unknown": -1, "wrong": 3} {
		t.Run(name, func(t *testing.T) {
			client := play(respondWith(200, strings.NewReader(strings.Repeat("x", 100)), length))
			s := testSettings(client)
			s.bodyLimit = 64
			_, err := Do(context.Background(), s, testInfo(), &fakeOp{})
			const want = "operation error Thing: GetThing, https response error StatusCode: 200, RequestID: , " +
				"deserialization failed, failed to decode response body, response body is longer than 64 bytes"
			if text(err) != want {
				t.Errorf("error is %v\nwant %s", err, want)
			}
			client.checkClosed(t)
		})
	}
}

func TestStreamOutput(t *testing.T) {
	info := testInfo()
	info.StreamOutput = true

	client, op := play(answer(200, "a stream")), &fakeOp{}
	if _, err := Do(context.Background(), testSettings(client), info, op); err != nil {
		t.Fatal(err)
	}
	if client.bodies[0].closed.Load() != 0 || client.bodies[0].read.Load() != 0 || op.out != "" {
		t.Error("the stream was touched")
	}
	if got := readAll(t, op.stream); got != "a stream" {
		t.Errorf("stream holds %q", got)
	}

	client = play(answer(200, "a stream"))
	_, err := Do(context.Background(), testSettings(client), info, &fakeOp{decodeErr: errors.New("bad header")})
	if err == nil {
		t.Error("no error")
	}
	client.checkClosed(t)

	client = play(answer(404, `{"message":"m"}`, "X-Amzn-ErrorType", "ThingNotFoundException"))
	_, err = Do(context.Background(), testSettings(client), info, &fakeOp{})
	var typed *thingError
	if !errors.As(err, &typed) || typed.Message != "m" {
		t.Errorf("error is %v", err)
	}
	client.checkClosed(t)
}

// TestBrokenHTTPClients checks what must hold whatever an HTTP client returns.
func TestBrokenHTTPClients(t *testing.T) {
	const prefix = "operation error Thing: GetThing, https response error StatusCode: "
	for name, c := range map[string]struct {
		answer func(*http.Request) (*http.Response, error)
		want   string
	}{
		"no response": {fail(nil), prefix + "0, RequestID: , api error UnknownError: UnknownError"},
		"no body, success": {func(*http.Request) (*http.Response, error) {
			return &http.Response{StatusCode: 200}, nil
		}, ""},
		"no body, failure": {func(*http.Request) (*http.Response, error) {
			return &http.Response{StatusCode: 500}, nil
		}, prefix + "500, RequestID: , api error UnknownError: UnknownError"},
		"error": {fail(errors.New("no route")), prefix + "0, RequestID: , request send failed, no route"},
		"response and error": {func(*http.Request) (*http.Response, error) {
			return respond(302, "moved", "X-Amzn-RequestId", "r-1"), errors.New("stopped after 10 redirects")
		}, prefix + "302, RequestID: r-1, request send failed, stopped after 10 redirects"},
	} {
		t.Run(name, func(t *testing.T) {
			client := play(c.answer)
			_, err := Do(context.Background(), testSettings(client), testInfo(), &fakeOp{})
			if text(err) != c.want {
				t.Errorf("error is %v\nwant %s", err, c.want)
			}
			client.checkClosed(t)
		})
	}
}

func TestSendErrorIsAConnectionError(t *testing.T) {
	boom := errors.New("no route")
	_, err := Do(context.Background(), testSettings(play(fail(boom))), testInfo(), &fakeOp{})
	var send *smithyhttp.RequestSendError
	if !errors.As(err, &send) || !send.ConnectionError() || !errors.Is(err, boom) {
		t.Errorf("error is %#v", err)
	}
}

// TestNothingKeepsTheBuffer fills the buffers of pooled calls with garbage after a
// call.
func TestNothingKeepsTheBuffer(t *testing.T) {
	op := &fakeOp{}
	if _, err := Do(context.Background(), testSettings(play(answer(200, "output"))), testInfo(), op); err != nil {
		t.Fatal(err)
	}
	_, apiErr := Do(context.Background(), testSettings(play(answer(500, "<html>"))), testInfo(), &fakeOp{})
	_, badErr := Do(context.Background(), testSettings(play(answer(200, "garbled"))), testInfo(), &fakeOp{decodeErr: errors.New("bad")})
	for range 100 {
		c := newCall()
		b := c.buffer.bytes[:cap(c.buffer.bytes)]
		for i := range b {
			b[i] = '!'
		}
		defer c.release()
	}
	var de *smithy.DeserializationError
	if !errors.As(badErr, &de) || string(de.Snapshot) != "garbled" {
		t.Errorf("snapshot is %q", de.Snapshot)
	}
	if op.out != "output" || !strings.HasSuffix(apiErr.Error(), "<html>") {
		t.Errorf("output %q, error %v", op.out, apiErr)
	}
}

func FuzzExcerpt(f *testing.F) {
	for _, seed := range []string{"", "<html>", "\xff\xfe", "a\u2028b\r\n", strings.Repeat("é", 300), "\x1b]0;title\x07"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		before := bytes.Clone(body)
		got := excerpt(body)
		if !utf8.ValidString(got) || len(got) > 4*maxExcerpt {
			t.Errorf("excerpt of %q is %q", body, got)
		}
		for _, r := range got {
			if r != utf8.RuneError && !unicode.IsPrint(r) {
				t.Errorf("excerpt of %q has %U", body, r)
			}
		}
		if !bytes.Equal(before, body) {
			t.Error("the body was changed")
		}
	})
}

// TestNothingKeepsTheCall looks at what a call leaves behind after others had its
// memory.
func TestNothingKeepsTheCall(t *testing.T) {
	client := play(answer(200, "first", "X-Amzn-RequestId", "r-1"))
	op := &fakeOp{serialize: func(r *rest.Request) {
		r.Start("PUT", "/things/").Label("id", "first one").Query("q", "first")
		r.Header.Set("X-Member", "first")
		r.SetBody("text/plain", []byte("first"))
	}}
	metadata, err := Do(context.Background(), testSettings(client), testInfo(), op)
	if err != nil {
		t.Fatal(err)
	}
	request := client.requests[0]
	show := func() string {
		id, _ := awsmiddleware.GetRequestIDMetadata(metadata)
		return fmt.Sprint(request.URL, request.Header, id, op.out, awsmiddleware.GetRawResponse(metadata).(*smithyhttp.Response).Header)
	}
	before := show()
	for range 100 {
		other := &fakeOp{serialize: func(r *rest.Request) {
			r.Start("PUT", "/others/").Label("id", "another 1").Query("p", "other")
			r.Header.Set("X-Other", "other")
			r.SetBody("text/other", []byte("other"))
		}}
		if _, err := Do(context.Background(), testSettings(play(answer(200, "other", "X-Amzn-RequestId", "r-2"))), testInfo(), other); err != nil {
			t.Fatal(err)
		}
	}
	if after := show(); after != before {
		t.Errorf("a call left behind\n%s\nand later there is\n%s", before, after)
	}
}
