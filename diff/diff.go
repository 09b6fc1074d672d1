// Package diff compares two versions of an API and reports, in words, what each
// difference means to those who call it through a generated client.
//
// Package rules is the table of what can differ and how it is judged, and package
// report writes what came of it.
package diff

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"example.com/lathe/diff/rules"
	"example.com/lathe/spec"
)

// Report is everything that differs between two versions of an API.
type Report struct {
	// Changes are in the order of their places, and those of one place in the
	// order of their rules.
	Changes []Change
	// Unrelated says that the two have nothing in common: no operation of one is in
	// the other.
	Unrelated bool
	// Unsound is what is wrong with the old version, which was compared as far as it
	// could be read.
	Unsound spec.Problems
	// PackageNames are what the Go packages of both clients are called, unless
	// lathe.yaml says otherwise.
	PackageNames []string
}

// Change is one difference.
type Change struct {
	// Rule is the rule that judges it.
	Rule *rules.Rule
	// Package is the output folder of the client that changes, where several were
	// compared.
	Package string
	// Place is where it stands in the model, in terms that stay when other parts
	// change: "service", "GetRun", "GetRun.output.status", "GetRun.errors.Denied",
	// "shape:Status.FAILED", "shape:Tags.member". What was renamed goes by its old
	// name.
	Place string
	// Wire, Go and Behaviour are the severities on each axis.
	Wire, Go, Behaviour rules.Severity
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
	Directions []rules.Direction
	// GoChanges are the changes of the Go API that it causes, when they are known;
	// see [Report.ResolveGo].
	GoChanges []GoChange
	// Approval accepts the change; nil when none does.
	Approval *Approval
	// Use is what a program does with what changes; nil when no program was asked.
	Use *Use

	judged       rules.Severity // before configuration and program had a say
	what         string
	oldGo, newGo []string // the Go objects that it concerns on each side
	holders      []string // those that hold what has no Go object of its own
	methods      []string // the methods of the operations
}

// Compare lists everything that differs between two versions of an API, of which the
// operations to compare have been selected. Neither is changed.
func Compare(before, after *spec.API) *Report {
	found := rules.Compare(before, after)
	r := &Report{Unrelated: found.Unrelated, PackageNames: found.PackageNames}
	for _, f := range found.All {
		r.Changes = append(r.Changes, Change{
			Rule: f.Rule, Place: f.Place, Wire: f.Wire, Go: f.Go, Behaviour: f.Behaviour, Old: f.Old, New: f.New,
			OldPos: f.OldPos, NewPos: f.NewPos, Text: f.Rule.Say(f.What, f.Old, f.New),
			Operations: f.Operations, Directions: f.Directions,
			what: f.What, oldGo: f.OldGo, newGo: f.NewGo, holders: f.Holders, methods: f.Methods,
		})
	}
	r.settle()
	return r
}

// Add adds changes of what is no part of the models.
func (r *Report) Add(changes ...Change) {
	r.Changes = append(r.Changes, changes...)
	r.settle()
}

// settle adds hints to what matters, and sorts.
func (r *Report) settle() {
	for i := range r.Changes {
		c := &r.Changes[i]
		c.Hint = ""
		if c.Severity() > rules.None {
			c.Hint = c.Rule.Do
		}
	}
	slices.SortStableFunc(r.Changes, func(a, b Change) int {
		return cmp.Or(
			cmp.Compare(a.Package, b.Package), cmp.Compare(a.Place, b.Place), cmp.Compare(a.Rule.ID, b.Rule.ID),
			cmp.Compare(a.Old, b.Old), cmp.Compare(a.New, b.New),
		)
	})
}

// Severity is the worst of the three axes.
func (c *Change) Severity() rules.Severity { return max(c.Wire, c.Go, c.Behaviour) }

// What is what a sentence calls the thing that changed.
func (c *Change) What() string { return c.what }

// IsOpen reports whether the change is as severe as that and not approved.
func (c *Change) IsOpen(limit rules.Severity) bool {
	return c.Severity() >= limit && c.Approval == nil
}

// Fingerprint identifies the change in all forms of a report, and stays the same
// when other parts of the documents change: it is made of the rule, the
// place and what stood there, and not of positions or severities.
func (c *Change) Fingerprint() string {
	sum := sha256.Sum256([]byte(strings.Join([]string{c.Rule.ID, c.Place, c.Old, c.New}, "\x00")))
	return hex.EncodeToString(sum[:6])
}

// Counts are the numbers of changes by severity. Approved ones are counted with their
// severity too.
type Counts struct {
	Breaking, Strict, Notable, None, Approved int
}

// Counts counts the changes.
func (r *Report) Counts() Counts {
	var n Counts
	for i := range r.Changes {
		c := &r.Changes[i]
		switch c.Severity() {
		case rules.Breaking:
			n.Breaking++
		case rules.Strict:
			n.Strict++
		case rules.Notable:
			n.Notable++
		case rules.None:
			n.None++
		}
		if c.Approval != nil {
			n.Approved++
		}
	}
	return n
}

// Fails reports whether something is as severe as that and not approved.
func (r *Report) Fails(limit rules.Severity) bool {
	return slices.ContainsFunc(r.Changes, func(c Change) bool { return c.IsOpen(limit) })
}
