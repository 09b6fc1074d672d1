package openapi

import (
	"cmp"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"example.com/lathe/spec"
	"example.com/lathe/spec/tree"
)

// protocols are those that a service may be said to speak.
var protocols = []spec.Protocol{
	spec.RestJSON1, spec.RestXML, spec.AWSJSON10, spec.AWSJSON11, spec.AWSQuery, spec.EC2Query, spec.RPCv2CBOR,
}

// service reads what the document says of the service as a whole. Without
// x-service its title names it.
func (l *loader) service() {
	if !l.root.Get("info").Exists() || l.doc.Info == nil {
		l.doc.Info = &openapi3.Info{Title: "Service"}
		if !l.root.Broken() {
			l.wrong(l.root, "add info with title and version", "the document has no info")
		}
	}
	info, service := l.doc.Info, l.root.Get("x-service")
	for _, key := range [...]string{"title", "version"} {
		if at := l.root.Get("info"); at.Exists() && !at.Get(key).Exists() && !at.Broken() {
			l.wrong(at, "", "info has no %s", key)
		}
	}
	l.api.Title, l.api.Version, l.api.Documentation = info.Title, info.Version, info.Description
	l.api.ID = cmp.Or(service.Get("id").Text(), strings.Join(wordsOf(info.Title), " "))
	l.api.Name = cmp.Or(service.Get("name").Text(), titled(wordsOf(l.api.ID)))
	l.api.EndpointPrefix = service.Get("endpointPrefix").Text()
	l.api.SigningName = cmp.Or(service.Get("signingName").Text(), l.api.EndpointPrefix,
		l.root.Get("info", "x-aws-signingName").Text(), l.gatewaySigningName())
	l.api.Protocols = []spec.Protocol{spec.RestJSON1}
	if at := service.Get("protocol"); at.Exists() {
		l.api.Protocols[0] = spec.Protocol(at.Text())
		if !slices.Contains(protocols, l.api.Protocols[0]) {
			names := make([]string, len(protocols))
			for i, p := range protocols {
				names[i] = string(p)
			}
			l.wrong(at, didYouMean(at.Text(), names...), "there is no protocol %q", at.Text())
		}
	}
	if !isIdentifier(l.api.Name) && (service.Exists() || info.Title != "") && !service.Broken() {
		at := cmp.Or(service.Get("name"), service.Get("id"), l.root.Get("info", "title"), l.root)
		l.wrong(at, "add x-service with an id of letters and digits", "no name for the service can be made of %q",
			cmp.Or(l.api.Name, l.api.ID))
	}
}

// gatewaySigningName is the signing name of an API behind API Gateway, which its servers
// show; empty for others.
func (l *loader) gatewaySigningName() string {
	const name = "execute-api"
	for server := range l.root.Get("servers").All() {
		if strings.Contains(server.Get("url").Text(), "."+name+".") {
			return name
		}
	}
	return ""
}

// schemes are the security schemes that are known: HTTP authentication by the
// scheme that stands in the Authorization header.
var schemes = [...]struct {
	scheme string
	auth   spec.AuthScheme
}{
	{"aws4-hmac-sha256", spec.SigV4},
	{"aws4-ecdsa-p256-sha256", spec.SigV4A},
	{"bearer", spec.HTTPBearer},
}

// gatewayType is what says in documents of API Gateway and of Smithy's converter that the
// key in the Authorization header is a signature.
const gatewayType = "x-amazon-apigateway-authtype"

// authScheme is the scheme of a security scheme in the components.
func (l *loader) authScheme(name string) (spec.AuthScheme, bool) {
	n, _ := l.component(l.root.Get("components", "securitySchemes", name))
	if n.Get("type").Text() == "apiKey" && n.Get("in").Text() == "header" &&
		strings.EqualFold(n.Get("name").Text(), "Authorization") && strings.EqualFold(n.Get(gatewayType).Text(), "awsSigv4") {
		return spec.SigV4, true
	}
	for _, s := range schemes {
		if n.Get("type").Text() == "http" && strings.EqualFold(n.Get("scheme").Text(), s.scheme) {
			return s.auth, true
		}
	}
	return "", false
}

// security checks the security schemes and reads which of them all operations
// use.
func (l *loader) security() {
	for f := range l.root.Get("components", "securitySchemes").All() {
		n, _ := l.component(f)
		if _, ok := l.authScheme(f.Name()); !ok && n.Exists() && !n.Broken() {
			l.wrong(f, "use type: http with scheme AWS4-HMAC-SHA256, AWS4-ECDSA-P256-SHA256 or bearer",
				"the security scheme is not supported")
		}
	}
	l.api.Auth, l.optionalAuth = l.requirements(l.doc.Security, l.root.Get("security"))
	if l.api.SigningName == "" && slices.ContainsFunc(l.api.Auth, isSigned) && !l.root.Broken() {
		l.wrong(cmp.Or(l.root.Get("x-service"), l.root), "add signingName to x-service",
			"requests are signed, but the service has no signing name")
	}
	if !slices.ContainsFunc(l.api.Auth, isSigned) {
		l.api.SigningName = l.root.Get("x-service", "signingName").Text()
	}
}

func isSigned(a spec.AuthScheme) bool { return a == spec.SigV4 || a == spec.SigV4A }

// requirements reads a list of alternative requirements, preferred first; an
// empty one says that none is needed.
func (l *loader) requirements(all openapi3.SecurityRequirements, n tree.Value) (auth []spec.AuthScheme, optional bool) {
	for i, item := range l.kept(n) {
		if item.Broken() {
			continue
		}
		if item.Len() > 1 {
			l.wrong(item, "write them as items of their own, of which one is enough",
				"several security schemes at once are not supported")
			continue
		}
		optional = optional || item.Len() == 0
		for name, scopes := range all[i] {
			if !l.root.Get("components", "securitySchemes", name).Exists() {
				hint := cmp.Or(didYouMean(name, names(l.root.Get("components", "securitySchemes"))...),
					"declare it in components/securitySchemes")
				l.ps.Add(item.List()[0].NamePos(), hint, "there is no security scheme %q", name)
				continue
			}
			if len(scopes) > 0 {
				l.wrong(item.List()[0], "write []", "scopes of security schemes are not supported")
			}
			if scheme, ok := l.authScheme(name); ok && !slices.Contains(auth, scheme) {
				auth = append(auth, scheme)
			}
		}
	}
	return auth, optional
}

// operationSecurity reads how an operation differs from the service's schemes.
func (l *loader) operationSecurity(o *spec.Operation, op *openapi3.Operation, n tree.Value) {
	if op.Security == nil {
		o.OptionalAuth = l.optionalAuth
		return
	}
	auth, optional := l.requirements(*op.Security, n.Get("security"))
	o.OptionalAuth = optional && len(auth) > 0
	o.Auth = append([]spec.AuthScheme{}, auth...)
}
