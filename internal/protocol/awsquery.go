package protocol

import (
	"cmp"
	"net/url"
	"strings"

	"example.com/lathe/spec"
)

// awsQuery is https://smithy.io/2.0/aws/protocols/aws-query-protocol.html: every member is
// in a form, and the answer in XML.
var awsQuery = &Protocol{
	ID:          spec.AWSQuery,
	Codec:       xmlCodec,
	Requests:    &Codec{Package: "formcodec", Encoder: "NewEncoder", Kind: Form},
	ContentType: "application/x-www-form-urlencoded",
	Timestamps:  spec.DateTime,
	Bind:        bindForm,
	Location:    func(*spec.Member) spec.Location { return spec.InBody },
	WireName:    elementName,
	SentName:    func(m *spec.Member) string { return cmp.Or(m.XML.Name, m.Name) },
	Result:      func(op *spec.Operation) string { return op.Name + "Result" },
	Errors: func(*spec.API) Errors {
		e := queryErrors
		e.OnlyModeled = false
		return e
	},
}

// queryErrors is how errors are described whose codes the model has.
var queryErrors = func() Errors {
	e := xmlErrors
	e.OwnCodes = true
	return e
}()

// bindForm posts to the root. The form names the operation and the version of the API.
func bindForm(api *spec.API, op *spec.Operation) HTTP {
	return HTTP{
		Method: "POST", URI: spec.URI{Path: []spec.URIPart{{Literal: "/"}}}, EndsWithSlash: true, HasBody: true,
		Form: "Action=" + url.QueryEscape(op.Name) + "&Version=" + url.QueryEscape(api.Version),
	}
}

// elementName is the name of a member's element or attribute where it is read: names go
// without their prefixes there, because those depend on who writes.
func elementName(m *spec.Member) string {
	name := cmp.Or(m.XML.Name, m.Name)
	if _, local, ok := strings.Cut(name, ":"); ok {
		return local
	}
	return name
}
