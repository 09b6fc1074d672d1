package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"syscall"
	"time"
)

// place is a folder in which commands run.
type place struct {
	dir string
	env []string
}

// used is what a command and those that it started have taken.
type used struct {
	Wall time.Duration `json:"nanoseconds"`
	CPU  time.Duration `json:"cpuNanoseconds"`
	// Memory is the most that one of them had at once.
	Memory int64 `json:"bytes"`
}

// limit ends a command that hangs.
const limit = time.Hour

// maxOutput bounds what is shown of a command that failed.
const maxOutput = 4000

// run runs a command, and returns what it wrote to standard output.
func (p place) run(ctx context.Context, name string, args ...string) ([]byte, error) {
	out, _, err := p.measured(ctx, name, args...)
	return out, err
}

// measured runs a command, and returns what it took, too.
func (p place) measured(ctx context.Context, name string, args ...string) ([]byte, used, error) {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Dir = p.dir
	cmd.Env = append(environment(), p.env...)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	start := time.Now()
	err := cmd.Run()
	took := used{Wall: time.Since(start)}
	if s := cmd.ProcessState; s != nil {
		took.CPU = s.UserTime() + s.SystemTime()
		if r, ok := s.SysUsage().(*syscall.Rusage); ok {
			took.Memory = r.Maxrss << 10
		}
	}
	if err != nil {
		text := stderr.String() + stdout.String()
		err = fmt.Errorf("%s %s: %w\n%s", name, strings.Join(args, " "), err, text[:min(len(text), maxOutput)])
	}
	return stdout.Bytes(), took, err
}

// environment is that of this process without what would have a say in programs: an
// account of AWS, a workspace.
func environment() []string {
	env := slices.DeleteFunc(os.Environ(), func(v string) bool { return strings.HasPrefix(v, "AWS_") })
	return append(env, "GOWORK=off", "GOFLAGS=-buildvcs=false", "AWS_EC2_METADATA_DISABLED=true",
		"GIT_CONFIG_GLOBAL="+os.DevNull)
}

// hasFailed reports whether a command ran and did not succeed.
func hasFailed(err error) bool {
	_, ok := errors.AsType[*exec.ExitError](err)
	return ok
}
