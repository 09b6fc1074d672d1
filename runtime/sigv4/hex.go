package sigv4

import "encoding/binary"

// ones is a word whose bytes are all 1.
const ones = 0x0101010101010101

// appendHex appends a SHA-256 hash in hexadecimal, eight digits at a time.
func appendHex(b, hash []byte) []byte {
	b = append(b, make([]byte, 64)...)
	digits := b[len(b)-64:]
	for i := 0; i < 64; i += 8 {
		x := uint64(binary.BigEndian.Uint32(hash[i/2:]))
		x = (x<<16 | x) & 0x0000ffff0000ffff
		x = (x<<8 | x) & 0x00ff00ff00ff00ff
		x = (x<<4 | x) & 0x0f0f0f0f0f0f0f0f // each byte is what one digit stands for
		isLetter := (x + 6*ones) >> 4 & ones
		binary.BigEndian.PutUint64(digits[i:], x+'0'*ones+isLetter*('a'-'0'-10))
	}
	return b
}
