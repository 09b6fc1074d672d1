package plan

import (
	"strings"

	"example.com/lathe/spec"
)

// Paginator is the plan of the type that walks the pages of an operation's result.
type Paginator struct {
	// Name is that of the type, New that of the function that makes one, and Options that
	// of its options.
	Name, New, Options string
	// Doc, NewDoc and OptionsDoc are their comments.
	Doc, NewDoc, OptionsDoc []string
	// Token is the input's, and Next leads to that of the next page in the output.
	Token *Field
	Next  []*Field
	// Beside are further tokens that go with the first one.
	Beside []Token
	// More leads to the flag that reports whether there is a next page; nil for none.
	More []*Field
	// Limit is the input field with the size of a page; nil for none. LimitDoc is its
	// comment.
	Limit    *Field
	LimitDoc []string
	// Items lead to the list of the items, which are of type Item; nil where the model
	// does not name them, or names a map.
	Items []*Field
	Item  *Type
}

// ByFlag reports whether the flag alone says that there is a next page, whatever the tokens
// are.
func (p *Paginator) ByFlag() bool { return len(p.Beside) > 0 }

// Token is a token beside the first one: the input's field, which leads to that of the next
// page in the output, and the field of the paginator that keeps it.
type Token struct {
	Name  string
	Token *Field
	Next  []*Field
}

// pages are how results are paged through for which official packages have paginators that
// no model declares, by service id and operation. The tokens of the input are separated by
// commas, and so are those of the output.
var pages = map[string]map[string]spec.Pagination{
	"Route 53": {"ListResourceRecordSets": {
		InputToken:  "StartRecordName,StartRecordIdentifier,StartRecordType",
		OutputToken: "NextRecordName,NextRecordIdentifier,NextRecordType",
		Items:       "ResourceRecordSets", PageSize: "MaxItems", MoreResults: "IsTruncated",
	}},
	"S3": {
		"ListMultipartUploads": {
			InputToken: "KeyMarker,UploadIdMarker", OutputToken: "NextKeyMarker,NextUploadIdMarker",
			Items: "Uploads", PageSize: "MaxUploads", MoreResults: "IsTruncated",
		},
		"ListObjectVersions": {
			InputToken: "KeyMarker,VersionIdMarker", OutputToken: "NextKeyMarker,NextVersionIdMarker",
			Items: "Versions", PageSize: "MaxKeys", MoreResults: "IsTruncated",
		},
	},
}

// paginationOf returns how the result of an operation is paged through, by its first token,
// and the tokens beside that; nil for not at all.
func (b *builder) paginationOf(op *spec.Operation) (*spec.Pagination, [][2]string) {
	if op.Pagination != nil {
		return op.Pagination, nil
	}
	known, ok := pages[b.api.ID][op.Name]
	if !ok {
		return nil, nil
	}
	sent, next := strings.Split(known.InputToken, ","), strings.Split(known.OutputToken, ",")
	known.InputToken, known.OutputToken = sent[0], next[0]
	var beside [][2]string
	for i := 1; i < len(sent); i++ {
		beside = append(beside, [2]string{sent[i], next[i]})
	}
	if len(known.Problems(op)) > 0 { // a model of another age
		return nil, nil
	}
	return &known, beside
}

// Comparable reports whether two tokens can be seen to be the same: those that are maps
// can't.
func (p *Paginator) Comparable() bool { return p.Token.Value.Kind != KindMap }

// nameHelpers names what a client has beside an operation: its paginator and its waiters,
// and the interface of a client with the operation, which they take.
func (b *builder) nameHelpers(stem string, op *spec.Operation, p *Operation) {
	paged, _ := b.paginationOf(op)
	if paged == nil && len(op.Waiters) == 0 {
		return
	}
	p.APIClient = b.root.Free(stem + "APIClient")
	if paged != nil {
		p.Paginator = &Paginator{
			Name: b.root.Free(stem + "Paginator"), New: b.root.Free("New" + stem + "Paginator"), Options: b.root.Free(stem + "PaginatorOptions"),
		}
	}
	for i := range op.Waiters {
		b.nameWaiter(&op.Waiters[i], op, p)
	}
}

// paginator completes the plan of an operation's paginator.
func (b *builder) paginator(op *spec.Operation, p *Operation) {
	pages := p.Paginator
	if pages == nil {
		return
	}
	model, beside := b.paginationOf(op)
	pages.Doc, pages.NewDoc, pages.OptionsDoc = paginatorDocs(p)
	if problems := model.Problems(op); len(problems) > 0 {
		for _, problem := range problems {
			b.problems.Add(op.Pos, problem.Hint, "pages of %s: %s", op.Name, problem.Message)
		}
		p.Paginator = nil
		return
	}
	b.pkg.Needs.Pages = true
	pages.Token, pages.Next, pages.More = p.Input.field(model.InputToken), b.way(p.Output, model.OutputToken), b.way(p.Output, b.moreResults(model, p.Output))
	for _, names := range beside {
		token := p.Input.field(names[0])
		if next := p.Output.field(names[1]); token != nil && next != nil {
			pages.Beside = append(pages.Beside, Token{"next" + token.Name, token, []*Field{next}})
		}
	}
	if pages.Limit = p.Input.field(model.PageSize); pages.Limit != nil {
		pages.LimitDoc = limitDoc(pages.Limit.Spec)
	}
	if items := b.way(p.Output, model.Items); items != nil && items[len(items)-1].Value.Kind == KindList {
		pages.Items, pages.Item = items, items[len(items)-1].Value.Type.Elem
	}
}

// moreResults is the name of the flag that reports whether there is a next page: the model's,
// or else one that the service's outputs have.
func (b *builder) moreResults(model *spec.Pagination, out *Struct) string {
	name := b.custom().truncated
	if f := out.field(name); model.MoreResults == "" && f != nil && f.Value.Kind == KindBool {
		return name
	}
	return model.MoreResults
}

// way returns the fields on a path of member names from a struct; nil for no path.
func (b *builder) way(from *Struct, path string) []*Field {
	if path == "" {
		return nil
	}
	var fields []*Field
	for name := range strings.SplitSeq(path, ".") {
		f := from.field(name)
		fields = append(fields, f)
		if f.Value.Kind == KindStructure {
			from = b.structure(f.Spec.Target)
		}
	}
	return fields
}
