package xmlcodec

import (
	"bytes"
	"encoding/xml"
	"errors"
	"math"
	"strings"
	"testing"
	"time"
)

func encode(t *testing.T, fill func(*Encoder)) string {
	t.Helper()
	e := NewEncoder(nil)
	e.Name(`R xmlns="u"`)
	e.BeginObject()
	fill(e)
	e.EndObject()
	if e.Err() != nil {
		t.Fatal(e.Err())
	}
	got := string(bytes.Join(e.Parts(), nil))
	inner, opened := strings.CutPrefix(got, `<R xmlns="u"`)
	inner, closed := strings.CutSuffix(inner, "</R>")
	if !opened || !closed {
		t.Fatalf("got %s", got)
	}
	return inner
}

func list(e *Encoder, tag string, values ...string) {
	e.BeginArray(tag)
	for _, v := range values {
		e.Element()
		e.String(v)
	}
	e.EndArray()
}

// TestEncoder writes values in all places.
func TestEncoder(t *testing.T) {
	at := time.Date(2014, 4, 29, 18, 30, 38, 5e8, time.UTC)
	for want, fill := range map[string]func(*Encoder){
		">": func(*Encoder) {},
		"><A>1e-7</A><B>16777216</B><C>1e+21</C><D>-1.5e-10</D>": func(e *Encoder) {
			e.Name("A")
			e.Float64(1e-7)
			e.Name("B")
			e.Float32(16777216)
			e.Name("C")
			e.Float64(1e21)
			e.Name("D")
			e.Float64(-1.5e-10)
		},
		"><A>0.000001</A><B>9.999999e-7</B>": func(e *Encoder) { // the float32 of a millionth is less than one
			e.Name("A")
			e.Float32(1e-6)
			e.Name("B")
			e.Float32(math.Nextafter32(1e-6, 0))
		},
		"><A>1</A><B>x</B>": func(e *Encoder) { e.Name("A"); e.Int(1); e.Name("B"); e.String("x") },
		` a="&#34;" b="true"><A>1</A>`: func(e *Encoder) {
			e.Attribute("a")
			e.String(`"`)
			e.Attribute("b")
			e.Bool(true)
			e.Name("A")
			e.Int(1)
		},
		`><A xmlns:p="v" p:q="1"><B></B></A>`: func(e *Encoder) {
			e.Name(`A xmlns:p="v"`)
			e.BeginObject()
			e.Attribute("p:q")
			e.Int(1)
			e.Name("B")
			e.BeginObject()
			e.EndObject()
			e.EndObject()
		},
		`><L><m xmlns="w">a</m><m xmlns="w">b</m></L><F>c</F><F>d</F><N></N>`: func(e *Encoder) {
			e.Name("L")
			list(e, `m xmlns="w"`, "a", "b")
			e.Flat("F")
			list(e, "m", "c", "d")
			e.Flat("none")
			list(e, "m")
			e.Name("N")
			list(e, "m")
		},
		"><M><entry><k>a</k><v>1</v></entry><entry><k>b</k><v><m>2</m></v></entry></M><F><k>c</k><v></v></F><E></E>": func(e *Encoder) {
			e.Name("M")
			e.BeginMap("entry", "k", "v")
			e.Key("a")
			e.Int(1)
			e.Key("b")
			list(e, "m", "2")
			e.EndMap()
			e.Flat("F")
			e.BeginMap("entry", "k", "v")
			e.Key("c")
			e.Blob(nil)
			e.EndMap()
			e.Name("E")
			e.BeginMap("entry", "k", "v")
			e.EndMap()
		},
		"><A>NaN</A><A>Infinity</A><A>-Infinity</A><A>1.5</A>": func(e *Encoder) {
			for _, v := range []float64{math.NaN(), math.Inf(1), math.Inf(-1), 1.5} {
				e.Name("A")
				e.Float64(v)
			}
		},
		"><A>2014-04-29T18:30:38.5Z</A><A>Tue, 29 Apr 2014 18:30:38 GMT</A><A>1398796238.5</A><A>Zm9v</A><A>0.1</A>": func(e *Encoder) {
			for _, write := range []func(){func() { e.DateTime(at) }, func() { e.HTTPDate(at) }, func() { e.EpochSeconds(at) }, func() { e.Blob([]byte("foo")) }, func() { e.Float32(0.1) }} {
				e.Name("A")
				write()
			}
		},
	} {
		if got := encode(t, fill); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
	e := NewEncoder(nil)
	e.Fail(errors.New("first"))
	e.Fail(errors.New("second"))
	if e.Err().Error() != "first" {
		t.Error(e.Err())
	}
}

// FuzzText writes text in an element and an attribute, and finds in encoding/xml and in the
// decoder what was written, but for what XML can't hold.
func FuzzText(f *testing.F) {
	f.Add("a<b>&\"'\t\r\n ]]> \x00\u0085\u2028\ufffe\xff")
	f.Fuzz(func(t *testing.T, text string) {
		e := NewEncoder(nil)
		e.Name("a")
		e.BeginObject()
		e.Attribute("b")
		e.String(text)
		e.Name("c")
		e.String(text)
		e.EndObject()
		body := e.Parts()[0]
		want := strings.Map(func(r rune) rune {
			if !isCharacter(r) {
				return '\ufffd'
			}
			return r
		}, strings.Join(strings.Split(text, ""), "")) // each invalid byte by itself
		var model struct {
			B string `xml:"b,attr"`
			C string `xml:"c"`
		}
		if err := xml.Unmarshal(body, &model); err != nil || model.B != want || model.C != want {
			t.Errorf("encoding/xml reads %q, %v of %q", model, err, body)
		}
		d := NewDecoder(body)
		if !d.Root() || !d.NextAttribute() || d.Text() != want || !d.NextElement() || d.Text() != want || d.NextElement() || d.Err() != nil {
			t.Errorf("%q is read otherwise, %v", body, d.Err())
		}
	})
}
