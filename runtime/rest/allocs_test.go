//go:build !race

package rest_test

import (
	"context"
	"fmt"
	"testing"

	"example.com/lathe/runtime/rest"
)

// TestAttemptAllocations: up to eight headers lie in a map of the small kind, and no
// attempt makes a larger one for headers that do not come.
func TestAttemptAllocations(t *testing.T) {
	const added = 4
	const want = 4 // the attempt, its text, the map and its entries
	for _, own := range []int{0, 1, 8 - added} {
		var r rest.Request
		r.Start("GET", "/")
		for i := range own {
			r.Header.Set(fmt.Sprintf("X-Own-%d", i), "v")
		}
		base := endpoint(t, "https://h")
		names := [added]string{"X-Added-0", "X-Added-1", "X-Added-2", "X-Added-3"}
		got := testing.AllocsPerRun(100, func() {
			a, err := r.NewAttempt(context.Background(), base, added)
			if err != nil {
				t.Fatal(err)
			}
			for _, name := range names {
				a.SetHeader(name, "v")
			}
		})
		if got != want {
			t.Errorf("%d headers and %d more: %v allocations, want %v", own, added, got, want)
		}
	}
}
