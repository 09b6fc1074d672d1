package compare

import (
	"context"
	"time"
)

// Scenario is what both clients are put through.
type Scenario struct {
	// Name is unique among all scenarios, "group/case".
	Name string
	// Env holds environment variables, set by the test before the run.
	Env map[string]string
	// FromConfig makes the client of an aws.Config with the settings Config, and
	// Options become option functions. Otherwise Options are those of New.
	FromConfig bool
	Config     []Setting
	Options    []Setting
	// ClientFns are settings made by functions given to the constructor.
	ClientFns []Setting
	// Calls are made one after the other; none means one with valid input.
	Calls []Call
	// Replies answer the requests in order, the last one all further ones.
	Replies []Reply
	// RandomWaits says that the waits between attempts are random: times are
	// then compared only relative to the attempt.
	RandomWaits bool
	// AttemptResults compares the record of attempts in the metadata too.
	AttemptResults bool
	// Want is what the official client makes of it, see [Record.Summary].
	Want string
}

// Call is one call of the operation.
type Call struct {
	// Input are settings of the input; nil leaves the valid one.
	Input []Setting
	// Seed fills the rest of the input with random values; zero leaves it.
	Seed uint64
	// NilInput passes a nil pointer.
	NilInput bool
	// Options are settings made by the call's option functions.
	Options []Setting
	// Timeout bounds the call; zero means no deadline.
	Timeout time.Duration
	// Canceled cancels the context before the call.
	Canceled bool
	// CancelAfter cancels the context that long after the call began.
	CancelAfter time.Duration
	// Pause waits before the call.
	Pause time.Duration
}

// start makes the call's context.
func (c Call) start() (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(context.Background())
	if c.Timeout > 0 {
		ctx, cancel = context.WithTimeout(context.Background(), c.Timeout)
	}
	if c.Canceled {
		cancel()
	}
	if c.CancelAfter > 0 {
		timer := time.AfterFunc(c.CancelAfter, cancel)
		stop := cancel
		cancel = func() { timer.Stop(); stop() }
	}
	return ctx, cancel
}

// calls are the scenario's calls, at least one.
func (s *Scenario) calls() []Call {
	if len(s.Calls) == 0 {
		return []Call{{}}
	}
	return s.Calls
}

// World is what surrounds one client in one run: its transport and a notebook.
// Values made by a [Make] write down there how the client used them.
type World struct {
	transport *transport
	notes     []string
}

// Note writes down something that the client did.
func (w *World) Note(text string) { w.notes = append(w.notes, text) }

// Transport is the world's HTTP client, for values that wrap it.
func (w *World) Transport() *Transport { return &Transport{w.transport} }
