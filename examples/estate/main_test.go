package main

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"example.com/lathe/examples/internal/local"
)

func TestList(t *testing.T) {
	answers := map[string]string{
		"/2015-03-31/functions?":         `{"Functions": [{"FunctionName": "a", "Runtime": "provided.al2023", "MemorySize": 128}], "NextMarker": "2"}`,
		"/2015-03-31/functions?Marker=2": `{"Functions": [{"FunctionName": "b", "MemorySize": 256}]}`,
		"/clusters?":                     `{"clusters": ["c"]}`,
	}
	local.Serve(t, func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.WriteString(w, answers[r.URL.Path+"?"+r.URL.RawQuery])
	})
	var out strings.Builder
	err := list(t.Context(), &out)
	if want := "function a provided.al2023 128 MB\nfunction b  256 MB\ncluster c\n"; err != nil || out.String() != want {
		t.Errorf("got %q, %v, want %q", out.String(), err, want)
	}
}
