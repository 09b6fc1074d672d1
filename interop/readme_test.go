package interop

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

// TestReadmeCount sees that the README tells the number of scenarios.
func TestReadmeCount(t *testing.T) {
	text, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	if want := fmt.Sprintf("\n%d scenarios are compared.", len(allScenarios())); !strings.Contains(string(text), want) {
		t.Errorf("README.md does not say %q", strings.TrimSpace(want))
	}
}

// TestArchitecture sees that every difference is told in ARCHITECTURE.md.
func TestArchitecture(t *testing.T) {
	text, err := os.ReadFile("../ARCHITECTURE.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range differences() {
		if !strings.Contains(string(text), "`"+d.id+"`") {
			t.Errorf("ARCHITECTURE.md does not tell of %s", d.id)
		}
	}
}
