package main

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"example.com/lathe/internal/input"
	"example.com/lathe/internal/lock"

	"github.com/google/go-cmp/cmp"
)

// Models in a folder are found whatever lies beside them, and say what can be generated.
func TestModels(t *testing.T) {
	other := strings.NewReplacer(`"sdkId": "Runs"`, `"sdkId": "Batch Runs"`, `"aws.protocols#awsJson1_0": {}, "aws.protocols#restJson1": {}, `, "", `"aws.auth#sigv4": {"name": "runs"}`, `"smithy.api#httpApiKeyAuth": {}`).Replace(twoProtocols)
	dir := module(t, "models/a/runs.json", twoProtocols, "models/b/runs.json", other, "models/.git/runs.json", twoProtocols,
		"models/a/paginators-1.json", `{"pagination": {}}`, "models/notes.json", "{", "models/README.md", "hello")
	gen := func(args ...string) outcome {
		return runProgram(t, commandOf(withReal, dir, append([]string{"models"}, args...)...))
	}
	const head = "SERVICE     PACKAGE    PROTOCOL    OPERATIONS  FILE\n"
	const first, second = "Runs        runs       awsJson1_0  1           models/a/runs.json\n", "Batch Runs  batchruns  awsQuery    0 of 1      models/b/runs.json\n"
	expect(t, gen("list", "models"), outcome{0, head + first + second, ""})
	if got := gen("list", "models", "RUN*"); got.exit != 0 || !strings.HasPrefix(got.stdout, "SERVICE  PACKAGE  PROTOCOL    OPERATIONS  FILE\nRuns ") {
		t.Errorf("got %+v", got)
	}
	narrow := strings.NewReplacer("PROTOCOL    ", "PROTOCOL  ", "awsQuery    ", "awsQuery  ")
	expect(t, gen("list", "models", "batch*"), outcome{0, narrow.Replace(head + second), ""})
	expect(t, gen("show", "models", "Runs"), outcome{0, `Runs
  file        models/a/runs.json (smithy)
  package     runs
  protocol    awsJson1_0 (of awsJson1_0, restJson1, awsQuery)
  operations  1, of which 1 can be generated
  client      gen init models/a/runs.json
`, ""})
	if got := gen("show", "models", "batchruns"); !strings.Contains(got.stdout, "\n  left out    GetRun: GetRun needs ") || strings.Contains(got.stdout, "gen init") {
		t.Errorf("got %+v", got)
	}
	expect(t, gen("list", "models", "Rums"), outcome{1, "", "no model is of a service or package \"Rums\"\n\thint: did you mean Runs?\n1 problem\n"})
	expect(t, gen("list", "models/none"), outcome{1, "", "models/none: there is no such folder\n1 problem\n"})
	if got := gen("list", "models/.git/.."); got.exit != 0 {
		t.Errorf("got %+v", got)
	}
	// Links are followed: to the folder, and to files in it.
	if err := os.Symlink("models", filepath.Join(dir, "link")); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("../../c.json", filepath.Join(dir, "models", "a", "c.json")); err != nil {
		t.Fatal(err)
	}
	put(t, dir, "c.json", strings.Replace(twoProtocols, `"sdkId": "Runs"`, `"sdkId": "Crews"`, 1))
	if got := gen("list", "link"); got.exit != 0 || !strings.Contains(got.stdout, "link/a/c.json\n") ||
		!strings.Contains(got.stdout, "link/b/runs.json\n") || strings.Contains(got.stdout, ".git") {
		t.Errorf("got %+v", got)
	}
	remove(t, dir, "models/a/c.json")
	var report modelsReport
	if err := json.Unmarshal([]byte(gen("list", "models", "--json").stdout), &report); err != nil {
		t.Fatal(err)
	}
	if len(report.Models) != 2 || !report.OK || report.Models[1].Supported != 0 || len(report.Models[1].Refused) != 1 {
		t.Errorf("got %+v", report)
	}
	put(t, dir, "models/c/broken.json", `{"smithy": "2.0", "shapes": 1}`)
	if got := gen("list", "models"); got.exit != 1 || got.stdout != head+first+second || !strings.HasPrefix(got.stderr, "models/c/broken.json:1:29: ") {
		t.Errorf("got %+v", got)
	}
}

