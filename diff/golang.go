package diff

import (
	"slices"

	"example.com/lathe/diff/internal/compare"
	"example.com/lathe/diff/rules"
	"example.com/lathe/spec"
)

// GoChange is one difference between the Go APIs of two clients, as a comparison
// of the rendered packages finds it.
type GoChange struct {
	// Object names what changed as callers do: "types.Stats.Failed",
	// "GetRunOutput.Message", "(*Client).GetRun", "types.StatusRunning".
	Object string
	// Kind says what happened to it: "removed", "added", "type".
	Kind string
	// Old and New describe it on each side; empty for nothing.
	Old, New string
	// Why argues the verdict.
	Why string
	// Severity is breaking when callers may no longer compile, strict when only
	// unusual ones do not.
	Severity rules.Severity
}

// ResolveGo replaces what the rules predict for Go by what a comparison of both
// clients found. Each Go change goes to the changes of the model that concern its
// object; what breaks and no change explains becomes a change of its own. Verdicts
// below breaking stay: no compiler would tell.
func (r *Report) ResolveGo(changes []GoChange) {
	concerned := map[string][]int{}
	for i := range r.Changes {
		c := &r.Changes[i]
		objects := slices.Concat(c.oldGo, c.newGo)
		slices.Sort(objects)
		for _, object := range slices.Compact(objects) {
			concerned[object] = append(concerned[object], i)
		}
		c.GoChanges = nil
		if c.Go == rules.Breaking {
			c.Go = rules.None
		}
	}
	for _, g := range changes {
		g.Severity = r.excused(g, concerned)
		explained := r.explain(g, concerned)
		for _, i := range explained {
			c := &r.Changes[i]
			c.GoChanges = append(c.GoChanges, g)
			c.Go = max(c.Go, g.Severity)
		}
		if len(explained) == 0 && g.Severity > rules.Notable {
			r.Changes = append(r.Changes, unexplained(g))
		}
	}
	r.settle()
}

// excused lowers the severity of a Go change to that of a rule which says that it
// amounts to no more.
func (r *Report) excused(g GoChange, concerned map[string][]int) rules.Severity {
	for _, i := range concerned[g.Object] {
		if rule := r.Changes[i].Rule; rule.Excuses {
			return min(g.Severity, rule.Go.Of(nil))
		}
	}
	return g.Severity
}

// explain finds the changes that concern the object of a Go change: itself, else
// what it belongs to. What breaks goes to changes which can break Go; what they do
// not account for may still be of a change to the very object.
func (r *Report) explain(g GoChange, concerned map[string][]int) []int {
	isSevere := g.Severity > rules.Notable
	for object := g.Object; object != ""; object = compare.Owner(object) {
		found := concerned[object]
		able := slices.DeleteFunc(slices.Clone(found), func(i int) bool { return r.Changes[i].Rule.Go.Of(nil) < g.Severity })
		switch {
		case isSevere && len(able) > 0:
			return able
		case len(found) > 0 && (!isSevere || object == g.Object):
			return found
		}
	}
	return r.ofFields(g, concerned)
}

// ofFields finds the breaking changes of the fields of a type that changed: they
// account for what became of the type as a whole.
func (r *Report) ofFields(g GoChange, concerned map[string][]int) []int {
	var all []int
	for object, found := range concerned {
		if compare.Owner(object) == g.Object {
			for _, i := range found {
				if r.Changes[i].Rule.Go.Of(nil) == rules.Breaking && !slices.Contains(all, i) {
					all = append(all, i)
				}
			}
		}
	}
	slices.Sort(all)
	return all
}

// unexplained makes a change of a Go change that nothing in the model accounts for.
func unexplained(g GoChange) Change {
	rule, _ := rules.Find("go-api-changed")
	return Change{
		Rule: rule, Place: "go:" + g.Object, Old: g.Old, New: g.New, Go: g.Severity,
		Text: rule.Say(g.Object, g.Old, g.New), GoChanges: []GoChange{g}, what: g.Object, oldGo: []string{g.Object},
	}
}

// PackageRemoved is the change that a package, known by its folder, is generated no
// more.
func PackageRemoved(out string, at spec.Pos) Change {
	return ofPackage("package-removed", out, out, "", at)
}

// PackageRenamed is the change that the Go package of a client has another name.
func PackageRenamed(before, after string, at spec.Pos) Change {
	return ofPackage("package-renamed", "the Go package "+before, before, after, at)
}

// OptionChanged is the change that lathe.yaml has another value of an option of a client,
// or the absence of one chose another.
func OptionChanged(id, option, before, after string, at spec.Pos) Change {
	rule, _ := rules.Find(id)
	return Change{
		Rule: rule, Place: "option:" + option, Wire: rule.Wire.Of(nil), Go: rule.Go.Of(nil),
		Behaviour: rule.Behaviour.Of(nil),
		Old:       before, New: after, NewPos: at, Text: rule.Say("", before, after), Hint: rule.Do,
		what: "the option " + option,
	}
}

// ResolveGo replaces what the rule predicts for Go by what a comparison of the client with
// and without the change found.
func (c *Change) ResolveGo(found []GoChange) {
	c.Go, c.GoChanges, c.oldGo = rules.None, nil, nil
	for _, g := range found {
		c.Go = max(c.Go, g.Severity)
		c.GoChanges = append(c.GoChanges, g)
		if g.Old != "" {
			c.oldGo = append(c.oldGo, g.Object)
		}
	}
}

func ofPackage(id, what, before, after string, at spec.Pos) Change {
	rule, _ := rules.Find(id)
	return Change{
		Rule: rule, Place: "go:package", Go: rule.Go.Of(nil), Old: before, New: after, NewPos: at,
		Text: rule.Say(what, before, after), Hint: rule.Do, what: what,
	}
}
