// Command bench measures calls of the official client, of ours and of one written
// by hand, in turn in one process, and writes its section of BENCHMARKS.md, and its
// picture. Run it in the module of the benchmarks.
//
//	go run ./cmd/bench [-rounds 15] [-time 200ms] [-out ../BENCHMARKS.md] [-picture ../docs/benchmarks.svg]
//
// With -tags models, after go generate -tags models ./internal/calls, the cases are
// included whose clients are generated from the models in ../shared.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"time"

	"example.com/lathe/bench/internal/calls"
	"example.com/lathe/bench/internal/measure"
	"example.com/lathe/bench/internal/picture"
	"example.com/lathe/bench/internal/report"
)

func main() {
	rounds := flag.Int("rounds", 15, "how often everything is measured")
	each := flag.Duration("time", 200*time.Millisecond, "how long a caller repeats its call in a round")
	out := flag.String("out", "../BENCHMARKS.md", "write the section into this file")
	svg := flag.String("picture", "../docs/benchmarks.svg", "draw that file's figures into this one")
	server := flag.Bool("serve", false, "answer calls over HTTP until standard input ends, for another process that measures")
	flag.Parse()
	if *server {
		if err := serve(); err != nil {
			fmt.Fprintln(os.Stderr, "bench:", err)
			os.Exit(1)
		}
		return
	}
	if err := run(*rounds, *each, *out, *svg); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(rounds int, each time.Duration, out, svg string) (err error) {
	env, err := report.Environment(fmt.Sprintf("make bench ROUNDS=%d", rounds))
	if err != nil {
		return err
	}
	server, stop, err := startServer()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, stop()) }()
	f := take(rounds, each, server)
	text := f.text(env)
	fmt.Println(text)
	if err := report.Update(out, "calls", text); err != nil {
		return err
	}
	return picture.Update(out, svg)
}

// figures are all that is measured: by case and caller, one entry a round.
type figures struct {
	rounds int
	each   time.Duration
	cases  []calls.Case
	costs  map[string]map[string][]measure.Cost
	// one and many are the loads of one and of many goroutines, by caller.
	one, many map[string][]measure.Load
	heaps     map[string]map[string][]measure.Heap
	// depth is how many frames lie between the call and the transport, by caller.
	depth map[string]int
	// results are the computed sizes of the outputs, by case.
	results map[string]float64
}

// crowd is how many goroutines share a client.
const crowd = 64

// passes is how often a round goes over the small calls, there and back in turn: cases
// are compared with each other too, and none should always come first.
const passes = 2

// turn is a caller's turn at a case, with the times that it makes the call.
type turn struct {
	name  string // of the case
	side  calls.Side
	times int
}

// take measures everything, round by round, so that callers that are compared run
// next to each other. Big calls come after all others, which would find another heap.
// Some calls go to a server, by its URL.
func take(rounds int, each time.Duration, server string) *figures {
	f := &figures{
		rounds: rounds, each: each, costs: map[string]map[string][]measure.Cost{}, results: map[string]float64{}, depth: calls.Depth(),
		one: map[string][]measure.Load{}, many: map[string][]measure.Load{}, heaps: map[string]map[string][]measure.Heap{},
	}
	small := f.prepare(calls.Cases(), each/passes)
	for round := range rounds {
		fmt.Fprintf(os.Stderr, "small bodies: round %d of %d\n", round+1, rounds)
		f.measureCosts(small, passes)
		for _, t := range small {
			if t.name == calls.WholeCall {
				f.one[t.side.Name] = append(f.one[t.side.Name], measure.Throughput(1, each, func() { t.side.Call() }))
				f.many[t.side.Name] = append(f.many[t.side.Name], measure.Throughput(crowd, each, func() { t.side.Call() }))
			}
		}
	}
	http := f.prepare([]calls.Case{calls.Loopback(server)}, each/passes)
	for round := range rounds {
		fmt.Fprintf(os.Stderr, "over HTTP: round %d of %d\n", round+1, rounds)
		f.measureCosts(http, passes)
	}
	big := f.prepare(calls.BigCases(), each)
	for round := range rounds {
		fmt.Fprintf(os.Stderr, "big bodies: round %d of %d\n", round+1, rounds)
		f.measureCosts(big, 1)
		for _, t := range big {
			f.heaps[t.name][t.side.Name] = append(f.heaps[t.name][t.side.Name], measure.PeakHeap(t.side.Call))
		}
	}
	return f
}

// measureCosts adds a round of costs, each the mean of several passes.
func (f *figures) measureCosts(turns []turn, passes int) {
	means := make([]measure.Cost, len(turns))
	for pass := range passes {
		for i := range turns {
			if pass%2 == 1 {
				i = len(turns) - 1 - i
			}
			means[i] = means[i].Plus(measure.Loop(turns[i].times, func() { turns[i].side.Call() }), 1/float64(passes))
		}
	}
	for i, t := range turns {
		f.costs[t.name][t.side.Name] = append(f.costs[t.name][t.side.Name], means[i])
	}
}

// prepare adds cases and warms them up, and says how often each call is to be made in
// a pass, for a time.
func (f *figures) prepare(cases []calls.Case, each time.Duration) (turns []turn) {
	f.cases = append(f.cases, cases...)
	for _, c := range cases {
		f.costs[c.Name], f.heaps[c.Name] = map[string][]measure.Cost{}, map[string][]measure.Heap{}
		f.results[c.Name] = measure.Size(c.Sides[0].Call())
		for _, s := range c.Sides {
			turns = append(turns, turn{c.Name, s, measure.Times(each, func() { s.Call() })})
		}
	}
	return turns
}
