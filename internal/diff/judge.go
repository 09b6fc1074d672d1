package diff

import (
	"maps"
	"slices"
)

// spread carries uses along the edges: what an operation reaches, it uses.
func (c *comparer) spread() {
	starts := map[use][]*node{}
	for _, n := range c.order {
		for u := range n.uses {
			starts[u] = append(starts[u], n)
		}
	}
	for u, queue := range starts {
		if u.direct {
			continue
		}
		for len(queue) > 0 {
			n := queue[len(queue)-1]
			queue = queue[:len(queue)-1]
			for _, e := range n.edges {
				if !e.to.uses[u] {
					e.to.uses[u] = true
					queue = append(queue, e.to)
				}
			}
		}
	}
	c.spreadGo()
}

// spreadGo tells nodes which fields have types that are made of them, directly or
// through nodes without a Go type of their own, such as lists.
func (c *comparer) spreadGo() {
	queue := slices.Clone(c.order)
	for len(queue) > 0 {
		n := queue[0]
		queue = queue[1:]
		for _, e := range n.edges {
			goOld, goNew := e.goOld, e.goNew
			if !n.hasGoName() {
				goOld, goNew = n.goOld.users, n.goNew.users
			}
			grewOld, grewNew := e.to.goOld.addUsers(goOld), e.to.goNew.addUsers(goNew)
			if (grewOld || grewNew) && !e.to.hasGoName() {
				queue = append(queue, e.to)
			}
		}
	}
}

// hasGoName says whether the node stands for a Go type.
func (n *node) hasGoName() bool { return n.goOld.name != "" || n.goNew.name != "" }

// changes judges the findings of a node.
func (c *comparer) changes(n *node) []Change {
	operations, directions := n.reach()
	var all []Change
	for _, f := range n.findings {
		if f.isType {
			f.goOld, f.goNew = slices.Concat(f.goOld, n.goOld.users), slices.Concat(f.goNew, n.goNew.users)
		}
		all = append(all, judge(f, operations, directions))
	}
	return all
}

// reach tells which operations use the node, and how.
func (n *node) reach() (operations []string, directions []Direction) {
	names, ways := map[string]bool{}, map[Direction]bool{}
	for u := range n.uses {
		names[u.operation] = true
		if !u.direct {
			ways[u.direction] = true
		}
	}
	return slices.Sorted(maps.Keys(names)), slices.Sorted(maps.Keys(ways))
}

// judge makes a change of a finding.
func judge(f finding, operations []string, directions []Direction) Change {
	rule := byID[f.rule]
	change := Change{
		Rule: f.rule, Place: f.place, Old: f.old, New: f.new, OldPos: f.oldPos, NewPos: f.newPos,
		Wire: rule.Wire.of(directions), Behaviour: rule.Behaviour.of(directions),
		Text: rule.say(f.what, f.old, f.new), Operations: operations, Directions: directions,
		goOld: sortedSet(f.goOld), goNew: sortedSet(f.goNew),
	}
	if len(change.goOld) > 0 { // what has no place in the old client breaks nobody
		change.Go = rule.Go.of(directions)
	}
	if change.Severity() > None {
		change.Hint = rule.Do
	}
	return change
}

func sortedSet(names []string) []string {
	names = slices.Clone(names)
	slices.Sort(names)
	return slices.Compact(names)
}
