package sigv4

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
	"github.com/aws/smithy-go/logging"
)

// signOfficially is what the results are held against. The official signer is a
// new one each time, because it takes a key from its cache by the access key and
// does not look at the secret.
func signOfficially(t testing.TB, r *http.Request, p *Params) (logs []string) {
	t.Helper()
	return signHTTP(t, v4.NewSigner(), r, p)
}

// signHTTP signs by the official interface. It returns what is logged.
func signHTTP(t testing.TB, s v4.HTTPSigner, r *http.Request, p *Params) (logs []string) {
	t.Helper()
	ctx := context.WithValue(context.Background(), logged{}, &logs)
	err := s.SignHTTP(ctx, p.Credentials, r, p.PayloadHash, p.Service, p.Region, p.Time,
		func(o *v4.SignerOptions) { o.DisableURIPathEscaping = p.DisableURIPathEscaping },
		func(o *v4.SignerOptions) { o.DisableSessionToken = p.DisableSessionToken },
		func(o *v4.SignerOptions) { o.LogSigning, o.Logger, o.DisableHeaderHoisting = true, logged{}, true })
	if err != nil {
		t.Fatal(err)
	}
	return logs
}

// logged is the logger of a test, which writes to the strings in the context.
type logged struct{ to *[]string }

func (logged) WithContext(ctx context.Context) logging.Logger {
	to, ok := ctx.Value(logged{}).(*[]string)
	if !ok {
		panic("another context")
	}
	return logged{to}
}

func (l logged) Logf(class logging.Classification, format string, v ...any) {
	*l.to = append(*l.to, string(class)+" "+fmt.Sprintf(format, v...))
}

// copyOf is a request that shares no memory with r but that of its strings.
func copyOf(r *http.Request) *http.Request {
	c := *r
	c.URL = new(*r.URL)
	c.Header = r.Header.Clone()
	return &c
}

// sameRequest fails the test if two requests differ in anything.
func sameRequest(t *testing.T, got, want *http.Request) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Errorf("the request is\n%s\nthe official signer's is\n%s", show(got), show(want))
	}
}

// show is what a signer changes in a request.
func show(r *http.Request) string {
	return fmt.Sprintf("host %q, URL %q with query %q, header %q", r.Host, r.URL, r.URL.RawQuery, r.Header)
}

// compare signs a request and copies of it, in all of our ways and the official one.
func compare(t *testing.T, s *Signer, r *http.Request, p *Params) {
	t.Helper()
	want, byInterface, byHeaders := copyOf(r), copyOf(r), copyOf(r)
	wantLogs := signOfficially(t, want, p)

	logs := signHTTP(t, s, byInterface, p)
	sameRequest(t, byInterface, want)
	if !slices.Equal(logs, wantLogs) {
		t.Errorf("logged is\n%q\nby the official signer\n%q", logs, wantLogs)
	}
	withHeaders := *p
	withHeaders.Headers = &message{header: byHeaders.Header}
	s.Sign(byHeaders, &withHeaders)
	sameRequest(t, byHeaders, want)

	s.Sign(r, p)
	sameRequest(t, r, want)
}

const emptyHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

