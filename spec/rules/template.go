package rules

import (
	"errors"
	"strings"
)

// piece is a part of a template: text, or a reference with an optional path.
type piece struct {
	text      string
	ref, path string
	isRef     bool
}

// splitTemplate takes a template string apart: {name} and {name#path} are
// references, {{ and }} are braces.
func splitTemplate(s string) ([]piece, error) {
	var pieces []piece
	var text strings.Builder
	flush := func() {
		if text.Len() > 0 {
			pieces = append(pieces, piece{text: text.String()})
			text.Reset()
		}
	}
	for s != "" {
		brace := strings.IndexAny(s, "{}")
		if brace < 0 {
			text.WriteString(s)
			break
		}
		text.WriteString(s[:brace])
		s = s[brace:]
		if strings.HasPrefix(s, "{{") || strings.HasPrefix(s, "}}") {
			text.WriteByte(s[0])
			s = s[2:]
			continue
		}
		ref, rest, err := cutReference(s)
		if err != nil {
			return nil, err
		}
		flush()
		pieces = append(pieces, ref)
		s = rest
	}
	flush()
	return pieces, nil
}

var (
	errClosed   = errors.New(`"}" stands without "{" before it`)
	errUnclosed = errors.New(`"{" is never closed`)
	errEmpty    = errors.New(`"{}" names nothing`)
)

// cutReference cuts "{name#path}" off a string that starts with a single brace.
func cutReference(s string) (piece, string, error) {
	if s[0] == '}' {
		return piece{}, "", errClosed
	}
	end := strings.IndexAny(s[1:], "{}")
	if end < 0 || s[1+end] == '{' {
		return piece{}, "", errUnclosed
	}
	name, path, hasPath := strings.Cut(s[1:1+end], "#")
	if name == "" || hasPath && path == "" {
		return piece{}, "", errEmpty
	}
	return piece{ref: name, path: path, isRef: true}, s[end+2:], nil
}
