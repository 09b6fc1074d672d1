package plan

import "testing"

// TestExampleSuffix: go vet takes a suffix that begins with a small letter.
func TestExampleSuffix(t *testing.T) {
	for title, want := range map[string]string{
		"To create a table": "toCreateATable", "": "example", "2 of a kind": "example2OfAKind", "É": "example", "GetRun: an ARN": "getrunAnARN",
		"a word " + "longerthanthelimitofasuffixlongerthanthelimitofasuffixlongerthan" + " end": "aWordEnd",
	} {
		if got := exampleSuffix(title); got != want {
			t.Errorf("%q gives %s, want %s", title, got, want)
		}
	}
}
