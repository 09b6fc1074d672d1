package goapi_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"example.com/lathe/internal/goapi"
)

// realPath is the path of the module in which clients and callers are compiled.
const realPath = "example.com/real"

// realModule is a module in a temporary folder, with our own requirements, so
// that nothing has to be downloaded.
type realModule struct {
	t    *testing.T
	root string
}

func newRealModule(t *testing.T) *realModule {
	t.Helper()
	m := &realModule{t, t.TempDir()}
	for _, name := range []string{"go.mod", "go.sum"} {
		data, err := os.ReadFile("../../" + name)
		if err != nil {
			t.Fatal(err)
		}
		m.write(name, bytes.Replace(data, []byte("module example.com/lathe\n"), []byte("module "+realPath+"\n"), 1))
	}
	return m
}

// path is where a file or folder of the module is.
func (m *realModule) path(name string) string { return filepath.Join(m.root, filepath.FromSlash(name)) }

func (m *realModule) write(name string, data []byte) {
	m.t.Helper()
	file := m.path(name)
	if err := os.MkdirAll(filepath.Dir(file), 0o750); err != nil {
		m.t.Fatal(err)
	}
	if err := os.WriteFile(file, data, 0o600); err != nil {
		m.t.Fatal(err)
	}
}

// client writes a client into a folder and returns it with the import path that it
// has there.
func (m *realModule) client(p goapi.Package, folder string) goapi.Package {
	moved := goapi.Package{Path: realPath + "/" + folder, Files: map[string][]byte{}}
	for name, data := range p.Files {
		moved.Files[name] = bytes.ReplaceAll(data, []byte(`"`+clientPath), []byte(`"`+moved.Path))
		m.write(folder+"/"+name, moved.Files[name])
	}
	return moved
}

// callers writes callers of a client into a folder. It returns the names of those
// that are left out, because they import a package that the client has not: go
// build would do nothing at all for them.
func (m *realModule) callers(callers map[string]string, p goapi.Package, folder string) map[string]bool {
	lost := map[string]bool{}
	for name, text := range callers {
		if !hasImports(text, p) {
			lost[name] = true
			continue
		}
		m.write(folder+"/"+name, []byte(strings.ReplaceAll(text, `"`+clientPath, `"`+p.Path)))
	}
	return lost
}

var clientImport = regexp.MustCompile(`"` + clientPath + `/?([^"]*)"`)

// hasImports reports whether a client has the packages of it that a caller imports.
func hasImports(caller string, p goapi.Package) bool {
	for _, match := range clientImport.FindAllStringSubmatch(caller, -1) {
		found := false
		for name := range p.Files {
			found = found || filepath.ToSlash(filepath.Dir(name)) == filepath.ToSlash(filepath.Clean("./"+match[1]))
		}
		if !found {
			return false
		}
	}
	return true
}

// buildFlags are the same for everything, so that each package is compiled once;
// without paths in the objects, Go's cache has them for the next run too.
var buildFlags = []string{"-mod=mod", "-trimpath", "-gcflags=-e"}

// environment keeps Go from the network.
func environment() []string {
	return append(os.Environ(), "GOWORK=off", "GOFLAGS=", "GOPROXY=off", "GOSUMDB=off")
}

var compileError = regexp.MustCompile(`(?m)^(?:\./)?([^\s:]+\.go):\d+:\d+: (.*)$`)

// build compiles every package of the module and returns the files that don't
// compile with the first reason.
func (m *realModule) build() map[string]string {
	m.t.Helper()
	cmd := exec.CommandContext(m.t.Context(), "go", append(append([]string{"build"}, buildFlags...), "./...")...)
	cmd.Dir, cmd.Env = m.root, environment()
	out, err := cmd.CombinedOutput()
	failed := map[string]string{}
	for _, match := range compileError.FindAllStringSubmatch(string(out), -1) {
		if _, known := failed[match[1]]; !known {
			failed[match[1]] = match[2]
		}
	}
	if err != nil && len(failed) == 0 {
		m.t.Fatalf("go build: %v\n%s", err, out)
	}
	return failed
}
