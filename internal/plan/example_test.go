package plan

import (
	"encoding/json"
	"strings"
	"testing"

	"example.com/lathe/spec"
)

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

// TestExamplesThatDoNotFit sees that an example costs a warning where it has what no member
// stands for, or a number that its type cannot hold.
func TestExamplesThatDoNotFit(t *testing.T) {
	text, single := &spec.Shape{Name: "Text", Kind: spec.String}, &spec.Shape{Name: "Single", Kind: spec.Float}
	failure := &spec.Shape{Name: "Failure", Kind: spec.Structure, Error: &spec.ErrorTraits{}, Members: []*spec.Member{{Name: "code", Target: text}}}
	in := &spec.Shape{Name: "In", Kind: spec.Structure,
		Members: []*spec.Member{{Name: "single", Target: single}, {Name: "failure", Target: failure}}}
	for want, input := range map[string]object{
		"":                                      {"single": json.Number("3.4e38")},
		"input.single is too large":             {"single": json.Number("1e300")},
		`input.failure has no member ""`:        {"failure": object{"": "text"}},
		`input.failure has no member "Message"`: {"failure": object{"Message": "text"}},
	} {
		op := &spec.Operation{
			Name: "Get", Input: in, HTTP: spec.HTTP{Method: "POST", URI: spec.URI{Source: "/", Path: []spec.URIPart{{Literal: "/"}}}},
			Examples: []spec.Example{{Title: "One", Input: input}},
		}
		api := &spec.API{Name: "Svc", ID: "Svc", Protocols: []spec.Protocol{spec.RestJSON1}, Operations: []*spec.Operation{op}}
		p, err := Build(api, Config{ImportPath: "example.com/svc", Runtime: "example.com/svc/internal"})
		if err != nil {
			t.Fatal(err)
		}
		if want == "" && len(p.Examples) == 1 {
			continue
		}
		if len(p.Warnings) != 1 || !strings.HasSuffix(p.Warnings[0].Message, ": "+want) {
			t.Errorf("the warnings are %v, want %s", p.Warnings, want)
		}
	}
}

type object = map[string]any
