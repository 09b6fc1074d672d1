package measure

import (
	"math"
	"slices"
)

// Summary is what several rounds gave: the median, and the quartiles, between which
// half of the rounds lie.
type Summary struct{ Low, Median, High float64 }

// Summarize sums up the values, of which there must be one at least.
func Summarize(values []float64) Summary {
	sorted := slices.Sorted(slices.Values(values))
	return Summary{quantile(sorted, 0.25), quantile(sorted, 0.5), quantile(sorted, 0.75)}
}

// Of sums up one figure of each round.
func Of[T any](rounds []T, figure func(T) float64) Summary {
	values := make([]float64, len(rounds))
	for i, r := range rounds {
		values[i] = figure(r)
	}
	return Summarize(values)
}

// Ratio sums up the ratio of one figure of a to that of b, round by round: what
// slows a whole round down cancels out.
func Ratio[T any](a, b []T, figure func(T) float64) Summary {
	values := make([]float64, len(a))
	for i := range a {
		values[i] = figure(a[i]) / figure(b[i])
	}
	return Summarize(values)
}

// quantile interpolates between the two values at the place.
func quantile(sorted []float64, q float64) float64 {
	at := q * float64(len(sorted)-1)
	below := math.Floor(at)
	low, high := sorted[int(below)], sorted[int(math.Ceil(at))]
	return low + (at-below)*(high-low)
}
