package jmespath

import (
	"reflect"
	"slices"
)

// GoType is a Go type.
type GoType struct {
	Form GoForm
	// Import and Name are a named type's; Import is empty for predeclared ones.
	Import, Name string
	// Elem belongs to pointers, slices, and maps with string keys.
	Elem *GoType
	// Fields are those of a struct without a name.
	Fields []GoField
}

// GoForm is the form of a Go type.
type GoForm uint8

// The forms of types.
const (
	NamedType GoForm = iota
	PointerType
	SliceType
	MapType
	StructType
)

// GoField is a field of a struct.
type GoField struct {
	Name string
	Type *GoType
}

// Op is the form of an expression.
type Op uint8

// The forms of expressions, with the Go that they stand for.
const (
	Var       Op = iota // Name
	Lit                 // Value: a bool, string, int or float64
	Nil                 // nil
	Field               // Args[0].Name
	Deref               // *Args[0]
	Address             // &Args[0]
	Index               // Args[0][Args[1]]
	Slice               // Args[0][Args[1]:Args[2]]
	Call                // Import.Name(Args…); a builtin without Import
	Convert             // Type(Args[0])
	Composite           // Type{Args…}
	Fielded             // Type{Field: Args[i], …}
	Binary              // Args[0] Name Args[1]
	Not                 // !Args[0]
	Negative            // -Args[0]
	Assert              // Args[0].(Type)
	Spread              // Args[0]..., the last argument of a call
	Search              // func(i int) bool { return Args[0] }
)

// Expr is an expression.
type Expr struct {
	Op           Op
	Import, Name string
	Value        any
	Type         *GoType
	Args         []Expr
}

// StmtKind is the form of a statement.
type StmtKind uint8

// The forms of statements.
const (
	// Declare is "var Name Type".
	Declare StmtKind = iota
	// Define is "Name := X", or "Name, Second := X".
	Define
	// Assign is "Name = X".
	Assign
	// If is "if X { Body } else { Else }", or "if Name, Second := Init; X".
	If
	// Range is "for Name, Second := range X { Body }".
	Range
	// Do is the call X, made for what it does to a variable.
	Do
	// For is "for Name := Init; X; Name += Step { Body }".
	For
)

// Stmt is a statement. Lists of them are in the order of Go.
type Stmt struct {
	Kind         StmtKind
	Name, Second string
	Type         *GoType
	X            Expr
	Init         *Expr
	Step         int
	Body, Else   []*Stmt
}

func variable(name string) Expr         { return Expr{Op: Var, Name: name} }
func literal(v any) Expr                { return Expr{Op: Lit, Value: v} }
func selected(x Expr, name string) Expr { return Expr{Op: Field, Name: name, Args: []Expr{x}} }
func binary(op string, a, b Expr) Expr  { return Expr{Op: Binary, Name: op, Args: []Expr{a, b}} }
func isNil(x Expr) Expr                 { return binary("==", x, Expr{Op: Nil}) }
func notNil(x Expr) Expr                { return binary("!=", x, Expr{Op: Nil}) }
func length(x Expr) Expr                { return builtin("len", x) }

func builtin(name string, args ...Expr) Expr { return Expr{Op: Call, Name: name, Args: args} }

func call(path, name string, args ...Expr) Expr {
	return Expr{Op: Call, Import: path, Name: name, Args: args}
}

func convert(t *GoType, x Expr) Expr { return Expr{Op: Convert, Type: t, Args: []Expr{x}} }

func index(x, i Expr) Expr { return Expr{Op: Index, Args: []Expr{x, i}} }

func deref(x Expr) Expr {
	if x.Op == Address {
		return x.Args[0]
	}
	return Expr{Op: Deref, Args: []Expr{x}}
}

func address(x Expr) Expr { return Expr{Op: Address, Args: []Expr{x}} }

// not negates a condition.
func not(x Expr) Expr {
	switch {
	case x.Op == Not:
		return x.Args[0]
	case x.Op == Lit:
		return literal(x.Value == false)
	case x.Op == Binary && x.Name == "==":
		return binary("!=", x.Args[0], x.Args[1])
	case x.Op == Binary && x.Name == "!=":
		return binary("==", x.Args[0], x.Args[1])
	case x.Op == Binary && x.Name == "&&":
		return binary("||", not(x.Args[0]), not(x.Args[1]))
	case x.Op == Binary && x.Name == "||":
		return binary("&&", not(x.Args[0]), not(x.Args[1]))
	default:
		return Expr{Op: Not, Args: []Expr{x}}
	}
}

// And joins conditions, which are looked at in their order.
func And(list ...Expr) Expr { return joined("&&", true, list) }

// or joins alternatives.
func or(list ...Expr) Expr { return joined("||", false, list) }

// maxOperands is how many operands are looked through for one that stands there twice.
const maxOperands = 64

// joined leaves out what decides nothing or stands there already; neutral is the value
// of no operand.
func joined(op string, neutral bool, list []Expr) Expr {
	var kept []Expr
	var add func(x Expr)
	add = func(x Expr) {
		switch {
		case x.Op == Binary && x.Name == op:
			add(x.Args[0])
			add(x.Args[1])
		case x.Op == Lit && x.Value == neutral:
		case len(kept) < maxOperands && slices.ContainsFunc(kept, func(k Expr) bool { return reflect.DeepEqual(k, x) }):
		default:
			kept = append(kept, x)
		}
	}
	for _, x := range list {
		add(x)
	}
	if len(kept) == 0 {
		return literal(neutral)
	}
	out := kept[0]
	for _, x := range kept[1:] {
		out = binary(op, out, x)
	}
	for _, x := range kept {
		if x.Op == Lit {
			return x // which decides alone
		}
	}
	return out
}

// size counts the parts of an expression.
func (x *Expr) size() int {
	n := 1
	for i := range x.Args {
		n += x.Args[i].size()
	}
	return n
}

// isConstant reports whether Go calculates an expression of numbers when it compiles.
func (x *Expr) isConstant() bool {
	switch x.Op {
	case Lit:
		return true
	case Convert, Negative, Binary:
		return !slices.ContainsFunc(x.Args, func(part Expr) bool { return !part.isConstant() })
	default:
		return false
	}
}

func named(name string) *GoType { return &GoType{Name: name} }

func pointerTo(t *GoType) *GoType { return &GoType{Form: PointerType, Elem: t} }

func sliceOf(t *GoType) *GoType { return &GoType{Form: SliceType, Elem: t} }

// Equal reports whether two types are the same.
func (t *GoType) Equal(o *GoType) bool {
	if t == nil || o == nil {
		return t == o
	}
	if t.Form != o.Form || t.Import != o.Import || t.Name != o.Name || len(t.Fields) != len(o.Fields) {
		return false
	}
	for i, f := range t.Fields {
		if f.Name != o.Fields[i].Name || !f.Type.Equal(o.Fields[i].Type) {
			return false
		}
	}
	return t.Elem.Equal(o.Elem)
}
