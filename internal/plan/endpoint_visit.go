package plan

import (
	"errors"
	"example.com/lathe/internal/endpoints"
	"fmt"
	"slices"

	"example.com/lathe/internal/naming"
	"example.com/lathe/spec"
)

// endpointWalk compiles a path to visits. A path gives one value, or a list of
// values: the values that its loops come upon, in order. Lists of lists have no
// place in a parameter, so that a path must flatten what it nests.
type endpointWalk struct {
	// kind is what the path gives, once it has been compiled.
	kind endpoints.Kind
}

// endpointCursor is where a path stands: at a shape that a member, or a loop's
// variable, holds.
type endpointCursor struct {
	shape  *spec.Shape
	fields []string
	// leaf says how a scalar would be held here.
	leaf EndpointLeaf
	// keys says that the cursor stands at the keys of a map.
	keys bool
}

var errPathDepth = errors.New("it gives lists of lists; flatten them with []")

// visit compiles the rest of a path. depth is how many lists the values are in.
func (w *endpointWalk) visit(ops []pathOp, at endpointCursor, depth int) ([]EndpointVisit, error) {
	if len(ops) == 0 {
		return w.end(at, depth)
	}
	op, rest := ops[0], ops[1:]
	switch op.kind {
	case pathMember:
		next, err := at.member(op.name)
		if err != nil {
			return nil, err
		}
		return w.visit(rest, next, depth)
	case pathKeys:
		if at.keys || at.shape.Kind != spec.Map {
			return nil, fmt.Errorf("keys() needs a map, not a %s", at.what())
		}
		at.keys = true
		return w.visit(rest, at, depth)
	case pathSelect:
		return w.choose(op, rest, at, depth)
	case pathFlatten:
		return w.flatten(rest, at, depth)
	default:
		return w.each(op.kind == pathValues, rest, at, depth+1)
	}
}

// member steps into a structure.
func (at endpointCursor) member(name string) (endpointCursor, error) {
	if at.keys || at.shape.Kind != spec.Structure {
		return at, fmt.Errorf("a %s has no member %q", at.what(), name)
	}
	m := at.shape.Member(name)
	if m == nil {
		return at, fmt.Errorf("structure %s has no member %q", at.shape.Name, name)
	}
	leaf := LeafPointer
	if m.HasZeroDefault() {
		leaf = LeafPlain
	}
	fields := slices.Concat(at.fields, []string{naming.Exported(m.Name)})
	return endpointCursor{shape: m.Target, fields: fields, leaf: leaf}, nil
}

func (at endpointCursor) what() string {
	if at.keys {
		return "list"
	}
	return at.shape.Kind.String()
}

// isList says whether values at the cursor are lists.
func (at endpointCursor) isList() bool { return at.keys || at.shape.Kind == spec.List }

// each loops over a list or the values of a map.
func (w *endpointWalk) each(values bool, rest []pathOp, at endpointCursor, depth int) ([]EndpointVisit, error) {
	if at.keys {
		if len(rest) > 0 || values {
			return nil, errors.New("keys of a map have no parts")
		}
		return w.end(at, depth-1)
	}
	element := at.shape.Element
	if values {
		element = at.shape.Value
	}
	if element == nil || values != (at.shape.Kind == spec.Map) {
		return nil, fmt.Errorf("a %s has no elements to go through", at.what())
	}
	target := element.Target
	pointer := at.shape.Sparse && target.Kind != spec.List && target.Kind != spec.Map && target.Kind != spec.Enum
	next := endpointCursor{shape: target, leaf: LeafPlain}
	if pointer {
		next.leaf = LeafPointer
	}
	body, err := w.visit(rest, next, depth)
	if err != nil {
		return nil, err
	}
	if !values && len(body) == 1 && body[0].Leaf == LeafPlain && len(body[0].Fields) == 0 {
		return []EndpointVisit{{Fields: at.fields, Leaf: LeafStrings}}, nil // all of them as they are
	}
	loop := &EndpointEach{Map: values, Pointer: pointer, Struct: target.Kind == spec.Structure, Body: body}
	return []EndpointVisit{{Fields: at.fields, Each: loop}}, nil
}

// flatten merges the lists that a list holds, and goes on with their elements.
func (w *endpointWalk) flatten(rest []pathOp, at endpointCursor, depth int) ([]EndpointVisit, error) {
	switch {
	case depth > 2 || depth == 2 && at.isList():
		return nil, errPathDepth
	case depth == 2:
		return w.visit(rest, at, 1)
	case !at.isList() && depth == 1:
		return w.visit(rest, at, 1)
	case !at.isList():
		return nil, fmt.Errorf("a %s can't be flattened", at.what())
	case depth == 0 && !at.keys && at.shape.Element.Target.Kind == spec.List:
		// a list of lists: one loop more, and still one list
		inner := append([]pathOp{{kind: pathFlatten}}, rest...)
		return w.each(false, inner, at, 1)
	default:
		return w.each(false, rest, at, 1)
	}
}

// choose goes several ways at once: [a, b]. Values that are absent are left out.
func (w *endpointWalk) choose(op pathOp, rest []pathOp, at endpointCursor, depth int) ([]EndpointVisit, error) {
	if at.keys || at.shape.Kind != spec.Structure {
		return nil, fmt.Errorf("a %s has no members to choose from", at.what())
	}
	if len(rest) > 0 && rest[0].kind == pathFlatten {
		rest = rest[1:]
	} else if depth > 0 {
		return nil, errPathDepth
	}
	var visits []EndpointVisit
	for _, item := range op.list {
		more, err := w.visit(slices.Concat(item, rest), at, 1)
		if err != nil {
			return nil, err
		}
		visits = append(visits, more...)
	}
	return visits, nil
}

// end finds out what the path leads to.
func (w *endpointWalk) end(at endpointCursor, depth int) ([]EndpointVisit, error) {
	if at.isList() {
		depth++
	}
	if depth > 1 {
		return nil, errPathDepth
	}
	w.kind = endpoints.String
	if depth == 1 {
		w.kind = endpoints.Strings
	}
	switch {
	case at.keys:
		return []EndpointVisit{{Fields: at.fields, Keys: true}}, nil
	case at.shape.Kind == spec.List && at.shape.Element.Target.Kind == spec.String && !at.shape.Sparse:
		return []EndpointVisit{{Fields: at.fields, Leaf: LeafStrings}}, nil
	case at.shape.Kind == spec.List:
		return w.each(false, nil, at, 1)
	case at.shape.Kind == spec.Enum:
		return []EndpointVisit{{Fields: at.fields, Leaf: LeafEnum}}, nil
	case at.shape.Kind == spec.Boolean && depth == 0:
		w.kind = endpoints.Bool
	case at.shape.Kind != spec.String:
		return nil, fmt.Errorf("it leads to %s, which no parameter can hold", at.shape.Kind)
	}
	return []EndpointVisit{{Fields: at.fields, Leaf: at.leaf}}, nil
}
