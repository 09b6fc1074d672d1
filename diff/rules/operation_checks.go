package rules

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"example.com/lathe/diff/internal/compare"
	"example.com/lathe/spec"
)

// request is how an operation is called.
func request(op *compare.Operation) string {
	return strings.TrimSpace(op.HTTP.Method + " " + op.HTTP.URI.Source)
}

// operationsGone finds operations that are gone, and with them all Go objects that
// were there for them alone.
func operationsGone(r *run, found reporter) {
	for _, p := range r.Operations {
		if p.New == nil {
			p.OldGo = p.Old.Everything
			found(p.Site, request(p.Old), "")
		}
	}
}

// operationsNew finds operations that are new.
func operationsNew(r *run, found reporter) {
	for _, p := range r.Operations {
		if p.Old == nil {
			p.NewGo = p.New.Everything
			found(p.Site, "", request(p.New))
		}
	}
}

// operationRefused finds an operation that can no longer be generated.
func operationRefused(p compare.Pair[compare.Operation], found reporter) {
	if p.Old.Refused == "" && p.New.Refused != "" {
		p.OldGo = p.Old.Everything
		found(p.Site, "", p.New.Refused)
	}
}

// operationSupported finds an operation that can be generated now.
func operationSupported(p compare.Pair[compare.Operation], found reporter) {
	if p.Old.Refused != "" && p.New.Refused == "" {
		p.NewGo = p.New.Everything
		found(p.Site, p.Old.Refused, "")
	}
}

// operationRenamed finds an operation that is called as before under another name. In
// Go the method, the input and the output have another name with it.
func operationRenamed(p compare.Pair[compare.Operation], found reporter) {
	if p.Old.Name != p.New.Name {
		p.OldGo, p.NewGo = p.Old.Everything, p.New.Everything
		found(p.Site, p.Old.Name, p.New.Name)
	}
}

// uriChanged compares paths without the names of labels, and shows them with these.
func uriChanged(p *compare.Pair[compare.Operation]) (before, after string, ok bool) {
	if p.Old.Path == p.New.Path || p.Old.Path == "" ||
		p.New.Path == "" { // nothing stands for one that can't be read, or a protocol that has none
		return "", "", false
	}
	return uriOf(p.Old), uriOf(p.New), true
}

func uriOf(op *compare.Operation) string {
	var b strings.Builder
	for _, part := range op.HTTP.URI.Path {
		b.WriteString(word(part.Label == "", part.Literal, "{"+part.Label+word(part.Greedy, "+", "")+"}"))
	}
	separator := "?"
	for _, q := range op.HTTP.URI.Query {
		b.WriteString(separator + q.Key + word(q.Value == "", "", "="+q.Value))
		separator = "&"
	}
	return b.String()
}

// statusChanged compares the status of success: within what clients take for success,
// or across it.
func statusChanged(within bool) func(*compare.Pair[compare.Operation]) (string, string, bool) {
	return func(p *compare.Pair[compare.Operation]) (string, string, bool) {
		a, b := p.Old.HTTP.Status, p.New.HTTP.Status
		return strconv.Itoa(a), strconv.Itoa(b), (isSuccess(a) == isSuccess(b)) == within
	}
}

// isSuccess reports whether clients take a status for success; zero belongs to
// protocols that have only one.
func isSuccess(status int) bool { return status == 0 || status >= 200 && status < 300 }

func isUnsigned(op *compare.Operation) bool { return op.UnsignedPayload }

func needsChecksum(op *compare.Operation) bool {
	return op.ChecksumRequired || op.Checksum != nil && op.Checksum.Required
}

// finderOf is the operation that finds the endpoints of others.
func finderOf(a *spec.API) string { return a.EndpointOperation }

// discoveryOf is whether the service finds the endpoint of an operation.
func discoveryOf(op *compare.Operation) string { return cmp.Or(string(op.EndpointDiscovery), "none") }

