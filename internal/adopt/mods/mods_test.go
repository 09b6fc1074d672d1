package mods

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.com/lathe/internal/gomod"
)

var (
	lambda  = Swap{"github.com/aws/aws-sdk-go-v2/service/lambda", "third_party/aws/lambda"}
	sqs     = Swap{"github.com/aws/aws-sdk-go-v2/service/sqs", "third_party/aws/sqs"}
	runtime = Swap{"example.com/m/third_party/aws/lathe", "third_party/aws/lathe"}
)

const ours = "third_party/aws"

func put(t *testing.T, mod string, swaps ...Swap) string {
	t.Helper()
	data, err := Put([]byte(mod), Replacement{Ours: ours, Swaps: swaps, Alone: []Swap{runtime}})
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func taken(t *testing.T, mod string) string {
	t.Helper()
	data, err := Take([]byte(mod), ours)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// mods are files that are written as the go command writes them.
var modTexts = map[string]string{
	"small": "module example.com/m\n\ngo 1.23\n\nrequire github.com/aws/aws-sdk-go-v2 v1.40.0\n",
	"whole": `// a comment
module example.com/m

go 1.24.1

toolchain go1.26.0

require (
	github.com/aws/aws-sdk-go-v2 v1.40.0
	github.com/aws/aws-sdk-go-v2/service/lambda v1.71.1 // why
)

require github.com/aws/smithy-go v1.22.5 // indirect

replace example.com/a => ../a

replace (
	example.com/b v1.0.0 => example.com/c v1.2.3
	example.com/e => ../e
)

exclude example.com/d v0.1.0
`,
}

// What is put can be taken, and nothing else of a go.mod changes.
func TestPutAndTake(t *testing.T) {
	for name, mod := range modTexts {
		with := put(t, mod, lambda, sqs)
		want := "\nreplace (\n\texample.com/m/third_party/aws/lathe => ./third_party/aws/lathe\n" +
			"\tgithub.com/aws/aws-sdk-go-v2/service/lambda => ./third_party/aws/lambda\n\tgithub.com/aws/aws-sdk-go-v2/service/sqs => ./third_party/aws/sqs\n)\n"
		if !strings.HasSuffix(with, want) || !strings.Contains(with, "example.com/m/third_party/aws/lathe v0.0.0 // indirect\n") {
			t.Errorf("%s: got\n%s", name, with)
		}
		if again := put(t, with, lambda, sqs); again != with {
			t.Errorf("%s: the second time differs (-first +second):\n%s", name, cmp.Diff(with, again))
		}
		if less := put(t, with, sqs); strings.Contains(less, "=> ./third_party/aws/lambda") || !strings.Contains(less, "=> ./third_party/aws/sqs") {
			t.Errorf("%s: without lambda it is\n%s", name, less)
		}
		if diff := cmp.Diff(mod, taken(t, with)); diff != "" {
			t.Errorf("%s: taken (-want +got):\n%s", name, diff)
		}
		if diff := cmp.Diff(mod, taken(t, mod)); diff != "" {
			t.Errorf("%s: taken from what has nothing (-want +got):\n%s", name, diff)
		}
	}
}

func TestFloor(t *testing.T) {
	floor := []gomod.Version{{Path: gomod.Go, Version: "1.23"}, {Path: "github.com/aws/aws-sdk-go-v2", Version: "v1.38.0"}, {Path: "example.com/absent", Version: "v1.0.0"}}
	for _, tt := range []struct{ mod, want, raised string }{
		{"go 1.21\n\nrequire github.com/aws/aws-sdk-go-v2 v1.36.3\n", "go 1.23\n\nrequire github.com/aws/aws-sdk-go-v2 v1.38.0\n", "go 1.23 (was 1.21), github.com/aws/aws-sdk-go-v2 v1.38.0 (was v1.36.3)"},
		{"go 1.24\n\nrequire github.com/aws/aws-sdk-go-v2 v1.41.0\n", "go 1.24\n\nrequire github.com/aws/aws-sdk-go-v2 v1.41.0\n", ""},
	} {
		data, err := Put([]byte("module m\n\n"+tt.mod), Replacement{Ours: ours, Floor: floor})
		if err != nil || string(data) != "module m\n\n"+tt.want {
			t.Errorf("got %v\n%s", err, data)
		}
		raised, err := Raised([]byte("module m\n\n"+tt.mod), data)
		if got := strings.Join(raised, ", "); err != nil || got != tt.raised {
			t.Errorf("raised are %s, %v", got, err)
		}
	}
}

// A go.mod with folders of a stage is the program's own when they are relocated.
func TestRelocate(t *testing.T) {
	const mod = "module m\n\nreplace (\n\ta => /stage/third_party/aws/a\n\tb => /stages/b\n\tc => /stage/c v1.0.0\n)\n"
	_, err := Relocate([]byte(mod), "/stage")
	if err == nil || !strings.Contains(err.Error(), "go.mod: it can't be read: ") {
		t.Errorf("got %v", err)
	}
	got, err := Relocate([]byte("module m\n\nreplace (\n\ta => /stage/third_party/aws/a\n\tb => /stages/b\n)\n"), "/stage")
	if want := "module m\n\nreplace (\n\ta => ./third_party/aws/a\n\tb => /stages/b\n)\n"; err != nil || string(got) != want {
		t.Errorf("got %v\n%s", err, got)
	}
}

func TestReplaced(t *testing.T) {
	const mod = "module m\n\nreplace (\n\tgithub.com/aws/aws-sdk-go-v2/service/s3 => ../s3\n\tgithub.com/aws/aws-sdk-go-v2/service/sqs => ./third_party/aws/sqs\n\texample.com/a => ../a\n)\n"
	got, err := Replaced([]byte(mod), ours, "github.com/aws/aws-sdk-go-v2/service/")
	if err != nil || len(got) != 1 || got["github.com/aws/aws-sdk-go-v2/service/s3"].Path != "../s3" {
		t.Errorf("got %v, %v", got, err)
	}
}

func TestMergeSums(t *testing.T) {
	if got := string(MergeSums([]byte("b 1\na 1\n"), []byte("a 1\nc 1\n"))); got != "a 1\nb 1\nc 1\n" {
		t.Errorf("got %q", got)
	}
	if got := MergeSums(nil, nil); len(got) != 0 {
		t.Errorf("got %q", got)
	}
}

func TestWorkspace(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"a", "b"} {
		if err := os.Mkdir(filepath.Join(dir, name), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	work := filepath.Join(dir, "go.work")
	for text, want := range map[string][]string{
		"go 1.23\n\nuse ./a\n":                nil,
		"go 1.23\n\nuse (\n\t./a\n\t./b\n)\n": {"./b"},
	} {
		if err := os.WriteFile(work, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if got, err := Workspace(work, filepath.Join(dir, "a")); err != nil || !slices.Equal(got, want) {
			t.Errorf("%q: got %v, %v", text, got, err)
		}
	}
}

// What is required is raised where it stands, and added where it does not.
func TestRequire(t *testing.T) {
	got, err := Require([]byte(modTexts["small"]), []gomod.Version{
		{Path: "github.com/aws/aws-sdk-go-v2", Version: "v1.41.0"}, {Path: "example.com/new", Version: "v1.0.0"},
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"github.com/aws/aws-sdk-go-v2 v1.41.0\n", "example.com/new v1.0.0 // indirect\n"} {
		if !strings.Contains(string(got), want) {
			t.Errorf("there is no %s in %s", want, got)
		}
	}
}

// What a go.mod requires may be older than something; what it does not name is not.
func TestIsBehind(t *testing.T) {
	for version, want := range map[string]bool{"v1.39.0": false, "v1.40.0": false, "v1.41.0": true} {
		floor := []gomod.Version{{Path: "example.com/absent", Version: "v1.0.0"},
			{Path: "github.com/aws/aws-sdk-go-v2", Version: version}}
		data := []byte(modTexts["small"])
		if got, err := IsBehind(data, floor); got != want || err != nil {
			t.Errorf("%s: %t, %v", version, got, err)
		}
		raised, err := Raise(data, floor)
		if err != nil || strings.Contains(string(raised), version) != (version != "v1.39.0") ||
			strings.Contains(string(raised), "absent") {
			t.Errorf("%s: %s, %v", version, raised, err)
		}
	}
}
