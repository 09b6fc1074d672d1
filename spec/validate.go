package spec

import (
	"slices"
	"strings"
)

// Validate checks what must hold in a model whatever its format: the HTTP
// bindings of its operations, and that its collections have types. Loaders call it
// last, so that its problems are reported together with their own.
func Validate(api *API) Problems {
	ps := ValidateWhole(api)
	for _, op := range api.Operations {
		ps = append(ps, ValidateOperation(op)...)
	}
	return ps
}

// ValidateWhole is the part of [Validate] that concerns more than one operation.
func ValidateWhole(api *API) Problems {
	var ps Problems
	checkOperationNames(api, &ps)
	checkCollections(api, &ps)
	return ps
}

// ValidateOperation is the part of [Validate] that concerns one operation.
func ValidateOperation(op *Operation) Problems {
	var ps Problems
	checkErrors(op, &ps)
	if op.HTTP.Method == "" {
		return ps // a protocol without bindings
	}
	checkLabels(op, &ps)
	checkBody(op, op.Input, &ps)
	checkBody(op, op.Output, &ps)
	return ps
}

func checkOperationNames(api *API, ps *Problems) {
	first := map[string]Pos{}
	for _, op := range api.Operations {
		if at, ok := first[op.Name]; ok {
			ps.Add(op.Pos, "give each operation a name of its own", "operation %s is declared twice, first at %s", op.Name, at)
			continue
		}
		first[op.Name] = op.Pos
	}
}

// checkErrors sees that the messages of errors are strings, which is what an error returns.
func checkErrors(op *Operation, ps *Problems) {
	for _, e := range op.Errors {
		for _, m := range e.Members {
			if kind := m.Target.Kind; strings.EqualFold(m.Name, "message") && kind != String && kind != Invalid {
				ps.Add(m.Pos, "make it a string, or give it another name", "the message of the error %s must be a string, not %s",
					e.Name, kind)
			}
		}
	}
}

// checkLabels sees that the labels of the path and the members bound to labels
// are the same.
func checkLabels(op *Operation, ps *Problems) {
	labels := op.HTTP.URI.Labels()
	var bound []string
	if op.Input != nil {
		for _, m := range op.Input.Members {
			if m.Location != InLabel {
				continue
			}
			bound = append(bound, m.LocationName)
			if !slices.Contains(labels, m.LocationName) {
				ps.Add(m.Pos, "add {"+m.LocationName+"} to the path or bind the member elsewhere",
					"path parameter %q has no label in %s", m.LocationName, op.HTTP.URI.Source)
			}
		}
	}
	for _, label := range labels {
		if !slices.Contains(bound, label) {
			ps.Add(op.HTTP.Pos, "declare a required path parameter named "+label,
				"label {%s} in %s has no path parameter", label, op.HTTP.URI.Source)
		}
	}
}

// checkBody sees that a structure has at most one payload, and then no members in
// the body beside it.
func checkBody(op *Operation, s *Shape, ps *Problems) {
	if s == nil {
		return
	}
	var payload *Member
	for _, m := range s.Members {
		if m.Location != InPayload {
			continue
		}
		if payload != nil {
			ps.Add(m.Pos, "bind only one member to the payload", "%s of %s has two payloads, %s and %s", s.Name,
				op.Name, payload.Name, m.Name)
		}
		payload = m
	}
	if payload == nil {
		return
	}
	for _, m := range s.Members {
		if m.Location == InBody {
			ps.Add(m.Pos, "bind it to a header, the query or the path",
				"%s is bound to the body of %s, which %s fills as its payload", m.Name, op.Name, payload.Name)
		}
	}
}
