package transport

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/textproto"
	"net/url"
	"strings"
	"syscall"
	"testing"

	"example.com/lathe/runtime/rest"
	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/smithy-go"
)

// marker is a secret. It is a label of a host, so that it can stand anywhere.
const marker = "hunter2secret"

// places are all places of a request that a member can be bound to.
func places() map[string]func(r *rest.Request) {
	return map[string]func(r *rest.Request){
		"label":         func(r *rest.Request) { r.Start("PUT", "/a/").Label("m", marker) },
		"greedy label":  func(r *rest.Request) { r.Start("PUT", "/a/").GreedyLabel("m", "x/"+marker+"/é "+marker) },
		"label, escape": func(r *rest.Request) { r.Start("PUT", "/a/").Label("m", marker+"/% ü") },
		"fifth label": func(r *rest.Request) {
			r.Start("PUT", "/").Label("a", "1").Literal("/").Label("b", "2").Literal("/").Label("c", "3").Literal("/").Label("d", "4")
			r.Literal("/x/").Label("m", marker).Literal("/").Label("n", marker)
		},
		"query":         func(r *rest.Request) { r.Start("PUT", "/"); r.Query("q", marker) },
		"query, escape": func(r *rest.Request) { r.Start("PUT", "/"); r.Query("q", "a&b= "+marker) },
		"query key":     func(r *rest.Request) { r.Start("PUT", "/"); rest.QueryMap(r, map[string]string{marker: "v"}) },
		"header":        func(r *rest.Request) { r.Start("PUT", "/"); r.SetHeader("m", "X-M", marker) },
		"prefix header": func(r *rest.Request) {
			r.Start("PUT", "/")
			rest.SetPrefixHeaders(r, "m", "X-M-", map[string]string{marker: marker})
		},
		"host": func(r *rest.Request) { r.Start("PUT", "/").HostLabel("m", marker).HostPrefix(".data-") },
		"body": func(r *rest.Request) {
			r.Start("PUT", "/")
			r.SetBody("application/json", []byte(`{"m":"`+marker+`"}`))
		},
		"payload": func(r *rest.Request) { r.Start("PUT", "/"); r.SetStream("text/plain", strings.NewReader(marker)) },

		"refused label": func(r *rest.Request) { r.Start("PUT", "/a/").GreedyLabel("m", marker+"/..") },
		"refused host":  func(r *rest.Request) { r.Start("PUT", "/").HostLabel("m", marker+"!") },
		"refused key": func(r *rest.Request) {
			r.Start("PUT", "/")
			rest.SetPrefixHeaders(r, "m", "X-M-", map[string]string{marker + " ": marker})
		},
		"refused keys": func(r *rest.Request) {
			r.Start("PUT", "/")
			rest.SetPrefixHeaders(r, "m", "X-M-", map[string]string{marker: marker, strings.ToUpper(marker): marker})
		},
		"refused header": func(r *rest.Request) { r.Start("PUT", "/"); r.SetHeader("m", "X-M", marker+"\r\n") },
	}
}

// refusal makes an error of a request, as an HTTP client may.
type refusal func(r *http.Request) error

// refusals are what HTTP clients return when nothing comes back.
func refusals() map[string]refusal {
	return map[string]refusal{
		"connection refused": func(r *http.Request) error {
			return &url.Error{Op: "Put", URL: r.URL.String(), Err: &net.OpError{Op: "dial", Net: "tcp", Addr: &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 1}, Err: syscall.ECONNREFUSED}}
		},
		"no such host": func(r *http.Request) error {
			dns := &net.DNSError{Err: "no such host", Name: r.URL.Hostname(), IsNotFound: true}
			return &url.Error{Op: "Put", URL: r.URL.String(), Err: &net.OpError{Op: "dial", Net: "tcp", Err: dns}}
		},
		"certificate": func(r *http.Request) error {
			err := &tls.CertificateVerificationError{Err: fmt.Errorf("x509: certificate is valid for x, not %s", strings.ToUpper(r.URL.Hostname()))}
			return &url.Error{Op: "Put", URL: r.URL.String(), Err: err}
		},
		"timeout": func(r *http.Request) error { return &url.Error{Op: "Put", URL: r.URL.String(), Err: timeoutError{}} },
		"plain":   func(r *http.Request) error { return fmt.Errorf("failed to send %s %s", r.Method, r.URL) },
		"decoded": func(r *http.Request) error { return fmt.Errorf("failed to send to %s, %s", r.URL.Host, r.URL.Path) },
		"wrapped": func(r *http.Request) error {
			return fmt.Errorf("proxy: %w", &url.Error{Op: "Put", URL: r.URL.String(), Err: io.EOF})
		},
		"redirection": func(r *http.Request) error {
			return &url.Error{Op: "Put", URL: "https://other" + r.URL.RequestURI(), Err: errors.New("302 response missing Location header")}
		},
		"echo": func(r *http.Request) error {
			return &url.Error{Op: "Put", URL: r.URL.String(), Err: textproto.ProtocolError("malformed MIME header line: " + marker)}
		},
	}
}

