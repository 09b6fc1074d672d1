package try

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
)

const page = "Do this:\n\n```console\n$ mkdir a && cd a\n$ cat \\\n  b.txt\none\ntwo\n```\n\nand `b.txt`:\n\n```text\none\ntwo\n```\n\n" +
	"```go\nnothing\n```\n\nThen `b.txt`:\n\n```diff\n one\n-two\n+three\n```\n"

func TestParse(t *testing.T) {
	got, err := Parse([]byte(page))
	want := []Step{
		{Line: 4, Command: "mkdir a && cd a"},
		{Line: 5, Command: "cat \\\n  b.txt", Want: "one\ntwo\n"},
		{Line: 14, File: "b.txt", Text: "one\ntwo\n"},
		{Line: 25, File: "b.txt", Text: " one\n-two\n+three\n", IsPatch: true},
	}
	if diff := cmp.Diff(want, got, cmpopts.IgnoreUnexported(Step{})); diff != "" || err != nil {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
	if _, err := Parse([]byte("```console\nls\n```\n")); err == nil {
		t.Error("a session that begins with no command is no problem")
	}
}

func TestMatches(t *testing.T) {
	for _, tt := range []struct {
		want, got string
		ok        bool
	}{
		{"", "", true},
		{"a\n", "a\n", true},
		{"a\n", "b\n", false},
		{"", "a\n", false},
		{"a\n", "a\nb\n", false},
		{"in … ms\n", "in 12 ms\n", true},
		{"in … ms\n", "in 12\nms\n", false},
		{"(…)\n", "(a.b)\n", true},
		{"a\n…\nd\n", "a\nb\nc\nd\n", true},
		{"a\n…\nd\n", "a\nd\n", true},
		{"a\n…\nd\n", "a\nb\n", false},
		{"…\n", "a\nexit status 1\n", false},
	} {
		if got := Matches(tt.want, tt.got); got != tt.ok {
			t.Errorf("%q, %q: got %v", tt.want, tt.got, got)
		}
	}
}

func TestPatch(t *testing.T) {
	got, err := Patch("a\nb\n\nc\nd\n", " a\n-b\n+B\n@@\n\n-c\n")
	if err != nil || got != "a\nB\n\nd\n" {
		t.Errorf("got %q, %v", got, err)
	}
	for name, diff := range map[string]string{"not there": "-x\n+y\n", "not once": "-a\n+b\n"} {
		if _, err := Patch("a\nc\na\n", diff); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

// What a page says is done; what does not hold is found, and written as it is.
func TestRun(t *testing.T) {
	for name, tt := range map[string]struct {
		page string
		// wrong is in the one problem; empty where there is none.
		wrong, now string
	}{
		"holds":   {"```console\n$ mkdir a && cd a\n$ pwd\n~/a\n```\n\n`b.txt`:\n\n```text\nx\n```\n\n```console\n$ cat b.txt\nx\n```\n", "", ""},
		"output":  {"```console\n$ echo a\nb\n$ echo c\nc\n```\n", "prints\na\n", "```console\n$ echo a\na\n$ echo c\nc\n```\n"},
		"fails":   {"```console\n$ exit 3\n$ echo never\n```\n", "exit status 3", "```console\n$ exit 3\nexit status 3\n$ echo never\n```\n"},
		"fails 2": {"```console\n$ exit 3\nexit status 2\n```\n", "exit status 3", "```console\n$ exit 3\nexit status 3\n```\n"},
		"works":   {"```console\n$ true\nexit status 1\n```\n", "instead of\nexit status 1", "```console\n$ true\n```\n"},
		"outside": {"`../b.txt`:\n\n```text\nx\n```\n", "outside", ""},
		"patch":   {"`b.txt`:\n\n```text\nx\n```\n\n`b.txt`:\n\n```diff\n-y\n```\n", "does not fit", ""},
		"modules": {"```console\n$ echo 'go: downloading x' && echo y\ny\n```\n", "", ""},
		"clean":   {"```console\n$ test -z \"$AWS_PROFILE$GOFLAGS_X\" && ls\n```\n", "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Setenv("AWS_PROFILE", "mine")
			w := &World{home: filepath.Join(t.TempDir(), "home")}
			w.env = append(environment(), "HOME="+w.home)
			if err := os.Mkdir(w.home, 0o700); err != nil {
				t.Fatal(err)
			}
			resolved, err := filepath.EvalSymlinks(w.home)
			if err != nil {
				t.Fatal(err)
			}
			w.home = resolved
			now, wrong := w.Run("page.md", []byte(tt.page))
			if tt.now == "" {
				tt.now = tt.page
			}
			if diff := cmp.Diff(tt.now, string(now)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			switch {
			case tt.wrong == "" && len(wrong) == 0:
			case len(wrong) != 1 || tt.wrong == "" || !strings.Contains(wrong[0].Error(), tt.wrong):
				t.Errorf("got %v, want %q", wrong, tt.wrong)
			}
		})
	}
}

func TestReplaceSection(t *testing.T) {
	got, err := ReplaceSection("a\n<!-- x -->\nold\n<!-- /x -->\nb\n", "x", "new\n")
	if err != nil || got != "a\n<!-- x -->\n\nnew\n\n<!-- /x -->\nb\n" {
		t.Errorf("got %q, %v", got, err)
	}
	if _, err := ReplaceSection("a\n", "x", ""); err == nil {
		t.Error("no error")
	}
}

// Documents name only files, targets of make and pages that are there.
func TestReferences(t *testing.T) {
	makefile, err := os.ReadFile("../../Makefile")
	if err != nil {
		t.Fatal(err)
	}
	names, err := filepath.Glob("../../*.md")
	if err != nil {
		t.Fatal(err)
	}
	more, err := filepath.Glob("../../docs/*.md")
	if err != nil || len(more) < 10 {
		t.Fatal(more, err)
	}
	for _, name := range append(names, more...) {
		source, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, target := range regexp.MustCompile("(?:^|`|\n)make ([a-z-]+)").FindAllSubmatch(source, -1) {
			if !regexp.MustCompile(`(?m)^` + string(target[1]) + `:`).Match(makefile) {
				t.Errorf("%s: there is no make %s", name, target[1])
			}
		}
		for _, link := range links(source) {
			file, _, _ := strings.Cut(link, "#")
			if file == "" || strings.Contains(link, "://") || strings.HasPrefix(link, "mailto:") {
				continue
			}
			if _, err := os.Stat(filepath.Join(filepath.Dir(name), filepath.FromSlash(file))); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
}

// links are where the links of a page lead.
func links(source []byte) []string {
	var all []string
	doc := goldmark.DefaultParser().Parse(text.NewReader(source))
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if link, ok := n.(*ast.Link); ok && entering {
			all = append(all, string(link.Destination))
		}
		return ast.WalkContinue, nil
	})
	return all
}
