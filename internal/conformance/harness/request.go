package harness

import (
	"encoding/json"
	"net/url"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// want is what a request must be.
type want struct {
	Method         string            `json:"method"`
	URI            string            `json:"uri"`
	Host           string            `json:"host"`
	Body           *string           `json:"body"`
	Headers        map[string]string `json:"headers"`
	RequireHeaders []string          `json:"requireHeaders"`
	ForbidHeaders  []string          `json:"forbidHeaders"`
}

// Check compares the recorded request with what a case wants, given as JSON. err
// is what the call returned.
func (r *Recorder) Check(t *testing.T, err error, text string) {
	t.Helper()
	var w want
	if err := json.Unmarshal([]byte(text), &w); err != nil {
		t.Fatal(err)
	}
	if !r.sent(t, err) {
		return
	}
	if r.request.Method != w.Method {
		t.Errorf("method is %s, want %s", r.request.Method, w.Method)
	}
	host, _, _ := strings.Cut(w.Host, "/")
	if host != "" && r.request.URL.Host != host {
		t.Errorf("host is %s, want %s", r.request.URL.Host, host)
	}
	r.checkURI(t, w.URI)
	r.checkHeaders(t, w)
	r.checkBody(t, w.Body)
}

// checkURI compares the path byte by byte, and the query whatever its order: signers put
// keys and their values into one of their own.
func (r *Recorder) checkURI(t *testing.T, uri string) {
	t.Helper()
	path, query, _ := strings.Cut(uri, "?")
	if got := r.request.URL.EscapedPath(); got != path {
		t.Errorf("path is %s, want %s", got, path)
	}
	want, err := url.ParseQuery(query)
	if err != nil {
		t.Fatal(err)
	}
	got := r.request.URL.Query()
	for _, query := range []url.Values{got, want} {
		for _, values := range query {
			slices.Sort(values)
		}
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("query is %v, want %v", got, want)
	}
}

func (r *Recorder) checkHeaders(t *testing.T, w want) {
	t.Helper()
	for name, value := range w.Headers {
		values := r.header(name)
		if len(values) == 0 {
			t.Errorf("no header %s, want %q", name, value)
		} else if got := strings.Join(values, ", "); got != value {
			t.Errorf("header %s is %q, want %q", name, got, value)
		}
	}
	for _, name := range w.RequireHeaders {
		if len(r.header(name)) == 0 {
			t.Errorf("no header %s", name)
		}
	}
	for _, name := range w.ForbidHeaders {
		if values := r.header(name); len(values) > 0 {
			t.Errorf("header %s is %q, want none", name, values)
		}
	}
}

// header returns the values of a header; net/http writes the length itself.
func (r *Recorder) header(name string) []string {
	if strings.EqualFold(name, "Content-Length") && r.request.ContentLength > 0 {
		return []string{strconv.FormatInt(r.request.ContentLength, 10)}
	}
	return r.request.Header.Values(name)
}

// checkBody compares the body by what it says; want is in base64 if it is CBOR.
func (r *Recorder) checkBody(t *testing.T, text *string) {
	t.Helper()
	if text == nil {
		return
	}
	media := mediaType(r.request.Header.Get("Content-Type"))
	want, err := bytesOf(media, *text)
	if err != nil {
		t.Fatal(err)
	}
	if !sameBody(media, r.body, want) {
		t.Errorf("body is %q, want %q", r.body, want)
	}
}
