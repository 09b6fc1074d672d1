package lathe

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"example.com/lathe/internal/naming"
	"example.com/lathe/internal/plan"
	"example.com/lathe/internal/protocol"
	"example.com/lathe/spec"
)

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
	// Waiters are the names of its waiters.
	Waiters    []string
	Deprecated bool
	// Unsupported lists the reasons why the operation can't be generated; empty when
	// it can.
	Unsupported string
	// Limits are what a generated operation can't do, a sentence each.
	Limits []string
}

// List returns the operations of a spec, sorted by name. What is wrong with some of
// them is why these can't be generated; only a spec that can't be read, or has no
// operations, is an error.
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
		Name: op.Name, SourceName: op.SourceName, Method: op.HTTP.Method, Path: op.HTTP.URI.Source, Shapes: len(spec.Reached(api, op)),
		Paginated: op.Pagination != nil, Deprecated: op.Deprecated != nil,
	}
	for _, w := range op.Waiters {
		info.Waiters = append(info.Waiters, w.Name)
	}
	if speaks, problem := protocol.For(api, ""); problem != nil {
		info.Unsupported = problem.Message
	} else {
		info.Unsupported = reasons(unsupported(api, op, speaks))
	}
	if schemes := plan.UnsignableEndpoints(api, op); len(schemes) > 0 && info.Unsupported == "" {
		info.Limits = append(info.Limits, "a call to an endpoint that asks for "+strings.Join(schemes, ", ")+" is an error: not supported yet")
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

// PackageName is the Go package name that [Generate] gives to the client of a spec
// when none is asked for: one made of the service id.
func PackageName(file, format string) (string, error) {
	api, err := load(file, format)
	if err != nil {
		return "", err
	}
	return naming.Package(api.ID), nil
}
