package interop

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	"example.com/lathe/interop/compare"
)

// The effects of a difference stand in testdata/differences/<id>.txt: a line
// "= scenario" for each scenario that shows it, below it a line "@ where" for each
// thing that differs, and there what the official client does, after a minus, and
// what ours does, after a plus. Writing down a scenario is a decision; what it
// shows is filled in with -update.
var update = flag.Bool("update", false, "write down what the scenarios show that the tables of differences name")

const effectsFolder = "testdata/differences"

// effects are what the scenarios of one difference show, by scenario.
type effects map[string]string

// readEffects reads the effects of a difference.
func readEffects(t *testing.T, id string) effects {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(effectsFolder, filepath.Base(id)+".txt"))
	if err != nil {
		t.Fatal(err)
	}
	out, scenario := effects{}, ""
	for line := range strings.SplitSeq(string(text), "\n") {
		name, isName := strings.CutPrefix(line, "= ")
		switch {
		case isName:
			if _, twice := out[name]; twice {
				t.Errorf("%s.txt has %s twice", id, name)
			}
			scenario = name
			out[scenario] = ""
		case line != "":
			out[scenario] += line + "\n"
		}
	}
	return out
}

// write writes the effects back.
func (e effects) write(t *testing.T, id string) {
	t.Helper()
	var out strings.Builder
	for _, name := range slices.Sorted(maps.Keys(e)) {
		fmt.Fprintf(&out, "= %s\n%s\n", name, e[name])
	}
	if err := os.WriteFile(filepath.Join(effectsFolder, id+".txt"), []byte(out.String()), 0o600); err != nil {
		t.Fatal(err)
	}
}

// show writes differences as effects are written.
func show(all []compare.Difference) string {
	var out strings.Builder
	for _, d := range all {
		fmt.Fprintf(&out, "@ %s\n", d.Path)
		showSide(&out, "-", d.Official)
		showSide(&out, "+", d.Ours)
	}
	return out.String()
}

func showSide(out *strings.Builder, sign, text string) {
	if text == "" {
		return
	}
	for line := range strings.SplitSeq(text, "\n") {
		fmt.Fprintf(out, "%s %s\n", sign, printable(line))
	}
}

// printable escapes what would not show.
func printable(line string) string {
	var out strings.Builder
	for _, r := range line {
		if unicode.IsPrint(r) {
			out.WriteRune(r)
		} else {
			fmt.Fprintf(&out, `\u{%x}`, r)
		}
	}
	return out.String()
}

// ledger is the table of differences together with their effects.
type ledger struct {
	effects map[string]effects // by id
	owner   map[string]string  // the id, by scenario
}

func openLedger(t *testing.T) *ledger {
	t.Helper()
	l := &ledger{effects: map[string]effects{}, owner: map[string]string{}}
	for _, d := range differences() {
		l.effects[d.id] = readEffects(t, d.id)
		for name := range l.effects[d.id] {
			if other, taken := l.owner[name]; taken {
				t.Errorf("scenario %s belongs to %s and to %s", name, other, d.id)
			}
			l.owner[name] = d.id
		}
	}
	return l
}

// check fails for a difference that no row has, and for an effect that a scenario
// does not show.
func (l *ledger) check(t *testing.T, name string, all []compare.Difference) {
	t.Helper()
	got := show(all)
	id, known := l.owner[name]
	switch {
	case !known && got != "":
		t.Errorf("the clients differ, and no row says so:\n= %s\n%s", name, got)
	case known && got == "":
		t.Errorf("row %s says that the clients differ, and they don't", id)
	case known && *update:
		l.effects[id][name] = got
	case known && l.effects[id][name] != got:
		t.Errorf("the clients differ otherwise than row %s says:\n%snot\n%s", id, got, l.effects[id][name])
	}
}

// close writes the effects down if that is asked for.
func (l *ledger) close(t *testing.T) {
	t.Helper()
	if !*update {
		return
	}
	for id, e := range l.effects {
		e.write(t, id)
	}
}

// TestDifferences sees that every row is complete and in use: its scenarios exist
// and TestScenarios sees that they show it.
func TestDifferences(t *testing.T) {
	names := map[string]bool{}
	for _, s := range scenarios() {
		names[s.Name] = true
	}
	l := openLedger(t)
	files, err := filepath.Glob(filepath.Join(effectsFolder, "*.txt"))
	if err != nil || len(files) != len(l.effects) || len(files) != len(differences()) {
		t.Errorf("%d files for %d rows with different ids of %d, %v", len(files), len(l.effects), len(differences()), err)
	}
	for _, d := range differences() {
		if d.id == "" || d.where == "" || d.why == "" || len(l.effects[d.id]) == 0 {
			t.Errorf("row %q is not complete", d.id)
		}
		for name := range l.effects[d.id] {
			if !names[name] {
				t.Errorf("row %s names the scenario %q, which is not there", d.id, name)
			}
		}
	}
}
