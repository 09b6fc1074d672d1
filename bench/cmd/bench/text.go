package main

import (
	"fmt"
	"slices"
	"strings"

	"example.com/lathe/bench/internal/calls"
	"example.com/lathe/bench/internal/measure"
	"example.com/lathe/bench/internal/report"
)

func cpuTime(c measure.Cost) float64     { return c.CPU }
func wallTime(c measure.Cost) float64    { return c.Wall }
func allocations(c measure.Cost) float64 { return c.Allocs }
func allocated(c measure.Cost) float64   { return c.Bytes }
func peak(h measure.Heap) float64        { return h.Peak }
func live(h measure.Heap) float64        { return h.Live }
func kept(h measure.Heap) float64        { return h.Kept }
func exact(n int) measure.Summary        { return measure.Summarize([]float64{float64(n)}) }
func rate(l measure.Load) float64        { return l.Rate }

// text is the section of the report.
func (f *figures) text(env string) string {
	var b strings.Builder
	b.WriteString("## Calls\n\n" + env + "\n")
	b.WriteString(`All callers of a case send to one *http.Client whose transport answers from memory, but
for the case over HTTP. They take turns in one process; each service has a process of its
own, because what a program holds in memory changes how often the collector runs. A round
of each caller starts with a clean heap. CPU is the user and system time of the process (getrusage),
garbage collection included, so that other processes on the machine do not count. Ratios
are those of CPU time to the official client's in the same round.

`)
	if left := calls.LeftOut(); left != "" {
		b.WriteString(left + ".\n\n")
	}
	b.WriteString("### Targets\n\n" + report.Targets(f.targets()).String())
	b.WriteString("\n### Costs of a call\n\n" + f.costTable().String())
	b.WriteString(`
"Decoding" is the whole call less the same call with the answer ` + "`{}`" + `, round by round:
the one way that is the same for all, because ours has no decoder that can be called
from outside. "The deserializer alone" is a check of that: the official step taken out
of its middleware stack, the transport's answer included, and the decoder by hand. By
hand is what one writes for this call alone: pooled HMAC with the key of the day, flat
decoder on jsontext, neither retries nor options nor endpoint rules.

Over HTTP the answer comes from a server in a process of its own, on loopback; net/http
alone sends the headers that ours sends. "Beyond net/http" is the call less that, round
by round. What stands between two requests may cost more than by itself, since threads go to
sleep: the row with a hash behind net/http has what work as long as ours costs there.
SHA-256 is the hash of a body alone, which a signature covers: what it takes no client can
save.

`)
	fmt.Fprintf(&b, "From the call to the transport of an *http.Client the stack has %d frames with the\nofficial client, %d with ours, %d by hand.\n\n", f.depth[calls.Official], f.depth[calls.Ours], f.depth[calls.ByHand])
	fmt.Fprintf(&b, "### %d goroutines on one client\n\n%s", crowd, f.scalingTable())
	b.WriteString(`
The factor is the throughput of many over that of one, by the clock on the wall, in the
same round. On a machine that others use as well it has much spread; CPU per call says
whether the goroutines hinder each other.
`)
	if big := f.bigTable(); len(big.Rows) > 0 {
		b.WriteString("\n### Big bodies\n\n" + big.String())
		b.WriteString(`
MB/s are those of CPU time. The peak is the largest heap during one call, above what lay
there before, with the collector running all the time (GOGC=1), so that it is a figure
of the code and not of the collector's pace; live is what of that a collection found
reachable. The need is the body, once, and the output as computed from its types; streams
are never whole in memory. Kept is what the output holds in the end, metadata included.
The hash of CreateAsset's body alone takes more than an eighth of the official client's
time, so that eight times its MB/s are out of reach of a client that signs it.
`)
	}
	return b.String()
}

func (f *figures) has(name string) bool { return f.Costs[name] != nil }

