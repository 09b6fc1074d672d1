package fuzz

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"example.com/lathe/interop/compare"
	"github.com/aws/smithy-go"
)

// Clients are the sides of an operation: the official client, and ours with calls that
// nobody hooks into and with calls that somebody does.
type Clients struct {
	Operation

	Official, Flat, Hooked compare.Side
}

// Run compares the clients in as many scenarios as are asked for, whose seeds follow each
// other. Of a scenario in which they differ it reports the smallest that does.
func (c *Clients) Run(t *testing.T, first uint64, count int) {
	t.Helper()
	failed := 0
	for seed := first; seed < first+uint64(count); seed++ {
		s := c.Scenario(seed)
		if c.Differ(t, s) == "" {
			continue
		}
		s = c.shrink(t, s)
		t.Errorf("%s: the clients differ in\n%s\n%s", s.Name, Show(s), c.Differ(t, s))
		if failed++; failed == 5 {
			t.Fatal("and maybe more")
		}
	}
}

// Differ puts the clients through a scenario and returns how they differ; empty for not at
// all, but for what is known.
func (c *Clients) Differ(t *testing.T, s compare.Scenario) string {
	t.Helper()
	official := run(t, c.Official, s)
	var out strings.Builder
	for _, ours := range []struct {
		name string
		side compare.Side
	}{{"flat", c.Flat}, {"hooked", c.Hooked}} {
		record := run(t, ours.side, s)
		for _, d := range compare.Compare(&s, official, record) {
			if !Known(official, record, d) {
				fmt.Fprintf(&out, "%s: %s\n- %s\n+ %s\n", ours.name, d.Path, d.Official, d.Ours)
			}
		}
	}
	return out.String()
}

// run puts a client through a scenario, in a world with a clock of its own. Goroutines that
// are left over fail it.
func run(t *testing.T, side compare.Side, s compare.Scenario) (rec *compare.Record) {
	t.Helper()
	synctest.Test(t, func(*testing.T) { rec = side.Run(&s) })
	return rec
}

// Known reports whether a difference is one that has a row in the table of differences:
//
//   - decoding-error, snapshot: both calls end with an output that can't be decoded, of
//     which they have texts of their own;
//   - cause-of-a-retry: both end since their context has, and ours names what was to be
//     tried again, too.
//
// Members of JSON stand in the order of the spec in our requests, in that of the alphabet
// in theirs.
func Known(official, ours *compare.Record, d compare.Difference) bool {
	if strings.HasSuffix(d.Path, " body") || strings.HasSuffix(d.Path, " on the wire") {
		return isSameJSON(d.Official, d.Ours)
	}
	var call int
	if _, err := fmt.Sscanf(d.Path, "call %d", &call); err != nil {
		return false
	}
	a, b := official.Err(call-1), ours.Err(call-1)
	return isDecoding(a) && isDecoding(b) || hasEnded(a) && hasEnded(b)
}

// isSameJSON reports whether two texts are the same but for the order of members in the JSON
// behind an empty line.
func isSameJSON(official, ours string) bool {
	var bodies [2]any
	for i, text := range []*string{&official, &ours} {
		if head, body, ok := strings.Cut(*text, "\n\n"); ok {
			*text = head
			if json.Unmarshal([]byte(body), &bodies[i]) != nil {
				return false
			}
			continue
		}
		if json.Unmarshal([]byte(*text), &bodies[i]) != nil {
			return false
		}
		*text = ""
	}
	return official == ours && reflect.DeepEqual(bodies[0], bodies[1])
}

func isDecoding(err error) bool {
	_, ok := errors.AsType[*smithy.DeserializationError](err)
	return ok
}

func hasEnded(err error) bool {
	return errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded)
}

// shrink returns the smallest scenario that it finds in which the clients still differ.
func (c *Clients) shrink(t *testing.T, s compare.Scenario) compare.Scenario {
	t.Helper()
	for smaller := true; smaller; {
		smaller = false
		for _, less := range shorter(s) {
			if c.Differ(t, less) != "" {
				s, smaller = less, true
				break
			}
		}
	}
	return s
}

// shorter are scenarios that lack one thing of another, or have less of it.
func shorter(s compare.Scenario) (all []compare.Scenario) {
	for i := range s.Calls {
		if len(s.Calls) > 1 {
			less := s
			less.Calls = slices.Delete(slices.Clone(s.Calls), i, i+1)
			all = append(all, less)
		}
		for _, call := range simpler(s.Calls[i]) {
			less := s
			less.Calls = slices.Clone(s.Calls)
			less.Calls[i] = call
			all = append(all, less)
		}
	}
	for i := range s.Replies {
		if len(s.Replies) > 1 {
			less := s
			less.Replies = slices.Delete(slices.Clone(s.Replies), i, i+1)
			all = append(all, less)
		}
		for _, reply := range plainer(s.Replies[i]) {
			less := s
			less.Replies = slices.Clone(s.Replies)
			less.Replies[i] = reply
			all = append(all, less)
		}
	}
	for i := range s.Options {
		less := s
		less.Options = slices.Delete(slices.Clone(s.Options), i, i+1)
		all = append(all, less)
	}
	return all
}

func simpler(c compare.Call) (all []compare.Call) {
	without := func(is bool, change func(*compare.Call)) {
		if is {
			less := c
			change(&less)
			all = append(all, less)
		}
	}
	without(c.Seed != 0, func(c *compare.Call) { c.Seed = 0 })
	without(c.Timeout != 0, func(c *compare.Call) { c.Timeout = 0 })
	without(c.CancelAfter != 0, func(c *compare.Call) { c.CancelAfter = 0 })
	without(c.Canceled, func(c *compare.Call) { c.Canceled = false })
	without(c.Pause != 0, func(c *compare.Call) { c.Pause = 0 })
	without(len(c.Options) > 0, func(c *compare.Call) { c.Options = c.Options[1:] })
	return all
}

func plainer(r compare.Reply) (all []compare.Reply) {
	without := func(is bool, change func(*compare.Reply)) {
		if is {
			less := r
			change(&less)
			all = append(all, less)
		}
	}
	for i := range r.Header {
		without(true, func(r *compare.Reply) { r.Header = slices.Delete(slices.Clone(r.Header), i, i+1) })
	}
	without(r.Body != "" && r.Body != "{}" && r.BodyErr == nil, func(r *compare.Reply) { r.Body = "{}" })
	without(r.Delay != 0, func(r *compare.Reply) { r.Delay = 0 })
	without(r.BodyDelay != 0, func(r *compare.Reply) { r.BodyDelay = 0 })
	without(r.Clock != nil, func(r *compare.Reply) { r.Clock = nil })
	without(r.SmallReads, func(r *compare.Reply) { r.SmallReads = false })
	without(r.Length != 0, func(r *compare.Reply) { r.Length = 0 })
	return all
}

// Show writes a scenario as Go has it, without what it leaves at zero.
func Show(s compare.Scenario) string {
	var out strings.Builder
	for _, o := range s.Options {
		fmt.Fprintf(&out, "option %s = %v\n", o.Field, o.Value)
	}
	for _, c := range s.Calls {
		fmt.Fprintf(&out, "call %+v\n", c)
	}
	for _, r := range s.Replies {
		clock := ""
		if r.Clock != nil {
			clock = " clock " + r.Clock.String()
			r.Clock = nil
		}
		fmt.Fprintf(&out, "reply %+v%s\n", r, clock)
	}
	return out.String()
}
