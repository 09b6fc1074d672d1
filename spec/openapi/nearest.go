package openapi

import (
	"slices"

	"example.com/lathe/spec"
)

// maxSuggested bounds the names that are worth a suggestion, in bytes.
const maxSuggested = 100

// nearest returns the candidate that a name was most likely meant to be, or "".
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

// nearestWithin returns the candidate nearest to a name, or "" when all are more
// than limit edits away.
func nearestWithin(name string, candidates []string, limit int) string {
	if len(name) > maxSuggested {
		return ""
	}
	return spec.NearestWithin(name, slices.Values(candidates), limit)
}
