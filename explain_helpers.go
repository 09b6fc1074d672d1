package lathe

import (
	"slices"

	"example.com/lathe/internal/naming"
	"example.com/lathe/spec"
)

// explainHelper explains the paginator or the waiter that a name belongs to, by the Go
// name of what it is made of: "RunDone", "RunDoneWaiter", "NewListRunsPaginator",
// "ListRunsPaginatorOptions". It returns nil when there is none.
func (cfg Config) explainHelper(api *spec.API, selected []*spec.Operation, name string) *Explanation {
	name = unqualified(name)
	isOf := func(goType string) bool { return name == goType || name == "New"+goType || name == goType+"Options" }
	isSelected := func(op *spec.Operation) bool {
		return slices.ContainsFunc(selected, func(s *spec.Operation) bool { return s.Name == op.Name })
	}
	for _, op := range api.Operations {
		if op.Pagination != nil && isOf(naming.Exported(op.ClientName())+"Paginator") {
			return &Explanation{
				Name: op.Name, Kind: "paginator", Pos: cfg.paginationPos(op), Emitted: isSelected(op),
				Paths: []Path{{op.Name, "paginator", []string{op.Pagination.InputToken, op.Pagination.OutputToken}}},
			}
		}
		for _, w := range op.Waiters {
			if of := naming.Exported(w.Name); of == name || isOf(of+"Waiter") {
				e := &Explanation{Name: w.Name, Kind: "waiter", Pos: w.Pos, Emitted: isSelected(op)}
				for _, a := range w.Acceptors {
					steps := slices.DeleteFunc(
						[]string{a.State, a.Matcher, a.Path, a.Comparator, a.Expected}, func(s string) bool { return s == "" })
					e.Paths = append(e.Paths, Path{op.Name, "waiter", steps})
				}
				return e
			}
		}
	}
	return nil
}

// paginationPos is where it is said how the result of an operation is paged through: in
// the configuration, or at the operation.
func (cfg Config) paginationPos(op *spec.Operation) spec.Pos {
	for _, added := range cfg.Additions.Paginations {
		if op.Called(added.Operation) {
			return added.Pos
		}
	}
	return op.Pos
}
