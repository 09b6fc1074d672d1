package doctext_test

import (
	"encoding/json"
	"go/doc/comment"
	"html"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"example.com/lathe/internal/doctext"
)

// TestSharedModels takes every description of the shared models of both formats:
// gofmt leaves its comment as it is, and no text, no address and no blank is lost.
func TestSharedModels(t *testing.T) {
	docs := sharedDocs(t)
	for _, doc := range docs {
		lines := doctext.Parse(doc).Lines(77)
		checkLines(t, doc, lines)
		checkLossless(t, doc, lines)
		if t.Failed() {
			t.Fatalf("of %q", doc)
		}
	}
	t.Logf("%d descriptions", len(docs))
}

// The same in CommonMark, as documents of OpenAPI have it.
func TestSharedModelsAsMarkdown(t *testing.T) {
	docs := sharedDocs(t)
	for _, doc := range docs {
		doc = asMarkdown(doc)
		lines := doctext.Parse(doc).Lines(77)
		checkLines(t, doc, lines)
		for _, url := range markdownLink.FindAllStringSubmatch(doc, -1) {
			if !strings.Contains(strings.Join(lines, "\n"), strings.TrimSuffix(html.UnescapeString(url[1]), "`")) {
				t.Errorf("the address %s is lost in %q\n%s", url[1], doc, strings.Join(lines, "\n"))
			}
		}
		if t.Failed() {
			t.Fatalf("of %q", doc)
		}
	}
}

// sharedDocs lists the descriptions in the models that lie beside the project.
func sharedDocs(t testing.TB) []string {
	t.Helper()
	docs := map[string]bool{}
	files := 0
	err := filepath.WalkDir("../../../shared/models", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(path, ".json") {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		var model any
		if err := json.Unmarshal(data, &model); err != nil {
			return err
		}
		files++
		collectDocs(model, docs)
		return nil
	})
	if err != nil || files == 0 {
		t.Skip("skipped: the models are not in ../shared")
	}
	var all []string
	for i, doc := range slices.Sorted(maps.Keys(docs)) {
		if i%20 == 0 || !testing.Short() {
			all = append(all, doc)
		}
	}
	return all
}

// collectDocs finds the documentation in a model of Smithy or C2J.
func collectDocs(v any, docs map[string]bool) {
	switch v := v.(type) {
	case map[string]any:
		for key, value := range v {
			if text, ok := value.(string); ok && (key == "smithy.api#documentation" || key == "documentation") {
				docs[text] = true
			}
			collectDocs(value, docs)
		}
	case []any:
		for _, value := range v {
			collectDocs(value, docs)
		}
	}
}

// The elements that AWS's documents have, by what they do to words.
var (
	commentPattern = regexp.MustCompile(`(?s)<!--.*?-->`)
	blockTags      = regexp.MustCompile(`(?i)</?(?:p|div|ul|ol|li|dl|dt|dd|note|important|fullname|request|response|examples?|br|para|h[1-6])(?:\s[^<>]*)?/?>`)
	oneOfTwoStops  = regexp.MustCompile(`([^.])\.\.(\s|$)`)
	inlineTags     = regexp.MustCompile(`(?i)</?(?:code|a|b|i|u|replaceable|sup|sub|em|strong|link)(?:\s[^<>]*)?/?>`)
	missingBlank   = regexp.MustCompile(`([\pL\d])(<(?:code|a)(?:\s[^<>]*)?>\s*[\pL\d])`)
	hrefPattern    = regexp.MustCompile(`<a\s[^<>]*href="\s*(https?://[^"]+?)\s*"`)
	markdownLink   = regexp.MustCompile(`\]\((https?://[^)\s]+)\)`)
)

// checkLossless compares the comment with the text of the description, which it finds
// in another way: by taking out the tags.
func checkLossless(t *testing.T, doc string, lines []string) {
	t.Helper()
	source := missingBlank.ReplaceAllString(commentPattern.ReplaceAllString(doc, ""), "$1 $2")
	source = inlineTags.ReplaceAllString(blockTags.ReplaceAllString(source, "\n"), "")
	if strings.Contains(source, "&") {
		source = html.UnescapeString(source)
	}
	source = oneOfTwoStops.ReplaceAllString(strings.ReplaceAll(source, "``", "`"), "$1.$2")
	text := oneOfTwoStops.ReplaceAllString(commentText(lines), "$1.$2")
	var urls []string
	for _, m := range hrefPattern.FindAllStringSubmatch(doc, -1) {
		url := html.UnescapeString(m[1])
		urls = append(urls, "("+url+")", url)
		if !strings.Contains(strings.Join(lines, "\n"), strings.NewReplacer(" ", "%20", "`", "%60", "[", "%5B", "]", "%5D").Replace(url)) {
			t.Errorf("the address %s is lost:\n%s", url, strings.Join(lines, "\n"))
		}
	}
	markup := "[]" // which a link of the same text may have taken
	if !strings.HasPrefix(strings.TrimSpace(doc), "<") {
		markup += "*_`\\#-.)"
		source = markdownLink.ReplaceAllString(source, "]")
	}
	if at, ok := covers(text, source, markup, urls); !ok {
		t.Errorf("the comment lacks what begins with %q:\n%s", at[:min(len(at), 60)], strings.Join(lines, "\n"))
	}
}

