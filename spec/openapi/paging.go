package openapi

import (
	"slices"
	"strconv"
	"strings"

	"example.com/lathe/spec"
)

// pagination reads x-paginated. The first names of the paths must be members.
func (l *loader) pagination(o *spec.Operation, n *node) *spec.Pagination {
	if n == nil {
		return nil
	}
	for _, key := range [...]string{"inputToken", "outputToken"} {
		if n.get(key) == nil && !n.broken {
			l.wrong(n, "name the member that carries it", "x-paginated lacks %s", key)
		}
	}
	for _, key := range [...]string{"inputToken", "pageSize"} {
		l.pathExists(o.Input, n.get(key))
	}
	for _, key := range [...]string{"outputToken", "items", "moreResults"} {
		l.pathExists(o.Output, n.get(key))
	}
	return &spec.Pagination{
		InputToken: n.get("inputToken").string(), OutputToken: n.get("outputToken").string(), Items: n.get("items").string(),
		PageSize: n.get("pageSize").string(), MoreResults: n.get("moreResults").string(),
	}
}

// pathExists follows a dotted path of member names.
func (l *loader) pathExists(s *spec.Shape, path *node) {
	if path == nil {
		return
	}
	at := *path
	for name := range strings.SplitSeq(path.text, ".") {
		at.text = name
		m := memberOf(s, name)
		if m == nil {
			l.memberExists(s, &at)
			return
		}
		s = m.Target
	}
}

// What acceptors of waiters may say.
var (
	acceptorStates = []string{"success", "failure", "retry"}
	comparators    = []string{"stringEquals", "booleanEquals", "allStringEquals", "anyStringEquals"}
)

// waiters reads x-waiters.
func (l *loader) waiters(n *node) []spec.Waiter {
	var all []spec.Waiter
	for _, f := range n.each() {
		w := spec.Waiter{
			Name: f.key, Documentation: f.value.get("documentation").string(), Deprecated: deprecation(f.value.get("deprecated").isTrue(), f.value),
			MinDelay: l.seconds(f.value.get("minDelay")), MaxDelay: l.seconds(f.value.get("maxDelay")),
		}
		if !isIdentifier(f.key) {
			l.wrong(f.value, "use letters, digits and underscores, and begin with a letter", "%q cannot be the name of a waiter", f.key)
		}
		if len(f.value.get("acceptors").items()) == 0 && !f.value.broken {
			l.wrong(f.value, "add some that say when it ends", "the waiter has no acceptors")
		}
		for _, item := range f.value.get("acceptors").items() {
			w.Acceptors = append(w.Acceptors, l.acceptor(item))
		}
		all = append(all, w)
	}
	return all
}

func (l *loader) seconds(n *node) int {
	seconds, err := strconv.ParseInt(firstOf(n.string(), "0"), 10, 32)
	if err != nil {
		l.wrong(n, "", "a delay of %s seconds is too long", n.text)
	}
	return int(seconds)
}

func (l *loader) acceptor(n *node) spec.Acceptor {
	a := spec.Acceptor{State: l.oneOf(n, "state", acceptorStates)}
	matcher := n.get("matcher")
	if len(matcher.each()) != 1 {
		if !n.broken && !matcher.isBroken() {
			l.wrong(firstOfNodes(matcher, n), "write output, inputOutput, success or errorType", "an acceptor has exactly one matcher")
		}
		return a
	}
	a.Matcher = matcher.fields[0].key
	value := matcher.fields[0].value
	a.Expected = value.string()
	if value.kind == objectNode {
		a.Comparator = l.oneOf(value, "comparator", comparators)
		a.Path, a.Expected = value.get("path").string(), value.get("expected").string()
		if a.Path == "" && !value.broken {
			l.wrong(value, "add a JMESPath expression", "the matcher has no path")
		}
	}
	return a
}

// oneOf reads a key that must have one of a few values.
func (l *loader) oneOf(n *node, key string, values []string) string {
	at := n.get(key)
	switch {
	case at == nil && !n.broken:
		l.wrong(n, spec.Choices("use one of", values...), "there is no %s", key)
	case at != nil && !slices.Contains(values, at.text):
		l.wrong(at, didYouMean(at.text, values...), "there is no %s %q", key, at.text)
	}
	return at.string()
}
