package api

import (
	"path"
	"strings"

	"example.com/lathe/interop/goapi"
)

// row is a difference that is meant.
type row struct {
	// name is a glob of "package name", such as "types Member.Field"; the client's own
	// package is "client".
	name string
	// service is the only package that it may be in; empty for any.
	service string
	// official and ours say which sides have the name.
	official, ours bool
	why            string
}

// rows are all. A run of the packages of official.txt fails if one of them is not needed.
var rows = []row{
	{"client EndpointResolverOptions", "", true, true, "the official type is one of an internal package"},
	{"client NewDefaultEndpointResolver", "", true, true, "the official type is one of an internal package"},
	{"client Options.Protocol", "", true, false, "the protocol is compiled in"},
	{"client TypeRegistry", "", true, false, "what the official codec reads at run time"},
	{"* *.Serialize", "", true, false, "what the official codec reads at run time"},
	{"* *.SerializeMembers", "", true, false, "what the official codec reads at run time"},
	{"* *.Deserialize", "", true, false, "what the official codec reads at run time"},
	{"client *.GetPayloadStream", "", true, false, "what the official codec reads at run time"},
	{"client *.SetPayloadStream", "", true, false, "what the official codec reads at run time"},
	{"client PartialResult*", "bedrockruntime", true, false, "what official clients hand from one goroutine to another"},

	{"client UnknownEventMessageError.Message", "lambda", true, true, "a pointer until 2026"},
	{"client UnknownEventMessageError.Message", "bedrockruntime", true, true, "a pointer until 2026"},
	{"client ExpressCredentialsProvider", "s3", true, true, "the official type is one of an internal package"},
	{"client AuthResolverParameters.Region", "codecatalyst", false, true,
		"the options of signatures, which all clients have"},
	{"client HTTPSignerV4*", "codecatalyst", false, true, "the options of signatures, which all clients have"},
	{"client Options.Credentials", "codecatalyst", false, true, "the options of signatures, which all clients have"},
	{"client Options.HTTPSignerV4", "codecatalyst", false, true, "the options of signatures, which all clients have"},
	{"client WithSigV4Signing*", "codecatalyst", false, true, "the options of signatures, which all clients have"},

	{"client *Paginator.All", "", false, true, "iterators, which official paginators do not have"},
	{"client *Paginator.Pages", "", false, true, "iterators, which official paginators do not have"},
	{"* *.Format", "", false, true, "sensitive members are not printed"},
	{"* *.GoString", "", false, true, "sensitive members are not printed"},
	{"* *.LogValue", "", false, true, "sensitive members are not printed"},
	{"* *.String", "", false, true, "sensitive members are not printed"},
	{"client Options.AuthSchemePreference", "", false, true, "newer than packages of that age"},
	{"client Options.DisableClockSkewCorrection", "", false, true, "newer than packages of that age"},
	{"client Options.Interceptors", "", false, true, "newer than packages of that age"},
	{"client IdempotencyTokenProvider*", "", false, true, "official packages have it where an operation has tokens"},
	{"client Options.IdempotencyTokenProvider", "", false, true,
		"official packages have it where an operation has tokens"},

	{"types VpcOptions.ApplianceModeSupport", "networkmanager", true, true, "a plain value until v1.37.1"},
	{"types VpcOptions.Ipv6Support", "networkmanager", true, true, "a plain value until v1.37.1"},
	{"types AudioProperties.BitRate", "mediaconvert", true, true, "an int32 in the model of that age"},
	{"types VideoProperties.BitRate", "mediaconvert", true, true, "an int32 in the model of that age"},
	{"types ArrayValueMember*.Value", "rdsdata", true, true, "lists that may hold nulls since v1.33.0"},
	{"client UpdateRevisionInput.Finalized", "dataexchange", true, true, "a plain value until v1.34.3"},
}

// is reports whether a difference is that of the row.
func (r *row) is(service, pkg string, d goapi.Difference) bool {
	if pkg == "" {
		pkg = "client"
	}
	if r.service != "" && r.service != service || r.official != (d.Official != "") || r.ours != (d.Ours != "") {
		return false
	}
	where, name, _ := strings.Cut(r.name, " ")
	inPackage, _ := path.Match(where, pkg)
	named, _ := path.Match(name, d.Name)
	return inPackage && named
}
