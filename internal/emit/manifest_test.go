package emit

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const (
	sumA = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
	sumB = "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
)

func TestManifestEncode(t *testing.T) {
	m := manifest{"types/b.go": sumB, "a.go": sumA}
	want := manifestHead + "\n" + sumA + "  a.go\n" + sumB + "  types/b.go\n"
	if got := string(m.encode("")); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if diff := cmp.Diff(m, parseManifest(m.encode(""))); diff != "" {
		t.Errorf("read back (-want +got):\n%s", diff)
	}
}

func TestParseManifestIsLenient(t *testing.T) {
	data := strings.Join([]string{
		manifestHead,
		"<<<<<<< HEAD",
		sumA + "  ours.go",
		"=======",
		sumB + "  theirs.go\r",
		">>>>>>> branch",
		sumA + "  ../outside.go",
		sumA + "  /etc/passwd",
		sumA + " *binary.go",
		"abc  short.go",
		strings.Repeat("x", 64) + "  nohex.go",
		sumB + "  last.go",
	}, "\n")
	want := manifest{"ours.go": sumA, "theirs.go": sumB, "last.go": sumB}
	if diff := cmp.Diff(want, parseManifest([]byte(data))); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// The manifest means what sha256sum means by it.
func TestManifestIsForSha256sum(t *testing.T) {
	tool, err := exec.LookPath("sha256sum")
	if err != nil {
		t.Skip("there is no sha256sum to compare with")
	}
	root := t.TempDir()
	mustWrite(t, root, set("out", "client.go", "types/types.go"))
	check := func() (string, error) {
		cmd := exec.Command(tool, "--check", "--strict", ManifestName)
		cmd.Dir = filepath.Join(root, "out")
		cmd.Env = append(os.Environ(), "LC_ALL=C")
		out, err := cmd.Output()
		return string(out), err
	}
	if out, err := check(); err != nil || out != "client.go: OK\ntypes/types.go: OK\n" {
		t.Errorf("got %q, %v", out, err)
	}
	put(t, root, "out/client.go", source("out/client.go")+"// edited\n")
	if out, err := check(); err == nil || out != "client.go: FAILED\ntypes/types.go: OK\n" {
		t.Errorf("after an edit: got %q, %v", out, err)
	}
}

func FuzzParseManifest(f *testing.F) {
	f.Add([]byte(manifestHead + "\n" + sumA + "  a.go\n"))
	f.Add([]byte(sumA + "  ../a.go\n" + sumB + "  \n" + sumB + "\n  \n"))
	f.Add([]byte("<<<<<<<\r\n" + sumA + "  a/b.go\r\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		m := parseManifest(data)
		for name := range m {
			if why := checkPath(name); why != "" {
				t.Errorf("%q: %s", name, why)
			}
		}
		if diff := cmp.Diff(m, parseManifest(m.encode(""))); diff != "" {
			t.Errorf("read back (-want +got):\n%s", diff)
		}
	})
}
