package diff

import (
	"encoding/json"
	"io"
	"path/filepath"

	"example.com/lathe/spec"
)

// The JSON form of a report. It is documented in the help of the command and stays
// as it is.
type (
	jsonReport struct {
		OK       bool          `json:"ok"`
		Counts   jsonCounts    `json:"counts"`
		Changes  []jsonChange  `json:"changes"`
		Problems []jsonProblem `json:"problems"`
	}
	jsonCounts struct {
		Breaking int `json:"breaking"`
		Notable  int `json:"notable"`
		None     int `json:"none"`
		Approved int `json:"approved"`
	}
	jsonChange struct {
		Rule       string         `json:"rule"`
		Place      string         `json:"place"`
		Severity   Severity       `json:"severity"`
		Wire       Severity       `json:"wire"`
		Go         Severity       `json:"go"`
		Behaviour  Severity       `json:"behaviour"`
		Text       string         `json:"text"`
		Hint       string         `json:"hint"`
		Old        string         `json:"old"`
		New        string         `json:"new"`
		OldPos     jsonPos        `json:"oldPos"`
		NewPos     jsonPos        `json:"newPos"`
		Operations []string       `json:"operations"`
		Directions []Direction    `json:"directions"`
		GoChanges  []jsonGoChange `json:"goChanges"`
		Approval   *jsonApproval  `json:"approval"`
	}
	jsonGoChange struct {
		Object   string `json:"object"`
		Kind     string `json:"kind"`
		Old      string `json:"old"`
		New      string `json:"new"`
		Why      string `json:"why"`
		Breaking bool   `json:"breaking"`
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

// JSON writes the report as one object, with the problems of approvals.
func (r *Report) JSON(w io.Writer, problems spec.Problems) error {
	n := r.Counts()
	out := jsonReport{
		OK: !r.IsBreaking() && len(problems) == 0, Counts: jsonCounts(n),
		Changes: []jsonChange{}, Problems: []jsonProblem{},
	}
	for i := range r.Changes {
		out.Changes = append(out.Changes, newJSONChange(&r.Changes[i]))
	}
	for _, p := range problems {
		out.Problems = append(out.Problems, jsonProblem{newJSONPos(p.Pos), p.Message, p.Hint})
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(out)
}

func newJSONChange(c *Change) jsonChange {
	out := jsonChange{
		Rule: c.Rule, Place: c.Place, Severity: c.Severity(), Wire: c.Wire, Go: c.Go, Behaviour: c.Behaviour,
		Text: c.Text, Hint: c.Hint, Old: c.Old, New: c.New, OldPos: newJSONPos(c.OldPos), NewPos: newJSONPos(c.NewPos),
		Operations: append([]string{}, c.Operations...), Directions: append([]Direction{}, c.Directions...),
		GoChanges: []jsonGoChange{},
	}
	for _, g := range c.GoChanges {
		out.GoChanges = append(out.GoChanges, jsonGoChange(g))
	}
	if a := c.Approval; a != nil {
		out.Approval = &jsonApproval{a.Reason, a.Expires.Format(dateLayout), newJSONPos(a.Pos)}
	}
	return out
}

func newJSONPos(p spec.Pos) jsonPos {
	return jsonPos{filepath.ToSlash(p.File), p.Line, p.Column, p.Pointer}
}
