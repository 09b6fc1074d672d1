package smithy

import (
	"slices"
	"strings"

	"example.com/lathe/spec"
	"example.com/lathe/spec/rules"
	"example.com/lathe/spec/tree"
)

// operationTraits are the traits that count for operations, but for
// smithy.api#paginated, which needs the service.
var operationTraits = setters[spec.Operation]{
	"smithy.api#documentation": func(l *loader, op *spec.Operation, v tree.Value) { op.Documentation = l.Text(v) },
	"smithy.api#deprecated":    func(l *loader, op *spec.Operation, v tree.Value) { op.Deprecated = l.deprecation(v) },
	"smithy.api#http":          (*loader).http,
	"smithy.api#readonly":      func(l *loader, op *spec.Operation, v tree.Value) { op.ReadOnly = l.annotation(v) },
	"smithy.api#idempotent":    func(l *loader, op *spec.Operation, v tree.Value) { op.Idempotent = l.annotation(v) },
	"smithy.api#longPoll":      func(l *loader, op *spec.Operation, v tree.Value) { op.LongPoll = l.Expect(v, tree.Object) },
	"smithy.api#endpoint": func(l *loader, op *spec.Operation, v tree.Value) {
		op.HostPrefix = l.Text(l.Object(v).Get("hostPrefix"))
	},
	"aws.api#clientDiscoveredEndpoint": func(l *loader, op *spec.Operation, v tree.Value) {
		op.EndpointDiscovery = spec.OptionalDiscovery
		if l.Flag(l.Object(v).Get("required")) {
			op.EndpointDiscovery = spec.RequiredDiscovery
		}
	},
	"smithy.api#httpChecksumRequired": func(l *loader, op *spec.Operation, v tree.Value) { op.ChecksumRequired = l.annotation(v) },
	"aws.protocols#httpChecksum":      (*loader).checksum,
	"smithy.api#requestCompression": func(l *loader, op *spec.Operation, v tree.Value) {
		op.Compression = l.Texts(l.Object(v).Get("encodings"))
	},
	"smithy.api#auth":          (*loader).operationAuth,
	"smithy.api#optionalAuth":  func(l *loader, op *spec.Operation, v tree.Value) { op.OptionalAuth = l.annotation(v) },
	"aws.auth#unsignedPayload": func(l *loader, op *spec.Operation, v tree.Value) { op.UnsignedPayload = l.annotation(v) },
	"smithy.rules#staticContextParams": func(l *loader, op *spec.Operation, v tree.Value) {
		op.StaticContext = rules.ContextValues(&l.Reader, v, "value")
	},
	"smithy.rules#operationContextParams": func(l *loader, op *spec.Operation, v tree.Value) {
		op.OperationContext = rules.ContextValues(&l.Reader, v, "path")
	},
	"smithy.waiters#waitable": (*loader).waiters,
	"smithy.api#examples":     (*loader).examples,
}

func (l *loader) http(op *spec.Operation, v tree.Value) {
	if !l.bindings || !l.Expect(v, tree.Object) {
		return
	}
	op.HTTP = spec.HTTP{Pos: v.NamePos(), Method: l.Text(v.Get("method")), Status: 200}
	if code := v.Get("code"); code.Exists() {
		op.HTTP.Status = l.Integer(code)
	}
	if op.HTTP.Method == "" {
		l.Problems.Add(v.Pos(), "", "operation %s has no method", op.Name)
	}
	uri, err := spec.ParseURI(l.Text(v.Get("uri")))
	if err != nil {
		l.Problems.Add(v.At("/uri"), "", "path %.100q of operation %s is wrong: %v", v.Get("uri").Text(), op.Name, err)
	}
	op.HTTP.URI = uri
}

func (l *loader) checksum(op *spec.Operation, v tree.Value) {
	if l.Expect(v, tree.Object) {
		op.Checksum = &spec.Checksum{
			Required:           l.Flag(v.Get("requestChecksumRequired")),
			AlgorithmMember:    l.Text(v.Get("requestAlgorithmMember")),
			ModeMember:         l.Text(v.Get("requestValidationModeMember")),
			ResponseAlgorithms: l.Texts(v.Get("responseAlgorithms")),
		}
	}
}

