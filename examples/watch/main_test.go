package main

import (
	"fmt"
	"net/http"
	"testing"
	"time"

	"example.com/lathe/examples/internal/local"
)

func TestWatch(t *testing.T) {
	for end, failure := range map[string]string{"PARTIALLY_SUCCEEDED": "<nil>", "FAILED": "waiter state transitioned to Failure"} {
		answers := []string{"REQUESTED", "RUNNING", end}
		local.Serve(t, func(w http.ResponseWriter, _ *http.Request) {
			_, _ = fmt.Fprintf(w, `{"status": %q}`, answers[0])
			answers = answers[1:]
		})
		status, err := watch(t.Context(), "dzd_1", "r1", time.Millisecond, time.Minute)
		if fmt.Sprint(err) != failure || err == nil && string(status) != end || len(answers) != 0 {
			t.Errorf("got %q, %v, and %d answers were not fetched", status, err, len(answers))
		}
	}
}
