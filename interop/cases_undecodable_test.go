package interop

import (
	"strings"

	"example.com/lathe/interop/compare"
)

const html = "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>"

// undecodable are bodies that are no JSON object.
func undecodable() []body {
	return []body{
		{"cut in a string", `{"id":"ab`},
		{"cut in a name", `{"i`},
		{"cut after a name", `{"id"`},
		{"cut after a colon", `{"id":`},
		{"cut after a comma", `{"id":"a",`},
		{"cut after a value", `{"id":"a"`},
		{"cut after the brace", `{`},
		{"cut in a number", `{"runStatisticsForAssets":{"added":12`},
		{"cut in null", `{"id":nul`},
		{"cut in an escape", `{"id":"a\u00`},
		{"cut in a nested object", `{"errorMessage":{"errorType":"X"`},
		{"html", html},
		{"html, long", html + strings.Repeat("<!-- padding -->", 1000)},
		{"text", "upstream connect error or disconnect/reset before headers"},
		{"xml", `<?xml version="1.0"?><Error><Code>X</Code></Error>`},
		{"array", `[]`},
		{"array of objects", `[{"id":"a"}]`},
		{"string", `"SUCCESS"`},
		{"empty string", `""`},
		{"number", `1`},
		{"true", `true`},
		{"false", `false`},
		{"byte order mark", "\ufeff{}"},
		{"single quotes", `{'id':'a'}`},
		{"no quotes", `{id:1}`},
		{"comma at the end", `{"id":"a",}`},
		{"comma first", `{,"id":"a"}`},
		{"no comma", `{"id":"a" "status":"x"}`},
		{"no colon", `{"id" "a"}`},
		{"comment", `{/* hi */"id":"a"}`},
		{"control character", "{\"id\":\"a\nb\"}"},
		{"bad escape", `{"id":"\x41"}`},
		{"bad unicode escape", `{"id":"\uZZZZ"}`},
		{"number with plus", `{"runStatisticsForAssets":{"added":+1}}`},
		{"number with zero", `{"runStatisticsForAssets":{"added":01}}`},
		{"number in hex", `{"runStatisticsForAssets":{"added":0x1}}`},
		{"NaN", `{"runStatisticsForAssets":{"added":NaN}}`},
		{"undefined", `{"id":undefined}`},
		{"True", `{"id":True}`},
		{"too deep", `{"x":` + strings.Repeat("[", 10001) + strings.Repeat("]", 10001) + `}`},
		{"binary", "\x00\x01\x02\x03"},
		{"gzip", "\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03"},
		{"mismatched", `{"id":"a"]`},
		{"member name no string", `{1:"a"}`},
		{"colon only", `:`},
	}
}

// wrongTypes are values of a type that the member is not of.
func wrongTypes() (out []body) {
	values := map[string][]string{
		`{"id":VALUE}`:        {"1", "true", "{}", "[]", "1.5"},
		`{"status":VALUE}`:    {"1", "false", "{}", `["SUCCESS"]`},
		`{"createdAt":VALUE}`: {"1704164645", "1704164645.5", "true", "{}", "[]"},
		`{"runStatisticsForAssets":{"added":VALUE}}`: {
			`"1"`, `""`, "true", "{}", "[]", "1.5", "1.0", "1e2", "1E400",
			"9223372036854775808", "-9223372036854775809", strings.Repeat("9", 60),
		},
		`{"runStatisticsForAssets":VALUE}`:          {`"x"`, "1", "[]", "false", `""`},
		`{"lineageSummary":VALUE}`:                  {`"SUCCESS"`, "0", `[{"importStatus":"SUCCESS"}]`},
		`{"lineageSummary":{"importStatus":VALUE}}`: {"3", "null1", "{}"},
		`{"errorMessage":VALUE}`:                    {`"text"`, "1", "[]", "true"},
		`{"errorMessage":{"errorDetail":VALUE}}`:    {"7", "{}", "[]"},
		`{"id":"a","stoppedAt":VALUE,"status":"x"}`: {"{}"},
	}
	for member, list := range values {
		for _, v := range list {
			text := strings.Replace(member, "VALUE", v, 1)
			out = append(out, body{text, text})
		}
	}
	return out
}

// undecodableOutputCases answer successful calls with what is no output.
func undecodableOutputCases() (out []scenario) {
	for _, b := range append(undecodable(), wrongTypes()...) {
		out = append(out, reply("bad output/"+b.name, "200 smithy.DeserializationError", compare.Reply{Body: b.text}))
	}
	rows := []struct {
		name, want string
		r          compare.Reply
	}{
		{"at once", "200 smithy.DeserializationError", compare.Reply{BodyErr: errBroken}},
		{"in the middle", "200 smithy.DeserializationError", compare.Reply{Body: fullOutput[:50], BodyErr: errBroken, Length: 500}},
		{"at the end", "ok", compare.Reply{Body: fullOutput, BodyErr: errBroken, Length: -1}},
		{"unexpected EOF", "200 smithy.DeserializationError", compare.Reply{Body: fullOutput[:50], BodyErr: errUnexpected, Length: 500}},
		{"timeout", "200 smithy.DeserializationError (3 sent)", compare.Reply{Body: fullOutput[:50], BodyErr: errTimeout, Length: 500}},
		{"reset", "200 smithy.DeserializationError (3 sent)", compare.Reply{Body: `{"id":`, BodyErr: errReset}},
	}
	for _, row := range rows {
		out = append(out, reply("output breaks off/"+row.name, row.want, row.r))
	}
	return out
}
