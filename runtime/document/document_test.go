package document_test

import (
	"math"
	"math/big"
	"reflect"
	"strings"
	"testing"
	"time"

	smithydocument "github.com/aws/smithy-go/document"

	"example.com/lathe/runtime/document"
	"example.com/lathe/runtime/jsoncodec"
)

func TestRoundTrip(t *testing.T) {
	sent := document.NewLazy(map[string]any{"name": "x", "list": []any{true, nil, 1.5}})
	var direct map[string]any
	if err := sent.UnmarshalSmithyDocument(&direct); err != nil {
		t.Fatal(err)
	}
	e := jsoncodec.NewEncoder(nil)
	e.BeginArray()
	document.Encode(e, sent)
	document.Encode(e, document.NewLazy("text"))
	e.Null()
	e.EndArray()
	d := jsoncodec.NewDecoder(e.Bytes())
	var got []document.Interface
	for d.Array(); d.NextElement(); {
		got = append(got, document.Decode(d))
	}
	if e.Err() != nil || d.Err() != nil || len(got) != 3 || got[2] != nil {
		t.Fatalf("%v, %v, %v", e.Err(), d.Err(), got)
	}
	var value struct {
		Name string `document:"name"`
		List []any  `document:"list"`
	}
	var text string
	if err := got[0].UnmarshalSmithyDocument(&value); err != nil {
		t.Fatal(err)
	}
	if err := got[1].UnmarshalSmithyDocument(&text); err != nil || text != "text" {
		t.Errorf("%q, %v", text, err)
	}
	if want := []any{true, nil, smithydocument.Number("1.5")}; value.Name != "x" || !reflect.DeepEqual(value.List, want) {
		t.Errorf("got %+v", value)
	}
	if direct["name"] != "x" {
		t.Errorf("got %v", direct)
	}
}

func TestEncodeError(t *testing.T) {
	e := jsoncodec.NewEncoder(nil)
	document.Encode(e, document.NewLazy(make(chan int)))
	if e.Err() == nil {
		t.Error("a channel is no document")
	}
	var n int
	if err := document.NewLazy("text").UnmarshalSmithyDocument(&n); err == nil {
		t.Error("a text is no number")
	}
}

// TestNumbersSentExactly sends numbers of each kind that a document may be made of.
func TestNumbersSentExactly(t *testing.T) {
	negativeZero := new(big.Float).Neg(new(big.Float))
	for want, v := range map[string]any{
		"9007199254740993": smithydocument.Number("9007199254740993"), "1e400": smithydocument.Number("1e400"), "-0": negativeZero,
		"9223372036854775807": int64(math.MaxInt64), "18446744073709551615": uint64(math.MaxUint64), "0.1": 0.1,
		"[1.5,-0]": []any{smithydocument.Number("1.5"), smithydocument.Number("-0")}, `{"n":7}`: map[string]any{"n": smithydocument.Number("7")},
	} {
		e := jsoncodec.NewEncoder(nil)
		document.Encode(e, document.NewLazy(v))
		if got := string(e.Bytes()); e.Err() != nil || got != want {
			t.Errorf("%v is sent as %s, %v; want %s", v, got, e.Err(), want)
		}
	}
}

// TestNumbersReadExactly reads numbers into the types that have them all.
func TestNumbersReadExactly(t *testing.T) {
	const text = `{"int":9007199254740993,"max":9223372036854775807,"number":1.5e-3,"any":[-0,1e400],"float":1.5e-3}`
	var got struct {
		Int    int64                 `document:"int"`
		Max    int64                 `document:"max"`
		Number smithydocument.Number `document:"number"`
		Any    any                   `document:"any"`
		Float  float64               `document:"float"`
	}
	if err := document.Decode(jsoncodec.NewDecoder([]byte(text))).UnmarshalSmithyDocument(&got); err != nil {
		t.Fatal(err)
	}
	if got.Int != 9007199254740993 || got.Max != math.MaxInt64 || got.Number != "1.5e-3" || got.Float != 1.5e-3 {
		t.Errorf("got %+v", got)
	}
	if want := []any{smithydocument.Number("-0"), smithydocument.Number("1e400")}; !reflect.DeepEqual(got.Any, want) {
		t.Errorf("got %#v", got.Any)
	}
}

// TestErrorsQuoteNothing sees that no error shows a value, which may be a secret.
func TestErrorsQuoteNothing(t *testing.T) {
	const secret = "98765"
	refused := func(v any) error {
		e := jsoncodec.NewEncoder(nil)
		document.Encode(e, document.NewLazy(v))
		return e.Err()
	}
	number := document.NewLazy(map[string]any{"pin": smithydocument.Number(secret + "4321e5")})
	var small struct {
		Pin int8 `document:"pin"`
	}
	var text struct {
		Pin string `document:"pin"`
	}
	var at struct {
		Pin time.Time `document:"pin"`
	}
	var flag bool
	for name, err := range map[string]error{
		"number that is none":        refused(map[string]any{"pin": smithydocument.Number(secret + "x")}),
		"number that does not fit":   number.UnmarshalSmithyDocument(&small),
		"number for a text":          number.UnmarshalSmithyDocument(&text),
		"long number":                document.NewLazy(map[string]any{"pin": 98765}).UnmarshalSmithyDocument(&small),
		"fraction":                   document.NewLazy(map[string]any{"pin": 98765.5}).UnmarshalSmithyDocument(&small),
		"text for a number":          document.NewLazy(map[string]any{"pin": secret}).UnmarshalSmithyDocument(&small),
		"text for a time":            document.NewLazy(map[string]any{"pin": secret}).UnmarshalSmithyDocument(&at),
		"number for a time":          number.UnmarshalSmithyDocument(&at),
		"text for a boolean":         document.NewLazy(secret).UnmarshalSmithyDocument(&flag),
		"map for a boolean":          document.NewLazy(map[string]any{secret: 1}).UnmarshalSmithyDocument(&flag),
		"map with keys of no string": refused(map[bool]string{true: secret}),
	} {
		if err == nil {
			t.Logf("%s: accepted", name)
		} else if strings.Contains(err.Error(), secret) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := number.UnmarshalSmithyDocument(&small); err == nil {
		t.Error("a number that does not fit is accepted")
	}
}
