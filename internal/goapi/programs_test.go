package goapi_test

import (
	"fmt"
	"hash/crc32"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"example.com/lathe"
	"example.com/lathe/diff/rules"
	"example.com/lathe/internal/callers"
	"example.com/lathe/internal/goapi"
	"example.com/lathe/spec"
)

// Programs of three operations each, as many a release as that.
const (
	operationsUsed     = 3
	programsPerRelease = 2
	year               = 365 * 24 * time.Hour
)

// program is one that uses three operations of a release, as it was written then.
type program struct {
	since      int // the release
	operations []string
	uses       callers.Uses
}

// span is what came of judging programs against a later release.
type span struct {
	judged, red int
	byRule      map[string]int
}

// programs judges programs over the history of a service: each against the next
// release, and against the one a year later.
func (a *tally) programs(t *testing.T, service string, releases []*release) {
	t.Helper()
	for _, p := range writePrograms(t, service, releases) {
		if next := p.since + 1; next < len(releases) {
			a.next.judge(t, p, releases[p.since], releases[next])
		}
		later := slices.IndexFunc(releases, func(r *release) bool { return !r.date.Before(releases[p.since].date.Add(year)) })
		if later >= 0 {
			a.year.judge(t, p, releases[p.since], releases[later])
		}
	}
}

// judge compares two releases as gen diff does with --program.
func (s *span) judge(t *testing.T, p *program, before, after *release) {
	t.Helper()
	old, _ := spec.Select(before.api, p.operations)
	now, _ := spec.Select(after.api, p.operations)
	report, err := lathe.Compare(old, now)
	if err != nil {
		t.Fatalf("%s to %s: %v", before.name, after.name, err)
	}
	report.Weigh(p.uses)
	s.judged++
	if !report.Fails(rules.Breaking) {
		return
	}
	s.red++
	because := map[string]bool{}
	for i := range report.Changes {
		if c := &report.Changes[i]; c.Severity() == rules.Breaking {
			because[c.Rule.ID] = true
			t.Logf("%s to %s, %s: %s at %s: %s", before.name, after.name, strings.Join(p.operations, ", "), c.Rule.ID, c.Place, c.Text)
		}
	}
	for rule := range because {
		s.byRule[rule]++
	}
}

// writePrograms writes programs of random operations of each release, the same ones in
// each run, and finds what they use as gen diff does.
func writePrograms(t *testing.T, service string, releases []*release) []*program {
	t.Helper()
	rnd := rand.New(rand.NewPCG(1, uint64(crc32.ChecksumIEEE([]byte(service)))))
	var all []*program
	for i, r := range releases[:len(releases)-1] {
		for range programsPerRelease {
			p := &program{since: i}
			for _, at := range rnd.Perm(len(r.usable.Operations))[:min(operationsUsed, len(r.usable.Operations))] {
				p.operations = append(p.operations, r.usable.Operations[at].Name)
			}
			chosen, _ := spec.Select(r.usable, p.operations)
			pkg, client := renderClient(t, chosen)
			source := writeProgram(pkg, rnd)
			checked, err := goapi.CheckProgram(client, source)
			if err != nil {
				t.Fatalf("%s: %v\n%s", r.name, err, source)
			}
			p.uses = callers.Of(checked, "", client.Path)
			for _, op := range p.operations {
				if len(p.uses["(*Client)."+op]) == 0 {
					t.Errorf("%s: the program does not use %s", r.name, op)
				}
			}
			all = append(all, p)
		}
	}
	return all
}

// row is what the page says of programs.
func (s *span) row(against string) string {
	var rules []string
	for _, rule := range slices.Sorted(maps.Keys(s.byRule)) {
		rules = append(rules, fmt.Sprintf("`%s` %d", rule, s.byRule[rule]))
	}
	return fmt.Sprintf("| %s | %d | %d (%.1f %%) | %s |\n", against, s.judged, s.red, 100*ratio(s.red, s.judged), strings.Join(rules, ", "))
}

// isNoisy reports whether five in a hundred programs are red.
func (s *span) isNoisy() bool { return s.judged == 0 || 100*s.red >= 5*s.judged }
