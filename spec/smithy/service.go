package smithy

import (
	"cmp"
	"slices"
	"strings"

	"example.com/lathe/spec"
	"example.com/lathe/spec/rules"
	"example.com/lathe/spec/tree"
)

// chooseService returns the service that the options name, or the only one.
func (l *loader) chooseService(shapes tree.Value) *definition {
	var found *definition
	var all, named []string
	for _, d := range l.order {
		if d.typ != "service" || d.traits.has("smithy.api#mixin") {
			continue
		}
		all = append(all, d.id)
		if want := l.options.Service; want == "" || want == d.id || want == d.name {
			found, named = d, append(named, d.id)
		}
	}
	at := shapes.NamePos()
	switch {
	case len(named) == 1:
		return found
	case len(all) == 0:
		l.Problems.Add(at, "", "the model has no service")
	case len(named) == 0:
		l.Problems.Add(at, "it has "+strings.Join(all, ", "), "the model has no service %q", l.options.Service)
	default:
		l.Problems.Add(at, "choose one of "+strings.Join(named, ", "), "the model has %d services", len(named))
	}
	return nil
}

// protocolTraits are the traits of services that name protocols.
var protocolTraits = [...]struct {
	id       string
	protocol spec.Protocol
}{
	{"aws.protocols#restJson1", spec.RestJSON1}, {"aws.protocols#restXml", spec.RestXML},
	{"aws.protocols#awsJson1_0", spec.AWSJSON10}, {"aws.protocols#awsJson1_1", spec.AWSJSON11},
	{"aws.protocols#awsQuery", spec.AWSQuery}, {"aws.protocols#ec2Query", spec.EC2Query},
	{"smithy.protocols#rpcv2Cbor", spec.RPCv2CBOR},
}

// protocolsOf lists the protocols of a service, best first.
func protocolsOf(service *definition) []spec.Protocol {
	var all []spec.Protocol
	for _, p := range protocolTraits {
		if service.traits.has(p.id) {
			all = append(all, p.protocol)
		}
	}
	spec.SortProtocols(all)
	return all
}

// readService takes from the service what reading shapes depends on.
func (l *loader) readService(service *definition) {
	l.namespace, _, _ = strings.Cut(service.id, "#")
	l.protocols = protocolsOf(service)
	l.bindings = len(l.protocols) == 0 || slices.ContainsFunc(l.protocols, spec.Protocol.HasBindings)
	l.query = slices.Contains(l.protocols, spec.AWSQuery) || slices.Contains(l.protocols, spec.EC2Query)
	l.renamed = map[string]string{}
	for _, d := range l.lineage(service) {
		for v := range l.Object(d.node.Get("rename")).All() {
			switch name := l.Text(v); {
			case name != "" && !isIdentifier(name):
				l.Problems.Add(v.Pos(), "a name has letters, digits and underscores", "%.100q is no name for a shape", name)
			case name != "":
				l.renamed[v.Name()] = name
			}
		}
	}
}

// buildAPI makes the API of the service.
func (l *loader) buildAPI(service *definition) *spec.API {
	t := service.traits
	aws := l.Object(t.get("aws.api#service"))
	namespace := cmp.Or(l.Text(aws.Get("arnNamespace")), strings.ToLower(service.name))
	api := &spec.API{
		Pos: service.node.NamePos(), Name: service.name,
		ID:             cmp.Or(l.Text(aws.Get("sdkId")), service.name),
		Version:        l.Text(l.property(service, "version")),
		Title:          l.Text(t.get("smithy.api#title")),
		Documentation:  l.Text(t.get("smithy.api#documentation")),
		EndpointPrefix: cmp.Or(l.Text(aws.Get("endpointPrefix")), namespace),
		Protocols:      l.protocols, QueryCompatible: t.has("aws.protocols#awsQueryCompatible"),
	}
	if namespace := t.get("smithy.api#xmlNamespace"); namespace.Exists() {
		l.namespaceOf(&api.XML, namespace)
	}
	for _, id := range [...]string{"aws.auth#sigv4", "aws.auth#sigv4a"} {
		api.SigningName = cmp.Or(api.SigningName, l.Text(l.Object(t.get(id)).Get("name")))
	}
	api.Auth = l.serviceAuth(t)
	l.endpoint(api, t)
	l.operations(api, service)
	l.endpointOperation(api, t)
	l.nameShapes(api)
	return api
}

