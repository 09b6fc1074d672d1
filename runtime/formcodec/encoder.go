// Package formcodec writes the forms (application/x-www-form-urlencoded) that the query
// protocols send: https://smithy.io/2.0/aws/protocols/aws-query-protocol.html. Each value
// is a pair, whose key is the path that leads to it:
//
//	Action=Put&Version=2020-01-08&Rules.member.1.Name=first&Rules.member.1.Limit=3
//
// Generated code walks an input in straight lines, as with the other codecs; the encoder
// keeps the path.
package formcodec

import (
	"bytes"
	"encoding/base64"
	"math"
	"slices"
	"strconv"
	"time"

	"example.com/lathe/runtime/scalar"
	smithytime "github.com/aws/smithy-go/time"
)

// Encoder writes one form. Errors stick. It must not be copied after its first use.
type Encoder struct {
	buf  []byte
	key  []byte // of the current value, escaped
	open []level
	// base is how long the key of the innermost object, list or map is.
	base int
	// flat: the next list or map has no names for its elements. allFlat: no list has.
	flat, allFlat bool
	err           error

	keyRoom  [typicalKey]byte
	openRoom [typicalDepth]level
}

// level is what a list or map that is open needs to know, and what was before an object
// was begun.
type level struct {
	outer int // base before
	own   int // how long the key of the list or map itself is
	count int // elements or entries so far
	// value names the value of an entry, and key its key.
	key, value string
}

const (
	typicalKey   = 128
	typicalDepth = 6
)

// NewEncoder returns an encoder that appends to buf, which may be nil.
func NewEncoder(buf []byte) *Encoder { return &Encoder{buf: buf} }

// NewFlatEncoder returns an encoder as [NewEncoder] does, for the protocol ec2Query: the
// elements of a list are numbered right behind the list's own name, and nothing is sent of
// an empty list (https://smithy.io/2.0/aws/protocols/aws-ec2-query-protocol.html).
func NewFlatEncoder(buf []byte) *Encoder { return &Encoder{buf: buf, allFlat: true} }

// Parts are the pairs that were written, sorted by their keys: the official clients send
// them so, and fakes of services compare bytes.
func (e *Encoder) Parts() [][]byte {
	if isSorted(e.buf) {
		return [][]byte{e.buf}
	}
	pairs := bytes.Split(e.buf, []byte("&"))
	slices.SortStableFunc(pairs, func(a, b []byte) int { return bytes.Compare(keyOf(a), keyOf(b)) })
	return [][]byte{bytes.Join(pairs, []byte("&"))}
}

// isSorted reports whether the pairs of a form are in the order of their keys.
func isSorted(form []byte) bool {
	var last []byte
	for more := true; more; {
		var pair []byte
		pair, form, more = bytes.Cut(form, []byte("&"))
		key := keyOf(pair)
		if bytes.Compare(last, key) > 0 {
			return false
		}
		last = key
	}
	return true
}

func keyOf(pair []byte) []byte {
	key, _, _ := bytes.Cut(pair, []byte("="))
	return key
}

// Err returns the first error, or nil.
func (e *Encoder) Err() error { return e.err }

// Fail makes err the encoder's error unless it already has one.
func (e *Encoder) Fail(err error) {
	if e.err == nil {
		e.err = err
	}
}

// Literal writes pairs that are the same in every form, escaped already.
func (e *Encoder) Literal(pairs string) { e.buf = append(e.separate(), pairs...) }

// BeginObject begins an object, whose members have the current key before their own names.
func (e *Encoder) BeginObject() { e.push(level{}) }

// EndObject ends an object.
func (e *Encoder) EndObject() { e.pop() }

// push is not inlined, and neither is begin: all encoders of a client would be twice as long, those
// of three operations of EC2 by 27 kB.
//
//go:noinline
func (e *Encoder) push(l level) {
	if e.open == nil {
		e.open = e.openRoom[:0]
	}
	l.outer = e.base
	e.open = append(e.open, l)
	e.base = len(e.key)
}

func (e *Encoder) pop() {
	last := len(e.open) - 1
	e.base = e.open[last].outer
	e.open = e.open[:last]
}

// Name names the member that is written next.
func (e *Encoder) Name(name string) {
	if e.key == nil {
		e.key = e.keyRoom[:0]
	}
	e.key = e.key[:e.base]
	e.segment(name)
}

// Flat names a list or map as [Encoder.Name] does, whose elements or entries have no name
// between this one and their numbers.
func (e *Encoder) Flat(name string) {
	e.Name(name)
	e.flat = true
}

// segment makes the key longer.
func (e *Encoder) segment(name string) {
	if len(e.key) > 0 {
		e.key = append(e.key, '.')
	}
	e.key = appendEscaped(e.key, name)
}

