package harness

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"math"
	"math/rand/v2"
	"time"
	"unicode/utf8"

	"github.com/aws/smithy-go/encoding/cbor"
)

// cborFormat is how Smithy's RPC v2 protocol writes bodies.
type cborFormat struct{}

func (f cborFormat) output(w *wire, op *operation, members map[string]any) []byte {
	if op.Output == nil {
		return cbor.Encode(cbor.Map{})
	}
	return f.body(w, w.model.Shapes[op.Output.Shape], members, cbor.Map{})
}

func (cborFormat) body(w *wire, s *shape, members map[string]any, more cbor.Map) []byte {
	for name, value := range members {
		more[name] = cborValue(w.model, s.Members[name], value)
	}
	if w.IntN(3) == 0 {
		more["unknownMember"] = cbor.Map{"a": cbor.List{
			cbor.Uint(1), &cbor.Nil{}, cbor.String("x"), &cbor.Tag{ID: 42, Value: cbor.Slice("x")},
		}}
	}
	return styledCBOR(more)
}

// payload is never called: the protocol has no HTTP bindings.
func (cborFormat) payload(*wire, *ref, any) []byte { panic("a payload in CBOR") }

func (cborFormat) announce(*wire, *answer, *failure) map[string]any { return nil }

func (f cborFormat) failure(w *wire, e *failure, members map[string]any) []byte {
	return f.body(w, e.shape, members, cbor.Map{"__type": cbor.String("com.example#" + e.name)})
}

// cborValue is a neutral value as it is encoded.
func cborValue(m *model, r *ref, value any) cbor.Value {
	s := m.Shapes[r.Shape]
	switch value := value.(type) {
	case instant:
		return &cbor.Tag{ID: 1, Value: cborSeconds(value)}
	case []byte:
		return cbor.Slice(value)
	case string:
		return cbor.String(value)
	case bool:
		return cbor.Bool(value)
	case float64:
		if single := float32(value); float64(single) == value {
			return cbor.Float32(single)
		}
		return cbor.Float64(value)
	case int:
		return cborInteger(int64(value))
	case int64:
		return cborInteger(value)
	case []any:
		out := make(cbor.List, len(value))
		for i := range value {
			out[i] = cborValue(m, s.Member, value[i])
		}
		return out
	case map[string]any:
		out := cbor.Map{}
		for name, v := range value {
			if s.Type == "map" {
				out[name] = cborValue(m, s.Value, v)
			} else {
				out[name] = cborValue(m, s.Members[name], v)
			}
		}
		return out
	}
	return &cbor.Nil{}
}

func cborInteger(n int64) cbor.Value {
	if n < 0 {
		return cbor.NegInt(-n)
	}
	return cbor.Uint(n)
}

// cborSeconds are whole, or a float that the official client reads to the millisecond.
func cborSeconds(i instant) cbor.Value {
	if i.UnixMilli()%1000 == 0 {
		return cborInteger(i.Unix())
	}
	for at := i.Time; ; at = at.Add(time.Millisecond) {
		seconds := float64(at.UnixMilli()) / 1000
		if whole, fraction := math.Modf(seconds); time.Unix(int64(whole), int64(fraction*1e9)).
			Truncate(time.Millisecond).Equal(at) {
			return cbor.Float64(seconds)
		}
	}
}

func (cborFormat) entries() int { return math.MaxInt }

// same compares CBOR by its values.
func (cborFormat) same(path string, official, ours []byte) []Difference {
	if bytes.Equal(official, ours) {
		return nil
	}
	a, errA := cbor.Decode(official)
	b, errB := cbor.Decode(ours)
	if errA != nil || errB != nil {
		return facts(path, fmt.Sprintf("%x, %v", official, errA), fmt.Sprintf("%x, %v", ours, errB))
	}
	return sameCBOR(path, a, b)
}

func sameCBOR(path string, official, ours cbor.Value) (out []Difference) {
	switch a := official.(type) {
	case cbor.Map:
		b, ok := ours.(cbor.Map)
		if !ok {
			break
		}
		for _, name := range sorted(a) {
			if mine, ok := b[name]; ok {
				out = append(out, sameCBOR(path+"."+name, a[name], mine)...)
			} else {
				out = append(out, Difference{Path: path + "." + name, Official: fmt.Sprint(a[name])})
			}
		}
		for _, name := range sorted(b) {
			if _, ok := a[name]; !ok {
				out = append(out, Difference{Path: path + "." + name, Ours: fmt.Sprint(b[name])})
			}
		}
		return out
	case cbor.List:
		b, ok := ours.(cbor.List)
		if !ok || len(a) != len(b) {
			break
		}
		for i := range a {
			out = append(out, sameCBOR(path+"[]", a[i], b[i])...)
		}
		return out
	case *cbor.Tag:
		if b, ok := ours.(*cbor.Tag); ok && a.ID == b.ID {
			return sameCBOR(path, a.Value, b.Value)
		}
	}
	return facts(path, number(official), number(ours))
}

