package lathe

import (
	"cmp"
	"slices"

	"example.com/lathe/internal/naming"
	"example.com/lathe/internal/plan"
	"example.com/lathe/internal/protocol"
	"example.com/lathe/spec"
)

// OperationInfo is what a listing says of an operation.
type OperationInfo struct {
	Name string
	// Method and Path are the HTTP binding; empty for protocols without.
	Method, Path string
	// Shapes counts the shapes that the operation reaches, simple ones included.
	Shapes    int
	Paginated bool
	// Waiters are the names of its waiters.
	Waiters    []string
	Deprecated bool
	// Unsupported says why the operation can't be generated; empty when it can.
	Unsupported string
}

// List tells the operations of a spec, sorted by name. Its errors are those of
// [Generate] for the spec.
func List(file, format string) ([]OperationInfo, error) {
	api, err := load(file, format)
	if err != nil {
		return nil, err
	}
	var infos []OperationInfo
	for _, op := range api.Operations {
		infos = append(infos, describe(api, op))
	}
	slices.SortFunc(infos, func(a, b OperationInfo) int { return cmp.Compare(a.Name, b.Name) })
	return infos, nil
}

func describe(api *spec.API, op *spec.Operation) OperationInfo {
	info := OperationInfo{
		Name: op.Name, Method: op.HTTP.Method, Path: op.HTTP.URI.Source, Shapes: len(spec.Reached(api, op)),
		Paginated: op.Pagination != nil, Deprecated: op.Deprecated != nil,
	}
	for _, w := range op.Waiters {
		info.Waiters = append(info.Waiters, w.Name)
	}
	speaks, problem := protocol.For(api, "")
	if problem != nil {
		info.Unsupported = problem.Message
	} else if reasons := plan.Unsupported(api, op, speaks); len(reasons) > 0 {
		info.Unsupported = reasons[0].Message
	}
	return info
}

// PackageName is the Go package name that [Generate] gives to the client of a spec
// when none is asked for: one made of the service id.
func PackageName(file, format string) (string, error) {
	api, err := load(file, format)
	if err != nil {
		return "", err
	}
	return naming.Package(api.ID), nil
}
