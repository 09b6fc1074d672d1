package interop

import (
	"slices"
	"testing"

	"example.com/lathe/interop/compare"
)

// nearer are the scenarios in which a call in a middleware stack does just what the
// official client does, and a call without hooks does not: the retry loop and the
// response's date are those of the SDK's core there.
var nearer = []string{"retryer/adaptive, failing without tokens", "log/date that is none", "metadata/attempt results"}

// TestHookedScenarios runs all scenarios with a client whose calls run in a middleware
// stack. It differs from the official client where, and as, a client without hooks does.
func TestHookedScenarios(t *testing.T) {
	theirs, flat := officialClient(), ourClient()
	hooked := compare.Hooked(flat)
	for _, s := range scenarios() {
		t.Run(s.Name, func(t *testing.T) {
			for name, value := range s.Env {
				t.Setenv(name, value)
			}
			a := run(t, theirs, s)
			want, got := show(compare.Compare(&s, a, run(t, flat, s))), show(compare.Compare(&s, a, run(t, hooked, s)))
			if slices.Contains(nearer, s.Name) {
				want = ""
			}
			if got != want {
				t.Errorf("it differs by\n%s\nwant\n%s", got, want)
			}
		})
	}
}
