package snapshot

import (
	"cmp"
	stdjson "encoding/json"
	"errors"
	"fmt"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"example.com/lathe/spec"
)

// unmarshal reads the JSON of a model, with positions as place reads them.
func unmarshal(text []byte, place func(string) (spec.Pos, error)) (*spec.API, error) {
	t := table{}
	var doc document
	err := json.Unmarshal(text, &doc, json.RejectUnknownMembers(true), json.WithUnmarshalers(json.JoinUnmarshalers(
		json.UnmarshalFromFunc(func(dec *jsontext.Decoder, s **spec.Shape) error {
			name, err := readString(dec)
			*s = t.shape(name)
			return err
		}),
		json.UnmarshalFromFunc(func(dec *jsontext.Decoder, p *spec.Pos) error {
			code, err := readString(dec)
			if err != nil {
				return err
			}
			*p, err = place(code)
			return err
		}),
		named(spec.Union), named(spec.InStatusCode), named(spec.EndpointObject),
		json.UnmarshalFromFunc(anyValue), json.UnmarshalFromFunc(stringList),
	)))
	if err != nil {
		return nil, fmt.Errorf("the snapshot is damaged: %w", err)
	}
	result := new(spec.API(doc.API))
	result.EndpointTests, result.Warnings = nil, nil
	if result.Shapes, err = t.fill(doc.Shapes); err != nil {
		return nil, fmt.Errorf("the snapshot is damaged: %w", err)
	}
	if err := check(result); err != nil {
		return nil, fmt.Errorf("the snapshot is damaged: %w", err)
	}
	return result, nil
}

// readString reads one string.
func readString(dec *jsontext.Decoder) (string, error) {
	token, err := dec.ReadToken()
	if err != nil {
		return "", err
	}
	if token.Kind() != '"' {
		return "", fmt.Errorf("want a string, got %s", token.Kind())
	}
	return token.String(), nil
}

// named reads constants of a type by their names; last is the greatest of them.
func named[T interface {
	~uint8
	fmt.Stringer
}](last T) *json.Unmarshalers {
	return json.UnmarshalFromFunc(func(dec *jsontext.Decoder, value *T) error {
		name, err := readString(dec)
		if err != nil {
			return err
		}
		for v := range last + 1 {
			if v.String() == name {
				*value = v
				return nil
			}
		}
		return fmt.Errorf("%q is unknown", name)
	})
}

// anyValue reads a value of any type: see [spec.Default] and others.
func anyValue(dec *jsontext.Decoder, value *any) error {
	switch kind := dec.PeekKind(); kind {
	case '0':
		raw, err := dec.ReadValue()
		*value = stdjson.Number(raw)
		return err
	case '{':
		tagged, err := tagged(dec)
		*value = tagged
		return err
	case '[':
		var list []any
		err := json.UnmarshalDecode(dec, &list)
		*value = list
		return err
	default: // a string, a boolean, or null; the library reports all else
		token, err := dec.ReadToken()
		if err != nil {
			return err
		}
		switch kind {
		case '"':
			*value = token.String()
		case 't', 'f':
			*value = kind == 't'
		}
		return nil
	}
}

// tagged reads an object of one member, the key of which is the type.
func tagged(dec *jsontext.Decoder) (value any, err error) {
	if _, err := dec.ReadToken(); err != nil {
		return nil, err
	}
	key, err := readString(dec)
	if err != nil {
		return nil, err
	}
	switch key {
	case stringsKey:
		value, err = readStrings(dec)
	case objectKey:
		value, err = readObject(dec)
	default:
		err = fmt.Errorf("want a tagged value, got key %q", key)
	}
	if err != nil {
		return nil, err
	}
	end, err := dec.ReadToken()
	if err == nil && end.Kind() != '}' {
		err = fmt.Errorf("key %q is followed by another", key)
	}
	return value, err
}

func readStrings(dec *jsontext.Decoder) ([]string, error) {
	list := []string{}
	if token, err := dec.ReadToken(); err != nil || token.Kind() != '[' {
		return nil, cmp.Or(err, errors.New("want a list of strings"))
	}
	for dec.PeekKind() != ']' {
		s, err := readString(dec)
		if err != nil {
			return nil, err
		}
		list = append(list, s)
	}
	_, err := dec.ReadToken()
	return list, err
}

func readObject(dec *jsontext.Decoder) (map[string]any, error) {
	object := map[string]any{}
	if token, err := dec.ReadToken(); err != nil || token.Kind() != '{' {
		return nil, cmp.Or(err, errors.New("want an object"))
	}
	for dec.PeekKind() != '}' {
		key, err := readString(dec)
		if err != nil {
			return nil, err
		}
		var value any
		if err := json.UnmarshalDecode(dec, &value); err != nil {
			return nil, err
		}
		object[key] = value
	}
	_, err := dec.ReadToken()
	return object, err
}

// stringList reads a list of strings where nothing else may stand.
func stringList(dec *jsontext.Decoder, list *[]string) error {
	if dec.PeekKind() != '{' {
		return errors.New("want a list of strings")
	}
	value, err := tagged(dec)
	if err != nil {
		return err
	}
	strings, ok := value.([]string)
	if !ok {
		return errors.New("want a list of strings")
	}
	*list = strings
	return nil
}
