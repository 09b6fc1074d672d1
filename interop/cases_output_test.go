package interop

import (
	"strings"

	"example.com/lathe/interop/compare"
)

// fullOutput has every member.
const fullOutput = `{
  "domainId": "dzd_1", "dataSourceId": "ds1", "id": "run1", "projectId": "p1",
  "status": "SUCCESS", "type": "SCHEDULED", "dataSourceConfigurationSnapshot": "{\"a\":1}",
  "runStatisticsForAssets": {"added": 1, "updated": 2, "unchanged": 3, "skipped": 4, "failed": 5},
  "lineageSummary": {"importStatus": "SUCCESS"},
  "errorMessage": {"errorType": "THROTTLING_EXCEPTION", "errorDetail": "slow"},
  "createdAt": "2024-01-02T03:04:05Z", "updatedAt": "2024-01-02T03:04:06.123Z",
  "startedAt": "2024-01-02T03:04:07+02:00", "stoppedAt": "2024-01-02T03:04:08.123456789-05:30"
}`

// body is a name and what the service answers.
type body struct{ name, text string }

// outputs are successful bodies that both clients can read.
func outputs() []body {
	nulls := strings.NewReplacer(`"dzd_1"`, "null", `"ds1"`, "null", `"run1"`, "null", `"p1"`, "null")
	return []body{
		{"full", fullOutput},
		{"empty object", `{}`},
		{"null", `null`},
		{"nothing", ``},
		{"white space", " \t\r\n "},
		{"white space around", " \r\n\t{ \"id\" : \"a\" } \n"},
		{"some nulls", nulls.Replace(fullOutput)},
		{"all nulls", `{"domainId":null,"dataSourceId":null,"id":null,"projectId":null,"status":null,"type":null,
			"dataSourceConfigurationSnapshot":null,"runStatisticsForAssets":null,"lineageSummary":null,"errorMessage":null,
			"createdAt":null,"updatedAt":null,"startedAt":null,"stoppedAt":null}`},
		{"nested nulls", `{"runStatisticsForAssets":{"added":null,"updated":null,"unchanged":null,"skipped":null,"failed":null},
			"lineageSummary":{"importStatus":null},"errorMessage":{"errorType":null,"errorDetail":null}}`},
		{"nested empty", `{"runStatisticsForAssets":{},"lineageSummary":{},"errorMessage":{}}`},
		{"partial", `{"id":"run1","status":"RUNNING","createdAt":"2024-01-02T03:04:05Z"}`},
		{"empty strings", `{"id":"","status":"","type":"","dataSourceConfigurationSnapshot":""}`},
		{"unknown members", `{"new":1,"newer":{"a":[1,2,{"b":null}]},"id":"a","newest":"x","list":[[],[[]],{}],"t":true,"f":false,"n":null,"d":1.5e-7}`},
		{"unknown nested members", `{"errorMessage":{"errorType":"X","more":{"id":"b"}},"lineageSummary":{"more":[1]},"runStatisticsForAssets":{"added":1,"other":"x"}}`},
		{"member in another case", `{"ID":"a","Id":"b","iD":"c","STATUS":"RUNNING"}`},
		{"empty member name", `{"":"a","id":"b"}`},
		{"escaped member name", `{"\u0069d":"a","st\u0061tus":"RUNNING"}`},
		{"member name with nul", `{"id\u0000":"a"}`},
		{"duplicate member", `{"id":"a","id":"b"}`},
		{"duplicate member, then null", `{"status":"RUNNING","id":"b","status":"FAILED"}`},
		{"duplicate object", `{"lineageSummary":{"importStatus":"A"},"lineageSummary":{"importStatus":"B"}}`},
		{"deep unknown", `{"x":` + strings.Repeat("[", 9000) + strings.Repeat("]", 9000) + `,"id":"a"}`},
		{"deep unknown objects", `{"x":` + strings.Repeat(`{"a":`, 5000) + "1" + strings.Repeat("}", 5000) + `,"id":"a"}`},
		{"many unknown", `{` + strings.Repeat(`"u":[1,"x",null],`, 20000) + `"id":"a"}`},
		{"long string", `{"dataSourceConfigurationSnapshot":"` + strings.Repeat("x", 1<<20) + `"}`},
		{"long escaped string", `{"dataSourceConfigurationSnapshot":"` + strings.Repeat(`\u00e9\n`, 1<<15) + `"}`},
		{"big body", `{"unknown":"` + strings.Repeat("y", 6<<20) + `","id":"a"}`},
		{"big number skipped", `{"n":` + strings.Repeat("9", 5000) + `,"id":"a"}`},
		{"exponent skipped", `{"n":1e999,"m":-0.0e-0,"id":"a"}`},
		{"text after", `{"id":"a"} trailing`},
		{"object after", `{"id":"a"}{"id":"b"}`},
		{"brace after", `{"id":"a"}}`},
		{"null after", `null null`},
		{"zero bytes after", "{\"id\":\"a\"}\x00\x00"},
	}
}

// outputCases answer with readable bodies, and each in several ways.
func outputCases() (out []scenario) {
	for _, b := range outputs() {
		out = append(out, reply("output/"+b.name, "ok", compare.Reply{Body: b.text}))
	}
	ways := map[string]compare.Reply{
		"unknown length":       {Body: fullOutput, Length: -1},
		"byte by byte":         {Body: fullOutput, Length: -1, SmallReads: true},
		"length too small":     {Body: fullOutput, Length: 10},
		"length too big":       {Body: fullOutput, Length: 100000},
		"length enormous":      {Body: fullOutput, Length: 1 << 60},
		"slow":                 {Body: fullOutput, Delay: 3e9, BodyDelay: 2e9},
		"201":                  {Body: fullOutput, Status: 201},
		"202, nothing":         {Status: 202},
		"204, nothing":         {Status: 204},
		"206":                  {Body: `{"id":"a"}`, Status: 206},
		"299":                  {Body: `{"id":"a"}`, Status: 299},
		"close fails":          {Body: fullOutput, CloseErr: errBroken},
		"text/html":            {Body: fullOutput, Header: []string{"Content-Type: text/html"}},
		"error header":         {Body: fullOutput, Header: []string{"X-Amzn-Errortype: ValidationException"}},
		"error body":           {Body: `{"__type":"ValidationException","message":"m","id":"a"}`},
		"error body with code": {Body: `{"code":"ValidationException","message":"m"}`},
	}
	for name, r := range ways {
		out = append(out, reply("output by/"+name, "ok", r))
	}
	return out
}

// reply is a scenario of one call that is answered so.
func reply(name, want string, replies ...compare.Reply) scenario {
	return scenario{Name: name, Replies: replies, Want: want}
}
