package main

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"example.com/lathe/bench/internal/measure"
	"example.com/lathe/bench/internal/report"
)

func buildCPU(b build) float64        { return b.cpu }
func buildWall(b build) float64       { return b.wall }
func buildPeak(b build) float64       { return b.peak }
func runWall(p process) float64       { return p.wall }
func runCPU(p process) float64        { return p.cpu }
func runMemory(p process) float64     { return p.peak }
func exact(x float64) measure.Summary { return measure.Summary{Low: x, Median: x, High: x} }

// text is the section of the report.
func (r *results) text(env string) string {
	var b strings.Builder
	b.WriteString("## Builds and generation\n\n" + env + "\nWhole processes, run in turn.\n\n")
	if r.leftOut != "" {
		b.WriteString(r.leftOut + "\n\n")
	}
	b.WriteString("### Targets\n\n" + report.Targets(r.targets()).String())
	b.WriteString("\n### Compiling a client\n\n" + r.compileTable().String())
	b.WriteString(`
go build of the package of the client, with a cache of its own in which all lies built
that the official client and ours have in common (the standard library, the core of the
SDK). CPU and memory are those of the tools that it runs, the memory of the largest of
them. The time by the clock is that of the whole go command; "nothing to do" is what it
takes with everything built. What of the CPU goes into which package of ours:

`)
	b.WriteString(r.packageTable().String() + r.largeText())
	b.WriteString(`
### Stripped programs

`)
	b.WriteString(r.sizeTable().String() + "\n" + r.initTable().String())
	b.WriteString(`
A program that makes one call, through an interface of one method as programs do for
their tests, and prints two members; built with -trimpath and -ldflags="-s -w". Looking
methods up by name, as text/template does, makes the linker keep all exported methods of
what is in an interface, and so all operations. Some programs avoid that: they call
values of the client's methods, kept in a struct, and never put the client into an
interface. What the unused operations weigh is the difference between the official client
and the same cut to one operation, with its types left whole. Initialisation is the work
at the start of the program for the client and what is not common to both clients
(GODEBUG=inittrace=1). A client with sensitive members, as that of lambda, has log/slog, whose
handlers are to withhold them, and that allocates when a program starts. A lean client has no middleware stack, which every other one links
because the configuration may ask for it. The official package of datazone has straight code as its codec,
that of lambda schemas.

### Generating

`)
	b.WriteString(r.generationTable().String())
	b.WriteString("\nThe whole process of gen, into an empty folder.\n")
	return b.String()
}

// size is that of a program of datazone that calls through an interface.
func (r *results) size(c client, byName bool) float64 {
	return r.sizes[program{datazone.name, c, false, byName}]
}

// unused is what the unused operations of the official client weigh in a program.
func (r *results) unused(byName bool) float64 {
	return r.size(official, byName) - r.size(reduced, byName)
}

func (r *results) targets() []report.Target {
	list := []report.Target{
		{
			What: "compiling the client: CPU, ratio", Most: 1.0 / 20,
			Measured: measure.Ratio(r.builds[ours], r.builds[official], buildCPU), Format: report.Ratio,
		},
		{
			What: "compiling the client: memory, ratio", Most: 1.0 / 5,
			Measured: measure.Ratio(r.builds[ours], r.builds[official], buildPeak), Format: report.Ratio,
		},
		{What: "stripped program, lean", Most: 6.45e6, Measured: exact(r.size(lean, false)), Format: report.Bytes},
		{
			What: "stripped program, methods by name: smaller than official by", Least: r.unused(true),
			Measured: exact(r.size(official, true) - r.size(ours, true)), Format: report.Bytes,
		},
	}
	list = append(list, r.largeTargets()...)
	atStart := 0
	for p, s := range r.starts {
		if p.client == ours || p.client == lean {
			atStart += len(s.packages)
		}
	}
	list = append(list, report.Target{
		What: "packages with work at initialisation", Most: 0, Measured: exact(float64(atStart)), Format: report.Count,
	})
	for _, g := range r.runs {
		list = append(list, report.Target{
			What: "generating " + g.what, Most: g.mostTime, Measured: measure.Of(g.runs, runWall), Format: report.Nanos,
		})
		if g.mostMemory > 0 {
			list = append(list, report.Target{
				What: "… its memory", Most: g.mostMemory, Measured: measure.Of(g.runs, runMemory), Format: report.Bytes,
			})
		}
	}
	return list
}

