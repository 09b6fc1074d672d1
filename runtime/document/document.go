// Package document holds values without a schema, which travel as JSON: the
// document type of Smithy (https://smithy.io/2.0/spec/simple-types.html#document).
package document

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	smithydocument "github.com/aws/smithy-go/document"
	smithyjson "github.com/aws/smithy-go/document/json"

	"example.com/lathe/runtime/jsoncodec"
)

// Interface is a document: one to be sent, made by [NewLazy], or one that a
// service sent. UnmarshalSmithyDocument reads it into a Go value.
type Interface interface {
	smithydocument.Marshaler
	smithydocument.Unmarshaler
	isDocument()
}

// NewLazy returns a document of a Go value, which is encoded when the document is
// sent: maps with string keys, slices, structs with "document" tags, and scalars.
func NewLazy(v any) Interface { return &lazy{v} }

// Encode writes a document as part of a message. One that is nil is null.
func Encode(e *jsoncodec.Encoder, v Interface) {
	if v == nil {
		e.Null()
		return
	}
	text, err := v.MarshalSmithyDocument()
	err = discreet(err)
	if l, ok := v.(*lazy); ok && err == nil && !jsoncodec.Valid(text) {
		err = fmt.Errorf("a %T is no document", l.value)
	}
	if err != nil {
		e.Fail(fmt.Errorf("failed to encode a document: %w", err))
		return
	}
	e.Raw(text)
}

// Decode reads a document from a message; nil for null and after an error.
func Decode(d *jsoncodec.Decoder) Interface {
	text := d.Raw()
	if text == nil {
		return nil
	}
	return received(text)
}

// lazy is a document made of a Go value.
type lazy struct{ value any }

func (*lazy) isDocument() {}

// MarshalSmithyDocument returns the document as JSON.
func (l *lazy) MarshalSmithyDocument() ([]byte, error) {
	return smithyjson.NewEncoder().Encode(l.value)
}

// UnmarshalSmithyDocument reads the document into what v points to.
func (l *lazy) UnmarshalSmithyDocument(v any) error {
	text, err := l.MarshalSmithyDocument()
	if err != nil {
		return err
	}
	return received(text).UnmarshalSmithyDocument(v)
}

// received is a document as JSON.
type received []byte

func (received) isDocument() {}

// MarshalSmithyDocument returns the document as JSON.
func (r received) MarshalSmithyDocument() ([]byte, error) { return bytes.Clone(r), nil }

// UnmarshalSmithyDocument reads the document into what v points to; numbers keep
// their digits until v's type is known.
func (r received) UnmarshalSmithyDocument(v any) error {
	d := json.NewDecoder(bytes.NewReader(r))
	d.UseNumber()
	var generic any
	if err := d.Decode(&generic); err != nil {
		return fmt.Errorf("failed to decode a document: %w", err)
	}
	if err := discreet(smithyjson.NewDecoder().DecodeJSONInterface(generic, v)); err != nil {
		return fmt.Errorf("failed to decode a document: %w", err)
	}
	return nil
}

// discreet returns an error without the value that it quotes, which may be a secret. Of
// those that are no documented type only this is left, that there is one.
func discreet(err error) error {
	var unmarshal *smithydocument.UnmarshalTypeError
	var marshal *smithydocument.InvalidMarshalError
	var target *smithydocument.InvalidUnmarshalError
	switch {
	case err == nil || errors.As(err, &target): // of types alone
		return err
	case errors.As(err, &unmarshal):
		return &smithydocument.UnmarshalTypeError{Value: kind(unmarshal.Value), Type: unmarshal.Type}
	case errors.As(err, &marshal):
		return &smithydocument.InvalidMarshalError{Message: kind(marshal.Message)}
	default:
		return errors.New("a value does not fit")
	}
}

// kind is how a message describes a value that it quotes behind a comma or colon.
func kind(message string) string {
	if at := strings.IndexAny(message, ",:"); at >= 0 {
		return message[:at]
	}
	return message
}