// testParams are those of the published examples.
func testParams() *Params {
	return &Params{
		Credentials: aws.Credentials{AccessKeyID: "AKIDEXAMPLE", SecretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"},
		PayloadHash: emptyHash, Service: "service", Region: "us-east-1", Time: time.Date(2015, 8, 30, 12, 36, 0, 0, time.UTC),
	}
}

// testRequest is like those that clients make.
func testRequest() *http.Request {
	return &http.Request{
		Method: http.MethodGet,
		URL: &url.URL{
			Scheme: "https", Host: "datazone.us-east-1.api.aws",
			Path: "/v2/domains/dzd_1/data-source-runs/run-1", RawPath: "/v2/domains/dzd_1/data-source-runs/run-1",
		},
		Host: "datazone.us-east-1.api.aws",
		Header: http.Header{
			"Amz-Sdk-Invocation-Id": {"0f5a3b5e-3f0e-4b6a-9c0e-6a3f0e4b6a9c"},
			"Amz-Sdk-Request":       {"attempt=1; max=3"},
			"User-Agent":            {"aws-sdk-go-v2/1.47.7 os/linux lang/go#1.26"},
		},
	}
}

func TestSignLikeOfficial(t *testing.T) {
	var s Signer // its memory and its keys are used ones
	for name, change := range map[string]func(r *http.Request, p *Params){
		"plain":       func(*http.Request, *Params) {},
		"token":       func(_ *http.Request, p *Params) { p.Credentials.SessionToken = strings.Repeat("token/+= ", 100) },
		"stale token": func(r *http.Request, _ *Params) { r.Header["X-Amz-Security-Token"] = []string{"old"} },
		"token twice": func(r *http.Request, p *Params) {
			p.Credentials.SessionToken = "new"
			r.Header["X-Amz-Security-Token"] = []string{"old", "older"}
		},
		"token left out": func(r *http.Request, p *Params) {
			p.Credentials.SessionToken, p.DisableSessionToken = "new", true
			r.Header["X-Amz-Security-Token"] = []string{"old"}
		},
		"signed before":      func(r *http.Request, p *Params) { signOfficially(t, r, p); p.Time = p.Time.Add(time.Minute) },
		"two authorizations": func(r *http.Request, _ *Params) { r.Header["Authorization"] = []string{"a", "b"} },
		"no values":          func(r *http.Request, _ *Params) { r.Header["X-None"] = nil; r.Header["X-Amz-Date"] = []string{} },
		"no credentials":     func(_ *http.Request, p *Params) { p.Credentials = aws.Credentials{} },
		"no method, no path": func(r *http.Request, _ *Params) { r.Method, r.URL.Path, r.URL.RawPath = "", "", "" },
		"payload hash": func(r *http.Request, p *Params) {
			p.PayloadHash = "UNSIGNED-PAYLOAD"
			r.Header["X-Amz-Content-Sha256"] = []string{"UNSIGNED-PAYLOAD"}
		},
		"time zone":          func(_ *http.Request, p *Params) { p.Time = p.Time.In(time.FixedZone("", 14*3600)) },
		"year of 5 digits":   func(_ *http.Request, p *Params) { p.Time = time.Date(12345, 1, 2, 3, 4, 5, 6, time.UTC) },
		"year before Christ": func(_ *http.Request, p *Params) { p.Time = time.Date(-44, 3, 15, 12, 0, 0, 0, time.UTC) },

		"length":             func(r *http.Request, _ *Params) { r.ContentLength = 1234567890123 },
		"length in a header": func(r *http.Request, _ *Params) { r.ContentLength = 5; r.Header["content-Length"] = []string{"6"} },
		"unknown length":     func(r *http.Request, _ *Params) { r.ContentLength = -1; r.Header["Content-Length"] = []string{"6"} },
		"ignored headers": func(r *http.Request, _ *Params) {
			for _, name := range []string{"X-Amzn-Trace-Id", "Expect", "Transfer-Encoding", "user-agent", "expect", "authorization", "X-Amzn-Trace"} {
				r.Header[name] = []string{"1"}
			}
		},
		"spaces in values": func(r *http.Request, _ *Params) {
			r.Header["X-Spaces"] = []string{"  a  b   c ", "", "   ", "\t a \t b \u00a0", "a \n b", "\u2003x", " \x80  \x85 ", "a    "}
		},
		"names": func(r *http.Request, _ *Params) {
			for _, name := range []string{"x-lower", "X-UPPER", "X-\u212aelvin", "Äöü", "bad\xffname", "", "a_b", "A^c", "z", "İ", "host", "x y"} {
				r.Header[name] = []string{"1"}
			}
		},
		"many headers": func(r *http.Request, _ *Params) {
			for i := range 400 {
				r.Header["X-"+strings.Repeat("aZ", i)] = []string{strings.Repeat("v ", i)}
			}
		},

		"escaped path":       func(r *http.Request, _ *Params) { r.URL.Path, r.URL.RawPath = "/a b/ä:c/d", "/a%20b/%C3%a4%3Ac/d" },
		"escapes of another": func(r *http.Request, _ *Params) { r.URL.Path, r.URL.RawPath = "/a b", "/a%20c" },
		"no raw path":        func(r *http.Request, _ *Params) { r.URL.Path, r.URL.RawPath = "/a b/$ä:@*!'()[]%2F\x00\xff", "" },
		"strange raw path":   func(r *http.Request, _ *Params) { r.URL.Path, r.URL.RawPath = "/a$b", "/a$b" },
		"broken raw path":    func(r *http.Request, _ *Params) { r.URL.Path, r.URL.RawPath = "/a%", "/a%" },
		"short raw path":     func(r *http.Request, _ *Params) { r.URL.Path, r.URL.RawPath = "/ab", "/a" },
		"star":               func(r *http.Request, _ *Params) { r.URL.Path, r.URL.RawPath = "*", "" },
		"dots and slashes":   func(r *http.Request, _ *Params) { r.URL.Path, r.URL.RawPath = "//a/.././/b/", "//a/.././/b/" },
		"escaped once": func(r *http.Request, p *Params) {
			r.URL.Path, r.URL.RawPath, p.DisableURIPathEscaping = "/a b//ä", "/a%20b//%C3%A4", true
		},
		"opaque":              func(r *http.Request, _ *Params) { r.URL.Opaque = "//host/a b/%20/ä?q=1" },
		"opaque without path": func(r *http.Request, _ *Params) { r.URL.Opaque = "//host?q=/1" },
		"opaque, one slash":   func(r *http.Request, _ *Params) { r.URL.Opaque = "host/path//x" },

		"query": func(r *http.Request, _ *Params) {
			r.URL.RawQuery = "b=2&a=1&b=1&a-b=3&a%2Fb=4&a/b=5&=x&y&z=&a=1&A=%e4&sp=a+b%20c%2b&uni=ä&t=~-._*"
		},
		"query, another order when escaped": func(r *http.Request, _ *Params) { r.URL.RawQuery = "~=1&ä=2&{=3&-=4&z=5&~ä=6&~~=7&a=ä&a=~" },
		"bad parameters": func(r *http.Request, _ *Params) {
			r.URL.RawQuery = "&&a=1;b=2&c=%zz&d=%4&%=1&%4=1&ok=%41&e=100%&=&?=?&a=b=c&#"
			r.URL.ForceQuery = true
		},
		"nothing of the query":   func(r *http.Request, _ *Params) { r.URL.RawQuery = "%&;" },
		"as many as net/url":     func(r *http.Request, _ *Params) { r.URL.RawQuery = strings.Repeat("a=b&", 9999) + "c" },
		"one more":               func(r *http.Request, _ *Params) { r.URL.RawQuery = strings.Repeat("a=b&", 9999) + "c&" },
		"query of the signature": func(r *http.Request, _ *Params) { r.URL.RawQuery = "X-Amz-Date=1&Authorization=2" },

		"no host in the request": func(r *http.Request, _ *Params) { r.Host = "" },
		"another host":           func(r *http.Request, _ *Params) { r.Host = "virtual.example" },
		"host in a header":       func(r *http.Request, _ *Params) { r.Header["Host"] = []string{"other"} },
		"spaces in the host":     func(r *http.Request, _ *Params) { r.Host = "  a  b\t " },
		"only spaces as host":    func(r *http.Request, _ *Params) { r.Host = "   " },
		"default port":           func(r *http.Request, _ *Params) { r.Host = "h:443" },
		"default port of URL":    func(r *http.Request, _ *Params) { r.Host, r.URL.Host, r.URL.Scheme = "", "h:80", "HTTP" },
		"port of another scheme": func(r *http.Request, _ *Params) { r.Host = "h:80" },
		"no such scheme":         func(r *http.Request, _ *Params) { r.URL.Scheme, r.Host = "http\u017f", "h:443" },
		"IPv6":                   func(r *http.Request, _ *Params) { r.Host = "[::1]" },
		"IPv6, default port":     func(r *http.Request, _ *Params) { r.Host = "[::1]:443" },
		"IPv6, other port":       func(r *http.Request, _ *Params) { r.Host = "[::1]:8443" },
		"two colons":             func(r *http.Request, _ *Params) { r.Host = "a:443:443" },
		"broken IPv6":            func(r *http.Request, _ *Params) { r.Host = "a]b]:443" },
	} {
		t.Run(name, func(t *testing.T) {
			r, p := testRequest(), testParams()
			change(r, p)
			compare(t, &s, r, p)
		})
	}
}

// TestSignManyParams has as many parameters as net/url takes, and one more.
func TestSignManyParams(t *testing.T) {
	var s Signer
	for _, n := range []int{maxParams, maxParams + 1} {
		r, p := testRequest(), testParams()
		r.URL.RawQuery = strings.Repeat("a=b&", n-1) + "a=b"
		compare(t, &s, r, p)
	}
}

// TestSignTwiceOneName: names that differ only in case are one header, whose
// values the official signer takes in the order of the map.
func TestSignTwiceOneName(t *testing.T) {
	signed := func(sign func(r *http.Request, p *Params)) string {
		r, p := testRequest(), testParams()
		for i := range 20 { // a map of few has few orders
			r.Header["X-Other-"+strconv.Itoa(i)] = []string{"1"}
		}
		r.Header["x-a"] = []string{"2", " 3  4 "}
		r.Header["X-A"] = []string{"1"}
		r.Header["x-amz-date"] = []string{"yesterday"}
		sign(r, p)
		return r.Header["Authorization"][0]
	}
	var s Signer
	ours := signed(s.Sign)
	for range 20 {
		if again := signed(s.Sign); again != ours {
			t.Fatalf("one request, two signatures:\n%s\n%s", ours, again)
		}
	}
	for range 1000 {
		if signed(func(r *http.Request, p *Params) { signOfficially(t, r, p) }) == ours {
			return
		}
	}
	t.Errorf("in no order of the map does the official signer give\n%s", ours)
}

// TestSignLeavesBody: the body is neither read nor exchanged.
func TestSignLeavesBody(t *testing.T) {
	r := testRequest()
	body := &untouchable{t}
	r.Body, r.ContentLength = body, 5
	r.GetBody = nil
	new(Signer).Sign(r, testParams())
	if r.Body != body {
		t.Error("the body is another")
	}
}

type untouchable struct{ t *testing.T }

func (b *untouchable) Read([]byte) (int, error) { b.t.Error("the body was read"); return 0, nil }
func (b *untouchable) Close() error             { b.t.Error("the body was closed"); return nil }

// TestSignWritesIntoTheSliceThatIsThere, as the official signer does, and into no
// other's: each value that it adds itself ends its slice.
func TestSignWritesIntoTheSliceThatIsThere(t *testing.T) {
	r, p := testRequest(), testParams()
	p.Credentials.SessionToken = "token"
	room := make([]string, 1)
	r.Header["Authorization"] = room[:0]
	new(Signer).Sign(r, p)
	if room[0] == "" || room[0] != r.Header["Authorization"][0] {
		t.Errorf("Authorization is %q, in the caller's memory is %q", r.Header["Authorization"], room)
	}
	for _, name := range []string{"X-Amz-Date", "X-Amz-Security-Token"} {
		if v := r.Header[name]; len(v) != 1 || cap(v) != 1 {
			t.Errorf("%s has %d values in a slice for %d", name, len(v), cap(v))
		}
	}
}
