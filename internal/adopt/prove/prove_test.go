package prove

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// program is a module that has another go.mod beside it, with a newer version of Go.
func program(t *testing.T, files ...string) Program {
	t.Helper()
	dir := t.TempDir()
	files = append(files, "m/go.mod", "module example.com/m\n\ngo 1.21\n", "other.mod", "module example.com/m\n\ngo 1.23\n")
	for i := 0; i < len(files); i += 2 {
		name := filepath.Join(dir, filepath.FromSlash(files[i]))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(files[i+1]), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return Program{Root: filepath.Join(dir, "m"), ModFile: filepath.Join(dir, "other.mod")}
}

// A program is built and vetted with the other go.mod; what go vet says with its own
// matters not, and neither does what is for other platforms.
func TestBuilds(t *testing.T) {
	const (
		fine    = "package m\n"
		newer   = "package m\n\nimport \"slices\"\n\nvar _ = slices.Sorted[int]\n\nfunc _() {\n\tfor range func(func() bool) {} {\n\t}\n}\n" // Go 1.23
		odd     = "package m\n\nimport \"fmt\"\n\nfunc _() { fmt.Printf(\"%d\", \"x\") }\n"
		broken  = "package m\n\nvar _ int = \"\"\n"
		windows = "//go:build windows && odd\n\npackage m\n\nvar _ int = \"\"\n"
	)
	other := []Platform{{GOOS: "windows", GOARCH: "arm64", Tags: []string{"odd"}}}
	for _, tt := range []struct {
		name, source string
		platforms    []Platform
		complains    bool
		want         string
	}{
		{"fine", fine, nil, false, ""},
		{"only with the other go.mod", newer, nil, false, ""},
		{"vet complains of both", odd, nil, true, ""},
		{"broken", broken, nil, false, "go build -tags= -o "},
		{"not for this platform", windows, nil, false, ""},
		{"for that platform", windows, other, false, "go build -tags=odd -o "},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := program(t, "m/m.go", tt.source, "m/doc.go", "package m\n")
			proof, err := p.Builds(context.Background(), tt.platforms)
			if proof.Complains != tt.complains || len(proof.Left) > 0 || (err == nil) != (tt.want == "") || err != nil && !strings.HasPrefix(err.Error(), tt.want) {
				t.Errorf("got %+v, %v", proof, err)
			}
		})
	}
}

// Packages that can't be loaded with the program's own go.mod are left out, and those that
// import them; what can't be loaded with the other one alone is an error.
func TestBuildsWithout(t *testing.T) {
	files := []string{
		"m/m.go", "package m\n", "m/ui/ui.go", "package ui\n\nimport _ \"embed\"\n\n//go:embed dist\nvar dist string\n",
		"m/cmd/main.go", "package main\n\nimport _ \"example.com/m/ui\"\n\nfunc main() {}\n",
		"m/only/only_test.go", "package only\n",
	}
	proof, err := program(t, files...).Builds(context.Background(), nil)
	if want := []string{"example.com/m/cmd", "example.com/m/ui"}; err != nil || !slices.Equal(proof.Left, want) {
		t.Errorf("got %+v, %v, want %v to be left", proof, err, want)
	}
	_, err = program(t, append(files, "m/bad/bad.go", "package bad\n\nvar _ int = \"\"\n")...).Builds(context.Background(), nil)
	if err == nil || !strings.Contains(err.Error(), "bad.go:3:") {
		t.Errorf("what does not compile beside it: %v", err)
	}
	p := program(t, "m/m.go", "package m\n\nimport _ \"example.com/lib\"\n", "lib/go.mod", "module example.com/lib\n", "lib/lib.go", "package lib\n", "none/go.mod", "module example.com/lib\n")
	lib := func(file, mod, folder string) {
		t.Helper()
		text := mod + "\nrequire example.com/lib v0.0.0\n\nreplace example.com/lib => ../" + folder + "\n"
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	lib(filepath.Join(p.Root, "go.mod"), "module example.com/m\n\ngo 1.21\n", "lib")
	lib(p.ModFile, "module example.com/m\n\ngo 1.23\n", "none")
	if proof, err := p.Builds(context.Background(), nil); err == nil {
		t.Errorf("a package that is there with the program's go.mod only is no error: %+v", proof)
	}
}

func TestTidy(t *testing.T) {
	p := program(t, "m/m.go", "package m\n")
	if !p.IsTidy(context.Background()) {
		t.Error("it is tidy")
	}
	for _, change := range []func(context.Context) error{p.Tidy, p.Complete} {
		if err := change(context.Background()); err != nil {
			t.Error(err)
		}
	}
}

// An error shows the beginning of a long output.
func TestError(t *testing.T) {
	e := &Error{"go build", strings.Repeat("line\n", 30), errors.New("exit status 1")}
	long := &Error{"go build " + strings.Repeat("example.com/m/p ", 100), "line", errors.New("exit status 1")}
	if got := long.Error(); len(got) > maxCommand+len("…: exit status 1\nline") || !strings.HasSuffix(got, "…: exit status 1\nline") {
		t.Errorf("got %s", got)
	}
	if got := e.Error(); !strings.HasPrefix(got, "go build: exit status 1\nline\n") || !strings.HasSuffix(got, "line\n… and 10 lines more") {
		t.Errorf("got %s", got)
	}
}
