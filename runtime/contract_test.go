package runtime_test

import (
	"net/http"
	"testing"
	"time"

	"example.com/lathe/internal/protocol"
	"example.com/lathe/runtime"
	"example.com/lathe/runtime/cborcodec"
	"example.com/lathe/runtime/jsoncodec"
	"example.com/lathe/spec"
	"github.com/aws/smithy-go"
)

// What a codec package must offer, since emitted code calls it. A codec that walks a
// message as a tree (JSON, CBOR) has these methods; the compiler checks them here.
// Emitted code names the package's own types, so that no call goes through an interface.

// treeEncoder writes one message. Errors stick.
type treeEncoder interface {
	BeginObject()
	EndObject()
	BeginArray()
	EndArray()
	// Name writes a member's name that needs no escapes, Key any.
	Name(name string)
	Key(key string)
	Null()
	Bool(v bool)
	Int(v int64)
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

// treeDecoder reads one message. Errors stick, and every loop ends then. Methods that
// return a pointer return nil for null.
type treeDecoder interface {
	IsEmpty() bool
	Object() bool
	NextMember() bool
	// Name is valid until the next call, Key is a copy.
	Name() []byte
	Key() string
	Array() bool
	NextElement() bool
	// Variant reports whether a member of a union counts; set is whether one did before.
	Variant(set *bool) bool
	Null() bool
	Skip()
	Raw() []byte
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
)

// treeFunctions are the functions of a tree codec, with what protocol.Errors names.
type treeFunctions struct {
	newEncoder any // func(buf []byte) *Encoder
	newDecoder any // func(body []byte) *Decoder
	grow       any // func[E any](d *Decoder, list []E) []E, here of strings
	growMap    any // func[K ~string, V any](d *Decoder, m map[K]V, key K) map[K]V, here of strings
	errors     map[string]any
}

var treeCodecs = map[string]treeFunctions{
	"jsoncodec": {
		jsoncodec.NewEncoder, jsoncodec.NewDecoder, jsoncodec.Grow[string], jsoncodec.GrowMap[string, string],
		map[string]any{
			"ErrorInfo": jsoncodec.ErrorInfo, "ErrorMessage": jsoncodec.ErrorMessage,
			"QueryCompatibleErrorInfo": jsoncodec.QueryCompatibleErrorInfo,
		},
	},
	"cborcodec": {
		cborcodec.NewEncoder, cborcodec.NewDecoder, cborcodec.Grow[string], cborcodec.GrowMap[string, string],
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
		codec, ok := treeCodecs[p.Codec.Package]
		if _, err := runtime.Sources.ReadDir(p.Codec.Package); err != nil || !ok {
			t.Errorf("%s: no codec %s: %v", p.ID, p.Codec.Package, err)
			continue
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
