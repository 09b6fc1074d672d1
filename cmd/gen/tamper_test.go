package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A lock can be made to list any folder, and a manifest any file. Whatever they say,
// only folders in the module of lathe.yaml whose manifest names this lock are removed.
func TestTamperedLock(t *testing.T) {
	const other = "packages: [{spec: ../api.yaml, out: gen/a}]\n"
	files := []string{
		"B/go.mod", "module b\n", "B/lathe.yaml", "packages: [{spec: ../api.yaml, out: gen/mine}]\n",
		"A/go.mod", "module a\n", "A/lathe.yaml", other, "B/nested/go.mod", "module n\n", "B/nested/lathe.yaml", strings.Replace(other, "../", "../../", 1),
		"B/tools/lathe.yaml", strings.Replace(strings.Replace(other, "../", "../../", 1), "gen/a", "../gen/tools", 1),
	}
	tests := []struct{ name, folder string }{
		{"another module", "../A/gen/a"},
		{"another module, absolute", "$/A/gen/a"},
		{"another module, roundabout", "gen/../../A/gen/a"},
		{"a module in this one", "nested/gen/a"},
		{"the folder of another lock", "gen/tools"},
		{"through a link", "link/gen/a"},
		{"its own folder, roundabout", "gen/../gen/mine"},
		{"its own folder, absolute", "$/B/gen/mine"},
		{"below its own folder", "gen/mine/types"},
		{"above its own folder", "gen"},
		{"the folder of the lock", "."},
		{"nothing", ""},
		{"the parent", ".."},
		{"the root", "/"},
		{"no path", "\\u0000"},
		{"a letter that no path has", "gen/é ü"},
	}
	for _, tt := range tests {
		for _, where := range []string{"packages", "runtime"} {
			t.Run(tt.name+" in "+where, func(t *testing.T) {
				top := module(t, append([]string{"api.yaml", "client.go types/types.go"}, files...)...)
				remove(t, top, "go.mod")
				for _, dir := range []string{"A", "B", "B/nested", "B/tools"} {
					expect(t, program(t, filepath.Join(top, dir), "--quiet"), outcome{0, "", ""})
				}
				if err := os.Symlink("../A", filepath.Join(top, "B/link")); err != nil {
					t.Skipf("there are no links: %v", err)
				}
				// The manifests of others may have been made to name this lock, too.
				edit(t, top, "A/gen/a/lathe.manifest", "# Record: ../../lathe.lock", "# Record: ../../../B/lathe.lock")
				edit(t, top, "B/nested/gen/a/lathe.manifest", "# Record: ../../lathe.lock", "# Record: ../../../lathe.lock")
				before := contents(t, top)
				folder := strings.ReplaceAll(tt.folder, "$", top)
				if where == "packages" {
					edit(t, top, "B/lathe.lock", `  "packages": {`, `  "packages": {"`+folder+`": {"spec": "", "sources": {}, "model": "", "files": {"client.go": "x"}, "snapshot": ""},`)
				} else {
					edit(t, top, "B/lathe.lock", "\n}\n", `, "runtime": {"folder": "`+folder+`", "files": {"client.go": "x"}}}`+"\n")
				}
				if got := program(t, filepath.Join(top, "B")); got.exit != 0 || strings.Contains(got.stdout, "dropped") || strings.Contains(got.stdout, "removed") {
					t.Errorf("got %+v", got)
				}
				if diff := cmp.Diff(before, contents(t, top)); diff != "" {
					t.Errorf("the disk changed:\n%s", diff)
				}
				if got := program(t, filepath.Join(top, "B"), "check"); got.exit != 0 {
					t.Errorf("check: %+v", got)
				}
			})
		}
	}
}

// A folder that stays although lathe.yaml no longer lists it is reported, once.
func TestLeftAlone(t *testing.T) {
	top := module(t, "lathe.yaml", twoPackages, "spec/a.yaml", "client.go", "spec/b.yaml", "client.go")
	expect(t, program(t, top, "--quiet"), outcome{0, "", ""})
	edit(t, top, "gen/b/lathe.manifest", "# Record: ../../lathe.lock\n", "")
	put(t, top, "lathe.yaml", "packages: [{spec: spec/a.yaml, out: gen/a, package: a, operations: [X, Y]}]\nruntime: gen/internal\n")
	const why = "not ours to remove: no manifest in it names this lock, or it is in another module"
	expect(t, program(t, top, "check"), outcome{2, "left over  gen/b: " + why + " (fix: gen generate)\n" +
		"stale      lathe.lock: it is not what the spec and the configuration give (fix: gen generate)\n1 package, 5 files: 2 to fix in N ms\n", ""})
	expect(t, program(t, top), outcome{0, "left       gen/b: no longer in lathe.yaml, but " + why + `
updated    lathe.lock
1 package, 2 operations: 1 file updated, 4 unchanged in N ms
`, ""})
	expect(t, program(t, top), outcome{0, "1 package, 2 operations: 5 files unchanged in N ms\n", ""})
	if read(t, top, "gen/b/client.go") == "" {
		t.Error("the folder was emptied")
	}
}
