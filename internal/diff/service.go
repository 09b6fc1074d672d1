package diff

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"example.com/lathe/spec"
)

// service compares what the service as a whole has.
func (c *comparer) service() {
	n := c.serviceNode()
	a, b := c.old.api, c.new.api
	note := func(rule, before, after string) {
		if before != after {
			n.add(finding{rule: rule, place: servicePlace, what: "the service", old: before, new: after, oldPos: a.Pos, newPos: b.Pos, goOld: c.old.golang.client("ServiceID"), goNew: c.new.golang.client("ServiceID")})
		}
	}
	note("service-renamed", a.Name, b.Name)
	note("service-id-changed", a.ID, b.ID)
	note("api-version-changed", a.Version, b.Version)
	note("signing-name-changed", a.SigningName, b.SigningName)
	note("endpoint-prefix-changed", a.EndpointPrefix, b.EndpointPrefix)
	note("query-compatibility-changed", word(a.QueryCompatible, "the codes of awsQuery too", "one code"), word(b.QueryCompatible, "the codes of awsQuery too", "one code"))
	note("endpoint-discovery-changed", a.EndpointOperation, b.EndpointOperation)
	for _, p := range missing(a.Protocols, b.Protocols) {
		note("protocol-removed", string(p), "")
	}
	for _, p := range missing(b.Protocols, a.Protocols) {
		note("protocol-added", "", string(p))
	}
	if !sameText(a.Title, b.Title) || !sameText(a.Documentation, b.Documentation) {
		n.add(finding{rule: "documentation-changed", place: servicePlace, what: "the service", oldPos: a.Pos, newPos: b.Pos})
	}
	c.endpoint(n)
	c.options(n)
}

func (c *comparer) serviceNode() *node { return c.newNode(servicePlace, "the service", nil, nil) }

// missing are the elements of a list that another one lacks.
func missing[T comparable](of, in []T) []T {
	var all []T
	for _, v := range of {
		if !slices.Contains(in, v) && !slices.Contains(all, v) {
			all = append(all, v)
		}
	}
	return all
}

// endpoint compares the rule sets.
func (c *comparer) endpoint(n *node) {
	before, after := cmp.Or(c.old.api.Endpoint, &spec.EndpointRules{}), cmp.Or(c.new.api.Endpoint, &spec.EndpointRules{})
	at := finding{oldPos: firstPos(before.Pos, c.old.api.Pos), newPos: firstPos(after.Pos, c.new.api.Pos), place: servicePlace + ".endpoint"}
	if !sameRules(before.Rules, after.Rules) {
		f := at
		f.rule = "endpoint-rules-changed"
		n.add(f)
	}
	for _, p := range before.Parameters {
		other, ok := parameter(after, p.Name)
		f := at.parameter(p)
		f.oldPos, f.goOld, f.goNew = p.Pos, c.old.golang.parameter(p.Name), c.new.golang.parameter(p.Name)
		if !ok {
			f.rule, f.goOld = "endpoint-parameter-removed", missing(f.goOld, f.goNew)
			n.add(f)
			continue
		}
		f.newPos = other.Pos
		compareParameter(n, f, p, other)
	}
	for _, p := range after.Parameters {
		if _, ok := parameter(before, p.Name); !ok {
			f := at.parameter(p)
			f.rule, f.newPos, f.goNew = "endpoint-parameter-added", p.Pos, c.new.golang.parameter(p.Name)
			n.add(f)
		}
	}
}

func (f finding) parameter(p spec.EndpointParameter) finding {
	f.place, f.what = f.place+"."+p.Name, p.Name
	return f
}

func parameter(set *spec.EndpointRules, name string) (spec.EndpointParameter, bool) {
	for _, p := range set.Parameters {
		if p.Name == name {
			return p, true
		}
	}
	return spec.EndpointParameter{}, false
}

