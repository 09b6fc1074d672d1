package interop

import (
	"errors"
	"fmt"
	"strings"

	"example.com/lathe/interop/compare"
)

// unknownErrorCases send errors that the operation does not have.
func unknownErrorCases() (out []scenario) {
	rows := []struct {
		name, header, text string
		status             int
		want               string
		sent               int
	}{
		{"header", "NewException", `{"message":"m"}`, 400, "NewException", 1},
		{"header with both", "ns#NewException:uri", `{"message":"m"}`, 400, "NewException", 1},
		{"header, no body", "NewException", ``, 400, "NewException", 1},
		{"header, empty object", "NewException", `{}`, 400, "NewException", 1},
		{"header, null", "NewException", `null`, 400, "NewException", 1},
		{"code", "", `{"code":"NewException","message":"m"}`, 400, "NewException", 1},
		{"type", "", `{"__type":"ns#NewException:uri","Message":"m"}`, 400, "NewException", 1},
		{"two number signs", "", `{"__type":"a#b#NewException","message":"m"}`, 400, "NewException", 1},
		{"two number signs in the header", "a#b#NewException", ``, 400, "b#NewException", 1},
		{"three number signs", "", `{"__type":"a#b#c#NewException","message":"m"}`, 400, "c#NewException", 1},
		{"two colons", "NewException:a:b", `{"message":"m"}`, 400, "NewException", 1},
		{"colon before number sign", "a:b#NewException", `{"message":"m"}`, 400, "a", 1},
		{"colon first", ":NewException", `{"message":"m"}`, 400, "", 1},
		{"number sign last", "NewException#", `{"message":"m"}`, 400, "", 1},
		{"colon first in body", "", `{"code":":NewException","message":"m"}`, 400, "UnknownError", 1},
		{"number sign last in body", "", `{"code":"NewException#","message":"m"}`, 400, "UnknownError", 1},
		{"no code", "", `{"message":"m"}`, 400, "UnknownError", 1},
		{"no code, no message", "", `{}`, 400, "UnknownError", 1},
		{"no body", "", ``, 400, "UnknownError", 1},
		{"white space", "", ` `, 400, "UnknownError", 1},
		{"null", "", `null`, 400, "UnknownError", 1},
		{"white space around code", "", `{"code":" ResourceNotFoundException ","message":"m"}`, 404, " ResourceNotFoundException ", 1},
		{"white space around header", " ResourceNotFoundException ", `{"message":"m"}`, 404, " ResourceNotFoundException ", 1},
		{"two headers", "ConflictException\nValidationException", `{"message":"m"}`, 400, "ConflictException", 1},
		{"code of a sibling operation", "LimitExceededException", `{"message":"m"}`, 400, "LimitExceededException", 3},
		{"prefix of a code", "", `{"code":"ResourceNotFound","message":"m"}`, 404, "ResourceNotFound", 1},
		{"code in other letters", "", `{"code":"ConflictExceptıon","message":"m"}`, 409, "ConflictExceptıon", 1},
		{"code with a Kelvin sign", "", `{"code":"Throttlin\u212aException","message":"m"}`, 400, "Throttlin\u212aException", 1},
		{"code with a long s", "", `{"code":"Acce\u017f\u017fDeniedException","message":"m"}`, 403, "AccessDeniedException", 1},
		{"long code", "", `{"code":"` + strings.Repeat("X", 100000) + `"}`, 400, strings.Repeat("X", 100000), 1},
		{"long message", "", `{"code":"X","message":"` + strings.Repeat("m", 100000) + `"}`, 400, "X", 1},
		{"message with a Kelvin sign", "X", `{"me\u017f\u017fage":"m"}`, 400, "X", 1},
		{"500", "", `{"code":"X"}`, 500, "X", 3},
		{"502", "", `{"code":"X"}`, 502, "X", 3},
		{"503", "", `{"code":"X"}`, 503, "X", 3},
		{"504", "", `{"code":"X"}`, 504, "X", 3},
		{"501", "", `{"code":"X"}`, 501, "X", 1},
		{"599", "", `{"code":"X"}`, 599, "X", 1},
	}
	for _, r := range rows {
		out = append(out, failing("unknown, "+r.name, r.header, r.text, r.status, r.want, r.sent))
	}
	return out
}

// undecodableErrorCases answer with errors whose bodies can't be read, some with
// the code in a header.
func undecodableErrorCases() (out []scenario) {
	const want = "smithy.DeserializationError"
	for _, b := range undecodable() {
		out = append(out,
			failing("bad body/"+b.name, "", b.text, 400, want, 1),
			failing("bad body with header/"+b.name, "ResourceNotFoundException", b.text, 404, want, 1))
	}
	for _, text := range []string{
		`{"code":"ConflictException","message":1}`, `{"code":"ConflictException","message":{"a":1}}`,
		`{"code":"ConflictException","message":["a"]}`, `{"code":"ConflictException","message":true}`,
		`{"code":404,"message":"m"}`, `{"code":404.5}`, `{"code":true,"message":"m"}`, `{"code":{"a":1},"message":"m"}`,
		`{"code":["x"]}`, `{"__type":7,"message":"m"}`, `{"__type":false,"code":"ConflictException"}`,
		`{"code":404,"__type":"ConflictException","message":"m"}`, `{"code":1,"message":2}`,
	} {
		out = append(out,
			failing("wrong type/"+text, "", text, 409, want, 1),
			failing("wrong type with header/"+text, "ConflictException", text, 409, want, 1),
			failing("wrong type with unknown header/"+text, "NewException", text, 409, want, 1))
	}
	return append(out, largeErrorCases()...)
}

