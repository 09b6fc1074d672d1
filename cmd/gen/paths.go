package main

import (
	"maps"
	"path/filepath"
	"slices"
)

// absolute is filepath.Abs where the working directory is known, and the path
// itself where not.
func absolute(name string) string {
	if abs, err := filepath.Abs(name); err == nil {
		return abs
	}
	return name
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