// commentText returns the text that a comment shows.
func commentText(lines []string) string {
	var p comment.Parser
	var b strings.Builder
	write := func(text []comment.Text) {
		for _, part := range text {
			switch part := part.(type) {
			case comment.Plain:
				b.WriteString(string(part))
			case *comment.Link:
				for _, plain := range part.Text {
					b.WriteString(string(plain.(comment.Plain)))
				}
			case *comment.DocLink:
				for _, plain := range part.Text {
					b.WriteString("[" + string(plain.(comment.Plain)) + "]")
				}
			}
		}
		b.WriteByte('\n')
	}
	for _, block := range p.Parse(strings.Join(lines, "\n")).Content {
		switch block := block.(type) {
		case *comment.Paragraph:
			write(block.Text)
		case *comment.Heading:
			write(block.Text)
		case *comment.Code:
			b.WriteString(block.Text + "\n")
		case *comment.List:
			for _, item := range block.Items {
				b.WriteString(item.Number + "\n")
				for _, content := range item.Content {
					write(content.(*comment.Paragraph).Text)
				}
			}
		}
	}
	return b.String()
}

// covers reports whether a comment's text has all characters of the source in their
// order, and a blank wherever the source has one between two words. The comment may
// have more: marks of items, the address of a link, the colon of a term. It need not
// have markup.
func covers(text, source, markup string, urls []string) (rest string, ok bool) {
	blank, inText := false, 0
	for at, want := range source {
		if unicode.IsSpace(want) {
			blank = true
			continue
		}
		if unicode.Is(unicode.C, want) {
			continue
		}
		if strings.ContainsRune(markup, want) && !strings.HasPrefix(strings.TrimSpace(text[inText:]), string(want)) {
			continue
		}
		sawBlank := false
		for {
			r, size := rune(0), 0
			for _, c := range text[inText:] {
				r, size = c, len(string(c))
				break
			}
			if size == 0 {
				return source[at:], false
			}
			if r == want || want == '\'' && r == '"' {
				inText += size
				break
			}
			sawBlank = sawBlank || unicode.IsSpace(r)
			if i := slices.IndexFunc(urls, func(u string) bool { return strings.HasPrefix(text[inText:], u) }); i >= 0 {
				size = len(urls[i])
			} else if !unicode.IsSpace(r) && !strings.ContainsRune("-◦▪–.:^()0123456789", r) {
				return source[at:], false
			}
			inText += size
		}
		isMark := strings.ContainsRune(".,;:)", want) // may close up
		if blank && !sawBlank && !isMark && at > 0 && strings.TrimSpace(source[:at]) != "" {
			return source[at:], false
		}
		blank = false
	}
	return "", true
}

// asMarkdown writes HTML in CommonMark, as far as the shared models need it.
func asMarkdown(doc string) string {
	doc = strings.Join(strings.Fields(commentPattern.ReplaceAllString(doc, "")), " ")
	doc = regexp.MustCompile(`\s*</?(?:code)>`).ReplaceAllString(doc, "`")
	doc = regexp.MustCompile(`</?(?:b|strong)>`).ReplaceAllString(doc, "**")
	doc = regexp.MustCompile(`</?(?:i|em)>`).ReplaceAllString(doc, "_")
	doc = regexp.MustCompile(`<a [^<>]*href="\s*([^" ]+)[^<>]*>([^<>]*)</a>`).ReplaceAllString(doc, "[$2]($1)")
	depth := 0
	return strings.TrimSpace(regexp.MustCompile(`\s*</?(?:p|ul|ol|li|dl|dt|dd)\s*/?>\s*`).ReplaceAllStringFunc(doc, func(tag string) string {
		switch tag = strings.TrimSpace(tag); tag {
		case "<ul>", "<ol>", "<dl>":
			depth++
		case "</ul>", "</ol>", "</dl>":
			depth--
		case "<li>", "<dt>":
			return "\n\n" + strings.Repeat("  ", max(depth-1, 0)) + "- "
		}
		if tag == "<p>" {
			return ""
		}
		return "\n\n" + strings.Repeat("  ", max(depth, 0))
	}))
}
