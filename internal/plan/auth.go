package plan

import (
	"slices"
	"strings"

	"example.com/lathe/spec"
)

// authOf returns the schemes that a signed call of an operation may use, preferred
// first; none when calls are never signed.
func authOf(api *spec.API, op *spec.Operation) []spec.AuthScheme {
	if slices.Contains(customizations[api.ID].unsigned, op.Name) {
		return nil
	}
	schemes := api.Auth
	if own := customizations[api.ID].schemes; own != nil {
		schemes = own
	}
	if op.Auth != nil {
		schemes = op.Auth
	}
	if len(schemes) == 0 && op.Auth == nil && api.SigningName != "" {
		schemes = []spec.AuthScheme{spec.SigV4}
	}
	return slices.DeleteFunc(slices.Clone(schemes), func(s spec.AuthScheme) bool { return s == spec.NoAuth })
}

// isSignable reports whether clients have a signer for a scheme.
func isSignable(s spec.AuthScheme) bool {
	return s == spec.SigV4 || s == spec.SigV4A || s == spec.HTTPBearer
}

func joinSchemes(schemes []spec.AuthScheme) string {
	ids := make([]string, len(schemes))
	for i, s := range schemes {
		ids[i] = string(s)
	}
	return strings.Join(ids, " or ")
}

// authSchemes are the ids of the schemes that the client of an operation chooses from,
// preferred first: those of the model that there is a signer for. A call that may go
// unsigned ends with the scheme of no authentication.
func authSchemes(api *spec.API, op *spec.Operation) []string {
	var ids []string
	for _, s := range authOf(api, op) {
		if isSignable(s) {
			ids = append(ids, string(s))
		}
	}
	if len(ids) == 0 || op.OptionalAuth {
		ids = append(ids, string(spec.NoAuth))
	}
	return ids
}

// authGroups groups operations, which are sorted, by their schemes. The first group are
// the schemes of the service.
func authGroups(api *spec.API, operations []*Operation) []AuthGroup {
	groups := []AuthGroup{{Schemes: authSchemes(api, &spec.Operation{})}}
	for _, op := range operations {
		at := slices.IndexFunc(groups, func(g AuthGroup) bool { return slices.Equal(g.Schemes, op.Auth) })
		if at < 0 {
			at = len(groups)
			groups = append(groups, AuthGroup{Schemes: op.Auth})
		}
		groups[at].Operations = append(groups[at].Operations, op.Name)
	}
	return groups
}

// UnsignableEndpoints returns the authentication schemes of the endpoints that an
// operation may be sent to and for which there is no signer; such a call is an error.
// They are named as in the rules, sorted.
func UnsignableEndpoints(api *spec.API, op *spec.Operation) []string {
	if api.Endpoint == nil || len(authOf(api, op)) == 0 {
		return nil
	}
	return schemesOfRules(api.Endpoint, unsetParameters(api.Endpoint, op), func(names []string) bool {
		return !slices.ContainsFunc(names, isSignableName)
	})
}

// schemesOfRules returns the schemes that endpoints name, sorted, of those endpoints whose
// names are wanted.
func schemesOfRules(rules *spec.EndpointRules, unset map[string]bool, wants func(names []string) bool) []string {
	w := endpointAuthWalk{unset: unset, blocks: rules.Blocks, seen: map[int]bool{}, wants: wants}
	w.rules(rules.Rules)
	slices.Sort(w.schemes)
	return slices.Compact(w.schemes)
}

// The names that rules have for schemes which only some clients can serve.
const (
	ruleSigV4A  = "sigv4a"
	ruleSession = "sigv4-s3express"
)

// endpointAuth plans what clients sign with beside what all do, once the operations are
// planned: the rules name it, or the model.
func (b *builder) endpointAuth() {
	var names []string
	if b.api.Endpoint != nil {
		names = schemesOfRules(b.api.Endpoint, nil, func([]string) bool { return true })
	}
	n := &b.pkg.Needs
	n.SigV4A = slices.Contains(names, ruleSigV4A) || slices.ContainsFunc(b.pkg.Operations, func(op *Operation) bool {
		return slices.Contains(op.Auth, string(spec.SigV4A))
	})
	if slices.Contains(names, ruleSession) {
		b.pkg.Sessions = b.sessions()
	}
	// Where endpoints depend on the account, who signs must be known before.
	n.EndpointAuth = (slices.Contains(names, ruleSigV4A) || b.pkg.Sessions != nil) && !b.pkg.Endpoint.AccountID
}

