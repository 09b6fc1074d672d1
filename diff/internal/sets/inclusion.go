package sets

import (
	"encoding/binary"
	"slices"
)

// inclusion decides whether one language holds another. It walks both programs side
// by side over texts of growing length: a layer is the pairs of states that texts of
// one length lead to. Layers repeat sooner or later, and then all lengths are known.
type inclusion struct {
	wide, narrow language
	steps        int // left for both
	runes        []rune
	pairs        []pair
	known        map[string]int
}

// pair is the states of both programs after some texts, with where they lead.
type pair struct {
	narrow, wide []uint32
	next         []int
	isExpanded   bool
	// bad pairs end texts that only the narrow pattern matches, good ones those that
	// both do.
	bad, good bool
}

func (i *inclusion) decide() Answer {
	i.wide.steps, i.narrow.steps = &i.steps, &i.steps
	i.runes = alphabet(i.wide, i.narrow)
	i.known = map[string]int{}
	start := i.add(i.narrow.closure([]uint32{uint32(i.narrow.prog.Start)}, atBegin),
		i.wide.closure([]uint32{uint32(i.wide.prog.Start)}, atBegin), true)
	layers := [][]int{{start}}
	first := map[string]int{key(layers[0]): 0}
	for n := 0; ; n++ {
		layer := layers[n]
		if len(layer) == 0 || i.narrow.max >= 0 && n > i.narrow.max {
			return Yes
		}
		if i.isWitness(layer, n) {
			return No
		}
		next, ok := i.advance(layer)
		if !ok || n > maxLayers {
			return Unknown
		}
		if from, repeats := first[key(next)]; repeats {
			return i.beyond(layers[from:], n+1)
		}
		first[key(next)] = n + 1
		layers = append(layers, next)
	}
}

// isWitness reports whether some text of a length is in the narrow language and not
// in the wide one.
func (i *inclusion) isWitness(layer []int, n int) bool {
	if n < i.narrow.min || i.narrow.max >= 0 && n > i.narrow.max {
		return false
	}
	outside := n < i.wide.min || i.wide.max >= 0 && n > i.wide.max
	return slices.ContainsFunc(layer, func(at int) bool { return i.pairs[at].bad || outside && i.pairs[at].good })
}

// beyond decides for all lengths from n on, whose layers are a cycle.
func (i *inclusion) beyond(cycle [][]int, n int) Answer {
	for at, layer := range cycle {
		for _, m := range i.candidates(n+at, len(cycle)) {
			if i.isWitness(layer, m) {
				return No
			}
		}
	}
	return Yes
}

// candidates are lengths of one layer of a cycle that stand for all others: the first
// ones within and outside of the limits.
func (i *inclusion) candidates(n, period int) []int {
	after := func(limit int) int { // the first length above a limit
		if n > limit {
			return n
		}
		return n + (limit-n+period)/period*period
	}
	all := []int{n, after(i.narrow.min - 1)}
	if i.wide.max >= 0 {
		all = append(all, after(max(i.wide.max, i.narrow.min-1)))
	}
	return all
}

// advance returns the pairs that texts of one character more lead to.
func (i *inclusion) advance(layer []int) ([]int, bool) {
	var next []int
	for _, at := range layer {
		if !i.pairs[at].isExpanded && !i.expand(at) {
			return nil, false
		}
		i.steps -= len(i.pairs[at].next) + 1
		next = append(next, i.pairs[at].next...)
	}
	slices.Sort(next)
	return slices.Compact(next), i.steps > 0
}

func (i *inclusion) expand(at int) bool {
	p := i.pairs[at]
	var next []int
	for _, r := range i.runes {
		if i.steps--; i.steps < 0 {
			return false
		}
		if narrow := i.narrow.step(p.narrow, r); narrow != nil {
			next = append(next, i.add(narrow, i.wide.step(p.wide, r), false))
		}
	}
	slices.Sort(next)
	i.pairs[at].next, i.pairs[at].isExpanded = slices.Compact(next), true
	return true
}

// add returns the number of a pair. The empty text is a pair of its own, for it is
// where a text both begins and ends.
func (i *inclusion) add(narrow, wide []uint32, isEmpty bool) int {
	name := key(narrow) + "/" + key(wide)
	if isEmpty {
		name = "begin"
	}
	if at, ok := i.known[name]; ok {
		return at
	}
	matches := i.narrow.accepts(narrow, isEmpty)
	both := matches && i.wide.accepts(wide, isEmpty)
	i.known[name] = len(i.pairs)
	i.pairs = append(i.pairs, pair{narrow: narrow, wide: wide, bad: matches && !both, good: both})
	return len(i.pairs) - 1
}

func key[T int | uint32](numbers []T) string {
	b := make([]byte, 0, 4*len(numbers))
	for _, n := range numbers {
		b = binary.LittleEndian.AppendUint32(b, uint32(n))
	}
	return string(b)
}
