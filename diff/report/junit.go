package report

import (
	"encoding/xml"
	"io"

	"example.com/lathe/diff"
)

type (
	junitSuites struct {
		XMLName xml.Name     `xml:"testsuites"`
		Suites  []junitSuite `xml:"testsuite"`
	}
	junitSuite struct {
		Name     string      `xml:"name,attr"`
		Tests    int         `xml:"tests,attr"`
		Failures int         `xml:"failures,attr"`
		Skipped  int         `xml:"skipped,attr"`
		Cases    []junitCase `xml:"testcase"`
	}
	junitCase struct {
		Class   string       `xml:"classname,attr"`
		Name    string       `xml:"name,attr"`
		Failure *junitResult `xml:"failure"`
		Skipped *junitResult `xml:"skipped"`
	}
	junitResult struct {
		Message string `xml:"message,attr"`
		Text    string `xml:",chardata"`
	}
)

// JUnit writes the report as test results: a case for each change that matters, of
// which those fail that must not be, and approved ones are skipped. Without any there
// is one case that passes.
func JUnit(w io.Writer, r *diff.Report, o Options) error {
	suite := junitSuite{Name: "gen diff"}
	for i := range r.Changes {
		c := &r.Changes[i]
		if !isSevere(c) {
			continue
		}
		test := junitCase{Class: clean(c.Rule.ID), Name: clean(c.Place)}
		switch {
		case c.Approval != nil:
			test.Skipped = &junitResult{Message: clean(c.Approval.Reason)}
			suite.Skipped++
		case c.IsOpen(o.failOn()):
			test.Failure = &junitResult{clean(c.Text), message(c) + "\n" + clean(positions(c))}
			suite.Failures++
		}
		suite.Cases = append(suite.Cases, test)
	}
	for _, p := range o.Problems {
		suite.Cases = append(suite.Cases, junitCase{
			Class: "approval", Name: clean(p.Pos.String()), Failure: &junitResult{clean(p.Message), clean(p.Hint)},
		})
		suite.Failures++
	}
	if len(suite.Cases) == 0 {
		suite.Cases = []junitCase{{Class: "gen diff", Name: Verdict(r, o)}}
	}
	suite.Tests = len(suite.Cases)
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	enc := xml.NewEncoder(w)
	enc.Indent("", "  ")
	if err := enc.Encode(junitSuites{Suites: []junitSuite{suite}}); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}
