// Package rules is the table of what can differ between two versions of an API, and
// what each difference means to those who call it. A rule is one value: its id, its
// words, its severities, and the function that finds its differences.
//
// Each difference is judged on three axes: whether an old client still talks to the
// service (wire), whether a caller still compiles against the new client (Go), and
// whether that client behaves otherwise (behaviour). What a difference means depends
// on where it stands: a value that is new in an answer is not one that is new in a
// request.
package rules

import (
	"slices"
	"strings"

	"example.com/lathe/diff/internal/compare"
	"example.com/lathe/spec"
)

// Rule is one kind of difference and what it means.
type Rule struct {
	// ID is stable: approvals and programs name it.
	ID string
	// Title is the rule in a few words.
	Title string
	// Wire, Go and Behaviour are its verdicts. That on Go is for what has a place
	// in the Go API, and a prediction until the Go API itself was compared.
	Wire, Go, Behaviour Verdict
	// Sentence says what happened: {what} is the thing, {old} and {new} what was
	// there.
	Sentence string
	// Why argues the verdicts, Do says what to do about a difference, in one
	// sentence, and Example shows one.
	Why, Do, Example string
	// Whole rules concern the whole call: it fails, whatever of it a program uses.
	Whole bool
	// Excuses says that what a comparison of the Go APIs finds at the places of the
	// rule is what the rule says, and no more.
	Excuses bool

	// changesType says that the Go type of whatever uses the place changes with it.
	changesType bool
	check       check
}

// Finding is a difference that a rule found.
type Finding struct {
	Rule *Rule
	// Place is where it stands in the model; What is what a sentence calls it.
	Place, What string
	// Old and New say what stood there, at OldPos and NewPos.
	Old, New            string
	OldPos, NewPos      spec.Pos
	Wire, Go, Behaviour Severity
	// Operations are those that it concerns, Directions how they reach it.
	Operations []string
	Directions []Direction
	// OldGo and NewGo are the Go objects that it concerns on each side, Holders those
	// that hold what has no Go object of its own, and Methods those of the operations.
	OldGo, NewGo, Holders, Methods []string
}

// Findings are what came of running all rules over two versions of an API.
type Findings struct {
	All []Finding
	// Unrelated says that the two have no operation in common.
	Unrelated bool
	// PackageNames are what the Go packages of both clients are called.
	PackageNames []string
}

// All are all rules, in the order in which one reads about an API: the service, its
// operations, their members, shapes and errors, and what is left for Go alone.
func All() []*Rule { return table }

var table = func() []*Rule {
	var all []*Rule
	for _, group := range [][]Rule{
		serviceRules, endpointRules, authRules, operationRules, traitRules, errorRules,
		memberRules, bindingRules, typeRules, constraintRules, enumRules, noteRules, goRules,
	} {
		for i := range group {
			all = append(all, &group[i])
		}
	}
	return all
}()

// Find returns the rule of that id; for an id that no rule has the one that is near,
// if any.
func Find(id string) (rule *Rule, near string) {
	var ids []string
	for _, r := range table {
		if r.ID == id {
			return r, ""
		}
		ids = append(ids, r.ID)
	}
	return nil, spec.Nearest(id, slices.Values(ids))
}

// Severity is the worst that the rule can say.
func (r *Rule) Severity() Severity {
	return max(r.Wire.Of(nil), r.Go.Of(nil), r.Behaviour.Of(nil))
}

// Say fills the rule's sentence. What is new is not said again at its end where the thing
// has its name from it.
func (r *Rule) Say(what, before, after string) string {
	sentence := r.Sentence
	if strings.HasPrefix(what, after+" of ") {
		sentence = strings.TrimSuffix(sentence, ": {new}")
	}
	before, after = Brief(before, after)
	return strings.NewReplacer("{what}", what, "{old}", before, "{new}", after).Replace(sentence)
}

// Brief shortens two values to what a sentence bears: what long ones have in common
// at the beginning, and what is too much at the end.
func Brief(before, after string) (string, string) {
	const longest, kept = 120, 20
	a, b := []rune(before), []rune(after)
	same := 0
	for same < min(len(a), len(b)) && a[same] == b[same] {
		same++
	}
	cut := 0
	if max(len(a), len(b)) > longest && same > 2*kept {
		cut = same - kept
	}
	show := func(value []rune) string {
		if len(value) == 0 {
			return "nothing"
		}
		text := string(value[cut:min(len(value), cut+longest)])
		if cut > 0 {
			text = "…" + text
		}
		if len(value) > cut+longest {
			text += "…"
		}
		return text
	}
	return show(a), show(b)
}

// Compare runs all rules over two versions of an API, of which the operations to
// compare have been selected. Neither is changed.
func Compare(before, after *spec.API) Findings {
	c := compare.Models(before, after)
	r := &run{Comparison: c, seen: map[string]bool{}, reported: map[string]bool{}}
	for _, rule := range table {
		rule.check(r, func(at compare.Site, before, after string) { r.found(rule, at, before, after) })
	}
	return Findings{r.findings, c.IsUnrelated(), []string{c.Old.PackageName(), c.New.PackageName()}}
}

// run is one pass of the rules.
type run struct {
	*compare.Comparison
	findings []Finding
	seen     map[string]bool
	// reported are the Go objects of which some finding says that callers break.
	reported map[string]bool
	// compared is what the values allow, by their indices.
	compared []*allowed
}

// check finds differences and reports each of them.
type check func(r *run, found reporter)

// reporter takes a difference: where it is, and what stood there.
type reporter func(at compare.Site, before, after string)

// found judges a difference and adds it, once.
func (r *run) found(rule *Rule, at compare.Site, before, after string) {
	key := strings.Join([]string{rule.ID, at.Place, before, after}, "\x00")
	if r.seen[key] {
		return
	}
	r.seen[key] = true
	operations, directions := at.Reach()
	if rule.changesType {
		at.OldGo, at.NewGo = at.TypeGo()
	}
	f := Finding{
		Rule: rule, Place: at.Place, What: at.What, Old: before, New: after, OldPos: at.OldPos, NewPos: at.NewPos,
		Operations: operations, Directions: directionsOf(directions),
		OldGo: sortedSet(at.OldGo), NewGo: sortedSet(at.NewGo), Holders: at.Holders(), Methods: r.Old.Methods(operations),
	}
	f.Wire, f.Behaviour = rule.Wire.Of(f.Directions), rule.Behaviour.Of(f.Directions)
	if len(f.OldGo) > 0 { // what has no place in the old client breaks nobody
		f.Go = rule.Go.Of(f.Directions)
	}
	if f.Go == Breaking {
		for _, object := range f.OldGo {
			r.reported[object] = true
		}
	}
	r.findings = append(r.findings, f)
}

func sortedSet(names []string) []string {
	names = slices.Clone(names)
	slices.Sort(names)
	return slices.Compact(names)
}