// number shows a value: numbers by what they are worth, however they are written.
func number(v cbor.Value) string {
	switch v := v.(type) {
	case cbor.Uint:
		return fmt.Sprint(uint64(v))
	case cbor.NegInt:
		return fmt.Sprintf("-%d", uint64(v))
	case cbor.Float32:
		return fmt.Sprint(float64(v))
	case cbor.Float64:
		return fmt.Sprint(float64(v))
	}
	return fmt.Sprintf("%#v", v)
}

// styledCBOR is a body of an answer, every second time in another look, which its bytes
// make: parts of no announced length, and lengths and numbers in more bytes than they need.
func styledCBOR(v cbor.Value) []byte {
	body := cbor.Encode(v)
	r := rand.New(rand.NewPCG(uint64(crc32.ChecksumIEEE(body)), 0))
	if r.IntN(2) == 0 {
		return body
	}
	return appendCBOR(nil, r, v)
}

// The major types of CBOR, and what ends a part of no announced length.
const (
	cborUint, cborNegInt, cborSlice, cborText = 0 << 5, 1 << 5, 2 << 5, 3 << 5
	cborList, cborMap, cborTag                = 4 << 5, 5 << 5, 6 << 5
	cborIndefinite, cborBreak                 = 31, 0xff
)

func appendCBOR(out []byte, r *rand.Rand, v cbor.Value) []byte {
	indefinite := r.IntN(3) == 0
	switch v := v.(type) {
	case cbor.Uint:
		return appendHead(out, r, cborUint, uint64(v))
	case cbor.NegInt:
		return appendHead(out, r, cborNegInt, uint64(v)-1)
	case cbor.Slice: // its length is announced always, as the official client wants
		return append(appendHead(out, r, cborSlice, uint64(len(v))), v...)
	case cbor.String:
		return appendText(out, r, string(v), indefinite)
	case cbor.List:
		out = begin(out, r, cborList, len(v), indefinite)
		for _, item := range v {
			out = appendCBOR(out, r, item)
		}
		return end(out, indefinite)
	case cbor.Map:
		names := sorted(v)
		r.Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
		out = begin(out, r, cborMap, len(v), indefinite)
		for _, name := range names {
			out = appendCBOR(appendCBOR(out, r, cbor.String(name)), r, v[name])
		}
		return end(out, indefinite)
	case *cbor.Tag:
		return appendCBOR(appendHead(out, r, cborTag, v.ID), r, v.Value)
	}
	return append(out, cbor.Encode(v)...)
}

// appendHead writes a major type and its number, in one of the lengths that it fits.
func appendHead(out []byte, r *rand.Rand, major byte, n uint64) []byte {
	shortest := 0
	for _, limit := range []uint64{24, 1 << 8, 1 << 16, 1 << 32} {
		if n >= limit {
			shortest++
		}
	}
	switch shortest + r.IntN(5-shortest) {
	case 0:
		return append(out, major|byte(n))
	case 1:
		return append(out, major|24, byte(n))
	case 2:
		return binary.BigEndian.AppendUint16(append(out, major|25), uint16(n))
	case 3:
		return binary.BigEndian.AppendUint32(append(out, major|26), uint32(n))
	default:
		return binary.BigEndian.AppendUint64(append(out, major|27), n)
	}
}

func begin(out []byte, r *rand.Rand, major byte, n int, indefinite bool) []byte {
	if indefinite {
		return append(out, major|cborIndefinite)
	}
	return appendHead(out, r, major, uint64(n))
}

func end(out []byte, indefinite bool) []byte {
	if indefinite {
		return append(out, cborBreak)
	}
	return out
}

// appendText writes a text, in two chunks if its length is not announced, each of which is
// valid by itself.
func appendText(out []byte, r *rand.Rand, text string, indefinite bool) []byte {
	if !indefinite {
		return append(appendHead(out, r, cborText, uint64(len(text))), text...)
	}
	at := r.IntN(len(text) + 1)
	for at < len(text) && !utf8.RuneStart(text[at]) {
		at++
	}
	out = append(out, cborText|cborIndefinite)
	for _, chunk := range []string{text[:at], text[at:]} {
		out = append(appendHead(out, r, cborText, uint64(len(chunk))), chunk...)
	}
	return append(out, cborBreak)
}
