package rest

import (
	"encoding/base64"
	"math"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"example.com/lathe/runtime/timestamp"
	smithytime "github.com/aws/smithy-go/time"
)

// Opt formats the value behind a pointer; nil gives "", which a label refuses.
func Opt[T any](p *T, format func(T) string) string {
	if p == nil {
		return ""
	}
	return format(*p)
}

// Text formats a string or enum.
func Text[T ~string](v T) string { return string(v) }

// Bool formats a boolean.
func Bool(v bool) string { return strconv.FormatBool(v) }

// Int formats an integer.
func Int[T ~int8 | ~int16 | ~int32 | ~int64](v T) string { return strconv.FormatInt(int64(v), 10) }

// Float32 formats a float; what is no number is NaN, Infinity or -Infinity.
func Float32(v float32) string { return formatFloat(float64(v), 32) }

// Float64 formats a double, as [Float32] does a float.
func Float64(v float64) string { return formatFloat(v, 64) }

func formatFloat(v float64, bits int) string {
	switch {
	case math.IsNaN(v):
		return "NaN"
	case math.IsInf(v, 1):
		return "Infinity"
	case math.IsInf(v, -1):
		return "-Infinity"
	default:
		return strconv.FormatFloat(v, 'f', -1, bits)
	}
}

// DateTime formats a timestamp as RFC 3339 in UTC, with milliseconds if there are
// any.
func DateTime(v time.Time) string { return smithytime.FormatDateTime(v) }

// HTTPDate formats a timestamp as RFC 7231 does; fractions are lost.
func HTTPDate(v time.Time) string { return smithytime.FormatHTTPDate(v) }

// EpochSeconds formats a timestamp as seconds since 1970, with milliseconds as a
// fraction if there are any.
func EpochSeconds(v time.Time) string { return string(timestamp.AppendEpochSeconds(nil, v)) }

// Base64 formats text that a header must carry unharmed, JSON for one.
func Base64[T ~string](v T) string { return base64.StdEncoding.EncodeToString([]byte(v)) }

// SetHeader sets a header, given by its canonical name; it is sent even when it is
// empty.
func (r *Request) SetHeader(name, value string) {
	if r.err == nil {
		r.Header.Set(name, value)
	}
}

// SetHeaderList sets a header to the items, separated by commas. A list that is nil
// sends no header, an empty one an empty header.
func SetHeaderList[T any](r *Request, name string, items []T, format func(T) string) {
	if r.err != nil || items == nil {
		return
	}
	parts := make([]string, len(items))
	for i, item := range items {
		parts[i] = format(item)
	}
	r.Header.Set(name, strings.Join(parts, ", "))
}

// QuotedText formats an item of a list in a header: quoted if it holds what
// separates items.
func QuotedText[T ~string](v T) string {
	if strings.ContainsAny(string(v), `",`) {
		return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(string(v)) + `"`
	}
	return string(v)
}

// SetPrefixHeaders sets a header for each entry of a map, its name led by the
// prefix. Headers that are set already win.
func SetPrefixHeaders[T ~string](r *Request, prefix string, entries map[string]T) {
	if r.err != nil {
		return
	}
	for name, value := range entries {
		if name := http.CanonicalHeaderKey(prefix + name); !r.Header.Has(name) {
			r.Header.Set(name, string(value))
		}
	}
}

// QueryMap adds the entries of a map as query parameters, sorted by key. Keys that
// are bound already win.
func QueryMap[T ~string](r *Request, entries map[string]T) {
	count := r.QueryCount()
	for _, key := range sortedKeys(entries) {
		r.QueryUnlessSet(key, string(entries[key]), count)
	}
}

// QueryListMap adds the entries of a map of lists, as [QueryMap] does those of a
// map.
func QueryListMap[T ~string](r *Request, entries map[string][]T) {
	count := r.QueryCount()
	for _, key := range sortedKeys(entries) {
		for _, value := range entries[key] {
			r.QueryUnlessSet(key, string(value), count)
		}
	}
}

func sortedKeys[T any](m map[string]T) []string {
	keys := make([]string, 0, len(m))
	for key := range m {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}
