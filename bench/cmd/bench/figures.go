package main

import (
	"maps"
	"time"

	"example.com/lathe/bench/internal/calls"
	"example.com/lathe/bench/internal/measure"
)

// figures are all that is measured: by case and caller, one entry a round.
type figures struct {
	rounds int
	Cases  []calls.Case
	Costs  map[string]map[string][]measure.Cost
	// One and Many are the loads of one and of many goroutines, by caller.
	One, Many map[string][]measure.Load
	// Heaps are there for cases whose bodies are big.
	Heaps map[string]map[string][]measure.Heap
	// Results are the computed sizes of the outputs, by case.
	Results map[string]float64
	// depth is how many frames lie between the call and the transport, by caller.
	depth map[string]int
}

func newFigures(rounds int) *figures {
	return &figures{
		rounds: rounds, Costs: map[string]map[string][]measure.Cost{}, Heaps: map[string]map[string][]measure.Heap{},
		One: map[string][]measure.Load{}, Many: map[string][]measure.Load{}, Results: map[string]float64{},
	}
}

// add adds the figures of other cases.
func (f *figures) add(part *figures) {
	f.Cases = append(f.Cases, part.Cases...)
	maps.Copy(f.Costs, part.Costs)
	maps.Copy(f.Heaps, part.Heaps)
	maps.Copy(f.One, part.One)
	maps.Copy(f.Many, part.Many)
	maps.Copy(f.Results, part.Results)
}

// crowd is how many goroutines share a client.
const crowd = 64

// passes is how often a round goes over the calls, there and back in turn: cases are
// compared with each other too, and none should always come first.
const passes = 2

// turn is a caller's turn at a case, with the times that it makes the call.
type turn struct {
	of    calls.Case
	side  calls.Side
	times int
}

// take measures cases round by round, so that callers that are compared run next to each
// other.
func (f *figures) take(cases []calls.Case, each time.Duration) {
	turns := f.prepare(cases, each/passes)
	for range f.rounds {
		f.measureCosts(turns)
		for _, t := range turns {
			f.measureLoad(t, each)
			if t.of.Size > 0 {
				f.Heaps[t.of.Name][t.side.Name] = append(f.Heaps[t.of.Name][t.side.Name], measure.PeakHeap(t.side.Call))
			}
		}
	}
}

// prepare adds cases and warms them up, and returns how often each call is to be made in
// a pass, for a time.
func (f *figures) prepare(cases []calls.Case, each time.Duration) (turns []turn) {
	f.Cases = append(f.Cases, cases...)
	for _, c := range cases {
		f.Costs[c.Name], f.Heaps[c.Name] = map[string][]measure.Cost{}, map[string][]measure.Heap{}
		f.Results[c.Name] = measure.Size(c.Sides[0].Call())
		for _, s := range c.Sides {
			turns = append(turns, turn{c, s, measure.Times(each, func() { s.Call() })})
		}
	}
	return turns
}

// measureCosts adds a round of costs, each the mean of several passes.
func (f *figures) measureCosts(turns []turn) {
	means := make([]measure.Cost, len(turns))
	for pass := range passes {
		for i := range turns {
			if pass%2 == 1 {
				i = len(turns) - 1 - i
			}
			means[i] = means[i].Plus(measure.Loop(turns[i].times, func() { turns[i].side.Call() }), 1.0/passes)
		}
	}
	for i, t := range turns {
		f.Costs[t.of.Name][t.side.Name] = append(f.Costs[t.of.Name][t.side.Name], means[i])
	}
}

// measureLoad has one and many goroutines make the call, if it is the one that is made from
// many.
func (f *figures) measureLoad(t turn, each time.Duration) {
	if t.of.Name != calls.WholeCall {
		return
	}
	f.One[t.side.Name] = append(f.One[t.side.Name], measure.Throughput(1, each, func() { t.side.Call() }))
	f.Many[t.side.Name] = append(f.Many[t.side.Name], measure.Throughput(crowd, each, func() { t.side.Call() }))
}
