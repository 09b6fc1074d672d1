//go:build !race

package measure

import "testing"

var sink any

// TestLoop counts what is known.
func TestLoop(t *testing.T) {
	c := Loop(1000, func() { sink = new([100]byte) })
	if c.Allocs < 1 || c.Allocs > 1.1 || c.Bytes < 100 || c.Bytes > 150 || c.CPU <= 0 || c.Wall <= 0 {
		t.Errorf("an allocation of 100 bytes costs %+v", c)
	}
}

// TestPeakHeap watches an operation that holds 8 MB while it makes a result of 1 MB.
func TestPeakHeap(t *testing.T) {
	const mb = 1 << 20
	h := PeakHeap(func() any {
		work := make([]byte, 8*mb)
		result := make([]byte, mb)
		for range 20 { // long enough to be seen
			for i := range work {
				work[i]++
			}
		}
		result[0] = work[0]
		return &result
	})
	if h.Peak < 8.9*mb || h.Peak > 9.5*mb || h.Kept < 0.9*mb || h.Kept > 1.5*mb {
		t.Errorf("peak %.1f MB, live %.1f MB, kept %.1f MB", h.Peak/mb, h.Live/mb, h.Kept/mb)
	}
}
