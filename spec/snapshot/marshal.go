package snapshot

import (
	stdjson "encoding/json"
	"fmt"
	"maps"
	"slices"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"example.com/lathe/spec"
)

// document is the JSON of a model. Where a shape is used its name stands.
type document struct {
	API    api
	Shapes []shape
}

// api and shape are those of spec, written out.
type (
	api   spec.API
	shape spec.Shape
)

// The keys of values that JSON has no type of their own for. They are needed where
// a model may hold a value of any type.
const (
	stringsKey = "strings"
	objectKey  = "object"
)

// marshal returns the JSON of a model, with positions as place writes them.
func marshal(a *spec.API, place func(spec.Pos) string) ([]byte, error) {
	doc := document{API: api(*a)}
	doc.API.Shapes, doc.API.EndpointTests, doc.API.Warnings = nil, nil, nil
	for _, name := range slices.Sorted(maps.Keys(a.Shapes)) {
		doc.Shapes = append(doc.Shapes, shape(*a.Shapes[name]))
	}
	return json.Marshal(doc, json.Deterministic(true), json.OmitZeroStructFields(true),
		json.WithMarshalers(json.JoinMarshalers(
			json.MarshalToFunc(func(enc *jsontext.Encoder, s *spec.Shape) error {
				if a.Shapes[s.Name] != s {
					return fmt.Errorf("shape %s is not in the table of shapes", s.Name)
				}
				return enc.WriteToken(jsontext.String(s.Name))
			}),
			json.MarshalToFunc(func(enc *jsontext.Encoder, p spec.Pos) error {
				return enc.WriteToken(jsontext.String(place(p)))
			}),
			json.MarshalToFunc(func(enc *jsontext.Encoder, k spec.Kind) error {
				return enc.WriteToken(jsontext.String(k.String()))
			}),
			json.MarshalToFunc(func(enc *jsontext.Encoder, l spec.Location) error {
				return enc.WriteToken(jsontext.String(l.String()))
			}),
			json.MarshalToFunc(func(enc *jsontext.Encoder, k spec.EndpointKind) error {
				return enc.WriteToken(jsontext.String(k.String()))
			}),
			json.MarshalToFunc(func(enc *jsontext.Encoder, n stdjson.Number) error { return enc.WriteValue(jsontext.Value(n)) }),
			json.MarshalToFunc(tagStrings),
			json.MarshalToFunc(tagObject),
		)))
}

func tagStrings(enc *jsontext.Encoder, list []string) error {
	return tag(enc, stringsKey, func() error {
		if err := enc.WriteToken(jsontext.BeginArray); err != nil {
			return err
		}
		for _, s := range list {
			if err := enc.WriteToken(jsontext.String(s)); err != nil {
				return err
			}
		}
		return enc.WriteToken(jsontext.EndArray)
	})
}

func tagObject(enc *jsontext.Encoder, object map[string]any) error {
	return tag(enc, objectKey, func() error {
		if err := enc.WriteToken(jsontext.BeginObject); err != nil {
			return err
		}
		for _, key := range slices.Sorted(maps.Keys(object)) {
			if err := enc.WriteToken(jsontext.String(key)); err != nil {
				return err
			}
			if err := json.MarshalEncode(enc, object[key]); err != nil {
				return err
			}
		}
		return enc.WriteToken(jsontext.EndObject)
	})
}

// tag writes an object of one member.
func tag(enc *jsontext.Encoder, key string, value func() error) error {
	if err := enc.WriteToken(jsontext.BeginObject); err != nil {
		return err
	}
	if err := enc.WriteToken(jsontext.String(key)); err != nil {
		return err
	}
	if err := value(); err != nil {
		return err
	}
	return enc.WriteToken(jsontext.EndObject)
}
