package harness

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
)

func TestSameBody(t *testing.T) {
	for name, c := range map[string]struct {
		media, got, want string
		same             bool
	}{
		"JSON, order and space":       {"application/json", `{"a":1,"b":[true]}`, `{ "b": [true], "a": 1 }`, true},
		"JSON, numbers by value":      {"application/x-amz-json-1.1", `[1e2,0.50]`, `[100,0.5]`, true},
		"JSON, exact numbers":         {"application/x-amz-json-1.0", `9007199254740993`, `9007199254740992`, false},
		"JSON, the sign of zero":      {"application/json", `-0`, `0`, false},
		"JSON, order of elements":     {"application/json", `[1,2]`, `[2,1]`, false},
		"JSON, a number as text":      {"application/json", `"1"`, `1`, false},
		"JSON, null and absent":       {"application/json", `{"a":null}`, `{}`, false},
		"JSON, two values":            {"application/json", `{}{}`, `{}`, false},
		"JSON and nothing":            {"application/json", ``, `{}`, false},
		"no JSON, the same":           {"application/json", `not`, `not`, true},
		"XML, order of names":         {"application/xml", `<r><a>1</a><b/></r>`, `<r><b></b><a>1</a></r>`, true},
		"XML, order of one name":      {"text/xml", `<r><a>1</a><a>2</a></r>`, `<r><a>2</a><a>1</a></r>`, false},
		"XML, order of entries":       {"text/xml", `<r><e><k>1</k><v><a/></v></e><e><k>2</k><v/></e></r>`, "<r><e><k>2</k><v/></e><e><k>1</k><v><a></a></v></e></r>\n", true},
		"XML, other entries":          {"text/xml", `<r><e><k>1</k><v>a</v></e><e><k>2</k><v>b</v></e></r>`, `<r><e><k>1</k><v>b</v></e><e><k>2</k><v>a</v></e></r>`, false},
		"XML, space in a text":        {"text/xml", `<r><a> 1</a></r>`, `<r><a>1</a></r>`, false},
		"XML, attributes":             {"application/xml", `<r x="1" y="2"/>`, `<r y="2" x="1"/>`, true},
		"XML, another attribute":      {"application/xml", `<r x="1"/>`, `<r x="2"/>`, false},
		"XML, space between":          {"application/xml", "<r>\n  <a>1</a>\n</r>", `<r><a>1</a></r>`, true},
		"XML, text":                   {"application/xml", `<r><a>1</a></r>`, `<r><a>2</a></r>`, false},
		"XML, namespaces":             {"application/xml", `<r xmlns="u"/>`, `<r/>`, false},
		"XML, one more":               {"application/xml", `<r><a/></r>`, `<r><a/><a/></r>`, false},
		"XML, an unclosed one":        {"application/xml", `<r>`, `<r></r>`, false},
		"forms, order of pairs":       {"application/x-www-form-urlencoded", "a=1&b=x%20y", "b=x+y&a=1", true},
		"forms, one name twice":       {"application/x-www-form-urlencoded", "a=1&a=2", "a=1", false},
		"forms, an invalid escape":    {"application/x-www-form-urlencoded", "a=%zz", "a=1", false},
		"CBOR, lengths":               {mediaCBOR, "\xbf\x61a\x01\xff", "\xa1\x61a\x01", true},
		"CBOR, widths":                {mediaCBOR, "\xf9\x3c\x00", "\xfb\x3f\xf0\x00\x00\x00\x00\x00\x00", true},
		"CBOR, NaN":                   {mediaCBOR, "\xf9\x7e\x00", "\xfa\x7f\xc0\x00\x00", true},
		"CBOR, a number as a float":   {mediaCBOR, "\x01", "\xf9\x3c\x00", false},
		"CBOR, text and bytes":        {mediaCBOR, "\x61a", "\x41a", false},
		"CBOR, times":                 {mediaCBOR, "\xc1\x01", "\xc1\xfb\x3f\xf0\x00\x00\x00\x00\x00\x00", true},
		"CBOR, big numbers":           {mediaCBOR, "\xc2\x49\x01\x00\x00\x00\x00\x00\x00\x00\x00", "\xc2\x4a\x00\x01\x00\x00\x00\x00\x00\x00\x00\x00", true},
		"CBOR, one that breaks off":   {mediaCBOR, "\xa1\x61a", "\xa0", false},
		"other types, by their bytes": {"text/plain", `{"a":1,"b":2}`, `{"b":2,"a":1}`, false},
		"no type, by its bytes":       {"", `a`, `a`, true},
	} {
		if got := sameBody(c.media, []byte(c.got), []byte(c.want)); got != c.same {
			t.Errorf("%s: got %v, want %v", name, got, c.same)
		}
	}
}

// TestPublishedBodies reads the bodies of all published cases, also of the protocols
// that can't be generated.
func TestPublishedBodies(t *testing.T) {
	files, err := filepath.Glob("../../../../shared/conformance/*/*.json")
	if err != nil || len(files) == 0 {
		t.Skip("skipped: there are no conformance suites in ../shared")
	}
	read := map[string]int{}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var suite struct {
			Cases []struct {
				ID, Kind string
				Response struct {
					Headers map[string]string
					Body    string
				}
				Want json.RawMessage
			}
		}
		if err := json.Unmarshal(data, &suite); err != nil {
			t.Fatal(err)
		}
		for _, c := range suite.Cases {
			message := c.Response
			if c.Kind == "request" {
				if err := json.Unmarshal(c.Want, &message); err != nil {
					t.Fatal(err)
				}
			}
			media := mediaType(message.Headers["Content-Type"])
			parse := parsers[media]
			if parse == nil || message.Body == "" {
				continue
			}
			body, err := bytesOf(media, message.Body)
			if err != nil {
				t.Errorf("%s: %v", c.ID, err)
				continue
			}
			read[media]++
			a, errA := parse(body)
			b, errB := parse(body)
			if errA != nil || errB != nil || !equal(a, b) {
				t.Errorf("%s: %v, %v", c.ID, errA, errB)
			}
		}
	}
	if len(read) < len(parsers) {
		t.Errorf("bodies were read of %v alone", read)
	}
	t.Log(read)
}
