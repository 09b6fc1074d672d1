package goapi_test

import (
	"path"
	"slices"
	"strings"
	"testing"

	"example.com/lathe/internal/goapi"
)

// trial is a pair of clients in the module, with callers that are compiled
// against both.
type trial struct {
	name     string
	old, new goapi.Package
	callers  map[string]string
	// lost are the callers that import what a client has not, by side.
	lost map[string]map[string]bool
}

// TestReal compiles callers against both clients of every case, and of every
// change to a service, with Go's compiler, and sees that Compare has reported in both
// directions whether one of them breaks.
func TestReal(t *testing.T) {
	m := newRealModule(t)
	var trials []trial
	for _, c := range loadCases(t) {
		trials = append(trials, trial{
			name: c.name, callers: c.callers,
			old: m.client(c.old, c.name+"/old"), new: m.client(c.new, c.name+"/new"),
		})
	}
	trials = append(trials, m.serviceTrials()...)
	for i := range trials {
		trials[i].write(m)
	}
	failed := m.build()
	for file, why := range failed {
		if !strings.Contains(file, "callers/") {
			t.Errorf("a client does not compile: %s: %s", file, why)
		}
	}
	for _, trial := range trials {
		t.Run(trial.name, func(t *testing.T) {
			trial.verdict(t, trial.old, trial.new, trial.compiled("old", failed), trial.compiled("new", failed))
			trial.verdict(t, trial.new, trial.old, trial.compiled("new", failed), trial.compiled("old", failed))
		})
	}
}

// write writes the callers of both sides.
func (tr *trial) write(m *realModule) {
	tr.lost = map[string]map[string]bool{
		"old": m.callers(tr.callers, tr.old, tr.name+"/oldcallers"),
		"new": m.callers(tr.callers, tr.new, tr.name+"/newcallers"),
	}
}

// compiled returns the callers that compile against a side, by name.
func (tr *trial) compiled(side string, failed map[string]string) map[string]bool {
	good := map[string]bool{}
	for name := range tr.callers {
		_, bad := failed[path.Join(tr.name, side+"callers", name)]
		if !bad && !tr.lost[side][name] {
			good[name] = true
		}
	}
	return good
}

// verdict compares what Compare says with what became of the callers.
func (tr *trial) verdict(t *testing.T, from, to goapi.Package, before, after map[string]bool) {
	t.Helper()
	if len(before) == 0 {
		t.Errorf("no caller of %s compiles", from.Path)
	}
	var broken []string
	for name := range before {
		if !after[name] {
			broken = append(broken, name)
		}
	}
	slices.Sort(broken)
	all := changes(t, from, to)
	if breaking := isBreaking(all); breaking != (len(broken) > 0) {
		t.Errorf("from %s to %s: Compare says breaking: %v, Go breaks %v\n%s", from.Path, to.Path, breaking, broken, render(all))
	}
}

func isBreaking(all []goapi.Change) bool {
	return slices.ContainsFunc(all, func(c goapi.Change) bool { return c.Breaking })
}
