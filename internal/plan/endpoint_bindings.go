package plan

import (
	"errors"
	"example.com/lathe/internal/endpoints"
	"fmt"
	"slices"

	"example.com/lathe/internal/naming"
	"example.com/lathe/spec"
)

// EndpointBindings is what an operation gives to the endpoint's parameters, least
// specific first.
type EndpointBindings struct {
	// Bindings are applied in order; a later one replaces an earlier one.
	Bindings []EndpointBinding
	// UsesInput says that one of them reads the input.
	UsesInput bool
}

// EndpointBinding sets one parameter, from a constant or from the input.
type EndpointBinding struct {
	// Param is the field of EndpointParameters, Kind its type.
	Param string
	Kind  endpoints.Kind
	// Static is a string, a bool or a []string; nil when Visit counts.
	Static any
	// Replaces says that an earlier binding may have set the parameter.
	Replaces bool
	// Visit leads from the input to the value or the values. A string or bool
	// has exactly one visit and no loop on its way.
	Visit []EndpointVisit
}

// EndpointVisit leads from a variable through fields to values.
type EndpointVisit struct {
	// Fields are the Go fields from the variable on. All but the last are
	// pointers to structures.
	Fields []string
	// Exactly one of the following says what is there. Each goes on with the
	// elements of a list or the values of a map.
	Each *EndpointEach
	Keys bool // the keys of a map, each of them a value
	Leaf EndpointLeaf
}

// EndpointEach is a loop.
type EndpointEach struct {
	// Map says that the loop runs over the values of a map, in the order of
	// their keys.
	Map bool
	// Pointer says that elements are pointers, which may be nil; Struct that
	// they are structures.
	Pointer, Struct bool
	Body            []EndpointVisit
}

// EndpointLeaf says how a value is held.
type EndpointLeaf uint8

// The ways to hold a value.
const (
	NoLeaf      EndpointLeaf = iota
	LeafPointer              // a pointer to a string or a bool
	LeafPlain                // a string or a bool
	LeafEnum                 // a string type of its own; the empty string is no value
	LeafStrings              // a slice of strings
)

// markBound notes the parameters that an operation sets.
func (p *Package) markBound(b *EndpointBindings) {
	if b == nil {
		return
	}
	for _, binding := range b.Bindings {
		for i := range p.Endpoint.Params {
			if p.Endpoint.Params[i].GoName == binding.Param {
				p.Endpoint.Params[i].Bound = true
			}
		}
	}
}

// hasEndpointBindings says whether an operation sets parameters.
func hasEndpointBindings(op *spec.Operation) bool {
	return len(op.StaticContext) > 0 || len(op.OperationContext) > 0 || len(contextMembers(op)) > 0
}

// contextMembers are the members of the input that set parameters.
func contextMembers(op *spec.Operation) []*spec.Member {
	var members []*spec.Member
	if op.Input != nil {
		for _, m := range op.Input.Members {
			if m.ContextParam != "" {
				members = append(members, m)
			}
		}
	}
	return members
}

// endpointBindings plans what an operation gives to the endpoint's parameters; nil
// when it gives nothing. [endpointUnsupported] tells what is wrong with it.
func endpointBindings(op *spec.Operation, _ *Struct) *EndpointBindings {
	if !hasEndpointBindings(op) {
		return nil
	}
	b := &endpointBinder{op: op}
	b.all()
	return &b.out
}

// endpointUnsupported tells which of an operation's endpoint parameters can't be
// set, and why.
func endpointUnsupported(api *spec.API, op *spec.Operation) spec.Problems {
	b := &endpointBinder{op: op}
	b.all()
	resolver, _ := endpoints.Compile(api)
	for i, binding := range b.out.Bindings {
		b.check(resolver.Params, binding, b.from[i])
	}
	return b.problems
}

type endpointBinder struct {
	op  *spec.Operation
	out EndpointBindings
	// from are the sources of the bindings: where they stand, and the name of
	// the parameter.
	from     []endpointOrigin
	problems spec.Problems
}

type endpointOrigin struct {
	pos  spec.Pos
	name string
}

func (b *endpointBinder) all() {
	for _, c := range b.op.OperationContext {
		path, _ := c.Value.(string)
		b.path(endpointOrigin{b.op.Pos, c.Name}, path)
	}
	for _, m := range contextMembers(b.op) {
		b.path(endpointOrigin{m.Pos, m.ContextParam}, `"`+m.Name+`"`)
	}
	for _, c := range b.op.StaticContext {
		b.static(endpointOrigin{b.op.Pos, c.Name}, c.Value)
	}
}

func (b *endpointBinder) add(from endpointOrigin, binding EndpointBinding) {
	binding.Param = naming.Exported(from.name)
	binding.Replaces = slices.ContainsFunc(b.out.Bindings, func(earlier EndpointBinding) bool { return earlier.Param == binding.Param })
	b.from = append(b.from, from)
	b.out.Bindings = append(b.out.Bindings, binding)
}

func (b *endpointBinder) fail(from endpointOrigin, format string, args ...any) {
	b.problems.Add(from.pos, "", "%s can't set the endpoint parameter %s: %s", b.op.Name, from.name, fmt.Sprintf(format, args...))
}

// check compares a binding with the rule set's parameters.
func (b *endpointBinder) check(params []endpoints.Param, binding EndpointBinding, from endpointOrigin) {
	for i := range params {
		if params[i].Name != from.name {
			continue
		}
		if want := params[i].Kind; want != binding.Kind {
			b.fail(from, "the value is a %s, the parameter a %s", binding.Kind, want)
		}
		return
	}
	b.fail(from, "the rule set does not have it")
}

// static binds a parameter to a constant.
func (b *endpointBinder) static(from endpointOrigin, value any) {
	if list, ok := value.([]any); ok {
		value = plainStrings(list)
	}
	binding := EndpointBinding{Static: value}
	switch value.(type) {
	case string:
	case bool:
		binding.Kind = endpoints.Bool
	case []string:
		binding.Kind = endpoints.Strings
	default:
		b.fail(from, "the value is no string, boolean or list of strings")
		return
	}
	b.add(from, binding)
}

// plainStrings gives a list of strings, or nil when an element is none.
func plainStrings(list []any) any {
	out := make([]string, len(list))
	for i, v := range list {
		s, ok := v.(string)
		if !ok {
			return nil
		}
		out[i] = s
	}
	return out
}

// path binds a parameter to what a path over the input leads to.
func (b *endpointBinder) path(from endpointOrigin, path string) {
	ops, err := parsePath(path)
	if err == nil && b.op.Input == nil {
		err = errors.New("the operation has no input")
	}
	w := &endpointWalk{}
	var visits []EndpointVisit
	if err == nil {
		visits, err = w.visit(ops, endpointCursor{shape: b.op.Input}, 0)
	}
	if err != nil {
		b.fail(from, "%s: %v", path, err)
		return
	}
	b.out.UsesInput = true
	b.add(from, EndpointBinding{Kind: w.kind, Visit: visits})
}
