//go:build adopt

package main

import (
	"encoding/json"
	"flag"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"example.com/lathe/internal/adopt/journal"
)

// Adopted, and adopted again when the program has changed, to the byte of what there was.
func TestAdoptAgain(t *testing.T) {
	w := newAdoptWorld(t)
	before := w.tree(t)

	dry := w.adopt(t, "--models", "../models", "--dry-run")
	if !strings.Contains(dry.stdout, "notes    1 of 4") || !strings.Contains(dry.stdout, "main.go:") || !strings.HasSuffix(dry.stdout, "nothing was changed\n") {
		t.Errorf("dry run: %s", dry.stdout)
	}
	if name := same(before, w.tree(t)); name != "" {
		t.Fatalf("the dry run has changed %s", name)
	}

	first := w.adopt(t, "--models", "../models")
	if !strings.HasSuffix(first.stdout, " removed; the program builds with them\n") {
		t.Errorf("adopt: %s", first.stdout)
	}
	if got := w.goCommand(t, "run", "."); got != "GET/notes/n true\n" {
		t.Errorf("the program printed %s", got)
	}
	w.goCommand(t, "mod", "tidy", "-diff")
	if got := w.goCommand(t, "list", "-f", "{{.Dir}}", notesPath); !strings.HasSuffix(strings.TrimSpace(got), filepath.FromSlash("program/third_party/aws/notes")) {
		t.Errorf("the official package is %s", got)
	}
	if got := read(t, w.dir, "third_party/aws/models/notes.json"); strings.Contains(got, "TooManyNotes") {
		t.Error("the copy of the model was not trimmed")
	}
	if got := w.gen(t, "check"); got.exit != 0 || strings.Contains(got.stdout, "no longer") {
		t.Errorf("check: %+v", got)
	}
	adopted := w.tree(t)
	if got := w.adopt(t); !strings.HasSuffix(got.stdout, "everything is up to date\n") {
		t.Errorf("again: %s", got.stdout)
	}
	if name := same(adopted, w.tree(t)); name != "" {
		t.Errorf("the second run has changed %s", name)
	}
	const budget = "budget: {lines: 100000} # ours\n"
	edit(t, w.dir, "lathe.yaml", "runtime:", budget+"runtime:")

	edit(t, w.dir, "main.go", "\tread(client)\n", "\tread(client)\n\tclient.DeleteNote(context.Background(), &notes.DeleteNoteInput{Id: aws.String(\"n\")})\n")
	got := w.gen(t, "check")
	if got.exit != 2 || !strings.Contains(got.stdout, "notes.(*Client).DeleteNote is named here, and not generated (fix: gen adopt)") {
		t.Errorf("check of what is not generated: exit code %d\n%s%s", got.exit, got.stdout, got.stderr)
	}
	w.adopt(t)
	if got := read(t, w.dir, "lathe.yaml"); !strings.Contains(got, "- DeleteNote\n      - GetNote\n") || !strings.Contains(got, budget) {
		t.Errorf("lathe.yaml is\n%s", got)
	}
	w.goCommand(t, "vet", "./...")

	put(t, w.dir, "main.go", notesProgram)
	edit(t, w.dir, "lathe.yaml", budget, "")
	if got := w.gen(t, "check"); got.exit != 0 || !strings.Contains(got.stdout, "notes.DeleteNote is no longer called; gen adopt takes it out\n") {
		t.Errorf("check of what is no longer called: %+v", got)
	}
	w.adopt(t)
	if name := same(adopted, w.tree(t)); name != "" {
		t.Errorf("after the operation was taken out %s differs", name)
	}

	if err := os.RemoveAll(filepath.Join(w.dir, "third_party")); err != nil {
		t.Fatal(err)
	}
	w.adopt(t)
	if name := same(adopted, w.tree(t)); name != "" {
		t.Errorf("after the clients were lost %s differs", name)
	}

	undone := w.adopt(t, "--undo")
	if name := same(before, w.tree(t)); name != "" {
		t.Errorf("after %s%s differs", undone.stdout, name)
	}
	if got := w.gen(t, "adopt", "--undo"); got.exit != 1 || !strings.Contains(got.stderr, "nothing was adopted in .") {
		t.Errorf("a second undo: %+v", got)
	}
}

