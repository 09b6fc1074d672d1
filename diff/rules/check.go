package rules

import (
	"cmp"
	"slices"
	"strings"

	"example.com/lathe/diff/internal/compare"
	"example.com/lathe/spec"
)

// several runs checks one after the other.
func several(checks ...check) check {
	return func(r *run, found reporter) {
		for _, c := range checks {
			c(r, found)
		}
	}
}

// over are the pairs that a rule looks at. Its methods make the checks that many
// rules share.
type over[T any] func(c *compare.Comparison) pairs[T]

type pairs[T any] = []compare.Pair[T]

// The lists of pairs.
var (
	services      over[spec.API]               = func(c *compare.Comparison) pairs[spec.API] { return c.Service }
	auths         over[compare.Auth]           = func(c *compare.Comparison) pairs[compare.Auth] { return c.Auth }
	parameters    over[spec.EndpointParameter] = func(c *compare.Comparison) pairs[spec.EndpointParameter] { return c.Parameters }
	options       over[string]                 = func(c *compare.Comparison) pairs[string] { return c.Options }
	operations    over[compare.Operation]      = func(c *compare.Comparison) pairs[compare.Operation] { return c.Operations }
	waiters       over[spec.Waiter]            = func(c *compare.Comparison) pairs[spec.Waiter] { return c.Waiters }
	errors        over[spec.Shape]             = func(c *compare.Comparison) pairs[spec.Shape] { return c.Errors }
	shapes        over[spec.Shape]             = func(c *compare.Comparison) pairs[spec.Shape] { return c.Shapes }
	described     over[spec.Shape]             = func(c *compare.Comparison) pairs[spec.Shape] { return c.Described }
	renamedShapes over[spec.Shape]             = func(c *compare.Comparison) pairs[spec.Shape] { return c.Renamed }
	members       over[compare.Member]         = func(c *compare.Comparison) pairs[compare.Member] { return c.Members }
	parts         over[spec.Member]            = func(c *compare.Comparison) pairs[spec.Member] { return c.Parts }
	retargeted    over[spec.Member]            = func(c *compare.Comparison) pairs[spec.Member] { return c.Retargeted }
	targets       over[compare.Value]          = func(c *compare.Comparison) pairs[compare.Value] { return c.Targets }
	values        over[compare.Value]          = func(c *compare.Comparison) pairs[compare.Value] { return c.Values }
	enumValues    over[compare.EnumValue]      = func(c *compare.Comparison) pairs[compare.EnumValue] { return c.EnumValues }
	inXML         over[spec.XML]               = func(c *compare.Comparison) pairs[spec.XML] { return c.XML }
)

// httpOperations stand where the documents say how they are called.
var httpOperations over[compare.Operation] = func(c *compare.Comparison) pairs[compare.Operation] {
	all := slices.Clone(c.Operations)
	for i := range all {
		if p := &all[i]; p.Old != nil && p.New != nil {
			p.OldPos, p.NewPos = cmp.Or(p.Old.HTTP.Pos, p.OldPos), cmp.Or(p.New.HTTP.Pos, p.NewPos)
		}
	}
	return all
}

// both visits the pairs that have two sides.
func (o over[T]) both(visit func(p compare.Pair[T], found reporter)) check {
	return func(r *run, found reporter) {
		for _, p := range o(r.Comparison) {
			if p.Old != nil && p.New != nil {
				visit(p, found)
			}
		}
	}
}

// differ finds the pairs of which two texts differ.
func (o over[T]) differ(text func(*T) string) check {
	return o.when(func(p *compare.Pair[T]) (string, string, bool) { return text(p.Old), text(p.New), true })
}

// when finds the pairs of two sides for which a function says so, where both texts
// differ.
func (o over[T]) when(differ func(*compare.Pair[T]) (before, after string, ok bool)) check {
	return o.both(func(p compare.Pair[T], found reporter) {
		if before, after, ok := differ(&p); ok && before != after {
			found(p.Site, before, after)
		}
	})
}

// became finds the pairs of which only the new side has a property; of says what each
// side is without and with it.
func (o over[T]) became(has func(*T) bool, without, with string) check {
	return o.when(func(p *compare.Pair[T]) (string, string, bool) { return without, with, !has(p.Old) && has(p.New) })
}

// ceased finds the pairs of which only the old side has a property.
func (o over[T]) ceased(has func(*T) bool, with, without string) check {
	return o.when(func(p *compare.Pair[T]) (string, string, bool) { return with, without, has(p.Old) && !has(p.New) })
}

// gone finds what only the old side has, and says what it was.
func (o over[T]) gone(describe func(*T) string, is func(compare.Pair[T]) bool) check {
	return func(r *run, found reporter) {
		for _, p := range o(r.Comparison) {
			if p.New == nil && (is == nil || is(p)) {
				found(p.Site, describe(p.Old), "")
			}
		}
	}
}

// fresh finds what only the new side has, and says what it is.
func (o over[T]) fresh(describe func(*T) string, is func(compare.Pair[T]) bool) check {
	return func(r *run, found reporter) {
		for _, p := range o(r.Comparison) {
			if p.Old == nil && (is == nil || is(p)) {
				found(p.Site, "", describe(p.New))
			}
		}
	}
}

// lost finds the elements of a list that the new side lacks, each for itself.
func (o over[T]) lost(list func(*T) []string) check {
	return o.both(func(p compare.Pair[T], found reporter) {
		for _, v := range compare.Missing(list(p.Old), list(p.New)) {
			found(p.Site, v, "")
		}
	})
}

// gained finds the elements of a list that the old side lacks.
func (o over[T]) gained(list func(*T) []string) check {
	return o.both(func(p compare.Pair[T], found reporter) {
		for _, v := range compare.Missing(list(p.New), list(p.Old)) {
			found(p.Site, "", v)
		}
	})
}

// called puts a word in front of what a check finds: "operation GetRun".
func called(word string, c check) check {
	return func(r *run, found reporter) {
		c(r, func(at compare.Site, before, after string) {
			at.What = word + " " + at.What
			found(at, before, after)
		})
	}
}

// nothing describes what needs no description.
func nothing[T any](*T) string { return "" }

// texts are names as strings.
func texts[T ~string](names []T) []string {
	all := make([]string, len(names))
	for i, n := range names {
		all[i] = string(n)
	}
	return all
}

// word chooses one of two words.
func word(yes bool, then, otherwise string) string {
	if yes {
		return then
	}
	return otherwise
}

// part is a value with what it is.
type part struct{ label, value string }

// list writes the parts that have a value.
func list(all ...part) string {
	var found []string
	for _, p := range all {
		if p.value != "" {
			found = append(found, strings.TrimSpace(p.label+" "+p.value))
		}
	}
	return strings.Join(found, ", ")
}

// describe returns what a shape is.
func describe(s *spec.Shape) string {
	switch s.Kind {
	case spec.List:
		return "a list of " + targetName(s.Element)
	case spec.Map:
		return "a map of " + targetName(s.Value)
	case spec.Structure, spec.Union, spec.Enum, spec.IntEnum:
		return "the " + s.Kind.String() + " " + s.Name
	default:
		return article(s.Kind.String())
	}
}

func targetName(m *spec.Member) string {
	switch {
	case m == nil:
		return "nothing"
	case slices.Contains([]spec.Kind{spec.Structure, spec.Union, spec.Enum, spec.IntEnum}, m.Target.Kind):
		return m.Target.Name
	default:
		return m.Target.Kind.String()
	}
}

func article(noun string) string {
	if strings.ContainsRune("aeiou", rune(noun[0])) {
		return "an " + noun
	}
	return "a " + noun
}
