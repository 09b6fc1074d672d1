package rest_test

import (
	"net/http"
	"reflect"
	"testing"
	"time"

	"example.com/lathe/runtime/rest"
)

func response(header http.Header) *rest.Response {
	return &rest.Response{HTTP: &http.Response{StatusCode: 202, Header: header}}
}

func TestResponseHeaders(t *testing.T) {
	r := response(http.Header{
		"X-Str": {" a b "}, "X-Int": {"7"}, "X-Bool": {"true"}, "X-Float": {"NaN"}, "X-Date": {"Tue, 02 Jan 2024 03:04:05 GMT"},
		"X-List": {`a, "b,c"`, "d"}, "X-Dates": {"Tue, 02 Jan 2024 03:04:05 GMT, Tue, 02 Jan 2024 03:04:06 GMT"},
		"X-Ints": {"1,2, 3"}, "X-Json": {"eyJhIjoxfQ=="}, "X-Meta-One": {"1"}, "X-Meta-Two": {"2"},
	})
	at := time.Date(2024, 1, 2, 3, 4, 5, 0, time.UTC)
	for name, c := range map[string][2]any{
		"string":  {r.HeaderString("X-Str"), new("a b")},
		"absent":  {rest.Header(r, "X-Nothing", rest.ParseInt32), (*int32)(nil)},
		"int":     {rest.Header(r, "X-Int", rest.ParseInt32), new(int32(7))},
		"value":   {rest.HeaderValue(r, "X-Int", rest.ParseInt64), int64(7)},
		"none":    {rest.HeaderValue(r, "X-Nothing", rest.ParseInt64), int64(0)},
		"bool":    {rest.Header(r, "X-Bool", rest.ParseBool), new(true)},
		"date":    {rest.Header(r, "X-Date", rest.ParseHTTPDate), new(at)},
		"text":    {r.HeaderText("X-Str"), "a b"},
		"list":    {rest.HeaderList(r, "X-List", rest.ParseText[string]), []string{"a", "b,c", "d"}},
		"ints":    {rest.HeaderList(r, "X-Ints", rest.ParseInt8), []int8{1, 2, 3}},
		"no list": {rest.HeaderList(r, "X-Nothing", rest.ParseInt8), []int8(nil)},
		"dates":   {rest.HTTPDateList(r, "X-Dates"), []time.Time{at, at.Add(time.Second)}},
		"json":    {rest.Header(r, "X-Json", rest.ParseBase64), new(`{"a":1}`)},
		"prefix":  {rest.PrefixHeaders[string](r, "x-meta-"), map[string]string{"one": "1", "two": "2"}},
		"nothing": {rest.PrefixHeaders[string](r, "y-"), map[string]string(nil)},
		"status":  {r.StatusCode(), int32(202)},
	} {
		if !reflect.DeepEqual(c[0], c[1]) {
			t.Errorf("%s: got %v, want %v", name, c[0], c[1])
		}
	}
	if r.Err() != nil {
		t.Error(r.Err())
	}
}

func TestResponseHeaderErrors(t *testing.T) {
	for value, c := range map[string]struct {
		read func(r *rest.Response)
		want string
	}{
		"5000000000": {func(r *rest.Response) { rest.Header(r, "X", rest.ParseInt32) }, "header X: expected an integer of 32 bits"},
		"yes":        {func(r *rest.Response) { rest.Header(r, "X", rest.ParseBool) }, "header X: expected a boolean"},
		"1.2.3":      {func(r *rest.Response) { rest.Header(r, "X", rest.ParseFloat32) }, "header X: expected a float of 32 bits"},
		"now":        {func(r *rest.Response) { rest.Header(r, "X", rest.ParseDateTime) }, "header X: expected a timestamp in another format"},
		"1e300":      {func(r *rest.Response) { rest.Header(r, "X", rest.ParseEpochSeconds) }, "header X: expected a number of seconds since 1970, got one that no time can hold"},
		`1,"secret`:  {func(r *rest.Response) { rest.HeaderList(r, "X", rest.ParseInt64) }, "header X: expected a list separated by commas"},
		"Tue, 1, 2":  {func(r *rest.Response) { rest.HTTPDateList(r, "X") }, "header X: expected a list separated by commas"},
		"*":          {func(r *rest.Response) { rest.Header(r, "X", rest.ParseBase64) }, "header X: expected base64: illegal base64 data at input byte 0"},
		"1,x":        {func(r *rest.Response) { rest.HeaderList(r, "X", rest.ParseInt64) }, "header X: expected an integer of 64 bits"},
	} {
		r := response(http.Header{"X": {value}})
		c.read(r)
		if r.Err() == nil || r.Err().Error() != c.want {
			t.Errorf("%s: got %v, want %s", value, r.Err(), c.want)
		}
	}
}

// TestFarTimes sends times of all years in each format and reads them again.
func TestFarTimes(t *testing.T) {
	for _, year := range []int{1, 999, 1677, 1969, 1970, 2262, 2263, 9999} {
		for _, at := range []time.Time{time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(year, 12, 31, 23, 59, 59, 999e6, time.UTC)} {
			for name, c := range map[string]struct {
				write func(time.Time) string
				read  func(string) (time.Time, error)
				want  time.Time
			}{
				"date-time":     {rest.DateTime, rest.ParseDateTime, at},
				"epoch-seconds": {rest.EpochSeconds, rest.ParseEpochSeconds, at},
				"http-date":     {rest.HTTPDate, rest.ParseHTTPDate, at.Truncate(time.Second)},
			} {
				text := c.write(at)
				if got, err := c.read(text); err != nil || !got.Equal(c.want) {
					t.Errorf("%v in %s is %s and then %v (%v)", at, name, text, got, err)
				}
			}
		}
	}
}
