package xmlcodec

import (
	"encoding/base64"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"example.com/lathe/runtime/scalar"
	smithytime "github.com/aws/smithy-go/time"
)

// Encoder writes one document. Errors stick. Names of elements are given as they stand in a
// start tag: with the namespace that they declare, if they do (`Name xmlns="…"`), and
// without what needs escapes. The zero value is ready to use.
type Encoder struct {
	buf  []byte
	open []level
	// tag is the start tag that was begun last. It can still take attributes while it is
	// not complete.
	tag        string
	incomplete bool
	// attribute: the next value is that of an attribute.
	attribute bool
	// flat is the tag of each element of the next list or map, which has none itself.
	flat string
	err  error
}

// level is an object, list or map that is open.
type level struct {
	tag  string // its own; empty for none
	item string // that of an element or entry
	// key and value are those of the parts of an entry, and entry: one is open.
	key, value string
	entry      bool
}

// NewEncoder returns an encoder that appends to buf, which may be nil.
func NewEncoder(buf []byte) *Encoder { return &Encoder{buf: buf} }

// Parts are what was written, in order.
func (e *Encoder) Parts() [][]byte { return [][]byte{e.buf} }

// Err returns the first error, or nil.
func (e *Encoder) Err() error { return e.err }

// Fail makes err the encoder's error unless it already has one.
func (e *Encoder) Fail(err error) {
	if e.err == nil {
		e.err = err
	}
}

// Name begins the element of the member, or the root, that is written next.
func (e *Encoder) Name(tag string) {
	e.complete()
	e.buf = append(append(e.buf, '<'), tag...)
	e.tag, e.incomplete = tag, true
}

// Flat is [Encoder.Name] for a list or map that has no element of its own: each of its
// elements or entries is called like that.
func (e *Encoder) Flat(tag string) { e.flat = tag }

// Attribute begins an attribute of the object that was begun last. Attributes come before
// all other members, and their values must be no objects, lists or maps.
func (e *Encoder) Attribute(name string) {
	e.buf = append(append(append(e.buf, ' '), name...), '=', '"')
	e.attribute = true
}

// complete ends a start tag that can still take attributes. It is not inlined, and neither is
// BeginObject: all encoders of a client would be half as long again, those of five operations of S3
// by 19 kB.
//
//go:noinline
func (e *Encoder) complete() {
	if e.incomplete {
		e.buf = append(e.buf, '>')
		e.incomplete = false
	}
}

// end writes the end of an element.
func (e *Encoder) end(tag string) {
	e.complete()
	name, _, _ := strings.Cut(tag, " ")
	e.buf = append(append(append(e.buf, '<', '/'), name...), '>')
}

// BeginObject begins an object. It is not inlined, see complete.
//
//go:noinline
func (e *Encoder) BeginObject() { e.open = append(e.open, level{tag: e.tag}) }

// EndObject ends an object.
func (e *Encoder) EndObject() { e.pop() }

func (e *Encoder) pop() {
	last := e.open[len(e.open)-1]
	e.open = e.open[:len(e.open)-1]
	if last.entry {
		e.end(last.item)
	}
	if last.tag != "" {
		e.end(last.tag)
	}
}

// BeginArray begins a list, whose elements are called as given.
func (e *Encoder) BeginArray(element string) { e.begin(level{item: element}) }

// BeginMap begins a map, whose entries and their parts are called as given.
func (e *Encoder) BeginMap(entry, key, value string) {
	e.begin(level{item: entry, key: key, value: value})
}

func (e *Encoder) begin(l level) {
	if e.flat != "" {
		l.item, e.flat = e.flat, ""
	} else {
		l.tag = e.tag
	}
	e.open = append(e.open, l)
}

// Element begins the next element of a list.
func (e *Encoder) Element() { e.Name(e.open[len(e.open)-1].item) }

// Key begins the next entry of a map. Its value must follow.
func (e *Encoder) Key(key string) {
	l := &e.open[len(e.open)-1]
	if l.entry {
		e.end(l.item)
	}
	l.entry = true
	e.Name(l.item)
	e.Name(l.key)
	e.String(key)
	e.Name(l.value)
}

