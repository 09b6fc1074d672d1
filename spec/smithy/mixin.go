package smithy

import (
	"maps"
	"slices"
	"strings"

	"example.com/lathe/spec/tree"
)

// mixState is how far a definition's mixins have been mixed in.
type mixState uint8

const (
	unmixed mixState = iota
	mixing
	mixed
)

// maxCopies is how many members and sets of traits mixins may copy. Chains of
// mixins copy their square; real models stay in the thousands.
const maxCopies = 1 << 18

// mix adds to a definition what its mixins have: their members before its own, in
// the order of the mixins, and under its own traits theirs. It reports whether the
// definition may be used.
func (l *loader) mix(d *definition) bool {
	switch d.mixed {
	case mixed:
		return true
	case mixing:
		return false
	}
	d.mixed = mixing
	if mixins := l.List(d.node.Get("mixins")); mixins.Exists() {
		l.mixIn(d, mixins)
	}
	for _, m := range d.members {
		m.traits = append(slices.Clip(m.traits), l.takeApplied(d.id+"$"+m.name)...)
	}
	d.mixed = mixed
	return true
}

func (l *loader) mixIn(d *definition, mixins tree.Value) {
	own := d.members
	d.members = nil
	inherited := inheritance{byName: map[string]*member{}}
	for reference := range mixins.All() {
		if m := l.mixin(d, reference); m != nil {
			l.inherit(d, m, &inherited, reference)
		}
	}
	d.traits = append(inherited.traits, d.traits...)
	l.addOwn(d, own, &inherited)
}

// takeApplied returns what is applied to a member, once.
func (l *loader) takeApplied(id string) traits {
	if len(l.applied) == 0 {
		return nil
	}
	applied := l.applied[id]
	delete(l.applied, id)
	return applied
}

// mixin returns the definition that a reference in the list of mixins names.
func (l *loader) mixin(d *definition, reference tree.Value) *definition {
	id := l.target(reference)
	m := l.shapes[id]
	switch {
	case id == "":
		return nil
	case m == nil:
		l.undefined(reference, id)
	case !m.traits.has("smithy.api#mixin"):
		l.Problems.Add(reference.Pos(), "give it the trait smithy.api#mixin", "%s mixes in %s, which is no mixin",
			d.name, m.name)
	case m.typ != d.typ:
		l.Problems.Add(reference.Pos(), "", "%s of type %s mixes in %s of type %s", d.name, d.typ, m.name, m.typ)
	case !l.mix(m):
		l.Problems.Add(reference.Pos(), "", "the mixins of %s lead back to itself by way of %s", d.name, m.name)
	default:
		return m
	}
	return nil
}

// inheritance collects what comes from mixins.
type inheritance struct {
	traits traits
	byName map[string]*member
}

// inherit copies a mixin's traits and members. Two mixins may bring the same
// member when it has the same target.
func (l *loader) inherit(d, mixin *definition, in *inheritance, reference tree.Value) {
	local := map[string]bool{"smithy.api#mixin": true}
	for _, id := range l.Texts(mixin.traits.get("smithy.api#mixin").Get("localTraits")) {
		local[id] = true
	}
	for _, set := range mixin.traits {
		if l.mayCopy(len(set.local)+len(local), reference) {
			set.local = union(set.local, local)
			in.traits = append(in.traits, set)
		}
	}
	for _, m := range mixin.members {
		before := in.byName[m.name]
		switch {
		case before != nil:
			l.sameTarget(d, before, m, reference)
			if l.mayCopy(len(before.traits)+len(m.traits), reference) {
				before.traits = slices.Concat(before.traits, m.traits)
			}
		case l.mayCopy(1, reference):
			copied := *m
			in.byName[m.name] = &copied
			d.members = append(d.members, &copied)
		}
	}
}

// union returns what is in one or the other of two sets.
func union(a, b map[string]bool) map[string]bool {
	if len(a) == 0 {
		return b
	}
	all := maps.Clone(a)
	maps.Copy(all, b)
	return all
}

// mayCopy counts copies, and reports it once when there are too many.
func (l *loader) mayCopy(n int, at tree.Value) bool {
	before := l.copies
	l.copies += n
	if before <= maxCopies && l.copies > maxCopies {
		l.Problems.Add(at.Pos(), "", "mixins copy more than %d members and traits", maxCopies)
	}
	return l.copies <= maxCopies
}

// addOwn adds a definition's own members behind the inherited ones. A member that
// is declared again only adds traits.
func (l *loader) addOwn(d *definition, own []*member, in *inheritance) {
	for _, m := range own {
		before := in.byName[m.name]
		if before == nil {
			d.members = append(d.members, m)
			continue
		}
		l.sameTarget(d, before, m, m.node)
		before.node = m.node
		before.traits = slices.Concat(before.traits, m.traits)
	}
}

// sameTarget reports members of one name with different targets.
func (l *loader) sameTarget(d *definition, a, b *member, at tree.Value) {
	if first, second := a.node.Get("target").Text(), b.node.Get("target").Text(); first != second && second != "" {
		l.Problems.Add(at.NamePos(), "rename one of them",
			"member %s of %s conflicts with that of a mixin: one targets %s, the other %s",
			b.name, d.name, second, first)
	}
}

// checkApplied reports the apply statements for members that do not exist.
func (l *loader) checkApplied() {
	for id, applied := range l.applied {
		for _, set := range applied {
			l.Problems.Add(set.values.Pos(), "", "traits are applied to member %s, which is not defined", id)
		}
	}
}

// lineage is a definition behind its mixins and theirs: of a property that several of them
// have, the last one counts. A mixin that is not defined has been reported.
func (l *loader) lineage(d *definition) []*definition {
	var all []*definition
	seen := map[*definition]bool{nil: true}
	var walk func(*definition)
	walk = func(d *definition) {
		if seen[d] {
			return
		}
		seen[d] = true
		for m := range d.node.Get("mixins").All() {
			walk(l.shapes[m.Get("target").Text()])
		}
		all = append(all, d)
	}
	walk(d)
	return all
}

// property returns a property of a definition, which it may have from a mixin.
func (l *loader) property(d *definition, name string) tree.Value {
	for _, d := range slices.Backward(l.lineage(d)) {
		if v := d.node.Get(name); v.Exists() {
			return v
		}
	}
	return tree.Value{}
}

// references returns a property of a definition that is a list of references, those
// of its mixins first. It is what services, resources and operations inherit.
func (l *loader) references(d *definition, property string) []tree.Value {
	var all []tree.Value
	for _, d := range l.lineage(d) {
		all = append(all, l.List(d.node.Get(property)).List()...)
	}
	return all
}

// target reads a reference, {"target": "ns#Name"}; it is empty when there is none.
func (l *loader) target(reference tree.Value) string {
	if !reference.Exists() || !l.Expect(reference, tree.Object) {
		return ""
	}
	target := reference.Get("target")
	if !target.Exists() {
		l.Problems.Add(reference.Pos(), "", "the reference has no target")
		return ""
	}
	return l.Text(target)
}

// undefined reports a reference to a shape that is not there.
func (l *loader) undefined(reference tree.Value, id string) {
	var hint string
	if !strings.Contains(id, "#") {
		hint = "a target is an absolute shape ID like com.example#Name"
	} else {
		hint = l.meantShape(id)
	}
	l.Problems.Add(reference.Get("target").Pos(), hint, "shape %s is not defined", id)
}
