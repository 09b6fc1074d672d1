package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"example.com/lathe/runtime"
)

// replaced is a program that imports an official package, and has a client in its place.
const replaced = `-- go.mod --
module example.com/m

go GO

require (
	github.com/aws/aws-sdk-go-v2 CORE
	github.com/aws/aws-sdk-go-v2/service/datazone v1.29.1
)

REQUIRE

replace github.com/aws/aws-sdk-go-v2/service/datazone => ./third_party/aws/datazone
REPLACE-- lathe.yaml --
packages:
  - spec: datazone.yaml
    out: third_party/aws/datazone
    module: github.com/aws/aws-sdk-go-v2/service/datazone@v1.29.1
    operations: [GetDataSourceRun]
RUNTIME-- main.go --
package main

import (
	"context"
	"fmt"
	"log"
	"net/http"
	"net/http/httptest"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/datazone"
	"github.com/aws/aws-sdk-go-v2/service/datazone/types"
)

func main() {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, "{\"id\":%q,\"status\":\"SUCCESS\"}", r.URL.Path)
	}))
	defer server.Close()
	client := datazone.NewFromConfig(aws.Config{
		Region: "eu-west-1", BaseEndpoint: &server.URL,
		Credentials: aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) {
			return aws.Credentials{AccessKeyID: "A", SecretAccessKey: "S"}, nil
		}),
	})
	out, err := client.GetDataSourceRun(context.Background(), &datazone.GetDataSourceRunInput{
		DomainIdentifier: aws.String("dzd"), Identifier: aws.String("r"),
	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(*out.Id, out.Status == types.DataSourceRunStatusSuccess)
}
`

// newReplaced writes that program; with a runtime that is a module of its own or below
// the client.
func newReplaced(t *testing.T, isShared bool) (dir string) {
	require, replace, shared := "require github.com/aws/smithy-go SMITHY // indirect", "", ""
	if isShared {
		require = "require (\n\texample.com/m/third_party/aws/lathe v0.0.0 // indirect\n\tgithub.com/aws/smithy-go SMITHY // indirect\n)"
		replace = "\nreplace example.com/m/third_party/aws/lathe => ./third_party/aws/lathe\n"
		shared = "runtime: third_party/aws/lathe\n"
	}
	text := strings.NewReplacer(
		"GO\n", runtime.MinGo+"\n", "CORE", runtime.MinCore, "REQUIRE", strings.ReplaceAll(require, "SMITHY", runtime.MinSmithy), "REPLACE", replace, "RUNTIME", shared,
	).Replace(replaced)
	dir = t.TempDir()
	for _, file := range strings.Split(text, "-- ")[1:] {
		name, data, _ := strings.Cut(file, " --\n")
		put(t, dir, name, data)
	}
	var sums []string
	for line := range strings.Lines(read(t, "../../testdata/floor", "go.sum")) {
		if !strings.Contains(line, "/eventstream ") {
			sums = append(sums, line)
		}
	}
	put(t, dir, "go.sum", strings.Join(sums, ""), "datazone.yaml", read(t, "../../spec", "datazone.yaml"))
	return dir
}

