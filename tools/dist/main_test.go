package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

// Two builds of one commit are the same bytes; the checksums are those of the files, and
// the bill names what is linked. The pages and the archive depend on no clock either.
func TestReproducible(t *testing.T) {
	t.Chdir("../..")
	platform := []string{runtime.GOOS + "/" + runtime.GOARCH}
	first, second := filepath.Join(t.TempDir(), "a"), filepath.Join(t.TempDir(), "b", "c")
	for _, out := range []string{first, second} {
		if err := dist(out, platform); err != nil {
			t.Fatal(err)
		}
	}
	a, b := read(t, first), read(t, second)
	if len(a) != len(b) || len(a) != 2*len(platform)+1 {
		t.Fatalf("%d and %d files", len(a), len(b))
	}
	for name, data := range a {
		if b[name] != data {
			t.Errorf("%s differs", name)
		}
		if line := fmt.Sprintf("%x  %s\n", sha256.Sum256([]byte(data)), name); name != "SHA256SUMS" && !strings.Contains(a["SHA256SUMS"], line) {
			t.Errorf("the checksum of %s is missing", name)
		}
	}
	var bill struct {
		Components []struct{ Name, Version, Purl string }
	}
	if err := json.Unmarshal([]byte(a["gen-"+runtime.GOOS+"-"+runtime.GOARCH+".cdx.json"]), &bill); err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, c := range bill.Components {
		names = append(names, c.Name)
	}
	for _, want := range []string{"std", "github.com/spf13/cobra", "github.com/dave/jennifer"} {
		if !strings.Contains(strings.Join(names, "\n"), want) {
			t.Errorf("%s is missing in %v", want, names)
		}
	}
}

// Both kinds of archives are the same bytes at any time, in any time zone.
func TestArchives(t *testing.T) {
	members := []file{{"gen", []byte("program"), 0o755}, {"man/man1/gen.1", []byte("page"), 0o644}}
	at := time.Date(2026, 11, 28, 1, 2, 3, 0, time.UTC)
	for name, pack := range map[string]func([]file, time.Time) ([]byte, error){"tar": tarball, "zip": zipped} {
		first, err := pack(members, at)
		if err != nil {
			t.Fatal(err)
		}
		again, err := pack(members, at)
		if err != nil || !bytes.Equal(first, again) || len(first) == 0 {
			t.Errorf("%s: two archives differ, or %v", name, err)
		}
	}
}

func read(t *testing.T, dir string) map[string]string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for _, e := range entries {
		data, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		all[e.Name()] = string(data)
	}
	return all
}
