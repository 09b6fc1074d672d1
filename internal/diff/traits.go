package diff

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"example.com/lathe/spec"
)

// auth compares who may call an operation. What all operations inherit from the
// service is told of the service.
func (c *comparer) auth(n *node, f finding, a, b *spec.Operation) {
	if a.Auth == nil && b.Auth == nil && a.OptionalAuth == b.OptionalAuth {
		f.place, f.what, f.oldPos, f.newPos = servicePlace, "the service", c.old.api.Pos, c.new.api.Pos
		f.goOld, f.goNew = nil, nil
		n = c.serviceNode()
	}
	before, wasOpen := schemes(c.old.api, a)
	after, isOpen := schemes(c.new.api, b)
	for _, s := range missing(before, after) {
		f.note(n, "auth-scheme-removed", string(s), "")
	}
	for _, s := range missing(after, before) {
		f.note(n, "auth-scheme-added", "", string(s))
	}
	switch {
	case wasOpen && !isOpen:
		f.note(n, "anonymous-calls-refused", "anonymous", "")
	case !wasOpen && isOpen:
		f.note(n, "anonymous-calls-allowed", "", "anonymous")
	}
	if len(before) > 0 && len(after) > 0 && before[0] != after[0] && slices.Contains(after, before[0]) {
		f.note(n, "auth-order-changed", string(before[0]), string(after[0]))
	}
}

// schemes are the ways in which calls of an operation are signed, and whether they
// may go without.
func schemes(api *spec.API, op *spec.Operation) (all []spec.AuthScheme, open bool) {
	listed := api.Auth
	if op.Auth != nil {
		listed = op.Auth
	}
	for _, s := range listed {
		if s != spec.NoAuth {
			all = append(all, s)
		}
	}
	if len(listed) == 0 && op.Auth == nil && api.SigningName != "" {
		all = []spec.AuthScheme{spec.SigV4}
	}
	return all, op.OptionalAuth || len(all) == 0 || len(all) < len(listed)
}

// safety compares what the model says of repeating an operation.
func safety(n *node, f finding, a, b *spec.Operation) {
	before, after := safetyOf(a), safetyOf(b)
	for _, s := range missing(before, after) {
		if s == "idempotent" && b.ReadOnly {
			continue // what only reads may be repeated
		}
		f.note(n, "retry-safety-lost", s, "")
	}
	for _, s := range missing(after, before) {
		f.note(n, "retry-safety-gained", "", s)
	}
}

func safetyOf(op *spec.Operation) []string {
	var all []string
	if op.ReadOnly {
		all = append(all, "readonly")
	}
	if op.Idempotent {
		all = append(all, "idempotent")
	}
	return all
}

// traits compares checksums, compression and what goes to the endpoint rules.
func traits(n *node, f finding, a, b *spec.Operation) {
	switch before, after := needsChecksum(a), needsChecksum(b); {
	case !before && after:
		f.note(n, "checksum-required", "optional", "required")
	case before && !after:
		f.note(n, "checksum-optional", "required", "optional")
	}
	f.note(n, "checksum-changed", checksumOf(a.Checksum), checksumOf(b.Checksum))
	for _, encoding := range missing(a.Compression, b.Compression) {
		f.note(n, "compression-removed", encoding, "")
	}
	for _, encoding := range missing(b.Compression, a.Compression) {
		f.note(n, "compression-added", "", encoding)
	}
	f.note(n, "endpoint-discovery-changed", discoveryOf(a), discoveryOf(b))
	f.note(n, "endpoint-binding-changed", contextOf(a), contextOf(b))
}

func needsChecksum(op *spec.Operation) bool {
	return op.ChecksumRequired || op.Checksum != nil && op.Checksum.Required
}

func checksumOf(c *spec.Checksum) string {
	if c == nil {
		return ""
	}
	return parts(part{"algorithm by", c.AlgorithmMember}, part{"mode by", c.ModeMember}, part{"in responses", join(c.ResponseAlgorithms)})
}

// discoveryOf says whether the service finds the endpoint of an operation.
func discoveryOf(op *spec.Operation) string { return cmp.Or(string(op.EndpointDiscovery), "none") }

// contextOf says what an operation gives to the endpoint rules.
func contextOf(op *spec.Operation) string {
	var all []part
	for _, v := range op.StaticContext {
		all = append(all, part{v.Name + " =", fmt.Sprint(v.Value)})
	}
	for _, v := range op.OperationContext {
		all = append(all, part{v.Name + " from", fmt.Sprint(v.Value)})
	}
	return parts(all...)
}

// part is a value with what it is.
type part struct{ label, value string }

// parts lists the parts that have a value.
func parts(all ...part) string {
	var texts []string
	for _, p := range all {
		if p.value != "" {
			texts = append(texts, strings.TrimSpace(p.label+" "+p.value))
		}
	}
	return strings.Join(texts, ", ")
}

// pages compares how results are paged through.
func pages(n *node, f finding, a, b *spec.Pagination) {
	switch {
	case a == nil && b == nil:
	case a == nil:
		f.note(n, "pagination-added", "", tokens(b))
	case b == nil:
		f.note(n, "pagination-removed", tokens(a), "")
	default:
		f.note(n, "pagination-tokens-changed", tokens(a), tokens(b))
		f.note(n, "pagination-changed", pageParts(a), pageParts(b))
	}
}

func tokens(p *spec.Pagination) string {
	return fmt.Sprintf("token %s from %s", p.InputToken, p.OutputToken)
}

func pageParts(p *spec.Pagination) string {
	return parts(part{"items in", p.Items}, part{"size by", p.PageSize}, part{"more by", p.MoreResults})
}

// waiters compares the waiters of an operation.
func waiters(n *node, f finding, a, b *spec.Operation) {
	others := map[string]spec.Waiter{}
	for _, w := range b.Waiters {
		others[w.Name] = w
	}
	f.goOld, f.goNew = nil, nil // clients have no waiters
	undocumented := false
	for _, w := range a.Waiters {
		at := f
		at.place, at.what = f.place+".waiters."+w.Name, w.Name
		other, ok := others[w.Name]
		if !ok {
			at.rule = "waiter-removed"
			n.add(at)
			continue
		}
		delete(others, w.Name)
		at.note(n, "waiter-changed", waiterOf(w), waiterOf(other))
		at.what = "waiter " + w.Name
		deprecation(n, at, w.Deprecated, other.Deprecated)
		undocumented = undocumented || !sameText(w.Documentation, other.Documentation)
	}
	for _, w := range b.Waiters {
		if _, ok := others[w.Name]; ok {
			at := f
			at.rule, at.place, at.what = "waiter-added", f.place+".waiters."+w.Name, w.Name
			n.add(at)
		}
	}
	if undocumented {
		f.rule, f.what = "documentation-changed", "operation "+f.what
		n.add(f)
	}
}

// waiterOf says when and for what a waiter waits, with Smithy's default delays.
func waiterOf(w spec.Waiter) string {
	least, most := w.MinDelay, w.MaxDelay
	if least == 0 {
		least = 2
	}
	if most == 0 {
		most = max(120, least)
	}
	texts := []string{fmt.Sprintf("every %d to %d s", least, most)}
	for _, a := range w.Acceptors {
		texts = append(texts, strings.Join(slices.DeleteFunc(
			[]string{a.State, "on", a.Matcher, a.Path, a.Comparator, a.Expected}, func(s string) bool { return s == "" }), " "))
	}
	return strings.Join(texts, "; ")
}
