package formcodec_test

import (
	"errors"
	"math"
	"net/url"
	"testing"
	"time"

	"example.com/lathe/runtime/formcodec"
)

// write returns what a function writes.
func write(t *testing.T, e *formcodec.Encoder, fill func(*formcodec.Encoder)) string {
	t.Helper()
	e.BeginObject()
	fill(e)
	e.EndObject()
	if e.Err() != nil {
		t.Fatal(e.Err())
	}
	return string(e.Parts()[0])
}

func list(e *formcodec.Encoder, name string, values ...string) {
	e.BeginArray(name)
	for _, v := range values {
		e.Element()
		e.String(v)
	}
	e.EndArray()
}

// TestKeys writes values in all places, for both protocols.
func TestKeys(t *testing.T) {
	for name, c := range map[string]struct {
		fill        func(*formcodec.Encoder)
		query, flat string
	}{
		"members": {func(e *formcodec.Encoder) { e.Name("A"); e.String("1"); e.Name("B"); e.Bool(true) }, "A=1&B=true", "A=1&B=true"},
		"objects": {func(e *formcodec.Encoder) {
			e.Name("A")
			e.BeginObject()
			e.Name("B")
			e.BeginObject()
			e.Name("C")
			e.Int(-1)
			e.EndObject()
			e.Name("D")
			e.Int(2)
			e.EndObject()
			e.Name("E")
			e.Int(3)
		}, "A.B.C=-1&A.D=2&E=3", "A.B.C=-1&A.D=2&E=3"},
		"a list":        {func(e *formcodec.Encoder) { e.Name("L"); list(e, "member", "a", "b") }, "L.member.1=a&L.member.2=b", "L.1=a&L.2=b"},
		"a flat list":   {func(e *formcodec.Encoder) { e.Flat("L"); list(e, "member", "a"); e.Name("M"); list(e, "x", "b") }, "L.1=a&M.x.1=b", "L.1=a&M.1=b"},
		"an empty list": {func(e *formcodec.Encoder) { e.Name("L"); list(e, "member"); e.Flat("M"); list(e, "x") }, "L=&M=", ""},
		"a list of lists": {func(e *formcodec.Encoder) {
			e.Name("L")
			e.BeginArray("member")
			e.Element()
			list(e, "item", "a")
			e.Element()
			list(e, "item", "b", "c")
			e.EndArray()
			e.Name("N")
			e.String("d")
		}, "L.member.1.item.1=a&L.member.2.item.1=b&L.member.2.item.2=c&N=d", "L.1.1=a&L.2.1=b&L.2.2=c&N=d"},
		"a map": {func(e *formcodec.Encoder) {
			e.Name("M")
			e.BeginMap("entry", "key", "value")
			e.Key("a")
			e.String("1")
			e.Key("b")
			e.BeginObject()
			e.Name("X")
			e.Int(1)
			e.Name("Y")
			e.Int(2)
			e.EndObject()
			e.EndMap()
			e.Name("N")
			e.Int(0)
		}, "M.entry.1.key=a&M.entry.1.value=1&M.entry.2.key=b&M.entry.2.value.X=1&M.entry.2.value.Y=2&N=0",
			"M.entry.1.key=a&M.entry.1.value=1&M.entry.2.key=b&M.entry.2.value.X=1&M.entry.2.value.Y=2&N=0"},
		"a flat map": {func(e *formcodec.Encoder) {
			e.Flat("M")
			e.BeginMap("entry", "K", "V")
			e.Key("a")
			list(e, "member", "1")
			e.EndMap()
		}, "M.1.K=a&M.1.V.member.1=1", "M.1.K=a&M.1.V.1=1"},
		"an empty map": {func(e *formcodec.Encoder) { e.Name("M"); e.BeginMap("entry", "K", "V"); e.EndMap() }, "", ""},
	} {
		if got := write(t, formcodec.NewEncoder(nil), c.fill); got != c.query {
			t.Errorf("%s: got %s, want %s", name, got, c.query)
		}
		if got := write(t, formcodec.NewFlatEncoder(nil), c.fill); got != c.flat {
			t.Errorf("%s, flat: got %s, want %s", name, got, c.flat)
		}
	}
}

// TestValues writes each type.
func TestValues(t *testing.T) {
	at := time.Date(2014, 4, 29, 18, 30, 38, 5e8, time.UTC)
	for want, fill := range map[string]func(*formcodec.Encoder){
		"A=NaN": func(e *formcodec.Encoder) { e.Float64(math.NaN()) }, "A=Infinity": func(e *formcodec.Encoder) { e.Float32(float32(math.Inf(1))) },
		"A=-Infinity": func(e *formcodec.Encoder) { e.Float64(math.Inf(-1)) }, "A=0.1": func(e *formcodec.Encoder) { e.Float32(0.1) },
		"A=Zm8%3D": func(e *formcodec.Encoder) { e.Blob([]byte("fo")) }, "A=": func(e *formcodec.Encoder) { e.Blob(nil) },
		"A=2014-04-29T18%3A30%3A38.5Z": func(e *formcodec.Encoder) { e.DateTime(at) }, "A=1398796238.5": func(e *formcodec.Encoder) { e.EpochSeconds(at) },
		"A=Tue%2C+29+Apr+2014+18%3A30%3A38+GMT": func(e *formcodec.Encoder) { e.HTTPDate(at) },
		"A=a%26b%3Dc+~-_.%C3%A9%00":             func(e *formcodec.Encoder) { e.String("a&b=c ~-_.é\x00") },
	} {
		got := write(t, formcodec.NewEncoder(nil), func(e *formcodec.Encoder) { e.Name("A"); fill(e) })
		if got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
	e := formcodec.NewEncoder([]byte("x=y"))
	e.Literal("Action=Do")
	e.Fail(errors.New("first"))
	e.Fail(errors.New("second"))
	if got := string(e.Parts()[0]); got != "Action=Do&x=y" || e.Err().Error() != "first" {
		t.Errorf("got %s, %v", got, e.Err())
	}
}

// FuzzString compares with net/url what text is written as.
func FuzzString(f *testing.F) {
	f.Add("Name", "a b&c=d%+\x00é\xff")
	f.Fuzz(func(t *testing.T, name, value string) {
		got := write(t, formcodec.NewEncoder(nil), func(e *formcodec.Encoder) { e.Name(name); e.String(value) })
		if want := url.QueryEscape(name) + "=" + url.QueryEscape(value); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	})
}

// Pairs are sent by their keys, as the official clients have them, whatever their values.
func TestOrder(t *testing.T) {
	got := write(t, formcodec.NewEncoder(nil), func(e *formcodec.Encoder) {
		e.Literal("Action=Do&Version=1")
		for _, name := range []string{"List.member.2", "List.member.10", "List", "Late", "B"} {
			e.Name(name)
			e.String("&=")
		}
	})
	want := "Action=Do&B=%26%3D&Late=%26%3D&List=%26%3D&List.member.10=%26%3D&List.member.2=%26%3D&Version=1"
	if got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// TestAllocs bounds what a form costs: the encoder, its buffer, and to sort the pairs.
func TestAllocs(t *testing.T) {
	got := testing.AllocsPerRun(100, func() {
		e := formcodec.NewEncoder(make([]byte, 0, 256))
		e.Literal("Action=Do&Version=1")
		e.BeginObject()
		e.Name("A")
		list(e, "member", "a", "b", "c")
		e.Name("B")
		e.Int(12)
		e.EndObject()
		if len(e.Parts()[0]) == 0 {
			panic("nothing was written")
		}
	})
	if got > 5 {
		t.Errorf("%v allocations", got)
	}
}
