package interop

import (
	"os"
	"slices"
	"strings"
	"testing"

	"example.com/lathe/runtime"
	"github.com/aws/aws-sdk-go-v2/aws"
	"golang.org/x/mod/modfile"
)

// atFloor reports whether the SDK is the oldest that clients work with, which is what
// go test -modfile=floor.mod links. The official package is that of its time then.
func atFloor() bool { return "v"+aws.SDKVersion == runtime.MinCore }

// sinceCore48 returns what the newest core comes to, or at the floor what that does.
func sinceCore48[T any](newest, floor T) T {
	if atFloor() {
		return floor
	}
	return newest
}

// laterChange is something that the SDK changed after the version of the floor, and that
// clients do as it does now whatever core is linked.
type laterChange struct{ scenarios, what string }

func laterChanges() []laterChange {
	const (
		clock      = "the clocks are compared by the rules of core v1.43"
		partitions = "the table of partitions is newer"
		region     = "a region that is no host label is an error before the call is signed"
	)
	return []laterChange{
		{"skew/", clock},
		{"metadata/age", clock},
		{"log/close fails", "the warning says what failed"},
		{"endpoint/odd ", region},
		{"endpoint/us-iso", partitions},
		{"endpoint/aws-iso", partitions},
		{"endpoint/eu-isoe", partitions},
		{"endpoint/eusc-", partitions},
	}
}

// isLaterChange reports whether a scenario shows a later change.
func isLaterChange(s scenario) bool {
	return slices.ContainsFunc(laterChanges(), func(c laterChange) bool { return strings.HasPrefix(s.Name, c.scenarios) })
}

// TestLaterChanges sees that each row has scenarios, and that they are a small part.
func TestLaterChanges(t *testing.T) {
	all := allScenarios()
	for _, c := range laterChanges() {
		if c.what == "" || !slices.ContainsFunc(all, func(s scenario) bool { return strings.HasPrefix(s.Name, c.scenarios) }) {
			t.Errorf("no scenario begins with %q, or the row does not say what has changed", c.scenarios)
		}
	}
	left := len(slices.DeleteFunc(all, isLaterChange))
	if total := len(allScenarios()); left < total*8/10 {
		t.Errorf("only %d of %d scenarios are left for the floor", left, total)
	}
}

// TestFloorVersions sees that floor.mod has the versions of the floor.
func TestFloorVersions(t *testing.T) {
	data, err := os.ReadFile("floor.mod")
	if err != nil {
		t.Fatal(err)
	}
	mod, err := modfile.Parse("floor.mod", data, nil)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, r := range mod.Replace {
		got[r.Old.Path] = r.New.Version
	}
	for path, want := range map[string]string{"github.com/aws/aws-sdk-go-v2": runtime.MinCore, "github.com/aws/smithy-go": runtime.MinSmithy} {
		if got[path] != want {
			t.Errorf("floor.mod has %s %s, want %s", path, got[path], want)
		}
	}
}
