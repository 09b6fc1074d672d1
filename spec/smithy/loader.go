package smithy

import (
	"strings"

	"example.com/lathe/spec"
	"example.com/lathe/spec/tree"
)

// loader is the state of one load.
type loader struct {
	tree.Reader

	options Options
	// v1 is set for models of Smithy 1.0.
	v1 bool
	// shapes are the definitions by shape ID, and order is their source order.
	shapes map[string]*definition
	order  []*definition
	// applied are the traits that apply statements give to members, by the
	// members' IDs.
	applied map[string]traits
	// copies counts what mixins have copied.
	copies int
	// namespace is that of the service, and renamed are its names for shapes.
	namespace string
	renamed   map[string]string
	// protocols are those of the service, best first. Bindings is set when one of them uses
	// the HTTP binding traits, or there are none; query when one is a query protocol.
	protocols       []spec.Protocol
	bindings, query bool
	// prelude are the shapes of the namespace smithy.api that are targeted.
	prelude map[string]*spec.Shape
	// ids are the shape IDs of the shapes.
	ids map[*spec.Shape]string
}

func (l *loader) load(root tree.Value) *spec.API {
	l.prelude, l.ids = map[string]*spec.Shape{}, map[*spec.Shape]string{}
	if !l.Expect(root, tree.Object) || !l.checkVersion(root) {
		return nil
	}
	shapes := root.Get("shapes")
	if !shapes.Exists() {
		l.Problems.Add(root.Pos(), "", `the document has no member "shapes"`)
		return nil
	}
	if !l.Expect(shapes, tree.Object) {
		return nil
	}
	l.index(shapes)
	for _, d := range l.order {
		l.mix(d)
	}
	l.checkApplied()
	service := l.chooseService(shapes)
	if service == nil {
		return nil
	}
	l.readService(service)
	l.buildShapes()
	api := l.buildAPI(service)
	if len(l.Problems) == 0 {
		l.Problems = append(l.Problems, spec.Validate(api)...)
	}
	return api
}

// checkVersion reports whether the model is of a version that is known.
func (l *loader) checkVersion(root tree.Value) bool {
	version := root.Get("smithy")
	if !version.Exists() {
		l.Problems.Add(root.Pos(), `a model begins with {"smithy": "2.0"`, `the document has no member "smithy"`)
		return false
	}
	if !l.Expect(version, tree.String) {
		return false
	}
	major, _, _ := strings.Cut(version.Text(), ".")
	l.v1 = major == "1"
	if major != "1" && major != "2" {
		l.Problems.Add(version.Pos(), "use version 1.0 or 2.0", "Smithy version %q is not supported", version.Text())
		return false
	}
	return true
}

// annotation reports whether a trait without a value is there.
func (l *loader) annotation(v tree.Value) bool {
	return v.Exists() && l.Expect(v, tree.Object)
}
