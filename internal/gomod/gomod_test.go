package gomod

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"example.com/lathe/spec"
)

func TestModule(t *testing.T) {
	top := t.TempDir()
	put(t, top, "go.mod", "module example.com/top\n")
	put(t, top, "nested/go.mod", "// a comment\nmodule \"example.com/nested\" // another\n\ngo 1.26\n")
	put(t, top, "block/go.mod", "module (\n\t\"example.com/block\"\n)\n")
	put(t, top, "branch/go.mod", "module example.com/branch\n\nrequire example.com/core main\n")
	put(t, top, "client/go.mod", Made+"\n// Source: x\n\nmodule example.com/client\n")
	put(t, top, "client/crlf/go.mod", Made+"\r\n\r\nmodule example.com/client\r\n")
	put(t, top, "almost/go.mod", Made+"x\n\nmodule example.com/almost\n")
	if err := os.MkdirAll(filepath.Join(top, "folder", "go.mod"), 0o755); err != nil {
		t.Fatal(err)
	}
	tests := []struct{ dir, root, path string }{
		{".", ".", "example.com/top"},
		{"not/there/yet", ".", "example.com/top"},
		{"nested", "nested", "example.com/nested"},
		{"nested/a/..", "nested", "example.com/nested"},
		{"nested/../other", ".", "example.com/top"},
		{"block/x", "block", "example.com/block"},
		{"branch", "branch", "example.com/branch"},
		{"client/types", ".", "example.com/top"}, // Lathe wrote that go.mod
		{"client/crlf", ".", "example.com/top"},
		{"almost", "almost", "example.com/almost"},
		{"folder", ".", "example.com/top"}, // a folder called go.mod is no module
	}
	for _, tt := range tests {
		got, err := Find(filepath.Join(top, tt.dir))
		if err != nil || got != (Module{filepath.Join(top, tt.root), tt.path}) {
			t.Errorf("Find(%s) = %v, %v; want %s, %s", tt.dir, got, err, tt.root, tt.path)
		}
	}
}

func TestModuleErrors(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, "empty/go.mod", "go 1.26\n")
	put(t, dir, "quote/go.mod", "module \"example.com\n")
	noLine := ": no module line names the module's path\n\thint: the first line of a go.mod reads like \"module example.com/project\""
	tests := []struct{ dir, want string }{
		{"none/x", filepath.Join(dir, "none", "x") + ": the folder is outside any Go module: there is no go.mod in it or above\n" +
			"\thint: choose a folder inside a module, or make one with \"go mod init\""},
		{"empty/x", filepath.Join(dir, "empty", "go.mod") + noLine},
		{"quote", filepath.Join(dir, "quote", "go.mod") + ":1:20: unexpected newline in string"},
	}
	for _, tt := range tests {
		_, err := Find(filepath.Join(dir, tt.dir))
		if err == nil || err.Error() != tt.want {
			t.Errorf("Find(%s): got error\n%v\nwant\n%s", tt.dir, err, tt.want)
		}
	}
}

// A folder of which the go command finds no package, or none to import, is refused by
// the first element that is at fault.
func TestFolder(t *testing.T) {
	top := t.TempDir()
	put(t, top, "go.mod", "module example.com/top\n")
	mod, err := Find(top)
	if err != nil {
		t.Fatal(err)
	}
	const (
		vendored = "the go command takes a folder named vendor for copies of other modules"
		ignored  = "the go command ignores folders "
		noPath   = "the folder cannot be part of an import path: "
	)
	for _, tt := range []struct{ dir, rel, want string }{
		{".", ".", ""},
		{"a/b-c/d.e/_f", "", ignored + "whose name begins with _"},
		{"a/b-c/d.e/f_g~1+", "a/b-c/d.e/f_g~1+", ""},
		{"internal/a", "internal/a", ""},
		{"vendor/x", "", vendored},
		{"a/vendor", "", vendored},
		{"vendors/x", "vendors/x", ""},
		{"testdata/x", "", ignored + "named testdata"},
		{"a/testdata/x", "", ignored + "named testdata"},
		{".hidden/x", "", ignored + "whose name begins with ."},
		{"_x", "", ignored + "whose name begins with _"},
		{"-x", "", "the name of a folder in an import path must not begin with -"},
		{"a...b", "", "the go command takes ... in a path for a wildcard"},
		{"my gen", "", noPath + "invalid char ' '"},
		{"a/été", "", noPath + "invalid char 'é'"},
		{"aux/x", "", noPath + `"aux" disallowed as path element component on Windows`},
		{"x.", "", noPath + "trailing dot in path element"},
		{"../other", "", "the folder is outside the module at " + top},
	} {
		rel, err := mod.Folder(filepath.Join(top, tt.dir))
		var message string
		if problems, ok := errors.AsType[spec.Problems](err); ok {
			message = problems[0].Message
		}
		if rel != tt.rel || message != tt.want {
			t.Errorf("Folder(%s) = %q, %v; want %q, %s", tt.dir, rel, err, tt.rel, tt.want)
		}
	}
}

