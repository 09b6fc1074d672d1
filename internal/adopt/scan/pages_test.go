package scan

import (
	"os"
	"path/filepath"
	"testing"
)

// How a paginator goes on is read of its source; one that does so otherwise than most is left.
func TestPagesOf(t *testing.T) {
	dir := t.TempDir()
	const head = "package notes\n\nfunc (p *ListPaginator) NextPage() error {\n\tparams := *p.params\n\tparams.NextToken = p.nextToken\n"
	const limit = "\tvar limit *int32\n\tparams.MaxResults = limit\n"
	for name, tt := range map[string]struct {
		source string
		want   Pages
	}{
		"Plain":  {head + limit + "\tp.nextToken = result.Next\n\tp.nextToken = nil\n}\n", Pages{"Plain", "NextToken", "Next", "MaxResults"}},
		"Whole":  {head + "\tp.nextToken = result.Next\n}\n", Pages{"Whole", "NextToken", "Next", ""}},
		"Nested": {head + "\tp.nextToken = nil\n\tif result.List != nil {\n\t\tp.nextToken = result.List.Next\n\t}\n}\n", Pages{"Nested", "NextToken", "List.Next", ""}},
		"Called": {head + "\tp.nextToken = result.List().Next\n}\n", Pages{}},
		"None":   {"package notes\n", Pages{}},
		"Broken": {"package", Pages{}},
	} {
		if err := os.WriteFile(filepath.Join(dir, "api_op_"+name+".go"), []byte(tt.source), 0o600); err != nil {
			t.Fatal(err)
		}
		if got, ok := pagesOf(dir, name); ok != (tt.want != Pages{}) || ok && got != tt.want {
			t.Errorf("%s: %+v, %v", name, got, ok)
		}
	}
	if _, ok := pagesOf(dir, "Gone"); ok {
		t.Error("a file that is not there has pages")
	}
}
