package spec

// EndpointRules is a rule set of Smithy's endpoint rules language
// (https://smithy.io/2.0/additional-specs/rules-engine/specification.html). Package
// rules reads it: what it returns is well typed, every expression carries its
// type, and templates and attribute paths are taken apart.
type EndpointRules struct {
	Pos Pos
	// Parameters are in source order.
	Parameters []EndpointParameter
	Rules      []EndpointRule
	// Blocks are rules that several rules lead to.
	Blocks [][]EndpointRule
}

// EndpointParameter is an input of a rule set.
type EndpointParameter struct {
	Pos           Pos
	Name          string
	Documentation string
	// Type is "string", "boolean" or "stringArray".
	Type string
	// BuiltIn names the client setting that feeds it ("AWS::Region"); empty for
	// a context parameter.
	BuiltIn  string
	Required bool
	// Default is nil, a string, a bool or a []string.
	Default    any
	Deprecated *Deprecation
	// Client is true for a parameter that becomes a field of the client's
	// options: smithy.rules#clientContextParams.
	Client bool
}

// EndpointRule is a rule: when all conditions hold, exactly one of Rules, Block, Error
// or Endpoint says what follows. With none of them there is no endpoint.
type EndpointRule struct {
	Pos           Pos
	Documentation string
	Conditions    []EndpointCondition
	Rules         []EndpointRule
	// Block is the number of one of the set's blocks, counted from 1.
	Block    int
	Error    *EndpointExpr
	Endpoint *EndpointResult
}

// EndpointCondition is a call that must give a value that is set and not false;
// Assign names the value for what follows and may be empty.
type EndpointCondition struct {
	Pos    Pos
	Fn     string
	Args   []EndpointExpr
	Assign string
	// Path and Type are those of the call, see [EndpointExpr].
	Path EndpointPath
	Type EndpointType
}

// Call returns the condition's call as an expression.
func (c EndpointCondition) Call() EndpointExpr {
	return EndpointExpr{Pos: c.Pos, Fn: c.Fn, Args: c.Args, Path: c.Path, Type: c.Type}
}

// EndpointResult is what a rule set resolves to.
type EndpointResult struct {
	Pos     Pos
	URL     EndpointExpr
	Headers []EndpointHeader
	// Properties is an object literal; nil when there are none.
	Properties *EndpointExpr
}

// EndpointHeader is a header that the endpoint asks for.
type EndpointHeader struct {
	Name   string
	Values []EndpointExpr
}

// EndpointExpr is an expression; exactly one of its forms is set.
type EndpointExpr struct {
	Pos Pos
	// Ref names a parameter or an assigned value.
	Ref string
	// Fn is a call with Args.
	Fn   string
	Args []EndpointExpr
	// Path is the second argument of a call of getAttr, taken apart.
	Path EndpointPath
	// Literal is a bool, a json.Number or a string; a string is a template, in
	// which {name} and {name#path} are replaced and {{ and }} stand for braces.
	Literal any
	// Template are the parts of a string literal in order: string literals whose
	// text is final and expressions of type string. It is nil for the empty
	// string and for the parts themselves.
	Template []EndpointExpr
	// Type is the expression's type. A reference that an earlier condition
	// found to be set is not optional.
	Type EndpointType
	// List is an array literal; Object an object literal in source order.
	List   []EndpointExpr
	Object []EndpointField
	// IsList and IsObject tell empty literals apart.
	IsList, IsObject bool
}

// EndpointType is the type of an expression in a rule set.
type EndpointType struct {
	Kind EndpointKind
	// Optional says that there may be no value.
	Optional bool
}

// EndpointKind is the kind of value that an expression has, if it has one.
type EndpointKind uint8

// The kinds of values. The zero kind belongs to expressions with mistakes in
// them.
const (
	EndpointUnknown EndpointKind = iota
	EndpointString
	EndpointBool
	EndpointInt
	// EndpointStrings is an array of strings.
	EndpointStrings
	// EndpointPartition, EndpointARN and EndpointURL are the structures that
	// aws.partition, aws.parseArn and parseURL return.
	EndpointPartition
	EndpointARN
	EndpointURL
	// EndpointList and EndpointObject are literals in the properties of an
	// endpoint.
	EndpointList
	EndpointObject
)

var endpointKindNames = [...]string{
	"unknown", "string", "boolean", "integer", "array of strings", "partition", "ARN", "URL", "array", "object",
}

// String returns the kind's name for messages.
func (k EndpointKind) String() string { return endpointKindNames[k] }

// EndpointPath is what getAttr takes out of a value: an attribute, one element of
// an array, or one element of an attribute.
type EndpointPath struct {
	// Key is the attribute's name; empty for an element of the value itself.
	Key string
	// Index counts from zero, or from the end when it is negative; it counts
	// only when Indexed is set.
	Index   int
	Indexed bool
}

// EndpointField is one entry of an object literal.
type EndpointField struct {
	Name  string
	Value EndpointExpr
}

// EndpointTest is a published test case of a rule set: smithy.rules#endpointTests.
type EndpointTest struct {
	Pos           Pos
	Documentation string
	// Params are the parameters' values: strings, bools and []any of strings.
	Params map[string]any
	// Error is the expected error; when empty, URL, Headers and Properties are
	// expected.
	Error      string
	URL        string
	Headers    map[string][]string
	Properties map[string]any
}
