package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The spec may come from standard input, of which the files and messages say so.
func TestStandardInput(t *testing.T) {
	text := read(t, "../../spec", "datazone.yaml")
	// A file of that name, and what belongs to a spec, are not looked at.
	dir := module(t, "-", "nonsense", "waiters-2.json", "nonsense", "paginators-1.json", "nonsense")
	gen := func(text string, args ...string) outcome {
		cmd := commandOf(withReal, dir, args...)
		cmd.Stdin = strings.NewReader(text)
		return runProgram(t, cmd)
	}
	if got := gen(text, "list", "--spec", "-"); got.exit != 0 || !strings.Contains(got.stdout, "\nGetDataSourceRun  GET ") {
		t.Errorf("list: %+v", got)
	}
	if got := gen(text, "explain", "--spec", "-", "DomainId"); got.exit != 0 {
		t.Errorf("explain: %+v", got)
	}
	args := []string{"--spec", "-", "--out", "gen", "--operation", "Get*"}
	if got := gen(text, append([]string{"generate"}, args...)...); got.exit != 0 || !strings.Contains(got.stdout, "generated  gen: ") {
		t.Errorf("generate: %+v", got)
	}
	if doc := read(t, dir, "gen/doc.go"); !strings.Contains(doc, "\n// Source: <standard input>\n") {
		t.Errorf("got\n%.200s", doc)
	}
	if got := gen(text, append([]string{"check"}, args...)...); got.exit != 0 {
		t.Errorf("check: %+v", got)
	}
	if got := gen("openapi: 3.1.0\n", "list", "--spec", "-"); got.exit != 1 || !strings.HasPrefix(got.stderr, "<standard input>:1:1: ") {
		t.Errorf("a bad spec: %+v", got)
	}
	if got := gen(tinyC2J, "list", "--spec", "-"); got.exit != 0 {
		t.Errorf("a spec that files may belong to: %+v", got)
	}
	put(t, dir, "old.yaml", text)
	if got := gen(text, "diff", "old.yaml", "-"); got.exit != 0 {
		t.Errorf("diff: %+v", got)
	}
	const neither = "neither\n\thint: did you mean GetDataSourceRun?\n1 problem\n"
	expect(t, gen(text, "diff", "old.yaml", "-", "--operation", "GetDataSourceRum"), outcome{1, "", "<standard input>: no operation matches \"GetDataSourceRum\", in old.yaml " + neither})
	expect(t, gen(text, "diff", "-", "old.yaml", "--operation", "GetDataSourceRum"), outcome{1, "", "old.yaml: no operation matches \"GetDataSourceRum\", in <standard input> " + neither})
	for _, args := range [][]string{{"diff", "-", "-"}, {"watch", "--spec", "-", "--out", "gen"}} {
		if got := gen(text, args...); got.exit != 1 || !strings.HasPrefix(got.stderr, "standard input ") {
			t.Errorf("%v: %+v", args, got)
		}
	}
}

// A pipe, such as a shell makes of <(command), is not read where that is done more than once.
func TestPipes(t *testing.T) {
	const pipe = "/dev/fd/3"
	if _, err := os.Stat("/dev/fd"); err != nil {
		t.Skip("there is no /dev/fd")
	}
	dir := module(t)
	for _, args := range [][]string{
		{"init", pipe, "--operation", "*"}, {"models", "trim", pipe, "--operation", "*", "-o", "part.json"},
	} {
		r, w, err := os.Pipe()
		if err != nil {
			t.Fatal(err)
		}
		_, _ = w.WriteString(tinyC2J)
		_ = w.Close()
		cmd := commandOf(withReal, dir, args...)
		cmd.ExtraFiles = []*os.File{r}
		if got := runProgram(t, cmd); got.exit != 1 || !strings.HasPrefix(got.stderr, pipe+" cannot be read again later\n\thint: name the file of the spec\n") {
			t.Errorf("%v: got %+v", args, got)
		}
		_ = r.Close()
	}
}

const tinyC2J = `{"metadata": {"protocol": "rest-json", "protocols": ["rest-json"], "serviceId": "Tiny", "endpointPrefix": "tiny",
	"serviceFullName": "Tiny", "uid": "tiny-1", "apiVersion": "1", "signatureVersion": "v4"},
	"operations": {"Get": {"name": "Get", "http": {"method": "GET", "requestUri": "/"}}}, "shapes": {}}`

