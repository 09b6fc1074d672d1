package diff

import (
	"slices"
	"strings"

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
}

// Rules are all rules, in the order in which one reads about an API: the service,
// its operations, their members, shapes and errors, and what is left for Go alone.
func Rules() []Rule {
	return slices.Concat(
		serviceRules[:], endpointRules[:], authRules[:], operationRules[:], traitRules[:], errorRules[:],
		memberRules[:], bindingRules[:], typeRules[:], constraintRules[:], enumRules[:], noteRules[:], goRules[:],
	)
}

// byID holds the rules by their ids.
var byID = func() map[string]Rule {
	all := map[string]Rule{}
	for _, r := range Rules() {
		all[r.ID] = r
	}
	return all
}()

// FindRule returns the rule of that id; for an id that no rule has it says which
// one is near, if any.
func FindRule(id string) (rule Rule, near string, ok bool) {
	if rule, ok = byID[id]; ok {
		return rule, "", true
	}
	var ids []string
	for _, r := range Rules() {
		ids = append(ids, r.ID)
	}
	return Rule{}, spec.Nearest(id, slices.Values(ids)), false
}

// Severity is the worst that the rule can say.
func (r Rule) Severity() Severity {
	return max(r.Wire.of(nil), r.Go.of(nil), r.Behaviour.of(nil))
}

// say fills the rule's sentence.
func (r Rule) say(what, before, after string) string {
	before, after = brief(before, after)
	return strings.NewReplacer("{what}", what, "{old}", before, "{new}", after).Replace(r.Sentence)
}

// brief shortens two values to what a sentence bears: what long ones have in common
// at the beginning, and what is too much at the end.
func brief(before, after string) (string, string) {
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
