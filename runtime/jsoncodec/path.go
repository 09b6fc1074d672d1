package jsoncodec

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// path is where the value stands that was read or begun last, or the member whose
// name was read: a JSON Pointer (RFC 6901), in which "*" is any key of a map. It is
// found by going through all that has been read once more, which is known to be JSON.
func (d *Decoder) path() string {
	r := Decoder{buf: d.buf[:d.pos]}
	var path []byte
	open := []level{{}} // the first is that of the whole message
	for r.left() > 0 {
		start := r.pos
		c := r.buf[start]
		switch c {
		case ' ', '\n', '\r', '\t', ':', ',':
			r.pos++
			continue
		case '}', ']':
			r.pos++
			last := len(open) - 1
			path, open = path[:open[last].base], open[:last]
			continue
		case '{', '[':
			r.pos++
		default:
			r.Skip()
		}
		depth := len(open) - 1
		path = open[depth].read(path, r.buf[start:r.pos], d.isMap(depth))
		if c == '{' || c == '[' {
			open = append(open, level{kind: c, base: len(path)})
		}
	}
	return string(path)
}

// level is an object or array that is open.
type level struct {
	kind  byte // the bracket it begins with
	base  int  // how long its own path is
	count int  // names and values so far, with the one that is under way
}

// isMap reports whether the object that is open at a depth is one whose keys are not
// shown; very deep ones are taken for it.
func (d *Decoder) isMap(depth int) bool { return depth >= 64 || d.maps>>depth&1 != 0 }

// read takes up the next name or value, of which text is the beginning at least, and
// returns the path of it.
func (l *level) read(path, text []byte, isMap bool) []byte {
	l.count++
	var key string
	switch {
	case l.kind == '[':
		key = strconv.Itoa(l.count - 1)
	case l.kind == '{' && l.count%2 != 0 && isMap:
		key = "*"
	case l.kind == '{' && l.count%2 != 0:
		key = strings.ReplaceAll(strings.ReplaceAll(NewDecoder(text).Text(), "~", "~0"), "/", "~1")
	default:
		return path
	}
	return append(append(path[:l.base], '/'), key...)
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
