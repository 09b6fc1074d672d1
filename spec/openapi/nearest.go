package openapi

import "strings"

// maxSuggested bounds the names that are worth a suggestion, in bytes.
const maxSuggested = 100

// nearest gives the candidate that a name was most likely meant to be, or "".
func nearest(name string, candidates []string) string {
	return nearestWithin(name, candidates, len(name)/3)
}

// suggestion is a hint that asks whether the nearest candidate was meant, or "".
func suggestion(name string, candidates []string) string {
	if near := nearest(name, candidates); near != "" {
		return "did you mean " + near + "?"
	}
	return ""
}

// nearestWithin gives the candidate nearest to a name, or "" when all are more
// than limit edits away.
func nearestWithin(name string, candidates []string, limit int) string {
	if len(name) > maxSuggested {
		return ""
	}
	best, distance := "", limit+1
	for _, candidate := range candidates {
		if strings.EqualFold(name, candidate) {
			return candidate
		}
		if d := editDistance(name, candidate, distance); d < distance {
			best, distance = candidate, d
		}
	}
	return best
}

// editDistance counts the insertions, deletions, replacements and swaps of
// neighbours that turn a into b. Beyond the limit any larger number may be given.
func editDistance(a, b string, limit int) int {
	if len(a)-len(b) >= limit || len(b)-len(a) >= limit {
		return limit
	}
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}
