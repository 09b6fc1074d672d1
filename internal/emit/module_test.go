package emit

import (
	"os"
	"path/filepath"
	"testing"
)

func TestModule(t *testing.T) {
	top := t.TempDir()
	put(t, top, "go.mod", "module example.com/top\n")
	put(t, top, "nested/go.mod", "// a comment\nmodule \"example.com/nested\" // another\n\ngo 1.26\n")
	put(t, top, "block/go.mod", "module (\n\t`example.com/block`\n)\n")
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
		{"folder", ".", "example.com/top"}, // a folder called go.mod is no module
	}
	for _, tt := range tests {
		root, modPath, err := Module(filepath.Join(top, tt.dir))
		if err != nil || root != filepath.Join(top, tt.root) || modPath != tt.path {
			t.Errorf("Module(%s) = %s, %s, %v; want %s, %s", tt.dir, root, modPath, err, tt.root, tt.path)
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
		{"quote", filepath.Join(dir, "quote", "go.mod") + noLine},
	}
	for _, tt := range tests {
		_, _, err := Module(filepath.Join(dir, tt.dir))
		if err == nil || err.Error() != tt.want {
			t.Errorf("Module(%s): got error\n%v\nwant\n%s", tt.dir, err, tt.want)
		}
	}
}

func FuzzModulePath(f *testing.F) {
	for _, s := range []string{"", "module a", "module (\na\n)", "module \"a\"", "module `a", "module(\n)\n", "module \"", "// module a", "module a // b"} {
		f.Add(s)
	}
	f.Fuzz(func(_ *testing.T, s string) { modulePath(s) })
}
