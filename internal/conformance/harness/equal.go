package harness

import (
	"fmt"
	"io"
	"math"
	"math/big"
	"reflect"
	"testing"
	"time"

	smithydocument "github.com/aws/smithy-go/document"
)

// Equal compares two values of one type, deeply: times by the instant, NaN with
// itself, decimals by their digits, documents by their JSON, streams by what they hold. Metadata does not
// count, and neither does the code that an error has beside its type.
func Equal(t *testing.T, got, want any) {
	t.Helper()
	compare(t, "", reflect.ValueOf(got), reflect.ValueOf(want))
}

func compare(t *testing.T, path string, got, want reflect.Value) {
	t.Helper()
	if got.IsValid() != want.IsValid() || got.IsValid() && got.Type() != want.Type() {
		t.Errorf("%s is %v, want %v", path, describe(got), describe(want))
		return
	}
	if !got.IsValid() || special(t, path, got, want) {
		return
	}
	switch got.Kind() {
	case reflect.Pointer, reflect.Interface:
		if got.IsNil() || want.IsNil() {
			differ(t, path, got, want, got.IsNil() == want.IsNil())
			return
		}
		compare(t, path, got.Elem(), want.Elem())
	case reflect.Struct:
		for i := range got.NumField() {
			if f := got.Type().Field(i); f.IsExported() && f.Name != "ResultMetadata" && f.Name != "ErrorCodeOverride" {
				compare(t, path+"."+f.Name, got.Field(i), want.Field(i))
			}
		}
	case reflect.Slice:
		compareSlices(t, path, got, want)
	case reflect.Map:
		compareMaps(t, path, got, want)
	case reflect.Float32, reflect.Float64:
		a, b := got.Float(), want.Float()
		differ(t, path, got, want, a == b || math.IsNaN(a) && math.IsNaN(b))
	default:
		differ(t, path, got, want, reflect.DeepEqual(got.Interface(), want.Interface()))
	}
}

func compareSlices(t *testing.T, path string, got, want reflect.Value) {
	t.Helper()
	if got.Len() != want.Len() || got.IsNil() != want.IsNil() {
		differ(t, path, got, want, false)
		return
	}
	for i := range got.Len() {
		compare(t, fmt.Sprintf("%s[%d]", path, i), got.Index(i), want.Index(i))
	}
}

func compareMaps(t *testing.T, path string, got, want reflect.Value) {
	t.Helper()
	if got.Len() != want.Len() || got.IsNil() != want.IsNil() {
		differ(t, path, got, want, false)
		return
	}
	for _, key := range want.MapKeys() {
		compare(t, fmt.Sprintf("%s[%v]", path, key), got.MapIndex(key), want.MapIndex(key))
	}
}

// special compares values that have a meaning of their own, and reports whether these
// are such.
func special(t *testing.T, path string, got, want reflect.Value) bool {
	t.Helper()
	if !got.CanInterface() || got.Kind() == reflect.Interface && (got.IsNil() || want.IsNil()) {
		return false
	}
	switch g := got.Interface().(type) {
	case time.Time:
		differ(t, path, got, want, g.Equal(want.Interface().(time.Time)))
	case *big.Int:
		differ(t, path, got, want, g.String() == want.Interface().(*big.Int).String())
	case *big.Float:
		differ(t, path, got, want, decimal(g) == decimal(want.Interface().(*big.Float)))
	case smithydocument.Number:
		differ(t, path, got, want, sameNumber(string(g), string(want.Interface().(smithydocument.Number))))
	case smithydocument.Marshaler:
		a, errA := g.MarshalSmithyDocument()
		b, errB := want.Interface().(smithydocument.Marshaler).MarshalSmithyDocument()
		if errA != nil || errB != nil {
			t.Errorf("%s: %v, %v", path, errA, errB)
			return true
		}
		compare(t, path, reflect.ValueOf(JSON(string(a))), reflect.ValueOf(JSON(string(b))))
	case io.Reader:
		a, errA := io.ReadAll(g)
		b, errB := io.ReadAll(want.Interface().(io.Reader))
		if string(a) != string(b) || errA != nil || errB != nil {
			t.Errorf("%s is %q (%v), want %q (%v)", path, a, errA, b, errB)
		}
	default:
		return false
	}
	return true
}

// decimal is the shortest decimal that is a float, whatever its precision.
func decimal(v *big.Float) string {
	if v == nil {
		return ""
	}
	return v.Text('g', -1)
}

func differ(t *testing.T, path string, got, want reflect.Value, equal bool) {
	t.Helper()
	if !equal {
		t.Errorf("%s is %s, want %s", path, describe(got), describe(want))
	}
}

func describe(v reflect.Value) string {
	if !v.IsValid() {
		return "nothing"
	}
	return fmt.Sprintf("%#v", v)
}
