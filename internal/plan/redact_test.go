package plan_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"example.com/lathe/internal/plan"
	"example.com/lathe/spec"
	"example.com/lathe/spec/smithy"
)

// TestRedactionOfModels: in all models whatever holds a sensitive member, at any depth, has
// methods that keep it out of what fmt prints and slog logs; nothing else has any.
func TestRedactionOfModels(t *testing.T) {
	files, err := filepath.Glob("../../../shared/models/smithy/*.json")
	if err != nil {
		t.Fatal(err)
	}
	if len(files) == 0 || testing.Short() {
		t.Skip("needs all models in ../shared")
	}
	secrets := 0
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		api, err := smithy.Load(file, data, smithy.Options{})
		if err != nil {
			t.Fatal(err)
		}
		pkg, err := plan.Build(api, plan.Config{ImportPath: "x", Runtime: "x/internal"})
		if err != nil {
			continue // of a protocol that is not supported
		}
		secrets += checkRedaction(t, pkg)
	}
	t.Logf("%d models, %d secret fields", len(files), secrets)
	if secrets < 1000 {
		t.Errorf("only %d secret fields were found", secrets)
	}
}

// checkRedaction compares the methods of all types of a package with what the model says,
// and returns how many of the fields are secret.
func checkRedaction(t *testing.T, pkg *plan.Package) (secrets int) {
	t.Helper()
	structs := slices.Clone(pkg.Structs)
	for _, op := range pkg.Operations {
		structs = append(structs, op.Input, op.Output)
	}
	for _, st := range structs {
		reaches := false
		for _, f := range st.Fields {
			reaches = reaches || f.Spec != nil && reachesSecret(f.Spec)
			if f.Spec != nil && holdsSecret(f.Spec) {
				secrets++
				if st.Redaction == nil || !slices.Contains(st.Redaction.Secret, f.Name) {
					t.Errorf("%s: %s of %s is not withheld", pkg.Name, f.Name, st.Name)
				}
			}
		}
		if st.Redaction == nil {
			if reaches {
				t.Errorf("%s: %s has no methods", pkg.Name, st.Name)
			}
			continue
		}
		if !reaches && len(st.Redaction.Secret) == 0 {
			t.Errorf("%s: %s has methods without a reason", pkg.Name, st.Name)
		}
		has := func(name string) bool { return slices.Contains(st.Redaction.Methods, name) }
		instead := has(plan.MethodGoString) && (has(plan.MethodString) || st.Error != nil)
		if !has(plan.MethodFormat) && !instead || !has(plan.MethodLogValue) {
			t.Errorf("%s: %s has only the methods %q", pkg.Name, st.Name, st.Redaction.Methods)
		}
	}
	return secrets
}

// holdsSecret reports whether a member, or what its list or map is made of, is sensitive.
func holdsSecret(m *spec.Member) bool {
	s := m.Target
	switch {
	case m.Sensitive || s.Sensitive:
		return true
	case s.Kind == spec.List:
		return holdsSecret(s.Element)
	case s.Kind == spec.Map:
		return holdsSecret(s.Key) || holdsSecret(s.Value)
	default:
		return false
	}
}

// reachesSecret reports whether anything below a member is sensitive.
func reachesSecret(m *spec.Member) bool {
	return m.Sensitive || slices.ContainsFunc(spec.Closure(m.Target), func(s *spec.Shape) bool {
		for part := range s.Edges {
			if part.Sensitive || part.Target.Sensitive {
				return true
			}
		}
		return s.Sensitive
	})
}
