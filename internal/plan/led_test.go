package plan

import "testing"

func TestLed(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"GetRun", "Gets a run.", "GetRun gets a run."},
		{"GetRun", "GetRun gets a run.", "GetRun gets a run."},
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
