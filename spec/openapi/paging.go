package openapi

import (
	"cmp"
	"slices"
	"strconv"

	"example.com/lathe/spec"
	"example.com/lathe/spec/tree"
)

// pagination reads x-paginated.
func (l *loader) pagination(o *spec.Operation, n tree.Value) *spec.Pagination {
	if !n.Exists() {
		return nil
	}
	p := &spec.Pagination{
		InputToken: n.Get("inputToken").Text(), OutputToken: n.Get("outputToken").Text(), Items: n.Get("items").Text(),
		PageSize: n.Get("pageSize").Text(), MoreResults: n.Get("moreResults").Text(),
	}
	for _, problem := range p.Problems(o) {
		switch at := n.Get(problem.Key); {
		case at.Broken():
		case at.Exists():
			l.wrong(at, problem.Hint, "%s", problem.Message)
		case !n.Broken():
			l.wrong(n, problem.Hint, "x-paginated lacks %s", problem.Key)
		}
	}
	return p
}

// What acceptors of waiters may say.
var (
	acceptorStates = []string{"success", "failure", "retry"}
	comparators    = []string{"stringEquals", "booleanEquals", "allStringEquals", "anyStringEquals"}
)

// waiters reads x-waiters, sorted by name.
func (l *loader) waiters(n tree.Value) []spec.Waiter {
	var all []spec.Waiter
	for f := range n.All() {
		w := spec.Waiter{
			Pos: f.NamePos(), Name: f.Name(), Documentation: f.Get("documentation").Text(),
			Deprecated: deprecation(f.Get("deprecated").IsTrue(), f),
			MinDelay:   l.seconds(f.Get("minDelay")), MaxDelay: l.seconds(f.Get("maxDelay")),
		}
		if !isIdentifier(f.Name()) {
			l.wrong(f, "use letters, digits and underscores, and begin with a letter",
				"%q cannot be the name of a waiter", f.Name())
		}
		if f.Get("acceptors").Len() == 0 && !f.Broken() {
			l.wrong(f, "add some that say when it ends", "the waiter has no acceptors")
		}
		for item := range f.Get("acceptors").All() {
			w.Acceptors = append(w.Acceptors, l.acceptor(item))
		}
		all = append(all, w)
	}
	spec.SortWaiters(all)
	return all
}

func (l *loader) seconds(n tree.Value) int {
	seconds, err := strconv.ParseInt(cmp.Or(n.Text(), "0"), 10, 32)
	if err != nil {
		l.wrong(n, "", "a delay of %s seconds is too long", n.Text())
	}
	return int(seconds)
}

func (l *loader) acceptor(n tree.Value) spec.Acceptor {
	a := spec.Acceptor{Pos: n.Pos(), State: l.oneOf(n, "state", acceptorStates)}
	matcher := n.Get("matcher")
	if matcher.Len() != 1 {
		if !n.Broken() && !matcher.Broken() {
			l.wrong(cmp.Or(matcher, n), "write output, inputOutput, success or errorType",
				"an acceptor has exactly one matcher")
		}
		return a
	}
	a.Matcher = matcher.List()[0].Name()
	value := matcher.List()[0]
	a.Expected = value.Text()
	if value.Kind() == tree.Bool {
		a.Expected = value.Raw()
	}
	if value.Kind() == tree.Object {
		a.Comparator = l.oneOf(value, "comparator", comparators)
		a.Path, a.Expected = value.Get("path").Text(), value.Get("expected").Text()
		if a.Path == "" && !value.Broken() {
			l.wrong(value, "add a JMESPath expression", "the matcher has no path")
		}
	}
	return a
}

// oneOf reads a key that must have one of a few values.
func (l *loader) oneOf(n tree.Value, key string, values []string) string {
	at := n.Get(key)
	switch {
	case !at.Exists() && !n.Broken():
		l.wrong(n, spec.Choices("use one of", values...), "there is no %s", key)
	case at.Exists() && !slices.Contains(values, at.Text()):
		l.wrong(at, didYouMean(at.Text(), values...), "there is no %s %q", key, at.Text())
	}
	return at.Text()
}
