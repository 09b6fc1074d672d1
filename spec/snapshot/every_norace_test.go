//go:build !race

package snapshot_test

// every says which of the models TestCorpus takes: all of them.
const every = 1
