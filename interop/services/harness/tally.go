package harness

import (
	"fmt"
	"strings"
)

// tally counts what was done, and what was tolerated unless models are exact.
type tally struct {
	operations, requests, answers, errors, invalid int
	// values are the scalars of outputs and errors that were compared.
	values int
	// paginators and waiters are those that both have, pages and looks what they asked for.
	paginators, pages, waiters, looks int
	// streams are the operations with event streams, events those that were received.
	streams, events int
	// boxes are members that only one client points to; ages those that only one
	// has, as the models are of different ages.
	boxes, ages map[string]bool
	missing     []string
}

func newTally() *tally { return &tally{boxes: map[string]bool{}, ages: map[string]bool{}} }

func (t *tally) box(name string) { t.boxes[name] = true }
func (t *tally) age(name string) { t.ages[name] = true }

// String is one line for people, and one more for each list that isn't empty.
func (t *tally) String() string {
	var out strings.Builder
	fmt.Fprintf(&out, "%d operations: %d requests, %d answers with %d values, %d errors compared, %d inputs refused alike; %d members boxed otherwise, %d members of one client only",
		t.operations, t.requests, t.answers, t.values, t.errors, t.invalid, len(t.boxes), len(t.ages))
	if t.paginators+t.waiters > 0 {
		fmt.Fprintf(&out, "; %d paginators: %d pages, %d waiters: %d looks", t.paginators, t.pages, t.waiters, t.looks)
	}
	if t.streams > 0 {
		fmt.Fprintf(&out, "; %d event streams: %d events", t.streams, t.events)
	}
	for _, list := range []struct {
		name  string
		names []string
	}{{"boxed otherwise", sorted(t.boxes)}, {"of one client only", sorted(t.ages)}, {"operations left out", t.missing}} {
		if len(list.names) > 0 {
			out.WriteString("\n  " + list.name + ": " + strings.Join(list.names, ", "))
		}
	}
	return out.String()
}
