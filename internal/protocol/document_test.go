package protocol_test

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.com/lathe/internal/protocol"
	"example.com/lathe/internal/try"
)

var update = flag.Bool("update", false, "write the table of protocols into docs/protocols.md")

// The document on protocols has the table of the code.
func TestDocument(t *testing.T) {
	const name = "../../docs/protocols.md"
	page, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var table strings.Builder
	table.WriteString("| protocol | bodies are |\n|---|---|\n")
	for _, p := range protocol.All {
		fmt.Fprintf(&table, "| `%s` | `%s` |\n", p.ID, p.ContentType)
	}
	now, err := try.ReplaceSection(string(page), "protocols", table.String())
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(name, []byte(now), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(string(page), now); diff != "" && !*update {
		t.Errorf("%s is not what the code says; go test ./internal/protocol -update writes it (-page +code):\n%s", name, diff)
	}
}
