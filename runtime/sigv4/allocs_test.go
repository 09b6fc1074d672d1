//go:build !race

package sigv4

import "testing"

// TestAllocations counts what a signature costs. (The race detector makes pools
// forget, so the count would mean nothing there.)
func TestAllocations(t *testing.T) {
	var s Signer
	for name, call := range testCalls() {
		first := testing.AllocsPerRun(200, func() {
			unsign(call.r)
			s.Sign(call.r, call.p)
		})
		if first > 4 { // one text, and the slices of three headers' values
			t.Errorf("%s: %v allocations a signature, want at most 4", name, first)
		}
		again := testing.AllocsPerRun(200, func() { s.Sign(call.r, call.p) })
		if again != 1 { // the headers have their slices
			t.Errorf("%s: %v allocations for another signature of one request, want 1", name, again)
		}
		m, p := &message{header: call.r.Header}, *call.p
		p.Headers = m
		given := testing.AllocsPerRun(200, func() {
			m.forget()
			unsign(call.r)
			s.Sign(call.r, &p)
		})
		if given != 0 {
			t.Errorf("%s: %v allocations for headers that have memory, want none", name, given)
		}
	}
}
