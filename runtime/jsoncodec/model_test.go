package jsoncodec

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/go-json-experiment/json/jsontext"
)

// The model is jsontext: whatever the input, the Decoder accepts what jsontext
// accepts, gives the same values and paths, and finds an error at the same byte.

// member is one member of an object; objects are lists of them, with duplicates.
type member struct {
	name  string
	value any
}

// number is the text of a number.
type number string

// walk reads a value of any kind with the Decoder.
func walk(d *Decoder) any {
	switch c := d.peek(); c {
	case '{':
		object := []member{}
		for more := d.Object(); more && d.NextMember(); {
			name := d.Key()
			if name != string(d.Name()) {
				panic("Key is not Name")
			}
			object = append(object, member{name, walk(d)})
		}
		return object
	case '[':
		array := []any{}
		for more := d.Array(); more && d.NextElement(); {
			array = append(array, walk(d))
		}
		return array
	case '"':
		return d.Text()
	case 't', 'f':
		return d.BoolValue()
	case 'n':
		d.Null()
		return nil
	case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9':
		return number(d.Raw())
	default:
		d.Skip()
		return nil
	}
}

// walkModel reads a value of any kind with jsontext.
func walkModel(d *jsontext.Decoder) (any, error) {
	switch d.PeekKind() {
	case jsontext.KindBeginObject:
		return walkModelObject(d)
	case jsontext.KindBeginArray:
		return walkModelArray(d)
	default:
		text, err := d.ReadValue()
		if err != nil {
			return nil, err
		}
		return scalarModel(text), nil
	}
}

func scalarModel(text jsontext.Value) any {
	switch text.Kind() {
	case jsontext.KindString:
		return unquoteModel(text)
	case jsontext.KindTrue, jsontext.KindFalse:
		return text.Kind() == jsontext.KindTrue
	case jsontext.KindNull:
		return nil
	default:
		return number(text)
	}
}

func walkModelObject(d *jsontext.Decoder) (any, error) {
	if _, err := d.ReadToken(); err != nil {
		return nil, err
	}
	object := []member{}
	for d.PeekKind() != jsontext.KindEndObject {
		// As a value of any kind, so that the error of a name that is none is its own.
		if kind := d.PeekKind(); kind == jsontext.KindBeginObject || kind == jsontext.KindBeginArray {
			_, err := d.ReadToken()
			return nil, err
		}
		name, err := d.ReadValue()
		if err != nil {
			return nil, err
		}
		key := unquoteModel(name)
		value, err := walkModel(d)
		if err != nil {
			return nil, err
		}
		object = append(object, member{key, value})
	}
	_, err := d.ReadToken()
	return object, err
}

func walkModelArray(d *jsontext.Decoder) (any, error) {
	if _, err := d.ReadToken(); err != nil {
		return nil, err
	}
	array := []any{}
	for d.PeekKind() != jsontext.KindEndArray {
		value, err := walkModel(d)
		if err != nil {
			return nil, err
		}
		array = append(array, value)
	}
	_, err := d.ReadToken()
	return array, err
}

func unquoteModel(quoted jsontext.Value) string {
	text, _ := jsontext.AppendUnquote(nil, quoted)
	return string(text)
}

func newModel(body []byte) *jsontext.Decoder {
	return jsontext.NewDecoder(bytes.NewBuffer(body), jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))
}

// modelError says where jsontext finds an error, as errorPlace does. Input that is cut
// off is wrong at its end, and not where the piece begins that is cut.
func modelError(body []byte, err error) string {
	s, ok := errors.AsType[*jsontext.SyntacticError](err)
	switch {
	case err == nil:
		return "<nil>"
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return fmt.Sprintf("invalid JSON at byte %d: unexpected EOF", len(body))
	case !ok:
		return err.Error()
	default:
		return fmt.Sprintf("invalid JSON at byte %d", s.ByteOffset)
	}
}

// errorPlace is the Decoder's error without the reason, which jsontext gives in other
// words; but that the input is cut off is one.
func errorPlace(d *Decoder) string {
	text := fmt.Sprint(d.Err())
	if errors.Is(d.Err(), io.ErrUnexpectedEOF) {
		return text
	}
	at := strings.Index(text, "byte ")
	place, _, _ := strings.Cut(text[max(at, 0):], ":")
	return text[:max(at, 0)] + place
}

// maxPaths is how many paths are compared of a message; each takes a walk.
const maxPaths = 200

// samePath compares paths; names that are nested deeply may be hidden.
func samePath(got, want string) bool {
	g, w := strings.Split(got, "/"), strings.Split(want, "/")
	for i := range g {
		if i >= 64 && g[i] == "*" && len(g) == len(w) {
			w[i] = "*"
		}
	}
	return slices.Equal(g, w)
}

// checkPaths compares the paths behind the first names and values.
func checkPaths(t *testing.T, body []byte) {
	t.Helper()
	model := newModel(body)
	for range maxPaths {
		if _, err := model.ReadToken(); err != nil {
			return
		}
		d := &Decoder{buf: body, pos: int(model.InputOffset())}
		if got, want := d.path(), string(model.StackPointer()); !samePath(got, want) {
			t.Fatalf("%.200q: the path at byte %d is %q, jsontext says %q", body, d.pos, got, want)
		}
	}
}

