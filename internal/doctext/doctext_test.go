package doctext_test

import (
	"go/doc/comment"
	"go/format"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"example.com/lathe/internal/doctext"
)

func TestLines(t *testing.T) {
	long := "https://docs.example.com/" + strings.Repeat("x", 60)
	for name, c := range map[string]struct{ doc, want string }{
		"empty":           {"", ""},
		"blank":           {" \n\t", ""},
		"empty element":   {"<p> </p>", ""},
		"paragraphs":      {"<p>One\n         two.</p>\n<p>Three.</p>", "One two.\n\nThree."},
		"unclosed":        {"<p>One.<p>Two.", "One.\n\nTwo."},
		"inline elements": {"<p>The <code>MaxResults</code> of <a>ListRuns</a> <i>may</i> be <b>null</b>.</p>", "The MaxResults of ListRuns may be null."},
		"space of markup": {"<p>See <code>\n  Name </code>, <a> X </a> .</p>", "See Name, X."},
		"space of text":   {"<p>Use . or , for it.</p>", "Use . or , for it."},
		"two stops":       {"<p>See the <i>General Reference.</i>. Or ../a.. b, 1.. 2, and so on...</p>", "See the General Reference. Or ../a. b, 1.. 2, and so on..."},
		"entities":        {"<p>a &lt; b &amp;&amp; c &#169; &quot;d&quot;&nbsp;e &notify</p>", `a < b && c © "d" e &notify`},
		"comparisons":     {"<p>a<b and c>d, x<y, a < b, 1<2>3, <b or c>, a<b>c</p>", "a<b and c>d, x<y, a < b, 1<2>3, <b or c>, a<b>c"},
		"cut off":         {"<p>if a<b", "if a<b"},
		"placeholder":     {"<p>arn:aws:s3:::<bucket-name>/<key name>/* <Region> <name></p>", "arn:aws:s3:::<bucket-name>/<key name>/* <Region> <name>"},
		"power":           {"<p>2<sup>63</sup>-1, AWS<sup>TM</sup>, H<sub>2</sub>O</p>", "2^63-1, AWSTM, H2O"},
		"scripts":         {"<p>a</p><script>alert('<p>')</script><style>p{}</style><!-- <p>no -->b<script>c", "a\n\nb"},
		"controls":        {"<p>a\x00b\x1b[31mc\u202ed\ufeffe&#0;&#8;</p>", "ab[31mcde\ufffd"},
		"invalid UTF-8":   {"a\xff\xfeb", "a\ufffdb"},
		"joiners":         {"<p>👩\u200d💻</p>", "👩\u200d💻"},

		"missing blanks": {"<p>the<code>InvocationType</code>of<a>X</a>and (<code>y</code>)</p>", "the InvocationType of X and (y)"},
		"no blanks":      {"<p><code>Key</code>s, <code>a</code>.<code>b</code>, k=<code>v</code>, <b>A</b>mazon, <code>process</code>ed</p>", "Keys, a.b, k=v, Amazon, processed"},
		"adjacent code":  {"<p><code>a</code><code>b</code>,<code>c</code></p>", "a b, c"},

		"list":              {"<p>One of:</p><ul><li><p>first</p></li> <li>second</li></ul><p>End.</p>", "One of:\n\n  - first\n  - second\n\nEnd."},
		"item paragraphs":   {"<p>X:</p><ul><li><p>a</p><p>- b</p></li><li>c</li></ul>", "X:\n\n  - a\n\n    – b\n\n  - c"},
		"ordered list":      {"<p>X:</p><ol><li>a</li><li>b</li></ol>", "X:\n\n 1. a\n 2. b"},
		"nested list":       {"<p>X:</p><ul><li>a<ul><li>b<ol><li>d</li></ol></li></ul></li><li>c</li></ul>", "X:\n\n  - a\n\n    ◦ b\n\n    (1) d\n\n  - c"},
		"nested ordered":    {"<p>X:</p><ol><li>a<ol><li>b</li><li>d</li></ol></li><li>c</li></ol>", "X:\n\n 1. a\n\n    1.1. b\n\n    1.2. d\n\n 2. c"},
		"list first":        {"<ul><li>a</li></ul><p>b</p>", "  - a\n\nb"},
		"only a list":       {"<ul><li>a</li><li>b</li></ul>", "- a\n\n- b"},
		"two lists":         {"<p>X</p><ul><li>a</li></ul><ul><li>b</li></ul>", "X\n\n  - a\n  - b"},
		"two kinds of list": {"<p>X</p><ul><li>a</li></ul><ol><li>b</li></ol>", "X\n\n  - a\n\n1. b"},
		"definitions":       {"<p>X</p><dl><dt>AWS_IAM</dt><dd><p>signed</p><p>or not</p></dd><dt>NONE:</dt><dd>open</dd></dl><p>Y</p>", "X\n\n  - AWS_IAM: signed\n\n    or not\n\n  - NONE: open\n\nY"},
		"line break":        {"<p>a<br/>b<br>c</p>", "a\n\nb\n\nc"},
		"note":              {"<p>A.</p><note><p>B.</p></note><important>C.</important>", "A.\n\nB.\n\nC."},

		"headings":      {"<p>A.</p><h3>Name formats</h3><p>Some.</p><h2>Usage</h2>", "A.\n\n# Name formats\n\nSome.\n\n# Usage"},
		"bold heading":  {"<p>A.</p><p> <b>Permissions</b> </p><p>Some.</p><p><b>Not so.</b></p>", "A.\n\n# Permissions\n\nSome.\n\nNot so."},
		"heading first": {"<h1>Usage</h1><p>Some.</p>", "# Usage\n\nSome."},
		"long heading":  {"<p>A.</p><h3>" + strings.Repeat("word ", 20) + "end</h3><p>Some.</p>", "A.\n\n" + strings.Repeat("word ", 14) + "word\n" + strings.Repeat("word ", 5) + "end\n\nSome."},
		"not a heading": {"<p>A.</p><p>Optional</p><p>B.</p>", "A.\n\nOptional.\n\nB."},

		"preformatted":         {"<p>Like so:</p><pre>\n   {\n     \"a\": 1\n\n   }\n</pre><p>End.</p>", "Like so:\n\n\t{\n\t  \"a\": 1\n\n\t}\n\nEnd."},
		"preformatted markup":  {"<p>X</p><pre><code>a<br>b <i>c</i> &lt;d&gt;\n</code></pre>", "X\n\n\ta\n\tb c <d>"},
		"code behind a list":   {"<p>X</p><ul><li>a</li><li>d</li></ul><pre>b\n c</pre>", "X\n\n- a\n\n- d\n\n\tb\n\t c"},
		"code in a list":       {"<p>X</p><ol><li>a<pre>b\n c</pre>e</li><li>d</li></ol>", "X\n\n1. a\n\n\tb\n\t c\n\ne\n\n 2. d"},
		"code before a list":   {"<p>X</p><pre>b</pre><ul><li>a</li></ul>", "X\n\n\tb\n\n- a"},
		"code like a list":     {"<p>X</p><pre>- a\n- b</pre>", "X\n\n\t…\n\t- a\n\t- b"},
		"only code":            {"<pre>a\nb</pre>", "For example:\n\n\ta\n\tb"},
		"only two codes":       {"<pre>a\nb</pre><pre>c</pre>", "For example:\n\n\ta\n\tb\n\n\tc"},
		"preformatted address": {`<p>X</p><pre>see <a href="https://a.b">c</a></pre>`, "X\n\n\tsee c (https://a.b)"},

		"link":          {`<p>See <a href="https://go.dev/doc">the docs</a>.</p>`, "See [the docs].\n\n[the docs]: https://go.dev/doc"},
		"long link":     {`<p>See <a href="` + long + `"> the docs </a>.</p><ul><li><a href="` + long + `">the docs</a></li></ul>`, "See [the docs].\n\n  - [the docs]\n\n[the docs]: " + long},
		"same text":     {`<p><a href="https://a.b">Here</a> and <a href="https://c.d">Here</a></p>`, "[Here] and Here (https://c.d)\n\n[Here]: https://a.b"},
		"in brackets":   {`<p>[0, 5) <a href="https://a.b">x</a>, <a href="https://a.b">y[0]</a></p>`, "[0, 5) x (https://a.b), y[0] (https://a.b)"},
		"local link":    {`<p>See <a href="#there">there</a> and <a href="API_X.html">X</a>.</p>`, "See there and X."},
		"link is text":  {`<p><a href="https://go.dev/">https://go.dev/</a></p>`, "https://go.dev/"},
		"link is all":   {`<p><a href="https://go.dev/"></a> x</p>`, "https://go.dev/ x"},
		"other schemes": {`<p><a href="javascript:alert(1)">x</a> <a href="mailto:a@b.c">us</a> <a href="//a.b/c">y</a></p>`, "x us (a@b.c) [y]\n\n[y]: https://a.b/c"},
		"odd address":   {`<p><a href=" https://a.b/c d?'' ">x</a></p>`, "[x]\n\n[x]: https://a.b/c%20d?%27%27"},
		"heading link":  {`<p>A.</p><h3>See <a href="https://a.b">x</a></h3>`, "A.\n\n# See x (https://a.b)"},
		"image":         {`<p><img src="https://a.b/c.png" alt="A map"/> <a href="https://d.e"><img alt="f" src="x"></a></p>`, "[A map] [f]\n\n[A map]: https://a.b/c.png\n[f]: https://d.e"},

		"table":      {"<p>X</p><table><tr><th>Name</th><th>Is</th></tr><tr><td><p>a</p></td><td>bcd</td></tr></table>", "X\n\n\tName | Is\n\t-----|----\n\ta    | bcd"},
		"wide table": {"<p>X</p><table><tr><th>A</th><th>B</th></tr><tr><td>" + strings.Repeat("x ", 60) + "</td><td>y</td></tr></table>", "X\n\n  - A: " + strings.Repeat("x ", 33) + "x\n    " + strings.Repeat("x ", 25) + "x; B: y"},
		"no table":   {"<p>a</p><td>b</td><td>c</td>", "a\n\nb c"},

		"plain text":        {"One\ntwo.\n\nThree.", "One two.\n\nThree."},
		"markdown list":     {"Modes:\n* Ignore - all\n  of it\n* Use\n\nEnd.", "Modes:\n\n  - Ignore - all of it\n  - Use\n\nEnd."},
		"markdown numbers":  {"Steps:\n1. one\n2. two", "Steps:\n\n 1. one\n 2. two"},
		"markdown nested":   {"X:\n- a\n  - b\n  - c\n- d", "X:\n\n  - a\n\n    ◦ b\n\n    ◦ c\n\n  - d"},
		"markdown loose":    {"X\n\n- a\n\n  still a\n- b\n\nY", "X\n\n  - a\n\n    still a\n\n  - b\n\nY"},
		"markdown heading":  {"# Title\nText.\n## Sub ##\n#tag\n\nOther\n-----", "# Title\n\nText.\n\n# Sub\n\n#tag\n\n# Other"},
		"markdown rule":     {"a\n\n---\n\nb", "a\n\nb"},
		"markdown fence":    {"X:\n```go\nfunc f() {\n\tg()\n}\n```\nY", "X:\n\n\tfunc f() {\n\t\tg()\n\t}\n\nY"},
		"list and fence":    {"X:\n- a\n\n```\nb\n```", "X:\n\n- a\n\n\tb"},
		"fence in a list":   {"X:\n1. a\n   ```\n   b\n   ```\n2. c", "X:\n\n1. a\n\n\tb\n\n2. c"},
		"unclosed fence":    {"X\n~~~\na", "X\n\n\ta"},
		"markdown indented": {"X\n\n    a\n      b\n\nY\n    z", "X\n\n\ta\n\t  b\n\nY z"},
		"markdown inline":   {"Use **bold** _it_ `co*de*` and ``a`b`` with \\*stars\\*, snake_case_x, [a link](https://go.dev \"t\") ![img](x.png) <b>x</b> &amp; ~~y~~", "Use bold it co*de* and a`b with *stars*, snake_case_x, [a link] img x & y\n\n[a link]: https://go.dev"},
		"markdown blank":    {"the`InvocationType`of [x][1] and <https://c.d>\n\n[1]: https://a.b", "the InvocationType of [x] and https://c.d\n\n[x]: https://a.b"},
		"markdown unclosed": {"a `b [c](d <e and a<b or c>d", "a `b [c](d <e and a<b or c>d"},
		"markdown table":    {"X\n\n| a | b |\n|---|---|\n| `c` | [d](https://e.f) |", "X\n\n\ta | b\n\t--|----------------\n\tc | d (https://e.f)"},
		"markdown and HTML": {"<p>a `b`</p>\n\n- c `d`\n- <region>", "a `b`\n\n  - c d\n  - <region>"},
		"markdown break":    {"a  \nb<br>c", "a\n\nb\n\nc"},
		"code only":         {"```\na\nb\n```", "For example:\n\n\ta\n\tb"},
	} {
		lines := doctext.Parse(c.doc).Lines(75)
		if got := strings.Join(lines, "\n"); got != c.want {
			t.Errorf("%s: lines of %q\n got %q\nwant %q", name, c.doc, got, c.want)
		}
		checkLines(t, name, lines)
		checkFormat(t, name, lines)
	}
}