// go.mod may change between adoption and undo: what was added stays.
func TestUndoAfterEdit(t *testing.T) {
	w := newAdoptWorld(t)
	before := w.tree(t)
	mod := read(t, w.dir, "go.mod")
	w.adopt(t, "--models", "../models")
	edit(t, w.dir, "go.mod", "go 1.23\n", "go 1.23\n\nretract v0.1.0\n")
	w.adopt(t)
	w.adopt(t, "--undo")
	got := read(t, w.dir, "go.mod")
	if strings.Contains(got, "third_party") || !strings.Contains(got, "retract v0.1.0") {
		t.Errorf("go.mod is\n%s", got)
	}
	put(t, w.dir, "go.mod", mod)
	w.goCommand(t, "vet", "./...")
	after := w.tree(t)
	for name := range before {
		if _, ok := after[name]; !ok {
			t.Errorf("%s is gone", name)
		}
	}
	if len(after) != len(before) {
		t.Errorf("there are %d files and folders, and were %d", len(after), len(before))
	}
}

// What can't be adopted is refused, or stays official, with the reason; nothing changes.
func TestAdoptRefuses(t *testing.T) {
	w := newAdoptWorld(t)
	git := func(args ...string) {
		t.Helper()
		cmd := exec.Command("git", append([]string{"-C", w.models, "-c", "user.name=n", "-c", "user.email=e"}, args...)...)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("git %v: %v\n%s", args, err, out)
		}
	}
	mod := read(t, w.dir, "go.mod")
	model := read(t, w.models, notesModel)
	program := read(t, w.dir, "main.go")
	for _, tt := range []struct {
		name    string
		prepare func()
		undo    func()
		exit    int
		want    string
	}{
		{
			"replaced", func() { put(t, w.dir, "go.mod", mod+"\nreplace "+notesPath+" => ../official/notes\n") }, func() { put(t, w.dir, "go.mod", mod) },
			0, "notes stays official: go.mod replaces it already, by ../official/notes",
		},
		{
			"no model", func() {
				put(t, w.models, "other-2024-01-01.json", model)
				_ = os.Remove(filepath.Join(w.models, notesModel))
			},
			func() {
				put(t, w.models, notesModel, model)
				_ = os.Remove(filepath.Join(w.models, "other-2024-01-01.json"))
			},
			0, "notes stays official: there is no model of the service in ",
		},
		{
			"another model",
			func() {
				git("init", "-q")
				git("add", "-A")
				git("commit", "-qm", "old")
				put(t, w.models, notesModel, strings.ReplaceAll(model, "NoteNotFound", "NoteIsMissing"))
				git("commit", "-qam", "new")
			},
			func() { put(t, w.models, notesModel, model); _ = os.RemoveAll(filepath.Join(w.models, ".git")) },
			0, "notes.types.NoteNotFound is not in a client of " + notesModel + "\n\thint: the model of ",
		},
		{
			"another type",
			func() {
				const note = "\"example.notes#Note\": {\n      \"type\": \"structure\",\n      \"members\": {\n        \"id\": {\"target\": \"smithy.api#"
				put(t, w.models, notesModel, strings.Replace(model, note+"String\"", note+"Integer\"", 1))
			},
			func() { put(t, w.models, notesModel, model) },
			0, "main.go:41:19: notes.GetNoteOutput.Id is *int32 in a client of " + notesModel + ", and *string in the official package",
		},
		{
			"something else does not build", func() { put(t, w.dir, "main.go", program+"\nvar x int = \"\"\n") }, func() { put(t, w.dir, "main.go", program) },
			1, "the program does not build with the clients; nothing was changed: go build",
		},
	} {
		tt.prepare()
		before := w.tree(t)
		got := w.gen(t, "adopt", "--models", "../models")
		if got.exit != tt.exit || !strings.Contains(got.stdout+got.stderr, tt.want) {
			t.Errorf("%s: exit code %d, want %s in\n%s%s", tt.name, got.exit, tt.want, got.stdout, got.stderr)
		}
		if name := same(before, w.tree(t)); name != "" {
			t.Errorf("%s: %s was changed", tt.name, name)
		}
		tt.undo()
	}
}