// BeginArray begins a list, whose elements are called as given.
func (e *Encoder) BeginArray(element string) {
	e.beginNumbered(level{}, element, e.flat || e.allFlat)
}

// BeginMap begins a map, whose entries and their parts are called as given.
func (e *Encoder) BeginMap(entry, key, value string) {
	e.beginNumbered(level{key: key, value: value}, entry, e.flat)
}

func (e *Encoder) beginNumbered(l level, name string, flat bool) {
	l.own, e.flat = len(e.key), false
	if !flat {
		e.segment(name)
	}
	e.push(l)
}

// Element begins the next element of a list.
func (e *Encoder) Element() {
	l := &e.open[len(e.open)-1]
	l.count++
	e.key = strconv.AppendInt(append(e.key[:e.base], '.'), int64(l.count), 10)
}

// Key begins the next entry of a map. Its value must follow.
func (e *Encoder) Key(key string) {
	e.Element()
	l, entry := &e.open[len(e.open)-1], len(e.key)
	e.segment(l.key)
	e.String(key)
	e.key = e.key[:entry]
	e.segment(l.value)
}

// EndArray ends a list. One without elements is sent as an empty value, but by
// [NewFlatEncoder].
func (e *Encoder) EndArray() {
	l := e.open[len(e.open)-1]
	if l.count == 0 && !e.allFlat {
		e.key = e.key[:l.own]
		e.begin()
	}
	e.pop()
}

// EndMap ends a map. Nothing is sent of one without entries.
func (e *Encoder) EndMap() { e.pop() }

// separate returns what was written, ready for the next pair.
func (e *Encoder) separate() []byte {
	if len(e.buf) > 0 {
		return append(e.buf, '&')
	}
	return e.buf
}

// begin writes the key of a pair. Like push it is not inlined.
//
//go:noinline
func (e *Encoder) begin() { e.buf = append(append(e.separate(), e.key...), '=') }

// String writes a string.
func (e *Encoder) String(v string) {
	e.begin()
	e.buf = appendEscaped(e.buf, v)
}

// Bool writes a boolean.
func (e *Encoder) Bool(v bool) {
	e.begin()
	e.buf = strconv.AppendBool(e.buf, v)
}

// Int writes an integer.
func (e *Encoder) Int(v int64) {
	e.begin()
	e.buf = strconv.AppendInt(e.buf, v, 10)
}

// Integer writes an integer of any size, which is given by its digits.
func (e *Encoder) Integer(digits string) {
	e.begin()
	e.buf = append(e.buf, digits...)
}

// Decimal writes a decimal as [Encoder.Integer] does an integer.
func (e *Encoder) Decimal(digits string) { e.Integer(digits) }

// Float32 writes a float; what is no number is NaN, Infinity or -Infinity.
func (e *Encoder) Float32(v float32) { e.float(float64(v), 32) }

// Float64 writes a double, as [Encoder.Float32] does a float.
func (e *Encoder) Float64(v float64) { e.float(v, 64) }

func (e *Encoder) float(v float64, bits int) {
	e.begin()
	switch {
	case math.IsInf(v, 1):
		e.buf = append(e.buf, "Infinity"...)
	case math.IsInf(v, -1):
		e.buf = append(e.buf, "-Infinity"...)
	default:
		e.buf = strconv.AppendFloat(e.buf, v, 'f', -1, bits)
	}
}

// Blob writes bytes in base64; nil is an empty blob.
func (e *Encoder) Blob(v []byte) { e.String(base64.StdEncoding.EncodeToString(v)) }

// DateTime writes a timestamp in RFC 3339, in UTC, with milliseconds if there are any.
func (e *Encoder) DateTime(v time.Time) { e.String(smithytime.FormatDateTime(v)) }

// HTTPDate writes a timestamp in the format of RFC 7231; fractions are lost.
func (e *Encoder) HTTPDate(v time.Time) { e.String(smithytime.FormatHTTPDate(v)) }

// EpochSeconds writes a timestamp as seconds since 1970, with milliseconds as a fraction
// if there are any.
func (e *Encoder) EpochSeconds(v time.Time) {
	e.begin()
	e.buf = scalar.AppendEpochSeconds(e.buf, v)
}

const upperHex = "0123456789ABCDEF"

// appendEscaped writes text as it stands in a form: letters, digits and "-_.~" as they
// are, a blank as a plus sign, and every other byte percent-escaped.
func appendEscaped(dst []byte, s string) []byte {
	for i := range len(s) {
		switch c := s[i]; {
		case isPlain(c):
			dst = append(dst, c)
		case c == ' ':
			dst = append(dst, '+')
		default:
			dst = append(dst, '%', upperHex[c>>4], upperHex[c&15])
		}
	}
	return dst
}

func isPlain(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' ||
		c == '-' || c == '.' || c == '_' || c == '~'
}
