package lock

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.com/lathe/spec"
	"example.com/lathe/spec/snapshot"
)

func example() *File {
	return &File{
		Packages: map[string]Package{
			"gen/b": {Spec: "b.yaml", Sources: map[string]string{"b.yaml": "12"}, Model: "34", Lean: true, Presign: []string{"GetRun"}, Module: "example.com/b", Files: map[string]string{}, Snapshot: []byte{}},
			"gen/a": {
				Spec: "../a.json", Sources: map[string]string{"../a.json": "ab", "../waiters-2.json": "cd"}, Model: "ef",
				Approvals: []Approval{{Rule: "uri-changed", Place: "Get<Run>", Reason: "no & yes", Expires: "2026-12-31"}},
				Files:     map[string]string{"client.go": "01", "types/types.go": "02"}, Snapshot: []byte{1, 2, 3},
			},
		},
		Runtime: &Runtime{Folder: "gen/internal", Files: map[string]string{"rest/rest.go": "03"}},
		Models:  map[string]string{"lambda/service/2015-03-31/lambda-2015-03-31.json": "04"},
	}
}

const exampleText = `{
  "lathe": "Written by lathe with the packages of lathe.yaml. DO NOT EDIT: gen generate fixes it.",
  "format": 1,
  "packages": {
    "gen/a": {
      "spec": "../a.json",
      "sources": {
        "../a.json": "ab",
        "../waiters-2.json": "cd"
      },
      "model": "ef",
      "approvals": [
        {
          "rule": "uri-changed",
          "place": "Get<Run>",
          "reason": "no & yes",
          "expires": "2026-12-31"
        }
      ],
      "files": {
        "client.go": "01",
        "types/types.go": "02"
      },
      "snapshot": "AQID"
    },
    "gen/b": {
      "spec": "b.yaml",
      "sources": {
        "b.yaml": "12"
      },
      "model": "34",
      "lean": true,
      "presign": [
        "GetRun"
      ],
      "module": "example.com/b",
      "files": {},
      "snapshot": ""
    }
  },
  "runtime": {
    "folder": "gen/internal",
    "files": {
      "rest/rest.go": "03"
    }
  },
  "models": {
    "lambda/service/2015-03-31/lambda-2015-03-31.json": "04"
  }
}
`

