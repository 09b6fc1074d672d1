package plan

import (
	"testing"

	"example.com/lathe/spec"
)

// TestPaginationOf sees that what no model declares is there only if the model has the
// members for it.
func TestPaginationOf(t *testing.T) {
	text, flag, count := &spec.Shape{Name: "Text", Kind: spec.String}, &spec.Shape{Name: "Flag", Kind: spec.Boolean}, &spec.Shape{Name: "Count", Kind: spec.Integer}
	list := &spec.Shape{Name: "List", Kind: spec.List, Element: &spec.Member{Name: "member", Target: text}}
	input := &spec.Shape{Name: "In", Kind: spec.Structure, Members: []*spec.Member{
		{Name: "KeyMarker", Target: text}, {Name: "VersionIdMarker", Target: text}, {Name: "MaxKeys", Target: count},
	}}
	output := &spec.Shape{Name: "Out", Kind: spec.Structure, Members: []*spec.Member{
		{Name: "NextKeyMarker", Target: text}, {Name: "NextVersionIdMarker", Target: text}, {Name: "IsTruncated", Target: flag}, {Name: "Versions", Target: list},
	}}
	op := &spec.Operation{Name: "ListObjectVersions", Input: input, Output: output}
	b := &builder{api: &spec.API{ID: "S3"}}
	known := b.paginationOf(op)
	if known == nil || known.InputToken != "KeyMarker" || known.OutputToken != "NextKeyMarker" || len(known.beside) != 1 || known.beside[0] != [2]string{"VersionIdMarker", "NextVersionIdMarker"} {
		t.Errorf("got %+v", known)
	}
	if known := b.paginationOf(&spec.Operation{Name: "ListObjectVersions", Input: input, Output: input}); known != nil {
		t.Errorf("of another model: %+v", known)
	}
	if known := (&builder{api: &spec.API{ID: "Other"}}).paginationOf(op); known != nil {
		t.Errorf("of another service: %+v", known)
	}
	own := &spec.Pagination{InputToken: "KeyMarker"}
	if known := b.paginationOf(&spec.Operation{Name: "ListObjectVersions", Pagination: own}); known == nil || known.Pagination != *own || known.beside != nil {
		t.Errorf("the model's own: %+v", known)
	}
}
