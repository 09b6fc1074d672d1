package c2j

import (
	"slices"

	"example.com/lathe/spec"
	"example.com/lathe/spec/tree"
)

// maxDelay is Smithy's default for the longest delay between two attempts, in
// seconds. The format has none, only a number of attempts, which SDKs in Go leave
// to the caller's patience.
const maxDelay = 120

// waiters reads the waiters, sorted by name.
func (l *loader) waiters(operations map[string]*spec.Operation, all tree.Value) {
	for w := range all.All() {
		if !l.Expect(w, tree.Object) {
			continue
		}
		op := operations[l.Text(w.Get("operation"))]
		if op == nil {
			continue // the files need not be of one age
		}
		waiter := spec.Waiter{
			Pos: w.NamePos(), Name: w.Name(), Documentation: l.Text(w.Get("description")), MinDelay: l.Integer(w.Get("delay")),
		}
		if waiter.MinDelay > maxDelay {
			waiter.MaxDelay = waiter.MinDelay
		}
		if l.Flag(w.Get("deprecated")) {
			waiter.Deprecated = &spec.Deprecation{}
		}
		if acceptors := w.Get("acceptors"); acceptors.Exists() && l.Expect(acceptors, tree.Array) {
			for a := range acceptors.All() {
				l.acceptor(&waiter, op, a)
			}
		}
		op.Waiters = append(op.Waiters, waiter)
	}
	for _, op := range operations {
		l.addLostWaiters(op)
		spec.SortWaiters(op.Waiters)
	}
}

// acceptor translates an acceptor into Smithy's terms.
func (l *loader) acceptor(w *spec.Waiter, op *spec.Operation, v tree.Value) {
	if !l.Expect(v, tree.Object) {
		return
	}
	a := spec.Acceptor{Pos: v.Pos(), State: l.Text(v.Get("state")), Path: l.Text(v.Get("argument")), Matcher: "output"}
	if !slices.Contains([]string{"success", "failure", "retry"}, a.State) {
		l.Problems.Add(v.At("/state"), "use success, failure or retry", "state %q of an acceptor is not known", a.State)
	}
	expected := v.Get("expected")
	a.Expected = literal(expected)
	switch matcher := l.Text(v.Get("matcher")); matcher {
	case "path":
		a.Comparator = "stringEquals"
		if expected.Kind() == tree.Bool {
			a.Comparator = "booleanEquals"
		}
	case "pathAll":
		a.Comparator = "allStringEquals"
	case "pathAny":
		a.Comparator = "anyStringEquals"
	case "error":
		a.Matcher, a.Path = "errorType", ""
		if expected.Kind() == tree.Bool {
			a.Matcher, a.Expected = "success", negated(expected)
		}
	case "status":
		l.status(w, op, a, expected)
		return
	default:
		l.Problems.Add(v.At("/matcher"), "use path, pathAll, pathAny, error or status", "matcher %q is not known", matcher)
	}
	w.Acceptors = append(w.Acceptors, a)
}

// status translates an expected status: success, or the errors that services answer
// 404 with. Smithy has no words for others, and the official packages do not look
// at them.
func (l *loader) status(w *spec.Waiter, op *spec.Operation, a spec.Acceptor, expected tree.Value) {
	switch code := l.Integer(expected); {
	case code >= 200 && code < 300:
		a.Matcher, a.Expected, a.Path = "success", "true", ""
	case code == 404:
		for _, e := range op.Errors {
			if e.Error != nil && e.Error.Status == code {
				named := a
				named.Matcher, named.Expected, named.Path = "errorType", e.Name, ""
				w.Acceptors = append(w.Acceptors, named)
			}
		}
		a.Matcher, a.Expected, a.Path = "errorType", "NotFound", ""
	default:
		return
	}
	w.Acceptors = append(w.Acceptors, a)
}

// literal is what an acceptor compares with, as text.
func literal(v tree.Value) string {
	if v.Kind() == tree.String {
		return v.Text()
	}
	return v.Raw()
}

// negated turns "is it an error?" into "is it a success?".
func negated(v tree.Value) string {
	if v.IsTrue() {
		return "false"
	}
	return "true"
}
