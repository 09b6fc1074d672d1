package sigv4

import (
	"os"
	"os/exec"
	"strings"
	"testing"
)

// TestNoInitWork runs this test's own binary, without tests, and looks for the
// package in the trace of what was initialised.
func TestNoInitWork(t *testing.T) {
	if testing.CoverMode() != "" {
		t.Skip("the coverage tool adds package-level work of its own")
	}
	binary, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(binary, "-test.run=^$")
	cmd.Env = append(os.Environ(), "GODEBUG=inittrace=1")
	trace, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, trace)
	}
	if !strings.Contains(string(trace), "init net/http @") {
		t.Fatalf("trace shows nothing at all:\n%s", trace)
	}
	for line := range strings.Lines(string(trace)) {
		if strings.Contains(line, "lathe/runtime/") {
			t.Errorf("package-level work: %s", line)
		}
	}
}
