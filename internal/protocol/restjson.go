package protocol

import "example.com/lathe/spec"

// restJSON1 is https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html: JSON
// bodies, and every member where the HTTP binding traits put it.
var restJSON1 = &Protocol{
	ID:          spec.RestJSON1,
	Codec:       jsonCodec,
	ContentType: "application/json",

	EventContentType: "application/json",

	Timestamps: spec.EpochSeconds,
	Bind:       bindTraits,
	Location:   func(m *spec.Member) spec.Location { return m.Location },
	WireName:   (*spec.Member).WireName,
	Errors:     func(*spec.API) Errors { return jsonErrors },
}

// jsonCodec is the codec of the protocols whose bodies are JSON.
var jsonCodec = Codec{Package: "jsoncodec", Encoder: "NewEncoder", TypeKey: "__type"}

// jsonErrors is how they describe errors. Services write the message with either case.
var jsonErrors = Errors{Info: "ErrorInfo", Message: "ErrorMessage", MessageKeys: []string{"message", "Message"}}

// bindTraits takes method and URI from the operation's trait http.
func bindTraits(_ *spec.API, op *spec.Operation) HTTP {
	return HTTP{Method: op.HTTP.Method, URI: op.HTTP.URI}
}
