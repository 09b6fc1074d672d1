package paths_test

import (
	"os"
	"path/filepath"
	"testing"

	"example.com/lathe/internal/paths"
)

// tree makes the folders real/sub and elsewhere/in, and the links link to real and
// real/out to elsewhere.
func tree(t *testing.T) string {
	t.Helper()
	root, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for _, dir := range []string{"real/sub", "elsewhere/in"} {
		if err := os.MkdirAll(filepath.Join(root, dir), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	for name, target := range map[string]string{"link": "real", "real/out": "../elsewhere"} {
		if err := os.Symlink(target, filepath.Join(root, name)); err != nil {
			t.Skipf("skipped: no symbolic links here: %v", err)
		}
	}
	return root
}

func TestBelow(t *testing.T) {
	root := tree(t)
	tests := []struct {
		dir, name, want string
		ok              bool
	}{
		{"real", "real", ".", true},
		{"real", "real/a/b.yaml", "a/b.yaml", true},
		{"real", "link/sub/b.yaml", "sub/b.yaml", true},
		{"link", "real/not/there", "not/there", true},
		{"link", "link", ".", true},
		{"real", "link/out/in/b.yaml", "out/in/b.yaml", true}, // the link belongs to the path
		{"real", "elsewhere/in/b.yaml", "", false},
		{"real", "real2/b.yaml", "", false},
		{"real/sub", "real", "", false},
		{"not/there", "not/there/a", "a", true},
	}
	for _, tt := range tests {
		got, ok := paths.Below(filepath.Join(root, tt.dir), filepath.Join(root, tt.name))
		if got != tt.want || ok != tt.ok {
			t.Errorf("Below(%s, %s) = %q, %v, want %q, %v", tt.dir, tt.name, got, ok, tt.want, tt.ok)
		}
	}
}

func TestRel(t *testing.T) {
	root := tree(t)
	for _, tt := range [][3]string{
		{"real", "link/a.yaml", "a.yaml"},
		{"link/sub", "real/a.yaml", "../a.yaml"},
		{"real/sub", "link/a.yaml", "../a.yaml"},
		{"real/sub", "elsewhere/a.yaml", "../../elsewhere/a.yaml"},
		{"link/sub", "elsewhere/a.yaml", "../../elsewhere/a.yaml"},
	} {
		if got := paths.Rel(filepath.Join(root, tt[0]), filepath.Join(root, tt[1])); got != tt[2] {
			t.Errorf("Rel(%s, %s) = %s, want %s", tt[0], tt[1], got, tt[2])
		}
	}
}

// Whichever way a shell went into the working directory, a relative name means what
// the operating system opens by it.
func TestAbsInALinkedFolder(t *testing.T) {
	root := tree(t)
	in := filepath.Join(root, "real", "out", "in")
	t.Chdir(in) // sets PWD to the spelling with the link
	want := filepath.Join(root, "elsewhere", "a.yaml")
	if err := os.WriteFile("../a.yaml", nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if got := paths.Abs("../a.yaml"); got != want {
		t.Errorf("Abs = %s, want %s", got, want)
	}
	for _, name := range []string{want, filepath.Join(root, "elsewhere", "in"), filepath.Join(root, "elsewhere", "in", "-"), "/"} {
		if got := paths.Abs(paths.Show(name)); got != name {
			t.Errorf("Abs(Show(%s)) = %s", name, got)
		}
	}
	if got := paths.Show(filepath.Join(root, "elsewhere", "in", "-")); got == "-" {
		t.Error("a file is shown as standard input")
	}
	if got, want := paths.Real("../not/there"), filepath.Join(root, "real", "out"); got == want {
		t.Errorf("Real does not resolve: %s", got)
	}
}

func TestSame(t *testing.T) {
	root := tree(t)
	for _, tt := range []struct {
		a, b string
		want bool
	}{
		{"real", "link", true},
		{"real", "elsewhere", false},
		{"real", "none", false},
		{"none", "none", true},
		{"none", "x/../none", true},
		{"none", "other", false},
	} {
		if got := paths.Same(root+"/"+tt.a, root+"/"+tt.b); got != tt.want {
			t.Errorf("Same(%s, %s) = %v", tt.a, tt.b, got)
		}
	}
}
