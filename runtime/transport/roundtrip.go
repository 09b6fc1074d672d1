package transport

import (
	"net/http"

	"github.com/aws/aws-sdk-go-v2/aws"
)

// plain returns a client that sends a request once, as it is, unless the answer is a
// redirect; nil for another client.
func plain(client aws.HTTPClient) *http.Client {
	c, ok := client.(*http.Client)
	if !ok || c == nil || c.Transport == nil || c.Jar != nil || c.Timeout != 0 {
		return nil
	}
	return c
}

// roundTrip sends a request as a plain client does. That copies the headers of every request
// in case that it is redirected, which takes a tenth of a call. So the transport is asked
// first, and the client where it has a say in what came of it: a redirect, an error.
func roundTrip(c *http.Client, r *http.Request) (*http.Response, error) {
	resp, err := c.Transport.RoundTrip(r)
	if err == nil && resp != nil && resp.Body != nil && resp.StatusCode/100 != 3 {
		return resp, nil
	}
	rest := *c
	rest.Transport = &answered{RoundTripper: c.Transport, resp: resp, err: err}
	return rest.Do(r)
}

// answered is a transport that has been asked for the first request already.
type answered struct {
	http.RoundTripper

	resp  *http.Response
	err   error
	given bool
}

// RoundTrip returns what came of the first request, and sends those that follow.
func (a *answered) RoundTrip(r *http.Request) (*http.Response, error) {
	if a.given {
		return a.RoundTripper.RoundTrip(r)
	}
	a.given = true
	return a.resp, a.err
}
