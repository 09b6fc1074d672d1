package harness

import (
	"fmt"
	"strings"
)

// tally counts what was done, and what was tolerated unless models are exact.
type tally struct {
	requests, answers, errors, invalid int
	// values are the scalars of outputs and errors that were compared.
	values int
	// pages and looks are what paginators and waiters asked for, events those that were
	// received.
	pages, looks, events int
	// operations are those compared, with one answer or with an event stream.
	operations, streams nameSet
	// paginators and waiters are those that both have.
	paginators, waiters nameSet
	// boxes are members that only one client points to; ages those that only one
	// has, as the models are of different ages; missing are such operations.
	boxes, ages, missing nameSet
}

// nameSet is a set of names.
type nameSet map[string]bool

func newTally() *tally {
	return &tally{
		operations: nameSet{}, streams: nameSet{}, paginators: nameSet{}, waiters: nameSet{},
		boxes: nameSet{}, ages: nameSet{}, missing: nameSet{},
	}
}

func (t *tally) box(name string) { t.boxes[name] = true }
func (t *tally) age(name string) { t.ages[name] = true }

// String is one line for people, and one more for each list that isn't empty.
func (t *tally) String() string {
	var out strings.Builder
	fmt.Fprintf(&out, "%d operations: %d requests, %d answers with %d values, %d errors compared, %d inputs refused alike; %d members boxed otherwise, %d members of one client only",
		len(t.operations), t.requests, t.answers, t.values, t.errors, t.invalid, len(t.boxes), len(t.ages))
	if len(t.paginators)+len(t.waiters) > 0 {
		fmt.Fprintf(&out, "; %d paginators: %d pages, %d waiters: %d looks", len(t.paginators), t.pages,
			len(t.waiters), t.looks)
	}
	if len(t.streams) > 0 {
		fmt.Fprintf(&out, "; %d event streams: %d events", len(t.streams), t.events)
	}
	for _, list := range []struct {
		name  string
		names nameSet
	}{{"boxed otherwise", t.boxes}, {"of one client only", t.ages}, {"operations left out", t.missing}} {
		if len(list.names) > 0 {
			out.WriteString("\n  " + list.name + ": " + strings.Join(sorted(list.names), ", "))
		}
	}
	return out.String()
}
