package tree

import (
	"bytes"
	"iter"

	"github.com/go-json-experiment/json/jsontext"
)

// Members returns the names of the members of the object that a document is, with
// the kinds of their values, in source order. It is for a glance at a document
// that is not parsed yet: nothing is read beyond where the caller stops, and what
// is broken ends the members.
func Members(data []byte) iter.Seq2[string, Kind] {
	return func(yield func(string, Kind) bool) {
		dec := jsontext.NewDecoder(bytes.NewBuffer(bytes.TrimPrefix(data, byteOrderMark)), jsontext.AllowDuplicateNames(true))
		if token, err := dec.ReadToken(); err != nil || token.Kind() != '{' {
			return
		}
		for dec.PeekKind() == '"' {
			name, err := dec.ReadToken()
			if err != nil || !yield(name.String(), kindOf(dec.PeekKind())) || dec.SkipValue() != nil {
				return
			}
		}
	}
}
