package plan

import "example.com/lathe/spec"

// HeaderLiteral is a constant header, its name in canonical form.
type HeaderLiteral struct{ Name, Value string }

// headerLiterals gives, by service id, the headers that a service wants with every
// request though no model says so. Each is a rule of the service's API reference.
var headerLiterals = map[string]func(*spec.API) HeaderLiteral{
	// Without it the service answers in HAL, whose members are others than the
	// model's.
	"API Gateway": func(*spec.API) HeaderLiteral { return HeaderLiteral{"Accept", "application/json"} },
	// The service refuses requests that don't name their version.
	"Glacier": func(api *spec.API) HeaderLiteral { return HeaderLiteral{"X-Amz-Glacier-Version", api.Version} },
}

// treeHashed are the ids of services that want the tree hash of each body.
var treeHashed = map[string]bool{"Glacier": true}

// accountMembers are, by service id, the members that name an account and may be
// left out to mean the caller's.
var accountMembers = map[string]string{"Glacier": "accountId"}

// OwnAccount stands for the caller's account in those members.
const OwnAccount = "-"

func accountField(api *spec.API, fields map[*spec.Member]*Field) *Field {
	for m, f := range fields {
		if m.Name == accountMembers[api.ID] && f.Pointer && f.Value.Kind == KindString {
			return f
		}
	}
	return nil
}

func literalHeaders(api *spec.API) []HeaderLiteral {
	if literal, ok := headerLiterals[api.ID]; ok {
		return []HeaderLiteral{literal(api)}
	}
	return nil
}
