package harness

import (
	"cmp"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"hash/crc32"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"time"

	smithytime "github.com/aws/smithy-go/time"
)

// answer is what the service replies.
type answer struct {
	status int
	header http.Header
	body   []byte
}

// wire makes random answers of the shapes of a model.
type wire struct {
	*rand.Rand
	model  *model
	values *values
}

// output is a random answer to an operation.
func (w *wire) output(op *operation) answer {
	a := w.answer(cmp.Or(op.HTTP.ResponseCode, 200))
	if op.Output != nil {
		w.structure(&a, w.model.Shapes[op.Output.Shape])
	}
	return a
}

// summed adds the checksum that DynamoDB sends, which now and then is wrong.
func (w *wire) summed(a answer) answer {
	return w.withSum(a, w.values.sides.Name != "dynamodb" || w.IntN(10) > 0)
}

func (w *wire) withSum(a answer, right bool) answer {
	if w.values.sides.Name == "dynamodb" {
		sum := crc32.ChecksumIEEE(a.body)
		if !right {
			sum++
		}
		a.header.Set("X-Amz-Crc32", fmt.Sprint(sum))
	}
	return a
}

func (w *wire) answer(status int) answer {
	return answer{status: status, header: http.Header{"Content-Type": {w.model.Content}, "X-Amzn-Requestid": {"request-1"}}}
}

// failure is a random answer of an error, whose code is in the header or in the body. A
// member that has the name of the code holds it, too.
func (w *wire) failure(name string, s *shape) answer {
	a := w.answer(400)
	if s.Error != nil && s.Error.HTTPStatusCode != 0 {
		a.status = s.Error.HTTPStatusCode
	}
	more := map[string]any{}
	if w.IntN(3) == 0 {
		more["__type"] = "com.example#" + name
	} else {
		a.header.Set("X-Amzn-Errortype", name)
	}
	if s.Members["code"] != nil {
		more["code"] = name
	}
	if w.model.QueryCompatible && w.IntN(4) > 0 {
		a.header.Set("X-Amzn-Query-Error", w.queryError(name))
	}
	w.members(&a, s, more)
	return a
}

// queryError is the code and the fault of an error in the protocol that the service had
// before. Older packages want both to be there.
func (w *wire) queryError(name string) string {
	forms := []string{"AWS.Example.%s;Sender", "AWS.Example.%s;Receiver", "AWS.Example.%s;", ";Sender"}
	if w.values.sides.Kind == "newer" {
		forms = append(forms, "AWS.Example.%s")
	}
	return strings.Replace(forms[w.IntN(len(forms))], "%s", name, 1)
}

// structure spreads the members of a top-level structure over an answer.
func (w *wire) structure(a *answer, s *shape) { w.members(a, s, map[string]any{}) }

// members spreads those of a top-level structure over an answer whose body has more.
func (w *wire) members(a *answer, s *shape, body map[string]any) {
	for _, name := range sorted(s.Members) {
		member := s.Members[name]
		key := wireName(name, member)
		if _, ok := body[key]; ok || w.IntN(4) == 0 {
			continue
		}
		switch member.Location {
		case "header":
			a.header.Set(key, w.headerText(member))
		case "headers":
			for range w.IntN(3) {
				a.header.Set(fmt.Sprintf("%sKey%d", key, w.IntN(9)), w.plainText())
			}
		case "statusCode":
		default:
			if name == s.Payload {
				a.body = w.payload(member)
			} else {
				body[key] = w.value(member, 0)
			}
		}
	}
	if s.Payload == "" {
		if w.IntN(3) == 0 {
			body["unknownMember"] = map[string]any{"a": []any{1, nil, "x"}}
		}
		a.body = marshal(body)
	}
}

// marshal returns the JSON of a value that was made here.
func marshal(v any) []byte {
	text, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return text
}

func wireName(name string, r *ref) string {
	if r.LocationName != "" {
		return r.LocationName
	}
	return name
}

