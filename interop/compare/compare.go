package compare

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// Difference is one thing that the official client did otherwise than ours.
type Difference struct {
	// Path says where: "request 1 url", "call 1".
	Path string
	// Official and Ours are what each did; empty where it did nothing.
	Official, Ours string
}

// Compare lists how the records of a scenario differ, in the order of what
// happened: requests, what is left of the run, then what the calls returned.
func Compare(s *Scenario, official, ours *Record) []Difference {
	out := compareRequests(official.requestFacts(s), ours.requestFacts(s))
	out = append(out, compareFacts("", official.worldFacts(), ours.worldFacts())...)
	for i := range official.results {
		path := fmt.Sprintf("call %d", i+1)
		a, b := official.results[i], ours.results[i]
		if (a.Err == nil) == (b.Err == nil) {
			out = append(out, compareFacts(path+" ", official.resultFacts(s, i), ours.resultFacts(s, i))...)
		}
		out = append(out, compareResults(path, a, b)...)
	}
	return out
}

// compareRequests compares the requests one by one. Of a request that only one
// client sent, the method and the URL stand for the rest.
func compareRequests(official, ours [][]Fact) (out []Difference) {
	for i := range max(len(official), len(ours)) {
		path := fmt.Sprintf("request %d", i+1)
		switch {
		case i >= len(official):
			out = append(out, Difference{path, "", headline(ours[i])})
		case i >= len(ours):
			out = append(out, Difference{path, headline(official[i]), ""})
		default:
			out = append(out, compareFacts(path+" ", official[i], ours[i])...)
		}
	}
	return out
}

func headline(request []Fact) string { return request[0].Value + " " + request[1].Value }

// compareFacts compares facts by their paths, which the prefix leads.
func compareFacts(prefix string, official, ours []Fact) (out []Difference) {
	byPath := map[string]string{}
	for _, f := range ours {
		byPath[f.Path] = f.Value
	}
	for _, f := range official {
		if value, ok := byPath[f.Path]; !ok || value != f.Value {
			out = append(out, Difference{prefix + f.Path, f.Value, value})
		}
		delete(byPath, f.Path)
	}
	for _, f := range ours {
		if _, left := byPath[f.Path]; left {
			out = append(out, Difference{prefix + f.Path, "", f.Value})
		}
	}
	return out
}

func compareResults(path string, official, ours Result) []Difference {
	if official.Err != nil || ours.Err != nil {
		return compareErrors(path, official, ours)
	}
	if err := sameValue(official.Output, ours.Output); err != nil {
		return []Difference{{path + " output, " + err.Error(), dump(official.Output), dump(ours.Output)}}
	}
	return nil
}

// compareErrors compares the chains of errors, and leaves out what they have in
// common. A call that succeeded counts as a chain of one line.
func compareErrors(path string, official, ours Result) []Difference {
	a, b := official.lines(), ours.lines()
	if slices.Equal(a, b) {
		return append(compareText(path, official.Err, ours.Err), compareTyped(path, official.Err, ours.Err)...)
	}
	for len(a) > 1 && len(b) > 1 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	return []Difference{{path, strings.Join(a, "\n"), strings.Join(b, "\n")}}
}

func (r Result) lines() []string {
	if r.Err == nil {
		return []string{"output " + dump(r.Output)}
	}
	return chain(r.Err)
}

func compareText(path string, official, ours error) []Difference {
	if official.Error() == ours.Error() {
		return nil
	}
	return []Difference{{path + " text", official.Error(), ours.Error()}}
}

// compareTyped compares the errors of the service as values.
func compareTyped(path string, official, ours error) (out []Difference) {
	a, b := links(official), links(ours)
	for i := range a {
		if !strings.HasPrefix(typeName(reflect.TypeOf(a[i])), "*types.") {
			continue
		}
		if err := sameValue(a[i], b[i]); err != nil {
			out = append(out, Difference{path + " typed error, " + err.Error(), dump(a[i]), dump(b[i])})
		}
	}
	return out
}

// sameValue says how our value, made into the official type, differs from the
// official one. Metadata is compared elsewhere.
func sameValue(official, ours any) error {
	if official == nil || ours == nil {
		if official != ours {
			return fmt.Errorf("%T and %T", official, ours)
		}
		return nil
	}
	a, b := reflect.ValueOf(official).Elem(), reflect.ValueOf(ours).Elem()
	converted, err := Convert(b, a.Type(), "ResultMetadata")
	if err != nil {
		return err
	}
	plain := reflect.New(a.Type()).Elem()
	plain.Set(a)
	if f := plain.FieldByName("ResultMetadata"); f.IsValid() {
		f.SetZero()
	}
	if !reflect.DeepEqual(plain.Interface(), converted.Interface()) {
		return fmt.Errorf("not deeply equal%s", different(plain, converted))
	}
	return nil
}

// dump writes the fields of an output or error that are set.
func dump(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		return fmt.Sprintf("%+v", v)
	}
	var fields map[string]any
	if json.Unmarshal(text, &fields) != nil {
		return string(text)
	}
	prune(fields)
	delete(fields, "ResultMetadata")
	if text, err = json.Marshal(fields); err != nil {
		return err.Error()
	}
	return clip(string(text))
}

func prune(fields map[string]any) {
	for name, value := range fields {
		if nested, ok := value.(map[string]any); ok {
			prune(nested)
		}
		if value == nil || value == "" {
			delete(fields, name)
		}
	}
}

// different is the path to the first thing in which two values of one type differ, with
// what each has there when that is short.
func different(a, b reflect.Value) string {
	if reflect.DeepEqual(a.Interface(), b.Interface()) {
		return ""
	}
	switch a.Kind() {
	case reflect.Pointer, reflect.Interface:
		if !a.IsNil() && !b.IsNil() && a.Elem().Type() == b.Elem().Type() {
			return different(a.Elem(), b.Elem())
		}
	case reflect.Struct:
		for i := range a.NumField() {
			if f := a.Type().Field(i); f.IsExported() {
				if text := different(a.Field(i), b.Field(i)); text != "" {
					return "." + f.Name + text
				}
			}
		}
	case reflect.Slice:
		for i := range min(a.Len(), b.Len()) {
			if text := different(a.Index(i), b.Index(i)); text != "" {
				return "[" + strconv.Itoa(i) + "]" + text
			}
		}
	case reflect.Map:
		for _, key := range a.MapKeys() {
			if other := b.MapIndex(key); other.IsValid() {
				if text := different(a.MapIndex(key), other); text != "" {
					return "[" + key.String() + "]" + text
				}
			}
		}
	}
	return clip(fmt.Sprintf(": %#v and %#v", a.Interface(), b.Interface()))
}