// goCommand runs the go command with nothing but what go.mod and go.sum have.
func goCommand(t *testing.T, dir string, args ...string) string {
	t.Helper()
	cmd := exec.Command("go", args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOWORK=off", "GOFLAGS=-mod=readonly", "GOPROXY=off")
	if args[0] == "mod" {
		cmd.Env = append(cmd.Env, "GOFLAGS=")
	}
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("go %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return string(out)
}

// A program that imports an official package builds, is vetted, runs and is tidy with a
// replace line alone, with each client's own runtime and with a shared one.
func TestReplacedModule(t *testing.T) {
	if testing.Short() {
		t.Skip("whole programs are built")
	}
	for name, isShared := range map[string]bool{"own": false, "shared": true} {
		t.Run(name, func(t *testing.T) {
			dir := newReplaced(t, isShared)
			if got := runProgram(t, commandOf(withReal, dir)); got.exit != 0 {
				t.Fatal(got.stderr)
			}
			goCommand(t, dir, "vet", "./...", "github.com/aws/aws-sdk-go-v2/service/datazone/...")
			if got := goCommand(t, dir, "run", "."); got != "/v2/domains/dzd/data-source-runs/r true\n" {
				t.Errorf("the program printed %s", got)
			}
			goCommand(t, dir, "mod", "tidy", "-diff")
			if got := runProgram(t, commandOf(withReal, filepath.Join(dir, "third_party", "aws", "datazone"), "check")); got.exit != 0 {
				t.Errorf("check from inside of the client: %s%s", got.stdout, got.stderr)
			}
		})
	}
}

// The go.mod goes with the key, and with the package.
func TestModuleIsTakenAway(t *testing.T) {
	dir := newReplaced(t, true)
	gen := func(args ...string) outcome { return runProgram(t, commandOf(withReal, dir, args...)) }
	gen()
	edit(t, dir, "lathe.yaml", "    module: github.com/aws/aws-sdk-go-v2/service/datazone@v1.29.1\n", "")
	if got := gen("check"); got.exit != 2 || !strings.Contains(got.stdout, "left over  third_party/aws/datazone/go.mod: ") {
		t.Errorf("check without the key: %s%s", got.stdout, got.stderr)
	}
	gen()
	for _, name := range []string{"third_party/aws/datazone/go.mod", "third_party/aws/lathe/go.mod"} {
		if _, err := os.Stat(filepath.Join(dir, name)); !os.IsNotExist(err) {
			t.Errorf("%s is still there: %v", name, err)
		}
	}
	if got := read(t, dir, "third_party/aws/datazone/client.go"); !strings.Contains(got, `"example.com/m/third_party/aws/lathe/transport"`) {
		t.Error("the client is not part of the module again")
	}

	put(t, dir, "lathe.yaml", "packages: [{spec: datazone.yaml, out: other, module: example.com/other, operations: [GetDataSourceRun]}]\n")
	gen()
	put(t, dir, "lathe.yaml", "packages: [{spec: datazone.yaml, out: another, operations: [GetDataSourceRun]}]\n")
	if got := gen(); got.exit != 0 {
		t.Fatal(got.stderr)
	}
	for _, name := range []string{"other", "third_party/aws/datazone", "third_party/aws/lathe"} {
		if _, err := os.Stat(filepath.Join(dir, name)); !os.IsNotExist(err) {
			t.Errorf("%s is still there: %v", name, err)
		}
	}
}

// What can't be a module is refused where lathe.yaml says it, or by the flag's name.
func TestModuleIsRefused(t *testing.T) {
	for _, tt := range []struct{ name, config, want string }{
		{
			"no path", "packages: [{spec: datazone.yaml, out: x, module: datazone}]\n",
			"lathe.yaml:1:50: datazone: it is no path of a module: missing dot in first path element (at #/packages/0/module)\n",
		},
		{
			"no version of it", "packages: [{spec: datazone.yaml, out: x, module: example.com/x@v2.0.0}]\n",
			"lathe.yaml:1:50: example.com/x@v2.0.0: v2.0.0 is no version of such a module (at #/packages/0/module)\n",
		},
		{
			"twice", "packages:\n- {spec: datazone.yaml, out: x, module: example.com/x}\n- {spec: datazone.yaml, out: y, module: example.com/x@v1.0.0}\n",
			"lathe.yaml:3:41: module is that of the package at lathe.yaml:2:30 (at #/packages/1/module)\n",
		},
		{
			"an internal runtime", "packages: [{spec: datazone.yaml, out: internal/x, module: example.com/x}]\nruntime: internal/lathe\n",
			"lathe.yaml:1:59: module example.com/x can't import the runtime at example.com/m/internal/lathe (at #/packages/0/module)\n",
		},
	} {
		dir := module(t, "datazone.yaml", read(t, "../../spec", "datazone.yaml"), "lathe.yaml", tt.config)
		if got := runProgram(t, commandOf(withReal, dir)); got.exit != 1 || !strings.HasPrefix(got.stderr, tt.want) {
			t.Errorf("%s: exit code %d, got\n%swant\n%s", tt.name, got.exit, got.stderr, tt.want)
		}
	}
	dir := module(t, "datazone.yaml", read(t, "../../spec", "datazone.yaml"), "own/go.mod", "module example.com/own\n", "x/go.mod", "module example.com/x\n")
	for out, want := range map[string]string{
		".":     "the folder is a module already, example.com/m\n",
		"own/":  "the folder is a module already, example.com/own\n",
		"x/sub": "",
	} {
		got := runProgram(t, commandOf(withReal, dir, "generate", "--spec", "datazone.yaml", "--out", out, "--module", "example.com/y", "--operation", "GetDataSourceRun"))
		if !strings.Contains(got.stderr, want) || (got.exit == 0) != (want == "") {
			t.Errorf("--out %s: exit code %d, %s", out, got.exit, got.stderr)
		}
	}
	if got := runProgram(t, commandOf(withReal, dir, "generate", "--module", "example.com/y")); !strings.Contains(got.stderr, "--module belongs to a --spec") {
		t.Errorf("got %s", got.stderr)
	}
}
