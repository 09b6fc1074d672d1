// Command toolexec runs another command, a tool of the Go toolchain for one, and notes
// what it took:
//
//	TOOLEXEC_LOG=file go build -toolexec=toolexec …
//
// It adds a line to the log: user and system time and time by the clock in nanoseconds,
// the largest resident set in bytes, the command, and the package if there is one.
// (The resident set of a process counts from before it became another program, so
// that it must be started by a small one: this.)
package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"example.com/lathe/bench/internal/measure"
)

func main() {
	if len(os.Args) < 2 {
		fmt.Fprintln(os.Stderr, "toolexec: no tool is named")
		os.Exit(2)
	}
	cmd := exec.Command(os.Args[1], os.Args[2:]...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	start := time.Now()
	err := cmd.Run()
	wall := time.Since(start)
	if _, failed := errors.AsType[*exec.ExitError](err); err != nil && !failed {
		fmt.Fprintln(os.Stderr, "toolexec:", err)
		os.Exit(1)
	}
	if !slices.Contains(os.Args, "-V=full") { // asked for its version, a tool does no work
		if err := note(cmd, wall); err != nil {
			fmt.Fprintln(os.Stderr, "toolexec:", err)
			os.Exit(1)
		}
	}
	os.Exit(cmd.ProcessState.ExitCode())
}

func note(cmd *exec.Cmd, wall time.Duration) error {
	log, err := os.OpenFile(os.Getenv("TOOLEXEC_LOG"), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	s := cmd.ProcessState
	tool := strings.TrimSuffix(filepath.Base(cmd.Path), ".exe")
	_, err = fmt.Fprintf(log, "%d %d %.0f %s %s\n", s.UserTime()+s.SystemTime(), wall, measure.PeakMemory(s), tool,
		os.Getenv("TOOLEXEC_IMPORTPATH"))
	return errors.Join(err, log.Close())
}