func TestImportable(t *testing.T) {
	for _, tt := range []struct {
		to, from string
		want     bool
	}{
		{"/m/gen/internal", "/m/gen/a", true},
		{"/m/gen/internal/rt", "/m/gen", true},
		{"/m/gen/internal/rt", "/m/other/a", false},
		{"/m/internal/gen/internal/rt", "/m/internal/x", false},
		{"/m/internals/rt", "/m/other", true},
		{"/internal/rt", "/m/other", true},
	} {
		if got := Importable(filepath.FromSlash(tt.to), filepath.FromSlash(tt.from)); got != tt.want {
			t.Errorf("Importable(%s, %s) = %v", tt.to, tt.from, got)
		}
	}
}

func put(t *testing.T, dir, name, data string) {
	t.Helper()
	file := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(data), 0o600); err != nil {
		t.Fatal(err)
	}
}

func FuzzFind(f *testing.F) {
	for _, s := range []string{"", "module a", "module (\na\n)", "module \"a\"", "module `a", "module(\n)\n", "module \"", "// module a", "module a // b"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		dir := t.TempDir()
		put(t, dir, "go.mod", s)
		if mod, err := Find(dir); err == nil && mod.Path == "" {
			t.Errorf("%q: no path and no error", s)
		}
	})
}

func TestImportablePath(t *testing.T) {
	for _, tt := range []struct {
		to, from string
		want     bool
	}{
		{"example.com/m/lathe", "example.com/x", true},
		{"example.com/m/internal/lathe", "example.com/x", false},
		{"example.com/m/internal/lathe", "example.com/m", true},
		{"example.com/m/internal/lathe", "example.com/m/a/b", true},
		{"example.com/m/internal/lathe", "example.com/mm", false},
		{"example.com/internal/m/internal", "example.com/a", false},
		{"example.com/internals/m", "example.org/a", true},
	} {
		if got := ImportablePath(tt.to, tt.from); got != tt.want {
			t.Errorf("%s from %s: got %v", tt.to, tt.from, got)
		}
	}
}

func TestParseVersion(t *testing.T) {
	for _, tt := range []struct{ text, path, version, why string }{
		{"example.com/m", "example.com/m", "", ""},
		{"example.com/m@v1.2.3", "example.com/m", "v1.2.3", ""},
		{"example.com/m/v2@v2.0.0-rc.1", "example.com/m/v2", "v2.0.0-rc.1", ""},
		{"example.com/m@v2.0.0", "", "", "v2.0.0 is no version of such a module"},
		{"example.com/m@", "", "", " is no version of such a module"},
		{"example.com/m@latest", "", "", "latest is no version of such a module"},
		{"lambda", "", "", "it is no path of a module: missing dot in first path element"},
		{"example.com/a b", "", "", "it is no path of a module: invalid char ' '"},
		{"", "", "", "it is no path of a module: empty string"},
	} {
		mod, why := ParseVersion(tt.text)
		if mod.Path != tt.path || mod.Version != tt.version || why != tt.why {
			t.Errorf("%q: got %+v, %q", tt.text, mod, why)
		}
	}
}
