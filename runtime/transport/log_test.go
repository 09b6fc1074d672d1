package transport

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"example.com/lathe/runtime/rest"
	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/smithy-go/logging"
)

// sensitivePut has a member in the path, the query, a header and the body.
func sensitivePut(r *rest.Request) {
	r.Start("PUT", "/things/").Label("id", "in-path")
	r.Query("q", "in-query")
	r.Header.Set("X-Member", "in-header")
	r.SetBody("application/json", []byte(`{"in":"body"}`))
}

func TestLogs(t *testing.T) {
	const head = "PUT /things/in-path?q=in-query HTTP/1.1\r\nHost: thing.eu-west-1.api.aws\r\n"
	for name, c := range map[string]struct {
		mode      aws.ClientLogMode
		serialize func(*rest.Request)
		info      func(*Info)
		has       []string
		hasNot    []string
	}{
		"nothing": {hasNot: []string{"DEBUG"}},
		"request": {
			mode: aws.LogRequest,
			has:  []string{"DEBUG Request\n" + head, "\r\nContent-Length: 13\r\n", "X-Member: in-header\r\n", "Authorization: [withheld]\r\n", "X-Amz-Security-Token: [withheld]\r\n"},
			hasNot: []string{
				`{"in":"body"}`, "Response",
			},
		},
		"request with body":  {mode: aws.LogRequestWithBody, has: []string{head, "\r\n\r\n" + `{"in":"body"}`}, hasNot: []string{"Response"}},
		"response":           {mode: aws.LogResponse, has: []string{"DEBUG Response\nHTTP/1.1 200 OK\r\n", "X-Out: out-header\r\n"}, hasNot: []string{"out-body", "Request\n"}},
		"response with body": {mode: aws.LogResponseWithBody, has: []string{"HTTP/1.1 200 OK\r\n", "\r\n\r\nout-body"}},
		"stream": {
			mode: aws.LogRequestWithBody, serialize: putStream(strings.NewReader("streamed")),
			has: []string{"\r\n\r\n[stream of 8 bytes, not logged]"}, hasNot: []string{"streamed"},
		},
		"stream of unknown length": {
			mode: aws.LogRequestWithBody, serialize: putStream(io.MultiReader(strings.NewReader("streamed"))),
			info: func(i *Info) { i.UnsignedPayload = true },
			has:  []string{"[stream of unknown length, not logged]"}, hasNot: []string{"streamed"},
		},
		"stream output": {
			mode: aws.LogResponseWithBody, info: func(i *Info) { i.StreamOutput = true },
			has: []string{"\r\n\r\n[stream of 8 bytes, not logged]"}, hasNot: []string{"out-body"},
		},
		"sensitive input": {
			mode: aws.LogRequestWithBody | aws.LogResponseWithBody | aws.LogSigning, info: func(i *Info) { i.Secrets = &Sensitive{Input: true} },
			has:    []string{"PUT [withheld] HTTP/1.1\r\nHost: thing", "[1 headers that may hold sensitive members, withheld]", "Authorization: [withheld]", "Content-Type: application/json", "[13 bytes with sensitive members, withheld]", "out-body"},
			hasNot: []string{"in-path", "in-query", "X-Member", "in-header", `"in"`},
		},
		"sensitive output": {
			mode: aws.LogRequestWithBody | aws.LogResponseWithBody, info: func(i *Info) { i.Secrets = &Sensitive{Output: true} },
			has:    []string{"in-path", "X-Amzn-Requestid: r-1", "[1 headers that may hold sensitive members, withheld]", "[8 bytes with sensitive members, withheld]"},
			hasNot: []string{"X-Out", "out-header", "out-body"},
		},
		"signing": {
			mode: aws.LogSigning,
			has:  []string{"CANONICAL STRING", "x-amz-security-token:[withheld]\n", "/things/in-path"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			log, info := &memoryLogger{}, testInfo()
			if c.info != nil {
				c.info(info)
			}
			if c.serialize == nil {
				c.serialize = sensitivePut
			}
			client := play(answer(200, "out-body", "X-Out", "out-header", "X-Amzn-RequestId", "r-1"))
			_, err := Do(context.Background(), testSettings(client, func(s *Settings) {
				s.Logger, s.LogMode = log, c.mode
			}), info, &fakeOp{serialize: c.serialize})
			if err != nil {
				t.Fatal(err)
			}
			for _, want := range c.has {
				if !strings.Contains(log.text(), want) {
					t.Errorf("log lacks %q:\n%s", want, log.text())
				}
			}
			for _, secret := range append(c.hasNot, "TOKEN\r", "TOKEN\n", "SECRET", "Signature=") {
				if strings.Contains(log.text(), secret) {
					t.Errorf("log has %q:\n%s", secret, log.text())
				}
			}
		})
	}
}

func TestBearerTokenIsNotLogged(t *testing.T) {
	log, info := &memoryLogger{}, testInfo()
	info.Auth = []string{bear}
	_, err := Do(context.Background(), testSettings(play(ok200), func(s *Settings) {
		s.Schemes, s.Logger = []AuthScheme{&BearerScheme{Tokens: testTokens}}, log
		s.LogMode = aws.LogRequestWithBody | aws.LogResponseWithBody | aws.LogSigning | aws.LogRetries
	}), info, &fakeOp{})
	if err != nil || strings.Contains(log.text(), "B-TOKEN") || !strings.Contains(log.text(), "Authorization: [withheld]") {
		t.Errorf("%v; log is\n%s", err, log.text())
	}
}

