package lathe

import (
	"slices"
	"strings"

	"example.com/lathe/internal/paths"
	"example.com/lathe/internal/plan"
	"example.com/lathe/internal/protocol"
	"example.com/lathe/spec"
)

// choice is the part of a spec that a client is made of.
type choice struct {
	api      *spec.API
	protocol *protocol.Protocol
	refused  []Refusal
}

// choose selects protocol and operations. Operations that a glob, or no name at all,
// brings in are left out when they can't be generated; what is wrong with their source
// is a problem. The error has the problems known before, too.
func choose(api *spec.API, cfg Config, known spec.Problems) (*choice, error) {
	selected, unmatched := spec.Select(api, cfg.Operations)
	ps := slices.Concat(known, cfg.unmatched(api, unmatched, partHint))
	speaks, problem := cfg.speaks(api)
	if problem != nil {
		return nil, append(ps, *problem).Err()
	}
	var refused []Refusal
	var kept []string
	reasonsOf := unsupported(selected, speaks)
	for _, op := range selected.Operations {
		reasons := reasonsOf(op)
		switch {
		case len(reasons) == 0:
			kept = append(kept, op.Name)
		case op.Part != nil || slices.ContainsFunc(cfg.Operations, op.Called):
			ps = append(ps, reasons...)
		default:
			refused = append(refused, Refusal{op.Name, reasons})
		}
	}
	if err := ps.Err(); err != nil {
		return nil, err
	}
	if len(refused) > 0 && len(kept) > 0 {
		selected, _ = spec.Select(selected, kept)
	}
	if len(kept) == 0 {
		ps.Add(api.Pos, "", "no operation of %s is left to generate", api.Name)
		for _, r := range refused {
			ps = append(ps, r.Reasons...)
		}
		return nil, ps.Err()
	}
	selected.Protocols = []spec.Protocol{speaks.ID} // others that the service speaks are none of the client's
	return &choice{selected, speaks, refused}, nil
}

// speaks returns the protocol of a client, or why there is none.
func (cfg Config) speaks(api *spec.API) (*protocol.Protocol, *spec.Problem) {
	speaks, problem := protocol.For(api, spec.Protocol(cfg.Protocol))
	if problem != nil && cfg.ProtocolAt != (spec.Pos{}) {
		problem.Pos = cfg.ProtocolAt
	}
	return speaks, problem
}

// unmatched are the problems with names that no operation has; more is what a hint says
// beside the name that may be meant.
func (cfg Config) unmatched(
	api *spec.API, names []string, more func(file, name string) string,
) (problems spec.Problems) {
	for _, name := range names {
		at, of := spec.Pos{File: api.Pos.File}, ""
		if i := slices.Index(cfg.Operations, name); i >= 0 && i < len(cfg.OperationsAt) {
			at, of = cfg.OperationsAt[i], " of "+paths.Show(api.Pos.File)
		}
		problems.Add(at, unknownHint(api, name, more), "no operation%s matches %q", of, name)
	}
	return problems
}

// unsupported returns the function that returns why an operation can't be generated;
// nothing when it can.
func unsupported(api *spec.API, speaks *protocol.Protocol) func(*spec.Operation) spec.Problems {
	reasons := plan.Unsupported(api, speaks)
	return func(op *spec.Operation) spec.Problems {
		ps := reasons(op)
		if op.Part == nil { // otherwise its headers have been checked with the source
			ps = append(ps, spec.CheckHeaders(op)...)
		}
		return ps
	}
}

func unknownHint(api *spec.API, name string, more func(file, name string) string) string {
	var all, hints []string
	for _, op := range api.Operations {
		all = append(all, op.Name)
		if op.SourceName != "" {
			all = append(all, op.SourceName)
		}
	}
	if near := spec.Nearest(name, slices.Values(all)); near != "" {
		hints = append(hints, "did you mean "+near+"?")
	}
	if hint := more(api.Pos.File, name); hint != "" {
		hints = append(hints, hint)
	}
	if hints == nil {
		return `"gen list" prints the operations of a spec`
	}
	return strings.Join(hints, " ")
}

// noHint is where there is no more to say.
func noHint(string, string) string { return "" }
