package bench

import (
	"os"
	"os/exec"
	"testing"
)

// TestClients generates the clients of the cases that need models, and makes each
// call once: benchmarks that nobody runs must not rot.
func TestClients(t *testing.T) {
	if _, err := os.Stat("../../shared/models/c2j"); err != nil {
		t.Skip("no models in ../../shared/models")
	}
	for _, args := range [][]string{
		{"generate", "-tags", "models", "./internal/calls"},
		{"test", "-tags", "models", "-count=1", "./internal/calls"},
	} {
		if out, err := exec.CommandContext(t.Context(), "go", args...).CombinedOutput(); err != nil {
			t.Fatalf("go %v: %v\n%s", args, err, out)
		}
	}
}
