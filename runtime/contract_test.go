package runtime_test

import (
	"net/http"
	"testing"
	"time"

	"example.com/lathe/internal/protocol"
	"example.com/lathe/runtime"
	"example.com/lathe/runtime/cborcodec"
	"example.com/lathe/runtime/formcodec"
	"example.com/lathe/runtime/jsoncodec"
	"example.com/lathe/runtime/xmlcodec"
	"example.com/lathe/spec"
	"github.com/aws/smithy-go"
)

// What a codec package must offer, since emitted code calls it: there are those that walk
// a message as a tree (JSON, CBOR), those that read and write XML, and those that write
// forms. The compiler checks their methods here. Emitted code names the package's own
// types, so that no call goes through an interface.

// encoder writes one message, of whatever kind. Errors stick.
type encoder interface {
	BeginObject()
	EndObject()
	EndArray()
	// Name writes a member's name.
	Name(name string)
	// Key writes the key of an entry, whose value follows.
	Key(key string)
	Bool(v bool)
	Int(v int64)
	// Integer and Decimal write numbers of any size by their digits.
	Integer(digits string)
	Decimal(digits string)
	Float32(v float32)
	Float64(v float64)
	String(v string)
	Blob(v []byte)
	DateTime(v time.Time)
	HTTPDate(v time.Time)
	EpochSeconds(v time.Time)
	Fail(err error)
	Err() error
	// Parts are what was written, in order.
	Parts() [][]byte
}

// treeEncoder writes a tree.
type treeEncoder interface {
	encoder
	// Name is for names that need no escapes, and Key for all.
	BeginArray()
	Null()
}

// namedEncoder writes messages in which the elements of lists and the entries of maps have
// names. A nil element is left out.
type namedEncoder interface {
	encoder
	// Flat is Name for a list or map whose elements or entries have no name around them.
	Flat(name string)
	BeginArray(element string)
	Element()
	BeginMap(entry, key, value string)
	EndMap()
}

// formEncoder writes forms; xmlEncoder writes XML, whose attributes come before the other
// members of an object.
type (
	formEncoder interface {
		namedEncoder
		Literal(pairs string)
	}
	xmlEncoder interface {
		namedEncoder
		Attribute(name string)
	}
)

// treeDecoder reads a tree.
type treeDecoder interface {
	decoder
	IsEmpty() bool
	Object() bool
	NextMember() bool
	Array() bool
	// Variant reports whether a member of a union counts; set is whether one did before.
	Variant(set *bool) bool
	Null() bool
	Raw() []byte
}

// xmlDecoder reads XML.
type xmlDecoder interface {
	decoder
	// Root begins the document, and Find its first element of a name, at any depth; both
	// return false where the body is empty.
	Root() bool
	Find(name string) bool
	NextAttribute() bool
	// NextEntry goes on to the value of the next entry in the current element, Entry to
	// that of the current element itself, once.
	NextEntry(entry, key, value string) bool
	Entry(key, value string) bool
}

// decoder reads one message, of whatever kind. Errors stick, and every loop ends then.
// Methods that return a pointer return nil for null.
type decoder interface {
	// Name is valid until the next call, Key is a copy.
	Name() []byte
	Key() string
	NextElement() bool
	Skip()
	Bool() *bool
	BoolValue() bool
	Int8() *int8
	Int8Value() int8
	Int16() *int16
	Int16Value() int16
	Int32() *int32
	Int32Value() int32
	Int64() *int64
	Int64Value() int64
	// Digits reads a number of any size.
	Digits(parse func(digits string) error)
	Float32() *float32
	Float32Value() float32
	Float64() *float64
	Float64Value() float64
	String() *string
	Text() string
	Blob() []byte
	DateTime() *time.Time
	DateTimeValue() time.Time
	HTTPDate() *time.Time
	HTTPDateValue() time.Time
	EpochSeconds() *time.Time
	EpochSecondsValue() time.Time
	Fail(err error)
	Err() error
}

var (
	_ treeEncoder = (*jsoncodec.Encoder)(nil)
	_ treeDecoder = (*jsoncodec.Decoder)(nil)
	_ treeEncoder = (*cborcodec.Encoder)(nil)
	_ treeDecoder = (*cborcodec.Decoder)(nil)
	_ xmlEncoder  = (*xmlcodec.Encoder)(nil)
	_ xmlDecoder  = (*xmlcodec.Decoder)(nil)
	_ formEncoder = (*formcodec.Encoder)(nil)
)

