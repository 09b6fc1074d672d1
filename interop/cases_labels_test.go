package interop

import (
	"slices"
	"strings"

	"example.com/lathe/interop/compare"
)

// identifiers are values of a path label and what the official client makes of
// them.
func identifiers() [][3]string { return slices.Concat(asciiIdentifiers(), otherIdentifiers()) }

func asciiIdentifiers() [][3]string {
	return [][3]string{
		{"plain", "abc", "ok"},
		{"empty", "", "smithy.SerializationError (0 sent)"},
		{"space", "a b", "ok"},
		{"spaces only", "   ", "ok"},
		{"tab", "a\tb", "ok"},
		{"slash", "a/b", "ok"},
		{"slash only", "/", "ok"},
		{"slashes", "//a//b//", "ok"},
		{"backslash", `a\b`, "ok"},
		{"dot", ".", "ok"},
		{"dot dot", "..", "ok"},
		{"dots", "...", "ok"},
		{"dot file", ".a", "ok"},
		{"dot at the end", "a.", "ok"},
		{"up and down", "../..", "ok"},
		{"up", "../../etc/passwd", "ok"},
		{"here", "./a", "ok"},
		{"path to here", "a/.", "ok"},
		{"path up", "a/..", "ok"},
		{"percent", "100%", "ok"},
		{"percent only", "%", "ok"},
		{"escaped slash", "a%2Fb", "ok"},
		{"escaped slash small", "a%2fb", "ok"},
		{"escaped dot", "%2e", "ok"},
		{"escaped dots", "%2E%2e", "ok"},
		{"escaped percent", "%252F", "ok"},
		{"broken escape", "%zz", "ok"},
		{"escaped zero", "%00", "ok"},
		{"question", "a?b=c", "ok"},
		{"fragment", "a#b", "ok"},
		{"ampersand", "a&b", "ok"},
		{"plus", "a+b", "ok"},
		{"semicolon", "a;b", "ok"},
		{"equals", "a=b", "ok"},
		{"all reserved", "?#&+;=:@$,!*'()[]", "ok"},
		{"unreserved", "-_~.AZaz09", "ok"},
		{"colon", "arn:aws:datazone:us-east-1:123456789012:domain/dzd_1", "ok"},
		{"quotes", `"a'b` + "`c", "ok"},
		{"braces", "{identifier}", "ok"},
		{"the other label", "{domainIdentifier}", "ok"},
		{"angle", "<script>", "ok"},
		{"pipe and caret", "a|b^c", "ok"},
		{"newline", "a\nb", "ok"},
		{"header injection", "a\r\nX-Evil: 1", "ok"},
		{"zero byte", "a\x00b", "ok"},
		{"escape byte", "\x1b[31m", "ok"},
		{"delete byte", "a\x7fb", "ok"},
		{"url", "https://example.com/a?b#c", "ok"},
		{"double slash at the start", "//evil.example", "ok"},
		{"at sign", "user:pass@host", "ok"},
	}
}

// otherIdentifiers are not ASCII, or long.
func otherIdentifiers() [][3]string {
	long := strings.Repeat("0123456789abcdef", 640)
	return [][3]string{
		{"umlaut", "bücher", "ok"},
		{"decomposed", "bu\u0308cher", "ok"},
		{"cjk", "数据源", "ok"},
		{"emoji", "🚀🚀", "ok"},
		{"right to left", "\u202Eabc", "ok"},
		{"zero width", "a\u200Bb", "ok"},
		{"byte order mark", "\uFEFFa", "ok"},
		{"line separator", "a\u2028b", "ok"},
		{"full-width dots", "．．", "ok"},
		{"invalid utf-8", "a\xff\xfeb", "ok"},
		{"overlong slash", "\xc0\xaf", "ok"},
		{"surrogate", "\xed\xa0\x80", "ok"},
		{"10 kB", long, "ok"},
		{"10 kB of slashes", strings.Repeat("/", 10240), "ok"},
		{"10 kB of umlauts", strings.Repeat("ü", 5120), "ok"},
	}
}

// labelCases put awkward values into each of the labels and into both.
func labelCases() (out []scenario) {
	for _, row := range identifiers() {
		name, value, want := row[0], row[1], row[2]
		for _, fields := range [][]string{{"DomainIdentifier"}, {"Identifier"}, {"DomainIdentifier", "Identifier"}} {
			var in settings
			for _, field := range fields {
				in = append(in, set(field, value))
			}
			out = append(out, scenario{
				Name: "label/" + name + "/" + strings.Join(fields, "+"), Calls: []compare.Call{{Input: in}}, Want: want,
			})
		}
	}
	return append(out, missingInputCases()...)
}

// missingInputCases leave out what is required.
func missingInputCases() (out []scenario) {
	for name, call := range map[string]compare.Call{
		"nil input":     {NilInput: true},
		"both":          {Input: settings{set("DomainIdentifier", nil), set("Identifier", nil)}},
		"domain":        {Input: settings{set("DomainIdentifier", nil)}},
		"run":           {Input: settings{set("Identifier", nil)}},
		"run, no name":  {Input: settings{set("DomainIdentifier", ""), set("Identifier", nil)}},
		"nil, canceled": {NilInput: true, Canceled: true},
	} {
		out = append(out, scenario{Name: "missing/" + name, Calls: []compare.Call{call}, Want: "smithy.InvalidParamsError (0 sent)"})
	}
	return out
}
