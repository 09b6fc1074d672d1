package endpointrules

import (
	"strconv"
	"strings"
)

// Option is a value that may be missing. The zero Option has none.
type Option[T any] struct {
	value T
	set   bool
}

// Maybe makes an Option of a function's two results.
func Maybe[T any](value T, set bool) Option[T] {
	if !set {
		return Option[T]{}
	}
	return Option[T]{value, true}
}

// Some makes an Option that has a value.
func Some[T any](value T) Option[T] { return Option[T]{value, true} }

// FromPtr makes an Option of a pointer, of which nil means no value.
func FromPtr[T any](p *T) Option[T] {
	if p == nil {
		return Option[T]{}
	}
	return Option[T]{*p, true}
}

// NonEmpty returns a pointer to a string; nil if it is empty.
func NonEmpty(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// FromList makes an Option of an array, of which nil means no value.
func FromList(list []string) Option[[]string] { return Option[[]string]{list, list != nil} }

// Get returns the value and whether there is one.
func (o Option[T]) Get() (T, bool) { return o.value, o.set }

// IsSet reports whether there is a value.
func (o Option[T]) IsSet() bool { return o.set }

// Or returns the value, or the other one when there is none.
func (o Option[T]) Or(otherwise T) T {
	if o.set {
		return o.value
	}
	return otherwise
}

// OrElse returns the option, or the other one when it has no value.
func (o Option[T]) OrElse(otherwise Option[T]) Option[T] {
	if o.set {
		return o
	}
	return otherwise
}

// If is the function ite: one of two values by a condition.
func If[T any](condition bool, then, otherwise T) T {
	if condition {
		return then
	}
	return otherwise
}

// Clone returns a copy that shares no memory with the text.
func Clone(o Option[string]) Option[string] { return Option[string]{strings.Clone(o.value), o.set} }

// ListKey makes an array a value that can be compared: different arrays have
// different keys, and nil has none.
func ListKey(list []string) Option[string] {
	if list == nil {
		return Option[string]{}
	}
	var b strings.Builder
	for _, s := range list {
		b.WriteString(strconv.Itoa(len(s)))
		b.WriteByte(':')
		b.WriteString(s)
	}
	return Some(b.String())
}