type timeoutError struct{}

func (timeoutError) Error() string { return "too late" }
func (timeoutError) Timeout() bool { return true }

// TestSecretsStaySecret calls with a secret in every place, in which every thing goes
// wrong, and looks for it in all errors and in the log with everything in it.
func TestSecretsStaySecret(t *testing.T) {
	for place, serialize := range places() {
		for name, refuse := range refusals() {
			t.Run(place+"/"+name, func(t *testing.T) {
				err := checkSecret(t, &fakeOp{serialize: serialize}, func(r *http.Request) (*http.Response, error) { return nil, refuse(r) })
				if err == nil {
					t.Error("there is no error")
				}
			})
		}
		for name, answer := range map[string]func(*http.Request) (*http.Response, error){
			"output":          answer(200, `{"m":"`+marker+`"}`, "X-Out-"+marker, marker),
			"error with HTML": answer(404, "<html>Cannot PUT "+marker, "X-Out", marker),
			"server error":    answer(500, marker),
		} {
			t.Run(place+"/"+name, func(t *testing.T) { _ = checkSecret(t, &fakeOp{serialize: serialize}, answer) })
			t.Run(place+"/undecodable "+name, func(t *testing.T) {
				_ = checkSecret(t, &fakeOp{serialize: serialize, decodeErr: errors.New("not JSON")}, answer)
			})
		}
	}
}

// checkSecret makes a call and looks for the marker in what comes of it.
func checkSecret(t *testing.T, op *fakeOp, answer func(*http.Request) (*http.Response, error)) error {
	t.Helper()
	info, log := testInfo(), &memoryLogger{}
	info.Secrets = &Sensitive{Input: true, URL: true, Output: true}
	_, err := Do(t.Context(), testSettings(play(answer), withRetryer(&fakeRetryer{attempts: 2}), func(s *Settings) {
		s.Logger = log
		s.LogMode = aws.LogRequestWithBody | aws.LogResponseWithBody | aws.LogRetries | aws.LogSigning
	}), info, op)
	if text := log.text(); strings.Contains(strings.ToLower(text), marker) {
		t.Errorf("the log has the secret:\n%s", text)
	}
	for _, e := range chain(err) {
		if text := fmt.Sprintf("%v %+v", e, e); strings.Contains(strings.ToLower(text), marker) {
			t.Errorf("%T has the secret: %s", e, text)
		}
		if e, ok := e.(*smithy.DeserializationError); ok && strings.Contains(string(e.Snapshot), marker) {
			t.Errorf("the snapshot has the secret: %s", e.Snapshot)
		}
	}
	return err
}

// chain is an error with all that it wraps.
func chain(err error) []error {
	if err == nil {
		return nil
	}
	all := []error{err}
	switch e := err.(type) {
	case interface{ Unwrap() error }:
		all = append(all, chain(e.Unwrap())...)
	case interface{ Unwrap() []error }:
		for _, inner := range e.Unwrap() {
			all = append(all, chain(inner)...)
		}
	}
	return all
}

