package optional

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"

	"example.com/lathe/internal/naming"
	"example.com/lathe/spec"
)

// Members are the numbers and booleans of a package's structures by the names of type
// and field, "CreateFunctionInput.Publish", with whether they are pointers.
type Members map[string]bool

// basic are the Go types of numbers and booleans.
var basic = []string{"bool", "int8", "int16", "int32", "int64", "float32", "float64"}

// Official reads the members of an official package from its source.
func Official(dir string) (Members, error) {
	members := Members{}
	for _, pattern := range []string{"api_op_*.go", "types/types.go", "types/errors.go"} {
		files, err := filepath.Glob(filepath.Join(dir, pattern))
		if err != nil {
			return nil, fmt.Errorf("find %s: %w", pattern, err)
		}
		for _, name := range files {
			file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
			if err != nil {
				return nil, fmt.Errorf("read an official package: %w", err)
			}
			members.addFile(file)
		}
	}
	return members, nil
}

// addFile adds the members of the structures that a file declares.
func (m Members) addFile(file *ast.File) {
	for _, declaration := range file.Decls {
		general, ok := declaration.(*ast.GenDecl)
		if !ok || general.Tok != token.TYPE {
			continue
		}
		for _, s := range general.Specs {
			if declared, ok := s.(*ast.TypeSpec); ok {
				m.addType(declared)
			}
		}
	}
}

func (m Members) addType(declared *ast.TypeSpec) {
	structure, ok := declared.Type.(*ast.StructType)
	if !ok {
		return
	}
	for _, field := range structure.Fields.List {
		typ := field.Type
		pointer, isPointer := typ.(*ast.StarExpr)
		if isPointer {
			typ = pointer.X
		}
		if name, ok := typ.(*ast.Ident); ok && slices.Contains(basic, name.Name) {
			for _, name := range field.Names {
				m[declared.Name.Name+"."+name.Name] = isPointer
			}
		}
	}
}

// Ours are the members of a model as we would generate them.
func Ours(api *spec.API) Members {
	members := Members{}
	for _, op := range api.Operations {
		name := naming.Exported(op.Name)
		members.addShape(name+"Input", op.Input)
		members.addShape(name+"Output", op.Output)
	}
	for _, s := range spec.Reached(api, api.Operations...) {
		for m := range s.Edges {
			members.addShape(naming.Exported(m.Target.Name), m.Target)
		}
		if s.Error != nil {
			members.addShape(naming.Exported(s.Name), s)
		}
	}
	return members
}

func (m Members) addShape(name string, s *spec.Shape) {
	if s == nil || s.Kind != spec.Structure {
		return
	}
	for _, member := range s.Members {
		switch member.Target.Kind {
		case spec.Boolean, spec.Byte, spec.Short, spec.Integer, spec.Long, spec.Float, spec.Double:
			m[name+"."+naming.Exported(member.Name)] = !member.HasZeroDefault()
		}
	}
}
