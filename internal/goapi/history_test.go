package goapi_test

import (
	"bytes"
	"cmp"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"example.com/lathe"
	"example.com/lathe/diff"
	"example.com/lathe/diff/rules"
	"example.com/lathe/internal/goapi"
	"example.com/lathe/internal/plan"
	"example.com/lathe/internal/protocol"
	"example.com/lathe/spec"
	"example.com/lathe/spec/c2j"
	"example.com/lathe/templates"
)

// bundle has the histories of eight services, release by release.
const bundle = "../../../shared/models/history.bundle"

// historyPage has the table of what came of all steps, between two marks.
const historyPage = "../../docs/spec-changes.md"

var history = flag.Bool("history", false, "judge every step of the histories, and compare the table in docs/spec-changes.md")

// quickServices are those whose steps are judged in every run.
var quickServices = []string{"appconfig", "detective", "efs", "rds-data", "scheduler"}

// quickPrograms are those whose programs are judged in every run.
var quickPrograms = []string{"detective", "scheduler"}

// release is a version of a service, with its client.
type release struct {
	name   string
	date   time.Time
	api    *spec.API
	usable *spec.API // the operations that clients have
	client goapi.Package
}

// tally is what came of judging steps.
type tally struct {
	steps, red, uses, broken, covered int
	// right and wrong are breaking verdicts on Go that a compiler confirms, or not.
	right, wrong int
	// byRule are the steps that a rule made red, causes those that one rule did alone.
	byRule, alone map[string]int
	// next and year are programs against the next release, and one a year later.
	next, year span
}

// TestHistory judges each step of the histories, and checks what is said to break Go
// by compiling callers that use everything of the old client against the new one.
func TestHistory(t *testing.T) {
	if _, err := os.Stat(bundle); err != nil {
		t.Skip("the histories are not beside the repository")
	}
	dir := t.TempDir()
	gitOut(t, "", "clone", "--quiet", bundle, dir)
	services := quickServices
	if *history {
		services = strings.Fields(string(gitOut(t, dir, "ls-tree", "--name-only", "HEAD")))
	}
	all := &tally{byRule: map[string]int{}, alone: map[string]int{}, next: span{byRule: map[string]int{}}, year: span{byRule: map[string]int{}}}
	for _, service := range services {
		var releases []*release
		for rev := range strings.FieldsSeq(string(gitOut(t, dir, "log", "--reverse", "--format=%h", "--", service))) {
			releases = append(releases, loadRelease(t, dir, service, rev))
			if n := len(releases); n > 1 {
				all.step(t, releases[n-2], releases[n-1])
			}
		}
		if *history || slices.Contains(quickPrograms, service) {
			all.programs(t, service, releases)
		}
	}
	precision, recall := ratio(all.right, all.right+all.wrong), ratio(all.covered, all.broken)
	t.Logf("%d steps, %d red; %d uses compiled, %d broken: precision %.3f, recall %.3f", all.steps, all.red, all.uses, all.broken, precision, recall)
	if precision < 0.98 || recall < 1 || all.steps < 20 {
		t.Errorf("precision %.3f, recall %.3f over %d steps", precision, recall, all.steps)
	}
	t.Logf("programs of %d operations: %d of %d red by the next release, %d of %d by the one a year later", operationsUsed, all.next.red, all.next.judged, all.year.red, all.year.judged)
	if all.next.isNoisy() || all.year.isNoisy() {
		t.Errorf("of programs that use %d operations are red %.3f by the next release, and %.3f by the one a year later", operationsUsed, ratio(all.next.red, all.next.judged), ratio(all.year.red, all.year.judged))
	}
	if *history {
		comparePage(t, all.table())
	}
}

func ratio(a, b int) float64 {
	if b == 0 {
		return 1
	}
	return float64(a) / float64(b)
}

// step judges one step.
func (a *tally) step(t *testing.T, before, after *release) {
	t.Helper()
	report, err := lathe.Compare(before.api, after.api)
	if err != nil {
		t.Fatalf("%s to %s: %v", before.name, after.name, err)
	}
	a.steps++
	if report.Fails(rules.Breaking) {
		a.red++
	}
	because := map[string]bool{}
	reported := map[string]bool{}
	uses, imports, err := goapi.UsesOf(before.client)
	if err != nil {
		t.Fatalf("%s: %v", before.name, err)
	}
	broken, err := goapi.Broken(after.client, uses, imports)
	if err != nil {
		t.Fatalf("%s: %v", after.name, err)
	}
	a.uses += len(uses)
	for i := range report.Changes {
		c := &report.Changes[i]
		if strings.Contains(c.Text, "a rule is missing") || strings.Contains(c.Hint, "a rule is missing") {
			t.Errorf("%s to %s: %s", before.name, after.name, c.Hint)
		}
		if c.Severity() == rules.Breaking {
			because[c.Rule.ID] = true
		}
		if c.Go == rules.Breaking {
			a.verdict(t, before.name+" to "+after.name, c, broken, reported)
		}
	}
	for rule := range because {
		a.byRule[rule]++
		if len(because) == 1 {
			a.alone[rule]++
		}
	}
	for object, why := range broken {
		a.broken++
		if reported[object] || reported[object[:max(strings.LastIndexByte(object, '.'), 0)]] || reported["package "+object[:max(strings.IndexByte(object, '.'), 0)]] {
			a.covered++
		} else {
			t.Errorf("%s to %s: %s breaks and is not reported: %s", before.name, after.name, object, why)
		}
	}
}

