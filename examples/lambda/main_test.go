package main

import (
	"io"
	"net/http"
	"testing"

	"github.com/aws/aws-lambda-go/lambda"

	"example.com/lathe/examples/internal/local"
)

func TestFunction(t *testing.T) {
	answers := map[string]string{
		"/v2/domains/dzd_1/data-source-runs/r1": `{"status": "FAILED", "runStatisticsForAssets": {"added": 4, "failed": 2}}`,
	}
	local.Serve(t, func(w http.ResponseWriter, r *http.Request) { _, _ = io.WriteString(w, answers[r.URL.Path]) })
	f, err := newFunction(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	got, err := lambda.NewHandler(f.handle).Invoke(t.Context(), []byte(`{"domain": "dzd_1", "run": "r1"}`))
	if want := `{"Status":"FAILED","Failed":2}`; err != nil || string(got) != want {
		t.Errorf("got %s, %v, want %s", got, err, want)
	}
}
