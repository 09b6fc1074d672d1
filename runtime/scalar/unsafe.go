package scalar

import "unsafe"

// This file has all that is unsafe in what clients run: bytes and texts that share memory.

// AsString views bytes as a string; they must not change while it is in use.
func AsString(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }

// AsBytes views a string as bytes, which must not be changed.
func AsBytes(v string) []byte { return unsafe.Slice(unsafe.StringData(v), len(v)) }
