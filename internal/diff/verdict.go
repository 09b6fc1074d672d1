package diff

import "slices"

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
	// Breaking says whether callers may no longer compile.
	Breaking bool
}

// ResolveGo replaces what the rules predict for Go by what a comparison of both
// clients found. Each Go change goes to the changes of the model that concern its
// object; what breaks and no change explains becomes a change of its own. Notable
// verdicts, which no compiler gives, stay.
func (r *Report) ResolveGo(changes []GoChange) {
	concerned := map[string][]int{}
	for i := range r.Changes {
		c := &r.Changes[i]
		for _, object := range sortedSet(slices.Concat(c.goOld, c.goNew)) {
			concerned[object] = append(concerned[object], i)
		}
		c.GoChanges = nil
		if c.Go == Breaking {
			c.Go = None
		}
	}
	for _, g := range changes {
		explained := r.explain(g, concerned)
		for _, i := range explained {
			c := &r.Changes[i]
			c.GoChanges = append(c.GoChanges, g)
			if g.Breaking {
				c.Go = Breaking
			}
		}
		if len(explained) == 0 && g.Breaking {
			r.Changes = append(r.Changes, unexplained(g))
		}
	}
	for i := range r.Changes {
		c := &r.Changes[i]
		c.Hint = ""
		if c.Severity() > None {
			c.Hint = byID[c.Rule].Do
		}
	}
	r.sort()
}

// explain finds the changes that concern the object of a Go change: itself, else
// what it belongs to. What breaks goes to changes which can break Go; what they do
// not account for may still be of a change to the very object.
func (r *Report) explain(g GoChange, concerned map[string][]int) []int {
	for object := g.Object; object != ""; object = owner(object) {
		found := concerned[object]
		able := slices.DeleteFunc(slices.Clone(found), func(i int) bool { return byID[r.Changes[i].Rule].Go.of(nil) != Breaking })
		switch {
		case g.Breaking && len(able) > 0:
			return able
		case len(found) > 0 && (!g.Breaking || object == g.Object):
			return found
		}
	}
	return nil
}

// owner is the object that another one belongs to: the type of a field; "" for
// none. "types" is a package.
func owner(object string) string {
	for i := len(object) - 1; i >= 0; i-- {
		if object[i] == '.' {
			if object[:i] == "types" || object[:i] == "(*Client)" {
				return ""
			}
			return object[:i]
		}
	}
	return ""
}

// unexplained makes a change of a Go change that nothing in the model accounts
// for.
func unexplained(g GoChange) Change {
	rule := byID["go-api-changed"]
	c := Change{
		Rule: rule.ID, Place: "go:" + g.Object, Old: g.Old, New: g.New,
		Text: rule.say(g.Object, g.Old, g.New), GoChanges: []GoChange{g},
	}
	if g.Breaking {
		c.Go = Breaking
	}
	return c
}