// A run that was killed in the middle is named by gen check, and taken back by the next.
func TestAdoptAfterKill(t *testing.T) {
	w := newAdoptWorld(t)
	before := w.tree(t)
	w.adopt(t, "--models", "../models")
	adopted := w.tree(t)
	var state map[string]any
	if err := json.Unmarshal([]byte(read(t, w.dir, journal.Name)), &state); err != nil {
		t.Fatal(err)
	}
	state["pending"] = map[string]any{"main.go": map[string]any{"data": []byte(notesProgram), "mode": 0o644}, "lathe.yaml": map[string]any{"data": []byte(read(t, w.dir, "lathe.yaml")), "mode": 0o644}}
	data, err := json.Marshal(state)
	if err != nil {
		t.Fatal(err)
	}
	put(t, w.dir, journal.Name, string(data), "main.go", "package main // half", "lathe.yaml", "packages: [")
	if got := w.gen(t, "check"); got.exit != 2 || !strings.Contains(got.stdout, "half done  lathe.adopt: a run of gen adopt was interrupted (fix: gen adopt)") {
		t.Errorf("check: %+v", got)
	}
	w.adopt(t)
	if name := same(adopted, w.tree(t)); name != "" {
		t.Errorf("%s differs", name)
	}
	w.adopt(t, "--undo")
	if name := same(before, w.tree(t)); name != "" {
		t.Errorf("%s differs after the undo", name)
	}
}

// Newer models come with the text of a pull request.
func TestModelsUpdate(t *testing.T) {
	w := newAdoptWorld(t)
	w.adopt(t, "--models", "../models")
	if got := w.gen(t, "models", "update"); got.exit != 0 || got.stdout != "nothing that you use has changed\n" {
		t.Errorf("the same models: %+v", got)
	}
	edit(t, w.models, notesModel, `"example.notes#TooManyNotes": {
      "type": "structure", "members": {`, `"example.notes#TooManyNotes": {
      "type": "structure", "members": {"limit": {"target": "smithy.api#Integer"}, `)
	if got := w.gen(t, "models", "update"); got.exit != 0 || got.stdout != "nothing that you use has changed\n" {
		t.Errorf("a change elsewhere: %+v", got)
	}
	edit(t, w.models, notesModel, `"example.notes#Note": {
      "type": "structure",
      "members": {
        "id": {"target": "smithy.api#String"},
        "text": {"target": "smithy.api#String"},`, `"example.notes#Note": {
      "type": "structure",
      "members": {
        "id": {"target": "smithy.api#String"},`)
	if got := w.gen(t, "models", "update"); got.exit != 0 || got.stdout != "nothing that you use has changed\n\nWhat the program does not use has changed, too: notes (1 change).\n" {
		t.Errorf("a member that the program does not name: %+v", got)
	}
	edit(t, w.models, notesModel, `"BLUE": {`, `"GREEN": {"target": "smithy.api#Unit", "traits": {"smithy.api#enumValue": "green"}},
        "BLUE": {`)
	got := w.gen(t, "models", "update")
	if got.exit != 0 || got.stdout != "# Newer models of notes\n\n## notes\n\n### New\n\n- GREEN of Colour is a new value: green (used at main.go:41:27)\n" {
		t.Errorf("a new value: %+v", got)
	}
	if got := read(t, w.dir, "third_party/aws/notes/types/enums.go"); !strings.Contains(got, "ColourGreen") {
		t.Error("the client has not got the new value")
	}
	if got := w.gen(t, "check"); got.exit != 0 {
		t.Errorf("check: %+v", got)
	}
	got = w.gen(t, "models", "get", "notes@2024-01-01", "-o", "spec")
	if got.exit != 0 || got.stdout != "spec/"+notesModel+"\n" || read(t, w.dir, "spec/"+notesModel) != read(t, w.models, notesModel) {
		t.Errorf("get: %+v", got)
	}
}

// Two runs at once end as one would; the slower one finds its work done, or says so.
func TestAdoptTwice(t *testing.T) {
	w := newAdoptWorld(t)
	w.adopt(t, "--models", "../models")
	want := w.tree(t)
	w.adopt(t, "--undo")
	results := make(chan outcome, 2)
	for range 2 {
		go func() { results <- w.gen(t, "adopt", "--models", "../models") }()
	}
	var exits []int
	for range 2 {
		got := <-results
		if exits = append(exits, got.exit); got.exit != 0 && !strings.Contains(got.stderr, journal.ErrMoved.Error()) {
			t.Errorf("got %+v", got)
		}
	}
	if !slices.Contains(exits, 0) {
		t.Error("neither has succeeded")
	}
	if name := same(want, w.tree(t)); name != "" {
		t.Errorf("%s differs", name)
	}
}

