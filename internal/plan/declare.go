package plan

import (
	"cmp"
	"slices"

	"example.com/lathe/internal/naming"

	"example.com/lathe/spec"
)

// declareTypes plans the package types: every reached shape that has a Go type
// there, sorted by name.
func (b *builder) declareTypes() {
	for _, s := range b.shapes() {
		if b.names[s] == "" {
			continue
		}
		switch s.Kind {
		case spec.Structure:
			b.pkg.Structs = append(b.pkg.Structs, b.structure(s))
		case spec.Union:
			b.pkg.Unions = append(b.pkg.Unions, b.union(s))
		case spec.Enum, spec.IntEnum:
			b.pkg.Enums = append(b.pkg.Enums, b.enum(s))
		}
	}
}

// structure plans a struct of the package types; errors get what makes them
// errors.
func (b *builder) structure(s *spec.Shape) *Struct {
	if st := b.structs[s]; st != nil {
		return st
	}
	st := &Struct{Name: b.names[s], Type: b.goType(s)}
	b.structs[s] = st
	if s.Error == nil {
		st.Doc = structDoc(st.Name, s)
		st.Fields = b.fields(s, b.fieldNames(s))
		st.Redaction = b.redact(s, st.Fields)
		return st
	}
	st.Doc = errorDoc(st.Name, s)
	st.Error = &ErrorType{Code: b.errorCode(s), Server: s.Error.Server}
	st.Fields = b.errorFields(s)
	st.Redaction = b.redact(s, st.Fields)
	for _, f := range st.Fields {
		if m := f.Spec; f.Name == "Message" && m != nil {
			st.Error.SecretMessage = s.Sensitive || m.IsSensitive()
		}
	}
	return st
}

// errorCode is the code by which an error is known: its own where the protocol has such,
// or its name.
func (b *builder) errorCode(s *spec.Shape) string {
	if s.Error == nil {
		return s.Name
	}
	if b.pkg.Errors.OwnCodes {
		return cmp.Or(s.Error.Code, s.Error.QueryCode, s.Name)
	}
	return cmp.Or(s.Error.Code, s.Name)
}

// errorFields are an error's fields. The official SDK gives every error a field
// Message, whether the model has such a member or not; it comes first here. It also keeps
// names free for methods that get a member, which it does not make.
func (b *builder) errorFields(s *spec.Shape) []*Field {
	reserved := []string{"Error", "ErrorCode", "ErrorMessage", "ErrorFault", "ErrorCodeOverride", "Unwrap"}
	for _, m := range s.Members {
		name := naming.Exported(m.ClientName())
		reserved = append(reserved, "Get"+name, "Has"+name)
	}
	names := b.fieldNames(s, reserved...)
	fields := b.fields(s, names)
	at := slices.IndexFunc(fields, func(f *Field) bool { return f.Name == "Message" })
	if at < 0 {
		message := &Field{
			Name: "Message", Wire: b.pkg.Errors.MessageKeys[0], Pointer: true,
			Value: &Value{Kind: KindString, Type: basicTypes[spec.String]},
		}
		fields, at = append([]*Field{message}, fields...), 0
	}
	if m := fields[at].Spec; m == nil || m.Documentation == "" {
		fields[at].Doc = []string{"Message says what went wrong, in the service's words; nil when it says nothing."}
	}
	return fields
}

// fields plans the fields of a structure in the order of the model.
func (b *builder) fields(s *spec.Shape, names map[*spec.Member]string) []*Field {
	var fields []*Field
	for _, m := range s.Members {
		if names[m] != "" && !isEventStream(m) {
			fields = append(fields, b.field(m, names[m]))
		}
	}
	return fields
}

func (b *builder) field(m *spec.Member, name string) *Field {
	v := b.value(m)
	return &Field{
		Name: name, Member: m.Name, Wire: b.protocol.WireName(m), Sent: b.protocol.NameOf(m), Flat: m.XML.Flattened,
		Attribute: m.XML.Attribute, Spec: m, Value: v, Doc: fieldDoc(m),
		Pointer: v.Pointable() && !m.HasZeroDefault(), Required: m.Required,
	}
}

// union plans an interface and its variants.
func (b *builder) union(s *spec.Shape) *Union {
	if u := b.unions[s]; u != nil {
		return u
	}
	u := &Union{Name: b.names[s], Type: b.goType(s), Marker: "is" + b.names[s]}
	b.unions[s] = u
	for _, m := range s.Members {
		if s.IsEventStream() && m.Target.Error != nil {
			continue // it ends the stream
		}
		name := b.types.Free(variantName(u.Name, m))
		u.Variants = append(u.Variants, &Variant{
			Name: name, Spec: m, Member: m.Name, Wire: b.protocol.WireName(m), Sent: b.protocol.NameOf(m),
			Flat: m.XML.Flattened, Type: &Type{Import: b.typesPath(), Name: name},
			Doc: variantDoc(name, m), Value: b.value(m), Unit: m.Target.IsUnit(), Redaction: b.redactVariant(s, m),
		})
	}
	u.Doc = unionDoc(u, s)
	return u
}

func (b *builder) enum(s *spec.Shape) *Enum {
	e := &Enum{Name: b.names[s], Int: s.Kind == spec.IntEnum}
	e.Doc = enumDoc(e.Name, s)
	constants := b.enumConstants(e.Name, s)
	for i, v := range s.EnumValues {
		e.Values = append(e.Values, EnumValue{Name: constants[i], Value: v.Value, Doc: enumValueDoc(v)})
	}
	return e
}
