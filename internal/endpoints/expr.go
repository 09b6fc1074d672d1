package endpoints

// Op is the form of an expression.
type Op uint8

// The forms of expressions, with the Go that they stand for. A form that is an
// option is of the runtime's type Option; a pair is a call with two results, a
// value and whether there is one.
const (
	// Lit is Value: a string, a bool or an int.
	Lit Op = iota
	// ParamValue is the value of the parameter Name, *p.Name.
	ParamValue
	// ParamSet is p.Name != nil.
	ParamSet
	// ParamOption is the parameter Name as an option.
	ParamOption
	// VarValue is the variable Name.
	VarValue
	// Attr is the field Name of the only argument.
	Attr
	// CallRuntime calls the runtime's function Name with the arguments.
	CallRuntime
	// CallMethod calls the method Name of the first argument with the others.
	CallMethod
	// Concat joins the arguments, which are strings.
	Concat
	// Equal compares two arguments, Not negates one.
	Equal
	Not
	// Array is a slice of strings.
	Array
)

// Expr is an expression.
type Expr struct {
	Op    Op
	Name  string
	Value any
	// Kind is the type of a parameter or a variable.
	Kind Kind
	Args []Expr
}

func lit(v any) Expr { return Expr{Op: Lit, Value: v} }

func call(name string, args ...Expr) Expr {
	return Expr{Op: CallRuntime, Name: name, Args: args}
}

func method(name string, args ...Expr) Expr {
	return Expr{Op: CallMethod, Name: name, Args: args}
}

// not negates an expression.
func not(e Expr) Expr {
	switch e.Op {
	case Not:
		return e.Args[0]
	case Lit:
		return lit(e.Value == false)
	default:
		return Expr{Op: Not, Args: []Expr{e}}
	}
}

// equal compares two expressions; with true or false it is the other
// expression or its negation.
func equal(a, b Expr) Expr {
	if flag, ok := a.Value.(bool); ok && a.Op == Lit {
		a, b = b, lit(flag)
	}
	switch b.Value {
	case true:
		return a
	case false:
		return not(a)
	default:
		return Expr{Op: Equal, Args: []Expr{a, b}}
	}
}

// concat joins strings.
func concat(parts []Expr) Expr {
	switch len(parts) {
	case 0:
		return lit("")
	case 1:
		return parts[0]
	default:
		return Expr{Op: Concat, Args: parts}
	}
}

// walk calls yield for the expression and everything in it.
func (e *Expr) walk(yield func(*Expr)) {
	yield(e)
	for i := range e.Args {
		e.Args[i].walk(yield)
	}
}

// walk calls yield for every expression in the statements.
func walk(stmts []Stmt, yield func(*Expr)) {
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
				yield(&Expr{Op: VarValue, Name: v.Name, Kind: v.Kind})
			}
			if s.Call.UsesParams {
				yield(&Expr{Op: ParamValue})
			}
		}
	}
}

func (s *If) walk(yield func(*Expr)) {
	if s.Init != nil {
		s.Init.Expr.walk(yield)
	}
	for i := range s.Tests {
		s.Tests[i].walk(yield)
	}
	walk(s.Body, yield)
}

func (o *Outcome) walk(yield func(*Expr)) {
	o.URL.walk(yield)
	for _, h := range o.Headers {
		for i := range h.Values {
			h.Values[i].walk(yield)
		}
	}
	for _, a := range o.AuthSchemes {
		for _, e := range []*Expr{a.Name, a.SigningName, a.SigningRegion} {
			if e != nil {
				e.walk(yield)
			}
		}
		for i := range a.SigningRegionSet {
			a.SigningRegionSet[i].walk(yield)
		}
		walkProperties(a.Other, yield)
	}
	walkProperties(o.Properties, yield)
}

func walkProperties(props []Property, yield func(*Expr)) {
	for _, p := range props {
		p.Value.walk(yield)
	}
}

func (v *Value) walk(yield func(*Expr)) {
	if v.Scalar != nil {
		v.Scalar.walk(yield)
	}
	for i := range v.List {
		v.List[i].walk(yield)
	}
	walkProperties(v.Object, yield)
}