// pollingOf is when the service answers an operation.
func pollingOf(op *compare.Operation) string {
	if op.LongPoll {
		return "held open"
	}
	return "answered at once"
}

func checksumOf(op *compare.Operation) string {
	c := op.Checksum
	if c == nil {
		return ""
	}
	return list(part{"algorithm by", c.AlgorithmMember}, part{"mode by", c.ModeMember},
		part{"in responses", strings.Join(c.ResponseAlgorithms, ", ")})
}

func compressions(op *compare.Operation) []string { return op.Compression }

// contextOf is what an operation passes to the endpoint rules.
func contextOf(op *compare.Operation) string {
	var all []part
	for _, v := range op.StaticContext {
		all = append(all, part{v.Name + " =", fmt.Sprint(v.Value)})
	}
	for _, v := range op.OperationContext {
		all = append(all, part{v.Name + " from", fmt.Sprint(v.Value)})
	}
	return list(all...)
}

func safetyOf(op *compare.Operation) []string {
	var all []string
	if op.ReadOnly {
		all = append(all, "readonly")
	}
	if op.Idempotent {
		all = append(all, "idempotent")
	}
	return all
}

// safetyLost finds what an operation is no longer said to be. What only reads may be
// repeated all the same.
func safetyLost(p compare.Pair[compare.Operation], found reporter) {
	for _, s := range compare.Missing(safetyOf(p.Old), safetyOf(p.New)) {
		if s != "idempotent" || !p.New.ReadOnly {
			found(p.Site, s, "")
		}
	}
}

func paginationAdded(p *compare.Pair[compare.Operation]) (before, after string, ok bool) {
	a, b := p.Old.Pagination, p.New.Pagination
	if a != nil || b == nil {
		return "", "", false
	}
	return "", tokens(b), true
}

// paginationRemoved finds an operation whose paginator is gone.
func paginationRemoved(p compare.Pair[compare.Operation], found reporter) {
	if p.Old.Pagination == nil || p.New.Pagination != nil {
		return
	}
	if p.OldGo = nil; p.Old.Paginator != nil {
		p.OldGo = compare.Missing(p.Old.Paginator.Objects, p.New.Everything)
	}
	found(p.Site, tokens(p.Old.Pagination), "")
}

// paginators visits the paginators that both sides have under one name.
func paginators(visit func(at compare.Site, was, is *compare.Helper, found reporter)) check {
	return operations.both(func(p compare.Pair[compare.Operation], found reporter) {
		was, is := p.Old.Paginator, p.New.Paginator
		if was != nil && is != nil && was.Options == is.Options {
			visit(p.Site, was, is, found)
		}
	})
}

// paginatorChanged finds what a paginator has with another type.
func paginatorChanged(at compare.Site, was, is *compare.Helper, found reporter) {
	for _, part := range was.Parts {
		if now := is.Part(part.Name); now != nil && now.Type != part.Type {
			at.OldGo, at.NewGo = []string{part.Name}, []string{part.Name}
			found(at, partText(part), partText(*now))
		}
	}
}

// paginatorPartRemoved finds what a paginator no longer has.
func paginatorPartRemoved(at compare.Site, was, is *compare.Helper, found reporter) {
	for _, part := range was.Parts {
		if is.Part(part.Name) == nil {
			at.OldGo, at.NewGo = []string{part.Name}, nil
			found(at, partText(part), "")
		}
	}
}

// paginatorPartAdded finds what is new in a paginator. Only new options can break anyone,
// of those who write all of them.
func paginatorPartAdded(at compare.Site, was, is *compare.Helper, found reporter) {
	for _, part := range is.Parts {
		if was.Part(part.Name) != nil {
			continue
		}
		at.OldGo, at.NewGo = nil, []string{part.Name}
		if compare.Owner(part.Name) == was.Options {
			at.OldGo = []string{was.Options}
		}
		found(at, "", partText(part))
	}
}

