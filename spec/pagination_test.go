package spec_test

import (
	"reflect"
	"testing"

	"example.com/lathe/spec"
)

func TestPaginate(t *testing.T) {
	text := &spec.Shape{Name: "Text", Kind: spec.String}
	page := &spec.Shape{Name: "Page", Kind: spec.Structure, Members: []*spec.Member{{Name: "next", Target: text}, {Name: "items", Target: text}}}
	in := &spec.Shape{Name: "In", Kind: spec.Structure, Members: []*spec.Member{{Name: "token", Target: text}, {Name: "size", Target: text}}}
	out := &spec.Shape{Name: "Out", Kind: spec.Structure, Members: []*spec.Member{{Name: "page", Target: page}, {Name: "more", Target: text}}}
	full := spec.Pagination{InputToken: "token", OutputToken: "page.next", Items: "page.items", PageSize: "size", MoreResults: "more"}
	for name, c := range map[string]struct {
		op   spec.Operation
		p    spec.Pagination
		want *spec.Pagination
	}{
		"all":            {spec.Operation{Input: in, Output: out}, full, &full},
		"no input":       {spec.Operation{Output: out}, full, nil},
		"no output":      {spec.Operation{Input: in}, full, nil},
		"unknown token":  {spec.Operation{Input: in, Output: out}, spec.Pagination{InputToken: "nope", OutputToken: "page.next"}, nil},
		"unknown output": {spec.Operation{Input: in, Output: out}, spec.Pagination{InputToken: "token", OutputToken: "page.next.x"}, nil},
		"no output path": {spec.Operation{Input: in, Output: out}, spec.Pagination{InputToken: "token"}, nil},
		"unknown rest": {spec.Operation{Input: in, Output: out},
			spec.Pagination{InputToken: "token", OutputToken: "more", Items: "x", PageSize: "y", MoreResults: "z"},
			&spec.Pagination{InputToken: "token", OutputToken: "more"}},
	} {
		if c.op.Paginate(c.p); !reflect.DeepEqual(c.op.Pagination, c.want) {
			t.Errorf("%s: %+v, want %+v", name, c.op.Pagination, c.want)
		}
	}
}
