package xmlcodec

import (
	"runtime"
	"strings"
	"testing"
)

// A hostile body costs memory in proportion to its length, and no more time either: no byte
// of it is read more often than a constant.

// size is how often a small thing comes: a million times.
func size() int {
	if testing.Short() {
		return 100_000
	}
	return 1_000_000
}

// hostile are bodies, with what reading them ends with; empty for no error. What is allocated
// is at most copies times the body beside the constant part.
var hostile = map[string]struct {
	body   func(million int) string
	want   string
	copies float64
}{
	"an entity that expands": {func(int) string {
		return `<!DOCTYPE a [<!ENTITY x "xxxxxxxx"><!ENTITY y "&x;&x;&x;&x;&x;&x;&x;&x;">]><a><text>&y;</text></a>`
	}, "a document type declaration", 0},
	"a document type without end":     {func(million int) string { return "<!DOCTYPE " + strings.Repeat("[", million) }, "a document type declaration", 0},
	"an external entity":              {func(int) string { return `<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>` }, "a document type declaration", 0},
	"a declaration behind the root":   {func(int) string { return `<a><!ENTITY x "y"></a>` }, "a document type declaration", 0},
	"an entity without a declaration": {func(million int) string { return "<a><text>" + strings.Repeat("&lol;", million) + "</text></a>" }, "a reference", 0},
	"references":                      {func(million int) string { return "<a><text>" + strings.Repeat("&#x41;", million) + "</text></a>" }, "", 2},
	"a long reference":                {func(million int) string { return "<a><text>&#" + strings.Repeat("0", 10*million) + "65;</text></a>" }, "", 2},
	"an ampersand alone":              {func(million int) string { return "<a><text>" + strings.Repeat("&", 10*million) }, "a reference", 0},
	"levels":                          {func(million int) string { return strings.Repeat("<a>", million) + strings.Repeat("</a>", million) }, "nested more than 10000 deep", 0},
	"levels without end":              {func(million int) string { return strings.Repeat("<nested>", million) }, "nested more than 10000 deep", 0},
	"100 MB of attributes": {func(million int) string {
		return "<a" + strings.Repeat(` name="value"`, 8*million) + "><text>x</text></a>"
	}, "", 0},
	"one long attribute": {func(million int) string {
		return `<a name="` + strings.Repeat("x", 30*million) + `"><text>x</text></a>`
	}, "", 0},
	"namespaces": {func(million int) string {
		return "<a" + strings.Repeat(` xmlns:n="urn:x"`, million) + "><text>x</text></a>"
	}, "", 0},
	"namespaces level by level":   {func(million int) string { return "<a>" + strings.Repeat(`<n:b xmlns:n="urn:x"/>`, million) + "</a>" }, "", 0},
	"a long name":                 {func(million int) string { return "<" + strings.Repeat("a", 10*million) + "></b>" }, "the end of another element", 0},
	"a long wrong number":         {func(million int) string { return "<a><number>" + strings.Repeat("1", 10*million) + "</number></a>" }, "does not fit", 3},
	"a long wrong time":           {func(million int) string { return "<a><time>" + strings.Repeat("1", 10*million) + "</time></a>" }, "a timestamp", 2},
	"comments":                    {func(million int) string { return "<a>" + strings.Repeat("<!---->", million) + "</a>" }, "", 0},
	"an open comment in comments": {func(million int) string { return "<a>" + strings.Repeat("<!--", 10*million) }, "in a comment", 0},
	"comments in a text":          {func(million int) string { return "<a><text>" + strings.Repeat("x<!---->", million) + "</text></a>" }, "", 2},
	"sections":                    {func(million int) string { return "<a><text>" + strings.Repeat("<![CDATA[]]>", million) + "</text></a>" }, "", 1},
	"declarations":                {func(million int) string { return strings.Repeat("<?xml version=version=?>", million/10) + "<a/>" }, "", 2},
	"a long declaration":          {func(million int) string { return "<?xml " + strings.Repeat("version=", million) + "?><a/>" }, "", 2},
	"empty elements":              {func(million int) string { return "<a>" + strings.Repeat("<item/>", million) + "</a>" }, "", 12},
	"texts":                       {func(million int) string { return "<a>" + strings.Repeat("<item>x</item>", million) + "</a>" }, "", 8},
	"line feeds":                  {func(million int) string { return "<a><text>" + strings.Repeat("\r\n", 10*million) + "</text></a>" }, "", 4},
	"keys behind their values": {func(million int) string {
		return "<a>" + strings.Repeat("<map><entry><value>", 3000) + strings.Repeat("x", million) +
			strings.Repeat("</value><key>k</key></entry></map>", 3000) + "</a>"
	}, "too many maps in maps", 2},
	"no element":                 {func(million int) string { return strings.Repeat(" ", 10*million) }, "", 0},
	"bytes":                      {func(million int) string { return strings.Repeat("\xff", 10*million) }, "invalid character", 0},
	"one open tag without end":   {func(million int) string { return "<a" + strings.Repeat(" ", 10*million) }, "unexpected EOF", 0},
	"an attribute without end":   {func(million int) string { return `<a b="` + strings.Repeat("x", 10*million) }, "unexpected EOF", 0},
	"a comment without end":      {func(million int) string { return "<a><!--" + strings.Repeat("x", 10*million) }, "unexpected EOF", 0},
	"a section without end":      {func(million int) string { return "<a><![CDATA[" + strings.Repeat("]", 10*million) }, "unexpected EOF", 0},
	"an instruction without end": {func(million int) string { return "<?a " + strings.Repeat("?", 10*million) }, "unexpected EOF", 0},
	"a text without end":         {func(million int) string { return "<a><text>" + strings.Repeat("x", 10*million) }, "unexpected EOF", 0},
	"a reference without end":    {func(million int) string { return "<a><text>&" + strings.Repeat("x", 10*million) }, "a reference", 0},
	"an end tag without end":     {func(million int) string { return "<a></a" + strings.Repeat(" ", 10*million) }, "unexpected EOF", 0},
	"an unknown element of levels": {func(int) string {
		return "<a><b>" + strings.Repeat("<c>", 9000) + strings.Repeat("</c>", 9000) + "</b></a>"
	}, "", 0},
}

