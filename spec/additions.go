package spec

import (
	"slices"
	"strings"
)

// Additions are what a user declares of operations because the model lacks it.
type Additions struct {
	Paginations []AddedPagination
	Waiters     []AddedWaiter
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

// Apply returns the API with the additions; it shares all but the operations that they
// change. What does not fit the model, and what the model has itself, is a problem at
// the addition's place. The paths of waiters are looked at when a client is planned.
func (a Additions) Apply(api *API) (*API, Problems) {
	if len(a.Paginations)+len(a.Waiters) == 0 {
		return api, nil
	}
	var ps Problems
	out := new(*api)
	out.Operations = slices.Clone(api.Operations)
	own := map[int]bool{}
	operation := func(name string, at Pos) *Operation {
		i := slices.IndexFunc(out.Operations, func(op *Operation) bool { return op.Called(name) })
		if i < 0 {
			ps.Add(at, api.nearestOperation(name), "there is no operation %q", name)
			return nil
		}
		if !own[i] {
			own[i] = true
			out.Operations[i] = new(*out.Operations[i])
			out.Operations[i].Waiters = slices.Clone(out.Operations[i].Waiters)
		}
		return out.Operations[i]
	}
	for _, p := range a.Paginations {
		if op := operation(p.Operation, p.Pos); op != nil {
			p.addTo(op, &ps)
		}
	}
	for _, w := range a.Waiters {
		if op := operation(w.Operation, w.OperationPos); op != nil {
			w.addTo(op, out, &ps)
		}
	}
	return out, ps
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
	slices.SortFunc(op.Waiters, func(a, b Waiter) int { return strings.Compare(a.Name, b.Name) })
}

// nearestOperation is a hint that asks whether another operation was meant, or "".
func (api *API) nearestOperation(name string) string {
	near := Nearest(name, func(yield func(string) bool) {
		for _, op := range api.Operations {
			if !yield(op.Name) {
				return
			}
		}
	})
	if near == "" {
		return ""
	}
	return "did you mean " + near + "?"
}
