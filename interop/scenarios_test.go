package interop

import (
	"os"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"example.com/lathe/interop/compare"
)

// scenario is a shorter name.
type scenario = compare.Scenario

// scenarios are those for the SDK that is linked.
func scenarios() []scenario {
	if atFloor() {
		return slices.DeleteFunc(allScenarios(), isLaterChange)
	}
	return allScenarios()
}

// allScenarios are all of them.
func allScenarios() []scenario {
	return slices.Concat(
		labelCases(), outputCases(), valueCases(), undecodableOutputCases(),
		errorCases(), undecodableErrorCases(), statusCases(),
		retryCases(), throttleCases(), skewCases(), cancelCases(),
		authCases(), preferenceCases(), signerCases(), agentCases(),
		endpointCases(), resolverCases(), configCases(), logCases(), metadataCases(),
	)
}

// TestMain takes away what the environment says of AWS, to which both clients
// listen.
func TestMain(m *testing.M) {
	for _, entry := range os.Environ() {
		if name, _, _ := strings.Cut(entry, "="); strings.HasPrefix(name, "AWS_") || name == "_X_AMZN_TRACE_ID" {
			_ = os.Unsetenv(name)
		}
	}
	os.Exit(m.Run())
}

// TestScenarios runs all scenarios. Where the clients differ, it must be as the
// table of differences says.
func TestScenarios(t *testing.T) {
	known := openLedger(t)
	theirs, ours := officialClient(), ourClient()
	for _, s := range scenarios() {
		t.Run(s.Name, func(t *testing.T) {
			for name, value := range s.Env {
				t.Setenv(name, value)
			}
			a, b := run(t, theirs, s), run(t, ours, s)
			if got := a.Summary(); got != s.Want {
				t.Errorf("the official client came to %q, not to %q", got, s.Want)
			}
			known.check(t, s.Name, compare.Compare(&s, a, b))
		})
	}
	known.close(t)
}

// run puts a client through a scenario, in a world with a clock of its own that
// starts at the same time for both. Goroutines that are left over fail it.
func run(t *testing.T, side compare.Side, s scenario) (rec *compare.Record) {
	synctest.Test(t, func(*testing.T) { rec = side.Run(&s) })
	return rec
}

// TestScenarioNames sees that no scenario hides another.
func TestScenarioNames(t *testing.T) {
	seen := map[string]bool{}
	for _, s := range allScenarios() {
		if seen[s.Name] {
			t.Errorf("two scenarios are called %s", s.Name)
		}
		seen[s.Name] = true
	}
}
