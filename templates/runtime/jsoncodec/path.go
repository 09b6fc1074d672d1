package jsoncodec

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// path is where the value stands that was read or begun last, or the member whose
// name was read: a JSON Pointer (RFC 6901). It is found by going through all that
// has been read once more, which is known to be JSON.
func (d *Decoder) path() string {
	r := Decoder{buf: d.buf[:d.pos]}
	var open steps
	for r.left() > 0 {
		start := r.pos
		switch c := r.buf[start]; c {
		case ' ', '\n', '\r', '\t', ':', ',':
			r.pos++
		case '{', '[':
			r.pos++
			open.read(nil)
			open = append(open, step{isObject: c == '{'})
		case '}', ']':
			r.pos++
			open = open[:len(open)-1]
		default:
			r.Skip()
			open.read(r.buf[start:r.pos])
		}
	}
	return open.pointer()
}

// steps lead to a place in a message: one for each object or array that is open.
type steps []step

type step struct {
	isObject bool
	read     int    // names and values so far, with the one that is under way
	name     []byte // the last of an object, quoted
}

// read counts a name or value of the innermost object or array; text is that of a
// name.
func (s steps) read(text []byte) {
	if len(s) == 0 {
		return
	}
	last := &s[len(s)-1]
	last.read++
	if isName := last.read%2 != 0; isName && last.isObject {
		last.name = text
	}
}

func (s steps) pointer() string {
	names := []string{""} // for the first slash
	for _, step := range s {
		switch {
		case step.read == 0: // its first has not been reached
		case step.isObject:
			name := NewDecoder(step.name).Text()
			names = append(names, strings.ReplaceAll(strings.ReplaceAll(name, "~", "~0"), "/", "~1"))
		default:
			names = append(names, strconv.Itoa(step.read-1))
		}
	}
	return strings.Join(names, "/")
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
