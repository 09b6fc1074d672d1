package diff

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"example.com/lathe/spec"
)

// operations compares the operations, and queues what they exchange.
func (c *comparer) operations() {
	others := operationsByName(c.new.api)
	known := operationsByName(c.old.api)
	for _, op := range c.old.api.Operations {
		if other := others[op.Name]; other != nil {
			c.operation(op, other)
			continue
		}
		n := c.operationNode(op.Name)
		n.add(finding{
			rule: "operation-removed", place: op.Name, what: op.Name, old: request(op), oldPos: op.Pos, newPos: c.new.api.Pos,
			goOld: c.old.golang.everything(c.new.golang, op, c.old.api),
		})
	}
	for _, op := range c.new.api.Operations {
		if known[op.Name] == nil {
			n := c.operationNode(op.Name)
			n.add(finding{
				rule: "operation-added", place: op.Name, what: op.Name, new: request(op), oldPos: c.old.api.Pos, newPos: op.Pos,
				goNew: c.new.golang.everything(c.old.golang, op, c.new.api),
			})
		}
	}
}

// request is how an operation is called.
func request(op *spec.Operation) string {
	return strings.TrimSpace(op.HTTP.Method + " " + op.HTTP.URI.Source)
}

func (c *comparer) operationNode(name string) *node {
	n := c.newNode(name, "operation "+name, nil, nil)
	n.uses[use{operation: name, direct: true}] = true
	return n
}

// operation compares two versions of an operation.
func (c *comparer) operation(a, b *spec.Operation) {
	n := c.operationNode(a.Name)
	at := finding{
		place: a.Name, what: a.Name, oldPos: a.Pos, newPos: b.Pos,
		goOld: c.old.golang.method(a), goNew: c.new.golang.method(b),
	}
	c.support(n, at, a, b)
	transport(n, at, a, b)
	c.auth(n, at, a, b)
	safety(n, at, a, b)
	traits(n, at, a, b)
	pages(n, at, a.Pagination, b.Pagination)
	waiters(n, at, a, b)
	c.errors(n, at, a, b)
	noun := at
	noun.what = "operation " + a.Name
	deprecation(n, noun, a.Deprecated, b.Deprecated)
	if !sameText(a.Documentation, b.Documentation) {
		noun.rule = "documentation-changed"
		n.add(noun)
	}
	c.message(a, b, Input)
	c.message(a, b, Output)
}

// support tells when an operation can no longer, or only now, be generated.
func (c *comparer) support(n *node, f finding, a, b *spec.Operation) {
	before, wasRefused := c.old.golang.refused[a.Name]
	after, isRefused := c.new.golang.refused[b.Name]
	switch {
	case !wasRefused && isRefused:
		f.rule, f.new = "operation-refused", after.Message
		f.goOld = c.old.golang.everything(c.new.golang, a, c.old.api)
	case wasRefused && !isRefused:
		f.rule, f.old = "operation-supported", before.Message
		f.goNew = c.new.golang.everything(c.old.golang, b, c.new.api)
	default:
		return
	}
	n.add(f)
}

// transport compares how requests are made.
func transport(n *node, f finding, a, b *spec.Operation) {
	http := f
	http.oldPos, http.newPos = firstPos(a.HTTP.Pos, a.Pos), firstPos(b.HTTP.Pos, b.Pos)
	http.note(n, "http-method-changed", a.HTTP.Method, b.HTTP.Method)
	if pathOf(a) != pathOf(b) {
		http.note(n, "http-uri-changed", uriOf(a, true), uriOf(b, true))
	}
	rule := "http-status-changed"
	if isSuccess(a.HTTP.Status) != isSuccess(b.HTTP.Status) {
		rule = "http-success-redefined"
	}
	http.note(n, rule, strconv.Itoa(a.HTTP.Status), strconv.Itoa(b.HTTP.Status))
	f.note(n, "host-prefix-changed", a.HostPrefix, b.HostPrefix)
	switch {
	case a.UnsignedPayload && !b.UnsignedPayload:
		f.note(n, "payload-signature-required", "unsigned", "signed")
	case !a.UnsignedPayload && b.UnsignedPayload:
		f.note(n, "payload-signature-dropped", "signed", "unsigned")
	}
}

