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
	// ByHand: the official paginator is written by hand, and is no feature in User-Agent.
	ByHand bool
	// Deep: the tokens are maps that are compared whole, and an empty one is none.
	Deep bool
	// LimitPointer: the options have the size of a page as a pointer.
	LimitPointer bool
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

// paging is how the result of an operation is paged through.
type paging struct {
	spec.Pagination // by the first token
	// beside are further tokens, each in the input and in the output.
	beside [][2]string
	// byHand: the official package's paginator was written by hand, for no model declares it.
	byHand bool
	// deep and limitPointer are as in [Paginator].
	deep, limitPointer bool
}

// paginationOf returns how the result of an operation is paged through; nil for not at all.
// C2J has some of the paginators that were written by hand.
func (b *builder) paginationOf(op *spec.Operation) *paging {
	known, isKnown := b.custom().paginators[op.Name]
	if own := op.Pagination; own != nil {
		isSame := own.InputToken == known.InputToken && own.OutputToken == known.OutputToken && known.beside == nil
		if !isKnown || !isSame {
			return &paging{Pagination: *own}
		}
	}
	if !isKnown || len(known.Problems(op)) > 0 { // those of a model of another age
		return nil
	}
	known.byHand = true
	return &known
}

// Comparable reports whether two tokens can be seen to be the same: most of those that are
// maps can't.
func (p *Paginator) Comparable() bool { return p.Deep || p.Token.Value.Kind != KindMap }

// nameHelpers names what a client has beside an operation: its paginator and its waiters,
// and the interface of a client with the operation, which they take.
func (b *builder) nameHelpers(stem string, op *spec.Operation, p *Operation) {
	paged := b.paginationOf(op)
	if paged == nil && len(op.Waiters) == 0 {
		return
	}
	p.APIClient = b.root.Free(stem + "APIClient")
	if paged != nil {
		p.Paginator = &Paginator{
			Name: b.root.Free(stem + "Paginator"), New: b.root.Free("New" + stem + "Paginator"),
			Options: b.root.Free(stem + "PaginatorOptions"),
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
	model := b.paginationOf(op)
	pages.Doc, pages.NewDoc, pages.OptionsDoc = paginatorDocs(p)
	if problems := model.Problems(op); len(problems) > 0 {
		for _, problem := range problems {
			b.problems.Add(op.Pos, problem.Hint, "pages of %s: %s", op.Name, problem.Message)
		}
		p.Paginator = nil
		return
	}
	b.pkg.Needs.Pages = true
	pages.Token, pages.Next, pages.More = p.Input.field(model.InputToken), b.way(p.Output, model.OutputToken),
		b.way(p.Output, b.moreResults(&model.Pagination, p.Output))
	pages.ByHand, pages.Deep, pages.LimitPointer = model.byHand, model.deep, model.limitPointer
	for _, names := range model.beside {
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

// way returns the fields on a path of member names from a struct; nil for no path, and where
// a member has no field, which is a problem already. A list on the way stands for its last
// element.
func (b *builder) way(from *Struct, path string) []*Field {
	if path == "" {
		return nil
	}
	var fields []*Field
	for part := range strings.SplitSeq(path, ".") {
		name, last := strings.CutSuffix(part, spec.LastOf)
		f := from.field(name)
		if f == nil {
			return nil
		}
		fields = append(fields, f)
		target := f.Spec.Target
		if last {
			target = target.Element.Target
		}
		if target.Kind == spec.Structure {
			from = b.structure(target)
		}
	}
	return fields
}
