package fuzz

import (
	"encoding/base64"
	"reflect"
	"strconv"
	"strings"
	"time"
)

// body is an output in JSON, mostly with the types that it should have.
func (g *generator) body() string {
	if g.oneIn(12) {
		return pick(g, "", "{}", "null", " {} ", "[]", "{", `"text"`, "{\"a\":1}", "<html>")
	}
	text := g.object(g.op.Output, 0)
	switch {
	case g.oneIn(12):
		return text[:g.IntN(len(text))]
	case g.oneIn(8):
		return "\n\t " + text + " \r\n"
	default:
		return text
	}
}

// deepest is how deep bodies are.
const deepest = 5

func (g *generator) object(t reflect.Type, depth int) string {
	var members []string
	for field := range t.Fields() {
		if field.IsExported() && !field.Anonymous && field.Name != "ResultMetadata" && g.IntN(3) > 0 {
			members = append(members, quote(g.op.Key(field.Name))+":"+g.value(field.Type, depth+1))
		}
	}
	if g.oneIn(4) {
		members = append(members, quote("unknownMember")+":"+pick(g, "1", `"x"`, "null", `{"a":{"b":[1,2,{}]}}`, "[]"))
	}
	g.Shuffle(len(members), func(i, j int) { members[i], members[j] = members[j], members[i] })
	return "{" + strings.Join(members, pick(g, ",", ", ", "\n,")) + "}"
}

func quote(s string) string { return `"` + s + `"` }

// value is a value of a type, null, or seldom of another type.
func (g *generator) value(t reflect.Type, depth int) string {
	switch {
	case g.oneIn(12):
		return "null"
	case g.oneIn(60):
		return pick(g, "true", `"text"`, "1", "[]", "{}", "1.5")
	}
	switch t.Kind() {
	case reflect.Pointer:
		return g.value(t.Elem(), depth)
	case reflect.Struct:
		return g.structure(t, depth)
	case reflect.Slice:
		return g.list(t, depth)
	case reflect.Map:
		return g.entries(t, depth)
	case reflect.Bool:
		return strconv.FormatBool(g.oneIn(2))
	case reflect.Int32, reflect.Int64, reflect.Int, reflect.Int8, reflect.Int16:
		return strconv.Itoa(g.IntN(100))
	case reflect.Float32, reflect.Float64:
		return pick(g, "0", "1.5", "-2e3", `"NaN"`, "7")
	case reflect.String:
		return pick(g, `""`, `"text"`, `"é漢\ud83d\ude00"`, `"a\"b\\c\/\n\t\u0041"`, `"ACTIVE"`, `"SUCCESS"`)
	default: // a union or a document, of which nothing is known here
		return "null"
	}
}

func (g *generator) structure(t reflect.Type, depth int) string {
	switch {
	case t == reflect.TypeFor[time.Time]():
		return pick(g, "1714979289", "1714979289.125", `"2024-05-06T07:08:09.25Z"`, `"2024-05-06T07:08:09Z"`)
	case depth >= deepest:
		return "{}"
	default:
		return g.object(t, depth)
	}
}

func (g *generator) list(t reflect.Type, depth int) string {
	if t.Elem().Kind() == reflect.Uint8 {
		return quote(base64.StdEncoding.EncodeToString([]byte(pick(g, "", "a", "bytes"))))
	}
	elements := make([]string, g.IntN(4))
	for i := range elements {
		elements[i] = g.value(t.Elem(), depth+1)
	}
	return "[" + strings.Join(elements, ",") + "]"
}

func (g *generator) entries(t reflect.Type, depth int) string {
	var entries []string
	for i := range g.IntN(3) {
		value := g.value(t.Elem(), depth+1)
		if value == "null" { // which ours leaves out, as Smithy says
			continue
		}
		entries = append(entries, quote(pick(g, "a", "k é", "")+strconv.Itoa(i))+":"+value)
	}
	return "{" + strings.Join(entries, ",") + "}"
}
