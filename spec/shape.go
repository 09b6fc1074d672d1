package spec

// Kind is the type of a shape.
type Kind uint8

// The kinds of shapes, in the terms of Smithy's specification.
const (
	Invalid Kind = iota
	Blob
	Boolean
	String
	Enum
	IntEnum
	Byte
	Short
	Integer
	Long
	Float
	Double
	BigInteger
	BigDecimal
	Timestamp
	Document
	List
	Map
	Structure
	Union
)

var kindNames = [...]string{
	"invalid", "blob", "boolean", "string", "enum", "intEnum", "byte", "short", "integer", "long",
	"float", "double", "bigInteger", "bigDecimal", "timestamp", "document", "list", "map", "structure", "union",
}

// String returns the kind's name in Smithy.
func (k Kind) String() string { return kindNames[k] }

// IsAggregate reports whether shapes of the kind have members.
func (k Kind) IsAggregate() bool { return k >= List }

// IsNumber reports whether the kind is numeric; an intEnum is.
func (k Kind) IsNumber() bool { return k >= IntEnum && k <= BigDecimal }

// TimestampFormat is how a timestamp travels; empty means the binding's own.
type TimestampFormat string

// The formats of the trait smithy.api#timestampFormat.
const (
	DateTime     TimestampFormat = "date-time"
	HTTPDate     TimestampFormat = "http-date"
	EpochSeconds TimestampFormat = "epoch-seconds"
)

// Shape is a type of the model. Recursive models make recursive shapes: follow
// [Member.Target] with care.
type Shape struct {
	Pos  Pos
	Name string
	// Alias is what clients call the shape instead of its name; empty for that.
	Alias         string
	Kind          Kind
	Documentation string
	Deprecated    *Deprecation
	// Members are those of a structure or union, in source order.
	Members []*Member
	// Element is a list's; Key and Value are a map's.
	Element, Key, Value *Member
	// Sparse lists and maps may hold nulls.
	Sparse bool
	// EnumValues are those of an enum or intEnum, in source order.
	EnumValues []EnumValue
	// Error is set for errors; nil for all other shapes.
	Error *ErrorTraits
	// Input is Smithy's @input: members of such a structure are always
	// optional for a client.
	Input bool
	// Streaming blobs are read and written without being held in memory; a
	// streaming union is an event stream.
	Streaming bool
	// RequiresLength belongs to streaming blobs: the length must be known.
	RequiresLength  bool
	Sensitive       bool
	TimestampFormat TimestampFormat
	MediaType       string
	Constraints     Constraints
	XML             XML
}

// Member is a part of a structure, union, list or map.
type Member struct {
	Pos  Pos
	Name string
	// Alias is what clients call the member instead of its name; empty for that.
	Alias         string
	Target        *Shape
	Documentation string
	Deprecated    *Deprecation
	Required      bool
	// ZeroGuessed says that it is a guess whether the member has a default of zero,
	// because the format has lost that.
	ZeroGuessed bool
	// ClientOptional overrides Required and Default for clients.
	ClientOptional bool
	// Default is nil when the member has none.
	Default *Default
	// Location says which part of the message carries the member.
	Location Location
	// LocationName is the header, header prefix, query key or label; empty for
	// members of the body.
	LocationName string
	// JSONName is the key in a JSON body when it is not Name.
	JSONName string
	// TimestampFormat is the member's own; empty leaves it to the target and
	// the location, see [Member.WireTimestamp].
	TimestampFormat  TimestampFormat
	MediaType        string
	IdempotencyToken bool
	HostLabel        bool
	// ContextParam names the endpoint parameter that the member sets.
	ContextParam string
	// EventHeader and EventPayload belong to the members of events.
	EventHeader, EventPayload bool
	// JSONValue is C2J's jsonvalue: a string that carries JSON, in base64 when
	// it travels in a header.
	JSONValue   bool
	Sensitive   bool
	Constraints Constraints
	XML         XML
}

// Default is the value of a member that is absent.
type Default struct {
	// Value is what JSON has: nil, bool, string, json.Number, []any or
	// map[string]any.
	Value any
	// Added says that the default came after the member's first release
	// (smithy.api#addedDefault), so that clients keep the member optional.
	Added bool
}

// EnumValue is one value of an enum.
type EnumValue struct {
	Pos  Pos
	Name string
	// Alias is what clients call the value instead of its name; empty for that.
	Alias string
	Value string // for an intEnum, in decimal
	// NameOrigin reports whether the source has the name, or it is made of Value.
	NameOrigin    NameOrigin
	Documentation string
	Deprecated    *Deprecation
}

// NameOrigin says where a name comes from.
type NameOrigin uint8

// The origins of names.
const (
	NameGiven  NameOrigin = iota // the source has it
	NameMade                     // it is made of something else: the source has none
	NameWanted                   // it is made, and the author could give another
)

// ErrorTraits is what a model says of an error.
type ErrorTraits struct {
	// Server is true when the service is at fault, false when the client is.
	Server bool
	// Status is the HTTP status; zero when the model names none.
	Status int
	// Code is the code on the wire when it is not the shape's name, QueryCode that in the
	// protocols awsQuery and ec2Query alone.
	Code, QueryCode string
	// Retryable and Throttling are the trait smithy.api#retryable.
	Retryable, Throttling bool
}

// Constraints are the limits that a model puts on values. Clients leave them to
// the service; they matter to documentation and to comparisons of models.
type Constraints struct {
	// MinLength, MaxLength, Min and Max are decimal numbers; empty means none.
	MinLength, MaxLength, Min, Max, Pattern string
	Unique                                  bool
}

// XML is how a shape or member looks in XML, for protocols that use it.
type XML struct {
	Name, NamespaceURI, NamespacePrefix string
	Flattened, Attribute                bool
	// EC2Name is a member's name in forms of the protocol ec2Query:
	// aws.protocols#ec2QueryName.
	EC2Name string
}

// Location is the part of an HTTP message that carries a member.
type Location uint8

// The locations of the HTTP binding traits.
const (
	InBody Location = iota
	InLabel
	InQuery
	InQueryParams
	InHeader
	InPrefixHeaders
	InPayload
	InStatusCode
)

var locationNames = [...]string{
	"body", "label", "query", "queryParams", "header", "prefixHeaders", "payload", "statusCode",
}

// String returns the location's name.
func (l Location) String() string { return locationNames[l] }

// InResponse returns the part of a response that carries what the model binds to l. The
// traits that bind to a path or a query do not count there
// (https://smithy.io/2.0/spec/http-bindings.html), so that the member is in the body.
func (l Location) InResponse() Location {
	switch l {
	case InLabel, InQuery, InQueryParams:
		return InBody
	default:
		return l
	}
}

// WireName is the member's key in a JSON document.
func (m *Member) WireName() string {
	if m.JSONName != "" {
		return m.JSONName
	}
	return m.Name
}

// WireTimestamp returns the format that the member's timestamps travel in at a
// location: its own, else its target's, else what the HTTP binding specification sets
// for the location (http-date in headers, date-time in labels and queries), else body.
func (m *Member) WireTimestamp(at Location, body TimestampFormat) TimestampFormat {
	switch {
	case m.TimestampFormat != "":
		return m.TimestampFormat
	case m.Target.TimestampFormat != "":
		return m.Target.TimestampFormat
	case at == InHeader || at == InPrefixHeaders:
		return HTTPDate
	case at == InLabel || at == InQuery || at == InQueryParams:
		return DateTime
	default:
		return body
	}
}

// WireMediaType returns the media type of the member's text or bytes: that of a member
// which carries JSON, its own, or its target's; empty for none.
func (m *Member) WireMediaType() string {
	switch {
	case m.JSONValue:
		return "application/json"
	case m.MediaType != "":
		return m.MediaType
	default:
		return m.Target.MediaType
	}
}

// Unit is the name of Smithy's shape for what carries nothing. A structure that a
// service calls Unit is another one.
const Unit = "smithy.api#Unit"

// IsUnit reports whether the shape is Smithy's Unit, which only members of unions
// target.
func (s *Shape) IsUnit() bool { return s.Name == Unit }

// IsEventStream reports whether the shape is a stream of events.
func (s *Shape) IsEventStream() bool { return s.Kind == Union && s.Streaming }

// Events returns the member of an operation's input or output that stands for a stream of
// events; nil when it has none, or is nil itself.
func (s *Shape) Events() *Member {
	if s == nil {
		return nil
	}
	for _, m := range s.Members {
		if m.Target.IsEventStream() {
			return m
		}
	}
	return nil
}

// IsSensitive reports whether the member or its target is marked sensitive.
func (m *Member) IsSensitive() bool { return m.Sensitive || m.Target.Sensitive }

// Member returns the structure's or union's member of that name, or nil.
func (s *Shape) Member(name string) *Member {
	for _, m := range s.Members {
		if m.Name == name {
			return m
		}
	}
	return nil
}

// Edges calls yield for every member that leads from the shape to another, in
// source order: structure and union members, a list's element, a map's key and
// value.
func (s *Shape) Edges(yield func(*Member) bool) {
	for _, m := range s.Members {
		if !yield(m) {
			return
		}
	}
	for _, m := range [...]*Member{s.Element, s.Key, s.Value} {
		if m != nil && !yield(m) {
			return
		}
	}
}
