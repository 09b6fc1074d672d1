package rules_test

import (
	"bytes"
	"regexp"
	"strings"
	"testing"

	"example.com/lathe/diff/report"
	"example.com/lathe/diff/rules"
)

// TestRules sees that ids are unique and of one form, and that every rule is
// documented and says its sentence.
func TestRules(t *testing.T) {
	id := regexp.MustCompile(`^[a-z]+(-[a-z]+)*$`)
	ids, titles := map[string]bool{}, map[string]bool{}
	for _, r := range rules.All() {
		if ids[r.ID] || titles[r.Title] || !id.MatchString(r.ID) {
			t.Errorf("%s: the id or the title %q is another rule's, or the id is not in kebab case", r.ID, r.Title)
		}
		ids[r.ID], titles[r.Title] = true, true
		for what, text := range map[string]string{"why": r.Why, "what to do": r.Do} {
			if !strings.HasSuffix(text, ".") {
				t.Errorf("%s does not say %s in a sentence: %q", r.ID, what, text)
			}
		}
		if r.Title == "" || r.Example == "" || r.Sentence == "" || strings.HasSuffix(r.Sentence, ".") {
			t.Errorf("%s lacks its title, example or sentence", r.ID)
		}
		var out bytes.Buffer
		if err := report.Explain(&out, r); err != nil || !strings.HasPrefix(out.String(), r.ID+": ") {
			t.Errorf("%s is not explained: %v\n%s", r.ID, err, out.String())
		}
	}
}

func TestExplain(t *testing.T) {
	rule, _ := rules.Find("enum-value-removed")
	var out bytes.Buffer
	if err := report.Explain(&out, rule); err != nil {
		t.Fatal(err)
	}
	const want = `enum-value-removed: An enum lost a value

  wire       breaking in inputs, none in outputs and errors
  Go         breaking
  behaviour  none

Services refuse it when old clients send it, and never send it themselves. Code
that names the constant does not compile.

What to do: Remove the value from callers before the client is generated again.
Example: REQUESTED disappears from DataSourceRunStatus
`
	if got := out.String(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if rule, near := rules.Find("enum-value-remove"); rule != nil || near != "enum-value-removed" {
		t.Errorf("near is %q, %v", near, rule)
	}
}

func TestBrief(t *testing.T) {
	long := strings.Repeat("x", 200)
	for _, c := range []struct{ before, after, wantBefore, wantAfter string }{
		{"", "a", "nothing", "a"},
		{"short", "shorter", "short", "shorter"},
		{long + "1", long + "2", "…" + long[:20] + "1", "…" + long[:20] + "2"},
		{long, "y", long[:120] + "…", "y"},
	} {
		before, after := rules.Brief(c.before, c.after)
		if before != c.wantBefore || after != c.wantAfter {
			t.Errorf("%.30q and %.30q give %q and %q", c.before, c.after, before, after)
		}
	}
}
