package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"example.com/lathe"
)

const skippedLine = "1 package (1 unchanged, skipped), 1 operation: 4 files unchanged in N ms\n"

// A package is skipped when neither what it is made of nor what came of it has
// changed, and only then.
func TestSkip(t *testing.T) {
	tests := []struct {
		name   string
		change func(t *testing.T, dir string)
		args   []string
		skips  bool
	}{
		{"nothing", func(*testing.T, string) {}, nil, true},
		{"nothing, but forced", func(*testing.T, string) {}, []string{"--force"}, false},
		{"the time of the spec", func(t *testing.T, dir string) { touch(t, filepath.Join(dir, "api.yaml")) }, nil, true},
		{"the lock is gone", func(t *testing.T, dir string) { remove(t, dir, "lathe.lock") }, nil, true},
		{"the spec", func(t *testing.T, dir string) { put(t, dir, "api.yaml", "types/types.go client.go") }, nil, false},
		{"the operations", func(t *testing.T, dir string) { edit(t, dir, "lathe.yaml", "[X]", "[Y]") }, nil, false},
		{"the module", func(t *testing.T, dir string) { put(t, dir, "go.mod", "module example.com/other\n") }, nil, false},
		{"a generated file", func(t *testing.T, dir string) { put(t, dir, "gen/client.go", header) }, nil, false},
		{"a generated file is gone", func(t *testing.T, dir string) { remove(t, dir, "gen/types") }, nil, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dir := onePackage(t)
			tt.change(t, dir)
			got := program(t, dir, append([]string{"generate"}, tt.args...)...)
			if skips := strings.Contains(got.stdout, "skipped"); skips != tt.skips || got.exit != 0 {
				t.Errorf("got %+v, want skipped %v", got, tt.skips)
			}
			expect(t, program(t, dir), outcome{0, skippedLine, ""})
			if got := program(t, dir, "check"); got.exit != 0 {
				t.Errorf("check: %s", got.stdout)
			}
		})
	}
}

func touch(t *testing.T, name string) {
	t.Helper()
	now := time.Now().Add(time.Hour)
	if err := os.Chtimes(name, now, now); err != nil {
		t.Fatal(err)
	}
}

// A file beside the spec that appears is a change, too.
func TestSkipSeesCompanions(t *testing.T) {
	dir := module(t, "lathe.yaml", "packages: [{spec: m/service-2.json, out: gen}]\n", "m/service-2.json", tinyC2J)
	gen := func() string { return runProgram(t, commandOf(withReal, dir, "generate")).stdout }
	gen()
	if got := gen(); !strings.Contains(got, "skipped") {
		t.Errorf("got %s", got)
	}
	put(t, dir, "m/waiters-2.json", `{"version": 2, "waiters": {}}`)
	if got := gen(); strings.Contains(got, "skipped") {
		t.Errorf("got %s", got)
	}
}

const tinyC2J = `{"metadata": {"protocol": "rest-json", "protocols": ["rest-json"], "serviceId": "Tiny", "endpointPrefix": "tiny",
	"serviceFullName": "Tiny", "uid": "tiny-1", "apiVersion": "1", "signatureVersion": "v4"},
	"operations": {"Get": {"name": "Get", "http": {"method": "GET", "requestUri": "/"}}}, "shapes": {}}`

// Without a place for the cache everything works as with it.
func TestSkipWithoutCache(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	put(t, filepath.Dir(file), "file", "")
	for _, home := range []string{"", file} {
		dir := onePackage(t)
		cmd := command(dir, "generate")
		cmd.Env = append(cmd.Env, "HOME="+home, "XDG_CACHE_HOME="+home)
		expect(t, runProgram(t, cmd), outcome{0, "1 package, 1 operation: 4 files unchanged in N ms\n", ""})
	}
}

// Damaged and foreign entries are none.
func TestSkipWithDamagedCache(t *testing.T) {
	dir := onePackage(t)
	folder := filepath.Join(os.Getenv("XDG_CACHE_HOME"), "lathe")
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		put(t, folder, e.Name(), "{")
	}
	expect(t, program(t, dir, "generate"), outcome{0, "1 package, 1 operation: 4 files unchanged in N ms\n", ""})
	expect(t, program(t, dir, "generate"), outcome{0, skippedLine, ""})
}

// Files that are equal keep their times, skipped or not.
func TestTimesStay(t *testing.T) {
	dir := onePackage(t)
	old := time.Now().Add(-time.Hour).Truncate(time.Second)
	for _, name := range []string{"gen/client.go", "gen/lathe.manifest", "lathe.lock"} {
		if err := os.Chtimes(filepath.Join(dir, name), old, old); err != nil {
			t.Fatal(err)
		}
	}
	expect(t, program(t, dir, "--quiet"), outcome{0, "", ""})
	expect(t, program(t, dir, "--quiet", "--force"), outcome{0, "", ""})
	for _, name := range []string{"gen/client.go", "gen/lathe.manifest", "lathe.lock"} {
		if info, err := os.Stat(filepath.Join(dir, name)); err != nil || !info.ModTime().Equal(old) {
			t.Errorf("%s was touched: %v", name, err)
		}
	}
}

// The cache stays small, and the newest entries stay in it.
func TestCacheIsBounded(t *testing.T) {
	c := &cache{dir: t.TempDir(), program: "p"}
	for i := range maxEntries + 10 {
		name := filepath.Join(c.dir, fmt.Sprintf("made-%d", i))
		put(t, c.dir, filepath.Base(name), "{}")
		at := time.Now().Add(time.Duration(i-2*maxEntries) * time.Second)
		if err := os.Chtimes(name, at, at); err != nil {
			t.Fatal(err)
		}
	}
	in := &inputs{Root: t.TempDir()}
	c.store(in, &made{Result: &lathe.Result{Package: "p"}})
	files, err := os.ReadDir(c.dir)
	if err != nil || len(files) != keptEntries {
		t.Errorf("%d entries are left, %v, want %d", len(files), err, keptEntries)
	}
	if m, ok := c.lookUp(in); !ok || m.Package != "p" {
		t.Error("the newest entry is gone")
	}
}

// What was made of a file that has changed since it was looked at is not kept.
func TestSameSources(t *testing.T) {
	in := &inputs{Sources: []lathe.Source{{File: absolute("a.yaml"), SHA256: "1"}}}
	if !in.sameSources([]lathe.Source{{File: "a.yaml", SHA256: "1"}}) {
		t.Error("the same sources differ")
	}
	if in.sameSources([]lathe.Source{{File: "a.yaml", SHA256: "2"}}) || in.sameSources(nil) {
		t.Error("different sources are the same")
	}
}