func (r *results) compileTable() *report.Table {
	t := &report.Table{Head: []string{"client", "CPU", "by the clock", "memory", "CPU, ratio", "memory, ratio"}}
	for _, c := range clients {
		b := r.builds[c]
		t.Add(string(c), report.Spread(measure.Of(b, buildCPU), report.Nanos),
			report.Spread(measure.Of(b, buildWall), report.Nanos),
			report.Spread(measure.Of(b, buildPeak), report.Bytes),
			report.Spread(measure.Ratio(b, r.builds[official], buildCPU), report.Ratio),
			report.Spread(measure.Ratio(b, r.builds[official], buildPeak), report.Ratio))
	}
	t.Add("nothing to do", "", report.Spread(measure.Of(r.idle, buildWall), report.Nanos), "", "", "")
	return t
}

// packageTable lists what is compiled for our client, in the order of its weight.
func (r *results) packageTable() *report.Table {
	t := &report.Table{Head: []string{"package", "CPU", "of the official client's"}}
	cpu, whole := map[string]measure.Summary{}, measure.Of(r.builds[official], buildCPU)
	for pkg := range r.builds[ours][0].packages {
		cpu[pkg] = measure.Of(r.builds[ours], func(b build) float64 { return b.packages[pkg] })
	}
	heaviest := func(a, b string) int { return cmp.Compare(cpu[b].Median, cpu[a].Median) }
	for _, pkg := range slices.SortedFunc(maps.Keys(cpu), heaviest) {
		t.Add(pkg, report.Spread(cpu[pkg], report.Nanos), report.Ratio(cpu[pkg].Median/whole.Median))
	}
	return t
}

// plain are the programs that look up no methods by name, in the order of the tables.
func (r *results) plain() []program {
	var list []program
	for p := range r.sizes {
		if !p.byName {
			list = append(list, p)
		}
	}
	slices.SortFunc(list, func(a, b program) int {
		return cmp.Or(cmp.Compare(a.service, b.service),
			cmp.Compare(slices.Index(inTables, a.client), slices.Index(inTables, b.client)), cmp.Compare(a.folder(), b.folder()))
	})
	return list
}

func (p program) String() string {
	text := p.service + ", " + string(p.client)
	if p.values {
		text += ", values of its methods"
	}
	return text
}

func (r *results) sizeTable() *report.Table {
	t := &report.Table{Head: []string{"client", "program", "methods looked up by name"}}
	for _, p := range r.plain() {
		byName := p
		byName.byName = true
		t.Add(p.String(), report.Bytes(r.sizes[p]), report.Bytes(r.sizes[byName]))
	}
	t.Add("weight of the unused operations of "+datazone.name+", official", report.Bytes(r.unused(false)),
		report.Bytes(r.unused(true)))
	return t
}

func (r *results) initTable() *report.Table {
	t := &report.Table{Head: []string{"client", "allocations at initialisation", "packages with work at initialisation"}}
	for _, p := range r.plain() {
		if s, ok := r.starts[p]; ok {
			t.Add(p.String(), report.Count(s.allocs), cmp.Or(strings.Join(s.packages, "; "), "none"))
		}
	}
	return t
}

func (r *results) generationTable() *report.Table {
	t := &report.Table{Head: []string{"what", "by the clock", "CPU", "memory"}}
	for _, g := range r.runs {
		t.Add(g.what, report.Spread(measure.Of(g.runs, runWall), report.Nanos),
			report.Spread(measure.Of(g.runs, runCPU), report.Nanos),
			report.Spread(measure.Of(g.runs, runMemory), report.Bytes))
	}
	return t
}
