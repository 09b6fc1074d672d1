//go:build unix

package main

import (
	"os"
	"runtime"
	"syscall"
)

// peakOf returns the most memory that a process had at once.
func peakOf(p *os.ProcessState) int64 {
	used, ok := p.SysUsage().(*syscall.Rusage)
	switch {
	case !ok:
		return 0
	case runtime.GOOS == "darwin" || runtime.GOOS == "ios":
		return int64(used.Maxrss) //nolint:unconvert // an int32 on some platforms
	default:
		return int64(used.Maxrss) << 10 //nolint:unconvert // the same; in kilobytes here
	}
}
