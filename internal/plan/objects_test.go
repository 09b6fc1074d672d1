package plan

import (
	"testing"

	"example.com/lathe/internal/endpoints"
	"example.com/lathe/spec"
)

// TestPathParts sees that a label goes that the endpoint has, and its slash with it, but
// only where the rules take it.
func TestPathParts(t *testing.T) {
	resolver := &endpoints.Resolver{Params: []endpoints.Param{{Name: "Bucket"}}}
	for _, c := range []struct{ id, path, param, want string }{
		{"S3", "/{Bucket}", "Bucket", "/"},
		{"S3", "/{Bucket}/{Key+}", "Bucket", "/{Key}"},
		{"S3", "/a/{Bucket}/b", "Bucket", "/a/b"},
		{"S3", "/{Bucket}/{Key+}", "", "/{Bucket}/{Key}"},
		{"S3", "/{Bucket}/{Key+}", "Other", "/{Bucket}/{Key}"},
		{"EKS", "/{Bucket}/{Key+}", "Bucket", "/{Bucket}/{Key}"},
	} {
		uri, err := spec.ParseURI(c.path)
		if err != nil {
			t.Fatal(err)
		}
		b := &builder{api: &spec.API{ID: c.id}, pkg: &Package{Endpoint: resolver}}
		op := &spec.Operation{Input: &spec.Shape{Members: []*spec.Member{{Name: "Bucket", ContextParam: c.param}, {Name: "Key"}}}}
		got := ""
		for _, part := range b.pathParts(op, uri.Path) {
			if part.Label != "" {
				part.Literal = "{" + part.Label + "}"
			}
			got += part.Literal
		}
		if got != c.want {
			t.Errorf("%s of %s with %q: %s, want %s", c.path, c.id, c.param, got, c.want)
		}
	}
}
