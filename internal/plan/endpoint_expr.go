package plan

// EndpointOp is the form of an expression.
type EndpointOp uint8

// The forms of expressions, with the Go that they stand for. A form that gives an
// option is of the runtime's type Option; a pair is a call with two results, a
// value and whether there is one.
const (
	// EndpointLit is Value: a string, a bool or an int.
	EndpointLit EndpointOp = iota
	// EndpointParamValue is the value of the parameter Name, *p.Name.
	EndpointParamValue
	// EndpointParamSet is p.Name != nil.
	EndpointParamSet
	// EndpointParamOption is the parameter Name as an option.
	EndpointParamOption
	// EndpointVarValue is the variable Name.
	EndpointVarValue
	// EndpointAttr is the field Name of the only argument.
	EndpointAttr
	// EndpointCallExpr calls the runtime's function Name with the arguments.
	EndpointCallExpr
	// EndpointMethod calls the method Name of the first argument with the others.
	EndpointMethod
	// EndpointConcat joins the arguments, which are strings.
	EndpointConcat
	// EndpointEqual compares two arguments, EndpointNot negates one.
	EndpointEqual
	EndpointNot
	// EndpointArray is a slice of strings.
	EndpointArray
)

// EndpointExpr is an expression.
type EndpointExpr struct {
	Op    EndpointOp
	Name  string
	Value any
	// Kind is the type of a parameter or a variable.
	Kind EndpointKind
	Args []EndpointExpr
}

func endpointLit(v any) EndpointExpr { return EndpointExpr{Op: EndpointLit, Value: v} }

func endpointCall(name string, args ...EndpointExpr) EndpointExpr {
	return EndpointExpr{Op: EndpointCallExpr, Name: name, Args: args}
}

func endpointMethod(name string, args ...EndpointExpr) EndpointExpr {
	return EndpointExpr{Op: EndpointMethod, Name: name, Args: args}
}

// endpointNot negates an expression.
func endpointNot(e EndpointExpr) EndpointExpr {
	switch e.Op {
	case EndpointNot:
		return e.Args[0]
	case EndpointLit:
		return endpointLit(e.Value == false)
	default:
		return EndpointExpr{Op: EndpointNot, Args: []EndpointExpr{e}}
	}
}

// endpointEqual compares two expressions; with true or false it is the other
// expression or its negation.
func endpointEqual(a, b EndpointExpr) EndpointExpr {
	if flag, ok := a.Value.(bool); ok && a.Op == EndpointLit {
		a, b = b, endpointLit(flag)
	}
	switch b.Value {
	case true:
		return a
	case false:
		return endpointNot(a)
	default:
		return EndpointExpr{Op: EndpointEqual, Args: []EndpointExpr{a, b}}
	}
}

// endpointConcat joins strings.
func endpointConcat(parts []EndpointExpr) EndpointExpr {
	switch len(parts) {
	case 0:
		return endpointLit("")
	case 1:
		return parts[0]
	default:
		return EndpointExpr{Op: EndpointConcat, Args: parts}
	}
}

// walk calls yield for the expression and everything in it.
func (e *EndpointExpr) walk(yield func(*EndpointExpr)) {
	yield(e)
	for i := range e.Args {
		e.Args[i].walk(yield)
	}
}

// walkEndpoint calls yield for every expression in the statements.
func walkEndpoint(stmts []EndpointStmt, yield func(*EndpointExpr)) {
	for _, s := range stmts {
		switch {
		case s.If != nil:
			s.If.walk(yield)
		case s.Let != nil:
			s.Let.Expr.walk(yield)
		case s.Fail != nil:
			s.Fail.walk(yield)
		case s.Resolve != nil:
			s.Resolve.walk(yield)
		case s.Call != nil:
			for _, v := range s.Call.Args {
				yield(&EndpointExpr{Op: EndpointVarValue, Name: v.Name, Kind: v.Kind})
			}
			if s.Call.UsesParams {
				yield(&EndpointExpr{Op: EndpointParamValue})
			}
		}
	}
}

func (s *EndpointIf) walk(yield func(*EndpointExpr)) {
	if s.Init != nil {
		s.Init.Expr.walk(yield)
	}
	for i := range s.Tests {
		s.Tests[i].walk(yield)
	}
	walkEndpoint(s.Body, yield)
}

func (o *EndpointOutcome) walk(yield func(*EndpointExpr)) {
	o.URL.walk(yield)
	for _, h := range o.Headers {
		for i := range h.Values {
			h.Values[i].walk(yield)
		}
	}
	for _, a := range o.AuthSchemes {
		for _, e := range []*EndpointExpr{a.Name, a.SigningName, a.SigningRegion} {
			if e != nil {
				e.walk(yield)
			}
		}
		for i := range a.SigningRegionSet {
			a.SigningRegionSet[i].walk(yield)
		}
		walkEndpointProperties(a.Other, yield)
	}
	walkEndpointProperties(o.Properties, yield)
}

func walkEndpointProperties(props []EndpointProperty, yield func(*EndpointExpr)) {
	for _, p := range props {
		p.Value.walk(yield)
	}
}

func (v *EndpointValue) walk(yield func(*EndpointExpr)) {
	if v.Scalar != nil {
		v.Scalar.walk(yield)
	}
	for i := range v.List {
		v.List[i].walk(yield)
	}
	walkEndpointProperties(v.Object, yield)
}
