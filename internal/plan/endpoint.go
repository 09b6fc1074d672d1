package plan

// Endpoint is the plan of a client's endpoints.go: the parameters of its rule set,
// the rules as Go, and how a client and its operations feed the parameters.
type Endpoint struct {
	// Params are the fields of EndpointParameters in source order.
	Params []EndpointParam
	// Funcs are the compiled rules; the first is the root.
	Funcs []EndpointFunc
	// Options are the fields of the client's options that exist for the rules'
	// sake, in the order of their parameters.
	Options []EndpointOption
	// AccountID says that the rules use the account of the credentials, so that
	// the client's options have AccountIDEndpointMode.
	AccountID bool
	// Bindings says that some operation sets parameters, see [EndpointBinding].
	Bindings bool
}

// EndpointKind is the Go type of a parameter, a variable or an argument.
type EndpointKind uint8

// The Go types of values; records are those of the runtime package.
const (
	EndpointString EndpointKind = iota
	EndpointBool
	EndpointStrings
	EndpointPartition
	EndpointARN
	EndpointURL
)

// EndpointParam is a field of EndpointParameters.
type EndpointParam struct {
	// Name is the parameter's in the rule set, GoName the field's.
	Name, GoName string
	// Kind is EndpointString, EndpointBool (both pointers in Go) or
	// EndpointStrings (a slice).
	Kind EndpointKind
	// Doc is the field's comment, lines without slashes.
	Doc      []string
	Required bool
	// Default is nil, a string, a bool or a []string.
	Default any
	// Keyed says that what the rules resolve to depends on the parameter, Bound
	// that some operation sets it.
	Keyed, Bound bool
	// Source says where the client takes the value from.
	Source EndpointSource
	// Field is the field of the options for the sources that name one.
	Field string
}

// EndpointSource is where a client takes a parameter's value from.
type EndpointSource uint8

// The sources of parameters.
const (
	// FromNothing leaves the parameter to its default and to operations.
	FromNothing EndpointSource = iota
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

// EndpointOption is a field of the client's options.
type EndpointOption struct {
	GoName string
	// Kind is EndpointString or EndpointBool.
	Kind EndpointKind
	// Pointer says that the field is a pointer, of which nil means unset.
	Pointer bool
	// Doc is the field's comment, lines without slashes.
	Doc []string
}

// EndpointFunc is a function over (some of) the rules. It ends with an endpoint or
// an error on every path.
type EndpointFunc struct {
	Name string
	// Doc is its comment, lines without slashes.
	Doc []string
	// Root marks the function that gets all parameters first.
	Root bool
	// UsesParams says that it takes the parameters as p.
	UsesParams bool
	// Args are the variables that it takes besides.
	Args []EndpointVar
	Body []EndpointStmt
}

// EndpointVar is a variable of Go.
type EndpointVar struct {
	Name string
	Kind EndpointKind
}

// EndpointStmt is a statement; exactly one of its fields is set.
type EndpointStmt struct {
	If *EndpointIf
	// Let defines a variable.
	Let *EndpointBind
	// Resolve returns an endpoint, Fail an error with the message, NoMatch the
	// error that no rule applies, and Call what another function returns.
	Resolve *EndpointOutcome
	Fail    *EndpointExpr
	NoMatch bool
	Call    *EndpointCall
}

// EndpointIf runs its body when all tests hold and Init, if it is a pair, has a
// value.
type EndpointIf struct {
	// Doc is the comment before the statement, lines without slashes.
	Doc   []string
	Init  *EndpointBind
	Tests []EndpointExpr
	Body  []EndpointStmt

	label string // words for the name of a function that holds the body
	path  string // of the rules in the body
}

// EndpointBind defines a variable: "v := expr", or "v, ok := expr" for a pair.
type EndpointBind struct {
	Var  EndpointVar // its name is "_" when nothing uses it
	Pair bool
	Expr EndpointExpr
}

// EndpointCall calls another function with the variables that it takes.
type EndpointCall struct {
	Func       string
	UsesParams bool
	Args       []EndpointVar
}

// EndpointOutcome is an endpoint.
type EndpointOutcome struct {
	URL         EndpointExpr
	Headers     []EndpointHeader
	AuthSchemes []EndpointAuth
	Properties  []EndpointProperty
}

// EndpointHeader is a header with its values.
type EndpointHeader struct {
	Name   string
	Values []EndpointExpr
}

// EndpointAuth is an authentication scheme of an endpoint; expressions that are
// nil are not set.
type EndpointAuth struct {
	Name, SigningName, SigningRegion *EndpointExpr
	SigningRegionSet                 []EndpointExpr
	DisableDoubleEncoding            bool
	Other                            []EndpointProperty
}

// EndpointProperty is a named value of an endpoint or of an authentication scheme.
type EndpointProperty struct {
	Name  string
	Value EndpointValue
}

// EndpointValue is a value of any type; exactly one of its forms is set.
type EndpointValue struct {
	Scalar *EndpointExpr
	List   []EndpointValue
	Object []EndpointProperty
	// IsList and IsObject tell empty values apart.
	IsList, IsObject bool
}
