package plan

import (
	"slices"
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

// TestMessagesOfObjectErrors reads the messages of errors whose models have other members
// only: as the protocol wants it nowhere but in S3.
func TestMessagesOfObjectErrors(t *testing.T) {
	text := &spec.Shape{Name: "Text", Kind: spec.String}
	invalid := &spec.Shape{
		Name: "InvalidObjectState", Kind: spec.Structure, Error: &spec.ErrorTraits{},
		Members: []*spec.Member{{Name: "StorageClass", Target: text}},
	}
	http := spec.HTTP{Method: "GET", URI: spec.URI{Path: []spec.URIPart{{Literal: "/"}}}}
	for id, want := range map[string][]string{"S3": {"Message", "StorageClass"}, "S3 Control": {"StorageClass"}} {
		op := &spec.Operation{Name: "GetObject", Errors: []*spec.Shape{invalid}, HTTP: http}
		pkg, problems := Draft(&spec.API{
			ID: id, Protocols: []spec.Protocol{spec.RestXML}, Operations: []*spec.Operation{op},
			Shapes: map[string]*spec.Shape{text.Name: text, invalid.Name: invalid},
		}, Config{ImportPath: "example.com/s3", Runtime: "example.com/s3/internal"})
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		var got []string
		for _, f := range pkg.Operations[0].Errors[0].Response.Body.Fields {
			got = append(got, f.Name)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", id, got, want)
		}
	}
}
