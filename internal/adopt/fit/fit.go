// Package fit compares the names that a program uses of an official package with those
// that a client has.
package fit

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
)

// Names are the exported objects of a client, in the package's own words: "Client",
// "Client.Invoke", "types.Runtime", "types.FunctionConfiguration.Role". Of fields they have
// the types, as the source has them.
type Names map[string]string

// Of returns the names that Go files declare, given by their slash-separated paths below
// the client's folder.
func Of(files map[string][]byte) (Names, error) {
	names := Names{}
	for _, file := range slices.Sorted(maps.Keys(files)) {
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
		n[prefix+d.Name.Name] = ""
		return
	}
	n[prefix+typeName(d.Recv.List[0].Type)+"."+d.Name.Name] = ""
}

func (n Names) spec(prefix string, s ast.Spec) {
	switch s := s.(type) {
	case *ast.ValueSpec:
		for _, name := range s.Names {
			n[prefix+name.Name] = ""
		}
	case *ast.TypeSpec:
		n[prefix+s.Name.Name] = ""
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
			n[prefix+name.Name] = types.ExprString(field.Type)
		}
	}
}

func (n Names) has(name string) bool {
	_, ok := n[name]
	return ok
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
		if n.has(name) {
			continue
		}
		if at := strings.LastIndexByte(name, '.'); at > 0 && at != len("types") && !n.has(name[:at]) &&
			slices.Contains(wanted, name[:at]) {
			continue
		}
		missing = append(missing, name)
	}
	slices.Sort(missing)
	return slices.Compact(missing)
}

// Difference is a field that has another type.
type Difference struct{ Name, Is, Wanted string }

// Different returns the fields whose types are not those that are wanted, sorted: a number
// that is a pointer in the one, say. Types with names of other packages than these two are
// not compared, for source may call them otherwise.
func (n Names) Different(wanted map[string]string) []Difference {
	var all []Difference
	for _, name := range slices.Sorted(maps.Keys(wanted)) {
		is := n[name]
		if want := wanted[name]; is != "" && is != want && isPlain(is) && isPlain(want) {
			all = append(all, Difference{name, is, want})
		}
	}
	return all
}

// qualified are the names of packages in a type.
var qualified = regexp.MustCompile(`(\w+)\.`)

// isPlain reports whether a type has names of the packages types and time alone.
func isPlain(text string) bool {
	for _, m := range qualified.FindAllStringSubmatch(text, -1) {
		if m[1] != "types" && m[1] != "time" {
			return false
		}
	}
	return !strings.Contains(text, "{")
}
