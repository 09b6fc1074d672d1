package plan

import (
	"strings"
	"testing"

	"example.com/lathe/spec"
)

// A package names its operations while they are few, and never how many the service has.
func TestPackageDoc(t *testing.T) {
	api := &spec.API{Version: "1", Documentation: "<fullname>AWS Runs</fullname> <p>Runs runs.</p>"}
	p := &Package{Name: "runs", Service: Service{Title: "Runs"}, Operations: []*Operation{{Name: "EndRun"}}}
	doc := func() string { return strings.Join(packageDoc(api, p), "\n") }
	const about = "\n\nThe service's own description may name others:\n\nRuns runs."
	if got, want := doc(), "Package runs is a client of Runs, API version 1, with the operation\n[Client.EndRun]."+about; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	p.Operations = append(p.Operations, &Operation{Name: "GetRun"}, &Operation{Name: "PutRun"})
	if got, want := doc(), "Package runs is a client of Runs, API version 1, with the operations\n[Client.EndRun], [Client.GetRun] and [Client.PutRun]."+about; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	for range 8 {
		p.Operations = append(p.Operations, &Operation{Name: "ListRuns"})
	}
	api.Documentation = ""
	if got, want := doc(), "Package runs is a client of Runs, API version 1, with 11 operations."; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestLed(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"GetRun", "Gets a run.", "GetRun gets a run."},
		{"GetRun", "GetRun gets a run.", "GetRun gets a run."},
		{"ListFarms", "Lists farms.", "ListFarms lists farms."},
		{"ListFarms", "Lists farms", "ListFarms lists farms"},
		{"RemovePermission", "Revokes function-use permission.", "RemovePermission revokes function-use permission."},
		{"TagResource", "Adds [tags] to a resource.", "TagResource adds [tags] to a resource."},
		{"Run", "Status: running.", "Run: Status: running."},
		{"Run", "The run.", "Run is the run."},
		{"Run", "A run that has a name.", "Run is a run that has a name."},
		{"Run", "The run to which you have rights.", "Run is the run to which you have rights."},
		{"Run", "Details about a run.", "Run: Details about a run."},
		{"Run", "This run.", "Run: This run."},
		{"GetItem", "The GetItem operation returns a set of attributes.", "GetItem returns a set of attributes."},
		{"GetItem", "The GETITEM action is not idempotent.", "GetItem is not idempotent."},
		{"GetItem", "The GetItem API call may fail.", "GetItem may fail."},
		{"Filter", "A Filter filters values.", "Filter filters values."},
		{"Filter", "The Filter data type describes what is left out.", "Filter describes what is left out."},
		{"Filter", "The Filter of a run.", "Filter is the Filter of a run."},
		{"Filter", "The other filter defines a set.", "Filter: The other filter defines a set."},
		{"State", "The routing control has one of two states.", "State: The routing control has one of two states."},
		{"State", "The value is a number.", "State: The value is a number."},
		{"State", "A structure, which is empty.", "State is a structure, which is empty."},
		{"Status", "The Status class of a run.", "Status is the Status class of a run."},
	} {
		if got := led(c.name, c.text); got != c.want {
			t.Errorf("%q: got %q, want %q", c.text, got, c.want)
		}
	}
}
