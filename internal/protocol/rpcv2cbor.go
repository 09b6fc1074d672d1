package protocol

import "example.com/lathe/spec"

// rpcV2CBOR is https://smithy.io/2.0/additional-specs/protocols/smithy-rpc-v2.html: every
// member is in a CBOR body, under its own name, and the path names the operation.
var rpcV2CBOR = &Protocol{
	ID:          spec.RPCv2CBOR,
	Codec:       Codec{Package: "cborcodec", Encoder: "NewEncoder", TypeKey: "__type", NoDocuments: true},
	ContentType: "application/cbor",

	EventContentType: "application/cbor",
	InitialMessages:  true,

	Timestamps: spec.EpochSeconds,
	Bind:       bindService,
	Location:   func(*spec.Member) spec.Location { return spec.InBody },
	WireName:   func(m *spec.Member) string { return m.Name },
	Errors:     func(api *spec.API) Errors { return queryCompatible(api, cborErrors) },
}

var cborErrors = Errors{Info: "ErrorInfo", Message: "ErrorMessage", MessageKeys: []string{"message", "Message"}}

// bindService posts to a path of the service and the operation. An operation without an
// input has no body.
func bindService(api *spec.API, op *spec.Operation) HTTP {
	h := HTTP{
		Method: "POST", URI: spec.URI{Path: []spec.URIPart{{Literal: "/service/" + api.Name + "/operation/" + op.Name}}},
		HasBody: op.Input != nil,
		Headers: []Header{{"Accept", "application/cbor"}, {"Smithy-Protocol", "rpc-v2-cbor"}},
	}
	if op.Output.Events() != nil {
		h.Headers[0].Value = "application/vnd.amazon.eventstream"
	}
	h.Headers = append(h.Headers, queryMode(api)...)
	return h
}
