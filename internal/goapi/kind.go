package goapi

// Kind says what has happened to an object. The values are stable.
type Kind string

// What happens to packages and to what they declare.
const (
	// Added is a package, constant, variable, function or type that is new.
	Added Kind = "added"
	// Removed is one that is gone.
	Removed Kind = "removed"
	// PackageRenamed is a package whose own name is another.
	PackageRenamed Kind = "package-renamed"
	// Redeclared is a name that stands for another kind of thing, as a variable
	// that was a constant.
	Redeclared Kind = "redeclared"
	// TypeChanged is a constant, variable or field of another type.
	TypeChanged Kind = "type-changed"
	// SignatureChanged is a function or method with other parameters or results.
	SignatureChanged Kind = "signature-changed"
	// ConstValueChanged is a constant of another value.
	ConstValueChanged Kind = "const-value-changed"
	// ConstValuesCollide is a constant whose new value is that of another
	// constant, from which it differed.
	ConstValuesCollide Kind = "const-values-collide"
)

// What happens to types.
const (
	// UnderlyingChanged is a type made of something else, as an int that was a
	// string.
	UnderlyingChanged Kind = "underlying-changed"
	// AliasChanged is an alias that was a type of its own, or the reverse.
	AliasChanged Kind = "alias-changed"
	// TypeParamsChanged is a type with other type parameters.
	TypeParamsChanged Kind = "type-parameters-changed"
	// BecameIncomparable is a type that == and map keys no longer admit.
	BecameIncomparable Kind = "became-incomparable"
	// BecameComparable is a type that they admit now.
	BecameComparable Kind = "became-comparable"
	// ConversionLost is a struct that was like another one of the client.
	ConversionLost Kind = "conversion-lost"
	// ImplementationLost is a type that no longer implements an interface of the
	// client, error or smithy.APIError, or only its pointer does.
	ImplementationLost Kind = "implementation-lost"
	// ImplementationGained is the reverse.
	ImplementationGained Kind = "implementation-gained"
)

// What happens to structs and their fields.
const (
	// FieldAdded is a field that is new.
	FieldAdded Kind = "field-added"
	// FieldRemoved is one that is gone.
	FieldRemoved Kind = "field-removed"
	// FieldsReordered is a struct whose fields stand in another order.
	FieldsReordered Kind = "fields-reordered"
	// EmbeddingChanged is a field that was embedded, or came from an embedded
	// struct, and does no longer, or the reverse.
	EmbeddingChanged Kind = "embedding-changed"
	// TagChanged is a field with another tag.
	TagChanged Kind = "tag-changed"
	// StructSealed is a struct that had no unexported field and has one.
	StructSealed Kind = "struct-sealed"
	// StructOpened is the reverse.
	StructOpened Kind = "struct-opened"
)

// What happens to methods and interfaces.
const (
	// MethodAdded is a new method of a type that is no interface.
	MethodAdded Kind = "method-added"
	// MethodAddedToInterface is a new method of an interface.
	MethodAddedToInterface Kind = "method-added-to-interface"
	// MethodRemoved is a method that is gone.
	MethodRemoved Kind = "method-removed"
	// ReceiverChanged is a method of the pointer that was one of the value, or
	// the reverse.
	ReceiverChanged Kind = "receiver-changed"
	// InterfaceSealed is an interface that had no unexported method and has one.
	InterfaceSealed Kind = "interface-sealed"
	// InterfaceOpened is the reverse.
	InterfaceOpened Kind = "interface-opened"
)