func sorted[V any](m map[string]V) []string {
	names := make([]string, 0, len(m))
	for name := range m {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// payload is the body that one member makes up.
func (w *wire) payload(member *ref) []byte {
	switch s := w.model.Shapes[member.Shape]; s.Type {
	case "blob":
		return w.values.blob()
	case "string":
		return []byte(w.values.text())
	default:
		return marshal(w.value(member, 0))
	}
}

// headerText is a value of a header.
func (w *wire) headerText(member *ref) string {
	s := w.model.Shapes[member.Shape]
	switch {
	case member.JSONValue:
		return base64.StdEncoding.EncodeToString(marshal(map[string]any{"a": w.values.text()}))
	case s.Type == "string" && len(s.Enum) > 0 && w.IntN(10) > 0:
		return s.Enum[w.IntN(len(s.Enum))]
	case s.Type == "string":
		return w.plainText()
	case s.Type == "timestamp":
		return fmt.Sprint(w.timestamp(member, s, "rfc822"))
	case s.Type == "list":
		return "one, two"
	case s.Type == "float" || s.Type == "double":
		return "1.5"
	}
	return fmt.Sprint(w.value(member, 0))
}

// plainText is a text for a header: visible, not empty, no space around it.
func (w *wire) plainText() string {
	return strings.Repeat("a b,\"c\"/%=", 1+w.IntN(2)) + "z"
}

// value is the JSON of a shape.
func (w *wire) value(r *ref, depth int) any {
	s := w.model.Shapes[r.Shape]
	if w.IntN(20) == 0 && depth > 0 {
		return nil
	}
	switch {
	case s.Document || s.Type == "document":
		return w.values.document(depth)
	case s.Type == "structure":
		return w.object(s, depth)
	case s.Type == "set":
		s.Type = "list"
	}
	switch s.Type {
	case "list":
		out := []any{}
		for range w.IntN(4) {
			out = append(out, w.value(s.Member, depth+1))
		}
		return out
	case "map":
		out := map[string]any{}
		for range w.IntN(4) {
			out[w.key(s.Key)] = w.value(s.Value, depth+1)
		}
		return out
	case "timestamp":
		return w.timestamp(r, s, "unixTimestamp")
	case "blob":
		return base64.StdEncoding.EncodeToString(w.values.blob())
	}
	return w.scalar(s)
}

func (w *wire) key(r *ref) string {
	if enum := w.model.Shapes[r.Shape].Enum; len(enum) > 0 {
		return enum[w.IntN(len(enum))]
	}
	return w.values.text()
}

func (w *wire) object(s *shape, depth int) any {
	out := map[string]any{}
	names := sorted(s.Members)
	if s.Union && len(names) > 0 {
		names = []string{names[w.IntN(len(names))]}
	}
	for _, name := range names {
		if depth <= maxDepth && (s.Union || w.IntN(4) > 0) {
			out[wireName(name, s.Members[name])] = w.value(s.Members[name], depth+1)
		}
	}
	return out
}

func (w *wire) scalar(s *shape) any {
	switch s.Type {
	case "boolean":
		return w.IntN(2) == 0
	case "byte":
		return w.IntN(1<<8) - 1<<7
	case "short":
		return w.IntN(1<<16) - 1<<15
	case "integer":
		if len(s.IntEnum) > 0 {
			return s.IntEnum[w.IntN(len(s.IntEnum))]
		}
		return w.IntN(1<<31) - 1<<30
	case "long":
		return w.Int64() >> w.IntN(60)
	case "float", "double":
		return []any{0, 1.5, -2.25, 1e21, 3, "NaN", "Infinity", "-Infinity"}[w.IntN(8)]
	}
	if len(s.Enum) > 0 && w.IntN(10) > 0 {
		return s.Enum[w.IntN(len(s.Enum))]
	}
	return w.values.text()
}

func (w *wire) timestamp(r *ref, s *shape, format string) any {
	if s.TimestampFormat != "" {
		format = s.TimestampFormat
	}
	if r.TimestampFormat != "" {
		format = r.TimestampFormat
	}
	at := time.UnixMilli(w.Int64N(4e12)).UTC()
	switch format {
	case "iso8601":
		return at.Format("2006-01-02T15:04:05.999Z")
	case "rfc822":
		return at.Format(http.TimeFormat)
	}
	return epochSeconds(at)
}

// epochSeconds is a time near the one given which the official client reads to the
// millisecond: on its way through a float it loses one of some times.
func epochSeconds(at time.Time) json.Number {
	for ; ; at = at.Add(time.Millisecond) {
		seconds := float64(at.UnixMilli()) / 1000
		if smithytime.ParseEpochSeconds(seconds).Equal(at) {
			return json.Number(fmt.Sprintf("%.3f", seconds))
		}
	}
}
