//go:build !race

package transport

import (
	"testing"

	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
)

// TestAllocations bounds what a call costs apart from its operation. (The race
// detector makes pools forget, so the count would mean nothing there.)
func TestAllocations(t *testing.T) {
	for name, c := range map[string]struct {
		signer v4.HTTPSigner
		most   float64
	}{
		"another signer": {nopSigner{}, 11},
		"signed":         {nil, 9},
	} {
		got := testing.AllocsPerRun(200, leanCall(c.signer))
		t.Logf("%s: %v allocations", name, got)
		if got > c.most {
			t.Errorf("%s: %v allocations a call, want at most %v", name, got, c.most)
		}
	}
}
