// Package plan decides everything about a client before a line of it is
// rendered: every Go name and type, what each operation binds where, which
// functions the codecs need and which protocol they speak. A plan is plain data;
// the renderers only write it down.
package plan

import (
	"slices"
	"time"

	"example.com/lathe/internal/endpoints"
	"example.com/lathe/internal/protocol"
	"example.com/lathe/spec"
)

// Package is the plan of one generated client.
type Package struct {
	// Name is the Go package name, ImportPath its path; types live in
	// ImportPath + "/types".
	Name, ImportPath string
	// Runtime is the import path below which the emitted runtime packages live.
	Runtime string
	// Source names the spec in the header of each file.
	Source  string
	Service Service
	// Codec and Errors are the protocol's, and Requests is the codec that writes.
	Codec, Requests protocol.Codec
	Errors          protocol.Errors
	// Operations are sorted by name.
	Operations []*Operation
	// Structs, Unions and Enums make up the package types, sorted by name;
	// errors are among the structs.
	Structs []*Struct
	Unions  []*Union
	Enums   []*Enum
	// UnknownMember are the methods of the type of members that no union of the client has.
	UnknownMember *Redaction
	// Encoders, Decoders and Validators are the functions of shapes that
	// operations share, sorted by name.
	Encoders, Decoders []*Codec
	Validators         []*Validator
	// ErrorDecoders read whole error responses, sorted by name.
	ErrorDecoders []*ErrorDecoder
	// Events are the unions of events, sorted by name.
	Events []*Events
	// Endpoint is the compiled rule set.
	Endpoint *endpoints.Resolver
	// Discovery is how the service finds endpoints; nil where it finds none.
	Discovery *Discovery
	// Sessions is how sessions are made that some endpoints want; nil where none does.
	Sessions *Sessions
	// Auth are the authentication schemes by operation, in groups of which the first is of
	// all operations that no other names.
	Auth []AuthGroup
	// Lean leaves out what only hooks need: the middleware stack, the options that lead to
	// it, and the deprecated kinds of endpoint resolvers.
	Lean bool
	// Module is what the client is as a module of its own.
	Module Module
	// ExamplesPackage is the name of the package of examples, and Qualifier what they call
	// the client's.
	ExamplesPackage, Qualifier string
	// Examples show calls, in the order of the operations; none where nobody asked for any.
	Examples []*Example
	// Warnings are what is left out of the client although the model has it.
	Warnings spec.Problems
	Needs    Needs
}

// Module is what the go.mod of a client has that is a module of its own.
type Module struct {
	// Path is its path, empty for a client that is part of another module. Version is that
	// of the module that it stands in for; empty where it is not known.
	Path, Version string
	// Runtime is the path of the module of the runtime packages that it shares with other
	// clients, and RuntimeFolder the way there from the client's folder. Both are empty
	// for a runtime below the client.
	Runtime, RuntimeFolder string
}

// AuthGroup are operations of the same authentication schemes, whose ids are in the order
// of preference.
type AuthGroup struct{ Schemes, Operations []string }

// Service is the service that a client calls.
type Service struct {
	// ID is the service id, Title its name for people, APIVersion the version of its API, and
	// SigningName its name in signatures.
	ID, Title, APIVersion, SigningName string
	// RetryCode is the code of an error that is tried again, besides the usual ones; empty
	// for none.
	RetryCode string
	// TokenVariable is the environment variable in which a bearer token may be; empty for none.
	TokenVariable string
	// AgentName names the API in the User-Agent header.
	AgentName string
	// Doc is the package's documentation, comment lines without slashes.
	Doc []string
}

// Needs are the optional parts of a client's own package, and whether they are there.
type Needs struct {
	Document    bool // some shape is a document
	Bearer      bool // some operation takes a bearer token
	Compression bool // some request may be compressed
	Checksum    bool // some operation asks for a checksum
	Events      bool // some operation has an event stream
	// CheckedBodies: responses have a checksum of their body as it travels.
	CheckedBodies bool
	Messages      bool // some operation compares messages with their checksums
	Outposts      bool // some operation takes ARNs of resources on Outposts
	QuickRetries  bool // calls are tried again sooner and more often
	Pages         bool // some operation returns its result in pages
	Waiters       bool // something can be waited for
	ReadTimeout   bool // some operation limits the wait for its response's body
	// Objects: calls store and fetch objects.
	Objects bool
	// SigV4A: some call may be signed for several regions. EndpointAuth: endpoints choose
	// how calls are signed.
	SigV4A, EndpointAuth bool
	HostIDs              bool // responses name the host that they come from
	DualStack            bool // an option of its own asks for dual-stack endpoints
	HashHeader           bool // requests carry the hash of their body in a header
	Presign              bool // some operation can be presigned
	// PresignObjects: what is presigned stores or fetches an object. PresignCopies: the
	// client presigns the URL of some copy.
	PresignObjects, PresignCopies bool
	// PresignForms: forms may be presigned that store an object.
	PresignForms bool
}

// Operation is the plan of one call.
type Operation struct {
	// Spec is the operation of the model.
	Spec *spec.Operation
	// Name is that of the client's method, File that of the file.
	Name, File string
	// Doc is the method's comment, lines without slashes.
	Doc []string
	// Var names the variable that describes the operation, Encode and Decode the
	// functions of its request and response.
	Var, Encode, Decode string
	// Fill names the function that fills what a caller may leave out, Finish the one
	// that completes a request, Validate the one that checks the input, Check the one
	// that compares the output with it. Each is empty where there is nothing to do.
	Fill, Finish, Validate, Check string
	Input, Output                 *Struct
	// Validator is the function of that name; nil where there is none.
	Validator *Validator
	// APIClient is the interface of a client with this operation; empty where nothing
	// takes one. APIClientDoc is its comment.
	APIClient    string
	APIClientDoc []string
	// Paginator walks the pages of the output; nil when it has none.
	Paginator *Paginator
	// Waiters are in the order of the model.
	Waiters []*Waiter
	// Auth lists scheme ids, preferred first.
	Auth            []string
	UnsignedPayload bool
	// SensitiveInput and SensitiveOutput report whether there are members that must not
	// be shown in the input, and in the output or an error.
	SensitiveInput, SensitiveOutput bool
	// SensitiveURL reports whether such members of the input are in the path, the query or
	// the host.
	SensitiveURL bool
	// Token is the input field that an idempotency token fills; nil when none.
	Token    *Field
	Request  Request
	Response Response
	// Errors are the errors that the operation knows, sorted by code.
	Errors []*ErrorDecoder
	// Events are the operation's event streams; nil when it has none.
	Events *EventStream
	// Endpoint is what the operation passes to the endpoint's parameters.
	Endpoint *EndpointBindings
	Checksum *Checksum
	// TreeHash asks for the tree hash of the body.
	TreeHash bool
	// Discovery names the constant of package transport that says how the service finds
	// the endpoint; empty where it does not.
	Discovery string
	// ReadTimeout limits the wait for more of the response's body; zero for no limit.
	ReadTimeout time.Duration
	// LongPolling: the service holds the request open until there is something to answer.
	LongPolling bool
	// Messages says how messages are compared with their checksums; nil for not at all.
	Messages *Messages
	// Presign is how requests are presigned; nil for not at all. Copy is how the URL that a
	// copy is made by is presigned; nil for an operation that needs none.
	Presign *Presign
	Copy    *Copy
	// Account is the input field that OwnAccount fills; nil when none.
	Account *Field
	// ErrorBodies: a response with the status of success may describe an error.
	ErrorBodies bool
	// UnsignedOverTLS: the body's hash is left out of signatures where TLS protects it.
	UnsignedOverTLS bool
	// Continues: a large body waits until the service asks for it.
	Continues bool
	// Segments are the input fields of whose paths the last segment is sent.
	Segments []*Field
	// OnOutposts is what may be called by the ARN of a resource on Outposts; nil for nothing.
	OnOutposts *OnOutposts
	// Compression lists encodings of the request body, preferred first.
	Compression []string
}