// What has no end is not read to its end, whichever file it stands for.
func TestBoundedInput(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("there is no /dev/zero")
	}
	const config = "packages: [{spec: api.yaml, out: gen}]\n"
	dir := module(t, "link.yaml", config, "zero.yaml", "packages: [{spec: /dev/zero, out: gen}]\n", "m/service-2.json", tinyC2J)
	if err := os.Symlink("/dev/zero", filepath.Join(dir, "api.yaml")); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("/dev/zero", filepath.Join(dir, "m/waiters-2.json")); err != nil {
		t.Fatal(err)
	}
	const device = "it is a device; - reads standard input\n"
	for _, tt := range []struct {
		args []string
		want string
	}{
		{[]string{"list", "--spec", "/dev/zero"}, "/dev/zero: the spec can't be read: " + device},
		{[]string{"generate", "--spec", "/dev/zero", "--out", "gen"}, "/dev/zero: the spec can't be read: " + device},
		{[]string{"diff", "/dev/zero", "m/service-2.json"}, "/dev/zero: the spec can't be read: " + device},
		{[]string{"init", "/dev/zero", "--operation", "*"}, "/dev/zero: the spec can't be read: " + device},
		{[]string{"generate", "--config", "link.yaml"}, "link.yaml:1:19: api.yaml is a device (at #/packages/0/spec)\n"},
		{[]string{"check", "--config", "zero.yaml"}, "zero.yaml:1:19: /dev/zero is a device (at #/packages/0/spec)\n"},
		{[]string{"generate", "--config", "/dev/zero"}, "/dev/zero: cannot read: " + device},
		{[]string{"list", "--spec", "m/service-2.json"}, "m/waiters-2.json: read m/waiters-2.json: " + device},
	} {
		if got := runProgram(t, commandOf(withReal, dir, tt.args...)); got.exit != 1 || !strings.HasPrefix(got.stderr, tt.want) {
			t.Errorf("%v: got %+v, want %s", tt.args, got, tt.want)
		}
	}
	remove(t, dir, "api.yaml")
	put(t, dir, "api.yaml", "x")
	if err := os.Symlink("/dev/zero", filepath.Join(dir, "link.lock")); err != nil {
		t.Fatal(err)
	}
	if got := program(t, dir, "--config", "link.yaml"); got.exit != 1 || !strings.HasPrefix(got.stderr, "link.lock: cannot read: it is a device") {
		t.Errorf("the lock: %+v", got)
	}
}

// With core.autocrlf git checks every file out with the line endings of Windows. They
// are as they were generated.
func TestAutoCRLF(t *testing.T) {
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("there is no git")
	}
	dir := module(t, "lathe.yaml", "packages: [{spec: spec/datazone.yaml, out: gen, operations: [GetDataSourceRun]}]\n",
		"spec/datazone.yaml", read(t, "../../spec", "datazone.yaml"))
	gen := func(args ...string) outcome { return runProgram(t, commandOf(withReal, dir, args...)) }
	expect(t, gen("--quiet"), outcome{0, "", ""})
	unix := contents(t, dir)
	for _, args := range [][]string{
		{"init", "--quiet"}, {"config", "core.autocrlf", "true"}, {"config", "core.safecrlf", "false"}, {"add", "."},
		{"-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "--quiet", "--message", "x"}, {"rm", "--quiet", "-r", "."}, {"reset", "--quiet", "--hard"},
	} {
		cmd := exec.Command("git", args...)
		cmd.Dir, cmd.Env = dir, append(os.Environ(), "GIT_CONFIG_GLOBAL="+filepath.Join(dir, "none"))
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("git %v: %v\n%s", args, err, out)
		}
	}
	remove(t, dir, ".git")
	windows := contents(t, dir)
	if !strings.Contains(windows["gen/client.go"], "\r\n") || !strings.Contains(windows["lathe.lock"], "\r\n") {
		t.Fatal("git has left the line endings alone")
	}
	if got := gen("check"); got.exit != 0 {
		t.Errorf("check: %+v", got)
	}
	if got := gen("diff"); got.exit != 0 {
		t.Errorf("diff: %+v", got)
	}
	expect(t, gen("--quiet"), outcome{0, "", ""})
	if diff := cmp.Diff(windows, contents(t, dir)); diff != "" {
		t.Errorf("the disk changed:\n%s", diff)
	}
	// What is edited is still seen, and what is written has the line endings of Unix.
	edit(t, dir, "gen/client.go", "package datazone", "package datazones")
	if got := gen("check"); got.exit != 2 || !strings.HasPrefix(got.stdout, "edited     gen/client.go") || strings.Count(got.stdout, "\n") != 2 {
		t.Errorf("check: %+v", got)
	}
	expect(t, gen("--quiet"), outcome{0, "", ""})
	if got := read(t, dir, "gen/client.go"); got != unix["gen/client.go"] {
		t.Error("the file is not what was written first")
	}
}

// Findings of one kind in one output folder are one line; with diffs, and for
// programs, each is listed.
func TestCheckFolds(t *testing.T) {
	dir := module(t, "lathe.yaml", "packages: [{spec: spec/datazone.yaml, out: gen, operations: [GetDataSourceRun]}]\n",
		"spec/datazone.yaml", read(t, "../../spec", "datazone.yaml"))
	gen := func(args ...string) outcome { return runProgram(t, commandOf(withReal, dir, args...)) }
	fresh := gen("check")
	lines := strings.Split(fresh.stdout, "\n")
	if fresh.exit != 2 || len(lines) != 4 || !strings.HasPrefix(lines[0], "missing    gen: ") ||
		!strings.Contains(lines[0], " files (api_op_GetDataSourceRun.go, client.go, ") || !strings.HasSuffix(lines[0], " more): it is not there (fix: gen generate)") ||
		lines[1] != "missing    lathe.lock: it is not there (fix: gen generate)" {
		t.Errorf("got %+v", fresh)
	}
	if got := strings.Count(gen("check", "--json").stdout, `"kind": "missing"`); got < 15 {
		t.Errorf("%d findings for programs", got)
	}
	if got := strings.Count(gen("check", "--diff").stdout, "\nmissing "); got < 15 {
		t.Errorf("%d findings with diffs", got)
	}
}
