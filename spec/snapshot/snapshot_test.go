package snapshot_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"path"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.com/lathe/spec"
	"example.com/lathe/spec/snapshot"
)

// full is a model in which every field of every type of package spec is set, so
// that a field that a snapshot forgets is missed.
func full(t *testing.T) *spec.API {
	t.Helper()
	f := filler{t: t, shapes: map[string]*spec.Shape{}}
	api := &spec.API{}
	f.fill(reflect.ValueOf(api).Elem())
	for _, kind := range []spec.Kind{spec.Structure, spec.List, spec.Map} {
		s := &spec.Shape{}
		f.fill(reflect.ValueOf(s).Elem())
		s.Name, s.Kind = "Full"+kind.String(), kind
		if kind != spec.List {
			s.Element = nil
		}
		if kind != spec.Map {
			s.Key, s.Value = nil, nil
		}
		f.shapes[s.Name] = s
	}
	api.Shapes, api.EndpointTests, api.Warnings = f.shapes, nil, nil
	return api
}

type filler struct {
	t       *testing.T
	shapes  map[string]*spec.Shape
	n, deep int
}

// target is a shape of the table with nothing else in it.
func (f *filler) target() *spec.Shape {
	f.n++
	s := &spec.Shape{Name: fmt.Sprintf("S%d", f.n), Kind: spec.String}
	f.shapes[s.Name] = s
	return s
}

func (f *filler) fill(v reflect.Value) {
	f.deep++
	defer func() { f.deep-- }()
	switch v.Interface().(type) {
	case *spec.Shape:
		v.Set(reflect.ValueOf(f.target()))
		return
	case map[string]*spec.Shape, []spec.EndpointTest, []spec.Example, *spec.Part: // not kept
		return
	case any:
	}
	f.n++
	switch v.Kind() {
	case reflect.Struct:
		for _, field := range v.Fields() {
			f.fill(field)
		}
	case reflect.Pointer:
		if f.deep < 12 {
			v.Set(reflect.New(v.Type().Elem()))
			f.fill(v.Elem())
		}
	case reflect.Slice:
		if f.deep < 12 {
			v.Set(reflect.MakeSlice(v.Type(), 2, 2))
			f.fill(v.Index(0))
			f.fill(v.Index(1))
		}
	case reflect.String:
		v.SetString(fmt.Sprintf("text \x01 <é> %d", f.n))
	case reflect.Int:
		v.SetInt(int64(f.n))
	case reflect.Uint8:
		v.SetUint(1)
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Interface:
		v.Set(reflect.ValueOf(values[f.n%len(values)]))
	default:
		f.t.Fatalf("fields of type %s are new here: fill them", v.Type())
	}
}

// values are those that a field of any type may have.
var values = []any{
	"text", true, false, json.Number("1.50"), json.Number("12345678901234567890"), []string{"a", "b"}, []string{},
	[]any{nil, "x", json.Number("1"), []any{}, []string{"y"}}, map[string]any{"strings": []any{"z"}, "object": map[string]any{}, "": nil},
}

