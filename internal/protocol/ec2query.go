package protocol

import (
	"cmp"
	"strings"

	"example.com/lathe/spec"
)

// ec2Query is https://smithy.io/2.0/aws/protocols/aws-ec2-query-protocol.html: awsQuery but
// for the names in the form, lists that are all flattened there, and an answer whose root
// is the output.
var ec2Query = &Protocol{
	ID:          spec.EC2Query,
	Codec:       xmlCodec,
	Requests:    &Codec{Package: "formcodec", Encoder: "NewFlatEncoder", Kind: Form},
	ContentType: awsQuery.ContentType,
	Timestamps:  spec.DateTime,
	Bind:        bindForm,
	Location:    awsQuery.Location,
	WireName:    elementName,
	SentName:    ec2Name,
	Errors:      func(*spec.API) Errors { return queryErrors },
}

// ec2Name is the name of a member in a form: one of its own, or that of its element with a
// capital.
func ec2Name(m *spec.Member) string {
	if m.XML.EC2Name != "" {
		return m.XML.EC2Name
	}
	name := cmp.Or(m.XML.Name, m.Name)
	return strings.ToUpper(name[:1]) + name[1:]
}
