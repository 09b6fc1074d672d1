package sigv4

import (
	"bytes"
	"strings"
	"testing"
)

// fill puts garbage wherever m has room.
func (m *scratch) fill() {
	text := m.text[:cap(m.text)]
	for i := range text {
		text[i] = '#'
	}
	for _, parts := range [][]part{m.fields[:cap(m.fields)], m.params[:cap(m.params)]} {
		for i := range parts {
			parts[i] = part{1, 2, 3}
		}
	}
}

// TestScratchIsNotShared: garbage in the memory of a signature that was made does
// not show in the request, and garbage in that of one to be made not in its own.
func TestScratchIsNotShared(t *testing.T) {
	var s Signer
	for range 100 { // a pool may forget
		for _, call := range testCalls() {
			r, want := copyOf(call.r), copyOf(call.r)
			signOfficially(t, want, call.p)
			s.Sign(r, call.p)
			key := s.keys.get(call.p, dayOf(call.p))
			m := key.borrow()
			m.fill()
			sameRequest(t, r, want)
			key.scratch.Put(m)
		}
	}
}

// TestScratchIsWiped: nothing of a signature stays in the pool, a session token
// least of all.
func TestScratchIsWiped(t *testing.T) {
	for range 100 { // a pool may forget
		var s Signer
		call := testCalls()["large"]
		key := s.keys.get(call.p, dayOf(call.p))
		m := key.borrow()
		m.params = make([]part, 0, 8)
		m.fill()
		key.scratch.Put(m)
		s.Sign(call.r, call.p)
		text := m.text[:cap(m.text)]
		if text[0] == '#' {
			continue // m was not used
		}
		if rest := bytes.TrimLeft(text, "\x00"); strings.Trim(string(rest), "#") != "" {
			t.Errorf("the text still has %q", rest)
		}
		if len(m.text)+len(m.fields)+len(m.params) > 0 {
			t.Error("the memory is not ready for another signature")
		}
		return
	}
	t.Fatal("the pool never gave back what was put into it")
}

// TestLargeScratchIsNotKept: one large request does not cost memory forever.
func TestLargeScratchIsNotKept(t *testing.T) {
	var s Signer
	for name, query := range map[string]string{
		"long": "a=" + strings.Repeat("x", 2*maxText),
		"many": strings.Repeat("a&", 2*maxParts),
	} {
		for range 20 {
			r, p := testRequest(), testParams()
			r.URL.RawQuery = query
			s.Sign(r, p)
			if m := s.keys.get(p, dayOf(p)).borrow(); cap(m.text) > maxText || cap(m.params) > maxParts {
				t.Fatalf("%s: memory for %d bytes and %d parameters is kept", name, cap(m.text), cap(m.params))
			}
		}
	}
}
