package main

import (
	"path/filepath"
	"strings"
	"testing"
)

// The program with the real generator and the committed spec, from one end to the
// other; what it generates is tested elsewhere.
func TestRealGenerator(t *testing.T) {
	specFile, err := filepath.Abs("../../spec/datazone.yaml")
	if err != nil {
		t.Fatal(err)
	}
	dir := module(t, "spec.yaml", "openapi: 3.1.0\n", "lathe.yaml",
		"packages:\n  - spec: "+specFile+"\n    out: internal/datazone\n    package: datazone\n    operations: ['Get*']\n")
	gen := func(args ...string) outcome {
		return runProgram(t, commandOf(withReal, dir, args...))
	}

	first := gen()
	for _, want := range []string{
		"generated  internal/datazone: ", "created    lathe.lock\n", "\n1 package, 1 operation: ",
	} {
		if !strings.Contains(first.stdout, filepath.FromSlash(want)) {
			t.Errorf("there is no %q in\n%s", want, first.stdout)
		}
	}
	if first.exit != 0 || first.stderr != "" {
		t.Fatalf("exit code %d, %s", first.exit, first.stderr)
	}
	second := gen("generate")
	if second.exit != 0 || strings.Count(second.stdout, "\n") != 1 || !strings.Contains(second.stdout, " files unchanged in N ms") {
		t.Errorf("second run: exit code %d\n%s%s", second.exit, second.stdout, second.stderr)
	}

	unknown := gen("generate", "--spec", specFile, "--out", "x", "--operation", "GetDataSourceRan")
	want := `no operation matches "GetDataSourceRan"` + "\n\thint: did you mean GetDataSourceRun?\n1 problem; nothing written\n"
	if unknown.exit != 1 || !strings.HasSuffix(unknown.stderr, want) {
		t.Errorf("unknown operation: exit code %d\n%s", unknown.exit, unknown.stderr)
	}
	bad := gen("generate", "--spec", "spec.yaml", "--out", "x")
	if bad.exit != 1 || !strings.HasPrefix(bad.stderr, "spec.yaml:1:1: ") || !strings.HasSuffix(bad.stderr, "; nothing written\n") {
		t.Errorf("bad spec: exit code %d\n%s", bad.exit, bad.stderr)
	}
	if listed := gen("list", "--spec", specFile); listed.exit != 0 || !strings.Contains(listed.stdout, "\nGetDataSourceRun  GET ") {
		t.Errorf("list: exit code %d\n%s%s", listed.exit, listed.stdout, listed.stderr)
	}
}

// What lathe.yaml says and the spec does not know is reported where lathe.yaml says it.
func TestPlaceInConfig(t *testing.T) {
	const config = "packages:\n  - spec: ../datazone.yaml\n    out: gen\n    operations:\n      - GetDataSourceRun\n      - GetDataSourceRan\n"
	dir := module(t, "a/lathe.yaml", config, "datazone.yaml", read(t, "../../spec", "datazone.yaml"))
	gen := func(args ...string) outcome {
		return runProgram(t, commandOf(withReal, dir, append(args, "--config", "a/lathe.yaml")...))
	}
	const unknown = "a/lathe.yaml:6:9: no operation of datazone.yaml matches \"GetDataSourceRan\" (at #/packages/0/operations/1)\n\thint: did you mean GetDataSourceRun?\n"
	for _, args := range [][]string{{"generate"}, {"check"}, {"explain", "DataSourceRunId"}} {
		if got := gen(args...); got.exit != 1 || !strings.HasPrefix(got.stderr, unknown) {
			t.Errorf("%v: exit code %d, printed\n%s", args, got.exit, got.stderr)
		}
	}
	edit(t, dir, "a/lathe.yaml", "      - GetDataSourceRan\n", "    protocol: awsJson1_0\n")
	const speaks = "a/lathe.yaml:6:15: service DataZone speaks restJson1, not awsJson1_0 (at #/packages/0/protocol)\n\thint: leave the protocol out for restJson1\n"
	for _, args := range [][]string{{"generate"}, {"check"}, {"list"}} {
		if got := gen(args...); got.exit != 1 || !strings.HasPrefix(got.stderr, speaks) {
			t.Errorf("%v: exit code %d, printed\n%s", args, got.exit, got.stderr)
		}
	}
	// A spec that is not there concerns its own package.
	edit(t, dir, "a/lathe.yaml", "packages:\n", "packages:\n  - {spec: none.yaml, out: none}\n")
	both := "a/lathe.yaml:2:12: there is no file a/none.yaml (at #/packages/0/spec)\n\thint: paths are relative to the folder of lathe.yaml\n" +
		strings.NewReplacer(":6:15", ":7:15", "/0/", "/1/").Replace(speaks)
	for _, args := range [][]string{{"generate"}, {"check"}, {"list"}} {
		if got := gen(args...); got.exit != 1 || !strings.HasPrefix(got.stderr, both) {
			t.Errorf("%v: exit code %d, printed\n%s", args, got.exit, got.stderr)
		}
	}
	edit(t, dir, "a/lathe.yaml", "  - {spec: none.yaml, out: none}\n", "")
	edit(t, dir, "a/lathe.yaml", "awsJson1_0", "restJsn1")
	if got := gen(); got.exit != 1 || got.stderr != "a/lathe.yaml:6:15: unknown protocol \"restJsn1\" (at #/packages/0/protocol)\n\thint: did you mean restJson1?\n1 problem; nothing written\n" {
		t.Errorf("exit code %d, printed\n%s", got.exit, got.stderr)
	}
}
