// Command relay runs another command and writes what that took to a file: processor time
// in nanoseconds, and the most memory that it had at once in bytes.
//
//	relay FILE COMMAND [ARGUMENTS]
//
// The memory of a process counts from before it became another program, at least on
// Linux: a compiler that a generator starts has had all that the generator had. This one
// is small. Package weigh has its source, and builds it where it measures.
package main

import (
	"fmt"
	"os"
	"os/exec"
)

func main() {
	const first = 2 // file and command come before the arguments
	if len(os.Args) <= first {
		fmt.Fprintln(os.Stderr, "relay: name a file and a command")
		os.Exit(1)
	}
	cmd := exec.Command(os.Args[first], os.Args[first+1:]...) //nolint:gosec,noctx // that is what it is for
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	err := cmd.Run()
	if err == nil {
		s := cmd.ProcessState
		err = os.WriteFile(os.Args[1], fmt.Appendln(nil, int64(s.UserTime()+s.SystemTime()), peakOf(s)), 0o600)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "relay:", err)
		os.Exit(1)
	}
}
