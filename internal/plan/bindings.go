package plan

import (
	"slices"

	"example.com/lathe/internal/endpoints"
	"example.com/lathe/internal/jmespath"
	"example.com/lathe/internal/naming"
	"example.com/lathe/spec"
)

// EndpointBindings is how an operation sets the endpoint's parameters, least
// specific first.
type EndpointBindings struct {
	// Bindings are applied in order; a later one replaces an earlier one.
	Bindings []EndpointBinding
	// UsesInput says that one of them reads the input, as the variable in.
	UsesInput bool
	// Sensitive reports whether one of them may read a sensitive member.
	Sensitive bool
}

// EndpointBinding sets one parameter, from a constant or from the input.
type EndpointBinding struct {
	Param *endpoints.Param
	// Static is a string, a bool or a []string; nil when Code counts.
	Static any
	// Code leads from the input to a string, a bool or a slice of strings.
	Code *jmespath.Code
}

// inputVar is the variable that bindings read the input from.
const inputVar = "in"

// endpointUnsupported returns which of an operation's endpoint parameters can't be
// set, and why.
func endpointUnsupported(api *spec.API, resolver *endpoints.Resolver, op *spec.Operation) spec.Problems {
	_, problems := bindEndpoint(api, resolver, op, modelNames{}, nil)
	return problems
}

