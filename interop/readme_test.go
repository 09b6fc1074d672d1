package interop

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

// TestReadmeCount sees that the README has the number of scenarios.
func TestReadmeCount(t *testing.T) {
	text, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	if want := fmt.Sprintf("\n%d scenarios are compared.", len(allScenarios())); !strings.Contains(string(text), want) {
		t.Errorf("README.md does not say %q", strings.TrimSpace(want))
	}
}

// TestDifferencesAreDocumented sees that every difference has its row in docs/differences.md.
func TestDifferencesAreDocumented(t *testing.T) {
	text, err := os.ReadFile("../docs/differences.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range differences() {
		if !strings.Contains(string(text), "`"+d.id+"`") {
			t.Errorf("docs/differences.md has no row %s", d.id)
		}
	}
}
