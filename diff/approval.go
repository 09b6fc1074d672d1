package diff

import (
	"slices"
	"time"

	"example.com/lathe/diff/rules"
	"example.com/lathe/spec"
)

// Approval accepts a breaking change: a line of the configuration.
type Approval struct {
	// Rule and Place are those of the change; or else Fingerprint is. Reason is the
	// person's.
	Rule, Place, Fingerprint, Reason string
	// Expires is the last day on which it holds.
	Expires time.Time
	// Pos is where the configuration has it.
	Pos spec.Pos
}

const dateLayout = "2006-01-02"

// Apply marks the changes of a report that approvals accept on the day of today.
// Approvals that have expired, that accept nothing, or that name no rule are problems.
// What an approval can accept is what may fail a run: see [Change.Approvable].
func Apply(r *Report, approvals []Approval, today time.Time) spec.Problems {
	var problems spec.Problems
	day := today.Format(dateLayout)
	for _, a := range approvals {
		matched := r.approvable(a)
		rule, near := rules.Find(a.Rule)
		switch {
		case rule == nil && a.Fingerprint == "":
			problems.Add(a.Pos, nearRule(near), "approval of %s: there is no rule %s", Clean(a.Place), Clean(a.Rule))
		case len(matched) == 0:
			problems.Add(a.Pos, "remove it", "%s accepts nothing: there is no such breaking change", a.name())
		case a.Expires.Format(dateLayout) < day:
			problems = append(problems, expired(a, "fix what breaks, or give the approval a later date"))
		default:
			for _, c := range matched {
				c.Approval = new(a)
			}
		}
	}
	return problems
}

// name is what a message calls an approval.
func (a *Approval) name() string {
	if a.Fingerprint != "" {
		return "approval of " + Clean(a.Fingerprint)
	}
	return "approval of " + Clean(a.Rule) + " at " + Clean(a.Place)
}

// Expired lists the approvals that are over on the day of today, although what they
// accepted is done.
func Expired(approvals []Approval, today time.Time) spec.Problems {
	var problems spec.Problems
	for _, a := range approvals {
		if a.Expires.Format(dateLayout) < today.Format(dateLayout) {
			problems = append(problems, expired(a, "remove it"))
		}
	}
	return problems
}

func expired(a Approval, hint string) spec.Problem {
	return spec.Problem{Pos: a.Pos, Hint: hint, Message: a.name() + " expired on " + a.Expires.Format(dateLayout)}
}

// Needs reports whether something may fail that the approval accepts.
func (r *Report) Needs(a Approval) bool { return len(r.approvable(a)) > 0 }

func nearRule(near string) string {
	if near == "" {
		return "gen diff --explain all lists the rules"
	}
	return "did you mean " + near + "?"
}

// approvable are the changes that an approval names and that may fail a run.
func (r *Report) approvable(a Approval) []*Change {
	var all []*Change
	for i := range r.Changes {
		c := &r.Changes[i]
		named := c.Rule.ID == a.Rule && c.Place == a.Place
		if a.Fingerprint != "" {
			named = c.Fingerprint() == a.Fingerprint
		}
		if named && c.Approvable() {
			all = append(all, c)
		}
	}
	return slices.Clip(all)
}

// Approvable reports whether the change is strict or worse, or was so before the
// configuration or the program lowered it.
func (c *Change) Approvable() bool { return max(c.Severity(), c.judged) >= rules.Strict }