func (l *loader) operationAuth(op *spec.Operation, v tree.Value) {
	schemes, optional := spec.AuthSchemes(l.Texts(v))
	op.Auth = schemes
	op.OptionalAuth = op.OptionalAuth || optional
}

// waiters reads the waiters of an operation, sorted by name.
func (l *loader) waiters(op *spec.Operation, v tree.Value) {
	for w := range l.Object(v).All() {
		if !l.Expect(w, tree.Object) {
			continue
		}
		waiter := spec.Waiter{
			Pos: w.NamePos(), Name: w.Name(), Documentation: l.Text(w.Get("documentation")),
			MinDelay: l.Integer(w.Get("minDelay")), MaxDelay: l.Integer(w.Get("maxDelay")),
		}
		if l.Flag(w.Get("deprecated")) {
			waiter.Deprecated = &spec.Deprecation{}
		}
		for a := range l.List(w.Get("acceptors")).All() {
			waiter.Acceptors = append(waiter.Acceptors, l.acceptor(a))
		}
		op.Waiters = append(op.Waiters, waiter)
	}
	spec.SortWaiters(op.Waiters)
}

// acceptor reads {"state": …, "matcher": {<one matcher>: …}}.
func (l *loader) acceptor(v tree.Value) spec.Acceptor {
	if !l.Expect(v, tree.Object) {
		return spec.Acceptor{}
	}
	a := spec.Acceptor{Pos: v.Pos(), State: l.Text(v.Get("state"))}
	if !slices.Contains([]string{"success", "failure", "retry"}, a.State) {
		l.Problems.Add(v.At("/state"), "use success, failure or retry", "state %q of an acceptor is not known", a.State)
	}
	switch matcher := v.Get("matcher"); {
	case matcher.Exists() && !l.Expect(matcher, tree.Object):
	case matcher.Len() != 1:
		l.Problems.Add(v.Pos(), hintMatchers, "an acceptor has exactly one matcher")
	default:
		l.matcher(&a, matcher.List()[0])
	}
	return a
}

const hintMatchers = "use output, inputOutput, errorType or success"

// matcher reads {<matcher>: …}.
func (l *loader) matcher(a *spec.Acceptor, m tree.Value) {
	switch a.Matcher = m.Name(); a.Matcher {
	case "output", "inputOutput":
		if l.Expect(m, tree.Object) {
			a.Path, a.Comparator, a.Expected = l.Text(m.Get("path")), l.Text(m.Get("comparator")), l.Text(m.Get("expected"))
		}
	case "errorType":
		a.Expected = l.Text(m)
		if _, name, isID := strings.Cut(a.Expected, "#"); isID {
			a.Expected = name
		}
	case "success":
		l.Flag(m)
		a.Expected = m.Raw()
	default:
		l.Problems.Add(m.NamePos(), hintMatchers, "matcher %q is not known", a.Matcher)
	}
}

// examples reads calls of an operation, on demand. Whether they fit is seen when they are
// planned.
func (l *loader) examples(op *spec.Operation, v tree.Value) {
	if !l.options.Examples {
		return
	}
	for e := range l.List(v).All() {
		if !l.Expect(e, tree.Object) {
			continue
		}
		_, shape, _ := strings.Cut(l.Text(l.Object(e.Get("error")).Get("shapeId")), "#")
		op.Examples = append(op.Examples, spec.Example{
			Pos: e.Pos(), Title: l.Text(e.Get("title")), Documentation: l.Text(e.Get("documentation")),
			Input: e.Get("input").Decode(), Output: e.Get("output").Decode(), OutputText: e.Get("output").Raw(),
			Error: shape, Constraints: !l.Flag(e.Get("allowConstraintErrors")),
		})
	}
}