// Checksum is the plan of httpChecksum and httpChecksumRequired.
type Checksum struct {
	// MD5 asks for Content-MD5 when no other checksum is sent.
	MD5 bool
	// Trailing: over TLS it follows the body.
	Trailing bool
	// Algorithm is the input field that selects an algorithm; nil when none.
	Algorithm *Field
	Required  bool
	// Mode is the input field that asks for validation; nil when none.
	Mode *Field
	// Response lists the algorithms of which a response may carry a checksum.
	Response []string
}

// Request says how an input becomes a request.
type Request struct {
	Method string
	Path   []PathPart
	// EndsWithSlash is as in [protocol.HTTP].
	EndsWithSlash bool
	// QueryLiterals and HeaderLiterals are constant; Query, Headers,
	// PrefixHeaders and QueryParams come from fields.
	QueryLiterals  []QueryLiteral
	Query          []Binding
	QueryParams    []Binding
	HeaderLiterals []protocol.Header
	Headers        []Binding
	PrefixHeaders  []Binding
	// Host are the parts before the endpoint's host.
	Host []PathPart
	Body Body
}

// UsesInput reports whether anything of the request comes from the input.
func (r *Request) UsesInput() bool {
	bound := len(r.Query) + len(r.QueryParams) + len(r.Headers) + len(r.PrefixHeaders)
	if bound > 0 || r.Body.Kind != NoBody {
		return true
	}
	return slices.ContainsFunc(slices.Concat(r.Path, r.Host), func(p PathPart) bool { return p.Binding != nil })
}

// Response says how an output comes from a response.
type Response struct {
	Headers       []Binding
	PrefixHeaders []Binding
	// StatusCode is the field that the HTTP status fills; nil when none.
	StatusCode *Field
	Body       Body
}

// PathPart is literal text or a field's value.
type PathPart struct {
	Literal string
	Binding *Binding
	Greedy  bool
	// AsIs labels may have any segments.
	AsIs bool
}

// QueryLiteral is a constant query parameter.
type QueryLiteral struct{ Key, Value string }

// Binding ties a field to a place outside of the body.
type Binding struct {
	Field *Field
	// Name is the header in canonical form, the header prefix, the query key or
	// the label's member name.
	Name string
	// Value is the field's value with the formats of that place.
	Value *Value
	// Loose values that can't be read are absent.
	Loose bool
	// InBody: services may put the value into the body instead.
	InBody bool
}

// BodyKind says what a message's body is.
type BodyKind uint8

// The kinds of bodies.
const (
	NoBody     BodyKind = iota
	Members             // an object of the members that are bound nowhere else
	Payload             // one member, written by the codec
	BlobBody            // one member's bytes
	TextBody            // one member's string or enum
	StreamBody          // one member's stream
)

// Body says how a message's body is read or written.
type Body struct {
	Kind BodyKind
	// Func names the codec function of Members.
	Func string
	// Form are pairs that a form begins with, Root the start tag of the outermost element
	// that is written, and Result the element that is read; each is empty for none.
	Form, Root, Result string
	// Fields are those of Members.
	Fields []*Field
	// Field is the payload of the other kinds.
	Field       *Field
	ContentType string
	// Typed bodies have their content type also where they are absent.
	Typed bool
	// RequiresLength belongs to streams, as does Length, the field that says how long one
	// is; nil when there is none.
	RequiresLength bool
	Length         *Field
}

// ErrorDecoder reads an error response into its type.
type ErrorDecoder struct {
	// Code is the code on the wire. Var names the variable with the code and the
	// function, which is named Func.
	Code, Var, Func string
	Struct          *Struct
	Response        Response
	// Bare is how the error comes without an element of errors around it; nil if it
	// never does.
	Bare *BareError
}

// BareError is an error that is the root of its body and has a list of texts.
type BareError struct {
	// Root, List and Item are the names of the elements.
	Root, List, Item string
	// Texts is the field of the list; Text is the message that such an error gets.
	Texts *Field
	Text  string
}
