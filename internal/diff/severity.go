package diff

import "fmt"

// Severity says how much a difference matters.
type Severity uint8

// The severities, least first.
const (
	None     Severity = iota // nobody has to know
	Notable                  // worth a look
	Breaking                 // something stops working
)

var severityNames = [...]string{"none", "notable", "breaking"}

// String gives the severity's name.
func (s Severity) String() string { return severityNames[s] }

// MarshalText gives the severity's name.
func (s Severity) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// Direction is what a shape is to an operation that reaches it.
type Direction uint8

// The directions. What only an operation itself has is in no direction.
const (
	Input Direction = iota
	Output
	Error
)

var directionNames = [...]string{"input", "output", "error"}

// String gives the direction's name.
func (d Direction) String() string { return directionNames[d] }

// MarshalText gives the direction's name.
func (d Direction) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// Verdict is a severity by direction.
type Verdict [3]Severity

// always is a verdict that no direction changes.
func always(s Severity) Verdict { return Verdict{s, s, s} }

// sent is a verdict on what clients send, received one on what they read, be it an
// output or an error.
func sent(s Severity) Verdict { return Verdict{Input: s} }

func received(s Severity) Verdict { return Verdict{Output: s, Error: s} }

// of gives the worst severity in the directions, or in all when there are none.
func (v Verdict) of(directions []Direction) Severity {
	if len(directions) == 0 {
		return max(v[Input], v[Output], v[Error])
	}
	worst := None
	for _, d := range directions {
		worst = max(worst, v[d])
	}
	return worst
}

// String gives one word where the directions agree, and otherwise one for each.
func (v Verdict) String() string {
	if v[Input] == v[Output] && v[Output] == v[Error] {
		return v[Input].String()
	}
	if v[Output] == v[Error] {
		return fmt.Sprintf("%s in inputs, %s in outputs and errors", v[Input], v[Output])
	}
	return fmt.Sprintf("%s in inputs, %s in outputs, %s in errors", v[Input], v[Output], v[Error])
}
