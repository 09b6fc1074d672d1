package transport

import (
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
)

// route is a transport that answers by the path of the request and writes down what it
// was sent.
type route struct {
	answers map[string]*http.Response
	err     error
	sent    []string
}

func (s *route) RoundTrip(r *http.Request) (*http.Response, error) {
	s.sent = append(s.sent, fmt.Sprint(r.Method, " ", r.URL, " ", r.Header))
	if s.err != nil {
		return nil, s.err
	}
	if r.Body != nil {
		_ = r.Body.Close()
	}
	resp := s.answers[r.URL.Path]
	if resp == nil {
		return nil, nil //nolint:nilnil // as a broken transport does
	}
	given := *resp
	given.Request = r
	if given.Body != nil { // for another reader each time
		given.Body = io.NopCloser(strings.NewReader("text"))
	}
	return &given, nil
}

func routed(status int, location string) *http.Response {
	header := http.Header{}
	if location != "" {
		header.Set("Location", location)
	}
	return &http.Response{StatusCode: status, Header: header, Body: http.NoBody}
}

// TestRoundTrip compares with what the client itself does.
func TestRoundTrip(t *testing.T) {
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	loop := routed(302, "/first")
	long := routed(200, "")
	long.Body, long.ContentLength = nil, 4
	empty := routed(204, "")
	empty.Body = nil
	clients := map[string]*http.Client{
		"plain":   {},
		"jar":     {Jar: jar},
		"timeout": {Timeout: time.Minute},
		"last":    {CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }},
		"refuses": {CheckRedirect: func(*http.Request, []*http.Request) error { return errors.New("no redirects") }},
	}
	routes := map[string]route{
		"success":        {answers: map[string]*http.Response{"/first": routed(200, "")}},
		"failure":        {answers: map[string]*http.Response{"/first": routed(404, "")}},
		"redirect":       {answers: map[string]*http.Response{"/first": routed(302, "/second"), "/second": routed(200, "")}},
		"other host":     {answers: map[string]*http.Response{"/first": routed(301, "https://example.org/second"), "/second": routed(200, "")}},
		"temporary":      {answers: map[string]*http.Response{"/first": routed(307, "/second"), "/second": routed(200, "")}},
		"circle":         {answers: map[string]*http.Response{"/first": loop}},
		"no location":    {answers: map[string]*http.Response{"/first": routed(302, "")}},
		"bad location":   {answers: map[string]*http.Response{"/first": routed(302, "http://[/")}},
		"not modified":   {answers: map[string]*http.Response{"/first": routed(304, "")}},
		"no body":        {answers: map[string]*http.Response{"/first": empty}},
		"body missing":   {answers: map[string]*http.Response{"/first": long}},
		"nothing":        {},
		"error":          {err: io.ErrUnexpectedEOF},
		"not over TLS":   {err: tls.RecordHeaderError{RecordHeader: [5]byte{'H', 'T', 'T', 'P', '/'}}},
		"second is gone": {answers: map[string]*http.Response{"/first": routed(302, "/second")}},
	}
	for clientName, client := range clients {
		for name, s := range routes {
			for _, method := range []string{"GET", "POST"} {
				t.Run(clientName+"/"+name+"/"+method, func(t *testing.T) {
					outcome := func(send func(*http.Client, *http.Request) (*http.Response, error)) string {
						r, err := http.NewRequest(method, "https://user@example.com/first", strings.NewReader("body"))
						if err != nil {
							t.Fatal(err)
						}
						r.GetBody, r.URL.User = nil, nil // as those of calls
						r.Header.Set("Authorization", "secret")
						own, c := s, *client
						c.Transport = &own
						resp, err := send(&c, r)
						return outcomeOf(resp, err) + "\n" + strings.Join(own.sent, "\n")
					}
					want := outcome((*http.Client).Do)
					got := outcome(func(c *http.Client, r *http.Request) (*http.Response, error) { return send(c, r) })
					if got = strings.ReplaceAll(got, "*transport.answered", "*transport.route"); got != want {
						t.Errorf("outcome\n%s\nwant\n%s", got, want)
					}
				})
			}
		}
	}
}

// send sends a request as calls do.
func send(client aws.HTTPClient, r *http.Request) (*http.Response, error) {
	if c := plain(client); c != nil {
		return roundTrip(c, r)
	}
	return client.Do(r)
}

// outcomeOf is a response or an error as text.
func outcomeOf(resp *http.Response, err error) string {
	text := fmt.Sprintf("%T %v", err, err)
	if cause := errors.Unwrap(err); cause != nil {
		text += fmt.Sprintf(" (%T)", cause)
	}
	if resp == nil {
		return text
	}
	body, _ := io.ReadAll(resp.Body)
	return fmt.Sprint(text, " ", resp.StatusCode, " ", resp.Request.URL, " ", string(body))
}
