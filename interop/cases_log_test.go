package interop

import (
	"fmt"
	"regexp"

	"example.com/lathe/interop/compare"
	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/smithy-go/logging"
)

// logCases compare what is logged.
func logCases() (out []scenario) {
	logged := func(name, want string, mode aws.ClientLogMode, replies ...compare.Reply) {
		out = append(out, scenario{
			Name: "log/" + name, Options: settings{set("Logger", compare.Make(notingLogger)), set("ClientLogMode", mode)},
			Replies: replies, Want: want,
		})
	}
	logged("nothing", "ok (2 sent)", 0, fault, fine)
	logged("retries", "ok (3 sent)", aws.LogRetries, fault, dead, fine)
	logged("retries exhausted", "500 InternalServerException (3 sent)", aws.LogRetries, fault)
	logged("not retried", "404 ResourceNotFoundException", aws.LogRetries, absent)
	logged("deprecated use", "ok", aws.LogDeprecatedUsage, fine)
	logged("date that is none", "ok", 0, compare.Reply{Body: fullOutput, Header: []string{"Date: soon"}})
	logged("close fails", "ok", 0, compare.Reply{Body: fullOutput, CloseErr: errBroken})
	logged("close of an error fails", "404 ResourceNotFoundException", 0, compare.Reply{
		Status: 404, Header: absent.Header, Body: absent.Body, CloseErr: errBroken,
	})
	logged("requests", "ok", aws.LogRequest, fine)
	logged("requests with body", "ok", aws.LogRequestWithBody, fine)
	logged("responses", "ok", aws.LogResponse, compare.Reply{Body: `{"id":"a"}`, Header: []string{requestID, "Set-Cookie: a=b"}})
	logged("responses with body", "ok", aws.LogResponseWithBody, compare.Reply{Body: `{"id":"a"}`, Header: []string{requestID}})
	logged("responses with body of an error", "404 ResourceNotFoundException", aws.LogResponseWithBody, absent)
	logged("signing", "ok", aws.LogSigning, fine)
	return out
}

// notingLogger is a logger that notes what it is reported, without what is different in
// every run and on every machine.
func notingLogger(w *compare.World) any {
	random := regexp.MustCompile(`[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\b[0-9a-f]{64}\b`)
	agent := regexp.MustCompile(`(?m)^User-Agent: .*$`)
	return logging.LoggerFunc(func(class logging.Classification, format string, args ...any) {
		text := fmt.Sprintf("%s "+format, append([]any{class}, args...)...)
		w.Note(agent.ReplaceAllString(random.ReplaceAllString(text, "…"), "User-Agent: …"))
	})
}
