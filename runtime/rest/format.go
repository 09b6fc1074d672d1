package rest

import (
	"encoding/base64"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"example.com/lathe/runtime/scalar"
	smithytime "github.com/aws/smithy-go/time"
)

// Opt formats the value behind a pointer; "" for nil, which a label refuses.
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
func EpochSeconds(v time.Time) string { return string(scalar.AppendEpochSeconds(nil, v)) }

// Base64 formats text that a header must carry unharmed, JSON for one.
func Base64[T ~string](v T) string { return base64.StdEncoding.EncodeToString([]byte(v)) }

// QuotedText formats an item of a list in a header: quoted if it holds what
// separates items.
func QuotedText[T ~string](v T) string {
	if strings.ContainsAny(string(v), `",`) {
		return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(string(v)) + `"`
	}
	return string(v)
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
