package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	latheruntime "example.com/lathe/runtime"
)

func TestVersion(t *testing.T) {
	dir := module(t)
	got := program(t, dir, "version")
	for _, want := range []string{"gen ", "\nbuilt    with " + runtime.Version() + " for ", "\nclients  go " + latheruntime.MinGo + "\n", "aws-sdk-go-v2 " + latheruntime.MinCore + " to v1.", "smithy-go " + latheruntime.MinSmithy + " to v1."} {
		if !strings.Contains(got.stdout, want) {
			t.Errorf("there is no %q in\n%s", want, got.stdout)
		}
	}
	var report versionReport
	if err := json.Unmarshal([]byte(program(t, dir, "version", "--json").stdout), &report); err != nil || len(report.Clients) != 3 || !report.OK {
		t.Errorf("got %+v, %v", report, err)
	}
	r := newVersionReport(&debug.BuildInfo{Main: debug.Module{Version: "v1.2.3"}, Settings: []debug.BuildSetting{
		{Key: "vcs.revision", Value: "0123abc"}, {Key: "vcs.time", Value: "2026-11-28T01:02:03Z"}, {Key: "vcs.modified", Value: "true"},
	}})
	if want := "gen v1.2.3\ncommit   0123abc (2026-11-28T01:02:03Z, modified)\n"; !strings.HasPrefix(r.String(), want) {
		t.Errorf("got %s", r)
	}
}

// Every command has a manual page, which says nothing of the day on which it was written.
func TestMan(t *testing.T) {
	dir := module(t)
	if got := program(t, dir, "man", "man1"); got.exit != 0 || got.stdout != "" {
		t.Fatalf("got %+v", got)
	}
	first := contents(t, filepath.Join(dir, "man1"))
	for _, want := range []string{"gen.1", "gen-generate.1", "gen-diff.1", "gen-models-trim.1", "gen-completion-bash.1"} {
		if first[want] == "" {
			t.Errorf("there is no page %s", want)
		}
	}
	if !strings.Contains(first["gen-list.1"], "lathe.yaml") || !strings.Contains(first["gen-list.1"], `\fB--protocol\fP`) {
		t.Errorf("got\n%s", first["gen-list.1"])
	}
	// Tables stand as they are written, in a display of their own.
	if want := "\n.EX\nok          true when all specs could be read\nspecs       spec, out"; !strings.Contains(first["gen-list.1"], want) {
		t.Errorf("the page has no %q:\n%s", want, first["gen-list.1"])
	}
	if err := os.RemoveAll(filepath.Join(dir, "man1")); err != nil {
		t.Fatal(err)
	}
	expect(t, program(t, dir, "man", "man1", "--json"), outcome{0, "{\n  \"ok\": true,\n  \"problems\": []\n}\n", ""})
	if diff := cmp.Diff(first, contents(t, filepath.Join(dir, "man1"))); diff != "" {
		t.Errorf("the pages changed:\n%s", diff)
	}
}
