package rest_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"reflect"
	"strings"
	"testing"
	"testing/iotest"

	smithyhttp "github.com/aws/smithy-go/transport/http"

	"example.com/lathe/runtime/rest"
)

func newAttempt(t *testing.T, r *rest.Request) *rest.Attempt {
	t.Helper()
	a, err := r.NewAttempt(context.Background(), endpoint(t, "https://h"), 0)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// TestAttemptsAreApart changes all of one attempt that a transport or a signer
// may change, and looks for it in the next.
func TestAttemptsAreApart(t *testing.T) {
	var r rest.Request
	r.Start("PUT", "/a").SetBody("text/plain", []byte("body"))
	r.Header.Set("X-A", "a")
	first := newAttempt(t, &r)
	first.HTTP.Header["X-A"][0] = "changed"
	first.HTTP.Header["X-A"] = append(first.HTTP.Header["X-A"], "and more")
	first.SetHeader("X-B", "b")
	first.HTTP.URL.Path = "/changed"
	first.HTTP.Host = "changed"
	second := newAttempt(t, &r)
	want := http.Header{"Content-Type": {"text/plain"}, "X-A": {"a"}}
	if !reflect.DeepEqual(second.HTTP.Header, want) || second.HTTP.URL.String() != "https://h/a" || second.HTTP.Host != "" {
		t.Errorf("the second attempt is %s %s with %v", second.HTTP.Host, second.HTTP.URL, second.HTTP.Header)
	}
	if got := first.HTTP.Header["Content-Type"]; len(got) != 1 || got[0] != "text/plain" {
		t.Errorf("adding a value to one header changed another: %q", got)
	}
}

// TestManyHeaders has more headers and longer text than an attempt has room for.
func TestManyHeaders(t *testing.T) {
	var r rest.Request
	r.Start("GET", "/"+strings.Repeat("long", 300))
	want := http.Header{}
	for i := range 40 {
		name, value := fmt.Sprintf("X-%d", i), strings.Repeat("v", i)
		r.Header.Set(name, "earlier")
		r.Header.Set(name, value)
		want[name] = []string{value}
	}
	a := newAttempt(t, &r)
	for i := range 40 {
		name, value := fmt.Sprintf("Y-%d", i), strings.Repeat("w", 40*i)
		a.SetHeader(name, a.Text([]byte(value)))
		want[name] = []string{value}
	}
	if !reflect.DeepEqual(a.HTTP.Header, want) {
		t.Errorf("headers are %v", a.HTTP.Header)
	}
	if got := a.HTTP.URL.Path; got != "/"+strings.Repeat("long", 300) {
		t.Errorf("path is %s", got)
	}
}

func TestPathWithEscapes(t *testing.T) {
	for want, build := range map[string]func(*rest.Request){
		"https://h/a/b/c":          func(r *rest.Request) { r.Label("x", "b").Literal("/c") },
		"https://h/a/b%20c/d":      func(r *rest.Request) { r.Label("x", "b c").Literal("/d") },
		"https://h/a/b/%C3%A9/%2F": func(r *rest.Request) { r.Label("x", "b").Literal("/").Label("y", "é").Literal("/").Label("z", "/") },
	} {
		var r rest.Request
		build(r.Start("GET", "/a/"))
		u := newAttempt(t, &r).HTTP.URL
		if u.String() != want {
			t.Errorf("got %s, want %s", u, want)
		}
		if again := *u; again.EscapedPath() != u.RawPath {
			t.Errorf("path %q does not fit its escaped form %q", u.Path, u.RawPath)
		}
	}
}

// TestLongBodiesAreLetGo closes a body that an output's metadata still lead to.
func TestLongBodiesAreLetGo(t *testing.T) {
	for _, size := range []int{1, 4 << 10, 16<<10 + 1, 1 << 20} {
		var r rest.Request
		r.Start("PUT", "/").SetBody("", bytes.Repeat([]byte("x"), size))
		a := newAttempt(t, &r)
		got, err := io.ReadAll(a.HTTP.Body)
		if err != nil || len(got) != size || a.HTTP.ContentLength != int64(size) {
			t.Errorf("read %d of %d bytes, %v", len(got), size, err)
		}
		_, detachable := a.HTTP.Body.(*rest.Body)
		if want := size > 4<<10; detachable != want {
			t.Errorf("%d bytes: can be let go is %v, want %v", size, detachable, want)
		}
	}
}

// TestBodyInParts reads a body of several parts in all ways that readers are read,
// for two attempts, and finds the parts as they were.
func TestBodyInParts(t *testing.T) {
	parts := [][]byte{[]byte("one"), {}, []byte("two and "), []byte("3")}
	var r rest.Request
	r.Start("PUT", "/").SetBody("", parts...)
	for range 2 {
		if err := iotest.TestReader(newAttempt(t, &r).HTTP.Body, []byte("onetwo and 3")); err != nil {
			t.Error(err)
		}
	}
	if got := string(r.Body()); got != "onetwo and 3" {
		t.Errorf("the body is now %q", got)
	}
}

// TestEndWithSlash joins paths where a slash is asked for.
func TestEndWithSlash(t *testing.T) {
	for base, want := range map[string]string{"": "/", "/": "/", "/a": "/a/", "/a/": "/a/", "/a/b": "/a/b/"} {
		var r rest.Request
		r.Start("POST", "/").EndWithSlash()
		attempt, err := r.NewAttempt(context.Background(), &url.URL{Scheme: "https", Host: "h", Path: base}, 1)
		if err != nil {
			t.Fatal(err)
		}
		if got := attempt.HTTP.URL.Path; got != want || !r.EndsWithSlash() {
			t.Errorf("%q: got %q, want %q", base, got, want)
		}
	}
}

// TestJoinPathLikeOfficial joins an endpoint's path with the request's as the official
// packages do with the core's own function.
func TestJoinPathLikeOfficial(t *testing.T) {
	for _, base := range []string{"", "/", "/a", "/a/", "/a//", "//a", "/a/b"} {
		for _, path := range []string{"/", "/x", "/x/", "//x", "//", "/x/y"} {
			var r rest.Request
			r.Start("GET", path)
			attempt, err := r.NewAttempt(context.Background(), &url.URL{Scheme: "https", Host: "h", Path: base}, 0)
			if err != nil {
				t.Fatal(err)
			}
			if got, want := attempt.HTTP.URL.Path, smithyhttp.JoinPath(base, path); got != want {
				t.Errorf("%q and %q: got %q, want %q", base, path, got, want)
			}
		}
	}
}
