package callers

import "example.com/client/types"

// A switch over an enum, and a map of all its values.
func finished(s types.Status) bool {
	switch s {
	case types.StatusRunning:
		return false
	case types.StatusDone:
		return true
	default:
		return string(s) == "FAILED"
	}
}

var order = map[types.Status]int{types.StatusRunning: 1, types.StatusDone: 2}

var known []types.Status = types.StatusDone.Values()
