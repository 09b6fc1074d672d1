package diff_test

import (
	"bytes"
	"encoding/json"
	"testing"
	"time"
	"unicode"

	"example.com/lathe/diff"
	"example.com/lathe/diff/report"
)

func day(text string) time.Time {
	d, err := time.Parse("2006-01-02", text)
	if err != nil {
		panic(err)
	}
	return d
}

// checkPrinting sees that no form has control characters, and that the JSON is
// some.
func checkPrinting(t *testing.T, r *diff.Report) {
	t.Helper()
	for _, format := range report.Formats() {
		var out bytes.Buffer
		if err := report.Write(&out, format, r, report.Options{Width: 80, All: true}); err != nil {
			t.Fatal(err)
		}
		if (format == "json" || format == "sarif") && !json.Valid(out.Bytes()) {
			t.Errorf("%s is not JSON: %s", format, out.String())
		}
		for _, c := range out.String() {
			if format != "json" && format != "sarif" && c != '\n' && (unicode.IsControl(c) || unicode.Is(unicode.Cf, c)) {
				t.Errorf("%s has the control character %q", format, c)
			}
		}
	}
}

// openStats is a part of the base service that tests change.
const openStats = "        added: {$ref: '#/components/schemas/Integer'}\n        failed: {$ref: '#/components/schemas/Integer'}\n"
