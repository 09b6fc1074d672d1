package openapi

import (
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"example.com/lathe/spec"
	"example.com/lathe/spec/tree"
)

// ownPart is an operation's node with the problems that were found in reading the
// operation, wherever they stand.
type ownPart struct {
	op       *openapi3.Operation
	node     tree.Value
	problems spec.Problems
}

// owned makes an operation the owner of the problems that are reported until the
// result is called.
func (l *loader) owned(o *spec.Operation, op *openapi3.Operation, n tree.Value) func() {
	own, all := &ownPart{op: op, node: n}, l.ps
	l.own[o], l.ps = own, &own.problems
	return func() {
		l.ps = all
		*l.ps = append(*l.ps, own.problems...)
	}
}

// assign puts every problem where it counts: at the operations that reach its
// place. Where there is none, kin-openapi has the last word. It returns all of them.
func (l *loader) assign(all spec.Problems) error {
	if len(all) > 0 {
		l.reach(all)
	}
	for _, o := range l.api.Operations {
		if o.Part != nil {
			continue
		}
		if o.Part = l.validated(o); o.Part != nil {
			all = append(all, o.Part.Problems...)
		}
	}
	return all.Err()
}

// reach assigns to operations the problems that they reach.
func (l *loader) reach(all spec.Problems) {
	owned := map[spec.Problem]bool{}
	for _, own := range l.own {
		for _, p := range own.problems {
			owned[p] = true
		}
	}
	g := partGraph{loader: l, parts: map[tree.Value]*spec.Part{}, document: &spec.Part{}}
	for _, p := range all {
		if owned[p] {
			continue
		}
		if part := g.at(p.Pos.Pointer); part != nil {
			part.Problems = append(part.Problems, p)
		}
	}
	for _, o := range l.api.Operations {
		own := l.own[o]
		o.Part = &spec.Part{Problems: own.problems, Uses: []*spec.Part{g.document, g.part(own.node)}}
		if len(o.Part.All()) == 0 {
			o.Part = nil
		}
	}
}

// partGraph divides a document into parts: operations, their responses, what is
// common to the operations of a path or of the document, and components.
type partGraph struct {
	*loader

	parts map[tree.Value]*spec.Part
	// document is what all operations depend on.
	document *spec.Part
}

// apart are the keys at the top of a document on which no operation depends by
// itself.
var apart = []string{"webhooks", "paths", "components"}

// at is the part that a pointer leads into; nil when no operation reaches it.
func (g *partGraph) at(pointer string) *spec.Part {
	tokens := strings.Split(pointer, "/")[1:]
	var length int
	switch {
	case len(tokens) == 0 || !slices.Contains(append(apart, "security"), tokens[0]):
		return g.document
	case tokens[0] == "security":
		length = 1
	case tokens[0] == "components" && len(tokens) > 2:
		length = 3
	case tokens[0] == "paths" && len(tokens) > 2 && isMethod(tokens[2]):
		length = 3
		if len(tokens) > 4 && tokens[3] == "responses" {
			length = 5
		}
	case tokens[0] == "paths" && len(tokens) > 1:
		length = 2
	default:
		return nil
	}
	return g.part(g.root.Follow("/" + strings.Join(tokens[:length], "/")))
}

func isMethod(key string) bool {
	for _, m := range methods {
		if m.key == key {
			return true
		}
	}
	return false
}

// part is the part of a node, with all that it uses.
func (g *partGraph) part(n tree.Value) *spec.Part {
	if part := g.parts[n]; part != nil || !n.Exists() {
		return part
	}
	part := &spec.Part{}
	g.parts[n] = part
	if n.Parent().Exists() && g.isPath(n.Parent()) && isMethod(n.Token()) {
		g.operation(part, n)
	} else {
		g.uses(part, n, tree.Value{})
	}
	return part
}

// isPath reports whether a node is a path of the document.
func (g *partGraph) isPath(n tree.Value) bool {
	return n.Parent().Exists() && n.Parent() == g.root.Get("paths")
}

// operation adds what an operation uses: what its path says for all, the security
// of the document where it has none, and those of its responses that are read.
func (g *partGraph) operation(part *spec.Part, n tree.Value) {
	responses, security := n.Get("responses"), n.Get("security")
	g.uses(part, n, responses)
	all := g.marksErrors || !slices.ContainsFunc(names(responses), isSuccess) // the lack of a success may be why
	for f := range responses.All() {
		if all || isSuccess(f.Name()) || g.hasErrorContent(f) {
			part.Uses = append(part.Uses, g.part(f))
		}
	}
	part.Uses = append(part.Uses, g.part(n.Parent()))
	if !security.Exists() {
		security = g.root.Get("security")
		part.Uses = append(part.Uses, g.part(security))
	}
	for item := range security.All() {
		for _, name := range names(item) {
			part.Uses = append(part.Uses, g.part(g.root.Get("components", "securitySchemes", name)))
		}
	}
}

// uses adds the components that the references in a node lead to. It stays out of
// one value, and of the operations of a path.
func (g *partGraph) uses(part *spec.Part, n, except tree.Value) {
	if section, name, ok := refName(n.Get("$ref").Text()); ok {
		part.Uses = append(part.Uses, g.part(g.root.Get("components", section, name)))
	}
	for f := range n.All() {
		if f == except || g.isPath(n) && isMethod(f.Name()) {
			continue
		}
		g.uses(part, f, except)
	}
}
