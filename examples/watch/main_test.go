package main

import (
	"fmt"
	"net/http"
	"testing"

	"example.com/lathe/examples/internal/local"
)

func TestWatch(t *testing.T) {
	answers := []string{"REQUESTED", "RUNNING", "SUCCESS"}
	local.Serve(t, func(w http.ResponseWriter, _ *http.Request) {
		_, _ = fmt.Fprintf(w, `{"status": %q}`, answers[0])
		answers = answers[1:]
	})
	status, err := watch(t.Context(), "dzd_1", "r1", 0)
	if err != nil || status != "SUCCESS" || len(answers) != 0 {
		t.Errorf("got %q, %v, and %d answers were not fetched", status, err, len(answers))
	}
}
