package xmlcodec

import (
	"bytes"
	"encoding/binary"
	"io"
	"math/bits"
	"unicode/utf8"
)

// tag is a kind of tag.
type tag uint8

const (
	none  tag = iota // after an error, and where there is no element at all
	start            // of an element, or all of it
	end
)

// next goes on to the next start or end of an element and reads it. Text, comments and
// instructions before it are read over.
func (d *Decoder) next() tag {
	d.inAttribute, d.attributes = false, 0
	if d.closed {
		d.closed = false
		d.open = d.open[:len(d.open)-1]
		return end
	}
	for {
		if d.pos = spaceEnd(d.buf, d.pos); d.pos >= len(d.buf) {
			if len(d.open) > 0 {
				d.incomplete()
			}
			return none
		}
		switch {
		case d.buf[d.pos] != '<':
			if len(d.open) == 0 {
				d.invalid(d.pos, "before the root element")
				return none
			}
			d.pos = d.textEnd(d.pos)
		case d.isMarkup():
			d.markup()
		case d.buf[d.pos+1] == '/':
			return d.endTag()
		default:
			return d.startTag()
		}
		if d.err != nil {
			return none
		}
	}
}

// isMarkup reports whether what begins at pos with '<' is no tag.
func (d *Decoder) isMarkup() bool {
	if d.pos+1 == len(d.buf) {
		return true
	}
	return d.buf[d.pos+1] == '!' || d.buf[d.pos+1] == '?'
}

// startTag reads the start of an element.
func (d *Decoder) startTag() tag {
	name := span{d.pos + 1, nameEnd(d.buf, d.pos+1)}
	switch {
	case name.start == name.end || !isNameStart(d.buf[name.start]):
		d.invalid(name.start, "instead of an element's name")
		return none
	case len(d.open) == maxDepth:
		d.tooDeep()
		return none
	}
	at := name.end
	if at < len(d.buf) && d.buf[at] != '>' {
		if at = d.attributesEnd(at); d.err != nil {
			return none
		}
		d.attributes = name.end
	}
	if at < len(d.buf) && d.buf[at] == '/' {
		at++
		d.closed = true
	}
	if at == len(d.buf) || d.buf[at] != '>' {
		d.closed = false
		d.invalid(at, "in a tag (expecting '>')")
		return none
	}
	d.pos = at + 1
	d.open = append(d.open, element{tag: name})
	_, local := d.split(name)
	d.nameStart, d.nameEnd = local.start, local.end
	return start
}

// attributesEnd checks the attributes that begin at an offset and returns where they end,
// with the white space behind them.
func (d *Decoder) attributesEnd(at int) int {
	for {
		name, _, end := d.attribute(at)
		if d.err != nil || name.start == name.end {
			return end
		}
		at = end
	}
}

// attribute reads the next attribute behind an offset, and the offset behind it. Its name
// is empty when there is none.
func (d *Decoder) attribute(at int) (name, value span, end int) {
	at = spaceEnd(d.buf, at)
	if at == len(d.buf) || d.buf[at] == '>' || d.buf[at] == '/' {
		return span{}, span{}, at
	}
	name = span{at, nameEnd(d.buf, at)}
	if name.start == name.end || !isNameStart(d.buf[name.start]) {
		d.invalid(at, "instead of an attribute's name")
		return span{}, span{}, at
	}
	at = spaceEnd(d.buf, name.end)
	if at == len(d.buf) || d.buf[at] != '=' {
		d.invalid(at, "behind an attribute's name (expecting '=')")
		return span{}, span{}, at
	}
	at = spaceEnd(d.buf, at+1)
	if at == len(d.buf) || d.buf[at] != '"' && d.buf[at] != '\'' {
		d.invalid(at, "instead of an attribute's value (expecting a quote)")
		return span{}, span{}, at
	}
	quote := d.buf[at]
	value.start = at + 1
	length := bytes.IndexByte(d.buf[value.start:], quote)
	if length < 0 {
		d.incomplete()
		return span{}, span{}, at
	}
	value.end = value.start + length
	d.checkAttribute(value)
	return name, value, value.end + 1
}

// endTag reads the end of the innermost element.
func (d *Decoder) endTag() tag {
	name := span{d.pos + 2, nameEnd(d.buf, d.pos+2)}
	if len(d.open) == 0 {
		d.invalid(d.pos+1, "instead of an element's name")
		return none
	}
	innermost := d.open[len(d.open)-1].tag
	if !bytes.Equal(d.buf[name.start:name.end], d.buf[innermost.start:innermost.end]) {
		d.mismatch(name)
		return none
	}
	at := name.end
	if at < len(d.buf) && d.buf[at] != '>' {
		at = spaceEnd(d.buf, at)
	}
	if at == len(d.buf) || d.buf[at] != '>' {
		d.invalid(at, "in an end tag (expecting '>')")
		return none
	}
	d.pos = at + 1
	d.open = d.open[:len(d.open)-1]
	return end
}

// markup reads over what begins with "<!" or "<?".
func (d *Decoder) markup() {
	rest := d.buf[d.pos:]
	switch {
	case bytes.HasPrefix(rest, []byte("<?")):
		d.instruction()
	case bytes.HasPrefix(rest, []byte("<!--")):
		d.comment()
	case bytes.HasPrefix(rest, []byte("<![CDATA[")) && len(d.open) > 0:
		d.section()
	case len(rest) < len("<![CDATA["):
		d.invalid(min(d.pos+2, len(d.buf)), "in a declaration")
	default:
		d.declaration()
	}
}