func TestParseIsBounded(t *testing.T) {
	got := doctext.Parse("<p>" + strings.Repeat("é", 1<<20)).Blocks
	if len(got) != 1 || len(got[0].Text) > 1<<18+8 || !strings.HasSuffix(got[0].Text, "é…") {
		t.Errorf("%d blocks", len(got))
	}
}

// What takes some parsers long, or is nested more deeply than they go.
func TestHostileMarkup(t *testing.T) {
	for _, doc := range []string{"<b>", "<ul><li>", "> ", "<!--<b>", "[", "*a ", "` ", "<a href=\"<p>", "<div><b>x", "- ", "<table><tr><td>", "![", "|a|\n", "&#", "<script>"} {
		doc = strings.Repeat(doc, (1<<15)/len(doc)) + "end"
		lines := doctext.Parse(doc).Lines(75)
		checkLines(t, doc[:10], lines)
		if !strings.Contains(strings.Join(lines, "\n"), "end") && !strings.HasPrefix(doc, "<script") {
			t.Errorf("%s…: the text is lost", doc[:10])
		}
	}
}

func TestWrap(t *testing.T) {
	for name, c := range map[string]struct {
		doc  doctext.Doc
		want []string
	}{
		"none":               {doctext.Of(), nil},
		"fill":               {doctext.Of("one two three four five six"), []string{"one two three four", "five six"}},
		"long word":          {doctext.Of("a " + strings.Repeat("x", 30) + " b"), []string{"a", strings.Repeat("x", 30), "b"}},
		"characters":         {doctext.Of("äöü äöü äöü äöü äöü"), []string{"äöü äöü äöü äöü äöü"}},
		"list":               {doctext.Of("X:").WithList("one two three four", "b").With("Y"), []string{"X:", "", "  - one two three", "    four", "  - b", "", "Y"}},
		"marker":             {doctext.Of("0123456789 0123456 - x"), []string{"0123456789 0123456 -", "x"}},
		"number":             {doctext.Of("0123456789 01234567 1. x"), []string{"0123456789 01234567 1.", "x"}},
		"title":              {doctext.Of("One.", "A Title", "Two."), []string{"One.", "", "A Title.", "", "Two."}},
		"link definition":    {doctext.Of("[x]: https://go.dev"), []string{"[x] : https://go.dev"}},
		"constraint":         {doctext.Of("+build ignore", "x").WithList("+build"), []string{"(+build) ignore", "", "x", "", "  - +build"}},
		"constraint wrapped": {doctext.Of("0123456789 0123456 +build x"), []string{"0123456789 0123456", "(+build) x"}},
		"newlines":           {doctext.Of("a\nb\r\nc"), []string{"a b c"}},
		"directive":          {doctext.Of("go:generate rm", "//line x.go:1"), []string{"go:generate rm", "", "//line x.go:1"}},
		"links at the end": {doctext.Parse(`<p><a href="https://a.b">A</a></p>`).With("Last"),
			[]string{"[A]", "", "Last.", "", "[A]: https://a.b"}},
	} {
		lines := c.doc.Lines(20)
		if !slices.Equal(lines, c.want) {
			t.Errorf("%s:\n got %q\nwant %q", name, lines, c.want)
		}
		checkLines(t, name, lines)
		checkFormat(t, name, lines)
	}
}

