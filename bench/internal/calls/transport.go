package calls

import (
	"bytes"
	"io"
	"maps"
	"net/http"
)

// canned is a transport that gives every request the same answer from memory, made
// again each time as a real transport does.
type canned struct {
	status int
	header http.Header
	body   []byte
}

// reply is an answer in JSON with a request ID, and with an error's type unless that
// is empty.
func reply(status int, fault string, body []byte) *http.Client {
	header := http.Header{
		"Content-Type": {"application/json"}, "Date": {"Thu, 29 Feb 2024 12:34:56 GMT"},
		"X-Amzn-Requestid": {"01234567-89ab-cdef-0123-456789abcdef"},
	}
	if fault != "" {
		header.Set("X-Amzn-Errortype", fault)
	}
	return &http.Client{Transport: &canned{status, header, body}}
}

// RoundTrip reads the request's body, as sending it would.
func (c *canned) RoundTrip(r *http.Request) (*http.Response, error) {
	if err := drain(r.Body); err != nil {
		return nil, err
	}
	a := new(answer)
	a.body.Reset(c.body)
	a.Response = http.Response{
		StatusCode: c.status, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Header: maps.Clone(c.header),
		ContentLength: int64(len(c.body)), Body: &a.body, Request: r,
	}
	return &a.Response, nil
}

// drain reads the body of a request, which may be nil, as sending it would.
func drain(body io.ReadCloser) error {
	if body == nil {
		return nil
	}
	if _, err := io.Copy(io.Discard, body); err != nil {
		return err
	}
	return body.Close()
}

// answer is a response along with its body, so that they cost one allocation.
type answer struct {
	http.Response

	body body
}

type body struct{ bytes.Reader }

func (*body) Close() error { return nil }