// bindEndpoint plans how an operation sets the endpoint's parameters; nil when it
// sets none. The parameters learn that they are bound.
func bindEndpoint(
	api *spec.API, resolver *endpoints.Resolver, op *spec.Operation, names jmespath.Names, secret map[*spec.Shape]bool,
) (*EndpointBindings, spec.Problems) {
	b := &endpointBinder{resolver: resolver, op: op, secret: secret}
	if op.Input != nil {
		b.scope = jmespath.NewScope(names, jmespath.Root{Var: inputVar, Shape: op.Input})
	}
	for _, c := range op.OperationContext {
		path, _ := c.Value.(string)
		b.path(op.Pos, c.Name, path)
		b.out.Sensitive = b.out.Sensitive || secret[op.Input] // wherever the expression leads
	}
	for _, m := range contextMembers(op) {
		b.member(m, m.ContextParam)
	}
	if m := endpointMember(api, op); m != nil && resolver.Param(baseEndpoint) != nil {
		b.member(m, baseEndpoint)
	}
	for _, c := range op.StaticContext {
		b.static(op.Pos, c.Name, c.Value)
	}
	if len(b.out.Bindings) == 0 {
		return nil, b.problems
	}
	return &b.out, b.problems
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

// baseEndpoint is the parameter that rules build on in place of an endpoint of their own.
const baseEndpoint = "Endpoint"

type endpointBinder struct {
	resolver *endpoints.Resolver
	op       *spec.Operation
	scope    *jmespath.Scope // nil without an input
	secret   map[*spec.Shape]bool
	out      EndpointBindings
	problems spec.Problems
}

// param returns the parameter with a name; nil, with a problem, for none.
func (b *endpointBinder) param(pos spec.Pos, name string) *endpoints.Param {
	param := b.resolver.Param(name)
	if param == nil {
		b.fail(pos, name, "the rule set does not have it")
	}
	return param
}

func (b *endpointBinder) fail(pos spec.Pos, name, why string) {
	b.problems.Add(pos, "", "%s can't set the endpoint parameter %s: %s", b.op.Name, name, why)
}

// add adds a binding whose value has a kind.
func (b *endpointBinder) add(pos spec.Pos, kind endpoints.Kind, binding EndpointBinding) {
	param := binding.Param
	if kind != param.Kind {
		b.fail(pos, param.Name, "the value is a "+kind.String()+", the parameter a "+param.Kind.String())
		return
	}
	param.Bound = true
	b.out.UsesInput = b.out.UsesInput || binding.Code != nil
	b.out.Bindings = append(b.out.Bindings, binding)
}

// static binds a parameter to a constant.
func (b *endpointBinder) static(pos spec.Pos, name string, value any) {
	param := b.param(pos, name)
	if param == nil {
		return
	}
	if list, ok := value.([]any); ok {
		value = plainStrings(list)
	}
	binding := EndpointBinding{Param: param, Static: value}
	switch value.(type) {
	case string:
		b.add(pos, endpoints.String, binding)
	case bool:
		b.add(pos, endpoints.Bool, binding)
	case []string:
		b.add(pos, endpoints.Strings, binding)
	default:
		b.fail(pos, name, "the value is no string, boolean or list of strings")
	}
}

// plainStrings returns a list of strings, or nil when an element is none.
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

// member binds a parameter to a member of the input.
func (b *endpointBinder) member(m *spec.Member, name string) {
	b.path(m.Pos, name, `"`+m.Name+`"`)
	b.out.Sensitive = b.out.Sensitive || m.IsSensitive() || b.secret[m.Target]
}

// path binds a parameter to what an expression over the input leads to.
func (b *endpointBinder) path(pos spec.Pos, name, path string) {
	param := b.param(pos, name)
	if param == nil {
		return
	}
	if b.scope == nil {
		b.fail(pos, name, path+": the operation has no input")
		return
	}
	compile := b.scope.Value
	if param.Kind == endpoints.Strings {
		compile = b.scope.Strings
	}
	code, err := compile(path)
	if err != nil {
		b.fail(pos, name, err.Error())
		return
	}
	binding := EndpointBinding{Param: param, Code: code}
	switch code.Kind {
	case jmespath.Text:
		b.add(pos, endpoints.String, binding)
	case jmespath.Boolean:
		b.add(pos, endpoints.Bool, binding)
	case jmespath.List:
		b.add(pos, endpoints.Strings, binding)
	default:
		b.fail(pos, name, path+": it leads to a "+code.Kind.String()+", which no parameter can hold")
	}
}

// modelNames are Go names as far as the types of expressions need them, for models
// that nothing is rendered of.
type modelNames struct{}

func (modelNames) Type(s *spec.Shape) *jmespath.GoType {
	return &jmespath.GoType{Name: naming.Exported(s.ClientName())}
}

func (modelNames) Field(_ *spec.Shape, m *spec.Member) (string, bool) {
	return naming.Exported(m.ClientName()), isPointable(m.Target.Kind) && !m.HasZeroDefault()
}

func (modelNames) Variant(union *spec.Shape, m *spec.Member) *jmespath.GoType {
	return &jmespath.GoType{Name: variantName(naming.Exported(union.ClientName()), m)}
}

// Type implements [jmespath.Names].
func (b *builder) Type(s *spec.Shape) *jmespath.GoType { return jmespathType(b.goType(s)) }

// Field implements [jmespath.Names].
func (b *builder) Field(owner *spec.Shape, m *spec.Member) (name string, pointer bool) {
	fields := b.structure(owner).Fields
	at := slices.IndexFunc(fields, func(f *Field) bool { return f.Spec == m })
	if at < 0 { // two members with one name, which is a problem already
		return modelNames{}.Field(owner, m)
	}
	return fields[at].Name, fields[at].Pointer
}

// Variant implements [jmespath.Names].
func (b *builder) Variant(union *spec.Shape, m *spec.Member) *jmespath.GoType {
	for _, v := range b.union(union).Variants {
		if v.Member == m.Name {
			return jmespathType(v.Type)
		}
	}
	return modelNames{}.Variant(union, m)
}

func jmespathType(t *Type) *jmespath.GoType {
	if t == nil {
		return nil
	}
	forms := map[TypeForm]jmespath.GoForm{
		Named: jmespath.NamedType, PointerTo: jmespath.PointerType, SliceOf: jmespath.SliceType, MapOf: jmespath.MapType,
	}
	return &jmespath.GoType{Form: forms[t.Form], Import: t.Import, Name: t.Name, Elem: jmespathType(t.Elem)}
}

// ioNames are the names of a client, with those of an operation's input or output in place
// of the type that it would have inside of another.
type ioNames struct {
	jmespath.Names

	shape *spec.Shape
	own   *Struct
}

func (n ioNames) Type(s *spec.Shape) *jmespath.GoType {
	if s == n.shape {
		return jmespathType(n.own.Type)
	}
	return n.Names.Type(s)
}

func (n ioNames) Field(owner *spec.Shape, m *spec.Member) (name string, pointer bool) {
	if owner == n.shape {
		for _, f := range n.own.Fields {
			if f.Spec == m {
				return f.Name, f.Pointer
			}
		}
	}
	return n.Names.Field(owner, m)
}
