// Package jsoncodec reads and writes the JSON of one message. Generated code
// walks a message with it in straight lines, a few a member:
//
//	if !d.Object() {
//		return nil
//	}
//	for d.NextMember() {
//		switch string(d.Name()) {
//		case "added":
//			out.Added = d.Int32()
//		default:
//			d.Skip()
//		}
//	}
//
// Errors stick: after the first, every method returns zero values and every loop
// ends; [Decoder.Err] tells the error. JSON null is an absent value. The rules
// are those of AWS restJson1
// (https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html).
package jsoncodec

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"sync"
	"unsafe"

	"github.com/go-json-experiment/json/jsontext"
)

// Decoder reads one JSON value. What it returns is the caller's own and never
// shares memory with the input. Nesting is limited to 10,000 levels.
type Decoder struct {
	dec  jsontext.Decoder
	in   bytes.Buffer
	name []byte // the current member's name; unescaped into names if it must be
	tmp  []byte
	err  error
	memory
}

// pool keeps decoders for reuse; what they hand out never goes back to it.
var pool sync.Pool

// NewDecoder returns a decoder of body, whose bytes it reads until [Decoder.Free].
func NewDecoder(body []byte) *Decoder {
	d, _ := pool.Get().(*Decoder)
	if d == nil {
		d = new(Decoder)
	}
	d.in = *bytes.NewBuffer(body)
	d.dec.Reset(&d.in, jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))
	d.memory = memory{expect: len(body)}
	d.err = nil
	return d
}

// Free gives the decoder back for reuse. The caller must not use it any more.
func (d *Decoder) Free() {
	d.in = bytes.Buffer{}
	d.memory = memory{}
	d.name = nil
	pool.Put(d)
}

// Err returns the first error, or nil.
func (d *Decoder) Err() error { return d.err }

// Fail makes err the decoder's error unless it already has one. The error's text
// is led by the path of the current member.
func (d *Decoder) Fail(err error) {
	if d.err == nil {
		d.err = d.at(err)
	}
}

// at puts the path of the current member before an error.
func (d *Decoder) at(err error) error {
	if p := d.dec.StackPointer(); p != "" {
		return fmt.Errorf("member %s: %w", p[1:], err)
	}
	return err
}

// syntax records an error of the JSON text itself.
func (d *Decoder) syntax(err error) {
	if d.err == nil {
		if errors.Is(err, io.EOF) {
			err = io.ErrUnexpectedEOF
		}
		at, why := d.cause(err)
		d.err = fmt.Errorf("invalid JSON at byte %d: %w", at, why)
	}
}

// cause takes apart what jsontext says of an error, which syntax says in our words:
// the byte that is wrong, and how.
func (d *Decoder) cause(err error) (at int64, why error) {
	if s, ok := errors.AsType[*jsontext.SyntacticError](err); ok && s.Err != nil {
		return s.ByteOffset, s.Err
	}
	return d.dec.InputOffset(), err
}

// IsEmpty says whether there is no value at all, only white space: a body that
// was left out.
func (d *Decoder) IsEmpty() bool {
	return len(bytes.TrimLeft(d.in.Bytes(), " \t\r\n")) == 0 && d.dec.InputOffset() == 0
}

// open begins an aggregate; false means null or an error.
func (d *Decoder) open(kind jsontext.Kind, want string) bool {
	if d.err != nil || d.Null() {
		return false
	}
	switch got := d.dec.PeekKind(); got {
	case kind:
		if _, err := d.dec.ReadToken(); err != nil {
			d.syntax(err)
			return false
		}
		return true
	default:
		d.mismatch(want)
		return false
	}
}

// Null reads a null if the next value is one, and says whether it was.
func (d *Decoder) Null() bool {
	if d.err != nil || d.dec.PeekKind() != jsontext.KindNull {
		return false
	}
	if _, err := d.dec.ReadToken(); err != nil {
		d.syntax(err)
		return false
	}
	return true
}

// Object begins an object. It returns false when the value is null or there is
// an error; the caller then has nothing to read.
func (d *Decoder) Object() bool { return d.open(jsontext.KindBeginObject, "an object") }

// Array begins an array, as [Decoder.Object] does an object.
func (d *Decoder) Array() bool { return d.open(jsontext.KindBeginArray, "an array") }

// NextMember goes on to the object's next member, whose value must then be read
// or skipped. It returns false after the last, and after an error.
func (d *Decoder) NextMember() bool {
	if !d.more(jsontext.KindEndObject) {
		return false
	}
	quoted, err := d.dec.ReadValue()
	if err != nil {
		d.syntax(err)
		return false
	}
	if d.name = quoted[1 : len(quoted)-1]; bytes.IndexByte(d.name, '\\') >= 0 {
		d.tmp, _ = jsontext.AppendUnquote(d.tmp[:0], quoted)
		d.name = d.tmp
	}
	return true
}

// NextElement goes on to the array's next element, as [Decoder.NextMember] does
// to an object's next member.
func (d *Decoder) NextElement() bool { return d.more(jsontext.KindEndArray) }

// more reads the end of an aggregate if it comes next.
func (d *Decoder) more(end jsontext.Kind) bool {
	if d.err != nil {
		return false
	}
	if d.dec.PeekKind() != end {
		return true
	}
	if _, err := d.dec.ReadToken(); err != nil {
		d.syntax(err)
	}
	return false
}

// Name is the current member's name. It is valid until the next call of any
// method: switch on it or copy it.
func (d *Decoder) Name() []byte { return d.name }

// Key is the current member's name as a string that may be kept.
func (d *Decoder) Key() string { return d.keep(d.name) }

// Skip reads over a value of any kind.
func (d *Decoder) Skip() {
	if d.err != nil {
		return
	}
	if err := d.dec.SkipValue(); err != nil {
		d.syntax(err)
	}
}

// Raw reads a value of any kind and returns a copy of its text; nil for null and
// after an error.
func (d *Decoder) Raw() []byte {
	if d.err != nil || d.Null() {
		return nil
	}
	v, err := d.dec.ReadValue()
	if err != nil {
		d.syntax(err)
		return nil
	}
	return bytes.Clone(v)
}

// scalar reads a value that must be of a kind; ok is false for null and after an
// error. The bytes are valid until the next read.
func (d *Decoder) scalar(kind jsontext.Kind, want string) (text []byte, ok bool) {
	if d.err != nil {
		return nil, false
	}
	switch got := d.dec.PeekKind(); {
	case got == jsontext.KindNull:
		d.Null()
		return nil, false
	case got != kind:
		d.mismatch(want)
		return nil, false
	}
	v, err := d.dec.ReadValue()
	if err != nil {
		d.syntax(err)
		return nil, false
	}
	return v, true
}

// mismatch reads over a value of the wrong type and records what was expected
// and what came; reading it first makes the error name the right member.
func (d *Decoder) mismatch(want string) {
	kind := d.dec.PeekKind()
	if err := d.dec.SkipValue(); err != nil {
		d.syntax(err)
		return
	}
	d.Fail(fmt.Errorf("expected %s, got %s", want, kindName(kind)))
}

func kindName(k jsontext.Kind) string {
	switch k {
	case jsontext.KindBeginObject:
		return "an object"
	case jsontext.KindBeginArray:
		return "an array"
	case jsontext.KindString:
		return "a string"
	case jsontext.KindNumber:
		return "a number"
	case jsontext.KindTrue, jsontext.KindFalse:
		return "a boolean"
	default:
		return "null"
	}
}

// asString views bytes as a string; they must never change afterwards.
func asString(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }
