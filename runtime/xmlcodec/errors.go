package xmlcodec

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Errors name elements and places. They never quote a value, because it may be a secret.

// Fail makes err the decoder's error unless it already has one. The error's text is led by
// the path of the current element.
func (d *Decoder) Fail(err error) {
	if d.err != nil {
		return
	}
	if path := d.path(); path != "" {
		err = fmt.Errorf("member %s: %w", path, err)
	}
	d.stop(err)
}

// stop makes err the decoder's error. It leaves nothing to be read, which ends all loops.
func (d *Decoder) stop(err error) {
	d.err = err
	d.pos = len(d.buf)
	d.closed, d.inAttribute, d.attributes = false, false, 0
}

// failWith makes an error of texts about a value. That was read to its end, so that its
// element is not open any more.
func (d *Decoder) failWith(at element, text ...string) {
	if d.err != nil {
		return
	}
	d.open = append(d.open, at)
	d.Fail(errors.New(strings.Join(text, "")))
}

// maxPath is how many elements of a path an error names of its beginning, and of its end.
const maxPath = 8

// path names the elements that are open.
func (d *Decoder) path() string {
	var names []string
	for i, e := range d.open {
		if len(d.open) > 2*maxPath && i >= maxPath && i < len(d.open)-maxPath {
			if i == maxPath {
				names = append(names, "…")
			}
			continue
		}
		names = append(names, clip(string(d.buf[e.tag.start:e.tag.end])))
	}
	return strings.Join(names, "/")
}

// maxName is how many bytes of a name an error quotes.
const maxName = 100

func clip(name string) string {
	if len(name) <= maxName {
		return name
	}
	end := maxName
	for !utf8.RuneStart(name[end]) {
		end--
	}
	return name[:end] + "…"
}

// An error in the syntax names the first byte that can't stand where it does.

// malformed makes what is wrong with the byte at an offset the decoder's error.
func (d *Decoder) malformed(at int, wrong error) {
	if d.err == nil {
		d.stop(fmt.Errorf("invalid XML at byte %d: %w", at, wrong))
	}
}

var (
	errReference   = errors.New("a reference to a character that is not known")
	errDeclaration = errors.New("a document type declaration, which is not accepted")
	errEncoding    = errors.New("an encoding that is not UTF-8")
	errAgain       = errors.New("too many maps in maps with their keys behind their values")
	errVersion     = errors.New("a version that is not 1.0")
)

// tooDeep records that too many elements are open.
func (d *Decoder) tooDeep() { d.malformed(d.pos, fmt.Errorf("nested more than %d deep", maxDepth)) }

// declaration records that a declaration begins at pos.
func (d *Decoder) declaration() { d.malformed(d.pos, errDeclaration) }

// mismatch records that an end tag is not that of the innermost element.
func (d *Decoder) mismatch(name span) {
	if name.end == len(d.buf) {
		d.incomplete()
		return
	}
	d.malformed(name.start, errors.New("the end of another element than the one that is open"))
}

// invalid records that the character at an offset can't stand there, or that the input ends
// where there should be another.
func (d *Decoder) invalid(at int, where string) {
	if at >= len(d.buf) {
		d.incomplete()
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
