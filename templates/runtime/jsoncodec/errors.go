package jsoncodec

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"
)

// Fail makes err the decoder's error unless it already has one. The error's text
// is led by the path of the current member.
func (d *Decoder) Fail(err error) {
	if d.err != nil {
		return
	}
	if path := d.replay().StackPointer(); path != "" {
		err = fmt.Errorf("member %s: %w", clipPath(string(path[1:])), err)
	}
	d.stop(err)
}

// stop makes err the decoder's error. It leaves nothing to be read, which ends all
// loops.
func (d *Decoder) stop(err error) {
	d.err = err
	d.pos = len(d.buf)
}

// syntax records that what comes next is no JSON; jsontext tells why.
func (d *Decoder) syntax() {
	if d.err != nil {
		return
	}
	at, why := int64(d.pos), errors.New("malformed")
	dec := d.replay()
	err := dec.SkipValue()
	if s, ok := errors.AsType[*jsontext.SyntacticError](err); ok && s.Err != nil {
		at, why = s.ByteOffset, s.Err
	} else if errors.Is(err, io.EOF) {
		at, why = dec.InputOffset(), io.ErrUnexpectedEOF
	}
	d.stop(fmt.Errorf("invalid JSON at byte %d: %w", at, why))
}

// replay returns a decoder of the same input that has read what this one has. It
// knows what is not worth knowing while all is well: the path, and the grammar's
// words for an error.
func (d *Decoder) replay() *jsontext.Decoder {
	dec := jsontext.NewDecoder(bytes.NewBuffer(d.buf), jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))
	for len(bytes.TrimLeft(d.buf[dec.InputOffset():d.pos], " \t\r\n:,")) > 0 {
		if _, err := dec.ReadToken(); err != nil {
			break
		}
	}
	return dec
}

// maxPath is how many bytes of a path an error quotes of its beginning, and of its
// end.
const maxPath = 100

func clipPath(path string) string {
	if len(path) <= 2*maxPath {
		return path
	}
	head, tail := maxPath, len(path)-maxPath
	for !utf8.RuneStart(path[head]) {
		head--
	}
	for !utf8.RuneStart(path[tail]) {
		tail++
	}
	return path[:head] + "…" + path[tail:]
}

// clip bounds what an error quotes of the input.
func clip(text []byte) string {
	const most = 40
	if len(text) > most {
		return string(text[:most]) + "…"
	}
	return string(text)
}

// unexpected reads a value that does not begin as it should. A null is absent;
// anything else is an error, which names the member because the value is read
// first.
func (d *Decoder) unexpected(want string) {
	if d.Null() {
		return
	}
	kind := kindName(d.peek())
	d.Skip()
	if d.err == nil {
		d.Fail(fmt.Errorf("expected %s, got %s", want, kind))
	}
}

// kindName names the kind of the value that begins with c.
func kindName(c byte) string {
	switch c {
	case '{':
		return "an object"
	case '[':
		return "an array"
	case '"':
		return "a string"
	case 't', 'f':
		return "a boolean"
	default:
		return "a number"
	}
}
