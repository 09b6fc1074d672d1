package xmlcodec

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// TestScalars reads each type, in all forms that services write.
func TestScalars(t *testing.T) {
	for text, read := range map[string]struct {
		read func(*Decoder) any
		want any
	}{
		"true": {func(d *Decoder) any { return *d.Bool() }, true}, " false\n": {func(d *Decoder) any { return d.BoolValue() }, false},
		"-128": {func(d *Decoder) any { return *d.Int8() }, int8(-128)}, "127": {func(d *Decoder) any { return d.Int8Value() }, int8(127)},
		"-32768": {func(d *Decoder) any { return *d.Int16() }, int16(-32768)}, "+1": {func(d *Decoder) any { return d.Int16Value() }, int16(1)},
		"2147483647": {func(d *Decoder) any { return *d.Int32() }, int32(math.MaxInt32)}, "007": {func(d *Decoder) any { return d.Int32Value() }, int32(7)},
		"-9223372036854775808": {func(d *Decoder) any { return *d.Int64() }, int64(math.MinInt64)}, "0": {func(d *Decoder) any { return d.Int64Value() }, int64(0)},
		"1.5": {func(d *Decoder) any { return *d.Float32() }, float32(1.5)}, "1e300": {func(d *Decoder) any { return *d.Float64() }, 1e300},
		"Infinity": {func(d *Decoder) any { return d.Float64Value() }, math.Inf(1)}, "-Infinity": {func(d *Decoder) any { return d.Float32Value() }, float32(math.Inf(-1))},
		"a &amp; <![CDATA[<b>]]>": {func(d *Decoder) any { return d.Text() }, "a & <b>"}, "": {func(d *Decoder) any { return *d.String() }, ""},
		"Zm9v": {func(d *Decoder) any { return d.Blob() }, []byte("foo")}, "<!---->": {func(d *Decoder) any { return d.Blob() }, []byte{}},
		"2014-04-29T18:30:38+00:00":     {func(d *Decoder) any { return d.DateTime().UTC() }, time.Unix(1398796238, 0).UTC()},
		"2014-04-29T18:30:38.5":         {func(d *Decoder) any { return d.DateTimeValue().UTC() }, time.Unix(1398796238, 5e8).UTC()},
		"Tue, 29 Apr 2014 18:30:38 GMT": {func(d *Decoder) any { return *d.HTTPDate() }, time.Unix(1398796238, 0).UTC()},
		"1398796238.25":                 {func(d *Decoder) any { return *d.EpochSeconds() }, time.Unix(1398796238, 25e7).UTC()},
	} {
		d := NewDecoder([]byte("<a><b>" + text + "</b><c>next</c></a>"))
		if !d.Root() || !d.NextElement() {
			t.Fatal(d.Err())
		}
		if got := read.read(d); !cmp.Equal(got, read.want) {
			t.Errorf("%q: got %v, want %v", text, got, read.want)
		}
		if !d.NextElement() || string(d.Name()) != "c" || d.Text() != "next" || d.NextElement() || d.Err() != nil {
			t.Errorf("%q: what follows is not read: %v", text, d.Err())
		}
	}
}

// TestErrors sees what errors say: the path of the element and what was expected, and never
// a value.
func TestErrors(t *testing.T) {
	for body, want := range map[string]string{
		"<a><b>secret</b></a>":           "member a/b: expected an integer",
		"<a><b>99999999999</b></a>":      "member a/b: the number does not fit a 32-bit integer",
		"<a><b><c/></b></a>":             "member a/b: expected text, got an element",
		"<a><b>1</c></a>":                "invalid XML at byte 9: the end of another element than the one that is open",
		"<a><b>1":                        "invalid XML at byte 7: unexpected EOF",
		"<a><b>&secret;</b></a>":         "invalid XML at byte 6: a reference to a character that is not known",
		"<a><b>\x01</b></a>":             `invalid XML at byte 6: invalid character '\x01' in a text`,
		"<a><b x=1>1</b></a>":            "invalid XML at byte 8: invalid character '1' instead of an attribute's value (expecting a quote)",
		"<!DOCTYPE a [<!ENTITY b 'c'>]>": "invalid XML at byte 0: a document type declaration, which is not accepted",
		"<?xml encoding='utf-16'?><a/>":  "invalid XML at byte 0: an encoding that is not UTF-8",
		"text":                           "invalid XML at byte 0: invalid character 't' before the root element",
	} {
		d := NewDecoder([]byte(body))
		for more := d.Root(); more && d.NextElement(); {
			if d.Int32() != nil {
				t.Errorf("%s: a number was read", body)
			}
		}
		if d.Err() == nil || d.Err().Error() != want {
			t.Errorf("%s: got %v, want %s", body, d.Err(), want)
		}
		if d.NextElement() || d.NextAttribute() || d.NextEntry("a", "b", "c") || d.String() != nil {
			t.Errorf("%s: something is read behind the error", body)
		}
	}
	d := NewDecoder([]byte(`<a b="secret"/>`))
	if !d.Root() || !d.NextAttribute() || d.BoolValue() || d.Err() == nil || d.Err().Error() != "member a/b: expected a boolean" {
		t.Errorf("got %v", d.Err())
	}
}