// partText is a part of a helper as a sentence has it: "Limit int32".
func partText(part compare.GoField) string {
	return part.Name[strings.LastIndexByte(part.Name, '.')+1:] + " " + part.Type
}

// pagesDiffer compares how results are paged through on both sides.
func pagesDiffer(of func(*spec.Pagination) string) func(*compare.Pair[compare.Operation]) (string, string, bool) {
	return func(p *compare.Pair[compare.Operation]) (string, string, bool) {
		a, b := p.Old.Pagination, p.New.Pagination
		if a == nil || b == nil {
			return "", "", false
		}
		return of(a), of(b), true
	}
}

func tokens(p *spec.Pagination) string {
	return fmt.Sprintf("token %s from %s", p.InputToken, p.OutputToken)
}

func pageParts(p *spec.Pagination) string {
	return list(part{"items in", p.Items}, part{"size by", p.PageSize}, part{"more by", p.MoreResults})
}

// waiterRemoved finds waiters that are gone, and with them the interface that they took
// if nothing else takes it.
func waiterRemoved(r *run, found reporter) {
	kept := everything(r)
	for _, p := range r.Waiters {
		if p.New == nil {
			p.OldGo = compare.Missing(p.OldGo, kept)
			found(p.Site, "", "")
		}
	}
}

// waiterRefused finds waiters that the client has no more although the model has them.
func waiterRefused(r *run, found reporter) {
	kept := everything(r)
	for _, p := range r.Waiters {
		if p.Old != nil && p.New != nil && len(p.OldGo) > 0 && len(p.NewGo) == 0 {
			p.OldGo = compare.Missing(p.OldGo, kept)
			found(p.Site, "", "")
		}
	}
}

// waiterSupported finds a waiter that both models have, and only the new client.
func waiterSupported(p compare.Pair[spec.Waiter], found reporter) {
	if len(p.OldGo) == 0 && len(p.NewGo) > 0 {
		found(p.Site, "", "")
	}
}

// everything are the Go objects of the operations of the new side.
func everything(r *run) []string {
	var objects []string
	for _, p := range r.Operations {
		if p.New != nil {
			objects = append(objects, p.New.Everything...)
		}
	}
	return objects
}

// waiterOf is when and for what a waiter waits, with Smithy's default delays.
func waiterOf(w *spec.Waiter) string {
	least := cmp.Or(w.MinDelay, 2)
	most := cmp.Or(w.MaxDelay, max(120, least))
	all := []string{fmt.Sprintf("every %d to %d s", least, most)}
	for _, a := range w.Acceptors {
		all = append(all, strings.Join(slices.DeleteFunc(
			[]string{a.State, "on", a.Matcher, a.Path, a.Comparator, a.Expected}, func(s string) bool { return s == "" }), " "))
	}
	return strings.Join(all, "; ")
}

func shapeName(s *spec.Shape) string { return s.Name }

// errorsDiffer compares what is said of errors.
func errorsDiffer(of func(*spec.Shape) string) func(*compare.Pair[spec.Shape]) (string, string, bool) {
	return func(p *compare.Pair[spec.Shape]) (string, string, bool) {
		if p.Old.Error == nil || p.New.Error == nil {
			return "", "", false
		}
		return of(p.Old), of(p.New), true
	}
}

func statusOf(s *spec.Shape) string {
	return cmp.Or(strings.TrimLeft(strconv.Itoa(s.Error.Status), "0"), "of no model")
}

func codeOf(s *spec.Shape) string { return cmp.Or(s.Error.Code, s.Error.QueryCode, s.Name) }

func faultOf(s *spec.Shape) string { return word(s.Error.Server, "service", "caller") }

func retryOf(s *spec.Shape) string {
	switch {
	case s.Error.Throttling:
		return "retryable as throttling"
	case s.Error.Retryable:
		return "retryable"
	default:
		return "not retryable"
	}
}
