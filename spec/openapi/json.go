package openapi

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"example.com/lathe/spec"
)

// jsonReader turns JSON into nodes.
type jsonReader struct {
	*source
	dec *jsontext.Decoder
	ps  *spec.Problems
}

// errTold ends a parse whose problem has been reported already.
var errTold = errors.New("told already")

// readJSON reads a whole document; the result is nil when it is not JSON.
func readJSON(s *source, ps *spec.Problems) *node {
	dec := jsontext.NewDecoder(bytes.NewReader(s.data), jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))
	r := &jsonReader{s, dec, ps}
	root, err := r.value(0)
	if err == nil {
		if dec.PeekKind(); len(bytes.TrimSpace(s.data[dec.InputOffset():])) > 0 {
			at := len(s.data) - len(bytes.TrimLeft(s.data[dec.InputOffset():], " \t\r\n"))
			ps.Add(s.pos(s.mark(at)), "remove it", "not JSON: there is more text after the document")
			return nil
		}
		s.tellRepeated(ps)
		return root
	}
	r.complain(err)
	return nil
}

// complain reports the error that ended the parse.
func (r *jsonReader) complain(err error) {
	var syntax *jsontext.SyntacticError
	switch {
	case errors.Is(err, errTold):
	case errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF):
		end := len(bytes.TrimRight(r.data, " \t\r\n"))
		r.ps.Add(r.pos(r.mark(end)), "close what is open", "not JSON: the document ends too early")
	case errors.As(err, &syntax):
		text := strings.TrimPrefix(syntax.Err.Error(), "jsontext: ")
		r.ps.Add(r.pos(r.mark(int(syntax.ByteOffset))), "", "not JSON: %s", text)
	default:
		r.ps.Add(r.pos(r.mark(int(r.dec.InputOffset()))), "", "not JSON: %v", err)
	}
}

// next reads one token, or one scalar as it is written, and says where it begins.
func (r *jsonReader) next() (kind jsontext.Kind, raw []byte, start mark, err error) {
	switch kind = r.dec.PeekKind(); kind {
	case '{', '}', '[', ']':
		_, err = r.dec.ReadToken()
		return kind, nil, r.mark(int(r.dec.InputOffset()) - 1), err
	default:
		raw, err = r.dec.ReadValue()
		return kind, raw, r.mark(int(r.dec.InputOffset()) - len(raw)), err
	}
}

func (r *jsonReader) value(depth int) (*node, error) {
	kind, raw, start, err := r.next()
	if err != nil {
		return nil, err
	}
	n := &node{file: r.file, start: start}
	switch kind {
	case '{':
		n.kind = objectNode
		err = r.object(n, depth+1)
	case '[':
		n.kind = listNode
		err = r.list(n, depth+1)
	case '"':
		n.kind, n.text = textNode, unquote(raw)
	case '0':
		n.kind, n.text = numberNode, string(raw)
	case 't', 'f':
		n.kind, n.text = flagNode, string(raw)
	}
	return n, err
}

func (r *jsonReader) object(n *node, depth int) error {
	if err := r.enter(n, depth); err != nil {
		return err
	}
	for r.dec.PeekKind() != '}' {
		_, raw, at, err := r.next()
		if err != nil {
			return err
		}
		key := unquote(raw)
		child, err := r.value(depth)
		if err != nil {
			return err
		}
		r.add(n, key, textNode, at, child)
	}
	_, err := r.dec.ReadToken()
	return err
}

func (r *jsonReader) list(n *node, depth int) error {
	if err := r.enter(n, depth); err != nil {
		return err
	}
	for r.dec.PeekKind() != ']' {
		child, err := r.value(depth)
		if err != nil {
			return err
		}
		n.push(child)
	}
	_, err := r.dec.ReadToken()
	return err
}

// enter refuses documents that are nested too deep.
func (r *jsonReader) enter(n *node, depth int) error {
	if depth <= maxDepth {
		return nil
	}
	tooDeep(r.ps, r.pos(n.start))
	return errTold
}

func tooDeep(ps *spec.Problems, at spec.Pos) {
	ps.Add(at, "move inner schemas to components/schemas", "%s", tooDeepMessage)
}

var tooDeepMessage = fmt.Sprintf("the document is nested deeper than %d levels", maxDepth)

// unquote gives the text of a string, which the decoder has found to be valid.
func unquote(raw []byte) string {
	text, _ := jsontext.AppendUnquote(nil, raw)
	return string(text)
}