// TestFind finds elements at any depth, and says so when there is none.
func TestFind(t *testing.T) {
	for body, want := range map[string]string{
		"<e>1</e>": "1", "<a><b/><c><e>2</e></c><e>3</e></a>": "2", "<a xmlns='u'><x:e xmlns:x='v'>4</x:e></a>": "4", "": "", " \n": "",
		"<a><b>e</b></a>": "there is no element e", "<a><b>": "invalid XML at byte 6: unexpected EOF",
	} {
		d := NewDecoder([]byte(body))
		got := ""
		if d.Find("e") {
			got = d.Text()
		}
		if d.Err() != nil {
			got = d.Err().Error()
		}
		if got != want {
			t.Errorf("%s: got %q, want %q", body, got, want)
		}
	}
}

// TestEntries reads maps, with the parts of entries in any order.
func TestEntries(t *testing.T) {
	const entries = "<entry><key>a</key><value>1</value><x/></entry><other><key>no</key></other><entry><value>2</value><x/><key>b</key></entry>" +
		"<entry><key>none</key></entry><entry><value>3</value></entry><entry/>"
	want := map[string]int32{"a": 1, "b": 2, "": 3}
	wrapped := NewDecoder([]byte("<m>" + entries + "</m>"))
	got := map[string]int32{}
	for wrapped.Root(); wrapped.NextEntry("entry", "key", "value"); {
		key := wrapped.Key()
		got = GrowMap(wrapped, got, key)
		got[key] = wrapped.Int32Value()
	}
	if diff := cmp.Diff(want, got); diff != "" || wrapped.Err() != nil {
		t.Errorf("%v\n%s", wrapped.Err(), diff)
	}
	flat := NewDecoder([]byte("<m>" + entries + "</m>"))
	got = nil
	for flat.Root(); flat.NextElement(); {
		if string(flat.Name()) != "entry" {
			flat.Skip()
			continue
		}
		for flat.Entry("key", "value") {
			key := flat.Key()
			got = GrowMap(flat, got, key)
			got[key] = flat.Int32Value()
		}
	}
	if diff := cmp.Diff(want, got); diff != "" || flat.Err() != nil {
		t.Errorf("%v\n%s", flat.Err(), diff)
	}
	// Entries whose values are maps of the same names.
	nested := NewDecoder([]byte("<m><entry><value><entry><value>1</value><key>in</key></entry></value><key>out</key></entry><entry><key>last</key><value/></entry></m>"))
	var path []string
	for nested.Root(); nested.NextEntry("entry", "key", "value"); {
		path = append(path, nested.Key())
		for nested.NextEntry("entry", "key", "value") {
			path = append(path, nested.Key()+"="+nested.Text())
		}
	}
	if got := strings.Join(path, " "); got != "out in=1 last" || nested.Err() != nil {
		t.Errorf("got %s, %v", got, nested.Err())
	}
}

// TestRetention sees that what is kept of an answer does not keep its siblings, and shares
// nothing with the body.
func TestRetention(t *testing.T) {
	body := []byte("<a>" + strings.Repeat("<b>"+strings.Repeat("x", 200)+"</b>", 1000) + "</a>")
	d := NewDecoder(body)
	var kept []string
	for d.Root(); d.NextElement(); {
		kept = append(kept, d.Text())
	}
	clear(body)
	for _, text := range kept {
		if text != strings.Repeat("x", 200) {
			t.Fatal("a text changes with the body")
		}
	}
}

