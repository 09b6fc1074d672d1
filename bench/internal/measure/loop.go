// Package measure measures operations of this process and of others, and sums up
// what several rounds gave.
package measure

import (
	"runtime"
	"time"
)

// Cost is what one operation takes. CPU and Wall are in nanoseconds; garbage
// collection during the loop is in CPU.
type Cost struct{ CPU, Wall, Allocs, Bytes float64 }

// Plus adds a share of d.
func (c Cost) Plus(d Cost, share float64) Cost {
	return Cost{c.CPU + share*d.CPU, c.Wall + share*d.Wall, c.Allocs + share*d.Allocs, c.Bytes + share*d.Bytes}
}

// Minus is what c takes more than d.
func (c Cost) Minus(d Cost) Cost { return c.Plus(d, -1) }

// Loop runs op n times and returns the mean cost. It starts with a clean heap, so that
// nobody pays for the garbage of others, and with half as many runs that do not count,
// so that nobody pays for pools and pages that the last one left empty.
func Loop(n int, op func()) Cost {
	var before, after runtime.MemStats
	runtime.GC()
	for range (n + 1) / 2 {
		op()
	}
	runtime.ReadMemStats(&before)
	start, used := time.Now(), cpu()
	for range n {
		op()
	}
	used, wall := cpu()-used, time.Since(start)
	runtime.ReadMemStats(&after)
	per := func(total float64) float64 { return total / float64(n) }
	return Cost{
		CPU: per(float64(used)), Wall: per(float64(wall)),
		Allocs: per(float64(after.Mallocs - before.Mallocs)), Bytes: per(float64(after.TotalAlloc - before.TotalAlloc)),
	}
}

// Times returns how often op fits into d of processor time, at least once, and warms it
// up by the way.
func Times(d time.Duration, op func()) int {
	for n := 1; ; n *= 2 {
		start := cpu()
		for range n {
			op()
		}
		if took := cpu() - start; took >= d/4 {
			return max(1, int(float64(n)*float64(d)/float64(took)))
		}
	}
}