// Without a folder they are where lathe.yaml says. Below a URL, which can't be listed, they
// are those that are named, or that the lock has the hashes of.
func TestModelsConfigured(t *testing.T) {
	dir := module(t, "models/runs-2020-01-01.json", twoProtocols, "lathe.yaml", "models: models\npackages: [{spec: models/runs-2020-01-01.json, out: runs}]\n")
	gen := func(args ...string) outcome {
		cmd := commandOf(withReal, dir, append([]string{"models"}, args...)...)
		cmd.Env = append(cmd.Env, "XDG_CACHE_HOME="+filepath.Join(dir, "cache"))
		return runProgram(t, cmd)
	}
	whole := gen("list")
	if want := "Runs     runs     awsJson1_0  1           models/runs-2020-01-01.json\n"; whole.exit != 0 || !strings.HasSuffix(whole.stdout, want) {
		t.Fatalf("got %+v", whole)
	}
	expect(t, gen("list", "runs"), whole)
	expect(t, gen("list", "rums"), outcome{1, "", "no model is of a service or package \"rums\"\n\thint: did you mean Runs?\n1 problem\n"})

	const place = "runs/service/2020-01-01/runs-2020-01-01.json"
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/models/"+place {
			http.NotFound(w, r)
			return
		}
		_, _ = io.WriteString(w, twoProtocols)
	}))
	defer server.Close()
	if got := gen("list", server.URL, "runs@2020-01-01"); got.exit != 0 || !strings.Contains(got.stdout, "Runs     runs     awsJson1_0  1 ") {
		t.Errorf("named: %+v", got)
	}
	if got := gen("list", server.URL); got.exit != 1 || !strings.Contains(got.stderr, "a URL can't be listed\n\thint: name services") {
		t.Errorf("not named: %+v", got)
	}
	if got := gen("list", server.URL, "none@2020-01-01"); got.exit != 1 || !strings.Contains(got.stderr, "none: there is no model of the service at ") {
		t.Errorf("not there: %+v", got)
	}
	put(t, dir, "lathe.yaml", "models: "+server.URL+"\npackages: [{spec: models/runs-2020-01-01.json, out: runs}]\n")
	locked := lock.File{Packages: map[string]lock.Package{}, Models: map[string]string{place: input.Sum([]byte(twoProtocols))}}
	data, err := locked.Encode()
	if err != nil {
		t.Fatal(err)
	}
	put(t, dir, "lathe.lock", string(data))
	if got := gen("list"); got.exit != 0 || !strings.Contains(got.stdout, "Runs     runs     awsJson1_0  1 ") {
		t.Errorf("those of the lock: %+v", got)
	}
}

// The part of a model is written, and not over what it is made of.
func TestModelsTrim(t *testing.T) {
	dir := module(t, "runs.json", twoProtocols)
	gen := func(args ...string) outcome {
		return runProgram(t, commandOf(withReal, dir, append([]string{"models", "trim"}, args...)...))
	}
	got := gen("runs.json", "--operation", "Get*", "-o", "spec/part.json")
	if got.exit != 0 || !strings.HasPrefix(got.stdout, "created    spec/part.json\n1 of 1 operation: 1.") {
		t.Errorf("got %+v", got)
	}
	if got := gen("runs.json", "--operation", "Get*", "-o", "spec/part.json"); !strings.HasPrefix(got.stdout, "unchanged  spec/part.json\n") {
		t.Errorf("got %+v", got)
	}
	if got := runProgram(t, commandOf(withReal, dir, "generate", "--spec", "spec/part.json", "--out", "gen")); got.exit != 0 {
		t.Errorf("got %+v", got)
	}
	expect(t, gen("runs.json", "--operation", "GetRan", "-o", "x.json"), outcome{1, "", "runs.json: no operation matches \"GetRan\"\n\thint: did you mean GetRun?\n1 problem; nothing written\n"})
	expect(t, gen("runs.json", "--operation", "*"), outcome{1, "", "--output is missing\n\thint: name the file to write with -o FILE\n"})
	expect(t, gen("runs.json", "--operation", "*", "-o", "-"), outcome{1, "", "name a file to write instead of standard output\n"})
	expect(t, realProgram(t, dir, "init", "../runs.json", "--operation", "*", "--trim", "--examples"), outcome{1, "", "--trim excludes --examples: the part of a model has none\n\thint: gen init --help shows what there is\n"})
}

