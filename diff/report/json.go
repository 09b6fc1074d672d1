package report

import (
	"encoding/json"
	"io"
	"path/filepath"

	"example.com/lathe/diff"
	"example.com/lathe/diff/rules"
	"example.com/lathe/spec"
)

// The JSON form of a report; docs/diff.schema.json describes it. All keys are always
// there.
type (
	jsonReport struct {
		OK       bool          `json:"ok"`
		Verdict  string        `json:"verdict"`
		Counts   jsonCounts    `json:"counts"`
		Changes  []jsonChange  `json:"changes"`
		Problems []jsonProblem `json:"problems"`
	}
	jsonCounts struct {
		Breaking int `json:"breaking"`
		Strict   int `json:"strict"`
		Notable  int `json:"notable"`
		None     int `json:"none"`
		Approved int `json:"approved"`
	}
	jsonChange struct {
		Fingerprint string            `json:"fingerprint"`
		Package     string            `json:"package"`
		Rule        string            `json:"rule"`
		Place       string            `json:"place"`
		Severity    rules.Severity    `json:"severity"`
		Wire        rules.Severity    `json:"wire"`
		Go          rules.Severity    `json:"go"`
		Behaviour   rules.Severity    `json:"behaviour"`
		Text        string            `json:"text"`
		Hint        string            `json:"hint"`
		Old         string            `json:"old"`
		New         string            `json:"new"`
		OldPos      jsonPos           `json:"oldPos"`
		NewPos      jsonPos           `json:"newPos"`
		Operations  []string          `json:"operations"`
		Directions  []rules.Direction `json:"directions"`
		GoChanges   []jsonGoChange    `json:"goChanges"`
		Use         *jsonUse          `json:"use"`
		Approval    *jsonApproval     `json:"approval"`
	}
	jsonGoChange struct {
		Object   string         `json:"object"`
		Kind     string         `json:"kind"`
		Old      string         `json:"old"`
		New      string         `json:"new"`
		Why      string         `json:"why"`
		Severity rules.Severity `json:"severity"`
		Breaking bool           `json:"breaking"`
	}
	jsonUse struct {
		Used  bool      `json:"used"`
		Lines []jsonPos `json:"lines"`
	}
	jsonApproval struct {
		Reason  string  `json:"reason"`
		Expires string  `json:"expires"`
		Pos     jsonPos `json:"pos"`
	}
	jsonPos struct {
		File    string `json:"file"`
		Line    int    `json:"line"`
		Column  int    `json:"column"`
		Pointer string `json:"pointer"`
	}
	jsonProblem struct {
		jsonPos
		Message string `json:"message"`
		Hint    string `json:"hint"`
	}
)

// JSON writes the report as one object.
func JSON(w io.Writer, r *diff.Report, o Options) error {
	out := jsonReport{
		OK: !r.Fails(o.failOn()) && len(o.Problems) == 0, Verdict: Verdict(r, o), Counts: jsonCounts(r.Counts()),
		Changes: []jsonChange{}, Problems: []jsonProblem{},
	}
	for i := range r.Changes {
		out.Changes = append(out.Changes, newJSONChange(&r.Changes[i]))
	}
	for _, p := range o.Problems {
		out.Problems = append(out.Problems, jsonProblem{newJSONPos(p.Pos), p.Message, p.Hint})
	}
	return encode(w, out)
}

// Failed writes the object for a comparison that failed.
func Failed(w io.Writer, problems spec.Problems) error {
	out := jsonReport{Verdict: "the comparison failed", Changes: []jsonChange{}, Problems: []jsonProblem{}}
	for _, p := range problems {
		out.Problems = append(out.Problems, jsonProblem{newJSONPos(p.Pos), p.Message, p.Hint})
	}
	return encode(w, out)
}

func encode(w io.Writer, value any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(value)
}

func newJSONChange(c *diff.Change) jsonChange {
	out := jsonChange{
		Fingerprint: c.Fingerprint(), Package: c.Package, Rule: c.Rule.ID, Place: c.Place,
		Severity: c.Severity(), Wire: c.Wire, Go: c.Go, Behaviour: c.Behaviour,
		Text: c.Text, Hint: c.Hint, Old: c.Old, New: c.New, OldPos: newJSONPos(c.OldPos), NewPos: newJSONPos(c.NewPos),
		Operations: append([]string{}, c.Operations...), Directions: append([]rules.Direction{}, c.Directions...),
		GoChanges: []jsonGoChange{},
	}
	for _, g := range c.GoChanges {
		out.GoChanges = append(out.GoChanges, jsonGoChange{
			g.Object, g.Kind, g.Old, g.New, g.Why, g.Severity, g.Severity == rules.Breaking,
		})
	}
	if c.Use != nil {
		out.Use = &jsonUse{len(c.Use.Lines) > 0, []jsonPos{}}
		for _, pos := range c.Use.Lines {
			out.Use.Lines = append(out.Use.Lines, newJSONPos(pos))
		}
	}
	if a := c.Approval; a != nil {
		out.Approval = &jsonApproval{a.Reason, a.Expires.Format(dateLayout), newJSONPos(a.Pos)}
	}
	return out
}

func newJSONPos(p spec.Pos) jsonPos {
	return jsonPos{filepath.ToSlash(p.File), p.Line, p.Column, p.Pointer}
}
