package main

import (
	"runtime/debug"
	"testing"
)

// Both settings are taken from the environment where it has them.
func TestCollectRarely(t *testing.T) {
	percent, limit := debug.SetGCPercent(100), debug.SetMemoryLimit(-1)
	t.Cleanup(func() {
		debug.SetGCPercent(percent)
		debug.SetMemoryLimit(limit)
	})
	for _, tt := range []struct {
		gogc, gomemlimit string
		percent          int
		limit            int64
	}{
		{"", "", heapGrowth, memoryGoal},
		{"50", "", 100, memoryGoal},
		{"", "1GiB", heapGrowth, 1 << 40},
	} {
		debug.SetGCPercent(100)
		debug.SetMemoryLimit(1 << 40)
		t.Setenv("GOGC", tt.gogc)
		t.Setenv("GOMEMLIMIT", tt.gomemlimit)
		collectRarely()
		if gotPercent, gotLimit := debug.SetGCPercent(100), debug.SetMemoryLimit(-1); gotPercent != tt.percent || gotLimit != tt.limit {
			t.Errorf("GOGC=%s GOMEMLIMIT=%s: got %d and %d", tt.gogc, tt.gomemlimit, gotPercent, gotLimit)
		}
	}
}