// largeErrorCases answer with errors of several megabytes.
func largeErrorCases() []scenario {
	const size = 3 << 20
	filler := strings.Repeat("x", size)
	return []scenario{
		failing("large/html", "", html+filler, 400, "smithy.DeserializationError", 1),
		failing("large/html with header", "ConflictException", html+filler, 409, "smithy.DeserializationError", 1),
		failing("large/code first", "", `{"code":"ConflictException","message":"m","x":"`+filler+`"}`, 409, "ConflictException", 1),
		failing("large/code last", "", `{"x":"`+filler+`","code":"ConflictException","message":"m"}`, 409, "ConflictException", 1),
		failing("large/message", "ConflictException", `{"message":"`+filler+`"}`, 409, "ConflictException", 1),
		failing("large/white space", "ConflictException", strings.Repeat(" ", size), 409, "ConflictException", 1),
		failing("large/white space after", "", `{"code":"ConflictException","message":"m"}`+strings.Repeat(" ", size), 409, "ConflictException", 1),
		failing("large/unknown, code first", "", `{"code":"New","message":"m","x":"`+filler+`"}`, 400, "New", 1),
		failing("large/just below a megabyte", "", `{"code":"ConflictException","message":"m","x":"`+filler[:1<<20-60]+`"}`, 409, "ConflictException", 1),
	}
}

// statusCases answer with statuses and bodies that break off.
func statusCases() (out []scenario) {
	for _, status := range []int{100, 199, 300, 301, 302, 303, 304, 307, 308, 399, 400, 401, 402, 403, 404, 405, 408, 409, 410, 413, 418, 422, 425, 429, 431, 451, 499, 500, 501, 502, 503, 504, 505, 511, 599, 600, 999} {
		sent := 1
		if status == 500 || status == 502 || status == 503 || status == 504 {
			sent = 3
		}
		unknown := sent
		if status == 429 { // retried if the service does not say with a known error what it means
			unknown = sinceCore48(3, 1)
		}
		out = append(out,
			failing(fmt.Sprintf("status/%d, nothing", status), "", "", status, "UnknownError", unknown),
			failing(fmt.Sprintf("status/%d, html", status), "", html, status, "smithy.DeserializationError", unknown),
			failing(fmt.Sprintf("status/%d, typed", status), "ValidationException", `{"message":"m"}`, status, "ValidationException", sent))
	}
	out = append(out, reply("status/302 with location", "302 UnknownError", compare.Reply{
		Status: 302, Header: []string{"Location: https://elsewhere.example/"},
	}))
	return append(out, brokenErrorCases()...)
}

// brokenErrorCases answer with errors whose bodies break off.
func brokenErrorCases() (out []scenario) {
	rows := []struct {
		name string
		r    compare.Reply
	}{
		{"at once", compare.Reply{Status: 400, BodyErr: errBroken}},
		{"in json", compare.Reply{Status: 404, Body: `{"code":"ResourceNotFoundException","mess`, BodyErr: errUnexpected, Length: 100}},
		{"after json", compare.Reply{Status: 404, Body: `{"code":"ResourceNotFoundException","message":"m"}`, BodyErr: errBroken, Length: -1}},
		{"with header", compare.Reply{Status: 404, Header: []string{"X-Amzn-Errortype: ResourceNotFoundException", requestID}, BodyErr: errBroken}},
		{"404 and reset", compare.Reply{Status: 404, Body: `{"code":"ResourceNotFoundException"`, BodyErr: errReset}},
		{"500", compare.Reply{Status: 500, Body: `{`, BodyErr: errReset}},
	}
	for _, row := range rows {
		want := fmt.Sprintf("%d smithy.DeserializationError", row.r.Status)
		if errors.Is(row.r.BodyErr, errReset) {
			want += " (3 sent)"
		}
		out = append(out, reply("broken error/"+row.name, want, row.r))
	}
	ways := map[string]compare.Reply{
		"byte by byte":   {SmallReads: true, Length: -1},
		"wrong length":   {Length: 3},
		"unknown length": {Length: -1},
		"close fails":    {CloseErr: errBroken},
		"slow":           {Delay: 1e9, BodyDelay: 1e9},
		"request id 2":   {Header: []string{"X-Amz-Requestid: other"}},
		"both ids":       {Header: []string{"X-Amz-Requestid: other", requestID}},
		"empty id":       {Header: []string{"X-Amzn-Requestid: ", "X-Amz-Requestid: other"}},
		"two ids":        {Header: []string{"X-Amzn-Requestid: one", "X-Amzn-Requestid: two"}},
		"host id":        {Header: []string{"X-Amz-Id-2: host", requestID}},
	}
	for name, r := range ways {
		r.Status, r.Body = 409, `{"code":"ConflictException","message":"m"}`
		out = append(out, reply("error by/"+name, "409 ConflictException", r))
	}
	return out
}
