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
	"path/filepath"
	"slices"
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
	command := e.Command
	if len(command) > maxCommand {
		command = command[:maxCommand] + "…"
	}
	return fmt.Sprintf("%s: %v\n%s%s", command, e.Err, strings.TrimRight(strings.Join(lines, ""), "\n"), rest)
}

// Unwrap returns how the command ended.
func (e *Error) Unwrap() error { return e.Err }

// maxLines bounds what is shown of a command's output, and maxCommand what of the command
// itself, which may name hundreds of packages.
const (
	maxLines   = 20
	maxCommand = 200
)

// Run runs the go command in the module, and returns what it printed to standard output.
func (p Program) Run(ctx context.Context, args ...string) (string, error) {
	flags := p.flags(args)
	if len(flags) > 0 {
		at := 1
		if args[0] == "mod" {
			at = 2
		}
		args = slices.Insert(slices.Clone(args), at, flags...)
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
		shown := slices.DeleteFunc(args, func(arg string) bool { return slices.Contains(flags, arg) })
		return "", &Error{"go " + strings.Join(shown, " "), stderr.String() + stdout.String(), err}
	}
	return stdout.String(), nil
}

// flags are those that a command needs for the other go.mod, with which no folder vendor agrees.
func (p Program) flags(args []string) []string {
	switch {
	case p.ModFile == "":
		return nil
	case args[0] == "mod" || slices.Contains(args, "-mod=mod") || !IsVendored(p.Root):
		return []string{"-modfile=" + p.ModFile}
	default:
		return []string{"-modfile=" + p.ModFile, Unvendored}
	}
}

// Unvendored has the go command take modules from its cache, though there is a folder vendor.
const Unvendored = "-mod=readonly"

// IsVendored reports whether a module has its dependencies in a folder vendor.
func IsVendored(root string) bool {
	_, err := os.Stat(filepath.Join(root, "vendor", "modules.txt"))
	return err == nil
}

// IsTidy reports whether go mod tidy would change nothing.
func (p Program) IsTidy(ctx context.Context) bool {
	_, err := p.Run(ctx, "mod", "tidy", "-diff")
	return err == nil
}

// Tidy brings the go.mod to what the program needs, as go mod tidy does.
func (p Program) Tidy(ctx context.Context) error {
	_, err := p.Run(ctx, "mod", "tidy")
	return err
}

// Complete adds to the go.mod what the program needs, and takes out nothing.
func (p Program) Complete(ctx context.Context) error {
	_, err := p.Run(ctx, "list", "-e", "-mod=mod", "-deps", "-test", "-f", "", "./...")
	return err
}

// Platform is what a program is built for: this machine where all is empty.
type Platform struct {
	GOOS, GOARCH string
	Tags         []string
}

// on is the program on a platform.
func (p Program) on(platform Platform) Program {
	if platform.GOOS != "" {
		p.Env = append(slices.Clone(p.Env), "GOOS="+platform.GOOS, "GOARCH="+platform.GOARCH)
	}
	return p
}

// Proof is what came of building a program that can be built.
type Proof struct {
	// Complains reports whether go vet finds faults with it, which it found before, too.
	Complains bool
	// Left are the packages that were not built, for they can't be loaded with the program's
	// own go.mod either: some other step makes what they embed, say.
	Left []string
	// Packages are patterns of those that were vetted: all, or all but these. Built are those
	// of them that were built, for go build refuses to be asked for a package of tests alone.
	Packages, Built []string
}

// Builds builds and vets all packages on each of the platforms. Faults that go vet finds
// with the program as it is are no error.
func (p Program) Builds(ctx context.Context, platforms []Platform) (Proof, error) {
	if len(platforms) == 0 {
		platforms = []Platform{{}}
	}
	var proof Proof
	var errs []error
	for i, platform := range platforms {
		one, err := p.on(platform).builds(ctx, "-tags="+strings.Join(platform.Tags, ","))
		if i == 0 {
			proof.Packages, proof.Built = one.Packages, one.Built
		}
		proof.Complains = proof.Complains || one.Complains
		proof.Left = append(proof.Left, one.Left...)
		errs = append(errs, err)
	}
	slices.Sort(proof.Left)
	proof.Left = slices.Compact(proof.Left)
	return proof, errors.Join(errs...)
}

// builds does so on the platform that p is on already.
func (p Program) builds(ctx context.Context, tags string) (proof Proof, err error) {
	proof.Packages, proof.Built = []string{"./..."}, []string{"./..."}
	_, err = p.Run(ctx, "build", tags, "-o", os.DevNull, "./...")
	if _, failed := errors.AsType[*Error](err); failed {
		part, listed := p.loadable(ctx, tags)
		if listed != nil || len(part.Built) == 0 || len(part.Left) == 0 {
			return proof, err
		}
		proof = part
		_, err = p.Run(ctx, slices.Concat([]string{"build", tags, "-o", os.DevNull}, proof.Built)...)
	}
	if err != nil {
		return proof, err
	}
	_, err = p.Run(ctx, slices.Concat([]string{"vet", tags}, proof.Packages)...)
	if failed, ok := errors.AsType[*Error](err); ok && p.complainedBefore(ctx, failed, tags, proof.Packages) {
		proof.Complains, err = true, nil
	}
	return proof, err
}

// loadable are the packages that can be loaded with the program's own go.mod, with all that
// they import, and the others.
func (p Program) loadable(ctx context.Context, tags string) (part Proof, err error) {
	p.ModFile = ""
	const form = "{{.Incomplete}} {{if or .GoFiles .CgoFiles}}code{{else}}tests{{end}} {{.ImportPath}}"
	out, err := p.Run(ctx, "list", "-e", tags, "-f", form, "./...")
	for line := range strings.Lines(out) {
		words := strings.Fields(line)
		if words[0] == "true" {
			part.Left = append(part.Left, words[2])
			continue
		}
		part.Packages = append(part.Packages, words[2])
		if words[1] == "code" {
			part.Built = append(part.Built, words[2])
		}
	}
	return part, err
}

// complainedBefore reports whether go vet finds all of these faults with the program's own
// go.mod, too. The packages that clients stand in for are built for this alone.
func (p Program) complainedBefore(ctx context.Context, now *Error, tags string, packages []string) bool {
	p.ModFile = ""
	_, err := p.Run(ctx, slices.Concat([]string{"vet", tags}, packages)...)
	before, ok := errors.AsType[*Error](err)
	if !ok {
		return false
	}
	known := strings.Split(before.Output, "\n")
	for line := range strings.SplitSeq(now.Output, "\n") {
		if !slices.Contains(known, line) {
			return false
		}
	}
	return true
}
