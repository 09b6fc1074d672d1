package doctext_test

import (
	"encoding/json"
	"go/doc/comment"
	"go/format"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"example.com/lathe/internal/doctext"
)

func TestPlain(t *testing.T) {
	for name, c := range map[string]struct {
		doc  string
		want []string
	}{
		"empty":           {"", nil},
		"blank":           {" \n\t", nil},
		"empty element":   {"<p> </p>", nil},
		"paragraphs":      {"<p>One\n         two.</p>\n<p>Three.</p>", []string{"One two.", "Three."}},
		"unclosed":        {"<p>One.<p>Two.", []string{"One.", "Two."}},
		"inline elements": {"<p>The <code>MaxResults</code> of <a>ListRuns</a> <i>may</i> be <b>null</b>.</p>", []string{"The MaxResults of ListRuns may be null."}},
		"space of markup": {"<p>See <code>\n  Name </code>.</p>", []string{"See Name."}},
		"entities":        {"<p>a &lt; b &amp;&amp; c &#169; &quot;d&quot;&nbsp;e</p>", []string{`a < b && c © "d" e`}},
		"list": {"<p>One of:</p><ul><li><p>first</p></li> <li><p>second</p><p>more</p></li></ul><p>End.</p>",
			[]string{"One of:", "  - first\n  - second more", "End."}},
		"nested list":       {"<p>X:</p><ol><li>a<ul><li>b</li></ul></li><li>c</li></ol>", []string{"X:", "  - a\n  - b\n  - c"}},
		"list first":        {"<ul><li>a</li><li>b</li></ul>", []string{"a", "  - b"}},
		"two lists":         {"<p>X</p><ul><li>a</li></ul><ul><li>b</li></ul>", []string{"X", "  - a\n  - b"}},
		"definitions":       {"<p>X</p><dl><dt>AWS_IAM</dt><dd><p>signed</p></dd><dt>NONE:</dt><dd>open</dd></dl><p>Y</p>", []string{"X", "  - AWS_IAM: signed\n  - NONE: open", "Y"}},
		"line break":        {"<p>a<br/>b<br>c</p>", []string{"a", "b", "c"}},
		"title":             {"<h3>Name formats</h3><p>Some.</p>", []string{"Name formats:", "Some."}},
		"note":              {"<p>A.</p><note><p>B.</p></note><important>C.</important>", []string{"A.", "B.", "C."}},
		"preformatted":      {"<p>Like so:</p><pre>\n   {\n     \"a\": 1\n\n   }\n</pre><p>End.</p>", []string{"Like so:", "\t{\n\t  \"a\": 1\n\n\t}", "End."}},
		"preformatted item": {"<p>X</p><ul><li>a</li></ul><pre>b\nc</pre>", []string{"X", "  - a", "b c"}},
		"short link":        {`<p>See <a href="https://go.dev/doc">the docs</a>.</p>`, []string{"See the docs (https://go.dev/doc)."}},
		"long link":         {`<p>See <a href="https://docs.example.com/` + strings.Repeat("x", 60) + `">the docs</a>.</p>`, []string{"See the docs."}},
		"local link":        {`<p>See <a href="#there">there</a> and <a href="API_X.html">X</a>.</p>`, []string{"See there and X."}},
		"link is text":      {`<p><a href="https://go.dev/">https://go.dev</a></p>`, []string{"https://go.dev"}},
		"script link":       {`<p><a href="javascript:alert(1)">x</a></p>`, []string{"x"}},
		"placeholder":       {"<p>arn:aws:s3:::<bucket-name>/<key name>/*</p>", []string{"arn:aws:s3:::<bucket-name>/<key name>/*"}},
		"script":            {"<p>a</p><script>alert(1)</script><style>p{}</style><!-- no --><p>b</p>", []string{"a", "b"}},
		"controls":          {"<p>a\x00b\x1b[31mc\u202ed\ufeffe&#0;&#8;</p>", []string{"ab[31mcde\ufffd"}},
		"invalid UTF-8":     {"a\xff\xfeb", []string{"a\ufffdb"}},
		"joiners":           {"<p>👩\u200d💻</p>", []string{"👩\u200d💻"}},
		"plain text":        {"One\ntwo.\n\nThree.", []string{"One two.", "Three."}},
		"markdown list":     {"Modes:\n* Ignore - all\n  of it\n* Use\n\nEnd.", []string{"Modes:", "  - Ignore - all of it\n  - Use", "End."}},
		"markdown numbers":  {"Steps:\n1. one\n2) two", []string{"Steps:", "  - one\n  - two"}},
		"markdown loose":    {"X\n\n- a\n\n  still a\n- b\n\nY", []string{"X", "  - a still a\n  - b", "Y"}},
		"markdown heading":  {"# Title\nText.\n## Sub ##\n#tag", []string{"Title:", "Text.", "Sub:", "#tag"}},
		"markdown rule":     {"a\n\n---\n\nb", []string{"a", "b"}},
		"markdown fence":    {"X:\n```go\nfunc f() {\n\tg()\n}\n```\nY", []string{"X:", "\tfunc f() {\n\t\tg()\n\t}", "Y"}},
		"unclosed fence":    {"X\n~~~\na", []string{"X", "\ta"}},
		"markdown indented": {"X\n\n    a\n      b\n\nY\n    z", []string{"X", "\ta\n\t  b", "Y z"}},
		"markdown inline":   {"Use **bold** `co*de*` and ``a`b`` with \\*stars\\*, [a link](https://go.dev \"t\") ![img](x.png) <b>x</b> &amp;", []string{"Use bold co*de* and a`b with *stars*, a link (https://go.dev) img x &"}},
		"markdown unclosed": {"a `b [c](d <e", []string{"a `b [c](d"}},
		"code only":         {"```\na\nb\n```", []string{"a b"}},
	} {
		if got := doctext.Plain(c.doc); !slices.Equal(got, c.want) {
			t.Errorf("%s: Plain(%q)\n got %q\nwant %q", name, c.doc, got, c.want)
		}
	}
}

