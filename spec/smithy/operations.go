package smithy

import (
	"example.com/lathe/spec"
	"example.com/lathe/spec/tree"
)

// maxFolded is how many errors a service may add to its operations in all.
const maxFolded = 1 << 20

// operations builds the operations of a service: its own and those of its
// resources, in the order in which they stand in the document. The errors that
// are common to the service are added to those of each operation, since other
// formats know no others.
func (l *loader) operations(api *spec.API, service *definition) {
	common := l.errors(service)
	found := map[*definition]bool{}
	l.collect(service, found)
	if len(common)*len(found) > maxFolded {
		l.Problems.Add(service.node.NamePos(), "",
			"service %s gives %d errors to each of %d operations, which are too many", service.name, len(common), len(found))
		return
	}
	for _, d := range l.order {
		if found[d] && d.typ == "operation" {
			op := l.operation(d, service)
			op.Errors = spec.SortErrors(append(op.Errors, common...))
			api.Operations = append(api.Operations, op)
		}
	}
}

// Where services and resources name their operations and resources.
var (
	operationLists = [...]string{"operations", "collectionOperations"}
	lifecycle      = [...]string{"put", "create", "read", "update", "delete", "list"}
)

// collect marks the operations that a service or resource has, by itself and by
// its resources.
func (l *loader) collect(entity *definition, found map[*definition]bool) {
	for _, property := range operationLists {
		for _, reference := range l.references(entity, property) {
			l.found(reference, "operation", found)
		}
	}
	for _, property := range lifecycle {
		if reference := l.property(entity, property); reference.Exists() && entity.typ == "resource" {
			l.found(reference, "operation", found)
		}
	}
	for _, reference := range l.references(entity, "resources") {
		if d := l.found(reference, "resource", found); d != nil {
			l.collect(d, found)
		}
	}
}

// found marks the definition that a reference names, and returns it when it was
// not marked before.
func (l *loader) found(reference tree.Value, typ string, found map[*definition]bool) *definition {
	id := l.target(reference)
	d := l.shapes[id]
	switch {
	case id == "":
	case d == nil:
		l.undefined(reference, id)
	case d.typ != typ:
		l.Problems.Add(reference.Get("target").Pos(), "", "%s is listed as %s, but it is of type %s", id, article(typ), d.typ)
	case !found[d]:
		found[d] = true
		return d
	}
	return nil
}

func article(typ string) string {
	if typ == "operation" {
		return "an operation"
	}
	return "a " + typ
}

// operation builds one operation.
func (l *loader) operation(d *definition, service *definition) *spec.Operation {
	op := &spec.Operation{
		Pos: d.node.NamePos(), Name: d.name,
		Input: l.structure(l.property(d, "input")), Output: l.structure(l.property(d, "output")),
		Errors: l.errors(d),
	}
	for v := range d.traits.all {
		if set := operationTraits[v.Name()]; set != nil {
			set(l, op, v)
		}
	}
	if op.Auth != nil && len(op.Auth) == 0 {
		op.OptionalAuth = false // it is never signed
	}
	if l.bindings && !d.traits.has("smithy.api#http") && len(l.protocols) > 0 {
		l.Problems.Add(op.Pos, "give it the trait smithy.api#http", "operation %s has no method and path", op.Name)
	}
	l.paginate(op, d, service)
	return op
}

// structure returns the structure that an operation has as input or output, or nil
// for none.
func (l *loader) structure(reference tree.Value) *spec.Shape {
	id := l.target(reference)
	if id == spec.Unit {
		return nil
	}
	s := l.resolve(reference, id)
	if s != nil && s.Kind != spec.Structure {
		l.Problems.Add(reference.Get("target").Pos(), "",
			"the %s of an operation must be a structure, but %s is of type %s", reference.Name(), s.Name, s.Kind)
		return nil
	}
	return s
}

// errors returns the errors that an operation or service lists.
func (l *loader) errors(d *definition) []*spec.Shape {
	var all []*spec.Shape
	for _, reference := range l.references(d, "errors") {
		s := l.resolve(reference, l.target(reference))
		switch {
		case s == nil:
		case s.Error == nil:
			l.Problems.Add(reference.Get("target").Pos(), "give it the trait smithy.api#error",
				"%s is listed as an error of %s, but it is none", s.Name, d.name)
		default:
			all = append(all, s)
		}
	}
	return all
}

// paginate reads smithy.api#paginated, with the service's own for what the
// operation's leaves out.
func (l *loader) paginate(op *spec.Operation, d, service *definition) {
	own, common := l.Object(d.traits.get("smithy.api#paginated")), l.Object(service.traits.get("smithy.api#paginated"))
	if !own.Exists() {
		return
	}
	get := func(key string) string {
		if v := own.Get(key); v.Exists() {
			return l.Text(v)
		}
		return l.Text(common.Get(key))
	}
	op.Paginate(spec.Pagination{
		InputToken: get("inputToken"), OutputToken: get("outputToken"), Items: get("items"), PageSize: get("pageSize"),
	})
}