func compareParameter(n *node, f finding, a, b spec.EndpointParameter) {
	if a.Type != b.Type {
		retyped := f
		retyped.rule, retyped.old, retyped.new = "endpoint-parameter-retyped", a.Type, b.Type
		n.add(retyped)
	}
	if before, after := sourceOf(a), sourceOf(b); before != after {
		changed := f
		changed.rule, changed.old, changed.new = "endpoint-parameter-changed", before, after
		n.add(changed)
	}
	f.what = "the endpoint parameter " + f.what
	deprecation(n, f, a.Deprecated, b.Deprecated)
	if !sameText(a.Documentation, b.Documentation) {
		f.rule = "documentation-changed"
		n.add(f)
	}
}

// sourceOf says where a parameter gets its value.
func sourceOf(p spec.EndpointParameter) string {
	parts := []string{cmp.Or(p.BuiltIn, "set by operations")}
	if p.Client {
		parts = append(parts, "an option of the client")
	}
	if p.Required {
		parts = append(parts, "required")
	}
	if p.Default != nil {
		parts = append(parts, fmt.Sprintf("default %v", p.Default))
	}
	return strings.Join(parts, ", ")
}

// sameRules compares rules without their positions and documentation.
func sameRules(a, b []spec.EndpointRule) bool {
	return slices.EqualFunc(a, b, func(a, b spec.EndpointRule) bool { return equalNode(reflect.ValueOf(a), reflect.ValueOf(b)) })
}

// equalNode compares two values of the rules deeply, but for what nobody sees:
// positions and documentation.
func equalNode(a, b reflect.Value) bool {
	if !a.IsValid() || !b.IsValid() {
		return a.IsValid() == b.IsValid()
	}
	if a.Type() != b.Type() {
		return false
	}
	switch a.Kind() {
	case reflect.Struct:
		return equalFields(a, b)
	case reflect.Slice:
		if a.Len() != b.Len() {
			return false
		}
		for i := range a.Len() {
			if !equalNode(a.Index(i), b.Index(i)) {
				return false
			}
		}
		return true
	case reflect.Pointer, reflect.Interface:
		return equalNode(a.Elem(), b.Elem())
	default:
		return a.Equal(b)
	}
}

func equalFields(a, b reflect.Value) bool {
	for i := range a.NumField() {
		name := a.Type().Field(i).Name
		if name != "Pos" && name != "Documentation" && !equalNode(a.Field(i), b.Field(i)) {
			return false
		}
	}
	return true
}

// options compares the options that the client has only where something needs
// them.
func (c *comparer) options(n *node) {
	before, after := optionsOf(c.old.golang), optionsOf(c.new.golang)
	at := finding{oldPos: c.old.api.Pos, newPos: c.new.api.Pos}
	for _, name := range missing(before, after) {
		f := at
		f.rule, f.place, f.what, f.goOld = "client-option-removed", servicePlace+".options."+name, name, []string{"Options." + name}
		n.add(f)
	}
	for _, name := range missing(after, before) {
		f := at
		f.rule, f.place, f.what, f.goNew = "client-option-added", servicePlace+".options."+name, name, []string{"Options." + name}
		n.add(f)
	}
}

func optionsOf(x *goIndex) []string {
	var names []string
	if x.pkg.Needs.Bearer {
		names = append(names, "BearerAuthTokenProvider")
	}
	if x.pkg.Needs.Checksum {
		names = append(names, "RequestChecksumCalculation", "ResponseChecksumValidation")
	}
	if x.pkg.Needs.Compression {
		names = append(names, "DisableRequestCompression", "RequestMinCompressSizeBytes")
	}
	if x.pkg.Needs.CheckedBodies {
		names = append(names, "DisableValidateResponseChecksum", "EnableAcceptEncodingGzip")
	}
	if x.pkg.Needs.Messages {
		names = append(names, "DisableMessageChecksumValidation")
	}
	if x.pkg.Discovery != nil {
		names = append(names, "EndpointDiscovery")
	}
	if x.pkg.Endpoint.AccountID {
		names = append(names, "AccountIDEndpointMode")
	}
	for _, o := range x.pkg.Endpoint.Options {
		names = append(names, o.GoName)
	}
	return names
}
