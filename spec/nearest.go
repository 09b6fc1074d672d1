package spec

import (
	"iter"
	"strings"
)

// Nearest returns the candidate that a name was probably meant to be, or "" when
// none is close: the first with the fewest edits (insertions, deletions,
// replacements, neighbours in the wrong order), of which there may be a third of the
// name's length. Case does not count.
func Nearest(name string, candidates iter.Seq[string]) string {
	return NearestWithin(name, candidates, len(name)/3)
}

// NearestWithin is [Nearest] with a limit of edits of one's own.
func NearestWithin(name string, candidates iter.Seq[string], limit int) string {
	best := ""
	name = strings.ToLower(name)
	var rows [3][]int
	for i := range rows {
		rows[i] = make([]int, len(name)+1)
	}
	for c := range candidates {
		if d := edits(name, strings.ToLower(c), limit, rows); d <= limit {
			best, limit = c, d-1
		}
	}
	return best
}

// edits is the number of edits between two strings, or more than limit when there
// are more; each row has room for one more int than name has bytes.
func edits(name, other string, limit int, rows [3][]int) int {
	if len(name)-len(other) > limit || len(other)-len(name) > limit {
		return limit + 1
	}
	before, last, row := rows[0], rows[1], rows[2]
	for j := range row {
		row[j] = j
	}
	for i := range len(other) {
		before, last, row = last, row, before
		row[0] = i + 1
		best := row[0]
		for j := range len(name) {
			cost := last[j]
			if name[j] != other[i] {
				cost = 1 + min(last[j], row[j], last[j+1])
			}
			if i > 0 && j > 0 && name[j] == other[i-1] && name[j-1] == other[i] {
				cost = min(cost, before[j-1]+1)
			}
			row[j+1] = cost
			best = min(best, cost)
		}
		if best > limit+1 { // neighbours that change places reach back over a row
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
