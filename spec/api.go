package spec

// API is one service: what a client can call and what travels.
type API struct {
	Pos Pos
	// Name is the service shape's name, "DataZone". Protocols that name the operation
	// in a header name the service with it.
	Name string
	// ID is the service id that SDKs are named after ("DataZone", "API
	// Gateway"): smithy aws.api#service sdkId, C2J serviceId.
	ID string
	// Version is the API version, "2018-05-10".
	Version string
	// Title is the service's name for people, "Amazon DataZone".
	Title         string
	Documentation string
	// EndpointPrefix is the first label of the service's host names.
	EndpointPrefix string
	// SigningName is the service name in a SigV4 credential scope; empty when
	// the service does not sign.
	SigningName string
	// Protocols are the wire protocols that the service speaks, best first.
	Protocols []Protocol
	// QueryCompatible says that errors also carry the codes that the service had when it
	// spoke awsQuery: aws.protocols#awsQueryCompatible.
	QueryCompatible bool
	// XML has the namespace of bodies whose shape has none of its own.
	XML XML
	// EndpointOperation names the operation that finds the endpoints of those with
	// EndpointDiscovery: aws.api#clientEndpointDiscovery; empty for none.
	EndpointOperation string
	// Auth lists the service's authentication schemes, preferred first.
	Auth []AuthScheme
	// Operations are in source order.
	Operations []*Operation
	// Errors may be returned by every operation. Loaders that fold them into the
	// operations, as C2J does, leave it empty.
	Errors []*Shape
	// Shapes are all shapes by name, the simple ones included; prelude shapes
	// of Smithy (String, Integer, …) only where something targets them.
	Shapes map[string]*Shape
	// Endpoint is the rule set that resolves endpoints; nil when the source
	// gives none.
	Endpoint *EndpointRules
	// Warnings are what a user should know of the source although it can be used. They
	// are not part of the interface.
	Warnings Problems
	// EndpointTests are the test cases published with Endpoint; they are not
	// part of the interface and never emitted.
	EndpointTests []EndpointTest
}

// Protocol names a wire protocol by the Smithy trait's name without namespace.
type Protocol string

// The protocols of AWS services.
const (
	RestJSON1  Protocol = "restJson1"
	RestXML    Protocol = "restXml"
	AWSJSON10  Protocol = "awsJson1_0"
	AWSJSON11  Protocol = "awsJson1_1"
	AWSQuery   Protocol = "awsQuery"
	EC2Query   Protocol = "ec2Query"
	RPCv2CBOR  Protocol = "rpcv2Cbor"
	NoProtocol Protocol = ""
)

// AuthScheme names an authentication scheme by its Smithy shape ID.
type AuthScheme string

// The authentication schemes of AWS services.
const (
	SigV4      AuthScheme = "aws.auth#sigv4"
	SigV4A     AuthScheme = "aws.auth#sigv4a"
	HTTPBearer AuthScheme = "smithy.api#httpBearerAuth"
	NoAuth     AuthScheme = "smithy.api#noAuth"
)

// AuthSchemes are the schemes of a list of ids, and whether calls may also go without any.
func AuthSchemes(ids []string) (schemes []AuthScheme, optional bool) {
	schemes = []AuthScheme{}
	for _, id := range ids {
		if scheme := AuthScheme(id); scheme == NoAuth {
			optional = true
		} else {
			schemes = append(schemes, scheme)
		}
	}
	return schemes, optional && len(schemes) > 0
}

