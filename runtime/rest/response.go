package rest

import (
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"example.com/lathe/runtime/scalar"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

// Response is an answer to be read.
type Response struct {
	// HTTP is the answer's head. Its body has already been read into Body,
	// unless the operation's output is a stream.
	HTTP *http.Response
	// Body is the body as far as it was read. It belongs to the call and is
	// reused: whatever is kept of it must be copied.
	Body []byte
	// Sent are the headers of the request. They must not be changed.
	Sent http.Header
	// Verified is the algorithm by which the body is compared with its checksum; empty for
	// none. Note is what is to be logged of it.
	Verified, Note string

	err error
}

// Err returns the first error, or nil.
func (r *Response) Err() error { return r.err }

// Fail makes err the response's error unless it is nil or there is one already.
func (r *Response) Fail(err error) {
	if r.err == nil {
		r.err = err
	}
}

// value returns the first value of a header, given by its canonical name, without
// white space around it.
func (r *Response) value(name string) (string, bool) {
	values := r.HTTP.Header[name]
	if r.err != nil || len(values) == 0 {
		return "", false
	}
	return strings.TrimSpace(values[0]), true
}

// fail makes err the response's error unless it already has one. It must not quote the
// header's value, which may be a secret.
func (r *Response) fail(header string, err error) {
	r.Fail(fmt.Errorf("header %s: %w", header, err))
}

// HeaderText returns a header's value; empty when it is absent.
func (r *Response) HeaderText(name string) string {
	v, _ := r.value(name)
	return v
}

// HeaderString returns a header's value; nil when it is absent.
func (r *Response) HeaderString(name string) *string { return Header(r, name, ParseText[string]) }

// Header reads a header with a parser; nil when it is absent.
func Header[T any](r *Response, name string, parse func(string) (T, error)) *T {
	text, ok := r.value(name)
	if !ok {
		return nil
	}
	v, err := parse(text)
	if err != nil {
		r.fail(name, err)
		return nil
	}
	return &v
}

// LooseHeader reads a header with a parser; nil when it is absent or can't be read.
func LooseHeader[T any](r *Response, name string, parse func(string) (T, error)) *T {
	text, ok := r.value(name)
	if !ok {
		return nil
	}
	v, err := parse(text)
	if err != nil {
		return nil
	}
	return &v
}

// HeaderValue reads a header with a parser; the zero value when it is absent.
func HeaderValue[T any](r *Response, name string, parse func(string) (T, error)) T {
	if v := Header(r, name, parse); v != nil {
		return *v
	}
	var zero T
	return zero
}

// errNoList takes the place of the cause, which quotes the header.
var errNoList = errors.New("expected a list separated by commas")

// HeaderList reads the items of a header that is separated by commas; nil when it
// is absent.
func HeaderList[T any](r *Response, name string, parse func(string) (T, error)) []T {
	values := r.HTTP.Header[name]
	if r.err != nil || len(values) == 0 {
		return nil
	}
	items, err := smithyhttp.SplitHeaderListValues(values)
	if err != nil {
		r.fail(name, errNoList)
		return nil
	}
	return parseAll(r, name, items, parse)
}

// HTTPDateList is [HeaderList] for timestamps whose format has a comma in it.
func HTTPDateList(r *Response, name string) []time.Time {
	values := r.HTTP.Header[name]
	if r.err != nil || len(values) == 0 {
		return nil
	}
	items, err := smithyhttp.SplitHTTPDateTimestampHeaderListValues(values)
	if err != nil {
		r.fail(name, errNoList)
		return nil
	}
	return parseAll(r, name, items, ParseHTTPDate)
}

func parseAll[T any](r *Response, name string, items []string, parse func(string) (T, error)) []T {
	list := make([]T, 0, len(items))
	for _, item := range items {
		v, err := parse(strings.Clone(strings.TrimSpace(item))) // one of them must not keep the whole header
		if err != nil {
			r.fail(name, err)
			return nil
		}
		list = append(list, v)
	}
	return list
}

// PrefixHeaders collects the headers whose names begin with a prefix, in any
// case; the keys are what follows it, in lower case as the official SDK has them.
// Nil when there are none.
func PrefixHeaders[T ~string](r *Response, prefix string) map[string]T {
	var entries map[string]T
	for name, values := range r.HTTP.Header {
		if len(values) == 0 || len(name) < len(prefix) || !strings.EqualFold(name[:len(prefix)], prefix) {
			continue
		}
		if entries == nil {
			entries = map[string]T{}
		}
		entries[strings.ToLower(name[len(prefix):])] = T(strings.TrimSpace(values[0]))
	}
	return entries
}

// StatusCode returns the HTTP status.
func (r *Response) StatusCode() int32 {
	return int32(r.HTTP.StatusCode)
}

// ParseText takes a string as it is.
func ParseText[T ~string](s string) (T, error) { return T(s), nil }

// ParseBase64 reads text that travels in base64.
func ParseBase64(s string) (string, error) {
	b, err := base64.StdEncoding.DecodeString(s)
	if err != nil {
		return "", fmt.Errorf("expected base64: %w", err)
	}
	return string(b), nil
}

// ParseBool reads a boolean.
func ParseBool(s string) (bool, error) {
	v, err := strconv.ParseBool(s)
	if err != nil {
		return false, errors.New("expected a boolean")
	}
	return v, nil
}

func parseInt(s string, bits int) (int64, error) {
	v, err := strconv.ParseInt(s, 10, bits)
	if err != nil {
		return 0, fmt.Errorf("expected an integer of %d bits", bits)
	}
	return v, nil
}

// ParseInt8 reads a byte; a number that does not fit is an error, as for all the
// integers.
func ParseInt8(s string) (int8, error) {
	v, err := parseInt(s, 8)
	return int8(v), err
}

// ParseInt16 reads a short.
func ParseInt16(s string) (int16, error) {
	v, err := parseInt(s, 16)
	return int16(v), err
}

// ParseInt32 reads an integer.
func ParseInt32(s string) (int32, error) {
	v, err := parseInt(s, 32)
	return int32(v), err
}

// ParseInt64 reads a long.
func ParseInt64(s string) (int64, error) { return parseInt(s, 64) }

func parseFloat(s string, bits int) (float64, error) {
	v, err := strconv.ParseFloat(s, bits)
	if err != nil {
		return 0, fmt.Errorf("expected a float of %d bits", bits)
	}
	return v, nil
}

// ParseFloat32 reads a float, NaN, Infinity and -Infinity included.
func ParseFloat32(s string) (float32, error) {
	v, err := parseFloat(s, 32)
	return float32(v), err
}

// ParseFloat64 reads a double, as [ParseFloat32] does a float.
func ParseFloat64(s string) (float64, error) { return parseFloat(s, 64) }

// ParseDateTime reads a timestamp in RFC 3339.
func ParseDateTime(s string) (time.Time, error) { return scalar.ParseDateTime(s) }

// ParseHTTPDate reads a timestamp in the format of RFC 7231, and in the others that
// the official SDK takes for it.
func ParseHTTPDate(s string) (time.Time, error) { return scalar.ParseHTTPDate(s) }

// ParseEpochSeconds reads a timestamp as seconds since 1970.
func ParseEpochSeconds(s string) (time.Time, error) { return scalar.ParseEpochSeconds(s) }
