package openapi

import (
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"example.com/lathe/spec"
)

// protocols are those that a service may be said to speak.
var protocols = []spec.Protocol{
	spec.RestJSON1, spec.RestXML, spec.AWSJSON10, spec.AWSJSON11, spec.AWSQuery, spec.EC2Query, spec.RPCv2CBOR,
}

// service reads what the document says of the service as a whole. Without
// x-service its title names it.
func (l *loader) service() {
	if l.root.get("info") == nil || l.doc.Info == nil {
		l.doc.Info = &openapi3.Info{Title: "Service"}
		if !l.root.broken {
			l.wrong(l.root, "add info with title and version", "the document has no info")
		}
	}
	info, service := l.doc.Info, l.root.get("x-service")
	for _, key := range [...]string{"title", "version"} {
		if at := l.root.get("info"); at != nil && at.get(key) == nil && !at.broken {
			l.wrong(at, "", "info has no %s", key)
		}
	}
	l.api.Title, l.api.Version, l.api.Documentation = info.Title, info.Version, info.Description
	l.api.ID = firstOf(service.get("id").string(), strings.Join(wordsOf(info.Title), " "))
	l.api.Name = firstOf(service.get("name").string(), titled(wordsOf(l.api.ID)))
	l.api.EndpointPrefix = service.get("endpointPrefix").string()
	l.api.SigningName = firstOf(service.get("signingName").string(), l.api.EndpointPrefix)
	l.api.Protocols = []spec.Protocol{spec.RestJSON1}
	if at := service.get("protocol"); at != nil {
		l.api.Protocols[0] = spec.Protocol(at.text)
		if !slices.Contains(protocols, l.api.Protocols[0]) {
			names := make([]string, len(protocols))
			for i, p := range protocols {
				names[i] = string(p)
			}
			l.wrong(at, didYouMean(at.text, names...), "there is no protocol %q", at.text)
		}
	}
	if !isIdentifier(l.api.Name) && (service != nil || info.Title != "") && !service.isBroken() {
		at := firstOfNodes(firstOfNodes(service.get("name"), service.get("id")), firstOfNodes(l.root.get("info", "title"), l.root))
		l.wrong(at, "add x-service with an id of letters and digits", "no name for the service can be made of %q", firstOf(l.api.Name, l.api.ID))
	}
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

// authScheme is the scheme of a security scheme in the components.
func (l *loader) authScheme(name string) (spec.AuthScheme, bool) {
	n, _ := l.component(l.root.get("components", "securitySchemes", name))
	for _, s := range schemes {
		if n.get("type").string() == "http" && strings.EqualFold(n.get("scheme").string(), s.scheme) {
			return s.auth, true
		}
	}
	return "", false
}

// security checks the security schemes and reads which of them all operations
// use.
func (l *loader) security() {
	for _, f := range l.root.get("components", "securitySchemes").each() {
		n, _ := l.component(f.value)
		if _, ok := l.authScheme(f.key); !ok && n != nil && !n.broken {
			l.wrong(f.value, "use type: http with scheme AWS4-HMAC-SHA256, AWS4-ECDSA-P256-SHA256 or bearer", "the security scheme is not supported")
		}
	}
	l.api.Auth, _ = l.requirements(l.doc.Security, l.root.get("security"))
	if l.api.SigningName == "" && slices.ContainsFunc(l.api.Auth, isSigned) && !l.root.broken {
		l.wrong(firstOfNodes(l.root.get("x-service"), l.root), "add signingName to x-service", "requests are signed, but the service has no signing name")
	}
	if !slices.ContainsFunc(l.api.Auth, isSigned) {
		l.api.SigningName = l.root.get("x-service", "signingName").string()
	}
}

func isSigned(a spec.AuthScheme) bool { return a == spec.SigV4 || a == spec.SigV4A }

// requirements reads a list of alternative requirements, preferred first; an
// empty one says that none is needed.
func (l *loader) requirements(all openapi3.SecurityRequirements, n *node) (auth []spec.AuthScheme, optional bool) {
	for i, item := range n.items() {
		if i >= len(all) || item.broken {
			continue
		}
		if len(item.fields) > 1 {
			l.wrong(item, "write them as items of their own, of which one is enough", "several security schemes at once are not supported")
			continue
		}
		optional = optional || len(item.fields) == 0
		for name, scopes := range all[i] {
			if l.root.get("components", "securitySchemes", name) == nil {
				hint := firstOf(didYouMean(name, l.root.get("components", "securitySchemes").keys()...), "declare it in components/securitySchemes")
				l.ps.Add(item.fields[0].value.keyPos(), hint, "there is no security scheme %q", name)
				continue
			}
			if len(scopes) > 0 {
				l.wrong(item.fields[0].value, "write []", "scopes of security schemes are not supported")
			}
			if scheme, ok := l.authScheme(name); ok && !slices.Contains(auth, scheme) {
				auth = append(auth, scheme)
			}
		}
	}
	return auth, optional
}

// operationSecurity reads how an operation differs from the service's schemes.
func (l *loader) operationSecurity(o *spec.Operation, op *openapi3.Operation, n *node) {
	if op.Security == nil {
		_, o.OptionalAuth = l.requirements(l.doc.Security, l.root.get("security"))
		return
	}
	auth, optional := l.requirements(*op.Security, n.get("security"))
	o.OptionalAuth = optional && len(auth) > 0
	o.Auth = append([]spec.AuthScheme{}, auth...)
}