// functions are the functions of a codec, with what protocol.Codec and protocol.Errors name.
// One that only writes has nothing to read with.
type functions struct {
	kind       protocol.Kind
	encoders   map[string]any // func(buf []byte) *Encoder
	newDecoder any            // func(body []byte) *Decoder
	grow       any            // func[E any](d *Decoder, list []E) []E, here of strings
	growMap    any            // func[K ~string, V any](d *Decoder, m map[K]V, key K) map[K]V, here of strings
	errors     map[string]any
}

var codecs = map[string]functions{
	"formcodec": {
		kind:     protocol.Form,
		encoders: map[string]any{"NewEncoder": formcodec.NewEncoder, "NewFlatEncoder": formcodec.NewFlatEncoder},
	},
	"xmlcodec": {
		protocol.XML, map[string]any{"NewEncoder": xmlcodec.NewEncoder},
		xmlcodec.NewDecoder, xmlcodec.Grow[string], xmlcodec.GrowMap[string, string],
		map[string]any{
			"ErrorInfo": xmlcodec.ErrorInfo, "ErrorMessage": xmlcodec.ErrorMessage, "ErrorRequestID": xmlcodec.ErrorRequestID,
		},
	},
	"jsoncodec": {
		protocol.Tree, map[string]any{"NewEncoder": jsoncodec.NewEncoder},
		jsoncodec.NewDecoder, jsoncodec.Grow[string], jsoncodec.GrowMap[string, string],
		map[string]any{
			"ErrorInfo": jsoncodec.ErrorInfo, "ErrorMessage": jsoncodec.ErrorMessage,
			"QueryCompatibleErrorInfo": jsoncodec.QueryCompatibleErrorInfo,
		},
	},
	"cborcodec": {
		protocol.Tree, map[string]any{"NewEncoder": cborcodec.NewEncoder},
		cborcodec.NewDecoder, cborcodec.Grow[string], cborcodec.GrowMap[string, string],
		map[string]any{
			"ErrorInfo": cborcodec.ErrorInfo, "ErrorMessage": cborcodec.ErrorMessage,
			"QueryCompatibleErrorInfo": cborcodec.QueryCompatibleErrorInfo,
		},
	},
}

// TestCodecs sees that there is a codec for each protocol, which has the functions that
// the protocol names, of the types that emitted code calls them with.
func TestCodecs(t *testing.T) {
	for _, p := range protocol.All {
		writer, ok := codecs[p.Sender().Package]
		if !ok || writer.kind != p.Sender().Kind || writer.encoders[p.Sender().Encoder] == nil {
			t.Errorf("%s: no encoder %s of package %s", p.ID, p.Sender().Encoder, p.Sender().Package)
		}
		codec, ok := codecs[p.Codec.Package]
		if _, err := runtime.Sources.ReadDir(p.Codec.Package); err != nil || !ok || codec.kind != p.Codec.Kind || codec.newDecoder == nil {
			t.Errorf("%s: no codec %s: %v", p.ID, p.Codec.Package, err)
			continue
		}
		if id := p.Errors(&spec.API{}).RequestID; id != "" {
			if _, ok := codec.errors[id].(func([]byte) string); !ok {
				t.Errorf("%s: %s is no function that finds the id of a request", p.ID, id)
			}
		}
		for _, compatible := range []bool{false, true} {
			errors := p.Errors(apiOf(p, compatible))
			if _, ok := codec.errors[errors.Info].(func(http.Header, []byte) ([3]string, smithy.GenericAPIError, error)); !ok {
				t.Errorf("%s: %s is no function that finds the code of an error", p.ID, errors.Info)
			}
			if _, ok := codec.errors[errors.Message].(func([]byte) *string); !ok {
				t.Errorf("%s: %s is no function that finds the message of an error", p.ID, errors.Message)
			}
		}
	}
}

func apiOf(p *protocol.Protocol, compatible bool) *spec.API {
	return &spec.API{Protocols: []spec.Protocol{p.ID}, QueryCompatible: compatible}
}
