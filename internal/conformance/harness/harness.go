// Package harness is what the tests of conformance suites have in common: HTTP
// clients that record and answer, and comparisons. It is copied beside the clients
// that are tested.
package harness

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"reflect"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/smithy-go"
)

// Credentials are any.
func Credentials() aws.CredentialsProvider {
	return aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) {
		return aws.Credentials{AccessKeyID: "AKID", SecretAccessKey: "SECRET"}, nil
	})
}

// Tokens gives the one idempotency token that the suites expect.
type Tokens struct{}

// GetIdempotencyToken returns the token.
func (Tokens) GetIdempotencyToken() (string, error) {
	return "00000000-0000-4000-8000-000000000000", nil
}

// Stream is a body that is a stream.
func Stream(text string) io.ReadCloser { return io.NopCloser(strings.NewReader(text)) }

// JSON is the Go value of a JSON text.
func JSON(text string) any {
	var v any
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		panic(err) // the suites' own
	}
	return v
}

// Filled returns an input whose pointers to strings and numbers are set, so that
// nothing required is missing.
func Filled[T any]() *T {
	in := new(T)
	for _, f := range reflect.ValueOf(in).Elem().Fields() {
		if f.Kind() == reflect.Pointer && f.CanSet() && f.Type().Elem().Kind() != reflect.Struct {
			f.Set(reflect.New(f.Type().Elem()))
			if f.Elem().Kind() == reflect.String {
				f.Elem().SetString("x")
			}
		}
	}
	return in
}

// Answerer answers every request with the same response.
type Answerer struct {
	status  int
	headers map[string]string
	body    string
}

// Answer returns an HTTP client that answers.
func Answer(status int, headers map[string]string, body string) *Answerer {
	return &Answerer{status, headers, body}
}

// Do answers.
func (a *Answerer) Do(*http.Request) (*http.Response, error) {
	header := http.Header{}
	for name, value := range a.headers {
		header.Set(name, value)
	}
	return &http.Response{StatusCode: a.status, Header: header, Body: Stream(a.body), ContentLength: int64(len(a.body))}, nil
}

// Recorder keeps the request that it gets.
type Recorder struct {
	request *http.Request
	body    []byte
}

// Record returns an HTTP client that records.
func Record() *Recorder { return new(Recorder) }

// Do records, and answers with nothing.
func (r *Recorder) Do(req *http.Request) (*http.Response, error) {
	r.request = req
	if req.Body != nil {
		body, err := io.ReadAll(req.Body)
		if err != nil {
			return nil, err
		}
		r.body = body
	}
	return &http.Response{StatusCode: 200, Header: http.Header{}, Body: http.NoBody}, nil
}

// sent says whether a request got as far as the HTTP client; what became of the
// answer does not matter.
func (r *Recorder) sent(t *testing.T, err error) bool {
	t.Helper()
	if r.request == nil {
		t.Errorf("nothing was sent: %v", err)
		return false
	}
	var answer *smithy.DeserializationError
	if err != nil && !errors.As(err, &answer) {
		t.Errorf("the call failed: %v", err)
	}
	return true
}

func compact(text []byte) string {
	var buf bytes.Buffer
	if json.Compact(&buf, text) != nil {
		return string(text)
	}
	return buf.String()
}
