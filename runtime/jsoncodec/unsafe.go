package jsoncodec

import "unsafe"

// asString views bytes as a string; they must not change while it is in use.
func asString(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }

// asBytes views a string as bytes, which must not be changed.
func asBytes(v string) []byte { return unsafe.Slice(unsafe.StringData(v), len(v)) }
