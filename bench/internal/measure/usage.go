//go:build unix

package measure

import (
	"os"
	"runtime"
	"syscall"
	"time"
)

// cpu is the processor time that this process has used so far, in user code and in
// the kernel, on all cores: what other processes do at the same time is not in it.
func cpu() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		panic(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// PeakMemory is the largest resident set of a process that has ended, in bytes.
// It is at least that of the process that started it, which should be small.
func PeakMemory(s *os.ProcessState) float64 {
	u, ok := s.SysUsage().(*syscall.Rusage)
	if !ok {
		return 0
	}
	if runtime.GOOS == "darwin" { // the others count in KiB
		return float64(u.Maxrss)
	}
	return float64(u.Maxrss) * 1024
}
