// Package byhand calls GetDataSourceRun with as little as a person would write who
// wants just that and wants it fast: no retries, no options, no endpoint rules, one
// set of credentials. It is the lower bound that generated clients are held
// against.
package byhand

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/url"
	"sync"
	"time"

	"example.com/lathe/generated/datazone"
	"example.com/lathe/generated/datazone/types"
)

// Client calls one region with one set of credentials. It may be used by several
// goroutines at once.
type Client struct {
	HTTP interface {
		Do(*http.Request) (*http.Response, error)
	}
	Signer *Signer

	buffers sync.Pool
}

// GetDataSourceRun gets one run of a data source.
func (c *Client) GetDataSourceRun(ctx context.Context, domain, run string) (*datazone.GetDataSourceRunOutput, error) {
	host := "datazone." + c.Signer.Region + ".api.aws"
	path := "/v2/domains/" + url.PathEscape(domain) + "/data-source-runs/" + url.PathEscape(run)
	r := (&http.Request{
		Method: http.MethodGet, Host: host, URL: &url.URL{Scheme: "https", Host: host, Path: path},
		Header: make(http.Header, 3), Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
	}).WithContext(ctx)
	c.Signer.Sign(r, path, time.Now())
	resp, err := c.HTTP.Do(r)
	if err != nil {
		return nil, err
	}
	body, _ := c.buffers.Get().(*bytes.Buffer)
	if body == nil {
		body = new(bytes.Buffer)
	}
	defer c.buffers.Put(body)
	body.Reset()
	body.Grow(max(0, int(resp.ContentLength)) + bytes.MinRead)
	if _, err = io.Copy(body, resp.Body); err != nil {
		return nil, err
	}
	if err = resp.Body.Close(); err != nil {
		return nil, err
	}
	if resp.StatusCode != http.StatusOK {
		return nil, failure(resp, body.Bytes())
	}
	return Decode(body.Bytes())
}

// StatusError is an error of which no more is known.
type StatusError int

// Error names the status.
func (e StatusError) Error() string { return http.StatusText(int(e)) }

// failure is the error of an answer, whose type stands in a header.
func failure(resp *http.Response, body []byte) error {
	if resp.Header.Get("X-Amzn-Errortype") != "ResourceNotFoundException" {
		return StatusError(resp.StatusCode)
	}
	message, err := decodeMessage(body)
	if err != nil {
		return err
	}
	return &types.ResourceNotFoundException{Message: &message}
}
