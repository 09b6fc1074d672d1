package templates

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/dave/jennifer/jen"

	"example.com/lathe/internal/jmespath"
	"example.com/lathe/internal/plan"
	"example.com/lathe/internal/protocol"
	"example.com/lathe/runtime"
	"example.com/lathe/spec"
	"example.com/lathe/spec/smithy"
)

// TestJMESPathCorpus builds every expression of the waiters of the published models,
// and those of pagination that lead into structures, over the types of the clients.
func TestJMESPathCorpus(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(publishedModels, "*.json"))
	if err != nil || len(files) == 0 {
		t.Skip("skipped: the published models are not at ../shared/models")
	}
	if testing.Short() {
		files = files[:20]
	}
	c := newCorpus(t)
	services, paths := 0, 0
	for _, file := range files {
		if n := c.addPaths(file); n > 0 {
			services++
			paths += n
		}
	}
	if out, err := c.command("vet", "./..."); err != nil {
		t.Fatalf("the expressions do not build: %v\n%s", err, out)
	}
	t.Logf("%d services with %d expressions", services, paths)
	if !testing.Short() && (services < 25 || paths < 300) {
		t.Errorf("found only %d services with %d expressions", services, paths)
	}
}

// outputPaths are the expressions of an operation that look at its output.
func outputPaths(op *spec.Operation) (paths []string) {
	for _, w := range op.Waiters {
		for _, a := range w.Acceptors {
			if a.Matcher == "output" {
				paths = append(paths, a.Path)
			}
		}
	}
	if p := op.Pagination; p != nil {
		for _, path := range []string{p.OutputToken, p.Items} {
			if strings.Contains(path, ".") {
				paths = append(paths, path)
			}
		}
	}
	return paths
}

// addPaths emits the expressions of a model with the types that they look at.
func (c *corpus) addPaths(file string) int {
	api, err := smithy.Load(file, readFile(c.t, file), smithy.Options{})
	if err != nil {
		c.t.Fatal(err)
	}
	var names []string
	for _, op := range api.Operations {
		if len(outputPaths(op)) > 0 {
			names = append(names, op.Name)
		}
	}
	if len(names) == 0 {
		return 0
	}
	selected, _ := spec.Select(api, names)
	name := strings.TrimSuffix(filepath.Base(file), ".json")
	name = "s" + strings.Map(func(r rune) rune {
		if r == '-' || r == '.' {
			return -1
		}
		return r
	}, name)
	speaks, problem := protocol.For(selected, "")
	if problem != nil {
		c.t.Errorf("%s: %v", file, problem)
		return 0
	}
	p, err := plan.Build(selected, plan.Config{
		Protocol: speaks, Package: name, ImportPath: corpusPath + "/" + name, Runtime: strings.TrimSuffix(runtime.Home, "/"), Source: "corpus",
	})
	if err != nil {
		c.t.Errorf("%s: %v", file, err)
		return 0
	}
	c.render(name+"/types/types.go", renderTypes(p))
	c.render(name+"/types/enums.go", renderEnums(p))
	if p.Needs.Document {
		c.render(name+"/document/document.go", renderDocument(p))
	}
	f := jen.NewFilePathName(p.ImportPath, name)
	renderNoSerde(f.Group)
	count := 0
	for _, op := range p.Operations {
		renderStruct(f.Group, p, op.Output)
		for _, path := range outputPaths(op.Spec) {
			code, err := jmespath.NewScope(newPlanNames(p), jmespath.Root{Var: "out", Shape: op.Spec.Output}).Value(path)
			if err != nil {
				c.t.Errorf("%s: %v", op.Name, err)
				continue
			}
			count++
			renderPath(f, jen.Op("*").Id(op.Output.Name), fmt.Sprintf("Path%d", count), path, code)
		}
	}
	c.render(name+"/paths.go", f)
	return count
}

// planNames are the names of a plan's fields and types by what they stand for in the
// model.
type planNames struct {
	fields map[*spec.Member]*plan.Field
	types  map[*spec.Shape]*plan.Type
}

func newPlanNames(p *plan.Package) *planNames {
	n := &planNames{map[*spec.Member]*plan.Field{}, map[*spec.Shape]*plan.Type{}}
	structs := p.Structs
	for _, op := range p.Operations {
		structs = append(slices.Clip(structs), op.Output)
		if op.Spec.Output != nil {
			n.types[op.Spec.Output] = op.Output.Type
		}
	}
	for _, st := range structs {
		for _, f := range st.Fields {
			if f.Spec != nil {
				n.fields[f.Spec] = f
				n.learn(f.Spec.Target, f.Value)
			}
		}
	}
	return n
}

// learn notes the type of a shape and of what it holds.
func (n *planNames) learn(s *spec.Shape, v *plan.Value) {
	if v == nil || n.types[s] != nil {
		return
	}
	n.types[s] = v.Type
	switch s.Kind {
	case spec.List:
		n.learn(s.Element.Target, v.Elem)
	case spec.Map:
		n.learn(s.Value.Target, v.Elem)
	}
}

func (n *planNames) Type(s *spec.Shape) *jmespath.GoType {
	forms := map[plan.TypeForm]jmespath.GoForm{
		plan.Named: jmespath.NamedType, plan.PointerTo: jmespath.PointerType, plan.SliceOf: jmespath.SliceType, plan.MapOf: jmespath.MapType,
	}
	var convert func(t *plan.Type) *jmespath.GoType
	convert = func(t *plan.Type) *jmespath.GoType {
		if t == nil {
			return nil
		}
		return &jmespath.GoType{Form: forms[t.Form], Import: t.Import, Name: t.Name, Elem: convert(t.Elem)}
	}
	return convert(n.types[s])
}

func (n *planNames) Field(_ *spec.Shape, m *spec.Member) (name string, pointer bool) {
	f := n.fields[m]
	return f.Name, f.Pointer
}

func (n *planNames) Variant(*spec.Shape, *spec.Member) *jmespath.GoType { return nil }
