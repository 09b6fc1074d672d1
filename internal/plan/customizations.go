package plan

import (
	"example.com/lathe/internal/protocol"
	"example.com/lathe/spec"
)

// headerLiterals are, by service id, the headers that a service wants with every
// request though no model says so. Each is a rule of the service's API reference.
var headerLiterals = map[string]func(*spec.API, *protocol.Protocol) protocol.Header{
	// Without it the service answers in HAL, whose members are others than the
	// model's.
	"API Gateway": func(_ *spec.API, p *protocol.Protocol) protocol.Header {
		return protocol.Header{Name: "Accept", Value: p.ContentType}
	},
	// The service refuses requests that don't name their version.
	"Glacier": func(api *spec.API, _ *protocol.Protocol) protocol.Header {
		return protocol.Header{Name: "X-Amz-Glacier-Version", Value: api.Version}
	},
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

func (b *builder) literalHeaders() []protocol.Header {
	if literal, ok := headerLiterals[b.api.ID]; ok {
		return []protocol.Header{literal(b.api, b.protocol)}
	}
	return nil
}
