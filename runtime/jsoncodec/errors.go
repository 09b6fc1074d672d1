package jsoncodec

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Errors name members, kinds and places. They never quote a value or the key of a map,
// because it may be a secret, and only who has the model knows.

// Fail makes err the decoder's error unless it already has one. The error's text
// is led by the path of the current member.
func (d *Decoder) Fail(err error) {
	if d.err != nil {
		return
	}
	if path := d.path(); path != "" {
		err = fmt.Errorf("member %s: %w", clipPath(path[1:]), err)
	}
	d.stop(err)
}

// stop makes err the decoder's error. It leaves nothing to be read, which ends all
// loops.
func (d *Decoder) stop(err error) {
	d.err = err
	d.pos = len(d.buf)
}

// unexpected reads a value that does not begin as it should. A null is absent;
// anything else is an error, which names the member because the value is read
// first.
func (d *Decoder) unexpected(want string) {
	if d.Null() {
		return
	}
	kind := kindName(d.peekPastSpace())
	if d.Skip(); d.err == nil {
		d.failWith("expected ", want, ", got ", kind)
	}
}

// failWith makes an error of texts.
func (d *Decoder) failWith(text ...string) { d.Fail(errors.New(strings.Join(text, ""))) }

// doesNotFit records that a number is too large for its type.
func (d *Decoder) doesNotFit(bits int, kind string) {
	d.failWith("the number does not fit a ", strconv.Itoa(bits), "-bit ", kind)
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

// An error in the syntax names the first byte that can't stand where it does.

// malformed makes what is wrong with the byte at an offset the decoder's error.
func (d *Decoder) malformed(at int, wrong error) {
	if d.err == nil {
		d.stop(fmt.Errorf("invalid JSON at byte %d: %w", at, wrong))
	}
}

// tooDeep records that too many objects and arrays are open.
func (d *Decoder) tooDeep() {
	d.malformed(d.pos, fmt.Errorf("nested more than %d deep", maxDepth))
}

// invalid records that the character at an offset can't stand there, or that the
// input ends where there should be another.
func (d *Decoder) invalid(at int, where string) {
	if at == len(d.buf) {
		d.malformed(at, io.ErrUnexpectedEOF)
		return
	}
	d.malformed(at, errors.New("invalid character "+quoteFirst(d.buf[at:])+" "+where))
}

// quoteFirst quotes the first character of b, or its first byte if that is none.
func quoteFirst(b []byte) string {
	r, size := utf8.DecodeRune(b)
	if r == utf8.RuneError && size == 1 {
		return fmt.Sprintf(`'\x%02x'`, b[0])
	}
	return strconv.QuoteRune(r)
}

// noName records that what comes next is no member's name. If it is no other
// scalar either, that comes first.
func (d *Decoder) noName() {
	at := d.pos
	if c := d.peekPastSpace(); c != '{' && c != '[' {
		d.Skip()
	}
	d.invalid(at, "instead of a member's name")
}

// badNumber records that a digit is missing at an offset; if it is the first, there
// is no value at all.
func (d *Decoder) badNumber(at int) {
	if at > d.pos {
		d.invalid(at, "in a number (expecting a digit)")
		return
	}
	if comma := d.lastComma(); comma >= 0 {
		d.invalid(comma, "behind the last member or element")
	}
	d.invalid(at, "instead of a value")
}

// lastComma is the offset of a comma that only a closing bracket follows, which
// comes next; -1 if that is not so. The comma is what is wrong then.
func (d *Decoder) lastComma() int {
	if d.left() == 0 || d.buf[d.pos] != '}' && d.buf[d.pos] != ']' {
		return -1
	}
	last := len(bytes.TrimRight(d.buf[:d.pos], " \n\r\t")) - 1
	if last < 0 || d.buf[last] != ',' {
		return -1
	}
	return last
}

// badWord records that what comes next is not the word that it begins like.
func (d *Decoder) badWord(word string) {
	i := 0
	for d.pos+i < len(d.buf) && d.buf[d.pos+i] == word[i] {
		i++
	}
	d.invalid(d.pos+i, "in the word "+word)
}

// badString records that a string can't go on at an offset.
func (d *Decoder) badString(at int) {
	if at == len(d.buf) || d.buf[at] != '\\' {
		d.invalid(at, "in a string")
		return
	}
	end := at + 1
	if end < len(d.buf) && d.buf[end] == 'u' {
		for end++; end < len(d.buf) && isHex(d.buf[end]); {
			end++
		}
	}
	if end == len(d.buf) {
		d.invalid(end, "")
		return
	}
	d.malformed(at, errors.New("invalid escape: "+quoteFirst(d.buf[end:])+" behind "+string(d.buf[at:end])))
}
