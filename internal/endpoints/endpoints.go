// Package endpoints compiles the endpoint rules of a service into functions near Go:
// https://smithy.io/2.0/additional-specs/rules-engine/index.html. What feeds the
// parameters of the rules is planned with them. Renderers only write it down.
package endpoints

// Resolver is a compiled rule set: its parameters, the rules as Go, and how a client
// feeds the parameters.
type Resolver struct {
	// Params are the fields of EndpointParameters in source order.
	Params []Param
	// Funcs are the compiled rules; the first is the root.
	Funcs []Function
	// Options are the fields of the client's options that exist for the rules'
	// sake, in the order of their parameters.
	Options []Option
	// AccountID says that the rules use the account of the credentials, so that
	// the client's options have AccountIDEndpointMode.
	AccountID bool
}

// Kind is the Go type of a parameter, a variable or an argument.
type Kind uint8

// The Go types of values; records are those of the runtime package.
const (
	String Kind = iota
	Bool
	Strings
	Partition
	ARN
	URL
)

// Param is a field of EndpointParameters.
type Param struct {
	// Name is the parameter's in the rule set, GoName the field's. CallKey names the
	// field of the cache's key for what operations set.
	Name, GoName, CallKey string
	// Kind is String, Bool (both pointers in Go) or
	// Strings (a slice).
	Kind Kind
	// Doc is the field's comment, lines without slashes.
	Doc      []string
	Required bool
	// Default is nil, a string, a bool or a []string.
	Default any
	// Keyed says that what the rules resolve to depends on the parameter, Bound
	// that some operation sets it.
	Keyed, Bound bool
	// Source says where the client takes the value from.
	Source Source
	// Field is the field of the options for the sources that name one.
	Field string
}

// Source is where a client takes a parameter's value from.
type Source uint8

// The sources of parameters.
const (
	// FromNothing leaves the parameter to its default and to operations.
	FromNothing Source = iota
	FromRegion
	FromFIPS
	FromDualStack
	FromBaseEndpoint
	FromAccountID
	FromAccountIDMode
	// FromFlag is a bool in the options, FromPointer a pointer.
	FromFlag
	FromPointer
)

// Option is a field of the client's options.
type Option struct {
	GoName string
	// Kind is String or Bool.
	Kind Kind
	// Pointer says that the field is a pointer, of which nil means unset.
	Pointer bool
	// Doc is the field's comment, lines without slashes.
	Doc []string
}

// Function is a function over (some of) the rules. It ends with an endpoint or
// an error on every path.
type Function struct {
	Name string
	// Doc is its comment, lines without slashes.
	Doc []string
	// Root marks the function that gets all parameters first.
	Root bool
	// UsesParams says that it takes the parameters as p.
	UsesParams bool
	// Args are the variables that it takes besides.
	Args []Var
	Body []Stmt
}

// Var is a variable of Go.
type Var struct {
	Name string
	Kind Kind
}

// Stmt is a statement; exactly one of its fields is set.
type Stmt struct {
	If *If
	// Let defines a variable.
	Let *Let
	// Resolve returns an endpoint, Fail an error with the message, NoMatch the
	// error that no rule applies, and Call what another function returns.
	Resolve *Outcome
	Fail    *Expr
	NoMatch bool
	Call    *Call
}

// If runs its body when all tests hold and Init, if it is a pair, has a
// value.
type If struct {
	// Doc is the comment before the statement, lines without slashes.
	Doc   []string
	Init  *Let
	Tests []Expr
	Body  []Stmt

	label string // words for the name of a function that holds the body
	path  string // of the rules in the body
}

// Let defines a variable: "v := expr", or "v, ok := expr" for a pair.
type Let struct {
	Var  Var // its name is "_" when nothing uses it
	Pair bool
	Expr Expr
}

// Call calls another function with the variables that it takes.
type Call struct {
	Func       string
	UsesParams bool
	Args       []Var
}

// Outcome is an endpoint.
type Outcome struct {
	URL         Expr
	Headers     []Header
	AuthSchemes []AuthScheme
	Properties  []Property
}

// Header is a header with its values.
type Header struct {
	Name   string
	Values []Expr
}

// AuthScheme is an authentication scheme of an endpoint; expressions that are
// nil are not set.
type AuthScheme struct {
	Name, SigningName, SigningRegion *Expr
	SigningRegionSet                 []Expr
	DisableDoubleEncoding            bool
	Other                            []Property
}

// Property is a named value of an endpoint or of an authentication scheme.
type Property struct {
	Name  string
	Value Value
}

// Value is a value of any type; exactly one of its forms is set.
type Value struct {
	Scalar *Expr
	List   []Value
	Object []Property
	// IsList and IsObject tell empty values apart.
	IsList, IsObject bool
}

// String returns the name of the types that parameters have in a rule set.
func (k Kind) String() string {
	switch k {
	case Bool:
		return "boolean"
	case Strings:
		return "stringArray"
	default:
		return "string"
	}
}
