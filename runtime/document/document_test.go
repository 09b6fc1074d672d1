package document_test

import (
	"reflect"
	"testing"

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