// TestDiscreetErrorsKeepTheirKind sees what can still be found out of an error without
// its secret, and that others stay what they are.
func TestDiscreetErrorsKeepTheirKind(t *testing.T) {
	send := func(inURL bool, serialize func(*rest.Request), answer func(*http.Request) (*http.Response, error)) error {
		info := testInfo()
		info.Secrets = &Sensitive{Input: true, URL: inURL}
		_, err := Do(t.Context(), testSettings(play(answer), withRetryer(aws.NopRetryer{})), info, &fakeOp{serialize: serialize})
		return err
	}
	refused := func(name string) func(*http.Request) (*http.Response, error) {
		return func(r *http.Request) (*http.Response, error) { return nil, refusals()[name](r) }
	}
	const failed = "operation error Thing: GetThing, https response error StatusCode: 0, RequestID: , request send failed, "

	err := send(true, places()["label"], refused("connection refused"))
	if want := failed + `Put "[withheld]": dial tcp 127.0.0.1:1: connection refused`; text(err) != want {
		t.Errorf("error is %v\nwant     %s", err, want)
	}
	var network *net.OpError
	if !errors.Is(err, syscall.ECONNREFUSED) || !errors.As(err, &network) {
		t.Errorf("%v hides its kind", err)
	}
	err = send(true, places()["host"], refused("no such host"))
	var dns *net.DNSError
	if want := failed + `Put "[withheld]": dial tcp: lookup [withheld]: no such host`; text(err) != want || !errors.As(err, &dns) || !dns.IsNotFound {
		t.Errorf("error is %v\nwant     %s", err, want)
	}
	err = send(true, places()["label"], refused("no such host"))
	if want := failed + `Put "[withheld]": dial tcp: lookup thing.eu-west-1.api.aws: no such host`; text(err) != want {
		t.Errorf("error is %v\nwant     %s", err, want)
	}
	err = send(true, places()["label"], refused("plain"))
	if want := failed + "the text of this error is withheld, for it may quote a sensitive member"; text(err) != want {
		t.Errorf("error is %v\nwant     %s", err, want)
	}
	err = send(true, places()["label"], func(*http.Request) (*http.Response, error) {
		return nil, fmt.Errorf("%s: %w", marker, errors.Join(timeoutError{}, context.Canceled))
	})
	var late interface {
		Timeout() bool
		Temporary() bool
	}
	if !errors.As(err, &late) || !late.Timeout() || late.Temporary() || !errors.Is(err, context.Canceled) {
		t.Errorf("%v hides its kind", err)
	}
	own := errors.New("out of order")
	if err := send(true, places()["label"], fail(own)); !errors.Is(err, own) || text(err) != failed+"out of order" {
		t.Errorf("an error without a secret is %v", err)
	}
	if err := send(false, places()["label"], refused("plain")); !strings.Contains(text(err), marker) {
		t.Errorf("without sensitive members in the URL the error is %v", err)
	}
}

// TestSecretsOverHTTP has the standard library fail at real servers.
func TestSecretsOverHTTP(t *testing.T) {
	secure := httptest.NewTLSServer(http.NotFoundHandler())
	defer secure.Close()
	echo, _ := server(t, func(w http.ResponseWriter, r *http.Request) {
		conn, _, err := w.(http.Hijacker).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		_, _ = io.WriteString(conn, "HTTP/1.1 200 OK\r\n"+r.URL.String()+marker+"\r\n\r\n")
		_ = conn.Close()
	})
	closed := httptest.NewServer(http.NotFoundHandler())
	closed.Close()
	for name, address := range map[string]string{"not trusted": secure.URL, "malformed": echo.URL, "closed": closed.URL, "no such host": "http://x.invalid"} {
		for place, serialize := range places() {
			if strings.HasPrefix(place, "refused") {
				continue
			}
			info, log := testInfo(), &memoryLogger{}
			info.Secrets = &Sensitive{Input: true, URL: true, Output: true}
			_, err := Do(t.Context(), testSettings(&http.Client{Transport: &http.Transport{}}, withRetryer(aws.NopRetryer{}), func(s *Settings) {
				s.ResolveEndpoint, s.Logger, s.LogMode = fixedEndpoint(address), log, aws.LogRetries
			}), info, &fakeOp{serialize: serialize})
			if err == nil {
				t.Errorf("%s, %s: no error", name, place)
			}
			for _, e := range chain(err) {
				if strings.Contains(strings.ToLower(e.Error()+log.text()), marker) {
					t.Errorf("%s, %s: %T has the secret: %v\n%s", name, place, e, e, log.text())
				}
			}
		}
	}
}
