package diff

import (
	"slices"

	"example.com/lathe/diff/rules"
	"example.com/lathe/spec"
)

// Use is what a program does with what a change concerns.
type Use struct {
	// Lines are where the program names it; none when it never does.
	Lines []spec.Pos
}

// Override sets the severities of changes by the ids of their rules: each axis that has a
// severity gets that one, and a change without any gets it for behaviour.
func (r *Report) Override(severities map[string]rules.Severity) {
	for i := range r.Changes {
		c := &r.Changes[i]
		s, ok := severities[c.Rule.ID]
		if !ok {
			continue
		}
		c.judged = max(c.judged, c.Severity())
		if c.judged == rules.None {
			c.Behaviour = s
		}
		for _, axis := range [...]*rules.Severity{&c.Wire, &c.Go, &c.Behaviour} {
			if *axis > rules.None {
				*axis = s
			}
		}
	}
	r.settle()
}

// Weigh looks at what a program uses of the client: uses are the lines by the names
// of Go objects. Changes of what it never touches rank one step lower.
func (r *Report) Weigh(uses map[string][]spec.Pos) {
	for i := range r.Changes {
		c := &r.Changes[i]
		c.Use = &Use{linesOf(uses, c.subjects())}
		c.judged = max(c.judged, c.Severity())
		if len(c.Use.Lines) == 0 {
			c.Wire, c.Go, c.Behaviour = c.Wire.Lower(), c.Go.Lower(), c.Behaviour.Lower()
		}
	}
	r.settle()
}

// subjects are the Go objects by whose use a change is weighed. What fails a whole
// call is weighed by the calls; what has no Go object of its own by what holds it.
func (c *Change) subjects() []string {
	switch {
	case c.Rule.ID == "go-comparability-lost":
		var all []string
		for _, object := range c.oldGo {
			all = append(all, Comparison(object))
		}
		return all
	case len(c.Operations) == 0 && len(c.oldGo) == 0:
		return []string{AnyUse}
	case c.Rule.Whole && len(c.methods) > 0:
		return c.methods
	case len(c.oldGo) > 0:
		return c.oldGo
	case len(c.holders) > 0:
		return c.holders
	default:
		return c.methods
	}
}

// AnyUse is the object that stands for any use of a client.
const AnyUse = "*"

// Comparison is the object that stands for comparing values of a type.
func Comparison(object string) string { return object + "==" }

// linesOf are the lines that name one of some objects, each once, in order.
func linesOf(uses map[string][]spec.Pos, objects []string) []spec.Pos {
	var all []spec.Pos
	for _, object := range objects {
		all = append(all, uses[object]...)
	}
	slices.SortFunc(all, spec.Pos.Compare)
	return slices.CompactFunc(all, func(a, b spec.Pos) bool { return a.File == b.File && a.Line == b.Line })
}
