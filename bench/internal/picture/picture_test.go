package picture

import (
	"bytes"
	"flag"
	"os"
	"strings"
	"testing"
)

const (
	document = "../../../BENCHMARKS.md"
	drawn    = "../../../docs/benchmarks.svg"
)

var update = flag.Bool("update", false, "draw docs/benchmarks.svg")

// TestDrawn compares the picture with the document: they are written by the same commands.
func TestDrawn(t *testing.T) {
	if *update {
		if err := Update(document, drawn); err != nil {
			t.Fatal(err)
		}
	}
	text, err := os.ReadFile(document)
	if err != nil {
		t.Fatal(err)
	}
	figures, err := read(string(text))
	if err != nil {
		t.Fatal(err)
	}
	want, err := draw(figures)
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(drawn)
	if err != nil || !bytes.Equal(got, want) {
		t.Errorf("%s is not the picture of %s: go test ./internal/picture -update, in bench (%v)", drawn, document, err)
	}
	for _, f := range figures {
		for _, label := range []string{f.what, f.official, f.ours} {
			if !strings.Contains(string(want), ">"+label+"<") {
				t.Errorf("the picture does not show %s", label)
			}
		}
	}
}

func TestRead(t *testing.T) {
	text := `
| call                          | caller   | CPU            | allocations |
| ----------------------------- | -------- | -------------- | ----------- |
| GetDataSourceRun, all members | official | 60 µs (1 to 2) | 386         |
| GetDataSourceRun, all members | ours     | 6 µs           | 19          |

| client   | memory  |
| -------- | ------- |
| official | 1000 MB |
| ours     | 85 MB   |
`
	if _, err := read(text); err == nil || err.Error() != `no figures of "Program" in the tables of the document` {
		t.Errorf("got %v", err)
	}
	text += `
| client             | program | methods looked up by name |
| ------------------ | ------- | ------------------------- |
| datazone, official | 7.32 MB | 16.53 MB                  |
| datazone, ours     | 6.39 MB | 806 kB                    |
`
	figures, err := read(text)
	want := []figure{
		{"CPU of a call", "60 µs", "6 µs"},
		{"Allocations of a call", "386", "19"},
		{"Memory to compile the client", "1000 MB", "85 MB"},
		{"Program", "7.32 MB", "6.39 MB"},
		{"Program that finds methods by name", "16.53 MB", "806 kB"},
	}
	if err != nil || len(figures) != len(want) {
		t.Fatal(figures, err)
	}
	for i := range want {
		if figures[i] != want[i] {
			t.Errorf("got %v, want %v", figures[i], want[i])
		}
	}
	if kilo, err := value("806 kB"); err != nil || kilo != 806_000 {
		t.Errorf("got %v, %v", kilo, err)
	}
}
