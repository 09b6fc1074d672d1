package cborcodec

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
)

// The first byte of an item: a major type in its upper three bits, and additional
// information in the lower five (RFC 8949, section 3).
const (
	majorUnsigned = 0 << 5
	majorNegative = 1 << 5
	majorBytes    = 2 << 5
	majorText     = 3 << 5
	majorArray    = 4 << 5
	majorMap      = 5 << 5
	majorTag      = 6 << 5
	majorSimple   = 7 << 5

	majorMask = 7 << 5
	infoMask  = 1<<5 - 1

	// Information below info1Byte is the argument itself; these say how many bytes behind
	// the first are the argument.
	info1Byte  = 24
	info2Bytes = 25
	info4Bytes = 26
	info8Bytes = 27
	indefinite = 31

	breakByte       = majorSimple | indefinite
	simpleFalse     = majorSimple | 20
	simpleTrue      = majorSimple | 21
	simpleNull      = majorSimple | 22
	simpleUndefined = majorSimple | 23
	simpleFloat16   = majorSimple | info2Bytes
	simpleFloat32   = majorSimple | info4Bytes
	simpleFloat64   = majorSimple | info8Bytes
)

// The tags that have a meaning here (RFC 8949, section 3.4).
const (
	tagText     = 0 // a date and time as text
	tagEpoch    = 1 // seconds since 1970
	tagPositive = 2 // a big integer
	tagNegative = 3
	tagDecimal  = 4 // an exponent and a mantissa
)

// head is the first byte of an item and its argument: a value, a length or the bits of a
// float. It is the zero value at the end of the input and after an error.
type head struct {
	first byte
	arg   uint64
	end   int    // the offset behind it; 0 when there is none
	tag   uint64 // the one before it, [noTag] for none
}

// noTag is reserved to say that there is none.
const noTag = math.MaxUint64

func (h head) major() byte { return h.first & majorMask }

// isBig reports whether an integer of any size follows, as its bytes.
func (h head) isBig() bool {
	return h.major() == majorBytes && (h.tag == tagPositive || h.tag == tagNegative)
}

func (h head) isFloat() bool {
	return h.first == simpleFloat16 || h.first == simpleFloat32 || h.first == simpleFloat64
}

func (h head) isIndefinite() bool { return h.first&infoMask == indefinite }

// headAt reads the head at an offset. The error is about the first byte that can't stand
// there.
func headAt(b []byte, at int) (head, error) {
	if at >= len(b) {
		return head{}, io.ErrUnexpectedEOF
	}
	h := head{first: b[at], end: at + 1, tag: noTag}
	info := h.first & infoMask
	switch {
	case info < info1Byte:
		h.arg = uint64(info)
		return h, nil
	case info == indefinite:
		if major := h.major(); major == majorUnsigned || major == majorNegative || major == majorTag {
			return head{}, fmt.Errorf("0x%02x begins nothing", h.first)
		}
		return h, nil
	case info > info8Bytes:
		return head{}, fmt.Errorf("0x%02x begins nothing", h.first)
	}
	n := 1 << (info - info1Byte)
	if len(b)-at-1 < n {
		return head{}, io.ErrUnexpectedEOF
	}
	for _, c := range b[at+1 : at+1+n] {
		h.arg = h.arg<<8 | uint64(c)
	}
	h.end += n
	if h.first == majorSimple|info1Byte && h.arg < 32 {
		return head{}, errors.New("a simple value that is not in its shortest form")
	}
	return h, nil
}

// bigInt reads the bytes of a big integer; ok is false when it does not fit.
func bigInt(b []byte) (v uint64, ok bool) {
	for len(b) > 0 && b[0] == 0 {
		b = b[1:]
	}
	if len(b) > 8 {
		return 0, false
	}
	var full [8]byte
	copy(full[8-len(b):], b)
	return binary.BigEndian.Uint64(full[:]), true
}
