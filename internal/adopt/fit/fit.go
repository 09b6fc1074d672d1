// Package fit compares the names that a program uses of an official package with those
// that a client has.
package fit

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path"
	"slices"
	"strings"
)

// Names are the exported objects of a client, in the package's own words: "Client",
// "Client.Invoke", "types.Runtime", "types.FunctionConfiguration.Role".
type Names map[string]bool

// Of returns the names that Go files declare, given by their slash-separated paths below
// the client's folder.
func Of(files map[string][]byte) (Names, error) {
	names := Names{}
	for _, file := range slices.Sorted(keys(files)) {
		folder := path.Dir(file)
		isPublic := folder == "." || folder == "types" || folder == "document"
		if !strings.HasSuffix(file, ".go") || !isPublic {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), file, files[file], parser.SkipObjectResolution)
		if err != nil {
			return nil, fmt.Errorf("what was generated is no Go: %w", err)
		}
		prefix := ""
		if folder != "." {
			prefix = folder + "."
		}
		names.add(prefix, f)
	}
	return names, nil
}

func keys(files map[string][]byte) func(func(string) bool) {
	return func(yield func(string) bool) {
		for name := range files {
			if !yield(name) {
				return
			}
		}
	}
}

func (n Names) add(prefix string, f *ast.File) {
	for _, decl := range f.Decls {
		switch d := decl.(type) {
		case *ast.FuncDecl:
			n.function(prefix, d)
		case *ast.GenDecl:
			for _, s := range d.Specs {
				n.spec(prefix, s)
			}
		}
	}
}

func (n Names) function(prefix string, d *ast.FuncDecl) {
	if d.Recv == nil {
		n[prefix+d.Name.Name] = true
		return
	}
	n[prefix+typeName(d.Recv.List[0].Type)+"."+d.Name.Name] = true
}

func (n Names) spec(prefix string, s ast.Spec) {
	switch s := s.(type) {
	case *ast.ValueSpec:
		for _, name := range s.Names {
			n[prefix+name.Name] = true
		}
	case *ast.TypeSpec:
		n[prefix+s.Name.Name] = true
		n.members(prefix+s.Name.Name+".", s.Type)
	}
}

func (n Names) members(prefix string, t ast.Expr) {
	var fields *ast.FieldList
	switch t := t.(type) {
	case *ast.StructType:
		fields = t.Fields
	case *ast.InterfaceType:
		fields = t.Methods
	default:
		return
	}
	for _, field := range fields.List {
		for _, name := range field.Names {
			n[prefix+name.Name] = true
		}
	}
}

// typeName is the name of a receiver's type.
func typeName(t ast.Expr) string {
	switch t := t.(type) {
	case *ast.StarExpr:
		return typeName(t.X)
	case *ast.IndexExpr:
		return typeName(t.X)
	case *ast.Ident:
		return t.Name
	default:
		return ""
	}
}

// receivers takes the signs of a receiver out of "(*Client).Invoke".
var receivers = strings.NewReplacer("(*", "", "(", "", ")", "")

// Plain returns a name as [Names] has it: "Client.Invoke" for "(*Client).Invoke".
func Plain(name string) string { return receivers.Replace(name) }

// Missing returns those of the wanted names that are not there, sorted. Of a type that is
// missing its members are not named.
func (n Names) Missing(wanted []string) []string {
	var missing []string
	wanted = slices.Clone(wanted)
	for i, name := range wanted {
		wanted[i] = Plain(name)
	}
	for _, name := range wanted {
		if n[name] {
			continue
		}
		if at := strings.LastIndexByte(name, '.'); at > 0 && at != len("types") && !n[name[:at]] && slices.Contains(wanted, name[:at]) {
			continue
		}
		missing = append(missing, name)
	}
	slices.Sort(missing)
	return slices.Compact(missing)
}