// A workspace of several modules is refused, one of this module alone is not.
func TestAdoptInWorkspace(t *testing.T) {
	w := newAdoptWorld(t)
	put(t, w.dir, "go.work", "go 1.26\n\nuse (\n\t.\n\t./other\n)\n", "other/go.mod", "module example.com/other\n\ngo 1.26\n")
	w.env = append(w.env, "GOWORK="+filepath.Join(w.dir, "go.work"))
	if got := w.gen(t, "adopt", "--models", "../models", "--dry-run"); got.exit != 1 || !strings.Contains(got.stderr, "go.work: the workspace has other modules: ./other\n\thint: ") {
		t.Errorf("two modules: %+v", got)
	}
	put(t, w.dir, "go.work", "go 1.26\n\nuse .\n")
	w.adopt(t, "--models", "../models")
	w.goCommand(t, "vet", ".")
	w.adopt(t)
}

// A module that has its dependencies in a folder vendor is adopted all the same, with a warning
// that the folder is behind.
func TestAdoptVendored(t *testing.T) {
	w := newAdoptWorld(t)
	w.goCommand(t, "mod", "vendor")
	before := w.tree(t)
	const behind = "warning: vendor: the folder has the dependencies as they were before\n\thint: run \"go mod vendor\" next\n"
	if got := w.adopt(t, "--models", "../models", "--test"); !strings.Contains(got.stdout, behind) {
		t.Errorf("adopt: %s", got.stdout)
	}
	w.goCommand(t, "mod", "vendor")
	if got := w.goCommand(t, "run", "."); got != "GET/notes/n true\n" {
		t.Errorf("the program printed %s", got)
	}
	if got := w.gen(t, "check"); got.exit != 0 {
		t.Errorf("check: %+v", got)
	}
	if got := w.adopt(t); !strings.HasSuffix(got.stdout, "everything is up to date\n") ||
		strings.Contains(got.stdout, "vendor") {
		t.Errorf("again: %+v", got)
	}
	edit(t, w.dir, "main.go", "\tread(client)\n", "\tread(client)\n\tclient.DeleteNote(context.Background(), &notes.DeleteNoteInput{Id: aws.String(\"n\")})\n")
	if got := w.gen(t, "check"); got.exit != 2 || !strings.Contains(got.stdout, "notes.(*Client).DeleteNote is named here, and not generated (fix: gen adopt)") {
		t.Errorf("check of what is not generated: %+v", got)
	}
	if got := w.adopt(t); !strings.Contains(got.stdout, behind) {
		t.Errorf("one more operation: %s", got.stdout)
	}
	put(t, w.dir, "main.go", notesProgram)
	if got := w.adopt(t, "--undo"); !strings.HasSuffix(got.stdout, behind) {
		t.Errorf("undo: %s", got.stdout)
	}
	w.goCommand(t, "mod", "vendor")
	if name := same(before, w.tree(t)); name != "" {
		t.Errorf("after the undo %s differs", name)
	}
}

// What go vet says of a program as it is does not matter.
func TestAdoptWhatVetRefuses(t *testing.T) {
	w := newAdoptWorld(t)
	put(t, w.dir, "odd/odd.go", "package odd\n\nimport \"fmt\"\n\n// Odd is odd.\nfunc Odd() { fmt.Printf(\"%d\", \"x\") }\n")
	if got := w.adopt(t, "--models", "../models"); !strings.Contains(got.stderr, "go vet finds what it found before\n") {
		t.Errorf("got %+v", got)
	}
}

// A test that needs what is still to be generated stops nobody whose program builds.
func TestAdoptWithoutMocks(t *testing.T) {
	w := newAdoptWorld(t)
	put(t, w.dir, "odd/odd.go", "package odd\n", "odd/odd_test.go", "package odd\n\nimport _ \"example.com/program/mocks\"\n")
	const warning = "warning: odd/odd_test.go:3:8: tests need what can't be loaded, and is not looked at: no required module provides package example.com/program/mocks\n"
	if got := w.adopt(t, "--models", "../models"); !strings.Contains(got.stdout, warning) {
		t.Errorf("got %+v", got)
	}
	w.goCommand(t, "build", "./...")
}

