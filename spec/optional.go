package spec

import (
	"encoding/json"
	"strconv"
)

// HasZeroDefault reports whether a number or boolean of a structure has zero as its
// default, so that a client may hold it as a plain value. It is Smithy's check mode
// "client zero value v1, no input", by which the official packages are made
// (https://smithy.io/2.0/spec/aggregate-types.html#structure-member-optionality):
// the structure does not matter, not even as the input of an operation, and a
// default that came after the member's first release does not count.
func (m *Member) HasZeroDefault() bool {
	if m.Default == nil || m.Default.Added || m.ClientOptional {
		return false
	}
	switch m.Target.Kind {
	case Boolean:
		return m.Default.Value == false
	case Byte, Short, Integer, IntEnum, Long, Float, Double:
		return isZero(m.Default.Value)
	default:
		return false
	}
}

// isZero reports whether a default is the number zero, however it is written.
func isZero(v any) bool {
	number, ok := v.(json.Number)
	if !ok {
		return false
	}
	f, err := strconv.ParseFloat(string(number), 64)
	return err == nil && f == 0
}
