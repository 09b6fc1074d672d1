package protocol

import (
	"cmp"
	"html"

	"example.com/lathe/spec"
)

// restXML is https://smithy.io/2.0/aws/protocols/aws-restxml-protocol.html: XML bodies, and
// every member where the HTTP binding traits put it.
var restXML = &Protocol{
	ID:          spec.RestXML,
	Codec:       xmlCodec,
	ContentType: "application/xml",

	EventContentType: "application/xml",

	Timestamps: spec.DateTime,
	Bind:       bindTraits,
	Location:   func(m *spec.Member) spec.Location { return m.Location },
	WireName:   elementName,
	SentName:   func(m *spec.Member) string { return startTag(cmp.Or(m.XML.Name, m.Name), m.XML) },
	Root:       rootTag,
	Errors:     func(*spec.API) Errors { return xmlErrors },
}

// xmlCodec is the codec of the protocols whose responses are XML.
var xmlCodec = Codec{Package: "xmlcodec", Encoder: "NewEncoder", Kind: XML, NoDocuments: true}

// xmlErrors is how they describe errors, whatever stands around the element.
var xmlErrors = Errors{
	Info: "ErrorInfo", Message: "ErrorMessage", MessageKeys: []string{"Message", "message"}, Element: "Error",
	RequestID: "ErrorRequestID",
	HostID:    "ErrorHostID", IsError: "IsError", OnlyModeled: true,
}

// rootTag is the start tag of a whole body. A payload is called what its member or its
// target says, and an input like its shape. A namespace of the service's counts where
// neither has its own.
func rootTag(api *spec.API, s *spec.Shape, payload *spec.Member) string {
	name, look := cmp.Or(s.XML.Name, s.Name), s.XML
	if payload != nil {
		name = cmp.Or(payload.XML.Name, name)
		if payload.XML.NamespaceURI != "" {
			look = payload.XML
		}
	}
	if look.NamespaceURI == "" {
		look = api.XML
	}
	return startTag(name, look)
}

// startTag is what stands in a start tag: a name, and the namespace that it declares.
func startTag(name string, look spec.XML) string {
	if look.NamespaceURI == "" {
		return name
	}
	attribute := "xmlns"
	if look.NamespacePrefix != "" {
		attribute += ":" + look.NamespacePrefix
	}
	return name + " " + attribute + `="` + html.EscapeString(look.NamespaceURI) + `"`
}