// verdict checks a change that is said to break Go.
func (a *tally) verdict(t *testing.T, step string, c *diff.Change, broken map[string]string, reported map[string]bool) {
	t.Helper()
	confirmed := false
	for _, g := range c.GoChanges {
		if g.Severity == rules.Breaking {
			reported[g.Object] = true
			for object := range broken {
				confirmed = confirmed || object == g.Object || strings.HasPrefix(object, g.Object+".") || "package "+object[:max(strings.IndexByte(object, '.'), 0)] == g.Object
			}
		}
	}
	if confirmed {
		a.right++
	} else {
		a.wrong++
		t.Logf("%s: no caller breaks by %s at %s: %+v", step, c.Rule.ID, c.Place, c.GoChanges)
	}
}

// table is what the page says of all steps.
func (a *tally) table() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d steps, %d of them red:\n\n| rule | red steps | of these by this rule alone |\n|---|---|---|\n", a.steps, a.red)
	names := slices.SortedFunc(maps.Keys(a.byRule), func(x, y string) int { return cmp.Or(cmp.Compare(a.byRule[y], a.byRule[x]), cmp.Compare(x, y)) })
	for _, rule := range names {
		fmt.Fprintf(&b, "| `%s` | %d | %d |\n", rule, a.byRule[rule], a.alone[rule])
	}
	fmt.Fprintf(&b, "\nOf %d breaking verdicts on Go a compiler confirms %d; of %d uses of the old clients\n%d do not compile against the next one, of which %d are reported as breaking.\n", a.right+a.wrong, a.right, a.uses, a.broken, a.covered)
	fmt.Fprintf(&b, "\nPrograms that use %d operations, chosen at random, %d a release, with what they set and\nread (`--program`):\n\n| judged against | programs | red | by rule |\n|---|---|---|---|\n", operationsUsed, programsPerRelease)
	b.WriteString(a.next.row("the next release"))
	b.WriteString(a.year.row("the release a year later"))
	return b.String()
}

// comparePage compares the part of the page between the marks, or writes it.
func comparePage(t *testing.T, table string) {
	t.Helper()
	const begin, end = "<!-- history -->\n", "<!-- /history -->"
	page, err := os.ReadFile(historyPage)
	if err != nil {
		t.Fatal(err)
	}
	head, rest, ok := bytes.Cut(page, []byte(begin))
	was, tail, closed := bytes.Cut(rest, []byte(end))
	if !ok || !closed {
		t.Fatalf("%s has no marks", historyPage)
	}
	if string(was) == table {
		return
	}
	if !*update {
		t.Errorf("%s says\n%s\nand it is\n%s\n-update writes it", historyPage, was, table)
		return
	}
	if err := os.WriteFile(historyPage, slices.Concat(head, []byte(begin+table+end), tail), 0o600); err != nil {
		t.Fatal(err)
	}
}

// loadRelease reads a service as it was in a revision, with its client.
func loadRelease(t *testing.T, dir, service, rev string) *release {
	t.Helper()
	files := fstest.MapFS{}
	for name := range strings.Lines(string(gitOut(t, dir, "ls-tree", "--name-only", rev, service+"/"))) {
		name = strings.TrimSpace(name)
		files[strings.TrimPrefix(name, service+"/")] = &fstest.MapFile{Data: gitOut(t, dir, "show", rev+":"+name)}
	}
	data, err := fs.ReadFile(files, "service-2.json")
	if err != nil {
		t.Fatal(err)
	}
	name := service + " " + rev
	api, err := c2j.Load(name, data, c2j.Options{Siblings: files})
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	speaks, problem := protocol.For(api, "")
	if problem != nil {
		t.Fatalf("%s: %v", name, problem)
	}
	unsupported := plan.Unsupported(api, speaks)
	var kept []string
	for _, op := range api.Operations {
		if len(unsupported(op)) == 0 {
			kept = append(kept, op.Name)
		}
	}
	chosen, _ := spec.Select(api, kept)
	date, err := time.Parse(time.RFC3339, strings.TrimSpace(string(gitOut(t, dir, "show", "-s", "--format=%aI", rev))))
	if err != nil {
		t.Fatal(err)
	}
	_, client := renderClient(t, chosen)
	return &release{name, date, api, chosen, client}
}

// renderClient plans and renders a client in memory.
func renderClient(t *testing.T, api *spec.API) (*plan.Package, goapi.Package) {
	t.Helper()
	const path = "client"
	p, err := plan.Build(api, plan.Config{Package: path, ImportPath: path, Runtime: path + "/internal"})
	if err != nil {
		t.Fatal(err)
	}
	client := goapi.Package{Path: path, Files: map[string][]byte{}}
	for _, f := range templates.Files(p) {
		if !f.Runtime {
			if client.Files[f.Path], err = f.Render(); err != nil {
				t.Fatal(err)
			}
		}
	}
	return p, client
}

func gitOut(t *testing.T, dir string, args ...string) []byte {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "git", args...)
	cmd.Dir = dir
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("git %v: %v", args, err)
	}
	return out
}
