package config

import (
	"slices"
	"strconv"

	"example.com/lathe/spec"
	"example.com/lathe/spec/tree"
)

// paginators reads how operations are paged through that the model has no pages of.
func (r *reader) paginators(v tree.Value) []spec.AddedPagination {
	var all []spec.AddedPagination
	for m := range r.members(r.someOf(v)) {
		p := spec.AddedPagination{Operation: m.Name(), Pos: m.NamePos(), At: map[string]spec.Pos{}}
		r.mapping(m, paginationFields(&p))
		all = append(all, p)
	}
	return all
}

func paginationFields(p *spec.AddedPagination) []field {
	path := func(name string, required bool, target *string) field {
		return field{name, required, func(r *reader, v tree.Value) {
			t := r.text(v)
			*target, p.At[name] = t.string, t.pos
		}}
	}
	return []field{
		path("inputToken", true, &p.InputToken), path("outputToken", true, &p.OutputToken), path("items", false, &p.Items),
		path("pageSize", false, &p.PageSize), path("moreResults", false, &p.MoreResults),
	}
}

// waiters reads waiters that the model does not have.
func (r *reader) waiters(v tree.Value) []spec.AddedWaiter {
	var all []spec.AddedWaiter
	for m := range r.members(r.someOf(v)) {
		w := spec.AddedWaiter{Waiter: spec.Waiter{Pos: m.NamePos(), Name: m.Name()}}
		if !isIdentifier(w.Name) {
			r.problem(w.Pos, "use letters and digits, and begin with a letter", "%q cannot be the name of a waiter", w.Name)
		}
		r.mapping(m, waiterFields(&w))
		if w.MaxDelay > 0 && w.MinDelay > w.MaxDelay {
			r.problem(m.At("/maxDelay"), "", "maxDelay is less than minDelay")
		}
		all = append(all, w)
	}
	return all
}

func waiterFields(w *spec.AddedWaiter) []field {
	return []field{
		{"operation", true, func(r *reader, v tree.Value) {
			t := r.text(v)
			w.Operation, w.OperationPos = t.string, t.pos
		}},
		{"documentation", false, func(r *reader, v tree.Value) { w.Documentation = r.Text(v) }},
		{"minDelay", false, seconds(&w.MinDelay)},
		{"maxDelay", false, seconds(&w.MaxDelay)},
		{"acceptors", true, func(r *reader, v tree.Value) {
			for _, item := range r.list(v, "add some that say when it ends", "the list") {
				a := spec.Acceptor{Pos: item.Pos()}
				r.mapping(item, acceptorFields(&a))
				w.Acceptors = append(w.Acceptors, a)
			}
		}},
	}
}

// seconds returns what reads a delay into a place.
func seconds(target *int) func(*reader, tree.Value) {
	return func(r *reader, v tree.Value) {
		if !r.Expect(v, tree.Number) {
			return
		}
		n, err := strconv.ParseInt(v.Raw(), 10, 32)
		if err != nil || n < 1 {
			r.problem(v.Pos(), "write whole seconds", "%s is no delay", v.Raw())
		}
		*target = int(n)
	}
}

var (
	states      = []string{"success", "failure", "retry"}
	comparators = []string{"stringEquals", "booleanEquals", "allStringEquals", "anyStringEquals"}
)

func acceptorFields(a *spec.Acceptor) []field {
	return []field{
		{"state", true, choice(&a.State, states)},
		{"matcher", true, func(r *reader, v tree.Value) {
			if r.Expect(v, tree.Object) && v.Len() != 1 {
				r.problem(v.Pos(), "write output, inputOutput, success or errorType", "an acceptor has exactly one matcher")
			}
			r.mapping(v, matcherFields(a))
		}},
	}
}

func matcherFields(a *spec.Acceptor) []field {
	path := func(r *reader, v tree.Value) {
		a.Matcher = v.Name()
		r.mapping(v, pathFields(a))
	}
	return []field{
		{"output", false, path},
		{"inputOutput", false, path},
		{"success", false, func(r *reader, v tree.Value) {
			a.Matcher, a.Expected = v.Name(), strconv.FormatBool(r.Flag(v))
		}},
		{"errorType", false, func(r *reader, v tree.Value) {
			a.Matcher, a.Expected = v.Name(), r.text(v).string
		}},
	}
}

func pathFields(a *spec.Acceptor) []field {
	return []field{
		{"path", true, func(r *reader, v tree.Value) { a.Path = r.text(v).string }},
		{"comparator", true, choice(&a.Comparator, comparators)},
		{"expected", true, func(r *reader, v tree.Value) { a.Expected = r.text(v).string }},
	}
}

// choice returns what reads one of a few texts into a place.
func choice(target *string, choices []string) func(*reader, tree.Value) {
	return func(r *reader, v tree.Value) {
		t := r.text(v)
		if *target = t.string; t.string != "" && !slices.Contains(choices, t.string) {
			r.problem(t.pos, spec.Choices("use one of", choices...), "there is no %s %q", v.Name(), t.string)
		}
	}
}

// someOf returns a mapping that must have members.
func (r *reader) someOf(v tree.Value) tree.Value {
	if r.Expect(v, tree.Object) && v.Len() == 0 {
		r.problem(v.Pos(), hintOptional, "the mapping is empty")
	}
	return v
}

// isIdentifier reports whether a name is one of Smithy's.
func isIdentifier(name string) bool {
	for i, c := range name {
		isLetter := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
		if !isLetter && (i == 0 || c != '_' && (c < '0' || c > '9')) {
			return false
		}
	}
	return name != ""
}
