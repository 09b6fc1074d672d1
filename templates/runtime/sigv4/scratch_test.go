package sigv4

import (
	"bytes"
	"strings"
	"testing"
)

// fill puts garbage wherever m has room.
func (m *scratch) fill() {
	text, fields, params := m.text[:cap(m.text)], m.fields[:cap(m.fields)], m.params[:cap(m.params)]
	for i := range text {
		text[i] = '#'
	}
	for i := range fields {
		fields[i] = field{name: []byte("garbage"), text: []byte("##"), values: []string{"##"}}
	}
	for i := range m.sorted[:cap(m.sorted)] {
		m.sorted[:cap(m.sorted)][i] = &fields[0]
	}
	for i := range params {
		params[i] = param{[]byte("garbage"), []byte("##")}
	}
	for i := range m.sortedParams[:cap(m.sortedParams)] {
		m.sortedParams[:cap(m.sortedParams)][i] = &params[0]
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
			m := s.borrow()
			m.fill()
			sameRequest(t, r, want)
			s.scratch.Put(m)
		}
	}
}

// TestScratchIsWiped: nothing of a signature stays in the pool, a session token
// least of all.
func TestScratchIsWiped(t *testing.T) {
	for range 100 { // a pool may forget
		var s Signer
		m := s.borrow()
		m.params, m.sortedParams = make([]param, 0, 8), make([]*param, 0, 8)
		m.fill()
		s.scratch.Put(m)
		call := testCalls()["large"]
		s.Sign(call.r, call.p)
		text := m.text[:cap(m.text)]
		if text[0] == '#' {
			continue // m was not used
		}
		if rest := bytes.TrimLeft(text, "\x00"); strings.Trim(string(rest), "#") != "" {
			t.Errorf("the text still has %q", rest)
		}
		for i, f := range m.fields[:cap(m.fields)] {
			if f.name != nil && string(f.name) != "garbage" || len(f.values) > 0 && f.values[0] != "##" {
				t.Errorf("field %d is still %q", i, f)
			}
		}
		for i, p := range m.params[:cap(m.params)] {
			if p.key != nil && string(p.key) != "garbage" {
				t.Errorf("parameter %d is still %q", i, p)
			}
		}
		if len(m.text)+len(m.fields)+len(m.sorted)+len(m.params)+len(m.sortedParams) > 0 ||
			m.fields[:1][0].name != nil || m.sorted[:1][0] != nil || m.params[:1][0].key != nil || m.sortedParams[:1][0] != nil {
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
			if m := s.borrow(); cap(m.text) > maxText || cap(m.params) > maxParts {
				t.Fatalf("%s: memory for %d bytes and %d parameters is kept", name, cap(m.text), cap(m.params))
			}
		}
	}
}