// Models may be below a URL: they are fetched once, and must stay what lathe.lock has the
// hashes of.
func TestAdoptFromURL(t *testing.T) {
	w := newAdoptWorld(t)
	model := read(t, w.models, notesModel)
	var asked atomic.Int64
	server := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		if r.URL.Path != "/models/notes/service/2024-01-01/"+notesModel {
			http.NotFound(rw, r)
			return
		}
		_, _ = io.WriteString(rw, model)
	}))
	defer server.Close()
	w.env = append(w.env, "XDG_CACHE_HOME="+filepath.Join(w.models, "cache"))
	w.adopt(t, "--models", server.URL)
	w.adopt(t)
	if n := asked.Load(); n != 1 {
		t.Errorf("the server was asked %d times", n)
	}
	if got := read(t, w.dir, "lathe.yaml"); !strings.Contains(got, "models: "+server.URL+"\n") {
		t.Errorf("lathe.yaml is\n%s", got)
	}
	model = strings.Replace(model, `"BLUE": {`, `"GREEN": {"target": "smithy.api#Unit", "traits": {"smithy.api#enumValue": "green"}}, "BLUE": {`, 1)
	if err := os.RemoveAll(filepath.Join(w.models, "cache")); err != nil {
		t.Fatal(err)
	}
	if got := w.gen(t, "adopt"); got.exit != 1 || !strings.Contains(got.stderr, "the model is not the one that lathe.lock has the hash of\n\thint: gen models update") {
		t.Errorf("another model: %+v", got)
	}
	if got := w.gen(t, "models", "update"); got.exit != 0 || !strings.Contains(got.stdout, "GREEN") {
		t.Errorf("update: %+v", got)
	}
	w.adopt(t)
}

// adoptKills is how often gen adopt, and its undo, are killed.
var adoptKills = flag.Int("adopt-kills", 1, "how often gen adopt is killed, and gen adopt --undo")

// A command that is killed at any point leaves the old state or the new one, or one that
// gen check names; the next run finishes what was begun.
func TestAdoptKilled(t *testing.T) {
	w := newAdoptWorld(t)
	before := w.tree(t)
	start := time.Now()
	w.adopt(t, "--models", "../models")
	took := time.Since(start)
	after := w.tree(t)
	w.adopt(t, "--undo")
	halfDone := 0
	for i := range *adoptKills {
		for _, step := range []struct {
			args     []string
			old, now map[string]string
			within   time.Duration
		}{{[]string{"--models", "../models"}, before, after, took}, {[]string{"--undo"}, after, before, 60 * time.Millisecond}} {
			delay := time.Duration(rand.Int64N(int64(step.within)))
			w.killed(t, delay, append([]string{"adopt"}, step.args...)...)
			isOld, isNew := same(step.old, w.tree(t)) == "", same(step.now, w.tree(t)) == ""
			if !isOld && !isNew {
				halfDone++
				if got := w.gen(t, "check"); got.exit != 2 || !strings.HasPrefix(got.stdout, "half done ") {
					t.Fatalf("%d: %v, killed after %v: check: %+v", i, step.args, delay, got)
				}
			}
			if !isNew {
				w.adopt(t, step.args...)
			}
			if name := same(step.now, w.tree(t)); name != "" {
				t.Fatalf("%d: %v, killed after %v and run again: %s differs", i, step.args, delay, name)
			}
		}
	}
	t.Logf("%d of %d were half done", halfDone, 2**adoptKills)
}

// killed runs the program and kills it.
func (w *adoptWorld) killed(t *testing.T, after time.Duration, args ...string) {
	t.Helper()
	cmd := commandOf(withReal, w.dir, args...)
	cmd.Env = append(cmd.Env, w.env...)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	timer := time.AfterFunc(after, func() { _ = cmd.Process.Kill() })
	defer timer.Stop()
	_ = cmd.Wait() // killed, or done
}

