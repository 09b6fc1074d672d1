package lathe

import (
	"maps"
	"slices"
	"strings"

	"example.com/lathe/internal/naming"
	"example.com/lathe/spec"
)

// Explanation says why a shape is part of a client, or why it is not; or a paginator or a
// waiter, and then where it comes from.
type Explanation struct {
	// Name and Kind are the shape's; of a paginator the name is that of the operation.
	Name, Kind string
	// Pos is where the spec declares it.
	Pos spec.Pos
	// Emitted reports whether the selected operations reach the shape.
	Emitted bool
	// Paths lead to it, the shortest of each selected operation that reaches it;
	// when none does, of the operations that were not selected.
	Paths []Path
}

// Path leads from an operation to a shape.
type Path struct {
	Operation string
	// Role is what the first shape is to the operation: "input", "output" or
	// "error"; or "paginator" or "waiter".
	Role string
	// Steps are the shapes on the way, the first and the last included, and the
	// members between them: "A", ".member", "B". Of a paginator they are the tokens, of a
	// waiter the parts of an acceptor.
	Steps []string
}

// String returns "GetRun output GetRunOutput .stats Stats".
func (p Path) String() string {
	return p.Operation + " " + p.Role + " " + strings.Join(p.Steps, " ")
}

// Explain returns how the operations of a spec that are asked for reach the shape of
// that name, or what a paginator or waiter looks at. The name may be that of a Go type, as
// callers write it: "types.Stats", "runs.GetRunInput". Its errors are those of [Generate], and a
// [spec.Problems] for a name that no shape has.
func Explain(cfg Config, name string) (*Explanation, error) {
	api, err := cfg.load()
	if err != nil {
		return nil, err
	}
	shape, err := shapeCalled(api, name)
	selected, unmatched := spec.Select(api, cfg.Operations)
	if err := cfg.unmatched(api, unmatched, partHint).Err(); err != nil {
		return nil, err
	}
	if err != nil {
		if e := cfg.explainHelper(api, selected.Operations, name); e != nil {
			return e, nil
		}
		return nil, err
	}
	e := &Explanation{Name: shape.Name, Kind: shape.Kind.String(), Pos: shape.Pos}
	e.Paths = pathsTo(api, selected.Operations, shape)
	e.Emitted = len(e.Paths) > 0
	if !e.Emitted {
		e.Paths = pathsTo(api, api.Operations, shape)
	}
	return e, nil
}

// MemberPath returns the path by which lathe.yaml names the member that a field of a client
// is, "GetRunInput.Limit" or "types.Run.Limit"; "" where none is. Fields may lie deeper, as
// "GetRunOutput.Run.Limit".
func MemberPath(cfg Config, field string) (string, error) {
	api, err := cfg.load()
	if err != nil {
		return "", err
	}
	owner, fields, _ := strings.Cut(field, ".")
	if owner == "types" {
		owner, fields, _ = strings.Cut(fields, ".")
		owner = "types." + owner
	}
	shape, path := ownerOf(api, owner)
	for name := range strings.SplitSeq(fields, ".") {
		m := memberOf(shape, name)
		if m == nil {
			return "", nil
		}
		shape, path = m.Target, path+"."+m.Name
	}
	return path, nil
}

// memberOf returns the member that a field of a structure's Go type stands for; nil for none.
func memberOf(shape *spec.Shape, field string) *spec.Member {
	if shape == nil {
		return nil
	}
	for _, m := range shape.Members {
		if naming.Exported(m.ClientName()) == field {
			return m
		}
	}
	return nil
}

// ValuePath returns the path by which lathe.yaml names a value of an enum, by the name of the
// Go type and what travels; "" where there is none.
func ValuePath(cfg Config, enum, text string) (string, error) {
	api, err := cfg.load()
	if err != nil {
		return "", err
	}
	shape, err := findShape(api, enum)
	if err != nil || !slices.ContainsFunc(shape.EnumValues, func(v spec.EnumValue) bool { return v.Value == text }) {
		return "", nil //nolint:nilerr // no enum of that name has it
	}
	return shape.Name + "." + text, nil
}

// ownerOf returns the structure that a Go type of a client stands for, and how lathe.yaml
// names it; nil for none.
func ownerOf(api *spec.API, goType string) (*spec.Shape, string) {
	if name, ok := strings.CutPrefix(goType, "types."); ok {
		if shape, err := findShape(api, name); err == nil {
			return shape, shape.Name
		}
		return nil, ""
	}
	for _, op := range api.Operations {
		for role, shape := range map[string]*spec.Shape{"input": op.Input, "output": op.Output} {
			if suffix := naming.Exported(role); shape != nil && naming.Exported(op.ClientName())+suffix == goType {
				return shape, op.Name + "." + role
			}
		}
	}
	return nil, ""
}

// shapeCalled returns the shape of that name, or the one that a Go type stands for.
func shapeCalled(api *spec.API, name string) (*spec.Shape, error) {
	if s := api.Shapes[name]; s != nil {
		return s, nil
	}
	goType := unqualified(name)
	if !strings.HasPrefix(name, "types.") {
		if shape, _ := ownerOf(api, goType); shape != nil {
			return shape, nil
		}
	}
	return findShape(api, goType)
}

// unqualified is a name in Go without the package in front of it.
func unqualified(name string) string { return name[strings.LastIndexByte(name, '.')+1:] }

func findShape(api *spec.API, name string) (*spec.Shape, error) {
	if s := api.Shapes[name]; s != nil {
		return s, nil
	}
	for _, key := range slices.Sorted(maps.Keys(api.Shapes)) {
		if s := api.Shapes[key]; naming.Exported(s.ClientName()) == name {
			return api.Shapes[key], nil
		}
	}
	hint := ""
	if i := slices.IndexFunc(api.Operations, func(op *spec.Operation) bool { return op.Called(name) }); i >= 0 {
		hint = name + " is an operation; its shapes are " + strings.Join(ownShapes(api.Operations[i]), ", ")
	} else if near := spec.Nearest(name, slices.Values(slices.Sorted(maps.Keys(api.Shapes)))); near != "" {
		hint = "did you mean " + near + "?"
	}
	return nil, spec.Problems{{Pos: spec.Pos{File: api.Pos.File}, Message: "no shape is named " + name, Hint: hint}}
}

// ownShapes are the names of the shapes that an operation refers to.
func ownShapes(op *spec.Operation) []string {
	var names []string
	for _, s := range append([]*spec.Shape{op.Input, op.Output}, op.Errors...) {
		if s != nil {
			names = append(names, s.Name)
		}
	}
	return names
}

func pathsTo(api *spec.API, ops []*spec.Operation, shape *spec.Shape) []Path {
	var all []Path
	for _, op := range ops {
		root, members, ok := spec.Path(api, op, shape)
		if !ok {
			continue
		}
		p := Path{Operation: op.Name, Role: role(op, root), Steps: []string{root.Name}}
		for _, m := range members {
			p.Steps = append(p.Steps, "."+m.Name, m.Target.Name)
		}
		all = append(all, p)
	}
	slices.SortFunc(all, func(a, b Path) int { return strings.Compare(a.Operation, b.Operation) })
	return all
}

func role(op *spec.Operation, root *spec.Shape) string {
	switch root {
	case op.Input:
		return "input"
	case op.Output:
		return "output"
	default:
		return "error"
	}
}
