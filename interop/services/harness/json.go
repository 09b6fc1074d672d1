package harness

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"math"
	"math/big"
	"strings"
	"time"

	smithytime "github.com/aws/smithy-go/time"
)

// jsonFormat is how the protocols with JSON bodies write them.
type jsonFormat struct{}

func (jsonFormat) output(w *wire, op *operation, members map[string]any) []byte {
	if op.Output == nil {
		return nil
	}
	return jsonFormat{}.body(w, w.model.Shapes[op.Output.Shape], members, map[string]any{})
}

// body is an object of members and others, now and then with a member that nobody knows.
func (jsonFormat) body(w *wire, s *shape, members, more map[string]any) []byte {
	for name, value := range members {
		more[bodyName(name, s.Members[name])] = jsonValue(w.model, s.Members[name], value)
	}
	if w.IntN(3) == 0 {
		more["unknownMember"] = map[string]any{"a": []any{1, nil, "x"}}
	}
	return styled(marshalJSON(more))
}

func (jsonFormat) payload(w *wire, member *ref, value any) []byte {
	return styled(marshalJSON(jsonValue(w.model, member, value)))
}

// codeHeader has the code of an error. Some models have a member for it.
const codeHeader = "X-Amzn-Errortype"

// announce puts the code into the header, if it is not to be in the body. A member that has
// the name of the code holds it, too.
func (jsonFormat) announce(w *wire, a *answer, e *failure) map[string]any {
	if e.inBody = w.IntN(3) == 0; !e.inBody {
		a.header.Set(codeHeader, e.name)
	}
	for name, member := range e.shape.Members {
		if strings.EqualFold(name, "code") && w.model.Shapes[member.Shape].Type == "string" {
			return map[string]any{name: e.name}
		}
	}
	return nil
}

func (f jsonFormat) failure(w *wire, e *failure, members map[string]any) []byte {
	more := map[string]any{}
	if e.inBody {
		more["__type"] = "com.example#" + e.name
	}
	return f.body(w, e.shape, members, more)
}

// jsonValue is a neutral value as it is marshaled.
func jsonValue(m *model, r *ref, value any) any {
	s := m.Shapes[r.Shape]
	switch value := value.(type) {
	case instant:
		if format := formatOf(r, s, "unixTimestamp"); format != "unixTimestamp" {
			return value.text(format)
		}
		return value.epochSeconds()
	case []byte:
		return base64.StdEncoding.EncodeToString(value)
	case float64:
		return jsonFloat(value)
	case []any:
		if s.Member == nil { // of a document
			return value
		}
		out := make([]any, len(value))
		for i := range value {
			out[i] = jsonValue(m, s.Member, value[i])
		}
		return out
	case map[string]any:
		out := map[string]any{}
		for name, v := range value {
			switch {
			case s.Type == "map":
				out[name] = jsonValue(m, s.Value, v)
			case s.Members[name] != nil:
				out[bodyName(name, s.Members[name])] = jsonValue(m, s.Members[name], v)
			default: // of a document
				out[name] = v
			}
		}
		if s.Type == "structure" && !s.Union && !s.Document && len(value)%3 == 1 {
			out["unknownMember"] = map[string]any{"a": []any{1, nil, "x"}}
		}
		return out
	}
	return value
}

func jsonFloat(f float64) any {
	switch {
	case math.IsNaN(f):
		return "NaN"
	case math.IsInf(f, 1):
		return "Infinity"
	case math.IsInf(f, -1):
		return "-Infinity"
	}
	return f
}

// epochSeconds is a time near the one given which the official client reads to the
// millisecond: on its way through a float it loses one of some times.
func (i instant) epochSeconds() json.Number {
	for at := i.Time; ; at = at.Add(time.Millisecond) {
		seconds := float64(at.UnixMilli()) / 1000
		if smithytime.ParseEpochSeconds(seconds).Equal(at) {
			return json.Number(fmt.Sprintf("%.3f", seconds))
		}
	}
}

// marshalJSON returns the JSON of a value that was made here.
func marshalJSON(v any) []byte {
	text, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return text
}

func (jsonFormat) entries() int { return math.MaxInt }

// same compares JSON by its values, and all else by its bytes.
func (jsonFormat) same(path string, official, ours []byte) []Difference {
	if bytes.Equal(official, ours) {
		return nil
	}
	a, errA := parse(official)
	b, errB := parse(ours)
	if errA != nil || errB != nil {
		return facts(path, string(official), string(ours))
	}
	return sameJSON(path, a, b)
}

func parse(body []byte) (v any, err error) {
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber()
	err = d.Decode(&v)
	return v, err
}

func sameJSON(path string, official, ours any) (out []Difference) {
	switch a := official.(type) {
	case map[string]any:
		b, ok := ours.(map[string]any)
		if !ok {
			break
		}
		for _, name := range sorted(a) {
			if mine, ok := b[name]; ok {
				out = append(out, sameJSON(path+"."+name, a[name], mine)...)
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
	case []any:
		b, ok := ours.([]any)
		if !ok || len(a) != len(b) {
			break
		}
		for i := range a {
			out = append(out, sameJSON(path+"[]", a[i], b[i])...)
		}
		return out
	case json.Number:
		x, _ := new(big.Rat).SetString(a.String())
		if b, ok := ours.(json.Number); ok {
			if y, _ := new(big.Rat).SetString(b.String()); x != nil && y != nil && x.Cmp(y) == 0 {
				return nil
			}
		}
	}
	return facts(path, fmt.Sprintf("%#v", official), fmt.Sprintf("%#v", ours))
}
