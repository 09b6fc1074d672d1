package jmespath_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"example.com/lathe/internal/jmespath"
	"example.com/lathe/internal/naming"
	"example.com/lathe/spec"
	"example.com/lathe/spec/smithy"
)

// names are Go names as a client would have them, in one package.
type names struct{}

func (names) Type(s *spec.Shape) *jmespath.GoType {
	return &jmespath.GoType{Import: "types", Name: naming.Exported(s.Name)}
}

func (names) Field(_ *spec.Shape, m *spec.Member) (string, bool) {
	switch m.Target.Kind {
	case spec.List, spec.Map, spec.Union, spec.Enum, spec.IntEnum, spec.Blob, spec.Document:
		return naming.Exported(m.Name), false
	default:
		return naming.Exported(m.Name), !m.HasZeroDefault()
	}
}

func (names) Variant(union *spec.Shape, m *spec.Member) *jmespath.GoType {
	return &jmespath.GoType{Import: "types", Name: naming.Exported(union.Name) + "Member" + naming.Exported(m.Name)}
}

// TestSharedModels compiles every expression of the shared models: those of waiters,
// of pagination and of endpoint parameters.
func TestSharedModels(t *testing.T) {
	files, err := filepath.Glob("../../../shared/models/smithy/*.json")
	if err != nil || len(files) == 0 {
		t.Skip("skipped: the models are not in ../shared")
	}
	if testing.Short() {
		files = files[:20]
	}
	waiters, pages, params := 0, 0, 0
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		api, err := smithy.Load(file, data, smithy.Options{})
		if problems := (spec.Problems{}); err != nil && !errors.As(err, &problems) {
			t.Fatal(err)
		}
		if api == nil {
			continue
		}
		for _, op := range api.Operations {
			waiters += compileWaiters(t, api, op)
			pages += compilePages(t, op)
			for _, c := range op.OperationContext {
				params++
				path, _ := c.Value.(string)
				if _, err := scope(op.Input).Strings(path); err != nil {
					if _, err = scope(op.Input).Value(path); err != nil {
						t.Errorf("%s: %v", op.Name, err)
					}
				}
			}
		}
	}
	t.Logf("%d expressions of waiters, %d of pagination, %d of endpoint parameters", waiters, pages, params)
	if !testing.Short() && (waiters < 80 || pages < 1000 || params < 4) {
		t.Error("too few expressions were found")
	}
}

func scope(s *spec.Shape) *jmespath.Scope {
	return jmespath.NewScope(names{}, jmespath.Root{Var: "out", Shape: s})
}

func compileWaiters(t *testing.T, api *spec.API, op *spec.Operation) int {
	count := 0
	for _, w := range op.Waiters {
		for _, a := range w.Acceptors {
			if a.Path == "" {
				continue
			}
			count++
			code, err := scope(op.Output).Value(a.Path)
			if err != nil {
				t.Errorf("%s of %s: %v", w.Name, api.Name, err)
				continue
			}
			want := map[string]jmespath.Kind{
				"stringEquals": jmespath.Text, "booleanEquals": jmespath.Boolean, "allStringEquals": jmespath.List, "anyStringEquals": jmespath.List,
			}[a.Comparator]
			if code.Kind != want {
				t.Errorf("%s of %s: %s is a %s, want a %s", w.Name, api.Name, a.Path, code.Kind, want)
			}
		}
	}
	return count
}

func compilePages(t *testing.T, op *spec.Operation) int {
	p := op.Pagination
	if p == nil {
		return 0
	}
	count := 0
	for path, shape := range map[string]*spec.Shape{p.InputToken: op.Input, p.PageSize: op.Input, p.OutputToken: op.Output, p.Items: op.Output, p.MoreResults: op.Output} {
		if path == "" {
			continue
		}
		count++
		if _, err := scope(shape).Value(path); err != nil {
			t.Errorf("%s: %v", op.Name, err)
		}
	}
	return count
}
