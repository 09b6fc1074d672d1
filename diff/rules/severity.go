package rules

import (
	"fmt"
	"slices"

	"example.com/lathe/diff/compare"
)

// Severity is how much a difference matters.
type Severity uint8

// The severities, least first.
const (
	None     Severity = iota // nobody has to know
	Notable                  // worth a look
	Strict                   // only unusual code notices: == on structs, literals without keys, exhaustive type switches
	Breaking                 // a caller's code or calls can fail
)

var severityNames = [...]string{"none", "notable", "strict", "breaking"}

// ParseSeverity returns the severity of that name.
func ParseSeverity(name string) (Severity, bool) {
	at := slices.Index(severityNames[:], name)
	return Severity(max(at, 0)), at >= 0
}

// SeverityNames are the names of the severities, worst first.
func SeverityNames() []string {
	names := slices.Clone(severityNames[:])
	slices.Reverse(names)
	return names
}

// String returns the severity's name.
func (s Severity) String() string { return severityNames[s] }

// MarshalText returns the severity's name.
func (s Severity) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// Lower returns the severity one step down.
func (s Severity) Lower() Severity { return max(s, 1) - 1 }

// Verdict is a severity by direction.
type Verdict [3]Severity

// always is a verdict that no direction changes.
func always(s Severity) Verdict { return Verdict{s, s, s} }

// sent is a verdict on what clients send, received one on what they read, be it an
// output or an error.
func sent(s Severity) Verdict { return Verdict{compare.Input: s} }

func received(s Severity) Verdict { return Verdict{compare.Output: s, compare.Error: s} }

// Of returns the worst severity in the directions, or in all when there are none.
func (v Verdict) Of(directions []compare.Direction) Severity {
	if len(directions) == 0 {
		return max(v[compare.Input], v[compare.Output], v[compare.Error])
	}
	worst := None
	for _, d := range directions {
		worst = max(worst, v[d])
	}
	return worst
}

// String returns one word where the directions agree, and otherwise one for each.
func (v Verdict) String() string {
	if v[compare.Input] == v[compare.Output] && v[compare.Output] == v[compare.Error] {
		return v[compare.Input].String()
	}
	if v[compare.Output] == v[compare.Error] {
		return fmt.Sprintf("%s in inputs, %s in outputs and errors", v[compare.Input], v[compare.Output])
	}
	return fmt.Sprintf("%s in inputs, %s in outputs, %s in errors", v[compare.Input], v[compare.Output], v[compare.Error])
}
