package plan

import (
	"slices"

	"example.com/lathe/spec"
)

// Redaction are the methods of a type that reaches sensitive members, which keep these out
// of what fmt prints and slog logs.
type Redaction struct {
	// Secret are the fields whose values are not shown.
	Secret []string
	// Methods are those that the type has, in the order of [redactions]. A member may have
	// the name of one.
	Methods []string
}

// The methods of a [Redaction].
const (
	MethodString   = "String"
	MethodFormat   = "Format"
	MethodGoString = "GoString"
	MethodLogValue = "LogValue"
)

// redactions are the methods in the order in which they are written. Format is for all
// verbs of fmt; GoString is there for types that have no Format.
var redactions = []string{MethodString, MethodFormat, MethodGoString, MethodLogValue}

// redact plans the methods of a structure; nil when its fields reach no sensitive member.
func (b *builder) redact(s *spec.Shape, fields []*Field) *Redaction {
	r := &Redaction{}
	taken := map[string]bool{}
	reaches := false
	for _, f := range fields {
		taken[f.Name] = true
		if f.Spec == nil {
			continue
		}
		hides := s.Sensitive || isSecret(f.Spec)
		reaches = reaches || hides || b.secret[f.Spec.Target]
		if hides {
			r.Secret = append(r.Secret, f.Name)
		}
	}
	if !reaches {
		return nil
	}
	for _, name := range redactions {
		instead := name == MethodGoString && !taken[MethodFormat]
		isError := name == MethodString && s.Error != nil // Error is its text
		if !taken[name] && !instead && !isError {
			r.Methods = append(r.Methods, name)
		}
	}
	return r
}

// redactVariant plans the methods of a union's variant, whose value is its one field.
func (b *builder) redactVariant(union *spec.Shape, m *spec.Member) *Redaction {
	isSecret := union.Sensitive || isSecret(m)
	if !isSecret && !b.secret[m.Target] {
		return nil
	}
	r := &Redaction{Methods: []string{MethodString, MethodFormat, MethodLogValue}}
	if isSecret {
		r.Secret = []string{"Value"}
	}
	return r
}

// redactUnknown plans the methods of a member of a union that the client does not know:
// where a union has sensitive members, another one may be.
func (b *builder) redactUnknown() {
	for s := range b.unions {
		if b.secret[s] {
			b.pkg.UnknownMember = &Redaction{
				Secret: []string{"Value"}, Methods: []string{MethodString, MethodFormat, MethodLogValue},
			}
		}
	}
}

// isSecret reports whether the value of a member must not be shown: it is sensitive, or
// the elements of the list or map are.
func isSecret(m *spec.Member) bool {
	if m.IsSensitive() {
		return true
	}
	parts := []*spec.Member{m.Target.Element, m.Target.Key, m.Target.Value}
	return slices.ContainsFunc(parts, func(part *spec.Member) bool { return part != nil && isSecret(part) })
}

// secretShapes finds the shapes that are sensitive or reach something that is.
func secretShapes(api *spec.API) map[*spec.Shape]bool {
	all := spec.Reached(api, api.Operations...)
	return leadingTo(all, func(s *spec.Shape) bool {
		if s.Sensitive {
			return true
		}
		for m := range s.Edges {
			if m.IsSensitive() {
				return true
			}
		}
		return false
	}, func(*spec.Member) bool { return true })
}

// leadingTo finds the shapes that are wanted, and those that lead to one through members
// that are followed.
func leadingTo(all []*spec.Shape, wanted func(*spec.Shape) bool, follows func(*spec.Member) bool) map[*spec.Shape]bool {
	found := map[*spec.Shape]bool{}
	users := map[*spec.Shape][]*spec.Shape{}
	var queue []*spec.Shape
	find := func(s *spec.Shape) {
		if !found[s] {
			found[s] = true
			queue = append(queue, s)
		}
	}
	for _, s := range all {
		for m := range s.Edges {
			if follows(m) {
				users[m.Target] = append(users[m.Target], s)
			}
		}
		if wanted(s) {
			find(s)
		}
	}
	for ; len(queue) > 0; queue = queue[1:] {
		for _, user := range users[queue[0]] {
			find(user)
		}
	}
	return found
}
