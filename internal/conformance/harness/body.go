package harness

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"maps"
	"math"
	"math/big"
	"mime"
	"net/url"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/fxamacker/cbor/v2"
)

// mediaType is the media type of a Content-Type header, without its parameters.
func mediaType(contentType string) string {
	kind, _, err := mime.ParseMediaType(contentType)
	if err != nil {
		return ""
	}
	return kind
}

const mediaCBOR = "application/cbor"

// parsers read the bodies of the media types that are compared by what they say.
// Values that say the same are equal by [equal].
var parsers = map[string]func([]byte) (any, error){
	"application/json":                  parseJSON,
	"application/x-amz-json-1.0":        parseJSON,
	"application/x-amz-json-1.1":        parseJSON,
	"application/xml":                   parseXML,
	"text/xml":                          parseXML,
	"application/x-www-form-urlencoded": parseForm,
	mediaCBOR:                           parseCBOR,
}

// sameBody reports whether two bodies of a media type say the same. Those that can't
// be read, or of a type that has no parser, must be the same bytes.
func sameBody(media string, got, want []byte) bool {
	if parse := parsers[media]; parse != nil && !bytes.Equal(got, want) {
		a, errA := parse(got)
		b, errB := parse(want)
		return errA == nil && errB == nil && equal(a, b)
	}
	return bytes.Equal(got, want)
}

func parseJSON(body []byte) (v any, err error) {
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber()
	if err := d.Decode(&v); err != nil {
		return nil, err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("more than one value")
	}
	return v, nil
}

func parseCBOR(body []byte) (v any, err error) {
	err = cbor.Unmarshal(body, &v)
	return v, err
}

// parseForm reads a form as its pairs, sorted.
func parseForm(body []byte) (any, error) {
	pairs := []any{}
	for text := range strings.SplitSeq(string(body), "&") {
		name, value, _ := strings.Cut(text, "=")
		name, errName := url.QueryUnescape(name)
		value, errValue := url.QueryUnescape(value)
		if err := errors.Join(errName, errValue); err != nil {
			return nil, err
		}
		pairs = append(pairs, name+"="+value)
	}
	slices.SortFunc(pairs, func(a, b any) int { return strings.Compare(a.(string), b.(string)) })
	return pairs, nil
}

// element is an element of XML.
type element struct {
	name       xml.Name
	attributes map[xml.Name]string
	text       string
	// children are those of one name in their order; names may come in any order.
	children map[xml.Name][]*element
}

func parseXML(body []byte) (any, error) {
	d := xml.NewDecoder(bytes.NewReader(body))
	root := &element{children: map[xml.Name][]*element{}}
	open := []*element{root}
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			root.text = ""
			return root, nil
		}
		if err != nil {
			return nil, err
		}
		inner := open[len(open)-1]
		switch token := token.(type) {
		case xml.StartElement:
			e := &element{token.Name, map[xml.Name]string{}, "", map[xml.Name][]*element{}}
			for _, a := range token.Attr {
				e.attributes[a.Name] = a.Value
			}
			inner.children[e.name] = append(inner.children[e.name], e)
			open = append(open, e)
		case xml.EndElement:
			inner.end()
			open = open[:len(open)-1]
		case xml.CharData:
			inner.text += string(token)
		}
	}
}

// end brings an element that was read to one form: without the white space between its
// children, and with the entries of a map, which has no order, sorted.
func (e *element) end() {
	if len(e.children) > 0 {
		e.text = strings.TrimSpace(e.text)
	}
	for _, all := range e.children {
		if len(all) > 1 && !slices.ContainsFunc(all, func(e *element) bool { return !e.isEntry() }) {
			slices.SortFunc(all, func(a, b *element) int { return strings.Compare(a.String(), b.String()) })
		}
	}
}

// isEntry reports whether an element looks like the entry of a map: two children of
// different names, and nothing else.
func (e *element) isEntry() bool {
	return len(e.children) == 2 && len(e.attributes) == 0 && e.text == ""
}

// String is the same for elements that say the same.
func (e *element) String() string {
	var b strings.Builder
	fmt.Fprint(&b, e.name, e.attributes, strconv.Quote(e.text))
	byName := func(a, b xml.Name) int { return strings.Compare(a.Space+" "+a.Local, b.Space+" "+b.Local) }
	for _, name := range slices.SortedFunc(maps.Keys(e.children), byName) {
		fmt.Fprint(&b, e.children[name])
	}
	return b.String()
}

// equal reports whether two parsed values say the same: numbers of JSON by their
// value, and NaN with itself.
func equal(a, b any) bool {
	switch a := a.(type) {
	case json.Number:
		b, ok := b.(json.Number)
		return ok && sameNumber(string(a), string(b))
	case float64:
		b, ok := b.(float64)
		return ok && (a == b || math.IsNaN(a) && math.IsNaN(b))
	case []any:
		b, ok := b.([]any)
		return ok && slices.EqualFunc(a, b, equal)
	case map[string]any:
		b, ok := b.(map[string]any)
		return ok && maps.EqualFunc(a, b, equal)
	case map[any]any:
		b, ok := b.(map[any]any)
		return ok && maps.EqualFunc(a, b, equal)
	case *big.Int:
		b, ok := b.(*big.Int)
		return ok && a.Cmp(b) == 0
	default:
		return reflect.DeepEqual(a, b)
	}
}

// sameNumber reports whether the texts of two numbers have the same value. One that
// math/big does not take must be the same text.
func sameNumber(a, b string) bool {
	x, okX := new(big.Rat).SetString(a)
	y, okY := new(big.Rat).SetString(b)
	if okX && okY {
		return x.Cmp(y) == 0 && negativeZero(a) == negativeZero(b)
	}
	return a == b
}

// negativeZero reports whether a number whose value is zero has a sign.
func negativeZero(text string) bool {
	return strings.HasPrefix(text, "-") && strings.Trim(text, "-+.0eE") == ""
}
