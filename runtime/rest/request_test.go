package rest_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"example.com/lathe/runtime/rest"
)

func endpoint(t *testing.T, s string) *url.URL {
	t.Helper()
	u, err := url.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

func TestPath(t *testing.T) {
	for name, c := range map[string]struct {
		base  string
		build func(r *rest.Request)
		want  string
	}{
		"plain":                 {"https://h", func(r *rest.Request) { r.Start("GET", "/a/").Label("x", "b").Literal("/c") }, "https://h/a/b/c"},
		"base path":             {"https://h/base/", func(r *rest.Request) { r.Start("GET", "/a") }, "https://h/base/a"},
		"base and root":         {"https://h/base", func(r *rest.Request) { r.Start("POST", "/") }, "https://h/base"},
		"base/ and root":        {"https://h/base/", func(r *rest.Request) { r.Start("POST", "/") }, "https://h/base/"},
		"escaped base and root": {"https://h/b%2Fc", func(r *rest.Request) { r.Start("POST", "/") }, "https://h/b%2Fc"},
		"no base and root":      {"https://h", func(r *rest.Request) { r.Start("POST", "/") }, "https://h/"},
		"slashes":               {"https://h/base//", func(r *rest.Request) { r.Start("GET", "//a/") }, "https://h/base///a/"},
		"escaped base":          {"https://h/b%20c", func(r *rest.Request) { r.Start("GET", "/").Label("x", "d/e") }, "https://h/b%20c/d%2Fe"},
		"escapes":               {"https://h", func(r *rest.Request) { r.Start("GET", "/").Label("x", "a b/c?d#e%f+é:@&=") }, "https://h/a%20b%2Fc%3Fd%23e%25f%2B%C3%A9%3A%40%26%3D"},
		"unreserved":            {"https://h", func(r *rest.Request) { r.Start("GET", "/").Label("x", "aZ09-._~") }, "https://h/aZ09-._~"},
		"greedy":                {"https://h", func(r *rest.Request) { r.Start("GET", "/").GreedyLabel("x", "a/b c//d") }, "https://h/a/b%20c//d"},
		"dots inside":           {"https://h", func(r *rest.Request) { r.Start("GET", "/").Label("x", "...") }, "https://h/..."},
		"host prefix":           {"https://h.example", func(r *rest.Request) { r.Start("GET", "/").HostPrefix("data-").HostLabel("x", "a1").HostPrefix(".") }, "https://data-a1.h.example/"},
		"query": {"https://h/?z=1", func(r *rest.Request) {
			r.Start("GET", "/")
			r.Query("b", "2 3")
			r.Query("a", "x&y")
			r.Query("b", "1")
			rest.QueryMap(r, map[string]string{"b": "lost", "c": "+"})
			rest.QueryListMap(r, map[string][]string{"d": {"p", "q"}, "a": {"lost"}})
		}, "https://h/?z=1&a=x%26y&b=2%203&b=1&c=%2B&d=p&d=q"},
	} {
		t.Run(name, func(t *testing.T) {
			var r rest.Request
			c.build(&r)
			attempt, err := r.NewAttempt(context.Background(), endpoint(t, c.base), 0)
			if err != nil {
				t.Fatal(err)
			}
			if got := attempt.HTTP.URL.String(); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

func TestRefused(t *testing.T) {
	for want, build := range map[string]func(r *rest.Request){
		"serialization failed: input member x must not be empty":                              func(r *rest.Request) { r.Label("x", "") },
		"input member x must not have a relative path segment":                                func(r *rest.Request) { r.Label("x", ".") },
		"input member y must not have a relative path segment":                                func(r *rest.Request) { r.Label("y", "..") },
		"input member z must not have a relative path segment":                                func(r *rest.Request) { r.GreedyLabel("z", "a/..") },
		"input member x must be a valid host label (letters, digits and hyphens, at most 63)": func(r *rest.Request) { r.HostLabel("x", "a.b") },
		"input member x must not have control characters, because it is sent in a header":     func(r *rest.Request) { r.SetHeader("x", "X", "a\rb") },
		"input member y must not have control characters, because it is sent in a header":     func(r *rest.Request) { r.SetHeader("y", "X", "a\n b") },
		"input member z must not have control characters, because it is sent in a header":     func(r *rest.Request) { r.SetHeader("z", "X", "\x00") },
		"input member l must not have control characters, because it is sent in a header": func(r *rest.Request) {
			rest.SetHeaderList(r, "l", "X", []string{"a", "b\x7f"}, rest.QuotedText[string])
		},
		"input member p must not have control characters, because it is sent in a header":               func(r *rest.Request) { rest.SetPrefixHeaders(r, "p", "X-", map[string]string{"a": "\r\nX-B: b"}) },
		"input member k must have keys that are valid in the name of a header":                          func(r *rest.Request) { rest.SetPrefixHeaders(r, "k", "X-", map[string]string{"a\r\nB": "b"}) },
		"input member b must have keys that are valid in the name of a header":                          func(r *rest.Request) { rest.SetPrefixHeaders(r, "b", "X-", map[string]string{"a b": "b"}) },
		"input member c must have keys that are valid in the name of a header":                          func(r *rest.Request) { rest.SetPrefixHeaders(r, "c", "X-", map[string]string{"é": "b"}) },
		"input member e must have keys that are valid in the name of a header":                          func(r *rest.Request) { rest.SetPrefixHeaders(r, "e", "", map[string]string{"": "b"}) },
		"input member d must not have keys that differ in case only, because they are names of headers": func(r *rest.Request) { rest.SetPrefixHeaders(r, "d", "x-", map[string]string{"A": "1", "a": "2"}) },
		"input member f must not have keys that differ in case only, because they are names of headers": func(r *rest.Request) {
			rest.SetPrefixHeaders(r, "f", "", map[string]string{"x-a": "1", "X-A": "1", "b": "2"})
		},
		"input member v must be a valid host label (letters, digits and hyphens, at most 63)": func(r *rest.Request) { r.HostLabel("v", "-a") },
		"input member w must be a valid host label (letters, digits and hyphens, at most 63)": func(r *rest.Request) { r.HostLabel("w", "a-") },
		"first": func(r *rest.Request) { r.Fail(errors.New("first")); r.Label("x", "") },
	} {
		var r rest.Request
		build(r.Start("GET", "/"))
		if _, err := r.NewAttempt(context.Background(), endpoint(t, "https://h"), 0); err == nil || err.Error() != want {
			t.Errorf("got error %v, want %s", err, want)
		}
	}
}

func TestHeaders(t *testing.T) {
	var r rest.Request
	r.Start("GET", "/")
	r.SetHeader("a", "X-A", "a")
	r.SetHeader("b", "X-Empty", "")
	rest.SetHeaderList(&r, "l", "X-List", []string{"a", "b,c", `d"e`}, rest.QuotedText[string])
	rest.SetHeaderList(&r, "l", "X-Ints", []int32{1, 2}, rest.Int[int32])
	rest.SetHeaderList(&r, "l", "X-No-Items", []string{}, rest.QuotedText[string])
	rest.SetHeaderList[string](&r, "l", "X-Nil", nil, rest.QuotedText)
	rest.SetHeaderList(&r, "l", "X-Empty-Item", []string{"", "a", "", "b", ""}, rest.QuotedText[string])
	rest.SetHeaderList(&r, "l", "X-Empty-Items", []string{"", ""}, rest.QuotedText[string])
	rest.SetPrefixHeaders(&r, "m", "x-meta-", map[string]string{"one": "1", "Two": "2"})
	want := http.Header{"X-A": {"a"}, "X-Empty": {""}, "X-No-Items": {""}, "X-List": {`a, "b,c", "d\"e"`}, "X-Ints": {"1, 2"}, "X-Empty-Item": {"a, b"}, "X-Meta-One": {"1"}, "X-Meta-Two": {"2"}}
	attempt, err := r.NewAttempt(context.Background(), endpoint(t, "https://h"), 0)
	if err != nil {
		t.Fatal(err)
	}
	for name, values := range want {
		if got := attempt.HTTP.Header[name]; len(got) != 1 || got[0] != values[0] {
			t.Errorf("%s is %q, want %q", name, got, values)
		}
	}
	if len(attempt.HTTP.Header) != len(want) {
		t.Errorf("got %v", attempt.HTTP.Header)
	}
}

// TestPrefixHeadersOfTwoMembers sees that a header of its own wins over one of a map.
func TestPrefixHeadersOfTwoMembers(t *testing.T) {
	var r rest.Request
	r.SetHeader("own", "X-Meta-A", "own\tvalue é")
	rest.SetPrefixHeaders(&r, "map", "x-meta-", map[string]string{"a": "from the map", "b": "2"})
	if a, b := r.Header.Get("X-Meta-A"), r.Header.Get("X-Meta-B"); a != "own\tvalue é" || b != "2" || r.Err() != nil {
		t.Errorf("%q, %q, %v", a, b, r.Err())
	}
}

func TestFormat(t *testing.T) {
	at := time.Date(2024, 1, 2, 3, 4, 5, 678e6, time.UTC)
	for want, got := range map[string]string{
		"true": rest.Bool(true), "-7": rest.Int(int64(-7)), "0.1": rest.Float32(0.1), "1000000000000000000000000": rest.Float64(1e24),
		"2024-01-02T03:04:05.678Z": rest.DateTime(at), "Tue, 02 Jan 2024 03:04:05 GMT": rest.HTTPDate(at), "1704164645.678": rest.EpochSeconds(at),
		"eyI6MX0=": rest.Base64(`{":1}`), "": rest.Opt(nil, rest.Bool), "false": rest.Opt(new(false), rest.Bool),
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

// onlyReader hides what else a reader can do.
type onlyReader struct{ io.Reader }

func TestBodies(t *testing.T) {
	const hash = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824" // of "hello"
	seekable := strings.NewReader("--hello")
	if _, err := seekable.Seek(2, io.SeekStart); err != nil {
		t.Fatal(err)
	}
	for name, set := range map[string]func(r *rest.Request){
		"bytes":           func(r *rest.Request) { r.SetBody("text/plain", []byte("hello")) },
		"seekable stream": func(r *rest.Request) { r.SetStream("text/plain", seekable) },
	} {
		t.Run(name, func(t *testing.T) {
			var r rest.Request
			set(r.Start("PUT", "/"))
			if got, err := r.PayloadHash(); got != hash || err != nil {
				t.Errorf("hash %s, %v", got, err)
			}
			for range 2 {
				attempt, err := r.NewAttempt(context.Background(), endpoint(t, "https://h"), 0)
				if err != nil {
					t.Fatal(err)
				}
				body, err := io.ReadAll(attempt.HTTP.Body)
				if string(body) != "hello" || err != nil || attempt.HTTP.ContentLength != 5 || attempt.HTTP.Header.Get("Content-Type") != "text/plain" {
					t.Errorf("body %q, %v, length %d, %v", body, err, attempt.HTTP.ContentLength, attempt.HTTP.Header)
				}
				if err := errors.Join(attempt.HTTP.Body.Close(), r.Rewind()); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

func TestUnseekableStream(t *testing.T) {
	var r rest.Request
	r.Start("PUT", "/").SetStream("application/octet-stream", onlyReader{strings.NewReader("hello")})
	if _, err := r.PayloadHash(); err == nil || err.Error() != "unseekable stream is not supported without an unsigned payload" {
		t.Errorf("hash: %v", err)
	}
	if err := r.Rewind(); err == nil || err.Error() != "request stream is not seekable" {
		t.Errorf("rewind: %v", err)
	}
	if r.Length() != -1 || !r.IsStream() {
		t.Errorf("length %d, stream %v", r.Length(), r.IsStream())
	}
}

// TestRequireLength refuses streams of unknown length alone.
func TestRequireLength(t *testing.T) {
	const want = "content length for payload is required and must be at least 0"
	for name, stream := range map[string]io.Reader{
		"nil": nil, "NoBody": http.NoBody, "seekable": strings.NewReader("x"), "sized": bytes.NewBufferString("x"), "unknown": onlyReader{strings.NewReader("x")},
	} {
		var r rest.Request
		r.Start("PUT", "/").SetStream("application/octet-stream", stream)
		r.RequireLength()
		if err := r.Err(); (err != nil) != (name == "unknown") || err != nil && err.Error() != want {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestEmptyStreams sees that a stream without bytes is a body of length zero, which has
// a hash and is sent as often as it takes, and that only a nil one has no content type.
func TestEmptyStreams(t *testing.T) {
	const hash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" // of nothing
	atEnd := strings.NewReader("read")
	if _, err := io.Copy(io.Discard, atEnd); err != nil {
		t.Fatal(err)
	}
	for name, stream := range map[string]io.Reader{
		"nil": nil, "NoBody": http.NoBody, "buffer": new(bytes.Buffer), "strings": strings.NewReader(""), "bytes": bytes.NewReader(nil),
		"section": io.NewSectionReader(strings.NewReader("x"), 1, 0), "read to its end": atEnd,
	} {
		t.Run(name, func(t *testing.T) {
			var r rest.Request
			r.Start("PUT", "/").SetStream("application/octet-stream", stream)
			if got, err := r.PayloadHash(); got != hash || err != nil {
				t.Errorf("hash %s, %v", got, err)
			}
			var copied bytes.Buffer
			if err := r.Copy(&copied); err != nil || copied.Len() > 0 {
				t.Errorf("copied %q, %v", &copied, err)
			}
			want := "application/octet-stream"
			if stream == nil {
				want = ""
			}
			for range 3 {
				a := newAttempt(t, &r).HTTP
				if a.Body != http.NoBody || a.ContentLength != 0 || a.Header.Get("Content-Type") != want {
					t.Errorf("body %T of length %d and type %q", a.Body, a.ContentLength, a.Header.Get("Content-Type"))
				}
				if err := r.Rewind(); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

// FuzzLabel sees that no label leaves its segment, whatever its value.
func FuzzLabel(f *testing.F) {
	for _, seed := range []string{"a", "a/b", "..", "%2e%2e", "a\x00b", "\\..\\", "é", "a?b#c", "a;b"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, value string) {
		var r rest.Request
		r.Start("GET", "/before/").Label("x", value).Literal("/after")
		attempt, err := r.NewAttempt(context.Background(), &url.URL{Scheme: "https", Host: "h"}, 0)
		if err != nil {
			return
		}
		back, err := url.Parse(attempt.HTTP.URL.String())
		if err != nil {
			t.Fatalf("%q gave a URL that can't be read: %v", value, err)
		}
		if got := back.Path; got != "/before/"+value+"/after" || strings.Count(back.EscapedPath(), "/") != 3 || back.RawQuery != "" || back.Fragment != "" {
			t.Errorf("%q gave %s", value, attempt.HTTP.URL)
		}
	})
}