// TestErrorInfo reads errors in all their wrappers.
func TestErrorInfo(t *testing.T) {
	const fields = "<Code>C</Code><Type>Sender</Type><Message>M</Message>"
	for body, want := range map[string][3]string{
		"<ErrorResponse><Error>" + fields + "</Error><RequestId>I</RequestId></ErrorResponse>":        {"C", "M", "I"},
		"<Response><Errors><Error>" + fields + "</Error></Errors><RequestID>I</RequestID></Response>": {"C", "M", "I"},
		"<Error>" + fields + "<RequestId>I</RequestId></Error>":                                       {"C", "M", "I"},
		"<Error/>": {}, "": {},
	} {
		codes, unknown, err := ErrorInfo(nil, []byte(body))
		message := ""
		if text := ErrorMessage([]byte(body)); text != nil {
			message = *text
		}
		if got := [3]string{codes[0], message, ErrorRequestID([]byte(body))}; got != want || unknown.Message != message || unknown.Code != codes[0] || err != nil {
			t.Errorf("%s: got %q, %v, %v", body, got, unknown, err)
		}
	}
	codes, unknown, _ := ErrorInfo(nil, []byte("<p:Gone><RequestId>1</RequestId></p:Gone>"))
	if codes != [3]string{1: "Gone"} || unknown.Code != "" {
		t.Errorf("a root without errors names the codes %q and the error %+v", codes, unknown)
	}
	if _, _, err := ErrorInfo(nil, []byte("<html><body>no</body></html>")); err == nil {
		t.Error("a page is read as an error")
	}
	if _, unknown, err := ErrorInfo(nil, []byte("<Error><Code>C</Code><Message>M</Mess")); err == nil || unknown.Code != "C" {
		t.Errorf("got %v, %v", unknown, err)
	}
}

// TestAllocs bounds what an answer costs.
func TestAllocs(t *testing.T) {
	body := []byte("<R><A>text</A><B>12</B><C>true</C><D>2014-04-29T18:30:38Z</D></R>")
	got := testing.AllocsPerRun(100, func() {
		d := NewDecoder(body)
		for d.Root(); d.NextElement(); {
			switch string(d.Name()) {
			case "A":
				_ = d.Text()
			case "B":
				_ = d.Int32Value()
			case "C":
				_ = d.BoolValue()
			default:
				_ = d.DateTimeValue()
			}
		}
		if d.Err() != nil {
			panic(d.Err())
		}
	})
	if got > 6 {
		t.Errorf("%v allocations", got)
	}
}

// FuzzMethods calls methods in an order that the input names: whatever it is, nothing
// panics, and an error ends all loops.
func FuzzMethods(f *testing.F) {
	f.Add([]byte("<a><b>1</b><entry><key>k</key><value>v</value></entry></a>"), []byte{0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
	f.Add([]byte("<a><entry><value>v</value><key>k</key></entry>"), []byte{4, 4, 0, 6, 1, 4})
	f.Add([]byte("<a b='c'/>"), []byte{2, 5, 2, 3, 5, 0, 5, 1})
	f.Fuzz(func(t *testing.T, body, calls []byte) {
		d := NewDecoder(body)
		methods := []func(){
			func() { d.NextElement() }, func() { d.Skip() }, func() { d.NextAttribute() }, func() { _ = d.Text() },
			func() { d.NextEntry("entry", "key", "value") }, func() { d.Entry("key", "value") }, func() { d.Int32() }, func() { d.Find("b") },
			func() { d.Blob() }, func() { d.Fail(errors.New("own")) },
		}
		if !d.Root() {
			return
		}
		for _, c := range calls {
			methods[int(c)%len(methods)]()
			_ = d.Name()
		}
		if d.Err() != nil && (d.NextElement() || d.NextAttribute() || d.NextEntry("entry", "key", "value") || d.Entry("key", "value")) {
			t.Error("something is read behind an error")
		}
	})
}

// TestPath bounds what an error quotes.
func TestPath(t *testing.T) {
	d := NewDecoder([]byte(strings.Repeat("<"+strings.Repeat("é", 200)+">", 100)))
	for more := d.Root(); more && len(d.open) < 100; {
		more = d.NextElement()
	}
	d.Fail(errors.New("own"))
	if n := len(d.Err().Error()); n > 17*(maxName+5) || !strings.Contains(d.Err().Error(), "/…/") || strings.ContainsRune(d.Err().Error(), '\ufffd') {
		t.Errorf("%d bytes: %v", n, d.Err())
	}
}

// TestBareError reads an error without an element around it.
func TestBareError(t *testing.T) {
	for body, want := range map[string]string{
		"<Gone><Texts><Text>a</Text><Other/><Text>b</Text></Texts><RequestId>1</RequestId></Gone>": `["a" "b"] true`,
		"<p:Gone/>": "[] true",
		"<Error><Texts><Text>a</Text></Texts></Error>": "[] false",
		"": "[] false",
	} {
		texts, ok := BareError([]byte(body), "Gone", "Texts", "Text")
		if got := fmt.Sprintf("%q %t", texts, ok); got != want {
			t.Errorf("%s: %s, want %s", body, got, want)
		}
	}
}