// constant is what reading may allocate however short the body is: the open elements of the
// deepest document, slabs, and the text of an error.
const constant = 2 << 20

func TestHostile(t *testing.T) {
	for name, tc := range hostile {
		body := []byte(tc.body(size()))
		var err error
		got := allocated(func() {
			d := NewDecoder(body)
			if d.Root() {
				read(d, &record{})
			}
			err = d.Err()
		})
		if err == nil != (tc.want == "") || err != nil && !strings.Contains(err.Error(), tc.want) {
			t.Errorf("%s: %v, want %q", name, err, tc.want)
		}
		if err != nil && len(err.Error()) > 4<<10 {
			t.Errorf("%s: the error has %d bytes", name, len(err.Error()))
		}
		if most := constant + uint64(tc.copies*float64(len(body))); got > most {
			t.Errorf("%s: %d bytes are allocated for %d, want at most %d", name, got, len(body), most)
		}
		t.Logf("%-32s %10d bytes, %10d allocated", name, len(body), got)
	}
}

// TestHostileErrors sees the same of the functions that look for an error's code.
func TestHostileErrors(t *testing.T) {
	for name, tc := range hostile {
		body := []byte(tc.body(size() / 10))
		got := allocated(func() {
			_, _, _ = ErrorInfo(nil, body)
			ErrorMessage(body)
			ErrorRequestID(body)
		})
		if most := 3*constant + uint64(4*len(body)); got > most {
			t.Errorf("%s: %d bytes are allocated for %d", name, got, len(body))
		}
	}
}

// record is what the bodies are read to, in the way of emitted code.
type record struct {
	text   string
	number *int64
	time   any
	items  []string
	maps   map[string]*record
	nested *record
}

func read(d *Decoder, out *record) {
	for d.NextElement() {
		switch string(d.Name()) {
		case "text":
			out.text = d.Text()
		case "number":
			out.number = d.Int64()
		case "time":
			out.time = d.DateTime()
		case "item":
			out.items = append(Grow(d, out.items), d.Text())
		case "map":
			for d.NextEntry("entry", "key", "value") {
				key := d.Key()
				out.maps = GrowMap(d, out.maps, key)
				out.maps[key] = &record{}
				read(d, out.maps[key])
			}
		case "nested":
			out.nested = &record{}
			read(d, out.nested)
		default:
			d.Skip()
		}
	}
}

// TestKeysBehindValues sees that maps in maps may have them, as many as anybody has.
func TestKeysBehindValues(t *testing.T) {
	const depth = 10
	body := "<a>" + strings.Repeat("<map><entry><value>", depth) + "<text>x</text>" + strings.Repeat("</value><key>k</key></entry></map>", depth) + "</a>"
	d := NewDecoder([]byte(body))
	d.Root()
	out := &record{}
	read(d, out)
	for range depth {
		if out = out.maps["k"]; out == nil {
			t.Fatalf("a level is not there: %v", d.Err())
		}
	}
	if out.text != "x" || d.Err() != nil {
		t.Errorf("%q, %v", out.text, d.Err())
	}
}

// allocated is how many bytes a function allocates.
func allocated(f func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}
