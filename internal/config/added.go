package config

import (
	"example.com/lathe/spec"
	"example.com/lathe/spec/tree"
)

// errors reads errors that operations may end with although the model does not say so.
func (r *reader) errors(v tree.Value) []spec.AddedError {
	var all []spec.AddedError
	for m := range r.members(r.someOf(v)) {
		e := spec.AddedError{Name: m.Name(), Pos: m.NamePos()}
		if !isIdentifier(e.Name) {
			r.problem(e.Pos, "use letters and digits, and begin with a letter", "%q cannot be the name of an error", e.Name)
		}
		r.mapping(m, errorFields(&e))
		all = append(all, e)
	}
	return all
}

var faults = []string{"client", "server"}

// errorFields are the keys of an error. All but the operations make it a new one.
func errorFields(e *spec.AddedError) []field {
	isNew := func(set func(*reader, tree.Value)) func(*reader, tree.Value) {
		return func(r *reader, v tree.Value) {
			if e.Traits == nil {
				e.Traits = &spec.ErrorTraits{}
			}
			set(r, v)
		}
	}
	return []field{
		{"operations", true, func(r *reader, v tree.Value) {
			for _, name := range r.texts(v, "name the operations that may end with it") {
				e.Operations, e.OperationsAt = append(e.Operations, name.string), append(e.OperationsAt, name.pos)
			}
		}},
		{"fault", false, isNew(func(r *reader, v tree.Value) {
			var fault string
			choice(&fault, faults)(r, v)
			e.Traits.Server = fault == "server"
		})},
		{"code", false, isNew(func(r *reader, v tree.Value) { e.Traits.Code = r.text(v).string })},
		{"documentation", false, isNew(func(r *reader, v tree.Value) { e.Documentation = r.Text(v) })},
	}
}

// defaults reads the values of members that are absent.
func (r *reader) defaults(v tree.Value) []spec.AddedDefault {
	var all []spec.AddedDefault
	for m := range r.members(r.someOf(v)) {
		all = append(all, spec.AddedDefault{Member: m.Name(), Pos: m.NamePos(), ValuePos: m.Pos(), Value: m.Decode()})
	}
	return all
}

// renameFields are the kinds of what can be renamed.
func renameFields(all *[]spec.Rename) []field {
	of := func(name string, kind spec.RenameKind) field {
		return field{name, false, func(r *reader, v tree.Value) {
			for m := range r.members(r.someOf(v)) {
				to := r.text(m)
				if to.string != "" && !isIdentifier(to.string) {
					r.problem(to.pos, "use letters and digits, and begin with a letter", "%q cannot be a name in Go", to.string)
				}
				*all = append(*all, spec.Rename{Kind: kind, From: m.Name(), To: to.string, Pos: m.NamePos()})
			}
		}}
	}
	return []field{
		of("operations", spec.RenameOperation), of("shapes", spec.RenameShape), of("members", spec.RenameMember),
		of("values", spec.RenameValue),
	}
}
