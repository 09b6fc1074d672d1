package diff

import (
	"cmp"
	"slices"
	"strings"

	"example.com/lathe/spec"
)

// Report is everything that differs between two versions of an API.
type Report struct {
	// Changes are in the order of their places, and those of one place in the
	// order of their rules.
	Changes []Change
}

// Change is one difference.
type Change struct {
	// Rule is the id of the rule that judges it.
	Rule string
	// Place is where it stands in the model, in terms that stay when other parts
	// change: "service", "GetRun", "GetRun.output.status", "GetRun.errors.Denied",
	// "shape:Status.FAILED", "shape:Tags.member". A shape that was renamed goes by
	// its old name.
	Place string
	// Wire, Go and Behaviour are the severities on each axis.
	Wire, Go, Behaviour Severity
	// Old and New say what stood there; empty for nothing.
	Old, New string
	// OldPos and NewPos are the places in the documents. For what one side does
	// not have it is the place of what would hold it.
	OldPos, NewPos spec.Pos
	// Text is the difference in a sentence, Hint what to do about it.
	Text, Hint string
	// Operations are those that the change concerns, sorted, and Directions how
	// they reach it; there are no directions when it is about the operations
	// themselves, and no operations when it is about the service.
	Operations []string
	Directions []Direction
	// GoChanges are the changes of the Go API that it causes, when they are known;
	// see [Report.ResolveGo].
	GoChanges []GoChange
	// Approval accepts the change; nil when none does.
	Approval *Approval

	goOld, goNew []string // the Go objects that it concerns on each side
}

// Severity is the worst of the three axes.
func (c *Change) Severity() Severity { return max(c.Wire, c.Go, c.Behaviour) }

// IsOpen says whether the change breaks something and is not approved.
func (c *Change) IsOpen() bool { return c.Severity() == Breaking && c.Approval == nil }

// Counts are the numbers of changes by severity. Approved ones are counted among
// the breaking ones too.
type Counts struct {
	Breaking, Notable, None, Approved int
}

// Counts counts the changes.
func (r *Report) Counts() Counts {
	var n Counts
	for i := range r.Changes {
		switch c := &r.Changes[i]; c.Severity() {
		case Breaking:
			n.Breaking++
			if c.Approval != nil {
				n.Approved++
			}
		case Notable:
			n.Notable++
		case None:
			n.None++
		}
	}
	return n
}

// IsBreaking says whether something breaks that is not approved.
func (r *Report) IsBreaking() bool {
	return slices.ContainsFunc(r.Changes, func(c Change) bool { return c.IsOpen() })
}

func (r *Report) sort() {
	slices.SortStableFunc(r.Changes, func(a, b Change) int {
		return cmp.Or(
			cmp.Compare(a.Place, b.Place), cmp.Compare(a.Rule, b.Rule),
			cmp.Compare(a.Old, b.Old), cmp.Compare(a.New, b.New),
		)
	})
}

// group is the heading that a change stands under: its only operation, or one
// for what is new, or concerns several or all.
func (c *Change) group() string {
	switch {
	case c.Rule == "operation-added":
		return newGroup
	case len(c.Operations) == 1:
		return c.Operations[0]
	case len(c.Operations) == 0 || !strings.HasPrefix(c.Place, shapePrefix):
		return serviceGroup
	default:
		return sharedGroup
	}
}

const (
	newGroup     = "New operations"
	serviceGroup = "The service"
	sharedGroup  = "Shapes of several operations"
	servicePlace = "service"
	shapePrefix  = "shape:"
)

// section is the changes under one heading, worst first.
type section struct {
	heading string
	changes []*Change
}

// sections groups the changes; the sections with the worst changes come first.
func (r *Report) sections(wanted func(*Change) bool) []section {
	at := map[string]int{}
	var all []section
	for i := range r.Changes {
		c := &r.Changes[i]
		if !wanted(c) {
			continue
		}
		heading := c.group()
		j, ok := at[heading]
		if !ok {
			j = len(all)
			at[heading] = j
			all = append(all, section{heading: heading})
		}
		all[j].changes = append(all[j].changes, c)
	}
	for _, s := range all {
		slices.SortStableFunc(s.changes, func(a, b *Change) int { return cmp.Compare(rank(b), rank(a)) })
	}
	slices.SortStableFunc(all, func(a, b section) int {
		return cmp.Or(cmp.Compare(rank(b.changes[0]), rank(a.changes[0])), cmp.Compare(a.heading, b.heading))
	})
	return all
}

// rank orders changes by severity; what is approved comes behind what is open.
func rank(c *Change) int {
	if c.Severity() == Breaking && c.Approval == nil {
		return int(Breaking) + 1
	}
	return int(c.Severity())
}
