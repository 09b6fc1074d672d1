package c2j

import (
	"slices"
	"strings"

	"example.com/lathe/spec"
)

// restore undoes what the publishers' converter does to traits that a member has
// and its target has not: it makes a target for that member alone.
//
// A timestamp's format comes back from its name. The name of a target that limits
// a simple value is put together of those of structure, member and type; the limits
// go back to the member, and the target becomes the plain type. The names of the
// targets that lists and maps had before are lost.
func (l *loader) restore(d *definition, m *spec.Member) {
	t := m.Target
	other, isOther := otherKinds[l.service][m.Name]
	switch {
	case isOther && t.Kind == other.is:
		m.Target, m.ZeroGuessed = l.plain(upperFirst(other.want.String()), other.want), false
	case t.Kind == spec.Timestamp && strings.HasPrefix(t.Name, syntheticTimestamp) && m.TimestampFormat == "":
		m.TimestampFormat = t.TimestampFormat
		m.Target = l.plain("Timestamp", spec.Timestamp)
	case t.Kind.IsAggregate() || t.Kind == spec.Enum || t.Constraints == spec.Constraints{}:
	case t.Name == d.name+upperFirst(m.Name)+upperFirst(t.Kind.String()) && isOnlyLimited(t):
		m.Constraints = t.Constraints
		m.Target = l.plain(upperFirst(t.Kind.String()), t.Kind)
	}
}

// otherKinds are members of requests and answers that have another kind in this format than in
// the models that official packages are made of, by the service's id. There are no others in the
// services that are published in both formats.
var otherKinds = map[string]map[string]struct{ is, want spec.Kind }{
	"CloudFront": {"MaxItems": {spec.String, spec.Integer}},
	"Glacier":    {"limit": {spec.String, spec.Integer}},
	"Route 53":   {"MaxItems": {spec.String, spec.Integer}, "MaxResults": {spec.String, spec.Integer}},
	"S3":         {"PartNumberMarker": {spec.Integer, spec.String}, "NextPartNumberMarker": {spec.Integer, spec.String}},
}

// lostErrors are errors of operations that this format does not have, and the models that
// official packages are made of have, by the service's id.
var lostErrors = map[string]map[string]string{
	"S3": {"HeadBucket": "NotFound", "HeadObject": "NotFound"},
}

// lostWaiters are waiters of operations that this format does not have, by the service's id.
var lostWaiters = map[string]map[string][]spec.Waiter{
	"Auto Scaling": {"DescribeAutoScalingGroups": {
		until("GroupExists", 5, "length(AutoScalingGroups) > `0`", "true", "false"),
		until("GroupInService", 15,
			"contains(AutoScalingGroups[].[length(Instances[?LifecycleState=='InService']) >= MinSize][], `false`)", "false", "true"),
		until("GroupNotExists", 15, "length(AutoScalingGroups) > `0`", "false", "true"),
	}},
}

// until is a waiter that waits as long as a condition is the one, until it is the other.
func until(name string, delay int, path, done, again string) spec.Waiter {
	a := spec.Acceptor{Matcher: "output", Path: path, Comparator: "booleanEquals"}
	success, retry := a, a
	success.State, success.Expected = "success", done
	retry.State, retry.Expected = "retry", again
	return spec.Waiter{Name: name, MinDelay: delay, Acceptors: []spec.Acceptor{success, retry}}
}

// addLost adds the waiters that the format does not have to an operation.
func (l *loader) addLost(op *spec.Operation) {
	for _, w := range lostWaiters[l.service][op.Name] {
		if !slices.ContainsFunc(op.Waiters, func(known spec.Waiter) bool { return known.Name == w.Name }) {
			w.Pos = op.Pos
			op.Waiters = append(op.Waiters, w)
		}
	}
}

// endpointError is what an operation ends with whose endpoint is to be looked for again. Smithy
// names it where it says that there is one; this format may leave it out.
const endpointError = "InvalidEndpointException"

// lost returns the errors of an operation that the format does not have.
func (l *loader) lost(op *spec.Operation) (errors []*spec.Shape) {
	if name := lostErrors[l.service][op.Name]; name != "" {
		errors = append(errors, l.lostError(name, spec.ErrorTraits{}))
	}
	if op.EndpointDiscovery != spec.NoDiscovery {
		errors = append(errors, l.lostError(endpointError, spec.ErrorTraits{Status: 421}))
	}
	return errors
}

// lostError returns the shape of an error: that of the document, if it has one.
func (l *loader) lostError(name string, traits spec.ErrorTraits) *spec.Shape {
	if d := l.shapes[name]; d != nil {
		return d.shape
	}
	if l.extra[name] == nil {
		l.extra[name] = &spec.Shape{Name: name, Kind: spec.Structure, Error: &traits}
	}
	return l.extra[name]
}

// isOnlyLimited reports whether a shape has nothing but a kind and limits.
func isOnlyLimited(s *spec.Shape) bool {
	return !s.Sensitive && !s.Streaming && s.Deprecated == nil && s.TimestampFormat == "" && s.Documentation == ""
}

// plain returns a shape that is nothing but its kind: the document's own by that
// name if it is no more, and otherwise one from outside the document.
func (l *loader) plain(name string, kind spec.Kind) *spec.Shape {
	if s := l.extra[name]; s != nil {
		return s
	}
	s := &spec.Shape{Name: name, Kind: kind}
	if d := l.shapes[name]; d != nil {
		if d.shape.Kind == kind && d.shape.Constraints == (spec.Constraints{}) && isOnlyLimited(d.shape) {
			s = d.shape
		} else {
			s.Name = "smithy.api#" + name
		}
	}
	l.extra[name] = s
	return s
}
