package diff

import (
	"strings"
	"testing"
)

func TestPatternRule(t *testing.T) {
	for _, c := range []struct{ before, after, want string }{
		{"", "[a-z]*", "pattern-tightened"},
		{"[a-z]*", "", "pattern-loosened"},
		{"", ".*", "pattern-changed"}, // it may forbid line breaks, or nothing
		{".*", "", "pattern-changed"},
		{"[a-z]{1,36}", "[a-z]{1,20}", "pattern-tightened"},
		{"[a-z]{1,36}", "[a-z]{2,36}", "pattern-tightened"},
		{"[a-z]{1,36}", "[a-z]+", "pattern-loosened"},
		{"[a-z]{1,36}", "[a-z]{1,}", "pattern-loosened"},
		{"[a-z]{1,36}", "[a-y]{1,40}", "pattern-changed"},
		{"dzd[-_][a-zA-Z0-9_-]{1,36}", "dzd-[a-z0-9]{1,36}", "pattern-tightened"},
		{"(a|b)c", "(a|b|d)c", "pattern-loosened"},
		{"foo|bar", "foo", "pattern-tightened"},
		{"abc", "a.c", "pattern-loosened"},
		{"a\nc", "a.c", "pattern-changed"},
		{"x", ".*x.*", "pattern-loosened"},
		{"[a-z]{3}", "[a-z][a-z0-9]{0,5}", "pattern-changed"}, // true, but not by structure
		{"[a-z][a-z0-9]{0,5}", "[a-z0-9]{1,6}", "pattern-loosened"},
		{"[a-z][a-z0-9]{0,6}", "[a-z0-9]{1,6}", "pattern-changed"},
		{"a*", "a+", "pattern-tightened"},
		{"a?", "a", "pattern-tightened"},
		{"(?i)a", "a", "pattern-changed"},
		{"(?<=x)a", "a", "pattern-changed"},
		{"[", "a", "pattern-changed"},
		{strings.Repeat("a", maxPattern+1), "a", "pattern-changed"},
		{strings.Repeat("(a|b)*", 300) + "c", strings.Repeat("(b|a|c)*", 300) + "d", "pattern-changed"},
	} {
		if got := patternRule(c.before, c.after); got != c.want {
			t.Errorf("from %.40q to %.40q: %s, want %s", c.before, c.after, got, c.want)
		}
	}
}

func TestCompareLimit(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int
	}{
		{"1", "2", 1},
		{"2", "10", 1},
		{"-1", "-2", -1},
		{"1.5", "1.25", -1},
		{"7", "7", 0},
		{"1e999999999", "1", -1},
		{"9007199254740993", "9007199254740992", -1}, // one float, two limits
		{"", "", 0},
	} {
		if got := compareLimit(c.a, c.b); got != c.want {
			t.Errorf("from %s to %s: %d, want %d", c.a, c.b, got, c.want)
		}
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
		before, after := brief(c.before, c.after)
		if before != c.wantBefore || after != c.wantAfter {
			t.Errorf("%.30q and %.30q give %q and %q", c.before, c.after, before, after)
		}
	}
}
