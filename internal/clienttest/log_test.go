package clienttest

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/smithy-go/logging"

	"example.com/lathe/generated/datazone"
)

// memoryLogger keeps what is logged.
type memoryLogger struct {
	mu  sync.Mutex
	out strings.Builder
}

func (l *memoryLogger) Logf(class logging.Classification, format string, args ...any) {
	l.mu.Lock()
	defer l.mu.Unlock()
	fmt.Fprintf(&l.out, "%s %s\n", class, fmt.Sprintf(format, args...))
}

// logs makes a call that is tried twice and returns its log.
func logs(t *testing.T, mode aws.ClientLogMode) string {
	t.Helper()
	logger := &memoryLogger{}
	client := play(t, reply(503, `{"message":"later"}`), reply(200, `{"id":"run-1"}`, "Set-Cookie", "session=cookie-secret", "X-Own", "shown"))
	_, err := call(newClient(client, func(o *datazone.Options) { o.Logger, o.ClientLogMode = logger, mode }))
	if err != nil {
		t.Fatal(err)
	}
	text := logger.out.String()
	for i, r := range client.requests {
		_, signature, ok := strings.Cut(r.Header.Get("Authorization"), "Signature=")
		if !ok || len(signature) != 64 || r.Header.Get("X-Amz-Security-Token") != sessionToken {
			t.Fatalf("request %d has no signature or no token", i+1)
		}
		for name, secret := range map[string]string{
			"signature": signature, "token": sessionToken, "secret key": secretKey, "cookie": "cookie-secret",
			"authorization": r.Header.Get("Authorization"),
		} {
			if strings.Contains(text, secret) {
				t.Errorf("mode %b: the log has the %s of request %d:\n%s", mode, name, i+1, text)
			}
		}
	}
	return text
}

// TestLogs compares what each mode logs, and looks for secrets in all.
func TestLogs(t *testing.T) {
	all := []string{
		"GET " + runPath + " HTTP/1.1", "Host: datazone.eu-west-1.api.aws", "X-Amz-Security-Token: [withheld]", "Authorization: [withheld]",
		"HTTP/1.1 503 Service Unavailable", "HTTP/1.1 200 OK", "X-Own: shown", "Set-Cookie: [withheld]", `{"message":"later"}`, `{"id":"run-1"}`,
		"retrying request DataZone/GetDataSourceRun, attempt 2", "CANONICAL STRING", "AWS4-HMAC-SHA256\n",
	}
	request, response, retries, signing := all[:4], all[4:8], all[10:11], all[11:13]
	for name, c := range map[string]struct {
		mode aws.ClientLogMode
		want []string // of all; the rest must not be there
	}{
		"nothing":             {0, nil},
		"requests":            {aws.LogRequest, request},
		"requests, bodies":    {aws.LogRequestWithBody, request},
		"responses":           {aws.LogResponse, response},
		"responses, bodies":   {aws.LogResponseWithBody, all[4:10]},
		"retries":             {aws.LogRetries, retries},
		"signing":             {aws.LogSigning, signing},
		"deprecated":          {aws.LogDeprecatedUsage, nil},
		"everything there is": {^aws.ClientLogMode(0), all},
	} {
		t.Run(name, func(t *testing.T) {
			text := logs(t, c.mode)
			want := map[string]bool{}
			for _, line := range c.want {
				want[line] = true
			}
			for _, line := range all {
				if got := strings.Contains(text, line); got != want[line] {
					t.Errorf("log has %q: %t, want %t\n%s", line, got, want[line], text)
				}
			}
			if len(c.want) == 0 && text != "" {
				t.Errorf("log is %q", text)
			}
		})
	}
}

// TestErrorsAreNotSecret looks for secrets in the errors of calls.
func TestErrorsAreNotSecret(t *testing.T) {
	for name, a := range map[string]answer{
		"send": broken(errors.New("strange")), "status": reply(403, "{}"), "body": reply(200, "<html>"),
	} {
		_, err := call(newClient(play(t, a)))
		for _, secret := range []string{secretKey, sessionToken, accessKey} {
			if err == nil || strings.Contains(fmt.Sprintf("%v %+v", err, err), secret) {
				t.Errorf("%s: error is %v", name, err)
			}
		}
	}
}

// TestLoggerOfACall logs one call to a logger of its own.
func TestLoggerOfACall(t *testing.T) {
	ours, theirs := &memoryLogger{}, &memoryLogger{}
	c := newClient(play(t, reply(200, "{}")), func(o *datazone.Options) { o.Logger, o.ClientLogMode = ours, aws.LogRequest })
	if _, err := call(c, func(o *datazone.Options) { o.Logger = theirs }); err != nil {
		t.Fatal(err)
	}
	if ours.out.Len() > 0 || theirs.out.Len() == 0 {
		t.Errorf("the client's logger has %q, the call's %q", &ours.out, &theirs.out)
	}
}