func TestPlainIsBounded(t *testing.T) {
	got := doctext.Plain("<p>" + strings.Repeat("é", 1<<20))
	if len(got) != 1 || len(got[0]) > 1<<16+8 || !strings.HasSuffix(got[0], "é…") {
		t.Errorf("%d blocks, %d bytes", len(got), len(strings.Join(got, "")))
	}
}

func TestWrap(t *testing.T) {
	for name, c := range map[string]struct {
		paragraphs, want []string
	}{
		"none":                {nil, nil},
		"fill":                {[]string{"one two three four five six"}, []string{"one two three four", "five six"}},
		"long word":           {[]string{"a " + strings.Repeat("x", 30) + " b"}, []string{"a", strings.Repeat("x", 30), "b"}},
		"characters":          {[]string{"äöü äöü äöü äöü äöü"}, []string{"äöü äöü äöü äöü äöü"}},
		"list":                {[]string{"X:", "  - one two three four\n  - b", "Y"}, []string{"X:", "", "  - one two three", "    four", "  - b", "", "Y"}},
		"list first":          {[]string{"  - a\n  - b"}, []string{"a", "", "  - b"}},
		"code":                {[]string{"X", "\ta  b\n\n\t\tc"}, []string{"X", "", "\ta  b", "", "\t\tc"}},
		"code like a list":    {[]string{"X", "\t- a\n\t- b"}, []string{"X", "", "\t…", "\t- a", "\t- b"}},
		"marker":              {[]string{"0123456789 0123456 - x"}, []string{"0123456789 0123456 -", "x"}},
		"number":              {[]string{"0123456789 01234567 1. x"}, []string{"0123456789 01234567 1.", "x"}},
		"title":               {[]string{"One.", "A Title", "Two."}, []string{"One.", "", "A Title.", "", "Two."}},
		"number sign":         {[]string{"# Title"}, []string{"Title"}},
		"link definition":     {[]string{"[x]: https://go.dev"}, []string{"[x] : https://go.dev"}},
		"quotes":              {[]string{"''a'' ``b`` ```c```"}, []string{`""a"" ` + "`b` `c`"}},
		"constraint":          {[]string{"+build ignore", "x", "\t+build a", "  - +build"}, []string{"(+build) ignore", "", "x", "", "\t(+build) a", "", "(+build)"}},
		"constraint wrapped":  {[]string{"0123456789 0123456 +build x"}, []string{"0123456789 0123456", "(+build) x"}},
		"newlines":            {[]string{"a\nb\r\nc"}, []string{"a b c"}},
		"directive":           {[]string{"go:generate rm", "//line x.go:1"}, []string{"go:generate rm", "", "//line x.go:1"}},
		"two lists, one text": {[]string{"X", "  - a", "  - b"}, []string{"X", "", "  - a", "  - b"}},
	} {
		if got := doctext.Wrap(c.paragraphs, 20); !slices.Equal(got, c.want) {
			t.Errorf("%s: Wrap(%q)\n got %q\nwant %q", name, c.paragraphs, got, c.want)
		}
		checkLines(t, name, doctext.Wrap(c.paragraphs, 20))
		checkFormat(t, name, doctext.Wrap(c.paragraphs, 20))
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
	"•\n\n* * *\n\n*  b", "1. a\n\n\tcode\n\n2. b", "<dl><dt>a<dd>b<p>c</dl>d", "{\n    x\n}", "a \\\n\tb",
}

func FuzzComment(f *testing.F) {
	for _, s := range seeds {
		f.Add(s, 40)
	}
	f.Fuzz(func(t *testing.T, doc string, width int) {
		lines := doctext.Comment(doc, width)
		checkLines(t, "fuzzed", lines)
		checkFormat(t, "fuzzed", lines)
	})
}

func FuzzWrap(f *testing.F) {
	for _, s := range seeds {
		f.Add(s, "  - "+s, "\t"+s)
	}
	f.Fuzz(func(t *testing.T, a, b, c string) {
		lines := doctext.Wrap([]string{a, b, c}, 30)
		checkLines(t, "fuzzed", lines)
	})
}

// TestSharedModels takes every description of the shared models.
func TestSharedModels(t *testing.T) {
	files, err := filepath.Glob("../../../shared/models/smithy/*.json")
	if err != nil || len(files) == 0 {
		t.Skip("skipped: the models are not in ../shared")
	}
	if testing.Short() {
		files = files[:20]
	}
	count, tags := 0, 0
	for _, file := range files {
		for _, doc := range descriptions(t, file) {
			count++
			lines := doctext.Comment(doc, 77)
			checkLines(t, file, lines)
			if strings.Contains(strings.Join(lines, " "), "</p>") {
				tags++
			}
		}
	}
	t.Logf("%d descriptions of %d files", count, len(files))
	if tags > 0 {
		t.Errorf("%d comments have tags in them", tags)
	}
}

// descriptions lists the values of all documentation traits in a file.
func descriptions(t testing.TB, file string) []string {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var model any
	if err := json.Unmarshal(data, &model); err != nil {
		t.Fatal(err)
	}
	var docs []string
	var walk func(any)
	walk = func(v any) {
		switch v := v.(type) {
		case map[string]any:
			for key, value := range v {
				if text, ok := value.(string); ok && key == "smithy.api#documentation" {
					docs = append(docs, text)
				}
				walk(value)
			}
		case []any:
			for _, value := range v {
				walk(value)
			}
		}
	}
	walk(model)
	slices.Sort(docs)
	return slices.Compact(docs)
}

func BenchmarkComment(b *testing.B) {
	doc := `<p>The maximum number of data sources to return in a single call to <code>ListDataSources</code>. When the number of data sources to be listed is greater than the value of <code>MaxResults</code>, the response contains a <code>NextToken</code> value.</p><ul><li><p>one</p></li></ul>`
	for b.Loop() {
		doctext.Comment(doc, 77)
	}
}