// note adds the finding under a rule when the two texts differ.
func (f finding) note(n *node, rule, before, after string) {
	if before != after {
		f.rule, f.old, f.new = rule, before, after
		n.add(f)
	}
}

// isSuccess says whether clients take a status for success; zero belongs to
// protocols that have only one.
func isSuccess(status int) bool { return status == 0 || status >= 200 && status < 300 }

// pathOf is an operation's path and constant query, with labels that have no names:
// which member stands where is compared with the members.
func pathOf(op *spec.Operation) string { return uriOf(op, false) }

func uriOf(op *spec.Operation, named bool) string {
	var b strings.Builder
	for _, part := range op.HTTP.URI.Path {
		label := "{" + word(named, part.Label, "") + word(part.Greedy, "+", "") + "}"
		b.WriteString(word(part.Label == "", part.Literal, label))
	}
	separator := "?"
	for _, q := range op.HTTP.URI.Query {
		b.WriteString(separator + q.Key + word(q.Value == "", "", "="+q.Value))
		separator = "&"
	}
	return b.String()
}

// message compares the input or the output of an operation. None at all is one
// without members.
func (c *comparer) message(a, b *spec.Operation, d Direction) {
	before, after := messageOf(a, d), messageOf(b, d)
	if before == nil && after == nil {
		return
	}
	before, after = orEmpty(before, a), orEmpty(after, b)
	n := c.newNode(a.Name+"."+d.String(), "the "+d.String()+" of "+a.Name, before, after)
	n.goOld, n.goNew = c.old.golang.message(a, d), c.new.golang.message(b, d)
	if d == Input && pathOf(a) == pathOf(b) {
		n.labels = [2][]string{a.HTTP.URI.Labels(), b.HTTP.URI.Labels()}
	}
	c.facets(n, n.finding(before.Pos, after.Pos), &spec.Member{Target: before}, &spec.Member{Target: after})
	n.uses[use{operation: a.Name, direction: d}] = true
}

func messageOf(op *spec.Operation, d Direction) *spec.Shape {
	if d == Input {
		return op.Input
	}
	return op.Output
}

func orEmpty(s *spec.Shape, op *spec.Operation) *spec.Shape {
	return cmp.Or(s, &spec.Shape{Pos: op.Pos, Kind: spec.Structure})
}

// errors compares the errors of an operation. Formats differ in whether errors of
// all operations stand at the service or at each operation.
func (c *comparer) errors(n *node, f finding, a, b *spec.Operation) {
	before, after := a.AllErrors(c.old.api), b.AllErrors(c.new.api)
	others := map[string]*spec.Shape{}
	for _, e := range after {
		others[e.Name] = e
	}
	for _, e := range before {
		other := others[c.newName(e)]
		if other == nil {
			lost := f
			lost.rule, lost.old, lost.goOld, lost.goNew = "error-removed", e.Name, nil, nil
			c.addError(n, lost, e, c.old.api)
			continue
		}
		delete(others, other.Name)
		target := c.root(e, other)
		target.uses[use{operation: a.Name, direction: Error}] = true
	}
	for _, e := range after {
		if others[e.Name] != nil {
			gained := f
			gained.rule, gained.new, gained.newPos = "error-added", e.Name, firstPos(e.Pos, f.newPos)
			gained.goOld, gained.goNew = nil, c.new.golang.types(c.old.golang, e)
			c.addError(n, gained, e, c.new.api)
		}
	}
}

// addError notes an error that came or went; one of all operations is told once.
func (c *comparer) addError(n *node, f finding, e *spec.Shape, of *spec.API) {
	if slices.Contains(of.Errors, e) {
		f.what, f.oldPos, f.newPos = "every operation", c.old.api.Pos, c.new.api.Pos
		operation := f.place
		f.place = servicePlace
		n = c.newNode(servicePlace+".errors", "the service", nil, nil)
		n.uses[use{operation: operation, direct: true}] = true
	}
	f.place += ".errors." + e.Name
	n.add(f)
}

// newName is the name that a shape of the old side has on the new one.
func (c *comparer) newName(s *spec.Shape) string {
	if other := c.renamed[s]; other != nil {
		return other.Name
	}
	return s.Name
}