// Operation is one call.
type Operation struct {
	Pos  Pos
	Name string
	// SourceName is what the source calls the operation; empty when that is its
	// name.
	SourceName string
	// Alias is what clients call the operation instead of its name; empty for that.
	Alias         string
	Documentation string
	Deprecated    *Deprecation
	// Part is what is wrong with the operation and with what it refers to; nil
	// when the source is sound. It is no part of the interface, and an operation
	// with problems is not complete.
	Part *Part `json:"-"`
	// HTTP is the binding to a request; zero for protocols without bindings.
	HTTP HTTP
	// Input and Output are structures; nil means that there is none (Smithy's
	// Unit).
	Input, Output *Shape
	// Errors are the operation's, sorted by name, since formats list them in
	// orders of their own.
	Errors []*Shape
	// Auth overrides the API's schemes when it is not nil; empty means that the
	// call is never signed.
	Auth []AuthScheme
	// OptionalAuth says that the call may be sent without credentials.
	OptionalAuth bool
	// UnsignedPayload says that the body's hash is left out of the signature.
	UnsignedPayload bool
	// ReadOnly and Idempotent are what the source says of retries' safety.
	ReadOnly, Idempotent bool
	// LongPoll says that the service may hold the request open: smithy.api#longPoll.
	LongPoll bool
	// HostPrefix is put before the endpoint's host, with {labels} of members
	// that are host labels: smithy.api#endpoint.
	HostPrefix string
	// EndpointDiscovery reports whether the service finds the endpoint of the call.
	EndpointDiscovery Discovery
	// ChecksumRequired asks for Content-MD5: smithy.api#httpChecksumRequired.
	ChecksumRequired bool
	// Checksum is nil when the operation has no aws.protocols#httpChecksum.
	Checksum *Checksum
	// Compression lists the encodings that the request body may be compressed
	// with, preferred first: smithy.api#requestCompression.
	Compression []string
	// StaticContext binds endpoint parameters to constants (string, bool or
	// []string): smithy.rules#staticContextParams. OperationContext binds them to
	// JMESPath expressions over the input: smithy.rules#operationContextParams. Both
	// are sorted by name, as Waiters are.
	StaticContext, OperationContext []ContextValue
	Pagination                      *Pagination
	Waiters                         []Waiter
	// Examples are there on demand, in source order.
	Examples []Example `json:"-"`
}

// Discovery reports whether the service itself finds the endpoint of an operation, with
// [API.EndpointOperation]: aws.api#clientDiscoveredEndpoint.
type Discovery string

// The ways to find endpoints.
const (
	NoDiscovery       Discovery = ""
	OptionalDiscovery Discovery = "optional" // if the caller asks for it
	RequiredDiscovery Discovery = "required" // unless the caller forbids it
)

// HTTP is the binding of an operation to a request.
type HTTP struct {
	Pos    Pos
	Method string
	URI    URI
	// Status is the status of success that the model names, 200 by default.
	Status int
}

// Checksum is the trait aws.protocols#httpChecksum: which members choose, and
// which algorithms (CRC32, CRC32C, CRC64NVME, SHA1, SHA256) may be used.
type Checksum struct {
	Required bool
	// AlgorithmMember names the input member that selects the request's
	// algorithm; empty when there is none.
	AlgorithmMember string
	// ModeMember names the input member that asks for response validation.
	ModeMember         string
	ResponseAlgorithms []string
}

// ContextValue is the value of one endpoint parameter for an operation.
type ContextValue struct {
	Name string
	// Value is a string, a bool or a []string; for an operation context
	// parameter it is the expression.
	Value any
}

// Pagination says how to walk the pages of a result; the fields are dotted
// paths of member names, inputs first, in which "items[-1]" is the last item of a list.
type Pagination struct {
	InputToken, OutputToken, Items, PageSize string
	// MoreResults names a boolean output member that reports whether there is
	// more; C2J only, empty otherwise.
	MoreResults string
}

// Waiter is a condition that a caller may wait for.
type Waiter struct {
	Pos           Pos
	Name          string
	Documentation string
	Deprecated    *Deprecation
	// MinDelay and MaxDelay are in seconds; zero means the Smithy defaults, 2
	// and 120.
	MinDelay, MaxDelay int
	Acceptors          []Acceptor
}

// Acceptor moves a waiter to State when its matcher holds.
type Acceptor struct {
	Pos Pos
	// State is "success", "failure" or "retry".
	State string
	// Matcher is "output", "inputOutput", "success" or "errorType".
	Matcher string
	// Path and Comparator ("stringEquals", "booleanEquals", "allStringEquals",
	// "anyStringEquals") belong to output and inputOutput.
	Path, Comparator string
	// Expected is what is compared: a string, "true" or "false", or an error's
	// shape name.
	Expected string
}

// Deprecation is what a source says of something that should no longer be used;
// both fields may be empty.
type Deprecation struct {
	Message, Since string
}
