package harness

import (
	"bytes"
	"fmt"
	"math"
	"time"

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
	return cbor.Encode(more)
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
		if whole, fraction := math.Modf(seconds); time.Unix(int64(whole), int64(fraction*1e9)).Truncate(time.Millisecond).Equal(at) {
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
