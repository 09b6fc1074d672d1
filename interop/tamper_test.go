package interop

import (
	"slices"
	"strings"
	"testing"

	"example.com/lathe/interop/compare"
	"github.com/aws/aws-sdk-go-v2/credentials"
)

// tampered are pairs of scenarios that differ, and where that must show first.
func tampered() []struct {
	name string
	a, b scenario
	path string
} {
	with := func(s settings) scenario { return scenario{Options: s, Replies: []compare.Reply{fine}} }
	answered := func(replies ...compare.Reply) scenario { return scenario{Replies: replies} }
	input := func(id string) scenario {
		return scenario{Calls: []compare.Call{{Input: settings{set("Identifier", id)}}}, Replies: []compare.Reply{fine}}
	}
	key := func(secret string) scenario {
		return with(settings{set("Credentials", credentials.NewStaticCredentialsProvider("AKID", secret, ""))})
	}
	return []struct {
		name string
		a, b scenario
		path string
	}{
		{"region", with(nil), with(settings{set("Region", "eu-west-1")}), "request 1 url"},
		{"label", input("a"), input("b"), "request 1 url"},
		{"secret", key("SECRET"), key("other"), "request 1 header Authorization"},
		{"agent", with(nil), with(settings{set("AppID", "x")}), "request 1 header User-Agent"},
		{"attempts", with(nil), with(settings{set("RetryMaxAttempts", 9)}), "request 1 header Amz-Sdk-Request"},
		{"one retry", answered(fine), answered(fault, fine), "request 2"},
		{"output", answered(fine), answered(compare.Reply{Body: `{"id":"other"}`}), "call 1 metadata raw response"},
		{"same length", answered(compare.Reply{Body: `{"id":"a"}`}), answered(compare.Reply{Body: `{"id":"b"}`}), "call 1 output, not deeply equal"},
		{"absent and empty", answered(compare.Reply{Body: `{"id":null}`}), answered(compare.Reply{Body: `{"id":""}`, Length: 11}), "call 1 output, not deeply equal"},
		{"request id", answered(fine), answered(compare.Reply{Body: fullOutput, Header: []string{requestID}}), "call 1 metadata raw response"},
		{"code", answered(absent), answered(compare.Reply{Status: 404, Body: `{"code":"X"}`}), "call 1"},
		{"status", answered(compare.Reply{Status: 404}), answered(compare.Reply{Status: 403}), "call 1"},
		{"time", answered(fine), answered(compare.Reply{Body: fullOutput, Delay: 1}), "call 1 took"},
		{"body left open", answered(fine), answered(compare.Reply{NilBody: true, Status: 404}), "call 1"},
	}
}

// TestTampering sees that a difference is seen: it compares a client with itself,
// in scenarios that differ.
func TestTampering(t *testing.T) {
	client := ourClient()
	for _, row := range tampered() {
		got := compare.Compare(&row.a, run(t, client, row.a), run(t, client, row.b))
		if len(got) == 0 || !slices.ContainsFunc(got, func(d compare.Difference) bool { return d.Path == row.path || strings.HasPrefix(d.Path, row.path+".") }) {
			t.Errorf("%s: %q does not show in %v", row.name, row.path, got)
		}
	}
}
