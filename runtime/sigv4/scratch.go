package sigv4

import (
	"crypto/hmac"
	"crypto/sha256"
	"hash"
)

// scratch is the working memory of a signature by one key. Its text is only ever
// appended to until the signature is made, so that slices of it stay as they are.
type scratch struct {
	text   []byte
	fields []part
	params []part
	order  partOrder // while parts are sorted
	mac    hash.Hash // HMAC with the key, ready for a message
}

// A scratch that grew beyond these sizes, in bytes and elements, is not kept.
const (
	maxText  = 16 << 10
	maxParts = 256
)

func (k *signingKey) borrow() *scratch {
	if m, ok := k.scratch.Get().(*scratch); ok {
		return m
	}
	return &scratch{text: make([]byte, 0, 4<<10), fields: make([]part, 0, 16), mac: hmac.New(sha256.New, k.key)}
}

// release keeps m for the next signature. Its text is wiped first: there is a
// session token in it.
func (k *signingKey) release(m *scratch) {
	if cap(m.text) > maxText || cap(m.fields) > maxParts || cap(m.params) > maxParts {
		return
	}
	clear(m.text)
	m.text, m.fields, m.params = m.text[:0], m.fields[:0], m.params[:0]
	k.scratch.Put(m)
}

// appendMAC appends the message's HMAC.
func (m *scratch) appendMAC(b, message []byte) []byte {
	m.mac.Write(message)
	b = m.mac.Sum(b)
	m.mac.Reset()
	return b
}