// What was said to a run holds for the next ones, and for gen check.
func TestAdoptKeeps(t *testing.T) {
	w := newAdoptWorld(t)
	put(t, w.dir, "cmd/tool/main.go", notesProgram)
	cmd := commandOf(withReal, filepath.Join(w.dir, "cmd"), "adopt", "--models", "../../models", "--keep", "notes.PutNote", "./...")
	cmd.Env = append(cmd.Env, w.env...)
	if got := runProgram(t, cmd); got.exit != 0 {
		t.Fatal(got.stderr)
	}
	const kept = "adopt:\n  packages:\n    - ./cmd/...\n  keep:\n    - notes.PutNote\n"
	if got := read(t, w.dir, "lathe.yaml"); !strings.Contains(got, "- GetNote\n      - PutNote\n") || !strings.HasSuffix(got, kept) {
		t.Errorf("lathe.yaml is\n%s", got)
	}
	if got := w.adopt(t); !strings.HasSuffix(got.stdout, "everything is up to date\n") {
		t.Errorf("again: %s", got.stdout)
	}
	if got := w.gen(t, "check"); got.exit != 0 || strings.Contains(got.stdout, "no longer") {
		t.Errorf("check: %+v", got)
	}
	edit(t, w.dir, "lathe.yaml", "  keep:\n    - notes.PutNote\n", "")
	if got := w.gen(t, "check"); got.exit != 0 || !strings.Contains(got.stdout, "notes.PutNote is no longer called") {
		t.Errorf("check without it: %+v", got)
	}
}

// A program that calls nothing, and names what every client has, gets a client of the smallest
// operation.
func TestAdoptWhatIsNamed(t *testing.T) {
	w := newAdoptWorld(t)
	put(t, w.dir, "main.go", "package main\n\nimport \""+notesPath+"\"\n\nvar limits = map[string]int{notes.ServiceID: 5}\n\nfunc main() { println(len(limits)) }\n")
	got := w.adopt(t, "--models", "../models")
	if !strings.Contains(got.stdout, "notes    1 of 4") || !strings.Contains(got.stdout, "DeleteNote  for what is named\n") {
		t.Errorf("adopt: %s", got.stdout)
	}
	if got := w.gen(t, "check"); got.exit != 0 || strings.Contains(got.stdout, "no longer") {
		t.Errorf("check: %+v", got)
	}
	if got := w.adopt(t); !strings.HasSuffix(got.stdout, "everything is up to date\n") {
		t.Errorf("again: %s", got.stdout)
	}
}

// What lathe.yaml says of an operation that is no longer called goes with it.
func TestAdoptForgets(t *testing.T) {
	w := newAdoptWorld(t)
	calls := strings.Replace(notesProgram, "\tread(client)\n", "\tread(client)\n\tclient.PutNote(context.Background(), &notes.PutNoteInput{Id: aws.String(\"n\")})\n", 1)
	put(t, w.dir, "main.go", calls)
	w.adopt(t, "--models", "../models")
	const ours = "    defaults:\n      PutNote.input.text: new\n      Note.text: none\n"
	edit(t, w.dir, "lathe.yaml", "      - PutNote\n", "      - PutNote\n"+ours)
	w.adopt(t)
	edit(t, w.dir, "lathe.yaml", "PutNote.input.text: new", "PutNote.input.txt: new")
	if got := w.gen(t, "adopt"); got.exit != 1 || !strings.Contains(got.stderr, "\nlathe.yaml:10:7: PutNoteRequest has no member \"txt\"") {
		t.Errorf("a typo: %+v", got)
	}
	edit(t, w.dir, "lathe.yaml", "PutNote.input.txt: new", "PutNote.input.text: new")
	put(t, w.dir, "main.go", notesProgram)
	const gone = "lathe.yaml no longer has operations PutNote; defaults PutNote.input.text of third_party/aws/notes\n"
	if got := w.adopt(t); !strings.Contains(got.stdout, gone) {
		t.Errorf("it does not say what is gone: %+v", got)
	}
	if got, want := read(t, w.dir, "lathe.yaml"), "      - GetNote\n    defaults:\n      Note.text: none\n"; !strings.Contains(got, want) {
		t.Errorf("lathe.yaml is\n%s", got)
	}
	if got := w.gen(t, "check"); got.exit != 0 {
		t.Errorf("check: %+v", got)
	}
}
