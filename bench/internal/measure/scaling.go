package measure

import (
	"runtime"
	"sync"
	"sync/atomic"
	"time"
)

// Load is what a number of goroutines get done together.
type Load struct {
	// Rate is in operations a second of the clock on the wall.
	Rate float64
	// CPU is processor time per operation, in nanoseconds. It grows when goroutines
	// get into each other's way at work, and not when other processes do.
	CPU float64
}

// Throughput has several goroutines repeat op for d.
func Throughput(goroutines int, d time.Duration, op func()) Load {
	runtime.GC()
	var done atomic.Int64
	var stop atomic.Bool
	var all sync.WaitGroup
	start, used := time.Now(), cpu()
	for range goroutines {
		all.Go(func() {
			n := int64(0)
			for ; !stop.Load(); n++ {
				op()
			}
			done.Add(n)
		})
	}
	time.Sleep(d)
	stop.Store(true)
	all.Wait()
	used, wall := cpu()-used, time.Since(start)
	n := float64(max(1, done.Load()))
	return Load{Rate: n / wall.Seconds(), CPU: float64(used) / n}
}