func checkModel(t *testing.T, body []byte) {
	t.Helper()
	model := newModel(body)
	want, err := walkModel(model)
	wantErr := modelError(body, err)

	d := NewDecoder(body)
	got := walk(d)
	if gotErr := errorPlace(d); gotErr != wantErr {
		t.Fatalf("%.200q: error %s, jsontext says %s", body, gotErr, wantErr)
	}
	if err == nil && !reflect.DeepEqual(got, want) {
		t.Fatalf("%.200q: got %.500q, jsontext gives %.500q", body, got, want)
	}

	skipping := NewDecoder(body)
	skipping.Skip()
	if gotErr := errorPlace(skipping); gotErr != wantErr {
		t.Fatalf("%.200q: skipping it gives error %s, jsontext says %s", body, gotErr, wantErr)
	}
	if err == nil && skipping.pos != int(model.InputOffset()) {
		t.Fatalf("%.200q: skipped to byte %d, jsontext to %d", body, skipping.pos, model.InputOffset())
	}

	raw := NewDecoder(body).Raw()
	if text, err := newModel(body).ReadValue(); err == nil && text.Kind() != jsontext.KindNull {
		if !bytes.Equal(raw, text) {
			t.Fatalf("%.200q: raw text %.200q, jsontext gives %.200q", body, raw, text)
		}
	} else if raw != nil {
		t.Fatalf("%.200q: raw text %.200q, but jsontext gives %v", body, raw, err)
	}

	valid := jsontext.Value(body).IsValid(jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))
	if Valid(body) != valid {
		t.Fatalf("%.200q: valid is %v, jsontext says %v", body, !valid, valid)
	}
	checkPaths(t, body)
}

// modelSeeds are inputs at the edges of the grammar.
var modelSeeds = []string{
	"", " ", "\x00", "\ufeff{}", "null", "nul", "nulll", "true", "tru", "trux", "false", "fals ", "True", "NaN",
	"0", "-0", "-", "01", "-01", "1.", "1.5", ".5", "1e", "1e+", "1E-5", "1e5.5", "+1", "0x1", "1_000", "12345678901234567890", "- 1",
	`""`, `"`, `"a`, `"a\"`, `"\u"`, `"\u12"`, `"\u00e9"`, `"\ud83d\ude00"`, `"\ud83d"`, `"\ud83d\n"`, `"\ud83d\u0041"`, `"\ude00\ud83d"`, `"\uD83D\uDE00\ud83d"`,
	`"\x"`, `"\/\b\f\n\r\t\\\""`, "\"\x1f\"", "\"\x7f\"", "\"\n\"", "\"\xff\"", "\"a\xffb\\n\xe4\xb8\"", "\"\xe4\xb8\xad\"", "\"\xed\xa0\x80\"", "\"\xf4\x90\x80\x80\"",
	`"1234567"`, `"12345678"`, `"123456789"`, `"1234567\u0031"`, `"12345678\`, "\"1234567\xc3\xa9\"", "\"1234567\xc3\"",
	"[]", "[ ]", "[1]", "[1,2]", "[1 2]", "[,1]", "[1,]", "[1,,2]", "[", "[1", "[1,", "]", "[}", "[1}", "[1:2]", "[[],[[]],{}]", "[\n1 ,\t2\r]",
	"{}", "{ }", `{"a":1}`, `{"a" : 1 , "b":2}`, `{"a":1,}`, `{,"a":1}`, `{"a"}`, `{"a":}`, `{"a",1}`, `{"a" 1}`, `{"a"::1}`, `{"a":1:2}`, `{a:1}`, `{1:2}`, `{null:1}`,
	"{", `{"a`, `{"a"`, `{"a":`, `{"a":1`, `{"a":1,`, "}", "{]", `{"a":1]`, `{"a":]}`, `{"a":1 "b":2}`, `{"a":1,"a":2}`, `{"\u0061":1}`, "{\"\xff\":1}", `{"a~b/c":{"":[1,{"x":tru}]}}`, `{{}:1}`, `{{`, `{[1]:2}`,
	`{"a":1}}`, `{"a":1} {"b":2}`, "1 2", "//", "/* */ 1", `{"a":'b'}`, `{"a":undefined}`,
}

func TestModel(t *testing.T) {
	for _, seed := range modelSeeds {
		checkModel(t, []byte(seed))
		checkModel(t, []byte(" \t\r\n"+seed+" \t\r\n"))
		checkModel(t, []byte(`{"before":[1,"two"],"member":`+seed+`,"behind":[{"a":null}]}`))
		checkModel(t, []byte(`[[true,`+seed+`],"`+strings.Repeat("long ", 100)+`"]`))
	}
	for _, depth := range []int{maxDepth - 1, maxDepth, maxDepth + 1} {
		checkModel(t, []byte(strings.Repeat("[", depth)+strings.Repeat("]", depth)))
		checkModel(t, []byte(strings.Repeat(`{"a":`, depth)+"1"+strings.Repeat("}", depth)))
	}
}

// TestModelStrings moves every byte through every place of a word.
func TestModelStrings(t *testing.T) {
	for c := range 256 {
		for _, length := range []int{1, 7, 8, 9, 17} {
			for at := range length {
				text := bytes.Repeat([]byte("x"), length)
				text[at] = byte(c)
				checkModel(t, append(append([]byte(`["`), text...), `"]`...))
			}
		}
	}
}

func FuzzModel(f *testing.F) {
	for _, seed := range modelSeeds {
		f.Add([]byte(seed))
		f.Add([]byte(`{"a":[` + seed + `,"b"]}`))
	}
	f.Fuzz(func(t *testing.T, body []byte) { checkModel(t, body) })
}