// authTraits are the traits that define authentication schemes, beside those that the model
// defines itself.
var authTraits = []string{
	"aws.auth#cognitoUserPools", "aws.auth#sigv4", "aws.auth#sigv4a", "smithy.api#httpApiKeyAuth",
	"smithy.api#httpBasicAuth", "smithy.api#httpBearerAuth", "smithy.api#httpDigestAuth",
}

// serviceAuth returns the schemes of a service that says nothing of their order in the one that
// Smithy gives them: by their ids.
func (l *loader) serviceAuth(t traits) []spec.AuthScheme {
	if listed := t.get("smithy.api#auth"); listed.Exists() {
		schemes, _ := spec.AuthSchemes(l.Texts(listed))
		return schemes
	}
	var all []spec.AuthScheme
	for v := range t.all {
		id := v.Name()
		own := l.shapes[id]
		if slices.Contains(authTraits, id) || own != nil && own.traits.has("smithy.api#authDefinition") {
			all = append(all, spec.AuthScheme(id))
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// endpoint reads the rules for endpoints, and their tests on demand.
func (l *loader) endpoint(api *spec.API, t traits) {
	ruleSet, parse := t.get("smithy.rules#endpointRuleSet"), rules.Parse
	if !ruleSet.Exists() { // where there are both, they are the same
		ruleSet, parse = t.get("smithy.rules#endpointBdd"), rules.ParseDiagram
	}
	if !ruleSet.Exists() {
		return
	}
	endpoint, problems, warnings := parse(ruleSet, tree.Value.NamePos)
	l.Problems = append(l.Problems, problems...)
	api.Endpoint, api.Warnings = endpoint, append(api.Warnings, warnings...)
	if api.Endpoint != nil {
		client := l.Object(t.get("smithy.rules#clientContextParams"))
		for i := range api.Endpoint.Parameters {
			p := &api.Endpoint.Parameters[i]
			p.Client = client.Get(p.Name).Exists()
		}
	}
	if tests := t.get("smithy.rules#endpointTests"); tests.Exists() && l.options.EndpointTests {
		api.EndpointTests, problems = rules.ParseTests(tests, tree.Value.NamePos)
		l.Problems = append(l.Problems, problems...)
	}
}

// endpointOperation reads which operation finds the endpoints of others.
func (l *loader) endpointOperation(api *spec.API, t traits) {
	v := l.Object(t.get("aws.api#clientEndpointDiscovery")).Get("operation")
	if !v.Exists() {
		return
	}
	_, name, _ := strings.Cut(l.Text(v), "#")
	if !slices.ContainsFunc(api.Operations, func(op *spec.Operation) bool { return op.Name == name }) {
		l.Problems.Add(v.Pos(), "", "endpoints are found by %.100q, which is no operation of the service", v.Text())
		return
	}
	api.EndpointOperation = name
}

// nameShapes puts the shapes that the operations reach into the API by their
// names. Of shapes with one name, which Smithy allows where they make no types of
// their own, one keeps it: that of the service's namespace; the others go by their
// shape IDs.
func (l *loader) nameShapes(api *spec.API) {
	api.Shapes = map[string]*spec.Shape{}
	for _, s := range spec.Reached(api, api.Operations...) {
		other := api.Shapes[s.Name]
		switch {
		case other == nil:
		case l.yields(s):
			s.Name = l.ids[s]
		case l.yields(other):
			other.Name = l.ids[other]
			api.Shapes[other.Name] = other
		default:
			l.Problems.Add(s.Pos, "give one of them another name in the service's \"rename\"",
				"shapes %s and %s have one name in the service", l.ids[other], l.ids[s])
		}
		api.Shapes[s.Name] = s
	}
}

// yields reports whether a shape gives its name up to another: those of other
// namespaces that are no types in Go, and all of the prelude.
func (l *loader) yields(s *spec.Shape) bool {
	namespace, _, _ := strings.Cut(l.ids[s], "#")
	isType := s.Kind >= spec.Structure || s.Kind == spec.Enum || s.Kind == spec.IntEnum
	return namespace == "smithy.api" || namespace != l.namespace && !isType
}
