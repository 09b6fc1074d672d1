package interop

import (
	"time"

	"example.com/lathe/interop/compare"
	"github.com/aws/aws-sdk-go-v2/aws"
)

// metadataCases look at what the result's metadata reports the response.
func metadataCases() (out []scenario) {
	for name, header := range map[string][]string{
		"nothing":              nil,
		"request id":           {requestID},
		"other request id":     {"X-Amz-Requestid: b"},
		"both request ids":     {"X-Amz-Requestid: b", requestID},
		"empty request id":     {"X-Amzn-Requestid: ", "X-Amz-Requestid: b"},
		"only empty id":        {"X-Amzn-Requestid: "},
		"request id not canon": {"x-amzn-requestid: c"},
		"date":                 {"Date: Sat, 01 Jan 2000 00:00:30 GMT"},
		"date of RFC 850":      {"Date: Saturday, 01-Jan-00 00:00:30 GMT"},
		"date of asctime":      {"Date: Sat Jan  1 00:00:30 2000"},
		"date, one digit":      {"Date: Sat, 1 Jan 2000 00:00:30 GMT"},
		"date with fraction":   {"Date: Sat, 01 Jan 2000 00:00:30.123 GMT"},
		"date in UTC":          {"Date: Sat, 01 Jan 2000 00:00:30 UTC"},
		"date in ISO":          {"Date: 2000-01-01T00:00:30Z"},
		"empty date":           {"Date: "},
		"two dates":            {"Date: Sat, 01 Jan 2000 00:00:30 GMT", "Date: Sat, 01 Jan 2000 00:00:40 GMT"},
		"age":                  {"Date: Sat, 01 Jan 2000 00:00:30 GMT", "Age: 1"},
		"empty age":            {"Date: Sat, 01 Jan 2000 00:00:30 GMT", "Age: "},
		"headers":              {"X-A: 1", "X-A: 2", "x-b: 3", "Content-Type: application/json", "Set-Cookie: a=b"},
	} {
		out = append(out,
			reply("metadata/"+name, "ok", compare.Reply{Body: fullOutput, Header: header}),
			reply("metadata of an error/"+name, "404 ResourceNotFoundException", compare.Reply{
				Status: 404, Body: `{"__type":"ResourceNotFoundException","message":"m"}`, Header: header,
			}))
	}
	id := compare.Reply{Body: fullOutput, Header: []string{requestID}, Delay: 3 * time.Second}
	out = append(out, reply("metadata/of the last attempt", "ok (2 sent)", compare.Reply{Status: 500, Header: []string{"X-Amzn-Requestid: first"}}, id))
	results := reply("metadata/attempt results", "ok (2 sent)", fault, fine)
	results.AttemptResults = true
	return append(append(out, results), clientCases()...)
}

// clientCases send through net/http's client.
func clientCases() (out []scenario) {
	for name, row := range map[string]struct {
		want    string
		replies []compare.Reply
	}{
		"fine":                {"ok", []compare.Reply{fine}},
		"dead":                {"smithyhttp.RequestSendError (3 sent)", []compare.Reply{dead}},
		"fault":               {"ok (2 sent)", []compare.Reply{fault, fine}},
		"redirect":            {"ok (2 sent)", []compare.Reply{{Status: 301, Header: []string{"Location: https://elsewhere.example/x"}}, fine}},
		"redirect to nowhere": {"301 UnknownError", []compare.Reply{{Status: 301}}},
		"canceled":            {"smithy.CanceledError", []compare.Reply{{Cancel: compare.WhileWaiting}}},
		"not modified":        {"304 UnknownError", []compare.Reply{{Status: 304}}},
		"too many redirects":  {"301 smithyhttp.RequestSendError (30 sent)", []compare.Reply{{Status: 301, Header: []string{"Location: /again"}}}},
	} {
		out = append(out, scenario{
			Name: "http.Client/" + name, Options: settings{set("HTTPClient", compare.Make(roundTripping))}, Replies: row.replies, Want: row.want,
		})
	}
	return append(out,
		scenario{Name: "body/nil", Replies: []compare.Reply{{NilBody: true}}, Want: "errors.errorString"},
		scenario{Name: "body/nil in an error", Replies: []compare.Reply{{Status: 404, NilBody: true}}, Want: "errors.errorString"},
		scenario{
			Name: "runtime/environment", Options: settings{set("RuntimeEnvironment", aws.RuntimeEnvironment{Region: "us-east-1"}), set("DefaultsMode", aws.DefaultsModeAuto)},
			Replies: []compare.Reply{fine}, Want: "ok",
		})
}
