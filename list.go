package lathe

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"example.com/lathe/internal/naming"
	"example.com/lathe/internal/plan"
	"example.com/lathe/spec"
)

// Listing is what a spec has to offer.
type Listing struct {
	// Service is the service id, and Package the Go package name that [Generate] makes
	// of it when none is asked for.
	Service, Package string
	// Protocols are those that the service speaks, and Protocol the one that a client
	// would speak: the one asked for, else the preferred one; empty when none of them is
	// supported.
	Protocols []string
	Protocol  string
	// Operations are sorted by name.
	Operations []OperationInfo
	// Shapes are the names of all shapes, sorted.
	Shapes []string
}

// OperationInfo is what a listing says of an operation.
type OperationInfo struct {
	Name string
	// SourceName is what the spec calls it; empty when that is its name.
	SourceName string
	// Method and Path are the HTTP binding; empty for protocols without.
	Method, Path string
	// Shapes counts the shapes that the operation reaches, simple ones included.
	Shapes    int
	Paginated bool
	// Selected reports whether it is one of the operations asked for.
	Selected bool
	// Waiters are the names of its waiters.
	Waiters    []string
	Deprecated bool
	// Unsupported lists the reasons why the operation can't be generated; empty when
	// it can.
	Unsupported string
	// Limits are what a generated operation can't do, a sentence each.
	Limits []string
}

// List returns what a spec has to offer: all operations, whichever are asked for. What
// is wrong with some of them is why these can't be generated; only a spec that can't be
// read, or has no operations, and a protocol that a client can't speak are errors.
func List(cfg Config) (*Listing, error) {
	api, err := cfg.load()
	if err != nil {
		return nil, err
	}
	listing := &Listing{Service: api.ID, Package: naming.Package(api.ID), Shapes: slices.Sorted(maps.Keys(api.Shapes))}
	for _, p := range api.Protocols {
		listing.Protocols = append(listing.Protocols, string(p))
	}
	speaks, problem := cfg.speaks(api)
	switch {
	case problem == nil:
		listing.Protocol = string(speaks.ID)
	case cfg.Protocol != "":
		return nil, spec.Problems{*problem}
	}
	why := func(*spec.Operation) string { return problem.Message }
	if problem == nil {
		unsupported := unsupported(api, speaks)
		why = func(op *spec.Operation) string { return reasons(unsupported(op)) }
	}
	for _, op := range api.Operations {
		info := describe(api, op, why(op))
		info.Selected = len(cfg.Operations) == 0 || slices.ContainsFunc(cfg.Operations, op.Matches)
		listing.Operations = append(listing.Operations, info)
	}
	slices.SortFunc(listing.Operations, func(a, b OperationInfo) int { return cmp.Compare(a.Name, b.Name) })
	return listing, nil
}

// Matches reports whether a name or glob is that of the operation, as in
// [Config.Operations].
func (o OperationInfo) Matches(pattern string) bool {
	op := spec.Operation{Name: o.Name, SourceName: o.SourceName}
	return op.Matches(pattern)
}

// describe describes an operation, which is unsupported for that reason; empty for none.
func describe(api *spec.API, op *spec.Operation, unsupported string) OperationInfo {
	info := OperationInfo{
		Name: op.Name, SourceName: op.SourceName, Method: op.HTTP.Method, Path: op.HTTP.URI.Source,
		Shapes:    len(spec.Reached(api, op)),
		Paginated: op.Pagination != nil, Deprecated: op.Deprecated != nil, Unsupported: unsupported,
	}
	for _, w := range op.Waiters {
		info.Waiters = append(info.Waiters, w.Name)
	}
	if schemes := plan.UnsignableEndpoints(api, op); len(schemes) > 0 && info.Unsupported == "" {
		info.Limits = append(info.Limits,
			"a call to an endpoint that asks for "+strings.Join(schemes, ", ")+" is an error: not supported yet")
	}
	return info
}

// maxReasons is how many of the reasons a listing has room for.
const maxReasons = 3

// reasons puts the messages of problems in one line, each once.
func reasons(ps spec.Problems) string {
	var messages []string
	for _, p := range ps {
		if !slices.Contains(messages, p.Message) {
			messages = append(messages, p.Message)
		}
	}
	if more := len(messages) - maxReasons; more > 0 {
		messages = append(messages[:maxReasons], fmt.Sprintf("and %d more", more))
	}
	return strings.Join(messages, "; ")
}