func TestRoundTrip(t *testing.T) {
	data, err := example().Encode()
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(exampleText, string(data)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	got, err := Decode(Name, data)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(example(), got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if !Ours(data) || !Ours(nil) || Ours([]byte("{}")) {
		t.Error("a lock is not known, or something else is taken for one")
	}
}

// conflicted is a lock as a merge leaves it: each side has added a package.
var conflicted = strings.Replace(exampleText, `    "gen/b": {
      "spec": "b.yaml",
`, `<<<<<<< HEAD
    "gen/b": {
      "spec": "b.yaml",
||||||| base
    "gen/z": {
      "spec": "z.yaml",
=======
    "gen/c": {
      "spec": "c.yaml",
>>>>>>> branch
`, 1)

var damaged = []struct{ name, data, want string }{
	{"nothing", "", "lathe.lock:1:1: the lock is damaged: "},
	{"a merge conflict", conflicted, "lathe.lock:26:1: the mark of a merge conflict\n\thint: gen generate writes it again"},
	{"cut short", exampleText[:200], "lathe.lock:8:7: the lock is damaged: the document ends in the middle of an object that begins in line 7"},
	{
		"a key twice", strings.Replace(exampleText, `"gen/b"`, `"gen/a"`, 1),
		"lathe.lock:26:5: the lock is damaged: ",
	},
	{
		"a newer format", strings.Replace(exampleText, `"format": 1`, `"format": 2`, 1),
		"lathe.lock:3:13: the lock has format 2, this program reads format 1 (at #/format)\n\thint: use the newer Lathe, or remove the file",
	},
	{
		"everything at once", `{"lathe": 1, "format": 1, "colour": "red", "packages": {"a": {"spec": [], "snapshot": "?"}, "b": 3}}`,
		strings.Join([]string{
			"lathe.lock:1:11: the lock is damaged: want a string, got a number (at #/lathe)",
			`lathe.lock:1:27: the lock is damaged: unknown key "colour" (at #/colour)`,
			`lathe.lock:1:62: the lock is damaged: key "sources" is missing (at #/packages/a)`,
			`lathe.lock:1:62: the lock is damaged: key "model" is missing (at #/packages/a)`,
			`lathe.lock:1:62: the lock is damaged: key "files" is missing (at #/packages/a)`,
			"lathe.lock:1:71: the lock is damaged: want a string, got an array (at #/packages/a/spec)",
			"lathe.lock:1:87: the lock is damaged: illegal base64 data at input byte 0 (at #/packages/a/snapshot)",
			"lathe.lock:1:98: the lock is damaged: want an object, got a number (at #/packages/b)",
			"",
		}, "\n\thint: gen generate writes it again\n"),
	},
	{
		"a number for a hash", `{"lathe": "", "format": 1, "packages": {}, "runtime": {"folder": "x", "files": {"a": 1}}}`,
		"lathe.lock:1:86: the lock is damaged: want a string, got a number (at #/runtime/files/a)",
	},
}

func TestDecodeDamaged(t *testing.T) {
	for _, tt := range damaged {
		t.Run(tt.name, func(t *testing.T) {
			file, err := Decode(Name, []byte(tt.data))
			if err == nil || file != nil {
				t.Fatalf("got %v, %v", file, err)
			}
			if text := err.Error() + "\n"; !strings.HasPrefix(text, tt.want) {
				t.Errorf("got  %s\nwant %s", text, tt.want)
			}
			if got := errors.Is(err, ErrNewer); got != (tt.name == "a newer format") {
				t.Errorf("errors.Is(err, ErrNewer) is %v", got)
			}
			if _, ok := errors.AsType[spec.Problems](err); !ok {
				t.Errorf("got %T, want spec.Problems", err)
			}
		})
	}
}

// A merge conflict keeps what both sides knew.
func TestSides(t *testing.T) {
	var outs []string
	for _, file := range Sides(Name, []byte(conflicted)) {
		for out := range file.Packages {
			if out != "gen/a" {
				outs = append(outs, out)
			}
		}
	}
	if diff := cmp.Diff([]string{"gen/b", "gen/c"}, outs); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got := Sides(Name, []byte("{")); len(got) != 0 {
		t.Errorf("got %v from a damaged lock", got)
	}
}

func FuzzDecode(f *testing.F) {
	for _, tt := range damaged {
		f.Add([]byte(tt.data))
	}
	f.Add([]byte(exampleText))
	f.Fuzz(func(t *testing.T, data []byte) {
		Sides(Name, data)
		file, err := Decode(Name, data)
		if err != nil {
			problems, ok := errors.AsType[spec.Problems](err)
			if !ok || len(problems) == 0 || problems[0].Pos.Line < 1 || problems[0].Hint == "" {
				t.Errorf("got %T %v, want problems with places and hints", err, err)
			}
			return
		}
		text, err := file.Encode()
		if err != nil {
			t.Fatal(err)
		}
		again, err := Decode(Name, text)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(file, again); diff != "" {
			t.Errorf("it changes on its way:\n%s", diff)
		}
	})
}

func TestSettle(t *testing.T) {
	state := func(doc string, line int, source string) Package {
		api := &spec.API{Name: "X", Documentation: doc, Pos: spec.Pos{Line: line}}
		data, err := snapshot.Encode(api, nil)
		if err != nil {
			t.Fatal(err)
		}
		model, err := snapshot.Hash(api)
		if err != nil {
			t.Fatal(err)
		}
		return Package{Spec: "x.yaml", Model: model, Snapshot: data, Sources: map[string]string{"x.yaml": source}}
	}
	old := state("text", 1, "1")
	broken := old
	broken.Snapshot = []byte{1, 2}
	for _, tt := range []struct {
		name     string
		now, old Package
		keeps    bool
	}{
		{"nothing has changed", state("text", 1, "1"), old, true},
		{"something else in the spec has changed", state("text", 7, "2"), old, true},
		{"the model has changed", state("word", 1, "2"), old, false},
		{"the old snapshot is broken", state("text", 7, "2"), broken, false},
		{"there was no package", state("text", 1, "2"), Package{}, false},
	} {
		got, want := tt.now, tt.now
		if tt.keeps {
			want = tt.old
		}
		got.Settle(tt.old)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}

func TestClaims(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "sub", Name)
	put := func(data string) {
		if err := os.MkdirAll(filepath.Dir(name), 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if Claims(name, filepath.Join(dir, "sub/gen/a")) {
		t.Error("a lock that is not there claims a folder")
	}
	put(exampleText)
	for folder, want := range map[string]bool{"sub/gen/a": true, "sub/gen/internal": true, "gen/a": false, "sub/gen": false} {
		if got := Claims(name, filepath.Join(dir, folder)); got != want {
			t.Errorf("%s: got %v, want %v", folder, got, want)
		}
	}
	put(conflicted)
	if !Claims(name, filepath.Join(dir, "elsewhere")) {
		t.Error("a lock that can't be read may claim any folder")
	}
	if Claims(filepath.Join(dir, "sub", "go.mod"), filepath.Join(dir, "sub/gen/a")) {
		t.Error("a file that is no lock claims a folder")
	}
}

func TestPaths(t *testing.T) {
	for _, tt := range [][3]string{{"a/b", "a/b/c.yaml", "c.yaml"}, {"a/b", "a/c.yaml", "../c.yaml"}, {".", "x", "x"}} {
		if got := Join(tt[0], tt[2]); got != filepath.FromSlash(tt[1]) {
			t.Errorf("Join(%q, %q) = %q, want %q", tt[0], tt[2], got, tt[1])
		}
	}
	for config, want := range map[string]string{"lathe.yaml": "lathe.lock", "x/other.yml": "x/other.lock", "plain": "plain.lock"} {
		if got := Beside(config); got != want {
			t.Errorf("Beside(%q) = %q, want %q", config, got, want)
		}
	}
}
