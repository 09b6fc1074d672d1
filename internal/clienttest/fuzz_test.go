package clienttest

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"reflect"
	"strings"
	"testing"
	"time"

	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/smithy-go"

	"example.com/lathe/generated/datazone"
)

// response is what a broken or hostile server may answer with.
type response struct {
	status              int
	code, request, date string
	body                []byte
	length              int64 // what is said of the body's length
	abort               bool  // ends the body with an error
}

func (r response) answer() answer {
	return func(*http.Request) (*http.Response, error) {
		var body io.Reader = bytes.NewReader(r.body)
		if r.abort {
			body = io.MultiReader(body, aborted{})
		}
		resp := respond(r.status, body)
		resp.Header = http.Header{"X-Amzn-Errortype": {r.code}, "X-Amzn-Requestid": {r.request}, "Date": {r.date}}
		resp.ContentLength = r.length
		return resp, nil
	}
}

type aborted struct{}

var errAborted = errors.New("connection is gone")

func (aborted) Read([]byte) (int, error) { return 0, errAborted }

func (r response) ok() bool { return r.status >= 200 && r.status < 300 }

// FuzzResponse answers with anything. The client must come back with an output or an
// error that carries status and request ID, and with the same again for the same.
func FuzzResponse(f *testing.F) {
	date := time.Date(2024, 2, 29, 12, 34, 56, 0, time.UTC).Format(http.TimeFormat)
	f.Add(200, "", "id", date, []byte(wholeBody), int64(-1), false)
	f.Add(200, "", "", "yesterday", []byte(wholeBody), int64(1<<62), true)
	f.Add(204, "", "", "", []byte(nil), int64(0), false)
	f.Add(-1, "#:", "\x00", date, []byte("null"), int64(-9), false)
	f.Add(404, "ns#ResourceNotFoundException:x", "id", date, []byte(`{"message":"gone"}`), int64(3), false)
	f.Add(404, "", "id", date, []byte(`{"message":"gone","__type":"ResourceNotFoundException"}`), int64(100), true)
	f.Add(500, "", "id", date, []byte(`{"code":{"a":["\ud800"]},"message":[1e999,null]}`), int64(0), false)
	f.Add(503, "x", "id", date, []byte("<html>\xff\x00\u2028"), int64(-1), false)
	for body := range badBodies() {
		f.Add(200, "", "id", date, []byte(body), int64(len(body)), false)
	}
	f.Add(200, "", "id", date, []byte(`{"id":"a","id":null,"Id":"b","\u0069d":"c\u00e9\ud83d"}`+"tail"), int64(-1), false)
	f.Add(200, "", "id", date, []byte(`{"x":`+strings.Repeat(`{"x":[`, 5001)), int64(-1), false)
	f.Fuzz(func(t *testing.T, status int, code, request, date string, body []byte, length int64, abort bool) {
		r := response{status, code, request, date, body, length, abort}
		client := play(t, r.answer())
		out, err := call(newClient(client, once))
		r.check(t, out, err)
		again, err2 := call(newClient(client, once))
		if text(err) != text(err2) || err == nil && !reflect.DeepEqual(members(out), members(again)) {
			t.Errorf("first %+v, %v\nthen %+v, %v", out, err, again, err2)
		}
	})
}

// members is an output without what differs between equal answers.
func members(out *datazone.GetDataSourceRunOutput) datazone.GetDataSourceRunOutput {
	own := *out
	own.ResultMetadata = datazone.GetDataSourceRunOutput{}.ResultMetadata
	return own
}

// check looks at the result of a call that was answered with r.
func (r response) check(t *testing.T, out *datazone.GetDataSourceRunOutput, err error) {
	t.Helper()
	if (out == nil) == (err == nil) || err == nil && !r.ok() {
		t.Fatalf("status %d gave output %v and error %v", r.status, out, err)
	}
	if err == nil {
		r.checkOutput(t, out)
		return
	}
	if _, ok := errors.AsType[*smithy.OperationError](err); !ok {
		t.Errorf("error is %T", err)
	}
	resp, ok := errors.AsType[*awshttp.ResponseError](err)
	if !ok || resp.HTTPStatusCode() != r.status || resp.ServiceRequestID() != r.request {
		t.Errorf("error %v has %+v, want status %d and request %q", err, resp, r.status, r.request)
	}
	_, api := errors.AsType[smithy.APIError](err)
	_, broken := errors.AsType[*smithy.DeserializationError](err)
	if r.ok() == api || r.ok() != broken {
		t.Errorf("status %d gave error %v", r.status, err)
	}
	if most := 1000 + 10*(len(r.body)+len(r.code)+len(r.request)); len(err.Error()) > most {
		t.Errorf("error's text has %d bytes", len(err.Error()))
	}
}

// checkOutput compares an output with what the standard library reads in the body.
func (r response) checkOutput(t *testing.T, out *datazone.GetDataSourceRunOutput) {
	t.Helper()
	var want map[string]json.RawMessage
	if len(bytes.TrimSpace(r.body)) > 0 {
		if err := json.NewDecoder(bytes.NewReader(r.body)).Decode(&want); err != nil {
			t.Fatalf("%q was read, but the standard library says %v", r.body, err)
		}
	}
	for name, got := range map[string]*string{
		"domainId": out.DomainId, "dataSourceId": out.DataSourceId, "id": out.Id, "projectId": out.ProjectId,
		"dataSourceConfigurationSnapshot": out.DataSourceConfigurationSnapshot,
	} {
		var s *string
		if raw, ok := want[name]; ok {
			if err := json.Unmarshal(raw, &s); err != nil {
				t.Errorf("%s is %s: %v", name, raw, err)
			}
		}
		if !reflect.DeepEqual(got, s) {
			t.Errorf("%s is %q, want %q", name, orNil(got), orNil(s))
		}
	}
	if (out.RunStatisticsForAssets != nil) != isObject(want["runStatisticsForAssets"]) {
		t.Errorf("statistics are %+v", out.RunStatisticsForAssets)
	}
}

func isObject(raw json.RawMessage) bool { return len(raw) > 0 && raw[0] == '{' }
