package spec_test

import (
	"reflect"
	"testing"

	"example.com/lathe/spec"
)

// paged is an operation with members of several kinds to name in a pagination.
func paged() *spec.Operation {
	shape := func(name string, kind spec.Kind) *spec.Shape { return &spec.Shape{Name: name, Kind: kind} }
	text, count, flag := shape("Text", spec.String), shape("Count", spec.Integer), shape("Flag", spec.Boolean)
	structure := func(name string, members ...*spec.Member) *spec.Shape {
		return &spec.Shape{Name: name, Kind: spec.Structure, Members: members}
	}
	member := func(name string, target *spec.Shape) *spec.Member { return &spec.Member{Name: name, Target: target} }
	table := func(name string, of *spec.Shape) *spec.Shape {
		return &spec.Shape{Name: name, Kind: spec.Map, Key: member("key", text), Value: member("value", of)}
	}
	key := table("Key", text)
	list := &spec.Shape{Name: "List", Kind: spec.List, Element: member("member", text)}
	things := &spec.Shape{Name: "Things", Kind: spec.List, Element: member("member", structure("Thing", member("id", text)))}
	page := structure("Page", member("next", text), member("items", list), member("things", things))
	choice := &spec.Shape{Name: "Choice", Kind: spec.Union, Members: []*spec.Member{member("next", text)}}
	return &spec.Operation{
		Name:   "ListThings",
		Input:  structure("In", member("token", text), member("size", count), member("offset", count), member("key", key), member("page", page), member("flag", flag)),
		Output: structure("Out", member("page", page), member("more", flag), member("next", text), member("offset", count), member("key", key), member("counts", table("Counts", count)), member("choice", choice)),
	}
}

func TestPaginate(t *testing.T) {
	full := spec.Pagination{InputToken: "token", OutputToken: "page.next", Items: "page.items", PageSize: "size", MoreResults: "more"}
	tokens := func(in, out string) spec.Pagination { return spec.Pagination{InputToken: in, OutputToken: out} }
	for name, c := range map[string]struct {
		p    spec.Pagination
		want *spec.Pagination
	}{
		"all":            {full, &full},
		"number":         {tokens("offset", "offset"), &spec.Pagination{InputToken: "offset", OutputToken: "offset"}},
		"map":            {tokens("key", "key"), &spec.Pagination{InputToken: "key", OutputToken: "key"}},
		"other map":      {tokens("key", "counts"), nil},
		"other kind":     {tokens("token", "offset"), nil},
		"flag":           {tokens("flag", "more"), nil},
		"nested input":   {tokens("page.next", "next"), nil},
		"in a union":     {tokens("token", "choice.next"), nil},
		"unknown token":  {tokens("nope", "page.next"), nil},
		"unknown output": {tokens("token", "page.next.x"), nil},
		"no output path": {tokens("token", ""), nil},
		"last item":      {tokens("token", "page.things[-1].id"), &spec.Pagination{InputToken: "token", OutputToken: "page.things[-1].id"}},
		"an item itself": {tokens("token", "page.items[-1]"), nil},
		"last of a text": {tokens("token", "page.next[-1].id"), nil},
		"no such member": {tokens("token", "page.things[-1].x"), nil},
		"unknown rest": {
			spec.Pagination{InputToken: "token", OutputToken: "next", Items: "x", PageSize: "y", MoreResults: "z"},
			&spec.Pagination{InputToken: "token", OutputToken: "next"},
		},
		"rest of other kinds": {
			spec.Pagination{InputToken: "token", OutputToken: "next", Items: "page", PageSize: "token", MoreResults: "next"},
			&spec.Pagination{InputToken: "token", OutputToken: "next"},
		},
	} {
		op := paged()
		if op.Paginate(c.p); !reflect.DeepEqual(op.Pagination, c.want) {
			t.Errorf("%s: %+v, want %+v", name, op.Pagination, c.want)
		}
	}
	for _, op := range []*spec.Operation{{Output: paged().Output}, {Input: paged().Input}} {
		if op.Paginate(full); op.Pagination != nil {
			t.Errorf("an operation without an input or output has %+v", op.Pagination)
		}
	}
}

func TestPaginationProblems(t *testing.T) {
	p := &spec.Pagination{InputToken: "tokn", OutputToken: "page.offset", Items: "page.next", PageSize: "page.size", MoreResults: "choice.next"}
	want := []spec.PathProblem{
		{Key: "inputToken", Message: `In has no member "tokn"`, Hint: "did you mean token?"},
		{Key: "outputToken", Message: `Page has no member "offset"`},
		{Key: "items", Message: "page.next is a string, not a list or a map"},
		{Key: "pageSize", Message: `Page has no member "size"`},
		{Key: "moreResults", Message: `Choice is no structure, so that "next" leads nowhere`},
	}
	if got := p.Problems(paged()); !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	p = &spec.Pagination{InputToken: "page.next", OutputToken: "offset"}
	want = []spec.PathProblem{{Key: "inputToken", Message: "page.next lies in a structure of the input", Hint: "name a member of the input itself"},
		{Key: "outputToken", Message: "offset is an integer, but page.next is a string"}}
	if got := p.Problems(paged()); !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	p = &spec.Pagination{}
	if got := p.Problems(paged()); len(got) != 2 || got[0].Message != "inputToken is missing" {
		t.Errorf("got %+v", got)
	}
}
