package spec

import (
	"iter"
	"strings"
)

// Nearest returns the candidate that a name was probably meant to be, or "" when
// none is close: the first with the fewest edits (insertions, deletions,
// replacements), of which there may be a third of the name's length. Case does not
// count.
func Nearest(name string, candidates iter.Seq[string]) string {
	return NearestWithin(name, candidates, len(name)/3)
}

// NearestWithin is [Nearest] with a limit of edits of one's own.
func NearestWithin(name string, candidates iter.Seq[string], limit int) string {
	best := ""
	name = strings.ToLower(name)
	row := make([]int, len(name)+1)
	for c := range candidates {
		if d := edits(name, strings.ToLower(c), limit, row); d <= limit {
			best, limit = c, d-1
		}
	}
	return best
}

// edits is the number of edits between two strings, or more than limit when there
// are more; row is room for one more int than name has bytes.
func edits(name, other string, limit int, row []int) int {
	if len(name)-len(other) > limit || len(other)-len(name) > limit {
		return limit + 1
	}
	for i := range row {
		row[i] = i
	}
	for i := range len(other) {
		diagonal, best := row[0], i+1
		row[0] = i + 1
		for j := range len(name) {
			cost := diagonal
			if name[j] != other[i] {
				cost = 1 + min(diagonal, row[j], row[j+1])
			}
			diagonal, row[j+1] = row[j+1], cost
			best = min(best, cost)
		}
		if best > limit {
			return limit + 1
		}
	}
	return row[len(name)]
}

// Choices is a hint that lists what there is behind a few words; it is empty when
// there is nothing.
func Choices(words string, names ...string) string {
	if len(names) == 0 {
		return ""
	}
	return words + " " + strings.Join(names, ", ")
}
