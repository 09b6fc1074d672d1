package sets

import (
	"fmt"
	"math"
	"regexp"
	"regexp/syntax"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// Bounds on the work: what is larger is not decided.
const (
	maxPattern = 4 << 10 // bytes
	maxSteps   = 300_000
	maxProgram = 20_000 // instructions
	maxLayers  = 20_000
)

// language is a pattern as a program, with limits on the length.
type language struct {
	prog     *syntax.Prog
	min, max int // max is negative for no limit
	// steps are left for both languages of a comparison.
	steps *int
}

func newLanguage(t Texts, dotIsAny bool) (language, bool) {
	least, okLeast := length(t.Length.Min, 0)
	most, okMost := length(t.Length.Max, -1)
	l := language{min: least, max: most}
	pattern := t.Pattern
	if pattern == "" {
		pattern = `[\x00-\x{10FFFF}]*`
	}
	pattern, l.min, l.max = liftRepeat(pattern, l.min, l.max)
	if !okLeast || !okMost || len(pattern) > maxPattern || isProse(pattern) {
		return l, false
	}
	flags := syntax.Perl
	if dotIsAny {
		flags |= syntax.DotNL
	}
	tree, err := syntax.Parse(translate(pattern), flags)
	if err != nil {
		return l, false
	}
	l.prog, err = syntax.Compile(tree.Simplify())
	return l, err == nil && len(l.prog.Inst) <= maxProgram && !hasWordBoundary(l.prog)
}

// prose matches what is no pattern: words with blanks between, and nothing that a
// pattern is made of. A published model has "See rules in parameter description".
var prose = regexp.MustCompile(`^[A-Za-z]+( [A-Za-z]+){2,}$`)

func isProse(pattern string) bool { return prose.MatchString(pattern) }

func length(text string, otherwise int) (int, bool) {
	if text == "" {
		return otherwise, true
	}
	n, err := strconv.Atoi(text)
	return n, err == nil && n >= 0 && n < math.MaxInt32
}

// repeated is a pattern that is one character over and over.
var repeated = regexp.MustCompile(`^(\[(?:[^\]\\]|\\.)+\]|\\[a-zA-Z]|\.)(\*|\+|\{(\d+)(,?)(\d*)\})$`)

// liftRepeat takes the count out of a pattern that is one character over and over: it
// is a limit on the length. Counts above 1000 can be read in no other way.
func liftRepeat(pattern string, least, most int) (string, int, int) {
	m := repeated.FindStringSubmatch(pattern)
	if m == nil || strings.Contains(m[1], "[[") {
		return pattern, least, most
	}
	from, to := 0, -1
	switch {
	case m[2] == "+":
		from = 1
	case m[3] != "":
		from, _ = strconv.Atoi(m[3]) // digits
		if to, _ = strconv.Atoi(m[5]); m[5] == "" {
			to = -1
		}
		if m[4] == "" {
			to = from
		}
	}
	if to >= 0 && (most < 0 || to < most) {
		most = to
	}
	return m[1] + "*", max(least, from), most
}

// escaped is a character as Java and JavaScript write it; above 0xFFFF it is two. It also
// matches what else stands behind a backslash, which may be another one.
var escaped = regexp.MustCompile(
	`\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|(?s:\\.)`)

// translate writes characters as Go does.
func translate(pattern string) string {
	return escaped.ReplaceAllStringFunc(pattern, func(text string) string {
		if len(text) < len(`\u0000`) {
			return text
		}
		r, _ := strconv.ParseUint(text[2:6], 16, 32)
		if len(text) > 6 {
			low, _ := strconv.ParseUint(text[8:12], 16, 32)
			r = (r-0xD800)<<10 + low - 0xDC00 + 0x10000
		}
		return `\x{` + strconv.FormatUint(r, 16) + `}`
	})
}

func hasWordBoundary(p *syntax.Prog) bool {
	return slices.ContainsFunc(p.Inst, func(i syntax.Inst) bool {
		op := syntax.EmptyOp(i.Arg)
		return i.Op == syntax.InstEmptyWidth && op&(syntax.EmptyWordBoundary|syntax.EmptyNoWordBoundary) != 0
	})
}

// closure adds the instructions that follow without reading anything, where the
// conditions hold that allowed has.
func (l language) closure(from []uint32, allowed syntax.EmptyOp) []uint32 {
	seen := map[uint32]bool{}
	stack := slices.Clone(from)
	var all []uint32
	for len(stack) > 0 {
		*l.steps--
		pc := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		if seen[pc] {
			continue
		}
		seen[pc] = true
		switch i := &l.prog.Inst[pc]; i.Op {
		case syntax.InstAlt, syntax.InstAltMatch:
			stack = append(stack, i.Arg, i.Out)
		case syntax.InstCapture, syntax.InstNop:
			stack = append(stack, i.Out)
		case syntax.InstEmptyWidth:
			if op := syntax.EmptyOp(i.Arg); op&^allowed == 0 {
				stack = append(stack, i.Out)
			} else {
				all = append(all, pc) // it may hold at the end
			}
		case syntax.InstFail:
		default:
			all = append(all, pc)
		}
	}
	slices.Sort(all)
	return all
}

const (
	atBegin = syntax.EmptyBeginText | syntax.EmptyBeginLine
	atEnd   = syntax.EmptyEndText | syntax.EmptyEndLine
)

// accepts reports whether a text may end in a state.
func (l language) accepts(state []uint32, isEmpty bool) bool {
	allowed := atEnd
	if isEmpty {
		allowed |= atBegin
	}
	return slices.ContainsFunc(
		l.closure(state, allowed), func(pc uint32) bool { return l.prog.Inst[pc].Op == syntax.InstMatch })
}

// step reads a character.
func (l language) step(state []uint32, r rune) []uint32 {
	var next []uint32
	for _, pc := range state {
		*l.steps--
		if i := &l.prog.Inst[pc]; isRune(i) && i.MatchRune(r) {
			next = append(next, i.Out)
		}
	}
	if next == nil {
		return nil
	}
	return l.closure(next, 0)
}

func isRune(i *syntax.Inst) bool {
	return i.Op == syntax.InstRune || i.Op == syntax.InstRune1 || i.Op == syntax.InstRuneAny ||
		i.Op == syntax.InstRuneAnyNotNL
}

// alphabet returns a character for each set of characters that both programs treat
// alike.
func alphabet(languages ...language) []rune {
	var reading []*syntax.Inst
	read := map[string]bool{}
	bounds := map[rune]bool{0: true, '\n': true, '\n' + 1: true}
	for _, l := range languages {
		for at := range l.prog.Inst {
			i := &l.prog.Inst[at]
			key := fmt.Sprint(i.Op, i.Arg, string(i.Rune))
			if !isRune(i) || read[key] {
				continue
			}
			read[key] = true
			reading = append(reading, i)
			addBounds(bounds, i)
		}
	}
	known := map[string]bool{}
	var all []rune
	for r := range bounds {
		key := make([]byte, len(reading))
		for n, i := range reading {
			if i.MatchRune(r) {
				key[n] = 1
			}
		}
		if !known[string(key)] && r <= unicode.MaxRune {
			known[string(key)] = true
			all = append(all, r)
		}
	}
	slices.Sort(all)
	return all
}

// addBounds adds the characters at which what an instruction matches begins or ends;
// of a single one, also those that differ in case alone.
func addBounds(bounds map[rune]bool, i *syntax.Inst) {
	for n, r := range i.Rune {
		bounds[r+rune(n%2)] = true
	}
	if len(i.Rune) != 1 {
		return
	}
	for f := unicode.SimpleFold(i.Rune[0]); ; f = unicode.SimpleFold(f) {
		bounds[f], bounds[f+1] = true, true
		if f == i.Rune[0] {
			return
		}
	}
}
