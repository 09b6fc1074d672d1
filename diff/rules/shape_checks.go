package rules

import (
	"cmp"
	"slices"
	"strings"

	"example.com/lathe/diff/internal/compare"
	"example.com/lathe/internal/doctext"
	"example.com/lathe/spec"
)

// kindsAre finds values whose kinds are related in a way.
func kindsAre(kinship compare.Kinship) func(*compare.Pair[compare.Value]) (string, string, bool) {
	return func(p *compare.Pair[compare.Value]) (string, string, bool) {
		a, b := p.Old.Target, p.New.Target
		return describe(a), describe(b), a.Kind != b.Kind && compare.KinshipOf(a.Kind, b.Kind) == kinship
	}
}

func isSparse(s *spec.Shape) bool { return s.Sparse }

func needsLength(s *spec.Shape) bool { return s.RequiresLength }

// streamingChanged finds bodies, or unions, that are streams on one side; still is
// what they are on the other.
func streamingChanged(ofUnions bool, still string) func(*compare.Pair[spec.Shape]) (string, string, bool) {
	return func(p *compare.Pair[spec.Shape]) (string, string, bool) {
		return word(p.Old.Streaming, "a stream", still), word(p.New.Streaming, "a stream", still),
			(p.Old.Kind == spec.Union) == ofUnions
	}
}

func enumText(v *compare.EnumValue) string { return v.Value }

// enumRenamed compares names of values. What counts is what the constants are called,
// where both sides have any of one type.
func enumRenamed(p *compare.Pair[compare.EnumValue]) (before, after string, ok bool) {
	a, b := p.Old, p.New
	hasConstants := a.Constant != "" && b.Constant != "" && slices.Equal(p.OwnerGo(), p.NewOwnerGo())
	switch {
	case hasConstants && a.Constant == b.Constant:
		return "", "", false
	case hasConstants && a.Name == b.Name: // a sibling has the name now
		return strings.TrimPrefix(a.Constant, "types."), strings.TrimPrefix(b.Constant, "types."), true
	default:
		return a.Name, b.Name, true
	}
}

func isSensitive(v *compare.Value) bool { return v.IsSensitive() }

// differing compares what two sides say of something that may be deprecated.
type differing func(before, after *spec.Deprecation) (was, is string, ok bool)

func becameDeprecated(before, after *spec.Deprecation) (was, is string, ok bool) {
	if before != nil || after == nil {
		return "", "", false
	}
	return "", cmp.Or(after.Message, after.Since), true
}

func ceasedDeprecated(before, after *spec.Deprecation) (was, is string, ok bool) {
	if before == nil || after != nil {
		return "", "", false
	}
	return cmp.Or(before.Message, before.Since), "", true
}

func reworded(before, after *spec.Deprecation) (was, is string, ok bool) {
	return "", "", before != nil && after != nil && *before != *after
}

// deprecations looks at everything that can be deprecated.
func deprecations(differ differing) check {
	return several(
		called("the endpoint parameter",
			deprecated(parameters, func(p *spec.EndpointParameter) *spec.Deprecation { return p.Deprecated }, differ)),
		called("operation", deprecated(
			operations, func(op *compare.Operation) *spec.Deprecation { return op.Deprecated }, differ)),
		called("waiter", deprecated(waiters, func(w *spec.Waiter) *spec.Deprecation { return w.Deprecated }, differ)),
		deprecated(described, func(s *spec.Shape) *spec.Deprecation { return s.Deprecated }, differ),
		deprecated(members, func(m *compare.Member) *spec.Deprecation { return m.Deprecated }, differ),
		deprecated(parts, func(m *spec.Member) *spec.Deprecation { return m.Deprecated }, differ),
		called("value", deprecated(enumValues, func(v *compare.EnumValue) *spec.Deprecation { return v.Deprecated }, differ)),
	)
}

func deprecated[T any](o over[T], of func(*T) *spec.Deprecation, differ differing) check {
	return o.both(func(p compare.Pair[T], found reporter) {
		if before, after, ok := differ(of(p.Old), of(p.New)); ok {
			found(p.Site, before, after)
		}
	})
}

// documentationChanged looks at everything that is documented. All that is said of a
// shape with its members and values is one change.
func documentationChanged(r *run, found reporter) {
	several(
		documented(services, func(a, b *spec.API) bool {
			return sameText(a.Title, b.Title) && sameText(a.Documentation, b.Documentation)
		}),
		called("the endpoint parameter",
			documented(parameters, func(a, b *spec.EndpointParameter) bool {
				return sameText(a.Documentation, b.Documentation)
			})),
		called("operation", documented(operations, func(a, b *compare.Operation) bool {
			return sameText(a.Documentation, b.Documentation) && sameWaiterDocs(a, b)
		})),
		documented(described, sameDocs), deprecations(reworded),
	)(r, found)
}

func documented[T any](o over[T], same func(a, b *T) bool) check {
	return o.both(func(p compare.Pair[T], found reporter) {
		if !same(p.Old, p.New) {
			found(p.Site, "", "")
		}
	})
}

func sameWaiterDocs(a, b *compare.Operation) bool {
	docs := map[string]string{}
	for _, w := range b.Waiters {
		docs[w.Name] = w.Documentation
	}
	return !slices.ContainsFunc(a.Waiters, func(w spec.Waiter) bool {
		other, ok := docs[w.Name]
		return ok && !sameText(w.Documentation, other)
	})
}

// sameDocs compares what is said of shapes and of the members and values that both
// have.
func sameDocs(a, b *spec.Shape) bool {
	docs := map[string]string{}
	for m := range b.Edges {
		docs["member "+m.Name] = m.Documentation
	}
	for _, v := range b.EnumValues {
		docs["value "+v.Value] = v.Documentation
	}
	same := sameText(a.Documentation, b.Documentation)
	for m := range a.Edges {
		other, ok := docs["member "+m.Name]
		same = same && (!ok || sameText(m.Documentation, other))
	}
	for _, v := range a.EnumValues {
		other, ok := docs["value "+v.Value]
		same = same && (!ok || sameText(v.Documentation, other))
	}
	return same
}

// sameText compares documentation without its markup: formats differ in that.
func sameText(a, b string) bool {
	return a == b || doctext.Text(a) == doctext.Text(b)
}