// Sessions is how sessions are made.
type Sessions struct {
	Operation *Operation
	// Credentials is the field of its output, of whose fields these are the id of the access
	// key, the secret, the token, and the time when they expire.
	Credentials *Field
	Fields      [4]*Field
}

// sessions plans how sessions are made; nil without an operation of the form that clients
// know.
func (b *builder) sessions() *Sessions {
	at := slices.IndexFunc(b.pkg.Operations, func(op *Operation) bool { return op.Name == spec.SessionOperation })
	if at < 0 || b.pkg.Operations[at].Input.field("Bucket") == nil {
		return nil
	}
	s := &Sessions{Operation: b.pkg.Operations[at]}
	if s.Credentials = s.Operation.Output.field("Credentials"); s.Credentials == nil ||
		s.Credentials.Value.Kind != KindStructure {
		return nil
	}
	st := b.structure(s.Credentials.Spec.Target)
	for i, name := range []string{"AccessKeyId", "SecretAccessKey", "SessionToken", "Expiration"} {
		if s.Fields[i] = st.field(name); s.Fields[i] == nil || !s.Fields[i].Pointer {
			return nil
		}
	}
	return s
}

// unsetParameters are the parameters of a rule set that an operation never sets, and
// no setting of the client either.
func unsetParameters(rules *spec.EndpointRules, op *spec.Operation) map[string]bool {
	unset := map[string]bool{}
	for _, p := range rules.Parameters {
		unset[p.Name] = p.BuiltIn == "" && !p.Client && p.Default == nil
	}
	for _, bound := range [][]spec.ContextValue{op.StaticContext, op.OperationContext} {
		for _, c := range bound {
			unset[c.Name] = false
		}
	}
	for _, m := range contextMembers(op) {
		unset[m.ContextParam] = false
	}
	return unset
}

// endpointAuthWalk collects schemes from the rules that may hold.
type endpointAuthWalk struct {
	unset   map[string]bool
	blocks  [][]spec.EndpointRule
	seen    map[int]bool // the blocks, by number
	schemes []string
	// wants reports whether the schemes of an endpoint are to be collected.
	wants func(names []string) bool
}

func (w *endpointAuthWalk) rules(rules []spec.EndpointRule) {
	for i := range rules {
		r := &rules[i]
		if slices.ContainsFunc(r.Conditions, w.neverHolds) {
			continue
		}
		w.rules(r.Rules)
		if r.Block > 0 && !w.seen[r.Block] {
			w.seen[r.Block] = true
			w.rules(w.blocks[r.Block-1])
		}
		if r.Endpoint != nil && r.Endpoint.Properties != nil {
			w.properties(r.Endpoint.Properties.Object)
		}
	}
}

// neverHolds reports whether a condition asks for a parameter that is never set.
func (w *endpointAuthWalk) neverHolds(c spec.EndpointCondition) bool {
	return c.Fn == "isSet" && len(c.Args) == 1 && w.unset[c.Args[0].Ref]
}

// properties adds the schemes of an endpoint if they are wanted.
func (w *endpointAuthWalk) properties(fields []spec.EndpointField) {
	for _, f := range fields {
		if f.Name != "authSchemes" {
			continue
		}
		var names []string
		for _, scheme := range f.Value.List {
			for _, property := range scheme.Object {
				if name, ok := property.Value.Literal.(string); ok && property.Name == "name" {
					names = append(names, name)
				}
			}
		}
		if len(names) == len(f.Value.List) && w.wants(names) {
			w.schemes = append(w.schemes, names...)
		}
	}
}

// isSignableName reports whether clients have a signer for a scheme of a rule set; the
// transport chooses by the same names.
func isSignableName(name string) bool {
	return slices.Contains([]string{"sigv4", "bearer", "none", ruleSigV4A, ruleSession}, name)
}
