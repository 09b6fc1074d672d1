package sets

import (
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestTexts(t *testing.T) {
	long := strings.Repeat("(a|b)*", 300)
	for _, c := range []struct {
		old, new   Texts
		kept, back Answer
	}{
		{Texts{"[a-z0-9]{4,7}", Range{}}, Texts{"", Range{"1", "64"}}, Yes, No},
		{Texts{"[a-z]*", Range{"1", ""}}, Texts{"[a-z]+", Range{"1", ""}}, Yes, Yes},
		{Texts{"[a-z]*", Range{}}, Texts{"[a-z]+", Range{}}, No, Yes},
		{Texts{"[a-z]{1,5}", Range{}}, Texts{"[a-z]*", Range{"1", "5"}}, Yes, Yes},
		{Texts{"[a-z]{1,3000}", Range{}}, Texts{"[a-z]{1,3000}", Range{"", "5"}}, No, Yes},
		{Texts{"", Range{}}, Texts{".*", Range{}}, Unknown, Yes},
		{Texts{"", Range{}}, Texts{`[\s\S]*`, Range{}}, Yes, Yes},
		{Texts{"a|b|ab", Range{}}, Texts{"[ab]|ab", Range{}}, Yes, Yes},
		{Texts{"a|bc", Range{}}, Texts{"[abc]", Range{}}, No, No},
		{Texts{"arn:aws:.*", Range{}}, Texts{"arn:(aws|aws-cn):.*", Range{}}, Yes, No},
		{Texts{"(ab)*", Range{"", "10"}}, Texts{"(ab){0,5}", Range{}}, Yes, Yes},
		{Texts{"(ab)*", Range{}}, Texts{"(abab)*", Range{}}, No, Yes},
		{Texts{"(ab)*", Range{"", "3"}}, Texts{"(ab)?", Range{}}, Yes, Yes},
		{Texts{"a*", Range{}}, Texts{"a*", Range{"", "1000000"}}, No, Yes},
		{Texts{"(ab)*", Range{"999999", "999999"}}, Texts{"x", Range{}}, Yes, No},
		{Texts{"(?!x)a", Range{}}, Texts{"a", Range{}}, Unknown, Unknown},
		{Texts{"(?!x)a", Range{"1", "9"}}, Texts{"(?!x)a", Range{"1", "20"}}, Yes, Unknown},
		{Texts{`$|^[a-z]+`, Range{}}, Texts{"[a-z]*", Range{}}, Yes, Yes},
		{Texts{`(^[a-z]$)|(^[0-9]$)`, Range{}}, Texts{"[a-z0-9]", Range{}}, Yes, Yes},
		{Texts{`a$b`, Range{}}, Texts{"c", Range{}}, Yes, No},
		{Texts{`\u0041`, Range{}}, Texts{"A", Range{}}, Yes, Yes},
		{Texts{`[\uD800\uDC00-\uDBFF\uDFFF]`, Range{}}, Texts{`[\x{10000}-\x{10FFFF}]`, Range{}}, Yes, Yes},
		{Texts{`\\u0041`, Range{}}, Texts{`[\\]u0041`, Range{}}, Yes, Yes}, // a backslash, and no escape
		{Texts{`\\\u0041`, Range{}}, Texts{`[\\]A`, Range{}}, Yes, Yes},
		{Texts{"(?i)ab", Range{}}, Texts{"[aA][bB]", Range{}}, Yes, Yes},
		{Texts{"(?i)k", Range{}}, Texts{"[kK]", Range{}}, No, Yes}, // the Kelvin sign
		{Texts{long + "c", Range{}}, Texts{"(b|a|c)*d", Range{}}, No, No},
		{Texts{"(a|b)*a(a|b){20}", Range{}}, Texts{"(a|b)*b(a|b){20}", Range{}}, Unknown, Unknown},
		{Texts{strings.Repeat("x", 5000), Range{}}, Texts{"y", Range{}}, Unknown, Unknown},
		{Texts{"", Range{"1", ""}}, Texts{"", Range{"0", ""}}, Yes, No},
		{Texts{"", Range{"1", "64"}}, Texts{"See rules in parameter description", Range{"6", "64"}}, Unknown, Yes},
	} {
		if got := c.new.Holds(c.old); got != c.kept {
			t.Errorf("%.40v to %.40v: kept is %d, want %d", c.old, c.new, got, c.kept)
		}
		if got := c.old.Holds(c.new); got != c.back {
			t.Errorf("%.40v to %.40v: back is %d, want %d", c.old, c.new, got, c.back)
		}
	}
}

func TestRange(t *testing.T) {
	for _, c := range []struct {
		old, new Range
		want     Answer
	}{
		{Range{"1", "2"}, Range{"1", "3"}, Yes},
		{Range{"1", "3"}, Range{"1", "2"}, No},
		{Range{"", ""}, Range{"1", ""}, No},
		{Range{"2", "10"}, Range{"1.5", ""}, Yes},
		{Range{"9007199254740992", ""}, Range{"9007199254740993", ""}, No}, // one float, two limits
		{Range{"5", "1"}, Range{"7", "8"}, Yes},
		{Range{"1e999999999", ""}, Range{"1e999999999", ""}, Yes},
	} {
		if got := c.new.Holds(c.old); got != c.want {
			t.Errorf("%v in %v: %d, want %d", c.old, c.new, got, c.want)
		}
	}
	if got := (Range{"", "1e12"}).Within(Range{"-5", "5"}); got != (Range{"-5", "5"}) {
		t.Errorf("within: %v", got)
	}
}

// FuzzTexts holds answers against texts: what one pattern matches and another does
// not disproves that it holds the first.
func FuzzTexts(f *testing.F) {
	f.Add("[a-z]+", "[a-z]*", "abc")
	f.Add("(ab)*|c", "[abc]{0,4}", "abab")
	f.Add("a$|^b", "a|b", "b")
	f.Add("(?i)x", "X", "x")
	f.Add(`\pL+`, ".*", "é\n")
	f.Fuzz(func(t *testing.T, narrow, wide, text string) {
		if len(narrow) > 50 || len(wide) > 50 || !utf8.ValidString(text) {
			return
		}
		a, errA := regexp.Compile(`\A(?:` + narrow + `)\z`)
		b, errB := regexp.Compile(`\A(?:` + wide + `)\z`)
		if errA != nil || errB != nil || strings.Contains(narrow+wide, "\\u") {
			return
		}
		if (Texts{Pattern: wide}).Holds(Texts{Pattern: narrow}) == Yes && narrow != "" && wide != "" && a.MatchString(text) && !b.MatchString(text) {
			t.Errorf("%q is said to hold %q, and %q disproves it", wide, narrow, text)
		}
	})
}
