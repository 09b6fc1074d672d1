package compare

import (
	"hash/fnv"
	"math/rand/v2"
	"reflect"
	"slices"
	"strconv"
	"time"
)

// Fill sets the fields of a struct that have no value to random ones. They depend on the seed
// and on the names of the fields alone, so that the same fields of the other client's type
// get the same ones whatever their order. Interfaces stay nil.
func Fill(target any, seed uint64) {
	v := reflect.ValueOf(target).Elem()
	(&filler{seed}).fields(v, v.Type().Name(), 0)
}

type filler struct{ seed uint64 }

// deepest is how deep structures are filled.
const deepest = 4

// random is the source for a path.
func (f *filler) random(path string) *rand.Rand {
	h := fnv.New64a()
	_, _ = h.Write([]byte(path))
	return rand.New(rand.NewPCG(f.seed, h.Sum64()))
}

func (f *filler) fields(v reflect.Value, path string, depth int) {
	for i := range v.NumField() {
		field := v.Type().Field(i)
		if at := path + "." + field.Name; field.IsExported() && !field.Anonymous && v.Field(i).IsZero() &&
			f.random(at).IntN(3) > 0 {
			f.value(v.Field(i), at, depth+1)
		}
	}
}

func (f *filler) value(v reflect.Value, path string, depth int) {
	r := f.random(path + "=")
	switch v.Kind() {
	case reflect.Pointer:
		if v.Type().Elem().Kind() != reflect.Struct || depth < deepest || v.Type().Elem() == timeType {
			v.Set(reflect.New(v.Type().Elem()))
			f.value(v.Elem(), path, depth)
		}
	case reflect.Struct:
		if v.Type() == timeType {
			v.Set(reflect.ValueOf(time.UnixMilli(r.Int64N(4e12)).UTC()))
		} else if depth < deepest {
			f.fields(v, path, depth)
		}
	case reflect.Slice:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			v.SetBytes([]byte(text(r)))
			return
		}
		v.Set(reflect.MakeSlice(v.Type(), r.IntN(3), 3))
		for i := range v.Len() {
			f.value(v.Index(i), path+"["+strconv.Itoa(i)+"]", depth+1)
		}
	case reflect.Map:
		f.entries(v, r, path, depth)
	case reflect.String:
		v.SetString(text(r))
	case reflect.Bool:
		v.SetBool(r.IntN(2) > 0)
	case reflect.Int32, reflect.Int64:
		v.SetInt(int64(int32(r.Uint32()) >> r.IntN(32)))
	case reflect.Float32, reflect.Float64:
		v.SetFloat(float64(r.IntN(1e6)) / 64)
	}
}

// entries puts a single entry into a map: what is sent of several has no order in the official
// client.
func (f *filler) entries(v reflect.Value, r *rand.Rand, path string, depth int) {
	v.Set(reflect.MakeMap(v.Type()))
	if v.Type().Elem().Kind() == reflect.Interface || r.IntN(4) == 0 {
		return
	}
	value := reflect.New(v.Type().Elem()).Elem()
	f.value(value, path+"[]", depth+1)
	v.SetMapIndex(reflect.ValueOf(text(r)).Convert(v.Type().Key()), value)
}

var timeType = reflect.TypeFor[time.Time]()

// letters are what texts are made of: none that a row of differences is about, and no
// control characters, which our client does not send in a header.
var letters = []rune("abcXYZ019 -_/+=&?#%~:;,!*'()@$|\"\\<>àé漢😀\u00a0")

func text(r *rand.Rand) string {
	out := make([]rune, 5+r.IntN(9)) // no text that an error of the transport quotes by chance
	for i := range out {
		out[i] = letters[min(r.IntN(len(letters)), r.IntN(len(letters)))]
	}
	return string(slices.Clip(out))
}
