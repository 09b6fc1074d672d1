package report

import (
	"io"
	"net/url"
	"path/filepath"

	"example.com/lathe/diff"
	"example.com/lathe/diff/rules"
	"example.com/lathe/spec"
)

// The parts of SARIF 2.1.0 that a report has
// (https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html).
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool struct {
			Driver sarifDriver `json:"driver"`
		} `json:"tool"`
		Results []sarifResult `json:"results"`
	}
	sarifDriver struct {
		Name  string      `json:"name"`
		Rules []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID    string    `json:"id"`
		Short sarifText `json:"shortDescription"`
		Full  sarifText `json:"fullDescription"`
		Help  sarifText `json:"help"`
	}
	sarifText struct {
		Text string `json:"text"`
	}
	sarifResult struct {
		RuleID       string             `json:"ruleId"`
		Level        string             `json:"level"`
		Message      sarifText          `json:"message"`
		Locations    []sarifLocation    `json:"locations"`
		Fingerprints map[string]string  `json:"partialFingerprints"`
		Suppressions []sarifSuppression `json:"suppressions,omitempty"`
	}
	sarifLocation struct {
		Physical *sarifPhysical `json:"physicalLocation,omitempty"`
		Logical  []sarifLogical `json:"logicalLocations"`
	}
	sarifPhysical struct {
		Artifact struct {
			URI string `json:"uri"`
		} `json:"artifactLocation"`
		Region *sarifRegion `json:"region,omitempty"`
	}
	sarifRegion struct {
		Line   int `json:"startLine"`
		Column int `json:"startColumn,omitempty"`
	}
	sarifLogical struct {
		Name string `json:"fullyQualifiedName"`
	}
	sarifSuppression struct {
		Kind          string `json:"kind"`
		Justification string `json:"justification"`
	}
)

// SARIF writes the report for code scanning. Approved changes are suppressed, and
// what matters to nobody is left out.
func SARIF(w io.Writer, r *diff.Report, o Options) error {
	run := sarifRun{Results: []sarifResult{}}
	run.Tool.Driver = sarifDriver{Name: "lathe", Rules: []sarifRule{}}
	known := map[*rules.Rule]bool{}
	for i := range r.Changes {
		c := &r.Changes[i]
		if !isSevere(c) {
			continue
		}
		if !known[c.Rule] {
			known[c.Rule] = true
			run.Tool.Driver.Rules = append(run.Tool.Driver.Rules,
				sarifRule{c.Rule.ID, sarifText{c.Rule.Title}, sarifText{c.Rule.Why}, sarifText{c.Rule.Do}})
		}
		run.Results = append(run.Results, sarifOf(c, o))
	}
	return encode(w, sarifLog{"https://json.schemastore.org/sarif-2.1.0.json", "2.1.0", []sarifRun{run}})
}

func sarifOf(c *diff.Change, o Options) sarifResult {
	level := map[string]string{"error": "error", "warning": "warning", "notice": "note"}[levelOf(c, o)]
	location := sarifLocation{Logical: []sarifLogical{{c.Place}}}
	pos := c.NewPos
	if pos == (spec.Pos{}) {
		pos = c.OldPos
	}
	if pos.File != "" {
		location.Physical = &sarifPhysical{}
		location.Physical.Artifact.URI = (&url.URL{Path: filepath.ToSlash(o.path(pos.File))}).String()
		if pos.Line > 0 {
			location.Physical.Region = &sarifRegion{pos.Line, pos.Column}
		}
	}
	out := sarifResult{
		RuleID: c.Rule.ID, Level: level, Message: sarifText{message(c)}, Locations: []sarifLocation{location},
		Fingerprints: map[string]string{"lathe/v1": c.Fingerprint()},
	}
	if c.Approval != nil {
		out.Suppressions = []sarifSuppression{{"external", c.Approval.Reason}}
	}
	return out
}
