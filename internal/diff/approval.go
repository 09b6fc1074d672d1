package diff

import (
	"slices"
	"time"

	"example.com/lathe/spec"
)

// Approval accepts a breaking change: a line of the configuration.
type Approval struct {
	// Rule and Place are those of the change, Reason is the person's.
	Rule, Place, Reason string
	// Expires is the last day on which it holds.
	Expires time.Time
	// Pos is where the configuration has it.
	Pos spec.Pos
}

const dateLayout = "2006-01-02"

// Apply marks the breaking changes of a report that approvals accept on the day
// of today. Approvals that have expired, that accept nothing, or that name no rule
// are problems.
func Apply(r *Report, approvals []Approval, today time.Time) spec.Problems {
	var problems spec.Problems
	day := today.Format(dateLayout)
	for _, a := range approvals {
		matched := r.breaking(a)
		switch _, near, known := FindRule(a.Rule); {
		case !known:
			problems.Add(a.Pos, nearRule(near), "approval of %s: there is no rule %s", clean(a.Place), clean(a.Rule))
		case len(matched) == 0:
			problems.Add(a.Pos, "remove it", "approval of %s at %s accepts nothing: there is no such breaking change", a.Rule, clean(a.Place))
		case a.Expires.Format(dateLayout) < day:
			problems = append(problems, expired(a, "mend what breaks, or give the approval a later date"))
		default:
			for _, c := range matched {
				c.Approval = new(a)
			}
		}
	}
	return problems
}

// Expired tells of approvals that are over on the day of today, although what they
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
	return spec.Problem{Pos: a.Pos, Hint: hint, Message: "approval of " + clean(a.Rule) + " at " + clean(a.Place) + " expired on " + a.Expires.Format(dateLayout)}
}

// Needs says whether something breaks that the approval accepts.
func (r *Report) Needs(a Approval) bool { return len(r.breaking(a)) > 0 }

func nearRule(near string) string {
	if near == "" {
		return "gen diff --explain all lists the rules"
	}
	return "did you mean " + near + "?"
}

// breaking are the breaking changes that an approval names.
func (r *Report) breaking(a Approval) []*Change {
	var all []*Change
	for i := range r.Changes {
		c := &r.Changes[i]
		if c.Severity() == Breaking && c.Rule == a.Rule && c.Place == a.Place {
			all = append(all, c)
		}
	}
	return slices.Clip(all)
}
