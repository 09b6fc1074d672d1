package sigv4

import (
	"maps"
	"net/http"
	"reflect"
	"testing"
	"unsafe"
)

// message is [Headers] that keep what they are given in one piece of memory, as
// those of clients do.
type message struct {
	header http.Header
	values [8]string
	used   int
	text   [1024]byte
	filled int
}

func (m *message) SetHeader(name, value string) {
	m.values[m.used] = value
	m.header[name] = m.values[m.used : m.used+1 : m.used+1]
	m.used++
}

func (m *message) Text(b []byte) string {
	if len(b) == 0 || len(b) > len(m.text)-m.filled {
		return string(b)
	}
	at := m.text[m.filled:]
	m.filled += copy(at, b)
	return unsafe.String(&at[0], len(b))
}

// forget makes room for another signature.
func (m *message) forget() { m.used, m.filled = 0, 0 }

// TestHeadersTakeAll: what is given for the headers gets all that the signature
// adds, and the request's own are left alone, also those that it replaces.
func TestHeadersTakeAll(t *testing.T) {
	r, p := testRequest(), testParams()
	p.Credentials.SessionToken = "token"
	r.Header["X-Amz-Security-Token"] = []string{"old"}
	r.Header["X-Amz-Date"] = []string{"yesterday"}
	r.Header["Authorization"] = []string{"none"}
	own, want := r.Header.Clone(), copyOf(r)
	signOfficially(t, want, p)

	added := message{header: http.Header{}}
	p.Headers = &added
	new(Signer).Sign(r, p)
	if !reflect.DeepEqual(r.Header, own) {
		t.Errorf("the request's own headers are %q, were %q", r.Header, own)
	}
	if len(added.header) != 3 {
		t.Errorf("added are %q", added.header)
	}
	maps.Copy(own, added.header)
	if !reflect.DeepEqual(own, want.Header) {
		t.Errorf("with the added ones the headers are %q, want %q", own, want.Header)
	}
}

// TestHeadersCopy: what the headers were given does not change with the memory that
// the signer uses again.
func TestHeadersCopy(t *testing.T) {
	var s Signer
	for range 100 { // a pool may forget
		for _, call := range testCalls() {
			r, want, p := copyOf(call.r), copyOf(call.r), *call.p
			p.Headers = &message{header: r.Header}
			signOfficially(t, want, &p)
			s.Sign(r, &p)
			key := s.keys.get(&p, dayOf(&p))
			m := key.borrow()
			m.fill()
			sameRequest(t, r, want)
			key.scratch.Put(m)
		}
	}
}
