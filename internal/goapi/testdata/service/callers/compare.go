package callers

import "example.com/client/types"

// Structs that are compared, and are keys.
func same(a, b types.Statistics) bool { return a == b }

var byPhase = map[types.Phase]int{}

func unique[T comparable](all []T) {}

func phases(all []types.Phase) { unique(all) }
