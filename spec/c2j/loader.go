package c2j

import (
	"path/filepath"
	"slices"

	"example.com/lathe/spec"
	"example.com/lathe/spec/tree"
)

// loader is the state of one load.
type loader struct {
	tree.Reader

	options Options
	file    string
	// service is the service's id.
	service string
	// shapes are the definitions by name, and order is their source order.
	shapes map[string]*definition
	order  []*definition
	// extra are the shapes that no definition stands for.
	extra map[string]*spec.Shape
	// wireLabels are the names that labels have in paths, where they are not
	// their members' names.
	wireLabels map[*spec.Member]string

	protocols []spec.Protocol
	// bindings is set when one of the protocols uses HTTP bindings, xml when one is made of
	// XML, onlyXML when all are, and query when one is a query protocol.
	bindings, xml, onlyXML, query bool
}

// definition is one entry of the document's shapes.
type definition struct {
	name  string
	node  tree.Value
	shape *spec.Shape
}

func (l *loader) load(root tree.Value) *spec.API {
	if !l.Expect(root, tree.Object) {
		return nil
	}
	l.mergeExtras(root, filepath.Base(l.file))
	l.shapes, l.extra = map[string]*definition{}, map[string]*spec.Shape{}
	l.wireLabels = map[*spec.Member]string{}
	api := l.metadata(root)
	l.service = api.ID
	l.index(root.Get("shapes"))
	for _, d := range l.order {
		l.traits(d)
	}
	for _, d := range l.order {
		l.parts(d)
	}
	l.operations(api, root.Get("operations"))
	l.siblings(api, root)
	api.Warnings.Add(spec.Pos{File: l.file}, lossHint, loss)
	if len(l.Problems) == 0 {
		l.collect(api)
		l.Problems = append(l.Problems, spec.Validate(api)...)
	}
	return api
}

// The format's losses, which users should know of before they replace an official
// package.
const (
	loss = "C2J does not say which numbers and booleans may be absent and what enum constants are called: " +
		"all numbers and booleans are pointers, and constants are named after their values"
	lossHint = "to replace an official package, use the service's Smithy model"
)

// collect puts the shapes that the operations reach into the API.
func (l *loader) collect(api *spec.API) {
	api.Shapes = map[string]*spec.Shape{}
	for _, s := range spec.Reached(api, api.Operations...) {
		api.Shapes[s.Name] = s
	}
	markInputs(api)
}

// markInputs restores what the format has no word for: that a structure is the
// input of one operation and used nowhere else, Smithy's trait input.
func markInputs(api *spec.API) {
	uses := map[*spec.Shape]int{}
	for _, op := range api.Operations {
		uses[op.Input]++
		uses[op.Output] += 2
	}
	for _, s := range api.Shapes {
		for m := range s.Edges {
			uses[m.Target] += 2
		}
	}
	for _, op := range api.Operations {
		if op.Input != nil {
			op.Input.Input = uses[op.Input] == 1
		}
	}
}

// setters are what keys of the format mean for a T, by the keys that count.
type setters[T any] map[string]func(l *loader, to *T, value tree.Value)

// deprecation reads the three keys that say that something is deprecated.
func (l *loader) deprecation(node tree.Value) *spec.Deprecation {
	if !l.Flag(node.Get("deprecated")) {
		return nil
	}
	return &spec.Deprecation{Message: l.Text(node.Get("deprecatedMessage")), Since: l.Text(node.Get("deprecatedSince"))}
}

// meantShape returns a hint at the shape that a name was probably meant to be.
func (l *loader) meantShape(name string) string {
	return l.Meant(name, "", func(yield func(string) bool) {
		for _, d := range l.order {
			if !yield(d.name) {
				return
			}
		}
	})
}

// meantMember returns a hint at the member that a name was probably meant to be.
func (l *loader) meantMember(s *spec.Shape, name string) string {
	names := make([]string, len(s.Members))
	for i, m := range s.Members {
		names[i] = m.Name
	}
	return l.Meant(name, "", slices.Values(names))
}
