package spec

import (
	"maps"
	"slices"
	"strings"
)

// Additions are what a user declares of an API because its model lacks it.
type Additions struct {
	Paginations []AddedPagination
	Waiters     []AddedWaiter
	Errors      []AddedError
	Defaults    []AddedDefault
	Renames     []Rename
}

// AddedPagination is how the result of an operation is paged through.
type AddedPagination struct {
	Pagination

	// Operation names the operation, Pos is where.
	Operation string
	Pos       Pos
	// At are the places of the paths, by their keys in Smithy's trait.
	At map[string]Pos
}

// AddedWaiter is a waiter of an operation.
type AddedWaiter struct {
	Waiter

	// Operation names the operation, OperationPos is where.
	Operation    string
	OperationPos Pos
}

// Apply returns the API with the additions; it shares nothing that they change. What does
// not fit the model, and what the model has itself, is a problem at the addition's place.
// The paths of waiters are looked at when a client is planned.
func (a Additions) Apply(api *API) (*API, Problems) {
	if len(a.Paginations)+len(a.Waiters)+len(a.Errors)+len(a.Defaults)+len(a.Renames) == 0 {
		return api, nil
	}
	out := api.clone()
	adder := &adder{api: out}
	for _, e := range a.Errors {
		adder.addError(e)
	}
	for _, d := range a.Defaults {
		adder.setDefault(d)
	}
	for _, p := range a.Paginations {
		if op := adder.operation(p.Operation, p.Pos); op != nil {
			p.addTo(op, &adder.problems)
		}
	}
	for _, w := range a.Waiters {
		if op := adder.operation(w.Operation, w.OperationPos); op != nil {
			w.addTo(op, out, &adder.problems)
		}
	}
	for _, r := range a.Renames {
		adder.rename(r)
	}
	return out, adder.problems
}

// adder changes an API, and notes what can't be done.
type adder struct {
	api      *API
	problems Problems
}

// operation returns the operation of that name; nil, with a problem, for none.
func (a *adder) operation(name string, at Pos) *Operation {
	i := slices.IndexFunc(a.api.Operations, func(op *Operation) bool { return op.Called(name) })
	if i < 0 {
		a.problems.Add(at, a.api.nearestOperation(name), "there is no operation %q", name)
		return nil
	}
	return a.api.Operations[i]
}

// shape returns the shape of that name; nil, with a problem, for none.
func (a *adder) shape(name string, at Pos) *Shape {
	if s := a.api.Shapes[name]; s != nil {
		return s
	}
	near := Nearest(name, slices.Values(slices.Sorted(maps.Keys(a.api.Shapes))))
	a.problems.Add(at, hintNear(near), "there is no shape %q", name)
	return nil
}

// member returns the member at a path, "Shape.member" or "Operation.input.member"; nil,
// with a problem, for none.
func (a *adder) member(path string, at Pos) *Member {
	owner, name := path, ""
	if i := strings.LastIndexByte(path, '.'); i >= 0 {
		owner, name = path[:i], path[i+1:]
	}
	s := a.owner(owner, at)
	if s == nil {
		return nil
	}
	if m := s.Member(name); m != nil {
		return m
	}
	a.problems.Add(at, didYouMean(name, s), "%s has no member %q", s.Name, name)
	return nil
}

// value returns the value of an enum that a path leads to: the enum's name, and what travels.
func (a *adder) value(path string, at Pos) *EnumValue {
	name, text, ok := strings.Cut(path, ".")
	s := a.shape(name, at)
	switch {
	case s == nil:
		return nil
	case !ok || len(s.EnumValues) == 0:
		a.problems.Add(at, "write Enum.value, with the value as it travels", "%q is no value of an enum", path)
		return nil
	}
	for i := range s.EnumValues {
		if v := &s.EnumValues[i]; v.Value == text {
			return v
		}
	}
	a.problems.Add(at, "", "%s has no value %q", s.Name, text)
	return nil
}

// owner returns the shape that a path without its member leads to.
func (a *adder) owner(path string, at Pos) *Shape {
	name, role, ok := strings.Cut(path, ".")
	if !ok {
		return a.shape(path, at)
	}
	op := a.operation(name, at)
	if op == nil {
		return nil
	}
	s := map[string]*Shape{"input": op.Input, "output": op.Output}[role]
	if s == nil {
		a.problems.Add(at, "write Shape.member, Operation.input.member or Operation.output.member",
			"%s has no %s", op.Name, role)
	}
	return s
}

// hintDeclared is the hint where the model has what is declared.
const hintDeclared = "remove it here: the model has it"

func (p *AddedPagination) addTo(op *Operation, ps *Problems) {
	if op.Pagination != nil {
		ps.Add(p.Pos, hintDeclared, "%s has pages already", op.Name)
		return
	}
	problems := p.Problems(op)
	for _, problem := range problems {
		at, ok := p.At[problem.Key]
		if !ok {
			at = p.Pos
		}
		ps.Add(at, problem.Hint, "%s", problem.Message)
	}
	if len(problems) == 0 {
		own := p.Pagination
		op.Pagination = &own
	}
}

func (w *AddedWaiter) addTo(op *Operation, api *API, ps *Problems) {
	for _, other := range api.Operations {
		if slices.ContainsFunc(other.Waiters, func(known Waiter) bool { return known.Name == w.Name }) {
			ps.Add(w.Pos, hintDeclared+", or name it otherwise", "%s has a waiter %s already", other.Name, w.Name)
			return
		}
	}
	op.Waiters = append(op.Waiters, w.Waiter)
	SortWaiters(op.Waiters)
}

// nearestOperation is a hint that asks whether another operation was meant, or "".
func (api *API) nearestOperation(name string) string {
	return hintNear(Nearest(name, func(yield func(string) bool) {
		for _, op := range api.Operations {
			if !yield(op.Name) {
				return
			}
		}
	}))
}

// hintNear is a hint that asks whether a name was meant; empty for none.
func hintNear(name string) string {
	if name == "" {
		return ""
	}
	return "did you mean " + name + "?"
}
