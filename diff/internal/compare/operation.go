package compare

import (
	"cmp"
	"slices"
	"strings"

	"example.com/lathe/spec"
)

// service pairs what the service as a whole has.
func (c *Comparison) service() {
	a, b := c.Old.API, c.New.API
	at := Site{
		Place: ServicePlace, What: "the service", OldPos: a.Pos, NewPos: b.Pos, OldGo: c.Old.Client("ServiceID"),
		NewGo: c.New.Client("ServiceID"),
	}
	add(&c.Service, at, a, b)
	at.OldGo, at.NewGo = nil, nil
	c.xml(at, &a.XML, &b.XML)
	before, after := cmp.Or(a.Endpoint, &spec.EndpointRules{}), cmp.Or(b.Endpoint, &spec.EndpointRules{})
	at.Place, at.OldPos, at.NewPos = ServicePlace+".endpoint", cmp.Or(before.Pos, a.Pos), cmp.Or(after.Pos, b.Pos)
	at.What = "the endpoint rules"
	rules := at
	rules.OldGo, rules.NewGo = c.Old.Client("EndpointParameters"), c.New.Client("EndpointParameters")
	add(&c.Endpoints, rules, before, after)
	c.parameters(at, before, after)
	c.options(Site{OldPos: a.Pos, NewPos: b.Pos})
}

func (c *Comparison) parameters(at Site, before, after *spec.EndpointRules) {
	find := func(set *spec.EndpointRules, name string) *spec.EndpointParameter {
		for i := range set.Parameters {
			if set.Parameters[i].Name == name {
				return &set.Parameters[i]
			}
		}
		return nil
	}
	one := func(name string) {
		p := Pair[spec.EndpointParameter]{at, find(before, name), find(after, name)}
		p.Place, p.What = at.Place+"."+name, name
		if p.Old != nil {
			p.OldPos, p.OldGo = p.Old.Pos, c.Old.Parameter(name)
		}
		if p.New != nil {
			p.NewPos, p.NewGo = p.New.Pos, c.New.Parameter(name)
		}
		c.Parameters = append(c.Parameters, p)
	}
	for _, p := range before.Parameters {
		one(p.Name)
	}
	for _, p := range after.Parameters {
		if find(before, p.Name) == nil {
			one(p.Name)
		}
	}
}

func (c *Comparison) options(at Site) {
	before, after := c.Old.options(), c.New.options()
	for _, name := range Missing(before, after) {
		s := at
		s.Place, s.What, s.OldGo = ServicePlace+".options."+name, name, []string{"Options." + name}
		add(&c.Options, s, &name, nil)
	}
	for _, name := range Missing(after, before) {
		s := at
		s.Place, s.What, s.NewGo = ServicePlace+".options."+name, name, []string{"Options." + name}
		add(&c.Options, s, nil, &name)
	}
}

// Missing are the elements of a list that another one lacks, each once.
func Missing[T comparable](of, in []T) []T {
	var all []T
	for _, v := range of {
		if !slices.Contains(in, v) && !slices.Contains(all, v) {
			all = append(all, v)
		}
	}
	return all
}

// operation pairs two versions of an operation, one of which may be nil, and queues
// what they exchange.
func (c *Comparison) operation(a, b *spec.Operation) {
	name := cmp.Or(a, b).Name
	n := c.newNode(name, "operation "+name, nil, nil)
	n.uses[use{operation: name, direct: true}] = true
	at := Site{Place: name, What: name, OldPos: c.Old.API.Pos, NewPos: c.New.API.Pos, node: n}
	var before, after *Operation
	if a != nil {
		before = &Operation{a, c.Old.refused[a.Name], c.Old.everything(c.New, a), c.Old.paginator(a), uriOf(a)}
		at.OldPos, at.OldGo = a.Pos, c.Old.method(a)
	}
	if b != nil {
		after = &Operation{b, c.New.refused[b.Name], c.New.everything(c.Old, b), c.New.paginator(b), uriOf(b)}
		at.NewPos, at.NewGo = b.Pos, c.New.method(b)
	}
	add(&c.Operations, at, before, after)
	if a == nil || b == nil {
		return
	}
	c.auth(at, a, b)
	c.waiters(at, a, b)
	c.errors(at, a, b)
	c.message(n, a, b, Input)
	c.message(n, a, b, Output)
}

// auth pairs who may call an operation. What all operations inherit from the service
// stands at the service.
func (c *Comparison) auth(at Site, a, b *spec.Operation) {
	if a.Auth == nil && b.Auth == nil && a.OptionalAuth == b.OptionalAuth {
		at = Site{Place: ServicePlace, What: "the service", OldPos: c.Old.API.Pos, NewPos: c.New.API.Pos}
	}
	before, after := authOf(c.Old.API, a), authOf(c.New.API, b)
	add(&c.Auth, at, &before, &after)
}