// instruction reads over a processing instruction. The one that declares the document may
// name no encoding but UTF-8.
func (d *Decoder) instruction() {
	from := d.pos + len("<?")
	target := span{from, nameEnd(d.buf, from)}
	if target.start == target.end || !isNameStart(d.buf[target.start]) {
		d.invalid(from, "instead of an instruction's name")
		return
	}
	length := bytes.Index(d.buf[target.end:], []byte("?>"))
	if length < 0 {
		d.incomplete()
		return
	}
	content := d.buf[target.end : target.end+length]
	if string(d.buf[target.start:target.end]) == "xml" {
		d.checkDocument(string(content))
	}
	if d.err == nil {
		d.pos = target.end + length + len("?>")
	}
}

// comment reads over a comment, in which two hyphens must not stand.
func (d *Decoder) comment() {
	from := d.pos + len("<!--")
	length := bytes.Index(d.buf[from:], []byte("--"))
	if length < 0 {
		d.incomplete()
		return
	}
	at := from + length + len("--")
	if at == len(d.buf) || d.buf[at] != '>' {
		d.invalid(at, "behind -- in a comment")
		return
	}
	d.pos = at + 1
}

// section reads over a CDATA section and returns what it holds.
func (d *Decoder) section() []byte {
	from := d.pos + len("<![CDATA[")
	length := bytes.Index(d.buf[from:], []byte("]]>"))
	if length < 0 {
		d.incomplete()
		return nil
	}
	text := d.buf[from : from+length]
	if at := badCharacter(text); at >= 0 {
		d.invalid(from+at, "in a CDATA section")
		return nil
	}
	d.pos = from + length + len("]]>")
	return text
}

// textEnd checks the text that begins at an offset and returns where the tag or markup
// behind it begins.
func (d *Decoder) textEnd(at int) int {
	for at < len(d.buf) {
		at = plainEnd(d.buf, at)
		if at == len(d.buf) || d.buf[at] == '<' {
			break
		}
		size := d.special(at)
		if size == 0 {
			return at
		}
		at += size
	}
	if at == len(d.buf) {
		d.incomplete()
	}
	return at
}

// special checks the character or reference at an offset of a text, which is not plain,
// and returns its length; zero after an error.
func (d *Decoder) special(at int) int {
	switch d.buf[at] {
	case '&':
		_, size := reference(d.buf[at:])
		if size == 0 {
			d.malformed(at, errReference)
		}
		return size
	case ']':
		if bytes.HasPrefix(d.buf[at:], []byte("]]>")) {
			d.invalid(at, "in a text (expecting ]]&gt;)")
			return 0
		}
		return 1
	case '\t', '\n', '\r':
		return 1
	}
	r, size := utf8.DecodeRune(d.buf[at:])
	if !isCharacter(r) || r == utf8.RuneError && size == 1 {
		d.invalid(at, "in a text")
		return 0
	}
	return size
}

// checkAttribute checks the value of an attribute.
func (d *Decoder) checkAttribute(v span) {
	for at := v.start; at < v.end; {
		switch c := d.buf[at]; {
		case c == '<':
			d.invalid(at, "in an attribute's value")
			return
		case c == ']' || c >= ' ' && c < utf8.RuneSelf && c != '&':
			at++
		default:
			size := d.special(at)
			if size == 0 {
				return
			}
			at += size
		}
	}
}

// incomplete records that the input ends where it should go on.
func (d *Decoder) incomplete() { d.malformed(len(d.buf), io.ErrUnexpectedEOF) }

// spaceEnd returns where the white space that begins at b[i] ends.
func spaceEnd(b []byte, i int) int {
	for i < len(b) && (b[i] == ' ' || b[i] == '\n' || b[i] == '\r' || b[i] == '\t') {
		i++
	}
	return i
}

// nameEnd returns where the name that begins at b[i] ends. Of letters beyond ASCII it takes
// all.
func nameEnd(b []byte, i int) int {
	for i < len(b) && (isNameStart(b[i]) || '0' <= b[i] && b[i] <= '9' || b[i] == '-' || b[i] == '.') {
		i++
	}
	return i
}

func isNameStart(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c == '_' || c == ':' || c >= utf8.RuneSelf
}

// A byte of a text is plain when it is ASCII and stands for itself, wherever it is: no
// control character, and none of "<", "&" and "]".

const (
	ones  = 0x0101010101010101
	highs = 0x80 * ones
)

// plainEnd returns where the plain bytes that begin at b[i] end. It looks at eight at a
// time.
func plainEnd(b []byte, i int) int {
	for ; len(b)-i >= 8; i += 8 {
		if m := special(binary.LittleEndian.Uint64(b[i:])); m != 0 {
			return i + bits.TrailingZeros64(m)/8
		}
	}
	for i < len(b) && b[i] >= ' ' && b[i] != '<' && b[i] != '&' && b[i] != ']' && b[i] < utf8.RuneSelf {
		i++
	}
	return i
}

// special marks the bytes of w that are not plain in their highest bits. The lowest mark is
// right; others may be wrong, because a difference borrows from the next byte where it is
// negative.
func special(w uint64) uint64 {
	less, and, bracket := w^'<'*ones, w^'&'*ones, w^']'*ones
	return (w | (w - ' '*ones) | (less - ones) | (and - ones) | (bracket - ones)) & highs
}
