package spec_test

import (
	"strings"
	"testing"

	"example.com/lathe/spec"
)

func TestAdditions(t *testing.T) {
	get, list := paged(), paged()
	get.Name, get.SourceName, get.Waiters = "Get", "get", []spec.Waiter{{Name: "Gotten"}, {Name: "Old"}}
	api := &spec.API{Operations: []*spec.Operation{get, list}}
	added := spec.Additions{
		Paginations: []spec.AddedPagination{{Operation: "ListThings", Pagination: spec.Pagination{InputToken: "token", OutputToken: "next"}}},
		Waiters:     []spec.AddedWaiter{{Operation: "get", Waiter: spec.Waiter{Name: "Made"}}},
	}
	out, problems := added.Apply(api)
	if err := problems.Err(); err != nil {
		t.Fatal(err)
	}
	if p := out.Operations[1].Pagination; p == nil || p.OutputToken != "next" {
		t.Errorf("the pagination is %+v", p)
	}
	if w := out.Operations[0].Waiters; len(w) != 3 || w[1].Name != "Made" {
		t.Errorf("the waiters are %+v", w)
	}
	if len(get.Waiters) != 2 || list.Pagination != nil || api.Operations[0] != get {
		t.Error("the API was changed")
	}
	if same, problems := (spec.Additions{}).Apply(api); same != api || problems != nil {
		t.Error("nothing makes another API")
	}
}

func TestAdditionProblems(t *testing.T) {
	at := func(line int) spec.Pos { return spec.Pos{File: "lathe.yaml", Line: line} }
	has := paged()
	has.Pagination, has.Waiters = &spec.Pagination{}, []spec.Waiter{{Name: "Done"}}
	other := paged()
	other.Name = "Other"
	_, problems := spec.Additions{
		Paginations: []spec.AddedPagination{
			{Operation: "ListThings", Pos: at(1)},
			{Operation: "Othr", Pos: at(2)},
			{Operation: "Other", Pos: at(3), At: map[string]spec.Pos{"outputToken": at(4)}, Pagination: spec.Pagination{InputToken: "token", OutputToken: "nxt"}},
			{Operation: "Other", Pos: at(5), Pagination: spec.Pagination{InputToken: "token"}},
		},
		Waiters: []spec.AddedWaiter{
			{Operation: "Other", Waiter: spec.Waiter{Pos: at(6), Name: "Done"}},
			{Operation: "Nothing", OperationPos: at(7), Waiter: spec.Waiter{Name: "New"}},
		},
	}.Apply(&spec.API{Operations: []*spec.Operation{has, other}})
	want := []string{
		"lathe.yaml:1: ListThings has pages already\n\thint: remove it here: the model has it",
		"lathe.yaml:2: there is no operation \"Othr\"\n\thint: did you mean Other?",
		"lathe.yaml:4: Out has no member \"nxt\"\n\thint: did you mean next?",
		"lathe.yaml:5: outputToken is missing\n\thint: name the member that carries it",
		"lathe.yaml:6: ListThings has a waiter Done already\n\thint: remove it here: the model has it, or name it otherwise",
		"lathe.yaml:7: there is no operation \"Nothing\"",
	}
	if got := problems.Error(); got != strings.Join(want, "\n") {
		t.Errorf("got\n%s", got)
	}
}
