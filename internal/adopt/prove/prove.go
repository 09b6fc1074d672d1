// Package prove builds a program as it would be with another go.mod, before anything of
// the program is changed.
package prove

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
)

// Program is a module, and the go.mod with which it is built. A go.sum lies beside that.
type Program struct {
	// Root is the module's folder, ModFile a file whose name ends in .mod.
	Root, ModFile string
	// Env is added to the environment.
	Env []string
}

// Error is a go command that failed.
type Error struct {
	// Command is what was run, Output what it printed.
	Command, Output string
	Err             error
}

// Error returns the command and the beginning of what it printed.
func (e *Error) Error() string {
	lines := strings.SplitAfter(strings.TrimSpace(e.Output), "\n")
	rest := ""
	if len(lines) > maxLines {
		rest = fmt.Sprintf("\n… and %d lines more", len(lines)-maxLines)
		lines = lines[:maxLines]
	}
	return fmt.Sprintf("%s: %v\n%s%s", e.Command, e.Err, strings.TrimRight(strings.Join(lines, ""), "\n"), rest)
}

// Unwrap returns how the command ended.
func (e *Error) Unwrap() error { return e.Err }

// maxLines bounds what is shown of a command's output.
const maxLines = 20

// Run runs the go command in the module, and returns what it printed to standard output.
func (p Program) Run(ctx context.Context, args ...string) (string, error) {
	flag := "-modfile=" + p.ModFile
	if p.ModFile != "" {
		at := 1
		if args[0] == "mod" {
			at = 2
		}
		args = append(append(append([]string{}, args[:at]...), flag), args[at:]...)
	}
	cmd := exec.CommandContext(ctx, "go", args...) //nolint:gosec // the arguments are ours
	cmd.Dir = p.Root
	cmd.Env = append(append(os.Environ(), "GOWORK=off"), p.Env...)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err := cmd.Run()
	if ctx.Err() != nil {
		return "", context.Cause(ctx)
	}
	if err != nil {
		return "", &Error{strings.ReplaceAll("go "+strings.Join(args, " "), " "+flag, ""), stderr.String() + stdout.String(), err}
	}
	return stdout.String(), nil
}

// IsTidy reports whether go mod tidy would change nothing.
func (p Program) IsTidy(ctx context.Context) bool {
	_, err := p.Run(ctx, "mod", "tidy", "-diff")
	return err == nil
}

// Complete brings the go.mod to what the program needs: as go mod tidy does, or else
// without taking out what is no longer needed. It returns the mode in which the go
// command is to be run then.
func (p Program) Complete(ctx context.Context, tidy bool) error {
	if tidy {
		_, err := p.Run(ctx, "mod", "tidy")
		return err
	}
	_, err := p.Run(ctx, "list", "-mod=mod", "-deps", "-test", "-f", "", "./...")
	return err
}

// Builds builds and vets all packages, on each of the platforms, such as linux/arm64; on
// this one where there are none.
func (p Program) Builds(ctx context.Context, platforms, tags []string) error {
	if len(platforms) == 0 {
		platforms = []string{""}
	}
	var errs []error
	for _, platform := range platforms {
		on := p
		if system, arch, ok := strings.Cut(platform, "/"); ok {
			on.Env = append(append([]string{}, p.Env...), "GOOS="+system, "GOARCH="+arch)
		}
		for _, args := range [][]string{{"build", "-o", os.DevNull}, {"vet"}} {
			if len(tags) > 0 {
				args = append(args, "-tags", strings.Join(tags, ","))
			}
			_, err := on.Run(ctx, append(args, "./...")...)
			errs = append(errs, err)
			if err != nil {
				break
			}
		}
	}
	return errors.Join(errs...)
}
