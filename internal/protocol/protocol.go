// Package protocol has what the generator must know of each wire protocol: one value
// a protocol, in a file of its own. Whoever plans, renders or compares a client asks
// this value and never which protocol it is.
package protocol

import (
	"slices"
	"strings"

	"example.com/lathe/spec"
)

// Protocol is what the generator must know of a wire protocol.
type Protocol struct {
	ID spec.Protocol
	// Codec reads and writes bodies; Requests writes those of requests where that is
	// another one, and is nil elsewhere.
	Codec    Codec
	Requests *Codec
	// ContentType is that of the bodies that the codec writes.
	ContentType string
	// EventContentType is that of what the codec writes into events; empty for a protocol
	// that has none.
	EventContentType string
	// InitialMessages: beside a stream of events, members travel in its first message.
	InitialMessages bool
	// Timestamps is the format of timestamps in bodies that name none.
	Timestamps spec.TimestampFormat
	// Bind returns how an operation travels over HTTP.
	Bind func(*spec.API, *spec.Operation) HTTP
	// Location returns the part of a request that carries a member of an input.
	Location func(*spec.Member) spec.Location
	// WireName returns the name of a member in a body: of a structure's or union's, of a
	// list's element, of a map's key or value. SentName returns that in a request where it
	// is another, and is nil elsewhere.
	WireName, SentName func(*spec.Member) string
	// Root returns the name of a request's outermost element, which stands for a structure
	// or for the member that is the payload; nil where a body has no name.
	Root func(*spec.API, *spec.Shape, *spec.Member) string
	// Result returns the name of the element of a response that holds an operation's
	// output; nil where that is the whole body.
	Result func(*spec.Operation) string
	Errors func(*spec.API) Errors
}

// Sender returns the codec that writes requests.
func (p *Protocol) Sender() Codec {
	if p.Requests != nil {
		return *p.Requests
	}
	return p.Codec
}

// LocationInResponse returns the part of a response that carries a member of an output or an
// error.
func (p *Protocol) LocationInResponse(m *spec.Member) spec.Location {
	return p.Location(m).InResponse()
}

// NameOf returns the name of a member in a request.
func (p *Protocol) NameOf(m *spec.Member) string {
	if p.SentName != nil {
		return p.SentName(m)
	}
	return p.WireName(m)
}

// Kind is how a codec sees a body.
type Kind uint8

// The kinds of codecs.
const (
	Tree Kind = iota // objects and arrays of values, and null
	XML              // elements and attributes, all of them with names
	Form             // pairs, whose keys are paths
)

// Codec is the runtime package that reads and writes bodies. Which functions and
// methods it must offer stands in the contract test of package runtime.
type Codec struct {
	// Package is the name of the package below the runtime.
	Package string
	// Encoder names its function that makes an encoder.
	Encoder string
	Kind    Kind
	// TypeKey is a key that services add to objects of any type and that names no
	// member of a union; empty for none.
	TypeKey string
	// NoDocuments says that it can't carry values without a schema.
	NoDocuments bool
}

// IsTree reports whether bodies are trees of values: parts of lists and maps have no names
// of their own there, and there is null.
func (c Codec) IsTree() bool { return c.Kind == Tree }

// IsXML reports whether bodies consist of elements and attributes.
func (c Codec) IsXML() bool { return c.Kind == XML }

// HTTP is how an operation travels over HTTP.
type HTTP struct {
	Method string
	URI    spec.URI
	// Headers are sent with every request, their names in canonical form.
	Headers []Header
	// HasBody says that a request has a body even when no member is in it.
	HasBody bool
	// EndsWithSlash: a path "/" adds its slash to an endpoint that has a path.
	EndsWithSlash bool
	// Form are pairs that the body begins with, escaped; empty for none.
	Form string
}

// Header is a header with a constant value.
type Header struct{ Name, Value string }

// Errors is how the protocol describes errors.
type Errors struct {
	// Info names the codec's function that finds code and message in a response.
	Info string
	// Message names the codec's function that finds the message alone, and
	// MessageKeys are the names under which it does.
	Message     string
	MessageKeys []string
	// OnlyModeled says that of an error with members only these are read: the message, too, must
	// be one of them. A test of the protocol wants that.
	OnlyModeled bool
	// Element is that which holds an error's members; empty where that is the whole body.
	Element string
	// RequestID names the codec's function that finds the id of the request in the body of
	// an error; empty for none.
	RequestID string
	// HostID names the codec's function that finds the id of the host there, IsError that
	// which reports whether a body describes an error; empty for none.
	HostID, IsError string
	// OwnCodes says that the code of an error may be another one than its name.
	OwnCodes bool
	// QueryCode says that a header has the code that an error had in awsQuery, which
	// counts in place of its own.
	QueryCode bool
}

// All are the protocols that can be generated, in the order of preference where a
// service speaks several.
var All = []*Protocol{rpcV2CBOR, awsJSON10, awsJSON11, restJSON1, restXML, awsQuery, ec2Query}

// For returns the protocol of a client: the one of that ID, or the first of [All] that
// the service speaks when the ID is empty. The problem is nil when there is one.
func For(api *spec.API, id spec.Protocol) (*Protocol, *spec.Problem) {
	for _, p := range All {
		if slices.Contains(api.Protocols, p.ID) && (id == "" || id == p.ID) {
			return p, nil
		}
	}
	message, hint := "service "+api.Name+" names no protocol", "supported are "+list(IDs())
	if len(api.Protocols) > 0 {
		message = "service " + api.Name + " speaks " + list(api.Protocols)
		if id != "" && !slices.Contains(api.Protocols, id) {
			message += ", not " + string(id)
			if own, _ := For(api, ""); own != nil {
				hint = "leave the protocol out for " + string(own.ID)
			}
		} else {
			message += ", which is not supported yet"
		}
	}
	return nil, &spec.Problem{Pos: api.Pos, Message: message, Hint: hint}
}

// IDs are the IDs of all protocols, in the order of [All].
func IDs() []spec.Protocol {
	ids := make([]spec.Protocol, len(All))
	for i, p := range All {
		ids[i] = p.ID
	}
	return ids
}

func list(ids []spec.Protocol) string {
	names := make([]string, len(ids))
	for i, id := range ids {
		names[i] = string(id)
	}
	return strings.Join(names, ", ")
}
