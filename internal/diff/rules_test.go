package diff_test

import (
	"bytes"
	"regexp"
	"strings"
	"testing"

	"example.com/lathe/internal/diff"
)

// TestRules sees that ids are unique and of one form, and that every rule is
// documented and says its sentence.
func TestRules(t *testing.T) {
	id := regexp.MustCompile(`^[a-z]+(-[a-z]+)*$`)
	ids, titles := map[string]bool{}, map[string]bool{}
	for _, r := range diff.Rules() {
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
		if err := r.Explain(&out); err != nil || !strings.HasPrefix(out.String(), r.ID+": ") {
			t.Errorf("%s is not explained: %v\n%s", r.ID, err, out.String())
		}
	}
}

func TestExplain(t *testing.T) {
	rule, _, ok := diff.FindRule("enum-value-removed")
	if !ok {
		t.Fatal("no such rule")
	}
	var out bytes.Buffer
	if err := rule.Explain(&out); err != nil {
		t.Fatal(err)
	}
	const want = `enum-value-removed: An enum lost a value

  wire       breaking in inputs, none in outputs and errors
  Go         breaking
  behaviour  none

Services refuse it when old clients send it, and never send it themselves. Code
that names the constant does not compile.

What to do: Remove the value from callers before the client is made anew.
Example: REQUESTED disappears from DataSourceRunStatus
`
	if got := out.String(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if _, near, ok := diff.FindRule("enum-value-remove"); ok || near != "enum-value-removed" {
		t.Errorf("near is %q, %v", near, ok)
	}
}
