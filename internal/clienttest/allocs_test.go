//go:build !race

package clienttest

import (
	"io"
	"net/http"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"

	"example.com/lathe/generated/datazone"
)

// lean is an HTTP client that answers from memory and allocates nothing.
type lean struct {
	resp http.Response
	body leanBody
}

type leanBody struct {
	text string
	off  int
}

func (b *leanBody) Read(p []byte) (int, error) {
	n := copy(p, b.text[b.off:])
	b.off += n
	if n == 0 {
		return 0, io.EOF
	}
	return n, nil
}

func (b *leanBody) Close() error { return nil }

func newLean(status int, body string, header http.Header) *lean {
	c := &lean{body: leanBody{text: body}}
	c.resp = http.Response{StatusCode: status, ContentLength: int64(len(body)), Header: header, Body: &c.body}
	return c
}

func (c *lean) Do(*http.Request) (*http.Response, error) {
	c.body.off = 0
	return &c.resp, nil
}

// TestAllocations bounds what whole calls allocate, all of signing included. (The
// race detector makes pools forget, so the count would mean nothing there.)
func TestAllocations(t *testing.T) {
	header := http.Header{"Date": {"Thu, 29 Feb 2024 12:34:56 GMT"}, "X-Amzn-Requestid": {requestID}}
	missing := http.Header{"X-Amzn-Requestid": {requestID}, "X-Amzn-Errortype": {"ResourceNotFoundException"}}
	ownRetryer := datazone.New(datazone.Options{
		Region: "eu-west-1", Credentials: credentials{}, HTTPClient: newLean(404, `{"message":"gone"}`, missing),
	}, hook)
	unsigned := func(o *datazone.Options) { o.Credentials = aws.AnonymousCredentials{} }
	for name, c := range map[string]struct {
		client *datazone.Client
		option []func(*datazone.Options)
		most   float64 // of a call without hooks
		stack  float64 // of one in a middleware stack
	}{
		"whole output":           {newClient(newLean(200, wholeBody, header)), nil, 22, 205},
		"whole output, unsigned": {newClient(newLean(200, wholeBody, header), unsigned), nil, 22, 195},
		"small output, unsigned": {newClient(newLean(200, `{"id":"run-1"}`, header), unsigned), nil, 12, 195},
		"error":                  {newClient(newLean(404, `{"message":"gone"}`, missing)), nil, 36, 241},
		"error, own retryer":     {ownRetryer, nil, 17, 222},
		"options of a call":      {newClient(newLean(200, wholeBody, header)), some(nothing), 31, 217},
	} {
		in := input()
		got := testing.AllocsPerRun(200, func() {
			out, err := c.client.GetDataSourceRun(t.Context(), in, c.option...)
			if (out == nil) == (err == nil) {
				t.Fatal(err)
			}
		})
		t.Logf("%s: %v allocations", name, got)
		most := c.most
		if hooked {
			most = c.stack
		}
		if got > most {
			t.Errorf("%s: %v allocations a call, want at most %v", name, got, most)
		}
	}
}
