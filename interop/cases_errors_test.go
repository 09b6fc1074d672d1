package interop

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"syscall"

	"example.com/lathe/interop/compare"
)

var (
	errBroken     = errors.New("the line is dead")
	errUnexpected = io.ErrUnexpectedEOF
	errTimeout    = timeoutError{}
	errReset      = fmt.Errorf("read tcp: %w", syscall.ECONNRESET)
	errRefused    = fmt.Errorf("dial tcp: %w", syscall.ECONNREFUSED)
)

// timeoutError is a network error that says so.
type timeoutError struct{}

func (timeoutError) Error() string   { return "i/o timeout" }
func (timeoutError) Timeout() bool   { return true }
func (timeoutError) Temporary() bool { return true }

// modelled are the errors of the operation and how often a call is tried.
func modelled() []struct {
	code   string
	status int
	sent   int
} {
	return []struct {
		code   string
		status int
		sent   int
	}{
		{"AccessDeniedException", 403, 1}, {"ConflictException", 409, 1}, {"InternalServerException", 500, 3},
		{"ResourceNotFoundException", 404, 1}, {"ServiceQuotaExceededException", 402, 1}, {"ThrottlingException", 429, 3},
		{"UnauthorizedException", 401, 1}, {"ValidationException", 400, 1},
	}
}

const requestID = "X-Amzn-Requestid: 11111111-2222-3333-4444-555555555555"

// errorForms are the ways in which a code travels. The code takes the place of
// the tilde in the header and the body.
func errorForms() []struct{ name, header, text string } {
	const ns = "com.amazonaws.datazone#"
	const uri = ":http://internal.amazon.com/coral/com.amazonaws.datazone/"
	return []struct{ name, header, text string }{
		{"header", "~", `{"message":"m"}`},
		{"header with address", "~" + uri, `{"message":"m"}`},
		{"header with namespace", ns + "~", `{"message":"m"}`},
		{"header with both", ns + "~" + uri, `{"message":"m"}`},
		{"header, Message", "~", `{"Message":"m"}`},
		{"header, MESSAGE", "~", `{"MESSAGE":"m"}`},
		{"header, no message", "~", `{}`},
		{"header, null message", "~", `{"message":null}`},
		{"header, empty message", "~", `{"message":""}`},
		{"header, null", "~", `null`},
		{"header, no body", "~", ``},
		{"header, white space", "~", " \n"},
		{"header, both messages", "~", `{"message":"a","Message":"a"}`},
		{"header, more members", "~", `{"x":[1,{"y":2}],"message":"m","z":null}`},
		{"header, escapes", "~", `{"message":"\u00e9\n\"\ud83d\ude80"}`},
		{"header, text after", "~", `{"message":"m"} and more`},
		{"header wins over code", "~", `{"code":"ConflictException","message":"m"}`},
		{"header wins over type", "~", `{"__type":"OtherException","message":"m"}`},
		{"code", "", `{"code":"~","message":"m"}`},
		{"Code", "", `{"Code":"~","Message":"m"}`},
		{"CODE", "", `{"CODE":"~","MESSAGE":"m"}`},
		{"code with namespace", "", `{"code":"` + ns + `~","message":"m"}`},
		{"code with address", "", `{"code":"~` + uri + `","message":"m"}`},
		{"type", "", `{"__type":"~","message":"m"}`},
		{"TYPE", "", `{"__TYPE":"~","message":"m"}`},
		{"type with namespace", "", `{"__type":"` + ns + `~","message":"m"}`},
		{"type with both", "", `{"__type":"` + ns + "~" + uri + `","message":"m"}`},
		{"type at the end", "", `{"message":"m","x":{"__type":"No"},"__type":"~"}`},
		{"code wins over type", "", `{"__type":"OtherException","code":"~","message":"m"}`},
		{"empty code, type", "", `{"__type":"~","code":"","message":"m"}`},
		{"null code, type", "", `{"__type":"~","code":null,"message":"m"}`},
		{"escaped code", "", `{"__type":"\u~ESCAPED","message":"m"}`},
		{"code twice", "", `{"code":"OtherException","code":"~","message":"m"}`},
		{"text after", "", `{"code":"~","message":"m"}<!-- -->`},
	}
}

// errorCases send every error in every form.
func errorCases() (out []scenario) {
	for _, e := range modelled() {
		for _, f := range errorForms() {
			out = append(out, errorCase(f.name, e.code, f.header, f.text, e.status, e.sent))
		}
		lower := strings.ToLower(e.code)
		out = append(out,
			failing("header in lower case/"+e.code, lower, `{"message":"m"}`, e.status, e.code, e.sent),
			failing("code in lower case/"+e.code, "", `{"code":"`+lower+`","message":"m"}`, e.status, e.code, e.sent),
			failing("status of another/"+e.code, e.code, `{"message":"m"}`, 418, e.code, sentFor(e.code)),
		)
	}
	return append(append(out, twoCodesCases()...), unknownErrorCases()...)
}

// twoCodesCases answer with two codes of which the official client takes the one that
// the operation does not know, or that newer official packages do not take.
func twoCodesCases() []scenario {
	return []scenario{
		failing("two codes/header and code", "NewException", `{"code":"ConflictException","message":"m"}`, 409, "NewException", 1),
		failing("two codes/header and type", "NewException", `{"__type":"ConflictException","message":"m"}`, 409, "NewException", 1),
		failing("two codes/code and type", "", `{"code":"NewException","__type":"ConflictException","message":"m"}`, 409, "NewException", 1),
		failing("two codes/both unknown", "", `{"code":"NewException","__type":"NewerException","message":"m"}`, 409, "NewException", 1),
		failing("two codes/both known", "", `{"code":"ConflictException","__type":"ResourceNotFoundException","message":"m"}`, 409, "ConflictException", 1),
	}
}

// sentFor is how often a call is tried because of the code alone.
func sentFor(code string) int {
	if code == "ThrottlingException" {
		return 3
	}
	return 1
}

func errorCase(form, code, header, text string, status, sent int) scenario {
	escaped := fmt.Sprintf("%04x", code[0]) + code[1:]
	text = strings.NewReplacer("~ESCAPED", escaped, "~", code).Replace(text)
	return failing(form+"/"+code, strings.Replace(header, "~", code, 1), text, status, code, sent)
}

// failing is a scenario in which the service answers with an error, whose code is
// in the header, one a line, or in the body.
func failing(name, header, text string, status int, want string, sent int) scenario {
	r := compare.Reply{Status: status, Header: []string{requestID, "Content-Type: application/json"}, Body: text}
	for line := range strings.SplitSeq(header, "\n") {
		if header != "" {
			r.Header = append(r.Header, "X-Amzn-Errortype: "+line)
		}
	}
	s := reply("error/"+name, fmt.Sprintf("%d %s", status, want), r)
	if sent != 1 {
		s.Want += fmt.Sprintf(" (%d sent)", sent)
	}
	return s
}
