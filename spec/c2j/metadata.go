package c2j

import (
	"cmp"
	"slices"
	"strings"

	"example.com/lathe/spec"
	"example.com/lathe/spec/tree"
)

// metadata makes the API with what is said of the service as a whole.
func (l *loader) metadata(root tree.Value) *spec.API {
	node := root.Get("metadata")
	for _, name := range [...]string{"metadata", "operations"} {
		if !root.Get(name).Exists() {
			l.Problems.Add(root.Pos(), "", "the document has no member %q", name)
		}
	}
	meta := l.Object(node)
	text := func(name string) string { return l.Text(meta.Get(name)) }
	l.readProtocols(meta)
	api := &spec.API{
		Pos:            node.NamePos(),
		ID:             cmp.Or(text("serviceId"), serviceID(cmp.Or(text("serviceAbbreviation"), text("serviceFullName")))),
		Version:        text("apiVersion"),
		Title:          text("serviceFullName"),
		Documentation:  l.Text(root.Get("documentation")),
		EndpointPrefix: text("endpointPrefix"),
		Protocols:      l.protocols, QueryCompatible: meta.Get("awsQueryCompatible").Exists(),
	}
	api.Name = serviceName(text("targetPrefix"), api.ID)
	api.Auth = l.serviceAuth(meta)
	if slices.Contains(api.Auth, spec.SigV4) || slices.Contains(api.Auth, spec.SigV4A) {
		api.SigningName = cmp.Or(text("signingName"), api.EndpointPrefix)
	}
	return api
}

// serviceName is the name of the service's shape, which the prefix of targets has behind
// its namespace. A service without is named after its id.
func serviceName(targetPrefix, id string) string {
	name := targetPrefix[strings.LastIndexByte(targetPrefix, '.')+1:]
	return cmp.Or(name, strings.ReplaceAll(id, " ", ""))
}

// serviceID makes an id of a service's name, as the SDKs did before models had
// one: without the company and without what is no letter, digit or space.
func serviceID(name string) string {
	name = strings.TrimPrefix(strings.TrimPrefix(strings.TrimSpace(name), "Amazon"), "AWS")
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if r == ' ' || r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' {
			return r
		}
		return -1
	}, name))
}

// protocolNames are the format's names of protocols; "json" depends on the
// version.
var protocolNames = [...]struct {
	name     string
	protocol spec.Protocol
}{
	{"rest-json", spec.RestJSON1}, {"rest-xml", spec.RestXML}, {"json", spec.AWSJSON11}, {"query", spec.AWSQuery},
	{"ec2", spec.EC2Query}, {"smithy-rpc-v2-cbor", spec.RPCv2CBOR},
}

// readProtocols reads the list of protocols, or in models without it the only one.
func (l *loader) readProtocols(meta tree.Value) {
	var names []tree.Value
	if list := meta.Get("protocols"); list.Exists() && l.Expect(list, tree.Array) {
		names = slices.Collect(list.All())
	} else if one := meta.Get("protocol"); one.Exists() {
		names = append(names, one)
	}
	for _, v := range names {
		if l.Expect(v, tree.String) {
			l.addProtocol(v, l.Text(meta.Get("jsonVersion")))
		}
	}
	spec.SortProtocols(l.protocols)
	l.bindings = len(l.protocols) == 0 || slices.ContainsFunc(l.protocols, spec.Protocol.HasBindings)
	l.query = slices.Contains(l.protocols, spec.AWSQuery) || slices.Contains(l.protocols, spec.EC2Query)
	l.xml = slices.ContainsFunc(l.protocols, isXML)
	l.onlyXML = l.xml && !slices.ContainsFunc(l.protocols, func(p spec.Protocol) bool { return !isXML(p) })
}

func isXML(p spec.Protocol) bool {
	return p == spec.RestXML || p == spec.AWSQuery || p == spec.EC2Query
}

func (l *loader) addProtocol(v tree.Value, jsonVersion string) {
	for _, p := range protocolNames {
		if p.name != v.Text() {
			continue
		}
		if p.name == "json" && jsonVersion == "1.0" {
			p.protocol = spec.AWSJSON10
		}
		l.protocols = append(l.protocols, p.protocol)
		return
	}
	l.Problems.Add(v.Pos(), "", "protocol %q is not known", v.Text())
}

// serviceAuth reads the list of authentication schemes, or in models without it
// the version of the signature.
func (l *loader) serviceAuth(meta tree.Value) []spec.AuthScheme {
	if list := meta.Get("auth"); list.Exists() {
		schemes, _ := spec.AuthSchemes(l.Texts(list))
		return schemes
	}
	switch version := l.Text(meta.Get("signatureVersion")); version {
	case "v4", "s3v4", "s3":
		return []spec.AuthScheme{spec.SigV4}
	case "v4a":
		return []spec.AuthScheme{spec.SigV4A}
	case "bearer":
		return []spec.AuthScheme{spec.HTTPBearer}
	case "", "none":
		return nil
	default:
		return []spec.AuthScheme{spec.AuthScheme("aws.auth#sig" + version)}
	}
}
