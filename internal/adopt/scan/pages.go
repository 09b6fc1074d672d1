package scan

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"path/filepath"
)

// Pages is how a paginator of a service goes from page to page, by paths of Go fields in the
// operation's input and output. PageSize is empty where a page has no limit.
type Pages struct{ Operation, InputToken, OutputToken, PageSize string }

// pagesOf reads how the paginator of an operation goes on in the source of a service's package,
// which is generated; ok is false where it does so in another way than most.
func pagesOf(dir, operation string) (pages Pages, ok bool) {
	file := filepath.Join(dir, "api_op_"+operation+".go")
	f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
	if err != nil {
		return pages, false
	}
	pages.Operation = operation
	for _, decl := range f.Decls {
		if d, ok := decl.(*ast.FuncDecl); ok && d.Name.Name == "NextPage" && d.Recv != nil {
			ast.Inspect(d, func(n ast.Node) bool {
				if set, ok := n.(*ast.AssignStmt); ok && len(set.Lhs) == 1 && len(set.Rhs) == 1 {
					pages.assigned(set.Lhs[0], set.Rhs[0])
				}
				return true
			})
		}
	}
	return pages, pages.InputToken != "" && pages.OutputToken != ""
}

// assigned notes what a statement of NextPage sets to what.
func (p *Pages) assigned(to, from ast.Expr) {
	of, field := fieldOf(to)
	switch {
	case of == "params" && types.ExprString(from) == "p.nextToken":
		p.InputToken = field
	case of == "params" && types.ExprString(from) == "limit":
		p.PageSize = field
	case of == "p" && field == "nextToken":
		if of, field := fieldOf(from); of == "result" {
			p.OutputToken = field
		}
	}
}

// fieldOf takes a field of a variable, or one that lies deeper, apart: the variable and the path
// of fields; both are empty for anything else.
func fieldOf(x ast.Expr) (of, path string) {
	s, ok := x.(*ast.SelectorExpr)
	if !ok {
		return "", ""
	}
	if id, ok := s.X.(*ast.Ident); ok {
		return id.Name, s.Sel.Name
	}
	if of, path = fieldOf(s.X); of != "" {
		path += "." + s.Sel.Name
	}
	return of, path
}