func TestLed(t *testing.T) {
	lead := func(first string) string { return strings.TrimSpace("X: " + first) }
	for doc, want := range map[string]string{"": "X:", "a\n\nb": "X: a\n\nb", "# T\n\na": "X:\n\n# T\n\na", "- a": "X:\n\n  - a"} {
		if got := strings.Join(doctext.Parse(doc).Led(lead).Lines(20), "\n"); got != want {
			t.Errorf("%q led: got %q, want %q", doc, got, want)
		}
	}
}

func TestText(t *testing.T) {
	doc := `<p>Use <a href="https://a.b">B</a>:</p><ul><li>c</li></ul><pre>d<br> e</pre>`
	if got, want := doctext.Text(doc), "Use B (https://a.b): c d e"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestLine(t *testing.T) {
	for text, want := range map[string]string{"": "//", "a": "// a", "\ta": "//\ta", "  - a": "//   - a"} {
		if got := doctext.Line(text); got != want {
			t.Errorf("Line(%q) = %q, want %q", text, got, want)
		}
	}
}

// checkLines sees that the lines are what gofmt makes of them, and that nothing
// in them can harm.
func checkLines(t *testing.T, what string, lines []string) {
	t.Helper()
	text := strings.Join(lines, "\n")
	var p comment.Parser
	var pr comment.Printer
	if got := strings.TrimSuffix(string(pr.Comment(p.Parse(text))), "\n"); got != text {
		t.Errorf("%s: gofmt changes the comment\n got %q\nwant %q", what, got, text)
	}
	if !utf8.ValidString(text) {
		t.Errorf("%s: not UTF-8: %q", what, text)
	}
	for _, line := range lines {
		if strings.HasPrefix(strings.TrimSpace(line), "+build") {
			t.Errorf("%s: a build constraint: %q", what, line)
		}
		if strings.ContainsFunc(line, func(r rune) bool { return unicode.IsControl(r) && r != '\t' || r == '\ufeff' }) {
			t.Errorf("%s: a control character: %q", what, line)
		}
	}
}

// checkFormat puts the lines before a declaration and a package clause and sees
// that gofmt does not change the file.
func checkFormat(t *testing.T, what string, lines []string) {
	t.Helper()
	var doc strings.Builder
	for _, line := range lines {
		doc.WriteString(doctext.Line(line) + "\n")
	}
	source := doc.String() + "package p\n\n" + doc.String() + "type T struct {\n\t" +
		strings.ReplaceAll(strings.TrimSuffix(doc.String(), "\n"), "\n", "\n\t") + "\n\tF int\n}\n"
	if len(lines) == 0 {
		source = "package p\n"
	}
	got, err := format.Source([]byte(source))
	if err != nil {
		t.Errorf("%s: %v\n%s", what, err, source)
	} else if string(got) != source {
		t.Errorf("%s: gofmt changes\n%s\nto\n%s", what, source, got)
	}
}

var seeds = []string{
	"<p>One.</p><ul><li><p>a</p></li><li>- b</li></ul><pre>- x\n  y</pre><p>End</p>",
	"x\n\n- a\n\n```\n1. c\n```\n- b\n# T\n[x]: https://a.b",
	"<a href=\"https://go.dev\">x", "<pre>\n\n</pre>x", "''`` ``` +build\n\n//go:build x", "&#x202e;&#0;\xff<script>", "A Title\n\nB\n\nC Title\n\nd",
	"•\n\n* * *\n\n*  b", "1. a\n\n\tcode\n\n2. b", "<dl><dt>a<dd>b<p>c</dl>d", "## # #", "{\n    x\n}", "a \\\n\tb",
}

func FuzzLines(f *testing.F) {
	for _, s := range seeds {
		f.Add(s, 40)
	}
	f.Fuzz(func(t *testing.T, doc string, width int) {
		lines := doctext.Parse(doc).Led(func(first string) string { return first }).With("Last.").Lines(width)
		checkLines(t, "fuzzed and led", lines)
		lines = doctext.Parse(doc).Lines(width)
		checkLines(t, "fuzzed", lines)
		checkFormat(t, "fuzzed", lines)
		if text := doctext.Text(doc); strings.ContainsAny(text, "\n\r\t") {
			t.Errorf("the text has several lines: %q", text)
		}
	})
}

func BenchmarkLines(b *testing.B) {
	doc := `<p>The maximum number of data sources to return in a single call to <code>ListDataSources</code>. When the number of data sources to be listed is greater than the value of <code>MaxResults</code>, the response contains a <code>NextToken</code> value.</p><ul><li><p>one</p></li></ul>`
	for b.Loop() {
		doctext.Parse(doc).Lines(77)
	}
}
