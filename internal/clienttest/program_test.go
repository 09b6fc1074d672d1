package clienttest

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// program is all that it takes to use a generated client.
const program = `package main

import ("context"; "errors"; "fmt"; "os"; "example.com/user/x"; "example.com/user/x/types")

func main() {
	client := datazone.New(datazone.Options{Region: "eu-west-1", BaseEndpoint: &os.Args[1]})
	run, err := client.GetDataSourceRun(context.Background(), &datazone.GetDataSourceRunInput{DomainIdentifier: &os.Args[2], Identifier: &os.Args[3]})
	if missing := new(*types.ResourceNotFoundException); errors.As(err, missing) { fmt.Println("missing:", (*missing).ErrorMessage()); return }
	if err != nil { panic(err) }
	fmt.Println(run.Status)
}
`

// own is a file of the user's in the folder of the client.
const own = "package datazone\n\n// Answer is not generated.\nconst Answer = 42\n"

// TestProgram generates a client into a module of a user's, twice, beside a file that
// is theirs, builds a small program with it and runs that against a server.
func TestProgram(t *testing.T) {
	root := userModule(t)
	for _, action := range []string{"created", "unchanged"} {
		out := command(t, "../..", "go", "run", "./cmd/gen", "generate",
			"--spec", "spec/datazone.yaml", "--out", filepath.Join(root, "x"), "--package", "datazone")
		if !strings.Contains(out, action) {
			t.Errorf("gen does not tell what it %s:\n%s", action, out)
		}
	}
	kept, err := os.ReadFile(filepath.Join(root, "x", "own_test.go"))
	if err != nil || string(kept) != own {
		t.Errorf("the user's own file is %q, %v", kept, err)
	}
	binary := filepath.Join(root, "program.exe")
	command(t, root, "go", "build", "-o", binary, ".")
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != runPath {
			answerError(http.StatusNotFound, "ResourceNotFoundException")(w, r)
			return
		}
		_, _ = w.Write([]byte(wholeBody))
	}))
	defer server.Close()
	for run, want := range map[string]string{runID: "PARTIALLY_SUCCEEDED\n", "run-2": "missing: no luck\n"} {
		if got := command(t, root, binary, server.URL, domainID, run); got != want {
			t.Errorf("the program prints %q for %s, want %q", got, run, want)
		}
	}
}

// userModule makes a module with our requirements, a main package and a file in the
// folder that a client will go into.
func userModule(t *testing.T) string {
	t.Helper()
	root := t.TempDir()
	files := map[string][]byte{"main.go": []byte(program), "x/own_test.go": []byte(own)}
	for _, name := range []string{"go.mod", "go.sum"} {
		data, err := os.ReadFile(filepath.Join("../..", name))
		if err != nil {
			t.Fatal(err)
		}
		files[name] = bytes.Replace(data, []byte("module example.com/lathe"), []byte("module example.com/user"), 1)
	}
	if err := os.Mkdir(filepath.Join(root, "x"), 0o755); err != nil {
		t.Fatal(err)
	}
	for name, data := range files {
		if err := os.WriteFile(filepath.Join(root, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return root
}

// command runs a program in a folder, without a network to download anything from,
// and returns what it prints.
func command(t *testing.T, dir, name string, args ...string) string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), name, args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOWORK=off", "GOFLAGS=-mod=readonly", "GOPROXY=off")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, out)
	}
	return string(out)
}
