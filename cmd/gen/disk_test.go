package main

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// On a disk without room nothing is half written, and the reason is reported.
func TestNoRoom(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("there is no limit on the size of files")
	}
	const config = "packages: [{spec: datazone.yaml, out: gen}]\n"
	dir := module(t, "lathe.yaml", config, "datazone.yaml", read(t, "../../spec", "datazone.yaml"))
	expect(t, runProgram(t, commandOf(withReal, dir, "--quiet")), outcome{0, "", ""})
	edit(t, dir, "datazone.yaml", "The ID of the run.", "The ID of the run, changed.")
	before := contents(t, dir)

	limited := commandOf(withReal, dir, "generate")
	limited.Path, limited.Args = "/bin/sh", []string{"sh", "-c", `ulimit -f 4; exec "$0" "$@"`, os.Args[0], "generate"}
	got := runProgram(t, limited)
	if got.exit != 1 || !strings.Contains(got.stderr, ": cannot write: file too large\n") || !strings.HasSuffix(got.stderr, "; nothing written\n") {
		t.Errorf("got %+v", got)
	}
	if diff := cmp.Diff(before, contents(t, dir)); diff != "" {
		t.Errorf("the disk changed:\n%s", diff)
	}
	expect(t, runProgram(t, commandOf(withReal, dir, "--quiet")), outcome{0, "", ""})
}

// What its owner has made read-only is left alone, and with it all the rest.
func TestReadOnly(t *testing.T) {
	for _, tt := range []struct{ name, want, hint string }{
		{"gen/client.go", "the file is read-only", "make it writable, or choose another output folder"},
		{"gen", "the folder is read-only", "make it writable, or choose another output folder"},
		{"lathe.lock", "the file is read-only", "make it writable"},
	} {
		dir := onePackage(t)
		put(t, dir, "api.yaml", "client.go other.go")
		put(t, dir, "gen/client.go", header) // so that it has to be written
		name := filepath.Join(dir, tt.name)
		info, err := os.Stat(name)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(name, info.Mode()&^0o222); err != nil {
			t.Fatal(err)
		}
		before := contents(t, dir)
		got := program(t, dir)
		want := filepath.FromSlash(tt.name) + ": " + tt.want + "\n\thint: " + tt.hint + "\n1 problem; nothing written\n"
		expect(t, got, outcome{1, "", want})
		if diff := cmp.Diff(before, contents(t, dir)); diff != "" {
			t.Errorf("%s: the disk changed:\n%s", tt.name, diff)
		}
		if err := os.Chmod(name, info.Mode()); err != nil {
			t.Fatal(err)
		}
	}
}
