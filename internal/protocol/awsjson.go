package protocol

import "example.com/lathe/spec"

// The protocols of
// https://smithy.io/2.0/aws/protocols/aws-json-1_0-protocol.html and
// https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html, which differ in their
// content type alone: every member is in a JSON body, under its own name, and a header
// names the operation.
var (
	awsJSON10 = awsJSON(spec.AWSJSON10, "application/x-amz-json-1.0")
	awsJSON11 = awsJSON(spec.AWSJSON11, "application/x-amz-json-1.1")
)

func awsJSON(id spec.Protocol, contentType string) *Protocol {
	return &Protocol{
		ID:          id,
		Codec:       jsonCodec,
		ContentType: contentType,

		EventContentType: "application/json",
		InitialMessages:  true,

		Timestamps: spec.EpochSeconds,
		Bind:       bindTarget,
		Location:   func(*spec.Member) spec.Location { return spec.InBody },
		WireName:   func(m *spec.Member) string { return m.Name },
		Errors:     func(api *spec.API) Errors { return queryCompatible(api, jsonErrors) },
	}
}

// bindTarget posts to the root and names the operation in a header. The body of an
// operation without members is an empty object.
func bindTarget(api *spec.API, op *spec.Operation) HTTP {
	h := HTTP{
		Method: "POST", URI: spec.URI{Path: []spec.URIPart{{Literal: "/"}}}, EndsWithSlash: true, HasBody: true,
		Headers: []Header{{"X-Amz-Target", api.Name + "." + op.Name}},
	}
	h.Headers = append(h.Headers, queryMode(api)...)
	return h
}
