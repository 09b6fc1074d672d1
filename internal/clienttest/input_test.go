package clienttest

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/smithy-go"

	"example.com/lathe/generated/datazone"
)

// TestPaths compares the request line that a server gets for an identifier.
func TestPaths(t *testing.T) {
	for id, want := range map[string]string{
		"run-1": "run-1", "a b": "a%20b", "a+b": "a%2Bb", "a/b": "a%2Fb", "a/../b": "a%2F..%2Fb", "/": "%2F", "../..": "..%2F..",
		"a%2Fb": "a%252Fb", "%": "%25", "a?b#c": "a%3Fb%23c", "a&b=c;d": "a%26b%3Dc%3Bd", "...": "...", ".a": ".a", "a..": "a..",
		"ü": "%C3%BC", "日本": "%E6%97%A5%E6%9C%AC", "\xff": "%FF", "a\x00\n\r\tb": "a%00%0A%0D%09b", "~-._": "~-._", "{x}:@!$'()*,": "%7Bx%7D%3A%40%21%24%27%28%29%2A%2C",
		"%2e%2e": "%252e%252e", `a\b"<>`: "a%5Cb%22%3C%3E", " ": "%20", strings.Repeat("ü", 5000): strings.Repeat("%C3%BC", 5000),
	} {
		t.Run(id[:min(len(id), 20)], func(t *testing.T) {
			var line string
			client := newClient(nil, serve(t, func(_ http.ResponseWriter, r *http.Request) { line = r.Method + " " + r.RequestURI }))
			in := &datazone.GetDataSourceRunInput{DomainIdentifier: &id, Identifier: &id}
			if _, err := client.GetDataSourceRun(context.Background(), in); err != nil {
				t.Fatal(err)
			}
			if want := "GET /v2/domains/" + want + "/data-source-runs/" + want; line != want {
				t.Errorf("sent %q\nwant %q", line, want)
			}
		})
	}
}

// TestBadInputs makes calls that must not be sent.
func TestBadInputs(t *testing.T) {
	in := func(domain, run *string) *datazone.GetDataSourceRunInput {
		return &datazone.GetDataSourceRunInput{DomainIdentifier: domain, Identifier: run}
	}
	missing := func(names ...string) string {
		return strings.Join(names, "") // each name brings its line
	}
	const domainLine = "- missing required field, GetDataSourceRunInput.DomainIdentifier.\n"
	const runLine = "- missing required field, GetDataSourceRunInput.Identifier.\n"
	some, empty, dot, dots := aws.String("x"), aws.String(""), aws.String("."), aws.String("..")
	for name, c := range map[string]struct {
		in   *datazone.GetDataSourceRunInput
		want string
	}{
		"nil":               {nil, "2 validation error(s) found.\n" + missing(domainLine, runLine)},
		"nothing set":       {in(nil, nil), "2 validation error(s) found.\n" + missing(domainLine, runLine)},
		"no domain":         {in(nil, some), "1 validation error(s) found.\n" + missing(domainLine)},
		"no run":            {in(some, nil), "1 validation error(s) found.\n" + missing(runLine)},
		"empty domain":      {in(empty, some), "serialization failed: serialization failed: input member domainIdentifier must not be empty"},
		"empty run":         {in(some, empty), "serialization failed: serialization failed: input member identifier must not be empty"},
		"both empty":        {in(empty, empty), "serialization failed: serialization failed: input member domainIdentifier must not be empty"},
		"run is a dot":      {in(some, dot), `serialization failed: input member identifier must not have a relative path segment`},
		"domain goes up":    {in(dots, some), `serialization failed: input member domainIdentifier must not have a relative path segment`},
		"run goes up":       {in(some, dots), `serialization failed: input member identifier must not have a relative path segment`},
		"missing wins over": {in(dots, nil), "1 validation error(s) found.\n" + missing(runLine)},
	} {
		t.Run(name, func(t *testing.T) {
			client := play(t, reply(200, "{}"))
			out, err := newClient(client).GetDataSourceRun(context.Background(), c.in)
			check(t, err, operation(c.want))
			if out != nil || len(client.requests) != 0 {
				t.Errorf("output %v after %d requests", out, len(client.requests))
			}
			_, invalid := errors.AsType[smithy.InvalidParamsError](err)
			if want := strings.Contains(c.want, "validation error"); invalid != want {
				t.Errorf("is a smithy.InvalidParamsError: %t, want %t", invalid, want)
			}
		})
	}
}

// TestInputIsLeftAlone sees that a call changes nothing of its input.
func TestInputIsLeftAlone(t *testing.T) {
	in := inputFor("a b")
	domain, run := in.DomainIdentifier, in.Identifier
	if _, err := newClient(play(t, reply(200, "{}"))).GetDataSourceRun(context.Background(), in); err != nil {
		t.Fatal(err)
	}
	if in.DomainIdentifier != domain || in.Identifier != run || *domain != domainID || *run != "a b" {
		t.Errorf("input is %+v", in)
	}
}

// TestRequestHeaders compares all headers that a server gets.
func TestRequestHeaders(t *testing.T) {
	var got http.Header
	var host string
	client := newClient(nil, serve(t, func(_ http.ResponseWriter, r *http.Request) { got, host = r.Header.Clone(), r.Host }))
	if _, err := call(client); err != nil {
		t.Fatal(err)
	}
	if want := strings.TrimPrefix(*client.Options().BaseEndpoint, "http://"); host != want {
		t.Errorf("host is %q, want %q", host, want)
	}
	want := map[string]string{
		"Accept-Encoding": "gzip", "Amz-Sdk-Invocation-Id": "", "Amz-Sdk-Request": "attempt=1; max=3", "Authorization": "",
		"User-Agent": "", "X-Amz-Date": "", "X-Amz-Security-Token": sessionToken,
	}
	for name, values := range got {
		value, known := want[name]
		if !known || len(values) != 1 || value != "" && values[0] != value {
			t.Errorf("header %s is %q, want %q", name, values, value)
		}
		delete(want, name)
	}
	for name := range want {
		t.Errorf("header %s was not sent", name)
	}
}
