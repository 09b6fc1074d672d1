package rest

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/url"
	"strings"

	smithyhttp "github.com/aws/smithy-go/transport/http"
)

// Attempt is the HTTP request of one attempt. It takes two allocations with its URL, its
// body's reader and the values of its headers: one for them, one for their text. That
// memory is not pooled, because an HTTP transport may read it after the call.
type Attempt struct {
	// HTTP is what is sent. Its headers are the attempt's own.
	HTTP http.Request
	// Response is for who sends it to fill; it is here to share the memory.
	Response smithyhttp.Response

	url    url.URL
	body   bytes.Reader
	values [attemptValues]string // of the headers
	used   int                   // values in use
	text   strings.Builder       // of them and of the path
}

const (
	// attemptValues is how many headers a request has as a rule.
	attemptValues = 8
	// attemptText is the room, in bytes, for a path, for the headers that count calls
	// and attempts, and for a signature. What finds none gets memory of its own.
	attemptText = 384
)

// NewAttempt makes the HTTP request of one attempt, to be sent to the endpoint,
// which is not changed. It has room for as many more headers as are going to be added.
func (r *Request) NewAttempt(ctx context.Context, endpoint *url.URL, added int) (*Attempt, error) {
	if err := r.Err(); err != nil {
		return nil, err
	}
	a := new(Attempt)
	a.text.Grow(attemptText)
	a.url = *endpoint
	a.setPath(r)
	a.url.Host = prefixed(r.hostPrefix, endpoint.Host)
	if r.encodeQuery != nil {
		a.url.RawQuery = r.encodeQuery(endpoint.RawQuery, r.query)
	}
	request := http.Request{
		Method: r.method, URL: &a.url, Header: make(http.Header, r.Header.Len()+added),
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		ContentLength: r.Length(), Body: a.newBody(r),
	}
	a.HTTP = *request.WithContext(ctx)
	for _, h := range r.Header.list {
		a.SetHeader(h.name, h.value)
	}
	return a, nil
}

// setPath joins the endpoint's path and the request's, of which "/" adds nothing to a
// path unless it is asked for. They are kept apart from their escaped forms only if there is a difference.
func (a *Attempt) setPath(r *Request) {
	if string(r.raw) == "/" && a.url.Path != "" && !r.endsWithSlash {
		return
	}
	raw := strings.TrimSuffix(a.url.EscapedPath(), "/")
	path := strings.TrimSuffix(a.url.Path, "/")
	a.url.RawPath = a.join(raw, r.raw)
	if r.path == nil && raw == path {
		a.url.Path = a.url.RawPath
	} else {
		a.url.Path = path + string(r.decodedPath())
	}
}

func (a *Attempt) join(base string, path []byte) string {
	if base == "" {
		return a.Text(path)
	}
	return base + string(path)
}

func (a *Attempt) newBody(r *Request) io.ReadCloser {
	if r.payload != nil {
		if body := r.payload.open(a); body != nil {
			return body
		}
	}
	return http.NoBody
}

// SetHeader sets a header, given by its canonical name, in the place of all its
// values.
func (a *Attempt) SetHeader(name, value string) {
	var values []string
	if a.used < len(a.values) {
		values = a.values[a.used : a.used+1 : a.used+1]
		a.used++
	} else {
		values = make([]string, 1)
	}
	values[0] = value
	a.HTTP.Header[name] = values
}

// Text copies b and returns the copy as a string, which shares memory with the
// attempt's other texts.
func (a *Attempt) Text(b []byte) string {
	at := a.text.Len()
	if len(b) > a.text.Cap()-at {
		return string(b)
	}
	a.text.Write(b)
	return a.text.String()[at:]
}
