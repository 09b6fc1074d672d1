package main

import (
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"example.com/lathe/internal/adopt/weigh"
)

// documents are those with a table between comments, and what makes it.
var documents = []struct {
	file string
	text func(results) string
}{
	{"../README.md", short},
	{"../BENCHMARKS.md", figures},
	{"README.md", proof},
}

// The comments around a table.
const (
	begin = "<!-- programs -->\n"
	end   = "<!-- end of programs -->\n"
)

// writeTables writes the tables into the documents.
func writeTables(rs results) error {
	for _, d := range documents {
		old, err := os.ReadFile(d.file)
		if err != nil {
			return err
		}
		text, err := between(string(old), d.text(rs))
		if err != nil {
			return fmt.Errorf("%s: %w", d.file, err)
		}
		if err := os.WriteFile(d.file, []byte(text), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// between returns a document with another text between the comments.
func between(document, text string) (string, error) {
	before, rest, hasBegin := strings.Cut(document, begin)
	_, after, hasEnd := strings.Cut(rest, end)
	if !hasBegin || !hasEnd {
		return "", fmt.Errorf("it has no lines %q and %q", begin, end)
	}
	return before + begin + strings.TrimSpace(text) + "\n" + end + after, nil
}

// short is the table of README.md.
func short(rs results) string {
	t := table{head: []string{"program", "what it is", "operations", "stripped binary", "compiling the SDK's services"}}
	for _, r := range rs.public() {
		kept, of := r.operations()
		t.add(r.Name, r.Kind, fmt.Sprintf("%d of %d", kept, of), r.arrow(result.stripped, megabytes),
			r.arrow(result.cpu, seconds))
	}
	return "Public programs and libraries, whose own tests end in the same way with it; [BENCHMARKS.md](BENCHMARKS.md) has more:\n\n" + t.String()
}

// goal is a bound that each program is to keep.
type goal struct {
	what string
	// of returns how a program does, and false where the question does not arise.
	of    func(result) (float64, bool)
	text  func(float64) string
	isMet func(float64) bool
}

// goals are all of them.
var goals = []goal{
	{
		"binary: what it lost is at least 40 % of what the services weighed in it", result.lost,
		atMostAll, func(x float64) bool { return x >= 0.40 },
	},
	{
		"compiling the services: at most 1/8 of the CPU", func(r result) (float64, bool) { return quotient(r.cpu()), true },
		percent, func(x float64) bool { return x <= 1.0/8 },
	},
	{
		"compiling the services: at most 1/5 of the peak memory",
		func(r result) (float64, bool) { return quotient(r.memory()), true },
		percent, func(x float64) bool { return x <= 1.0/5 },
	},
	{
		"looking at it, with nothing built: less than 30 s on two cores (half of the processor time)",
		func(r result) (float64, bool) { return r.Scan.CPU.Seconds() / 2, true },
		func(x float64) string { return fmt.Sprintf("%.1f s", x) }, func(x float64) bool { return x < 30 },
	},
	{
		"looking at it: less than 1 GiB", func(r result) (float64, bool) { return float64(r.Scan.Memory), true },
		megabytes, func(x float64) bool { return x < 1<<30 },
	},
}

// figures is the section of BENCHMARKS.md.
func figures(rs results) string {
	var b strings.Builder
	b.WriteString("## Programs\n\n`make programs`: public modules, fetched by name, before and after gen adopt. Each was measured once,\non a machine that did other things as well.\n\n### Goals\n\n")
	t := table{head: []string{"goal, for each program", "met", "missed"}}
	for _, g := range goals {
		var met, missed []string
		for _, r := range rs {
			if x, ok := g.of(r); ok && g.isMet(x) {
				met = append(met, r.Name+" "+g.text(x))
			} else if ok {
				missed = append(missed, r.Name+" "+g.text(x))
			}
		}
		t.add(g.what, list(met), list(missed))
	}
	b.WriteString(t.String() + "\n### Figures\n\n")
	t = table{head: []string{
		"program", "services", "operations", "lines of Go", "compile CPU", "compile memory", "stripped binary",
		"services in it", "before main", "looking at it",
	}}
	for _, r := range rs {
		kept, of := r.operations()
		weight := "-"
		if r.Weight.Bytes > 0 {
			weight = megabytes(float64(r.Weight.Bytes))
		}
		t.add(r.Name, strconv.Itoa(len(r.Services)), fmt.Sprintf("%d of %d", kept, of), r.arrow(result.lines, count),
			r.arrow(result.cpu, seconds),
			r.arrow(result.memory, megabytes), r.arrow(result.stripped, megabytes), weight, r.arrow(result.allocs, count),
			fmt.Sprintf("%s, %s", seconds(float64(r.Scan.CPU)), megabytes(float64(r.Scan.Memory))))
	}
	b.WriteString(t.String())
	b.WriteString(`
Lines, compiling and what runs before main are those of the packages of the services that
were generated, after it with their shared runtime; CPU is that of all of them, memory
that of the compiler of the largest. Before main are allocations. The binary, without
symbols, is the command of the module in which the services weigh most: their symbols, and
their part of the table of functions by the size of their code. Looking at it is gen adopt
--dry-run with nothing in the build cache: processor time, and most memory.
`)
	if at := slices.IndexFunc(rs, func(r result) bool { return r.Name == byHand }); at >= 0 {
		b.WriteString("\n### By hand\n\n" + rs[at].hand())
	}
	return b.String()
}

// hand compares adoption with what can be done by hand.
func (r result) hand() string {
	t := table{head: []string{"stripped binary", "official packages", "adopted"}}
	for _, way := range []struct{ command, what string }{
		{"interfaces", "clients in interfaces"}, {"values", "values of methods, by hand"},
	} {
		command := "example.com/exporter/cmd/" + way.command
		t.add(way.what, megabytes(strippedIn(r.Before, command)), megabytes(strippedIn(r.After, command)))
	}
	return `A program that looks methods up by name, with text/template for one, keeps all methods of
what is in an interface. Some hold values of the clients' methods in a struct instead, so
that the linker drops the others; YACE went from 120 to 29 MB so. ` + "`interop/programs/testdata/exporter`" + ` makes the
calls of such a program to eleven services in both ways.

` + t.String()
}

// proof is the section of the README of interop.
func proof(rs results) string {
	t := table{head: []string{"module", "what it is", "services that are generated", "its tests", "stay official"}}
	for _, r := range rs.public() {
		var generated, stay []string
		for _, s := range r.Services {
			generated = append(generated, fmt.Sprintf("%s %s (%s)", s.Package, s.Version, s.Protocol))
		}
		for _, l := range r.Left {
			stay = append(stay, l.Package)
		}
		t.add("`"+r.Module+"` "+r.Version, r.Kind, list(generated), r.Tests.String(), list(stay))
	}
	return t.String() + "\nIn the table of programs and not run whole yet: " + list(rs.absent()) + ".\n"
}

// String says how tests ended.
func (t tests) String() string {
	words := []string{fmt.Sprintf("%d pass", t.Passed)}
	for _, other := range []struct {
		n    int
		what string
	}{{t.Failed, "fail"}, {t.Skipped, "are skipped"}, {len(t.Unsteady), "end differently each time"}} {
		if other.n > 0 {
			words = append(words, fmt.Sprintf("%d %s", other.n, other.what))
		}
	}
	return strings.Join(words, ", ")
}

// operations are how many there are of how many.
func (r result) operations() (kept, of int) {
	for _, s := range r.Services {
		kept += s.Operations
		of += s.Of
	}
	return kept, of
}

func (r result) cpu() (before, after float64) { return float64(r.Before.CPU), float64(r.After.CPU) }
func (r result) memory() (before, after float64) {
	return float64(r.Before.Memory), float64(r.After.Memory)
}
func (r result) lines() (before, after float64) {
	return float64(r.Before.Lines), float64(r.After.Lines)
}
func (r result) allocs() (before, after float64) {
	return float64(r.Before.Init.Allocs), float64(r.After.Init.Allocs)
}

// stripped is the size of the command that was weighed, 0 where there is none.
func (r result) stripped() (before, after float64) {
	return strippedIn(r.Before, r.Weight.Command), strippedIn(r.After, r.Weight.Command)
}

func strippedIn(f weigh.Figures, command string) float64 {
	at := slices.IndexFunc(f.Programs, func(b weigh.Binary) bool { return b.ImportPath == command })
	if at < 0 {
		return 0
	}
	return float64(f.Programs[at].Stripped)
}

// lost is what the command lost, of what the services weighed in it.
func (r result) lost() (float64, bool) {
	before, after := r.stripped()
	if before == 0 || after == 0 || r.Weight.Bytes == 0 {
		return 0, false
	}
	return (before - after) / float64(r.Weight.Bytes), true
}

func quotient(before, after float64) float64 { return after / before }

// arrow is a figure before and after; "-" where there is none.
func (r result) arrow(of func(result) (before, after float64), text func(float64) string) string {
	before, after := of(r)
	if before == 0 && after == 0 {
		return "-"
	}
	return text(before) + " → " + text(after)
}

func percent(x float64) string { return fmt.Sprintf("%.0f %%", 100*x) }

// atMostAll is a share that is no figure where it is more than all.
func atMostAll(x float64) string {
	if x > 1 {
		return "> 100 %"
	}
	return percent(x)
}

func megabytes(x float64) string { return fmt.Sprintf("%.1f MB", x/1e6) }
func seconds(x float64) string   { return fmt.Sprintf("%.1f s", time.Duration(x).Seconds()) }

// count is a number with its thousands set off.
func count(x float64) string {
	digits := fmt.Sprintf("%.0f", x)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}

// list is some words, "-" for none.
func list(words []string) string {
	if len(words) == 0 {
		return "-"
	}
	return strings.Join(words, ", ")
}

// table is a table in Markdown.
type table struct {
	head []string
	rows [][]string
}

func (t *table) add(cells ...string) { t.rows = append(t.rows, cells) }

// String returns the table.
func (t table) String() string {
	var b strings.Builder
	for _, row := range slices.Concat([][]string{t.head, slices.Repeat([]string{"---"}, len(t.head))}, t.rows) {
		b.WriteString("| " + strings.Join(row, " | ") + " |\n")
	}
	return b.String()
}
