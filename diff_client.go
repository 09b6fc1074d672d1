package lathe

import (
	"slices"
	"strings"

	"example.com/lathe/diff"
	"example.com/lathe/internal/goapi"
	"example.com/lathe/internal/plan"
	"example.com/lathe/spec"
	"example.com/lathe/templates"
)

// Client is what callers see of a client: the model that it is made of, and the options
// that change its API or what it does.
type Client struct {
	// Model has the operations of the client, and the protocol that it speaks.
	Model *spec.API
	// Protocols are all that the service speaks; empty where that is not known.
	Protocols []spec.Protocol
	// Lean, Presign and Module are as in [Config].
	Lean    bool
	Presign []string
	Module  string
	// Pos is where a configuration file has the client.
	Pos spec.Pos
}

// ClientOf returns the client that [Generate] makes.
func ClientOf(cfg Config) (Client, error) {
	api, err := cfg.load()
	if err != nil {
		return Client{}, err
	}
	chosen, err := choose(api, cfg, nil)
	if err != nil {
		return Client{}, err
	}
	return Client{Model: chosen.api, Protocols: api.Protocols, Lean: cfg.Lean, Presign: cfg.Presign,
		Module: cfg.Module}, nil
}

// CompareClients compares two clients: their models as [Compare] does, and their
// options. What an option means to Go callers is found out by type-checking the old
// client with and without it.
func CompareClients(before, after Client) (*diff.Report, error) {
	var changed []diff.Change
	if old, now := before.speaks(), after.speaks(); old != now && slices.Contains(after.Protocols, old) {
		changed = append(changed, diff.OptionChanged(
			"protocol-chosen-changed", "protocol", string(old), string(now), after.Pos))
		before.Model = only(before.Model, now)
	}
	for _, o := range options {
		old, now := o.text(before), o.text(after)
		if old == now {
			continue
		}
		c := diff.OptionChanged(o.rule, o.name, old, now, after.Pos)
		if o.take != nil {
			taken := before
			o.take(&taken, after)
			if err := resolve(&c, before, taken); err != nil {
				return nil, err
			}
			before = taken
		}
		changed = append(changed, c)
	}
	report := diff.Compare(before.Model, after.Model)
	found, isKnown, err := compareGo(before, after)
	if err != nil {
		return nil, err
	}
	if isKnown {
		report.ResolveGo(found)
	}
	report.Add(changed...)
	return report, nil
}

// options are those that are compared.
var options = []struct {
	name, rule string
	text       func(Client) string
	// take takes the option over; nil for one that changes nothing in the client's package.
	take func(c *Client, from Client)
}{
	{"lean", "lean-changed", Client.kind, func(c *Client, from Client) { c.Lean = from.Lean }},
	{"presign", "presign-changed", Client.presigned, func(c *Client, from Client) { c.Presign = from.Presign }},
	{"module", "module-changed", Client.module, nil},
}

// resolve puts into a change what a comparison of the Go APIs finds.
func resolve(c *diff.Change, before, after Client) error {
	found, isKnown, err := compareGo(before, after)
	if isKnown {
		c.ResolveGo(found)
	}
	return err
}

// speaks is the protocol of a client; empty where its model leaves that open.
func (c Client) speaks() spec.Protocol {
	if len(c.Model.Protocols) != 1 {
		return ""
	}
	return c.Model.Protocols[0]
}

// only returns a model of which a client speaks that protocol.
func only(api *spec.API, speaks spec.Protocol) *spec.API {
	changed := *api
	changed.Protocols = []spec.Protocol{speaks}
	return &changed
}

func (c Client) kind() string {
	if c.Lean {
		return "lean"
	}
	return "whole"
}

// presigned lists the operations that are presigned because somebody wants them to be.
func (c Client) presigned() string {
	names := slices.Clone(c.Presign)
	slices.Sort(names)
	return strings.Join(slices.Compact(names), ", ")
}

// module is what the client is a part of. Its version is none of its callers' business.
func (c Client) module() string {
	path, _, _ := strings.Cut(c.Module, "@")
	if path == "" {
		return "a package of the module around it"
	}
	return "the module " + path
}

// render renders what can be generated of a client.
func (c Client) render() (goapi.Package, bool) {
	const name = "client"
	chosen, err := choose(c.Model, Config{}, nil)
	if err != nil {
		return goapi.Package{}, false
	}
	p, err := plan.Build(chosen.api, plan.Config{
		Protocol: chosen.protocol, Package: name, ImportPath: name, Runtime: name + "/internal", Lean: c.Lean,
		Presign: c.requests(chosen.api),
	})
	if err != nil {
		return goapi.Package{}, false
	}
	client := goapi.Package{Path: name, Files: map[string][]byte{}}
	for _, f := range templates.Files(p) {
		if f.Runtime {
			continue
		}
		if client.Files[f.Path], err = f.Render(); err != nil {
			return goapi.Package{}, false
		}
	}
	return client, true
}

// requests are the operations to presign that the model has.
func (c Client) requests(api *spec.API) []plan.PresignRequest {
	var all []plan.PresignRequest
	for _, name := range c.Presign {
		if slices.ContainsFunc(api.Operations, func(op *spec.Operation) bool { return op.Name == name }) {
			all = append(all, plan.PresignRequest{Name: name})
		}
	}
	return all
}
