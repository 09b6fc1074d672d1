package diff

import (
	"regexp/syntax"
	"slices"
)

// Bounds on the work of comparing two patterns: what is larger is not decided.
const (
	maxPattern = 4 << 10 // bytes
	maxSteps   = 20_000
)

// anyLine is a pattern that forbids line breaks at most. Whether a service means even
// that can't be told: read as a pattern for a part of the text it forbids nothing.
const anyLine = ".*"

// patternRule says whether a pattern allows less than another, more, or whether it
// can't be told.
func patternRule(before, after string) string {
	switch {
	case before == "" && after == anyLine, before == anyLine && after == "":
		return "pattern-changed"
	case before == "":
		return "pattern-tightened"
	case after == "":
		return "pattern-loosened"
	}
	a, errA := parsePattern(before)
	b, errB := parsePattern(after)
	if errA != nil || errB != nil {
		return "pattern-changed"
	}
	narrower, wider := includes(b, a), includes(a, b)
	switch {
	case narrower && !wider:
		return "pattern-loosened"
	case wider && !narrower:
		return "pattern-tightened"
	default:
		return "pattern-changed"
	}
}

// parsePattern reads a pattern as far as Go can; look-ahead for one it can't.
func parsePattern(pattern string) (*syntax.Regexp, error) {
	if len(pattern) > maxPattern {
		return nil, &syntax.Error{Code: syntax.ErrLarge}
	}
	return syntax.Parse(pattern, syntax.Perl)
}

// includes says that whatever the second pattern matches as a whole the first does
// too. It goes by the structure, so that it may say no where the answer is yes.
func includes(wide, narrow *syntax.Regexp) bool {
	return (&inclusion{steps: maxSteps}).holds(wide, narrow)
}

// inclusion is one comparison of patterns, with the steps it may still take.
type inclusion struct{ steps int }

func (i *inclusion) holds(wide, narrow *syntax.Regexp) bool {
	if i.steps--; i.steps < 0 {
		return false
	}
	wide, narrow = unwrap(wide), unwrap(narrow)
	if wide.Equal(narrow) {
		return true
	}
	if narrow.Op == syntax.OpAlternate {
		return all(narrow.Sub, func(alternative *syntax.Regexp) bool { return i.holds(wide, alternative) })
	}
	if wide.Op == syntax.OpAlternate && slices.ContainsFunc(wide.Sub, func(alternative *syntax.Regexp) bool { return i.holds(alternative, narrow) }) {
		return true
	}
	if isRepeat(wide) {
		a, b := repeatOf(wide), repeatOf(narrow)
		return a.min <= b.min && (a.max < 0 || b.max >= 0 && b.max <= a.max) && i.holds(a.of, b.of) || i.repeats(a, narrow)
	}
	if x, y := classOf(wide), classOf(narrow); x != nil && y != nil {
		return covers(x, y)
	}
	a, b := sequence(wide), sequence(narrow)
	return (len(a) > 1 || len(b) > 1) && i.inOrder(a, b)
}

// inOrder says that the parts of one sequence include those of another in turn;
// parts that may be empty may be passed over.
func (i *inclusion) inOrder(wide, narrow []*syntax.Regexp) bool {
	switch {
	case len(wide) == 0:
		return len(narrow) == 0
	case len(narrow) > 0 && i.holds(wide[0], narrow[0]) && i.inOrder(wide[1:], narrow[1:]):
		return true
	default:
		return repeatOf(wide[0]).min == 0 && i.inOrder(wide[1:], narrow)
	}
}

// repeats says that a sequence consists of as many things as a repetition of one
// character allows.
func (i *inclusion) repeats(r repeat, narrow *syntax.Regexp) bool {
	class := classOf(unwrap(r.of))
	least, most := 0, 0
	for _, part := range sequence(narrow) {
		p := repeatOf(part)
		if inner := classOf(unwrap(p.of)); class == nil || inner == nil || !covers(class, inner) {
			return false
		}
		least += p.min
		if p.max < 0 || most < 0 {
			most = -1
		} else {
			most += p.max
		}
	}
	return r.min <= least && (r.max < 0 || most >= 0 && most <= r.max)
}

func all(subs []*syntax.Regexp, holds func(*syntax.Regexp) bool) bool {
	return !slices.ContainsFunc(subs, func(s *syntax.Regexp) bool { return !holds(s) })
}

// unwrap removes groups, which do not matter to what matches.
func unwrap(r *syntax.Regexp) *syntax.Regexp {
	for r.Op == syntax.OpCapture {
		r = r.Sub[0]
	}
	return r
}

// sequence gives the parts of a pattern in order, one a character for literals.
func sequence(r *syntax.Regexp) []*syntax.Regexp {
	r = unwrap(r)
	switch r.Op {
	case syntax.OpConcat:
		var parts []*syntax.Regexp
		for _, sub := range r.Sub {
			parts = append(parts, sequence(sub)...)
		}
		return parts
	case syntax.OpLiteral:
		var parts []*syntax.Regexp
		for _, c := range r.Rune {
			parts = append(parts, &syntax.Regexp{Op: syntax.OpLiteral, Flags: r.Flags, Rune: []rune{c}})
		}
		return parts
	default:
		return []*syntax.Regexp{r}
	}
}

// repeat is how often something stands in a row; max is negative for no limit.
type repeat struct {
	of       *syntax.Regexp
	min, max int
}

func isRepeat(r *syntax.Regexp) bool {
	return r.Op == syntax.OpStar || r.Op == syntax.OpPlus || r.Op == syntax.OpQuest || r.Op == syntax.OpRepeat
}

func repeatOf(r *syntax.Regexp) repeat {
	r = unwrap(r)
	switch r.Op {
	case syntax.OpStar:
		return repeat{r.Sub[0], 0, -1}
	case syntax.OpPlus:
		return repeat{r.Sub[0], 1, -1}
	case syntax.OpQuest:
		return repeat{r.Sub[0], 0, 1}
	case syntax.OpRepeat:
		return repeat{r.Sub[0], r.Min, r.Max}
	default:
		return repeat{r, 1, 1}
	}
}

// classOf gives the characters that a pattern of one character matches, as pairs of
// first and last in order; nil for other patterns.
func classOf(r *syntax.Regexp) []rune {
	const last = '\U0010FFFF'
	switch {
	case r.Op == syntax.OpCharClass:
		return r.Rune
	case r.Op == syntax.OpAnyChar:
		return []rune{0, last}
	case r.Op == syntax.OpAnyCharNotNL:
		return []rune{0, '\n' - 1, '\n' + 1, last}
	case r.Op == syntax.OpLiteral && len(r.Rune) == 1 && r.Flags&syntax.FoldCase == 0:
		return []rune{r.Rune[0], r.Rune[0]}
	default:
		return nil
	}
}

// covers says whether each range of the second class lies in one of the first.
func covers(wide, narrow []rune) bool {
	for i := 0; i+1 < len(narrow); i += 2 {
		found := false
		for j := 0; j+1 < len(wide); j += 2 {
			found = found || wide[j] <= narrow[i] && narrow[i+1] <= wide[j+1]
		}
		if !found {
			return false
		}
	}
	return true
}