func TestRoundTrip(t *testing.T) {
	api := full(t)
	got := roundTrip(t, api)
	if diff := cmp.Diff(api, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if dump(t, api) != dump(t, got) {
		t.Error("the dump differs")
	}
	for _, value := range append(values, nil) {
		api := small()
		api.Shapes["In"].Members[0].Default = &spec.Default{Value: value}
		if got := roundTrip(t, api).Shapes["In"].Members[0].Default; !reflect.DeepEqual(got.Value, value) {
			t.Errorf("got %#v, want %#v", got.Value, value)
		}
	}
}

// small is a model with a recursive shape, and lists that are empty and absent.
func small() *spec.API {
	at := func(line int, pointer string) spec.Pos {
		return spec.Pos{File: "dir/api.yaml", Line: line, Column: 3, Pointer: pointer}
	}
	in := &spec.Shape{Pos: at(20, "/shapes/In"), Name: "In", Kind: spec.Structure, Documentation: "in"}
	in.Members = []*spec.Member{{Pos: at(22, "/shapes/In/self"), Name: "self", Target: in}}
	return &spec.API{
		Pos: at(1, ""), Name: "Small", Shapes: map[string]*spec.Shape{"In": in}, EndpointTests: []spec.EndpointTest{{URL: "x"}},
		Operations: []*spec.Operation{
			{Pos: at(5, "/paths/~1a"), Name: "A", Input: in, Auth: []spec.AuthScheme{}},
			{Pos: spec.Pos{File: "other.yaml", Line: 2}, Name: "B", Output: in},
			{Name: "C"},
		},
	}
}

func TestSmallRoundTrip(t *testing.T) {
	api := small()
	got := roundTrip(t, api)
	api.EndpointTests = nil
	if diff := cmp.Diff(api, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestFileNames(t *testing.T) {
	data, err := snapshot.Encode(small(), path.Base)
	if err != nil {
		t.Fatal(err)
	}
	got, err := snapshot.Decode(data, func(name string) string { return "back/" + name })
	if err != nil {
		t.Fatal(err)
	}
	var files []string
	for _, op := range got.Operations {
		files = append(files, op.Pos.File)
	}
	if diff := cmp.Diff([]string{"back/api.yaml", "back/other.yaml", ""}, files); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// What is said counts, and not where.
func TestHash(t *testing.T) {
	hash := func(change func(*spec.API)) string {
		api := small()
		change(api)
		sum, err := snapshot.Hash(api)
		if err != nil {
			t.Fatal(err)
		}
		return sum
	}
	plain := hash(func(*spec.API) {})
	for name, change := range map[string]func(*spec.API){
		"line":      func(a *spec.API) { a.Operations[0].Pos.Line = 7 },
		"file":      func(a *spec.API) { a.Pos.File = "moved.yaml" },
		"shape":     func(a *spec.API) { a.Shapes["In"].Pos.Pointer = "/definitions/In" },
		"test case": func(a *spec.API) { a.EndpointTests = nil },
	} {
		if hash(change) != plain {
			t.Errorf("%s: the hash changes", name)
		}
	}
	for name, change := range map[string]func(*spec.API){
		"name":          func(a *spec.API) { a.Operations[0].Name = "D" },
		"order":         func(a *spec.API) { a.Operations[0], a.Operations[1] = a.Operations[1], a.Operations[0] },
		"documentation": func(a *spec.API) { a.Shapes["In"].Documentation = "out" },
		"auth":          func(a *spec.API) { a.Operations[0].Auth = nil },
		"another shape": func(a *spec.API) { a.Shapes["X"] = &spec.Shape{Name: "X", Kind: spec.Blob} },
	} {
		if hash(change) == plain {
			t.Errorf("%s: the hash stays", name)
		}
	}
}

func TestEncodeRefusesStrangeShapes(t *testing.T) {
	api := small()
	api.Operations[0].Output = &spec.Shape{Name: "Lost"}
	if _, err := snapshot.Encode(api, nil); err == nil || !strings.Contains(err.Error(), "shape Lost is not in the table of shapes") {
		t.Errorf("got %v", err)
	}
}

// snapshotOf is a snapshot with that JSON in it.
func snapshotOf(text string) []byte {
	b := bytes.NewBuffer([]byte{1})
	zip := gzip.NewWriter(b)
	_, _ = zip.Write([]byte(text)) // into memory
	_ = zip.Close()
	return b.Bytes()
}

var damaged = []struct {
	name string
	data []byte
	want string
}{
	{"nothing", nil, "the snapshot is empty"},
	{"a newer format", []byte{2, 3}, "the snapshot has format 2, this program reads format 1"},
	{"no compression", []byte("\x01{}"), "the snapshot is damaged: unexpected EOF"},
	{"cut short", snapshotOf(`{"API":{}}`)[:20], "the snapshot is damaged: unexpected EOF"},
	{"no JSON", snapshotOf(`{`), "the snapshot is damaged: "},
	{"a field that is unknown", snapshotOf(`{"API":{"Colour":"red"}}`), `unknown object member name "Colour"`},
	{"a shape that is missing", snapshotOf(`{"API":{"Operations":[{"Input":"In"}]}}`), `the snapshot is damaged: shape "In" is missing`},
	{"a shape twice", snapshotOf(`{"Shapes":[{"Name":"A"},{"Name":"A"}]}`), `the snapshot is damaged: shape "A" stands twice`},
	{"no operation", snapshotOf(`{"API":{"Operations":[null]}}`), "the snapshot is damaged: operation 0 is missing"},
	{"no error", snapshotOf(`{"API":{"Name":"X","Errors":[null]}}`), "want a string, got null"},
	{"no member", snapshotOf(`{"Shapes":[{"Name":"A","Members":[null]}]}`), "the snapshot is damaged: a member of A is missing"},
	{"no target", snapshotOf(`{"Shapes":[{"Name":"A","Members":[{"Name":"m"}]}]}`), "the snapshot is damaged: member m of A has no target"},
	{"no element", snapshotOf(`{"Shapes":[{"Name":"A","Kind":"list"}]}`), "the snapshot is damaged: list A does not have what such a shape holds"},
	{"no kind", snapshotOf(`{"Shapes":[{"Name":"A","Kind":"tree"}]}`), `"tree" is unknown`},
	{"a kind by number", snapshotOf(`{"Shapes":[{"Name":"A","Kind":3}]}`), `want a string, got number`},
	{"no position", snapshotOf(`{"API":{"Pos":"here"}}`), `position "here" is no such`},
	{"no line", snapshotOf(`{"API":{"Pos":"x 1 0 /"}}`), `position "x 1 0 /" is no such`},
	{"a line before the first", snapshotOf(`{"API":{"Pos":"-1 1 0 /"}}`), `position "-1 1 0 /" is out of range`},
	{"a pointer from nowhere", snapshotOf(`{"API":{"Pos":"1 1 9 /"}}`), `position "1 1 9 /" is out of range`},
	{"a value without tag", snapshotOf(`{"API":{"Operations":[{"StaticContext":[{"Value":{"a":1}}]}]}}`), `want a tagged value, got key "a"`},
	{"a value with two tags", snapshotOf(`{"API":{"Operations":[{"StaticContext":[{"Value":{"strings":[],"a":1}}]}]}}`), `key "strings" is followed by another`},
	{"a list of numbers", snapshotOf(`{"API":{"Operations":[{"Compression":{"strings":[1]}}]}}`), `want a string, got number`},
	{"an object for a list", snapshotOf(`{"API":{"Operations":[{"Compression":{"object":{}}}]}}`), `want a list of strings`},
	{"a bomb", snapshotOf(strings.Repeat(" ", 65<<20)), "the snapshot is larger than any model"},
	{"a bomb of pointers", pointerBomb(), "the positions are larger than those of any model"},
}

// pointerBomb has pointers each of which repeats the one before and adds to it.
func pointerBomb() []byte {
	var text strings.Builder
	text.WriteString(`{"Shapes":[`)
	for i := range 20_000 {
		fmt.Fprintf(&text, `{"Name":"S%d","Pos":"0 0 %d /"},`, i, i)
	}
	return snapshotOf(strings.TrimSuffix(text.String(), ",") + "]}")
}

func TestDecodeDamaged(t *testing.T) {
	for _, tt := range damaged {
		t.Run(tt.name, func(t *testing.T) {
			api, err := snapshot.Decode(tt.data, nil)
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, %v, want %q", api, err, tt.want)
			}
		})
	}
}

// Bytes of any kind give a model that can be walked, or an error.
func FuzzDecode(f *testing.F) {
	for _, tt := range damaged {
		if len(tt.data) < 1000 {
			f.Add(tt.data)
		}
	}
	whole, err := snapshot.Encode(small(), nil)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(whole)
	f.Fuzz(func(t *testing.T, data []byte) { decodable(t, data) })
}

// The same for the text inside, which few mutations of the bytes reach.
func FuzzDecodeText(f *testing.F) {
	for _, text := range []string{
		`{"API":{"Name":"X","Operations":[{"Name":"A","Input":"In","StaticContext":[{"Name":"n","Value":{"strings":["a"]}}]}]},` +
			`"Shapes":[{"Name":"In","Kind":"structure","Members":[{"Name":"m","Target":"In","Pos":"1 2 0 /a"}]}]}`,
		`{"API":{"Endpoint":{"Rules":[{"Conditions":[{"Fn":"isSet"}],"Error":{"Literal":"x","Type":{"Kind":"string"}}}]}}}`,
		`{"API":{"Errors":[null]}}`,
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) { decodable(t, snapshotOf(text)) })
}

func decodable(t *testing.T, data []byte) {
	t.Helper()
	api, err := snapshot.Decode(data, nil)
	if err != nil {
		return
	}
	first := dump(t, api)
	spec.Reached(api, api.Operations...)
	again := roundTrip(t, api)
	if dump(t, again) != first {
		t.Errorf("%q changes on its way:\n%s\n%s", data, first, dump(t, again))
	}
}