// targets are those that apply to the cases that there are.
func (f *figures) targets() []report.Target {
	ratio := func(name string, most float64) report.Target {
		s := measure.Ratio(f.Costs[name][calls.Ours], f.Costs[name][calls.Official], cpuTime)
		return report.Target{What: name + ": CPU, ratio", Most: most, Measured: s, Format: report.Ratio}
	}
	count := func(name string, most float64) report.Target {
		return report.Target{
			What: name + ": allocations", Most: most, Measured: measure.Of(f.Costs[name][calls.Ours], allocations),
			Format: report.Count,
		}
	}
	need := func(name string) report.Target {
		return report.Target{
			What: name + ": peak memory over need", Most: 1.1, Measured: f.overNeed(name, calls.Ours), Format: report.Ratio,
		}
	}
	ours, theirs := f.decoding(calls.Ours), f.decoding(calls.Official)
	list := []report.Target{
		ratio(calls.WholeCall, 0.12), count(calls.WholeCall, 26),
		ratio(calls.ErrorCall, 0.12), ratio(calls.HookedCall, 0.6),
		ratio(calls.LoopbackCall, 0.5),
		{
			What: calls.LoopbackCall + ": CPU beyond net/http, ratio", Most: 0.12,
			Measured: measure.Ratio(f.beyondHTTP(calls.Ours), f.beyondHTTP(calls.Official), cpuTime), Format: report.Ratio,
		},
		{What: "decoding: CPU, ratio", Most: 0.16, Measured: measure.Ratio(ours, theirs, cpuTime), Format: report.Ratio},
		{What: "decoding: allocations", Most: 16, Measured: measure.Of(ours, allocations), Format: report.Count},
	}
	for _, name := range []string{calls.SchemaCall, calls.FunctionCall} {
		if f.has(name) {
			list = append(list, ratio(name, 0.2), count(name, 60))
		}
	}
	for _, name := range []string{
		calls.GetItemCall, calls.PutItemCall, calls.MessageCall, calls.IdentityCall, calls.MetricsCall, calls.GetObject,
		calls.PutObject,
	} {
		if f.has(name) {
			allocs := measure.Ratio(f.Costs[name][calls.Ours], f.Costs[name][calls.Official], allocations)
			list = append(list, ratio(name, 0.2), report.Target{
				What: name + ": allocations, ratio", Most: 0.2, Measured: allocs, Format: report.Ratio,
			})
		}
	}
	if f.has(calls.StreamCall) {
		list = append(list, ratio(calls.StreamCall, 0.3))
	}
	for _, name := range []string{calls.GetStream, calls.PutStream} {
		if f.has(name) {
			memory := measure.Of(f.Heaps[name][calls.Ours], peak)
			list = append(list, ratio(name, 1), report.Target{
				What: name + ": peak memory", Most: 1e6, Measured: memory, Format: report.Bytes,
			})
		}
	}
	list = append(list, report.Target{
		What: "frames from the call to the transport", Most: 12, Measured: exact(f.depth[calls.Ours]), Format: report.Count,
	})
	list = append(list, report.Target{
		What: fmt.Sprintf("%d goroutines: factor over that of the transport", crowd), Least: 0.85,
		Measured: measure.Summarize(f.scaling(calls.Ours)), Format: report.Ratio,
	})
	for _, name := range []string{calls.BigResponse, calls.BigRequest} {
		if f.has(name) {
			speed := measure.Ratio(f.Costs[name][calls.Official], f.Costs[name][calls.Ours], cpuTime)
			list = append(list, report.Target{
				What: name + ": MB/s, ratio", Least: 8, Measured: speed, Format: report.Ratio,
			}, need(name))
		}
	}
	if f.has(calls.ListObjects) {
		list = append(list, ratio(calls.ListObjects, 0.12), need(calls.ListObjects))
	}
	return list
}

// decoding is what a caller takes for the members of the answer.
func (f *figures) decoding(caller string) []measure.Cost {
	return less(f.Costs[calls.WholeCall][caller], f.Costs[calls.EmptyCall][caller])
}

// beyondHTTP is what a client takes over HTTP beyond what net/http does.
func (f *figures) beyondHTTP(caller string) []measure.Cost {
	return less(f.Costs[calls.LoopbackCall][caller], f.Costs[calls.LoopbackCall][calls.NetHTTP])
}

