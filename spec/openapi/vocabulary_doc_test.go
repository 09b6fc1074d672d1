package openapi

import (
	"flag"
	"fmt"
	"go/doc/comment"
	"go/parser"
	"go/token"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.com/lathe/internal/try"
)

var updateDoc = flag.Bool("update-doc", false, "write what is made from the vocabulary into docs/openapi.md")

// The document on the vocabulary is what the package comment and the table say, and the
// comment has a word on each of our extensions.
func TestVocabularyDocument(t *testing.T) {
	const name = "../../docs/openapi.md"
	page, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	file, err := parser.ParseFile(token.NewFileSet(), "doc.go", nil, parser.ParseComments|parser.PackageClauseOnly)
	if err != nil {
		t.Fatal(err)
	}
	text := file.Doc.Text()
	for _, v := range vocabularies {
		for _, r := range v.rules {
			if strings.HasPrefix(r.key, "x-") && !regexp.MustCompile(regexp.QuoteMeta(r.key)+`\b`).MatchString(text) {
				t.Errorf("the package comment has no word on %s", r.key)
			}
		}
	}
	printer := comment.Printer{HeadingLevel: 3, HeadingID: func(*comment.Heading) string { return "" }}
	meaning := string(printer.Markdown(new(comment.Parser).Parse(text)))
	now, err := try.ReplaceSection(string(page), "meaning", meaning)
	if err == nil {
		now, err = try.ReplaceSection(now, "keys", keyTables())
	}
	if err != nil {
		t.Fatal(err)
	}
	if *updateDoc {
		if err := os.WriteFile(name, []byte(now), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(string(page), now); diff != "" && !*updateDoc {
		t.Errorf("%s is not what the code says; go test ./spec/openapi -update-doc writes it (-page +code):\n%s", name, diff)
	}
}

// keyTables has one row a kind of object: the keys that are read, those that may be there,
// and those that are refused, with what to do instead.
func keyTables() string {
	var read, refusals strings.Builder
	read.WriteString("| object | keys that count | keys that are allowed and not read |\n|---|---|---|\n")
	refusals.WriteString("| object | keys | instead |\n|---|---|---|\n")
	for _, v := range vocabularies {
		if len(v.rules) == 0 {
			continue
		}
		var counts, allowed []string
		var hints []string
		instead := map[string][]string{}
		for _, r := range v.rules {
			key := "`" + r.key + "`"
			switch {
			case r.since31:
				key += " (3.1)"
			case r.only30:
				key += " (3.0)"
			}
			switch r.use {
			case noted:
				allowed = append(allowed, key)
			case refused:
				if instead[r.hint] == nil {
					hints = append(hints, r.hint)
				}
				instead[r.hint] = append(instead[r.hint], key)
			default:
				counts = append(counts, key)
			}
		}
		for _, hint := range hints {
			fmt.Fprintf(&refusals, "| %s | %s | %s |\n", v.name, strings.Join(instead[hint], ", "), hint)
		}
		fmt.Fprintf(&read, "| %s | %s | %s |\n", v.name, strings.Join(counts, ", "), strings.Join(allowed, ", "))
	}
	return read.String() + "\nRefused, in what an operation that you chose reaches:\n\n" + refusals.String()
}
