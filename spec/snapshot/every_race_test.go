//go:build race

package snapshot_test

// every is larger where each model takes several times as long.
const every = 10
