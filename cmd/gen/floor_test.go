package main

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"example.com/lathe/runtime"
)

// A go.mod below what clients need is reported with the command that helps, wherever
// the program runs.
func TestGoGet(t *testing.T) {
	const config = "packages: [{spec: api.yaml, out: gen}, {spec: api.yaml, out: other/gen}]\n"
	const old = "\n\ngo 1.20\n\nrequire (\n\tgithub.com/aws/aws-sdk-go-v2 v1.30.0\n\tgithub.com/aws/smithy-go v1.20.3 // indirect\n)\n"
	dir := module(t, "lathe.yaml", config, "api.yaml", "client.go", "sub/x", "",
		"go.mod", "module example.com/m"+old, "other/go.mod", "module example.com/other\n\ngo 1.26\n")
	get := "go get go@" + runtime.MinGo + " github.com/aws/aws-sdk-go-v2@" + runtime.MinCore + " github.com/aws/smithy-go@" + runtime.MinSmithy
	const why = " (go.mod has go 1.20, github.com/aws/aws-sdk-go-v2 v1.30.0, github.com/aws/smithy-go v1.20.3)\n"
	if got := program(t, dir); !strings.HasSuffix(got.stdout, " ms\nneeded: "+get+why) || got.exit != 0 {
		t.Errorf("got %+v", got)
	}
	if got := program(t, filepath.Join(dir, "sub")); !strings.HasSuffix(got.stdout, " ms\nneeded: "+get+why) {
		t.Errorf("below: got %+v", got)
	}
	if got := program(t, filepath.Dir(dir), "--config", dir+"/lathe.yaml"); !strings.HasSuffix(got.stdout, "\nneeded: cd "+filepath.Base(dir)+" && "+get+why) {
		t.Errorf("above: got %+v", got)
	}
	var report generatedReport
	got := program(t, dir, "--json")
	if err := json.Unmarshal([]byte(strings.ReplaceAll(got.stdout, `"ms": N`, `"ms": 1`)), &report); err != nil {
		t.Fatal(err)
	}
	if len(report.GoGet) != 1 || report.GoGet[0].Command != get || report.GoGet[0].Folder != "." {
		t.Errorf("got %+v", report.GoGet)
	}
	put(t, dir, "go.mod", "module example.com/m\n\ngo 1.26\n\nrequire github.com/aws/aws-sdk-go-v2 "+runtime.MinCore+"\n")
	if got := program(t, dir); strings.Contains(got.stdout, "needed") {
		t.Errorf("got %+v", got)
	}
	put(t, dir, "go.mod", "module example.com/m\n\ngo 1.26\n\nrequire github.com/aws/aws-sdk-go-v2/config v1.1.4\n")
	want := "\nneeded: go get github.com/aws/aws-sdk-go-v2/config@v1.26.3 (go.mod has github.com/aws/aws-sdk-go-v2/config v1.1.4)\n"
	if got := program(t, dir); !strings.HasSuffix(got.stdout, want) {
		t.Errorf("an old package config: got %+v", got)
	}
}

// Event streams need a version of a module of their own; other clients do not.
func TestGoGetOfEventStreams(t *testing.T) {
	const mod = "module example.com/m\n\ngo 1.26\n\nrequire github.com/aws/aws-sdk-go-v2/aws/protocol/eventstream v1.6.9\n"
	dir := module(t, "lathe.yaml", "packages: [{spec: api.yaml, out: gen}, {spec: streams.yaml, out: streams}]\n", "api.yaml", "client.go", "streams.yaml", "stream", "go.mod", mod)
	want := "needed: go get github.com/aws/aws-sdk-go-v2/aws/protocol/eventstream@" + runtime.MinEventStream + " (go.mod has "
	if got := program(t, dir); strings.Count(got.stdout, want) != 1 {
		t.Errorf("got %s", got.stdout)
	}
	put(t, dir, "streams.yaml", "client.go")
	if got := program(t, dir); strings.Contains(got.stdout, "needed") {
		t.Errorf("got %s", got.stdout)
	}
}
