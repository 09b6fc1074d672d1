package rules

import (
	"fmt"
	"slices"

	"example.com/lathe/diff/internal/compare"
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

// Direction is what a shape is to an operation that reaches it.
type Direction uint8

// The directions. What only an operation itself has is in no direction.
const (
	Input  = Direction(compare.Input)
	Output = Direction(compare.Output)
	Error  = Direction(compare.Error)
)

// String returns the direction's name.
func (d Direction) String() string { return compare.Direction(d).String() }

// MarshalText returns the direction's name.
func (d Direction) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

func directionsOf(found []compare.Direction) []Direction {
	var all []Direction
	for _, d := range found {
		all = append(all, Direction(d))
	}
	return all
}

// Verdict is a severity by direction.
type Verdict [3]Severity

// always is a verdict that no direction changes.
func always(s Severity) Verdict { return Verdict{s, s, s} }

// sent is a verdict on what clients send, received one on what they read, be it an
// output or an error.
func sent(s Severity) Verdict { return Verdict{Input: s} }

func received(s Severity) Verdict { return Verdict{Output: s, Error: s} }

// Of returns the worst severity in the directions, or in all when there are none.
func (v Verdict) Of(directions []Direction) Severity {
	if len(directions) == 0 {
		return max(v[Input], v[Output], v[Error])
	}
	worst := None
	for _, d := range directions {
		worst = max(worst, v[d])
	}
	return worst
}

// String returns one word where the directions agree, and otherwise one for each.
func (v Verdict) String() string {
	if v[Input] == v[Output] && v[Output] == v[Error] {
		return v[Input].String()
	}
	if v[Output] == v[Error] {
		return fmt.Sprintf("%s in inputs, %s in outputs and errors", v[Input], v[Output])
	}
	return fmt.Sprintf("%s in inputs, %s in outputs, %s in errors", v[Input], v[Output], v[Error])
}
