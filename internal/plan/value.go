package plan

import (
	"slices"

	"example.com/lathe/spec"
)

var kinds = map[spec.Kind]Kind{
	spec.Blob: KindBlob, spec.Boolean: KindBool, spec.String: KindString, spec.Enum: KindEnum, spec.IntEnum: KindIntEnum,
	spec.Byte: KindInt8, spec.Short: KindInt16, spec.Integer: KindInt32, spec.Long: KindInt64,
	spec.Float: KindFloat32, spec.Double: KindFloat64, spec.Timestamp: KindTimestamp, spec.Document: KindDocument,
	spec.BigInteger: KindBigInt, spec.BigDecimal: KindBigFloat,
	spec.List: KindList, spec.Map: KindMap, spec.Structure: KindStructure, spec.Union: KindUnion,
}

var basicTypes = map[spec.Kind]*Type{
	spec.Blob: {Form: SliceOf, Elem: &Type{Name: "byte"}}, spec.Boolean: {Name: "bool"}, spec.String: {Name: "string"},
	spec.Byte: {Name: "int8"}, spec.Short: {Name: "int16"}, spec.Integer: {Name: "int32"}, spec.Long: {Name: "int64"},
	spec.Float: {Name: "float32"}, spec.Double: {Name: "float64"}, spec.Timestamp: {Import: "time", Name: "Time"},
	// These must not be copied, and nil is the absent one.
	spec.BigInteger: {Form: PointerTo, Elem: &Type{Import: "math/big", Name: "Int"}},
	spec.BigDecimal: {Form: PointerTo, Elem: &Type{Import: "math/big", Name: "Float"}},
}

var timeMethods = map[spec.TimestampFormat]string{
	spec.DateTime: "DateTime", spec.HTTPDate: "HTTPDate", spec.EpochSeconds: "EpochSeconds",
}

// value plans what a member holds, with the timestamp format of bodies.
func (b *builder) value(m *spec.Member) *Value { return b.valueAt(m, spec.InBody) }

// valueAt is value for a location, which may ask for another timestamp format.
func (b *builder) valueAt(m *spec.Member, at spec.Location) *Value {
	v := b.shapeValue(m.Target, m.WireTimestamp(at, b.protocol.Timestamps))
	mediaType := m.WireMediaType()
	if mediaType == v.MediaType {
		return v
	}
	own := *v
	own.MediaType = mediaType
	return &own
}

// boundValue is value for a member outside of the body, where the elements of a
// list take the formats of that place too.
func (b *builder) boundValue(m *spec.Member, at spec.Location) *Value {
	v := b.valueAt(m, at)
	if m.Target.Kind != spec.List {
		return v
	}
	own := *v
	own.Elem = b.valueAt(m.Target.Element, at)
	return &own
}

// shapeValue plans the values of a shape. Recursive shapes are met again by the
// name of their functions only.
func (b *builder) shapeValue(s *spec.Shape, format spec.TimestampFormat) *Value {
	if s.Kind != spec.Timestamp {
		format = ""
	}
	key := valueKey{s, format}
	if v := b.values[key]; v != nil {
		return v
	}
	v := &Value{Kind: kinds[s.Kind], Time: timeMethods[format], Sparse: s.Sparse, MediaType: s.MediaType}
	b.values[key] = v
	v.Type = b.goType(s)
	if s.Kind.IsAggregate() {
		names := b.functions[s]
		v.Encode, v.Decode, v.Validate = names.encode, names.decode, names.validate
	}
	switch s.Kind {
	case spec.List:
		v.Elem = b.value(s.Element)
		v.Sent, v.Wire = PartNames{Element: b.protocol.NameOf(s.Element)}, PartNames{Element: b.protocol.WireName(s.Element)}
	case spec.Map:
		v.Elem, v.NullEntries = b.value(s.Value), slices.Contains(b.custom().nullEntries, s.Name)
		v.Sent = PartNames{Element: mapEntry, Key: b.protocol.NameOf(s.Key), Value: b.protocol.NameOf(s.Value)}
		v.Wire = PartNames{Element: mapEntry, Key: b.protocol.WireName(s.Key), Value: b.protocol.WireName(s.Value)}
	case spec.Document:
		v.Codec = b.pkg.Runtime + "/document"
	case spec.BigInteger, spec.BigDecimal:
		v.Codec = b.pkg.Runtime + "/bignum"
	case spec.Blob:
		if s.Streaming {
			v.Kind = KindStream
		}
	}
	return v
}

// mapEntry is what entries of maps are called:
// https://smithy.io/2.0/spec/protocol-traits.html#map-serialization.
const mapEntry = "entry"

// goType is the Go type of a shape's values.
func (b *builder) goType(s *spec.Shape) *Type {
	switch s.Kind {
	case spec.List:
		return &Type{Form: SliceOf, Elem: b.elementType(s.Element.Target, s.Sparse)}
	case spec.Map:
		return &Type{Form: MapOf, Elem: b.elementType(s.Value.Target, s.Sparse)}
	case spec.Structure, spec.Union, spec.Enum, spec.IntEnum:
		return &Type{Import: b.typesPath(), Name: b.names[s]}
	case spec.Document:
		return &Type{Import: b.pkg.ImportPath + "/document", Name: "Interface"}
	default:
		return basicTypes[s.Kind]
	}
}

func (b *builder) elementType(s *spec.Shape, sparse bool) *Type {
	t := b.goType(s)
	if sparse && isPointable(s.Kind) {
		return &Type{Form: PointerTo, Elem: t}
	}
	return t
}

// isPointable is [Value.Pointable] for the values of a kind of shapes.
func isPointable(kind spec.Kind) bool { return (&Value{Kind: kinds[kind]}).Pointable() }