// Two models in boto3's format can't be in one folder: what lies beside them has the same
// names.
func TestModelsTrimBoto(t *testing.T) {
	boto := func(id string) string {
		return `{"version": "2.0", "metadata": {"apiVersion": "2024-01-01", "serviceId": "` + id + `", "protocol": "json", "jsonVersion": "1.0",
			"endpointPrefix": "x", "targetPrefix": "X", "signatureVersion": "v4"},
			"operations": {"Get": {"name": "Get", "http": {"method": "POST", "requestUri": "/"}}}, "shapes": {}}`
	}
	dir := module(t, "a/service-2.json", boto("A"), "a/paginators-1.json", `{"pagination": {}}`, "b/service-2.json", boto("B"),
		"spec/notes.json", "[]", "spec/broken.json", "{")
	trim := func(from, to string) outcome {
		return realProgram(t, dir, "models", "trim", from+"/service-2.json", "--operation", "Get", "-o", to)
	}
	for range 2 { // it may be written again
		if got := trim("a", "spec/a.json"); got.exit != 0 {
			t.Fatalf("got %+v", got)
		}
	}
	before := contents(t, dir)
	const hint = ", too\n\thint: write it to another folder: models in boto3's format share the names of what lies beside them\n1 problem; nothing written\n"
	expect(t, trim("b", "spec/b.json"), outcome{1, "", "spec/b.json: the files beside it would be those of spec/a.json" + hint})
	expect(t, trim("a", "a/part.json"), outcome{1, "", "a/part.json: the files beside it would be those of a/service-2.json" + hint})
	if diff := cmp.Diff(before, contents(t, dir)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got := trim("b", "spec/b/b.json"); got.exit != 0 {
		t.Errorf("got %+v", got)
	}
}

// One more operation comes into a part by its name alone, and a newer model takes the place
// of an older one without any.
func TestModelsTrimAgain(t *testing.T) {
	const service = `{"smithy": "2.0", "shapes": {
"a#Runs": {"type": "service", "version": "1", "operations": [%], "traits": {"aws.api#service": {"sdkId": "Runs"}, "aws.protocols#awsJson1_0": {}, "aws.auth#sigv4": {"name": "runs"}}},
"a#GetRun": {"type": "operation"}, "a#PutRun": {"type": "operation"}, "a#EndRun": {"type": "operation"}}}`
	model := func(names ...string) string {
		return strings.Replace(service, "%", `{"target": "a#`+strings.Join(names, `"}, {"target": "a#`)+`"}`, 1)
	}
	dir := module(t, "m/runs.json", model("GetRun", "PutRun", "EndRun"), "m/newer.json", strings.Replace(model("GetRun", "PutRun"), "operation\"}", "operation\", \"traits\": {\"smithy.api#documentation\": \"New.\"}}", 1),
		"m/gone.json", model("EndRun"), "m/other.json", strings.Replace(model("GetRun"), `"sdkId": "Runs"`, `"sdkId": "Walks"`, 1))
	gen := func(args ...string) outcome { return runProgram(t, commandOf(withReal, dir, args...)) }
	trim := func(args ...string) outcome {
		return gen(append([]string{"models", "trim", "-o", "spec/runs.json"}, args...)...)
	}
	for _, tt := range []struct{ args, out, err string }{
		{"m/runs.json", "", "--operation is missing\n\thint: name operations or globs; gen list --spec m/runs.json prints them\n"},
		{"m/runs.json --add GetRun", "", "spec/runs.json: there is no such file to add operations to\n\thint: name all of them with --operation\n1 problem; nothing written\n"},
		{"m/runs.json --operation GetRun", "created    spec/runs.json\n1 of 3 operations: ", ""},
		{"m/runs.json --add PutRun --operation GetRun", "", "--operation excludes --add\n\thint: --operation names all operations, --add those beside what FILE has\n"},
		{"m/runs.json --add PutRan", "", "m/runs.json: no operation matches \"PutRan\"\n\thint: did you mean PutRun?\n1 problem; nothing written\n"},
		{"m/runs.json --add Put*", "updated    spec/runs.json\n2 of 3 operations: ", ""},
		{"m/newer.json", "updated    spec/runs.json\n2 of 2 operations: ", ""},
		{"m/other.json", "", "spec/runs.json: it is of the service Runs, and the model of Walks\n\thint: name another file with -o, or all operations with --operation\n1 problem; nothing written\n"},
		{"m/gone.json", "", "spec/runs.json: the model m/gone.json has no GetRun any more\n\thint: name those to keep with --operation\n" +
			"spec/runs.json: the model m/gone.json has no PutRun any more\n\thint: name those to keep with --operation\n2 problems; nothing written\n"},
	} {
		got := trim(strings.Fields(tt.args)...)
		if !strings.HasPrefix(got.stdout, tt.out) || (got.exit == 0) != (tt.err == "") || got.stderr != tt.err {
			t.Errorf("%s: got %+v", tt.args, got)
		}
	}

	// A protocol without methods and paths has no columns for them.
	expect(t, gen("list", "--spec", "m/newer.json"), outcome{0, "m/newer.json, Runs, awsJson1_0, 2 operations\nOPERATION  SHAPES  NOTES\nGetRun     0       supported\nPutRun     0       supported\n", ""})

	// Where the operation is missing, the hint says so.
	put(t, dir, "lathe.yaml", "packages:\n  - spec: spec/runs.json\n    out: runs\n    operations: [EndRun]\n")
	expect(t, gen(), outcome{1, "", "lathe.yaml:4:18: no operation of spec/runs.json matches \"EndRun\" (at #/packages/0/operations/0)\n" +
		"\thint: gen models trim MODEL --add EndRun -o spec/runs.json adds it to the part of a model\n1 problem; nothing written\n"})
	put(t, dir, "lathe.yaml", "packages:\n  - spec: spec/runs.json\n    out: runs\n    operations: [PutRun, GutRun]\n")
	if got := gen(); !strings.Contains(got.stderr, "hint: did you mean GetRun? gen models trim MODEL --add GutRun -o spec/runs.json adds it to the part of a model\n") {
		t.Errorf("got %+v", got)
	}
}

// A model is found outside of any module too, and a service that is spelled nearly so is
// named.
func TestModelsGet(t *testing.T) {
	dir := t.TempDir()
	const place = "models/runs/service/2020-01-01/runs-2020-01-01.json"
	put(t, dir, place, twoProtocols)
	gen := func(args ...string) outcome {
		return runProgram(t, commandOf(withReal, dir, append([]string{"models", "get"}, args...)...))
	}
	expect(t, gen("runs", "--models", "models"), outcome{0, place + "\n", ""})
	expect(t, gen("rnus", "--models", "models"), outcome{1, "", "rnus: there is no model of the service in models\n\thint: did you mean runs?\n1 problem; nothing written\n"})
	expect(t, gen("runs@2020-01-01", "--models", "models"), outcome{0, place + "\n", ""})
	expect(t, gen("runs@2021-01-01", "--models", "models"), outcome{1, "", "runs@2021-01-01: there is no model of this version\n\thint: there is runs@2020-01-01\n1 problem; nothing written\n"})
	if got := gen("runs"); got.exit != 1 || !strings.HasPrefix(got.stderr, "--models is missing\n\thint: name a folder") {
		t.Errorf("got %+v", got)
	}
	// A folder needs no cache, and so no home.
	homeless := commandOf(withReal, dir, "models", "get", "runs", "--models", "models")
	homeless.Env = append(homeless.Env, "HOME=", "XDG_CACHE_HOME=", "LocalAppData=")
	expect(t, runProgram(t, homeless), outcome{0, place + "\n", ""})
	expect(t, gen("runs", "--models", "models", "-o", "spec"), outcome{0, "spec/runs-2020-01-01.json\n", ""})
}
