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

// Comparable reports whether two tokens can be seen to be the same: those that are maps
// can't.
func (p *Paginator) Comparable() bool { return p.Token.Value.Kind != KindMap }

// nameHelpers names what a client has beside an operation: its paginator and its waiters,
// and the interface of a client with the operation, which they take.
func (b *builder) nameHelpers(stem string, op *spec.Operation, p *Operation) {
	if op.Pagination == nil && len(op.Waiters) == 0 {
		return
	}
	p.APIClient = b.root.Free(stem + "APIClient")
	if op.Pagination != nil {
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
	model, pages := op.Pagination, p.Paginator
	if pages == nil {
		return
	}
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