// authOf returns the ways in which calls of an operation are signed.
func authOf(api *spec.API, op *spec.Operation) Auth {
	listed := api.Auth
	if op.Auth != nil {
		listed = op.Auth
	}
	var auth Auth
	for _, s := range listed {
		if s != spec.NoAuth {
			auth.Schemes = append(auth.Schemes, s)
		}
	}
	if len(listed) == 0 && op.Auth == nil && api.SigningName != "" {
		auth.Schemes = []spec.AuthScheme{spec.SigV4}
	}
	auth.Open = op.OptionalAuth || len(auth.Schemes) == 0 || len(auth.Schemes) < len(listed)
	return auth
}

func (c *Comparison) waiters(at Site, a, b *spec.Operation) {
	find := func(op *spec.Operation, name string) *spec.Waiter {
		for i := range op.Waiters {
			if op.Waiters[i].Name == name {
				return &op.Waiters[i]
			}
		}
		return nil
	}
	operation := at.Place
	one := func(name string) {
		at.Place, at.What = operation+".waiters."+name, name
		if at.OldGo, at.NewGo = nil, nil; c.Old.plan(a) != nil && c.New.plan(b) != nil {
			at.OldGo, at.NewGo = c.Old.waiter(a, name), c.New.waiter(b, name)
		}
		before, after := find(a, name), find(b, name)
		if at.OldPos, at.NewPos = a.Pos, b.Pos; before != nil {
			at.OldPos = cmp.Or(before.Pos, a.Pos)
		}
		if after != nil {
			at.NewPos = cmp.Or(after.Pos, b.Pos)
		}
		add(&c.Waiters, at, before, after)
	}
	for _, w := range a.Waiters {
		one(w.Name)
	}
	for _, w := range b.Waiters {
		if find(a, w.Name) == nil {
			one(w.Name)
		}
	}
}

// errors pairs the errors of an operation. Formats differ in whether errors of all
// operations stand at the service or at each operation.
func (c *Comparison) errors(at Site, a, b *spec.Operation) {
	after := b.AllErrors(c.New.API)
	left := map[string]*spec.Shape{}
	for _, e := range after {
		left[e.Name] = e
	}
	at.OldGo, at.NewGo = nil, nil
	for _, e := range a.AllErrors(c.Old.API) {
		other := left[c.newName(e)]
		if other == nil {
			add(&c.Errors, c.errorSite(at, e, c.Old.API), e, nil)
			continue
		}
		delete(left, other.Name)
		n := c.root(e, other)
		n.isResponse = true
		n.uses[use{operation: a.Name, direction: Error}] = true
	}
	for _, e := range after {
		if left[e.Name] != nil {
			s := at
			s.NewPos, s.NewGo = cmp.Or(e.Pos, at.NewPos), c.New.types(c.Old, e)
			add(&c.Errors, c.errorSite(s, e, c.New.API), nil, e)
		}
	}
}

// errorSite is where an error came or went; one of all operations stands once.
func (c *Comparison) errorSite(at Site, e *spec.Shape, of *spec.API) Site {
	if slices.Contains(of.Errors, e) {
		n := c.newNode(ServicePlace+".errors", "the service", nil, nil)
		n.uses[use{operation: at.Place, direct: true}] = true
		at.node, at.What, at.OldPos, at.NewPos = n, "every operation", c.Old.API.Pos, c.New.API.Pos
		at.Place = ServicePlace
	}
	at.Place += ".errors." + e.Name
	return at
}

// message pairs the input or the output of an operation. None at all is one without
// members.
func (c *Comparison) message(op *node, a, b *spec.Operation, d Direction) {
	before, after := messageOf(a, d), messageOf(b, d)
	if before == nil && after == nil {
		return
	}
	before, after = orEmpty(before, a), orEmpty(after, b)
	n := c.newNode(op.place+"."+d.String(), "the "+d.String()+" of "+a.Name, before, after)
	n.oldType, n.newType = c.Old.message(a, d), c.New.message(b, d)
	n.isResponse = d == Output
	if d == Input && uriOf(a) == uriOf(b) {
		n.labels = [2][]string{a.HTTP.URI.Labels(), b.HTTP.URI.Labels()}
	}
	c.values(n.site(before.Pos, after.Pos), &spec.Member{Target: before}, &spec.Member{Target: after})
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

// uriOf is an operation's path and constant query, with labels that have no names.
func uriOf(op *spec.Operation) string {
	var b strings.Builder
	for _, part := range op.HTTP.URI.Path {
		switch {
		case part.Label == "":
			b.WriteString(part.Literal)
		case part.Greedy:
			b.WriteString("{+}")
		default:
			b.WriteString("{}")
		}
	}
	separator := "?"
	for _, q := range op.HTTP.URI.Query {
		b.WriteString(separator + q.Key)
		if q.Value != "" {
			b.WriteString("=" + q.Value)
		}
		separator = "&"
	}
	return b.String()
}

// IsUnrelated reports whether both sides have operations and none in common.
func (c *Comparison) IsUnrelated() bool {
	for _, p := range c.Operations {
		if p.Old != nil && p.New != nil {
			return false
		}
	}
	return len(c.Old.API.Operations) > 0 && len(c.New.API.Operations) > 0
}
