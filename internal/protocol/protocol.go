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
	// Codec reads and writes bodies.
	Codec Codec
	// ContentType is that of the bodies that the codec writes.
	ContentType string
	// EventContentType is that of what the codec writes into events.
	EventContentType string
	// InitialMessages: beside a stream of events, members travel in its first message.
	InitialMessages bool
	// Timestamps is the format of timestamps in bodies that name none.
	Timestamps spec.TimestampFormat
	// Bind returns how an operation travels over HTTP.
	Bind func(*spec.API, *spec.Operation) HTTP
	// Location returns the part of a message that carries a member of an input, an
	// output or an error.
	Location func(*spec.Member) spec.Location
	// WireName returns the name of a member in a body.
	WireName func(*spec.Member) string
	Errors   func(*spec.API) Errors
}

// Codec is the runtime package that reads and writes bodies. Which functions and
// methods it must offer stands in the contract test of package runtime.
type Codec struct {
	// Package is the name of the package below the runtime.
	Package string
	// TypeKey is a key that services add to objects of any type and that names no
	// member of a union; empty for none.
	TypeKey string
	// NoDocuments says that it can't carry values without a schema.
	NoDocuments bool
}

// HTTP is how an operation travels over HTTP.
type HTTP struct {
	Method string
	URI    spec.URI
	// Headers are sent with every request, their names in canonical form.
	Headers []Header
	// HasBody says that a request has a body even when no member is in it.
	HasBody bool
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
	// QueryCode says that a header has the code that an error had in awsQuery, which
	// counts in place of its own.
	QueryCode bool
}

// All are the protocols that can be generated, in the order of preference where a
// service speaks several.
var All = []*Protocol{rpcV2CBOR, awsJSON10, awsJSON11, restJSON1}

// For returns the protocol of a client: the one of that ID, or the first of [All] that
// the service speaks when the ID is empty. The problem is nil when there is one.
func For(api *spec.API, id spec.Protocol) (*Protocol, *spec.Problem) {
	for _, p := range All {
		if slices.Contains(api.Protocols, p.ID) && (id == "" || id == p.ID) {
			return p, nil
		}
	}
	message := "service " + api.Name + " names no protocol"
	if len(api.Protocols) > 0 {
		message = "service " + api.Name + " speaks " + list(api.Protocols)
		if id != "" && !slices.Contains(api.Protocols, id) {
			message += ", not " + string(id)
		} else {
			message += ", which is not supported yet"
		}
	}
	return nil, &spec.Problem{Pos: api.Pos, Message: message, Hint: "supported are " + list(IDs())}
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
