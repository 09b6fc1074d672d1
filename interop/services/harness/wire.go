package harness

import (
	"cmp"
	"encoding/base64"
	"fmt"
	"hash/crc32"
	"maps"
	"math"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"time"
)

// answer is what the service replies.
type answer struct {
	status int
	header http.Header
	body   []byte
	// settings are those of the clients that it came to.
	settings settings
}

// wire makes random answers of the shapes of a model. Their values are neutral until a
// format writes them: structures are maps by the names of their members, and a member
// that is null is nil.
type wire struct {
	*rand.Rand

	model  *model
	values *values
}

// format is how a protocol writes bodies.
type format interface {
	// output is the body of an answer to an operation, whose output may be nil.
	output(w *wire, op *operation, members map[string]any) []byte
	// payload is the body that one structure makes up.
	payload(w *wire, member *ref, value any) []byte
	// announce puts the code of an error into the headers, if it goes there, and returns
	// members that the code fixes.
	announce(w *wire, a *answer, e *failure) map[string]any
	// failure is the body of an error.
	failure(w *wire, e *failure, members map[string]any) []byte
	// entries is how many entries a map of an input may have for same to compare it.
	entries() int
	// same compares bodies of requests.
	same(path string, official, ours []byte) []Difference
}

// failure is an error that is about to be answered: its name and code, and its shape.
type failure struct {
	name, code string
	shape      *shape
	// inBody: the code is in the body and not in a header.
	inBody bool
}

// output is a random answer to an operation.
func (w *wire) output(op *operation) answer {
	a := w.answer(cmp.Or(op.HTTP.ResponseCode, 200))
	if op.Output == nil {
		a.body = w.model.format.output(w, op, nil)
		return a
	}
	s := w.model.Shapes[op.Output.Shape]
	members := w.members(&a, s, nil)
	if s.Payload == "" {
		a.body = w.model.format.output(w, op, members)
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
	return answer{status: status,
		header: http.Header{"Content-Type": {w.model.content}, "X-Amzn-Requestid": {"request-1"}}}
}

// failure is a random answer of an error.
func (w *wire) failure(name string, s *shape) answer {
	a := w.answer(400)
	e := &failure{name: name, code: name, shape: s}
	if s.Error != nil {
		a.status = cmp.Or(s.Error.HTTPStatusCode, 400)
		e.code = cmp.Or(s.Error.Code, name)
	}
	fixed := w.model.format.announce(w, &a, e)
	if w.model.QueryCompatible && w.IntN(4) > 0 {
		a.header.Set("X-Amzn-Query-Error", w.queryError(name))
	}
	members := w.members(&a, s, fixed)
	if s.Payload == "" {
		a.body = w.model.format.failure(w, e, members)
	}
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

// members spreads those of a top-level structure over an answer: it returns those of the
// body, among them the fixed ones.
func (w *wire) members(a *answer, s *shape, fixed map[string]any) map[string]any {
	body := map[string]any{}
	for _, name := range sorted(s.Members) {
		member := s.Members[name]
		key := wireName(name, member)
		if value, ok := fixed[name]; ok {
			body[name] = value
			continue
		}
		if w.IntN(4) == 0 {
			continue
		}
		switch w.model.location(member) {
		case "header":
			if http.CanonicalHeaderKey(key) == codeHeader { // [format.announce] has set it, or none
				continue
			}
			if s.Exception && w.IntN(4) == 0 { // where some services put it, and clients look for it
				body[name] = w.value(member, 0)
			} else {
				a.header.Set(key, w.headerText(member))
			}
		case "headers":
			for range w.IntN(3) {
				a.header.Set(fmt.Sprintf("%sKey%d", key, w.IntN(9)), w.plainText())
			}
		case "statusCode":
		default:
			if name == s.Payload {
				a.body = w.payload(member)
			} else {
				body[name] = w.value(member, 0)
			}
		}
	}
	return body
}

func wireName(name string, r *ref) string {
	if r.LocationName != "" {
		return r.LocationName
	}
	return name
}

// bodyName is the name of a member in a body: what a header is called has no say there.
func bodyName(name string, r *ref) string {
	if r.Location == "header" {
		return name
	}
	return wireName(name, r)
}

// sorted are the keys of a map, in order.
func sorted[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// payload is the body that one member makes up.
func (w *wire) payload(member *ref) []byte {
	switch s := w.model.Shapes[member.Shape]; s.Type {
	case "blob":
		return w.values.blob()
	case "string":
		return []byte(w.values.text())
	default:
		return w.model.format.payload(w, member, w.value(member, 0))
	}
}

// headerText is a value of a header.
func (w *wire) headerText(member *ref) string {
	s := w.model.Shapes[member.Shape]
	switch {
	case member.JSONValue:
		return base64.StdEncoding.EncodeToString(marshalJSON(map[string]any{"a": w.values.text()}))
	case s.Type == "string" && len(s.Enum) > 0 && w.IntN(10) > 0:
		return s.Enum[w.IntN(len(s.Enum))]
	case s.Type == "string":
		return w.plainText()
	case s.Type == "timestamp":
		return w.timestamp().text(formatOf(member, s, "rfc822"))
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

// value is a random value of a shape.
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
		return w.timestamp()
	case "blob":
		return w.values.blob()
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
			out[name] = w.value(s.Members[name], depth+1)
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
		return []float64{0, 1.5, -2.25, 1e21, 3, math.NaN(), math.Inf(1), math.Inf(-1)}[w.IntN(8)]
	}
	if len(s.Enum) > 0 && w.IntN(10) > 0 {
		return s.Enum[w.IntN(len(s.Enum))]
	}
	if s.digits {
		return fmt.Sprint(w.IntN(1e6))
	}
	return w.values.text()
}

// instant is a timestamp of an answer.
type instant struct{ time.Time }

func (w *wire) timestamp() instant { return instant{time.UnixMilli(w.Int64N(4e12)).UTC()} }

// formatOf is the format of timestamps of a member.
func formatOf(r *ref, s *shape, format string) string {
	return cmp.Or(r.TimestampFormat, s.TimestampFormat, format)
}

// text writes a timestamp in a format of C2J's.
func (i instant) text(format string) string {
	switch format {
	case "iso8601":
		return i.Format("2006-01-02T15:04:05.999Z")
	case "rfc822":
		return i.Format(http.TimeFormat)
	}
	return string(i.epochSeconds())
}