// EndArray ends a list.
func (e *Encoder) EndArray() { e.pop() }

// EndMap ends a map.
func (e *Encoder) EndMap() { e.pop() }

// String writes a string. What can't stand in XML is replaced by U+FFFD.
func (e *Encoder) String(v string) {
	e.beginValue()
	e.buf = appendEscaped(e.buf, v)
	e.endValue()
}

// plain writes text that needs no escapes.
func (e *Encoder) plain(v string) {
	e.beginValue()
	e.buf = append(e.buf, v...)
	e.endValue()
}

func (e *Encoder) beginValue() {
	if !e.attribute {
		e.complete()
	}
}

func (e *Encoder) endValue() {
	if e.attribute {
		e.buf = append(e.buf, '"')
		e.attribute = false
		return
	}
	e.end(e.tag)
}

// Bool writes a boolean.
func (e *Encoder) Bool(v bool) { e.plain(strconv.FormatBool(v)) }

// Int writes an integer.
func (e *Encoder) Int(v int64) {
	e.beginValue()
	e.buf = strconv.AppendInt(e.buf, v, 10)
	e.endValue()
}

// Integer writes an integer of any size, which is given by its digits.
func (e *Encoder) Integer(digits string) { e.plain(digits) }

// Decimal writes a decimal as [Encoder.Integer] does an integer.
func (e *Encoder) Decimal(digits string) { e.plain(digits) }

// Float32 writes a float; what is no number is NaN, Infinity or -Infinity.
func (e *Encoder) Float32(v float32) { e.float(float64(v), 32) }

// Float64 writes a double, as [Encoder.Float32] does a float.
func (e *Encoder) Float64(v float64) { e.float(v, 64) }

func (e *Encoder) float(v float64, bits int) {
	switch {
	case math.IsInf(v, 1):
		e.plain("Infinity")
	case math.IsInf(v, -1):
		e.plain("-Infinity")
	default:
		e.beginValue()
		e.buf = scalar.AppendFloat(e.buf, v, bits)
		e.endValue()
	}
}

// Blob writes bytes in base64; nil is an empty blob.
func (e *Encoder) Blob(v []byte) { e.plain(base64.StdEncoding.EncodeToString(v)) }

// DateTime writes a timestamp in RFC 3339, in UTC, with milliseconds if there are any.
func (e *Encoder) DateTime(v time.Time) { e.plain(smithytime.FormatDateTime(v)) }

// HTTPDate writes a timestamp in the format of RFC 7231; fractions are lost.
func (e *Encoder) HTTPDate(v time.Time) { e.plain(smithytime.FormatHTTPDate(v)) }

// EpochSeconds writes a timestamp as seconds since 1970, with milliseconds as a fraction
// if there are any.
func (e *Encoder) EpochSeconds(v time.Time) {
	e.beginValue()
	e.buf = scalar.AppendEpochSeconds(e.buf, v)
	e.endValue()
}

// appendEscaped writes text as it stands in an element or attribute: white space that a
// reader would change or not see is escaped too.
func appendEscaped(dst []byte, s string) []byte {
	last := 0
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		if escape := escapeOf(r, size); escape != "" {
			dst = append(append(dst, s[last:i]...), escape...)
			last = i + size
		}
		i += size
	}
	return append(dst, s[last:]...)
}

// escapeOf returns what stands for a character; empty if it stands for itself. It is what
// the official client writes (smithy-go, encoding/xml/escape.go).
func escapeOf(r rune, size int) string {
	switch r {
	case '"':
		return "&#34;"
	case '\'':
		return "&#39;"
	case '&':
		return "&amp;"
	case '<':
		return "&lt;"
	case '>':
		return "&gt;"
	case '\t':
		return "&#x9;"
	case '\n':
		return "&#xA;"
	case '\r':
		return "&#xD;"
	case '\u0085':
		return "&#x85;"
	case '\u2028':
		return "&#x2028;"
	}
	if !isCharacter(r) || r == utf8.RuneError && size == 1 {
		return "\uFFFD"
	}
	return ""
}