// TestTokensAreNotLogged sees that no header with a session's token is shown, whichever a service
// has for it.
func TestTokensAreNotLogged(t *testing.T) {
	log := &memoryLogger{}
	_, err := Do(context.Background(), testSettings(play(ok200), func(s *Settings) {
		s.Logger, s.LogMode = log, aws.LogRequest
	}), testInfo(), &fakeOp{serialize: func(r *rest.Request) {
		r.Start("GET", "/").Header.Set("X-Amz-S3session-Token", "S-TOKEN")
	}})
	if err != nil || strings.Contains(log.text(), "S-TOKEN") ||
		!strings.Contains(log.text(), "X-Amz-S3session-Token: [withheld]") {
		t.Errorf("%v; log is\n%s", err, log.text())
	}
}

func TestLoggingLeavesBodiesWhole(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(w, r.Body)
	}))
	defer server.Close()
	for name, serialize := range map[string]func(*rest.Request){
		"bytes":  putBytes("payload"),
		"stream": putStream(strings.NewReader("payload")),
	} {
		op := &fakeOp{serialize: serialize}
		_, err := Do(context.Background(), testSettings(server.Client(), func(s *Settings) {
			s.ResolveEndpoint, s.Logger = fixedEndpoint(server.URL), &memoryLogger{}
			s.LogMode = aws.LogRequestWithBody | aws.LogResponseWithBody
		}), testInfo(), op)
		if err != nil || op.out != "payload" {
			t.Errorf("%s: came back as %q, %v", name, op.out, err)
		}
	}
}

func TestRetriesAreLogged(t *testing.T) {
	refuses := func(error) bool { return false }
	for name, c := range map[string]struct {
		retryer *fakeRetryer
		answers *script
		want    string
	}{
		"retried": {
			&fakeRetryer{attempts: 2}, play(bad500),
			"DEBUG retrying request Thing/GetThing, attempt 2\nDEBUG max retry attempts exhausted, max 2",
		},
		"refused": {
			&fakeRetryer{attempts: 2, retryable: refuses}, play(bad500),
			"DEBUG request failed with unretryable error https response error StatusCode: 500, RequestID: , api error UnknownError: down",
		},
		"header": {
			&fakeRetryer{attempts: 2}, play(answer(500, "", "X-Amz-Retry-After", "soon"), ok200),
			"DEBUG ignoring invalid x-amz-retry-after header value \"soon\"\nDEBUG retrying request Thing/GetThing, attempt 2",
		},
	} {
		t.Run(name, func(t *testing.T) {
			log := &memoryLogger{}
			_, _ = Do(context.Background(), testSettings(c.answers, withRetryer(c.retryer), func(s *Settings) {
				s.Logger, s.LogMode = log, aws.LogRetries
			}), testInfo(), &fakeOp{})
			if log.text() != c.want {
				t.Errorf("log is\n%s\nwant\n%s", log.text(), c.want)
			}
		})
	}
}

// contextLogger notes whether it was given the call's context.
type contextLogger struct {
	memoryLogger
	seen []any
}

func (l *contextLogger) WithContext(ctx context.Context) logging.Logger {
	l.seen = append(l.seen, ctx.Value(contextKey{}))
	return l
}

type contextKey struct{}

func TestLoggersGetTheContext(t *testing.T) {
	log := &contextLogger{}
	ctx := context.WithValue(context.Background(), contextKey{}, "v")
	_, err := Do(ctx, testSettings(play(ok200), func(s *Settings) {
		s.Logger, s.LogMode = log, aws.LogRequest|aws.LogSigning
	}), testInfo(), &fakeOp{})
	if err != nil || len(log.seen) != 2 || log.seen[0] != "v" || log.seen[1] != "v" {
		t.Errorf("logger saw %v, %v", log.seen, err)
	}
}

func TestFailedCloseIsLogged(t *testing.T) {
	log := &memoryLogger{}
	client := clientFunc(func(*http.Request) (*http.Response, error) {
		return &http.Response{StatusCode: 200, Body: closeFailer{strings.NewReader("x")}}, nil
	})
	_, err := Do(context.Background(), testSettings(client, func(s *Settings) { s.Logger = log }), testInfo(), &fakeOp{})
	const want = "WARN failed to close HTTP response body, this may affect connection reuse: stuck"
	if err != nil || log.text() != want {
		t.Errorf("%v; log is %q, want %q", err, log.text(), want)
	}
}

type closeFailer struct{ io.Reader }

func (closeFailer) Close() error { return errors.New("stuck") }

func TestRedactorWithoutSecret(t *testing.T) {
	log := &memoryLogger{}
	(&redactor{logger: log}).Logf(logging.Debug, "%s", "as it is")
	if log.text() != "DEBUG as it is" {
		t.Errorf("logged %q", log.text())
	}
}