// less returns what the first takes more than the second, round by round.
func less(whole, part []measure.Cost) []measure.Cost {
	costs := make([]measure.Cost, len(whole))
	for i := range whole {
		costs[i] = whole[i].Minus(part[i])
	}
	return costs
}

// scaling is how a caller's factor from one to many goroutines compares with that of
// the transport, round by round.
func (f *figures) scaling(caller string) []float64 {
	out := make([]float64, f.rounds)
	for i := range out {
		factor := func(who string) float64 { return f.Many[who][i].Rate / f.One[who][i].Rate }
		out[i] = factor(caller) / factor(calls.Transport)
	}
	return out
}

// need is the memory that a call with a big body can't do without.
func (f *figures) need(name string) float64 {
	i := slices.IndexFunc(f.Cases, func(c calls.Case) bool { return c.Name == name })
	return float64(f.Cases[i].Size) + f.Results[name]
}

func (f *figures) overNeed(name, caller string) measure.Summary {
	return measure.Of(f.Heaps[name][caller], func(h measure.Heap) float64 { return h.Peak / f.need(name) })
}

func (f *figures) costTable() *report.Table {
	t := &report.Table{Head: []string{"call", "caller", "CPU", "wall", "allocations", "bytes", "ratio"}}
	add := func(name, caller string, costs, official []measure.Cost) {
		t.Add(name, caller, report.Spread(measure.Of(costs, cpuTime), report.Nanos),
			report.Nanos(measure.Of(costs, wallTime).Median),
			report.Count(measure.Of(costs, allocations).Median), report.Bytes(measure.Of(costs, allocated).Median),
			report.Spread(measure.Ratio(costs, official, cpuTime), report.Ratio))
	}
	for _, c := range f.Cases {
		for _, s := range c.Sides {
			add(c.Name, s.Name, f.Costs[c.Name][s.Name], f.Costs[c.Name][calls.Official])
		}
		if c.Name == calls.EmptyCall {
			for _, s := range c.Sides {
				add("decoding", s.Name, f.decoding(s.Name), f.decoding(calls.Official))
			}
		}
		if c.Name == calls.LoopbackCall {
			for _, caller := range []string{calls.Official, calls.Ours} {
				add("… beyond net/http", caller, f.beyondHTTP(caller), f.beyondHTTP(calls.Official))
			}
		}
	}
	return t
}

func (f *figures) scalingTable() *report.Table {
	t := &report.Table{Head: []string{
		"caller", "calls/s, 1", fmt.Sprintf("calls/s, %d", crowd), "factor", "factor over the transport's",
		"CPU per call, many over one",
	}}
	for _, c := range f.Cases {
		if c.Name != calls.WholeCall {
			continue
		}
		for _, s := range c.Sides {
			one, many := f.One[s.Name], f.Many[s.Name]
			t.Add(s.Name, report.Count(measure.Of(one, rate).Median), report.Count(measure.Of(many, rate).Median),
				report.Spread(measure.Ratio(many, one, rate), report.Ratio),
				report.Spread(measure.Summarize(f.scaling(s.Name)), report.Ratio),
				report.Spread(measure.Ratio(many, one, func(l measure.Load) float64 { return l.CPU }), report.Ratio))
		}
	}
	return t
}

func (f *figures) bigTable() *report.Table {
	t := &report.Table{Head: []string{"call", "caller", "body", "MB/s", "peak", "live", "need", "peak over need", "kept"}}
	for _, c := range f.Cases {
		if c.Size == 0 {
			continue
		}
		for _, s := range c.Sides {
			speed := measure.Of(f.Costs[c.Name][s.Name],
				func(cost measure.Cost) float64 { return float64(c.Size) / cost.CPU * 1e3 })
			t.Add(c.Name, s.Name, report.Bytes(float64(c.Size)), report.Spread(speed, report.Count),
				report.Bytes(measure.Of(f.Heaps[c.Name][s.Name], peak).Median),
				report.Bytes(measure.Of(f.Heaps[c.Name][s.Name], live).Median), report.Bytes(f.need(c.Name)),
				report.Spread(f.overNeed(c.Name, s.Name), report.Ratio),
				report.Bytes(measure.Of(f.Heaps[c.Name][s.Name], kept).Median))
		}
	}
	return t
}
