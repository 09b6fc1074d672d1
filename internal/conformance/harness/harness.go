// Package harness is what the tests of conformance suites have in common: HTTP
// clients that record and answer, and comparisons. It is copied beside the clients
// that are tested.
package harness

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"math/big"
	"net/http"
	"os"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/smithy-go"
	smithydocument "github.com/aws/smithy-go/document"
	"github.com/aws/smithy-go/middleware"
)

// Credentials are any.
func Credentials() aws.CredentialsProvider {
	return aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) {
		return aws.Credentials{AccessKeyID: "AKID", SecretAccessKey: "SECRET"}, nil
	})
}

// hooked has the clients' calls run in a middleware stack.
var hooked bool

// Run runs all tests twice: without hooks, and in a middleware stack.
func Run(m *testing.M) {
	code := m.Run()
	hooked = true
	os.Exit(max(code, m.Run()))
}

// Hooks are a client's APIOptions.
func Hooks() []func(*middleware.Stack) error {
	if !hooked {
		return nil
	}
	return []func(*middleware.Stack) error{func(*middleware.Stack) error { return nil }}
}

// Tokens provides the one idempotency token that the suites expect.
type Tokens struct{}

// GetIdempotencyToken returns the token.
func (Tokens) GetIdempotencyToken() (string, error) {
	return "00000000-0000-4000-8000-000000000000", nil
}

// Stream is a body that is a stream.
func Stream(text string) io.ReadCloser { return io.NopCloser(strings.NewReader(text)) }

// BigInt is the integer with these digits.
func BigInt(digits string) *big.Int {
	v, ok := new(big.Int).SetString(digits, 10)
	if !ok {
		panic("no integer: " + digits) // the suites' own
	}
	return v
}

// BigFloat is the decimal with these digits, to more bits than they need.
func BigFloat(digits string) *big.Float {
	v, _, err := big.ParseFloat(digits, 10, 1000, big.ToNearestEven)
	if err != nil {
		panic(err) // the suites' own
	}
	return v
}

// JSON is the Go value of a JSON text, as documents have it: numbers keep their digits.
func JSON(text string) any {
	v, err := parseJSON([]byte(text))
	if err != nil {
		panic(err) // the suites' own
	}
	return documented(v)
}

// documented puts the numbers of documents in the place of those of JSON.
func documented(v any) any {
	switch v := v.(type) {
	case json.Number:
		return smithydocument.Number(v)
	case []any:
		for i := range v {
			v[i] = documented(v[i])
		}
	case map[string]any:
		for name := range v {
			v[name] = documented(v[name])
		}
	}
	return v
}

// Filled returns an input whose pointers to strings and numbers, of any size too, are set,
// so that nothing required is missing.
func Filled[T any]() *T {
	in := new(T)
	for _, f := range reflect.ValueOf(in).Elem().Fields() {
		if f.Kind() == reflect.Pointer && f.CanSet() &&
			(f.Type().Elem().Kind() != reflect.Struct || f.Type().Elem().PkgPath() == "math/big") {
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
	body    []byte
}

// Answer returns an HTTP client that answers. The body is in base64 if it is CBOR.
func Answer(status int, headers map[string]string, body string) *Answerer {
	data, err := bytesOf(mediaType(headers["Content-Type"]), body)
	if err != nil {
		panic(err) // the suites' own
	}
	// As over HTTP, nothing of a body is read beyond its length.
	if n, err := strconv.Atoi(headers["Content-Length"]); err == nil && n < len(data) {
		data = data[:n]
	}
	return &Answerer{status, headers, data}
}

// bytesOf returns a body that a suite has as text.
func bytesOf(media, text string) ([]byte, error) {
	if media == mediaCBOR {
		return base64.StdEncoding.DecodeString(text)
	}
	return []byte(text), nil
}

// Do answers.
func (a *Answerer) Do(*http.Request) (*http.Response, error) {
	header := http.Header{}
	for name, value := range a.headers {
		header.Set(name, value)
	}
	return &http.Response{
		StatusCode: a.status, Header: header, Body: Stream(string(a.body)), ContentLength: int64(len(a.body)),
	}, nil
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

// sent reports whether a request got as far as the HTTP client; what became of the
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

// Fails checks that a call failed because its answer could not be read, with an error
// whose text has the given part.
func Fails(t *testing.T, err error, text string) {
	t.Helper()
	var unread *smithy.DeserializationError
	if !errors.As(err, &unread) || !strings.Contains(err.Error(), text) {
		t.Errorf("the error is %v, want one of reading the answer with %q", err, text)
	}
}
