package spec

import (
	"encoding/json"
	"slices"
	"strconv"
)

// AddedError is an error that operations may end with: one of the model, or a new one with
// nothing but a message.
type AddedError struct {
	// Name is the shape's, Pos is where it is declared.
	Name string
	Pos  Pos
	// Operations name the operations, each with its place.
	Operations   []string
	OperationsAt []Pos
	// Traits are those of a new error; nil for one of the model. Documentation is its text.
	Traits        *ErrorTraits
	Documentation string
}

// AddedDefault is the value of a member that is absent, as smithy.api#default has it.
type AddedDefault struct {
	// Member is the path to the member, "Shape.member" or "Operation.input.member"; Pos is
	// where it stands, and ValuePos where the value does.
	Member        string
	Pos, ValuePos Pos
	// Value is as in [Default].
	Value any
}

// Rename is what a client calls something by another name than the model's. What travels
// is called as before.
type Rename struct {
	Kind RenameKind
	// From is the name in the model, the path to a member, or an enum and a value of it with a
	// dot between; Pos is where it stands.
	From string
	To   string
	Pos  Pos
}

// RenameKind is what is renamed.
type RenameKind uint8

// The kinds of what can be renamed.
const (
	RenameOperation RenameKind = iota
	RenameShape
	RenameMember
	RenameValue
)

// ClientName is what clients call the operation.
func (op *Operation) ClientName() string { return either(op.Alias, op.Name) }

// ClientName is what clients call the shape.
func (s *Shape) ClientName() string { return either(s.Alias, s.Name) }

// ClientName is what clients call the member.
func (m *Member) ClientName() string { return either(m.Alias, m.Name) }

// ClientName is what clients call the value.
func (v *EnumValue) ClientName() string { return either(v.Alias, v.Name) }

func either(alias, name string) string {
	if alias != "" {
		return alias
	}
	return name
}

// addError adds an error to operations.
func (a *adder) addError(e AddedError) {
	s := a.api.Shapes[e.Name]
	switch {
	case e.Traits == nil && s == nil:
		a.problems.Add(e.Pos, "write whose fault it is (fault: server) to declare a new error",
			"there is no shape %q", e.Name)
	case e.Traits == nil && s.Error == nil:
		a.problems.Add(e.Pos, "", "%s is a %s, not an error", e.Name, s.Kind)
		return
	case e.Traits != nil && s != nil:
		a.problems.Add(e.Pos, "leave everything but operations out, or name it otherwise",
			"the model has a shape %s already", e.Name)
		return
	case e.Traits != nil:
		s = a.newError(e)
	}
	for i, name := range e.Operations {
		op := a.operation(name, e.OperationsAt[i])
		switch {
		case op == nil || s == nil:
		case slices.Contains(op.AllErrors(a.api), s):
			a.problems.Add(e.OperationsAt[i], hintDeclared, "%s has the error %s already", op.Name, s.Name)
		default:
			op.Errors = SortErrors(append(op.Errors, s))
		}
	}
}

// newError makes the shape of an error.
func (a *adder) newError(e AddedError) *Shape {
	text := a.api.Shapes["String"]
	if text == nil || text.Kind != String || text.Sensitive {
		text = &Shape{Name: e.Name + "Message", Pos: e.Pos, Kind: String}
		a.api.Shapes[text.Name] = text
	}
	s := &Shape{
		Name: e.Name, Pos: e.Pos, Kind: Structure, Documentation: e.Documentation, Error: e.Traits,
		Members: []*Member{{Name: "message", Pos: e.Pos, Target: text}},
	}
	a.api.Shapes[s.Name] = s
	return s
}

// setDefault sets the default of a member.
func (a *adder) setDefault(d AddedDefault) {
	m := a.member(d.Member, d.Pos)
	switch {
	case m == nil:
	case m.Default != nil:
		a.problems.Add(d.Pos, hintDeclared, "%s has a default already", d.Member)
	case !fits(d.Value, m.Target):
		a.problems.Add(d.ValuePos, "", "%s is of kind %s, which takes no such default", d.Member, m.Target.Kind)
	default:
		m.Default, m.ZeroGuessed = &Default{Value: d.Value}, false
	}
}

// fits reports whether a value can be the default of a shape:
// https://smithy.io/2.0/spec/type-refinement-traits.html#default-value-constraints.
func fits(v any, s *Shape) bool {
	switch v := v.(type) {
	case bool:
		return s.Kind == Boolean
	case string:
		return s.Kind == String || s.Kind == Blob && !s.Streaming || s.Kind == Enum &&
			slices.ContainsFunc(s.EnumValues, func(e EnumValue) bool { return e.Value == v })
	case json.Number:
		return fitsNumber(v.String(), s.Kind)
	case []any:
		return s.Kind == List && len(v) == 0
	case map[string]any:
		return s.Kind == Map && len(v) == 0
	default:
		return false
	}
}

// integerBits are how many bits integers have.
var integerBits = map[Kind]int{Byte: 8, Short: 16, Integer: 32, IntEnum: 32, Long: 64}

func fitsNumber(text string, k Kind) bool {
	if bits, ok := integerBits[k]; ok {
		_, err := strconv.ParseInt(text, 10, bits)
		return err == nil
	}
	return k == Float || k == Double
}

// rename changes the name that something has for clients.
func (a *adder) rename(r Rename) {
	switch r.Kind {
	case RenameOperation:
		if op := a.operation(r.From, r.Pos); op != nil {
			op.Alias = r.To
		}
	case RenameShape:
		if s := a.shape(r.From, r.Pos); s != nil {
			s.Alias = r.To
		}
	case RenameMember:
		if m := a.member(r.From, r.Pos); m != nil {
			m.Alias = r.To
		}
	case RenameValue:
		if v := a.value(r.From, r.Pos); v != nil {
			v.Alias, v.NameOrigin = r.To, NameGiven
		}
	}
}
