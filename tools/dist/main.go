// Command dist builds gen for all platforms and writes what is published of it into a
// folder: an archive a platform with the program, its manual pages and completions, a
// bill of materials each, and the checksums of all. The same commit builds the same bytes,
// whenever and in whichever folder it is built.
package main

import (
	"crypto/sha256"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"
)

// platforms are those that gen is built for.
var platforms = []string{"linux/amd64", "linux/arm64", "darwin/amd64", "darwin/arm64", "windows/amd64"}

func main() {
	out := flag.String("out", "dist", "write into this `folder`, which is emptied")
	only := flag.String("platforms", strings.Join(platforms, ","), "`GOOS/GOARCH` of the programs, with commas")
	flag.Parse()
	if err := dist(*out, strings.Split(*only, ",")); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// dist builds from the module of the working directory.
func dist(out string, platforms []string) error {
	commit, err := commitTime()
	if err != nil {
		return err
	}
	work, err := os.MkdirTemp("", "lathe-dist")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(work) }()
	pages, err := documents(work)
	if err != nil {
		return err
	}
	if err := errors.Join(os.RemoveAll(out), os.MkdirAll(out, 0o755)); err != nil { //nolint:gosec // to be published
		return err
	}
	var sums strings.Builder
	for _, platform := range platforms {
		program, err := build(work, platform)
		if err != nil {
			return err
		}
		published, err := publish(program, platform, commit, pages)
		if err != nil {
			return err
		}
		for _, f := range published {
			if err := os.WriteFile(filepath.Join(out, f.name), f.data, 0o644); err != nil { //nolint:gosec // to be published
				return err
			}
			fmt.Fprintf(&sums, "%x  %s\n", sha256.Sum256(f.data), f.name)
		}
	}
	return os.WriteFile(filepath.Join(out, "SHA256SUMS"), []byte(sums.String()), 0o644) //nolint:gosec // to be published
}

// commitTime is the time of the commit that is built.
func commitTime() (time.Time, error) {
	text, err := output("git", "log", "-1", "--format=%ct")
	if err != nil {
		return time.Time{}, err
	}
	seconds, err := strconv.ParseInt(strings.TrimSpace(text), 10, 64)
	return time.Unix(seconds, 0).UTC(), err
}

// build builds the program for a platform, without paths of this machine.
func build(work, platform string) (file, error) {
	goos, goarch, ok := strings.Cut(platform, "/")
	if !ok {
		return file{}, fmt.Errorf("%q is no GOOS/GOARCH", platform)
	}
	name := "gen"
	if goos == "windows" {
		name += ".exe"
	}
	target := filepath.Join(work, goos+"-"+goarch, name)
	cmd := exec.Command("go", "build", "-trimpath", "-buildvcs=true", "-ldflags=-s -w", "-o", target, "./cmd/gen")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0", "GOOS="+goos, "GOARCH="+goarch, "GOFLAGS=-mod=readonly",
		"GOAMD64=v1", "GOARM64=v8.0")
	cmd.Stderr = os.Stderr
	if err := cmd.Run(); err != nil {
		return file{}, fmt.Errorf("gen for %s cannot be built: %w", platform, err)
	}
	data, err := os.ReadFile(target)
	return file{name, data, 0o755}, err
}

// documents are the manual pages and completions, as the program itself writes them.
func documents(work string) ([]file, error) {
	program, err := build(work, runtime.GOOS+"/"+runtime.GOARCH)
	if err != nil {
		return nil, err
	}
	gen := filepath.Join(work, runtime.GOOS+"-"+runtime.GOARCH, program.name)
	man := filepath.Join(work, "man1")
	if _, err := output(gen, "man", man); err != nil {
		return nil, err
	}
	entries, err := os.ReadDir(man)
	if err != nil {
		return nil, err
	}
	var all []file
	for _, entry := range entries {
		data, err := os.ReadFile(filepath.Join(man, entry.Name()))
		if err != nil {
			return nil, err
		}
		all = append(all, file{"man/man1/" + entry.Name(), data, 0o644})
	}
	for _, shell := range []string{"bash", "fish", "powershell", "zsh"} {
		text, err := output(gen, "completion", shell)
		if err != nil {
			return nil, err
		}
		all = append(all, file{"completions/gen." + shell, []byte(text), 0o644})
	}
	slices.SortFunc(all, func(a, b file) int { return strings.Compare(a.name, b.name) })
	return all, nil
}

func output(name string, args ...string) (string, error) {
	cmd := exec.Command(name, args...)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("%s %s: %w", filepath.Base(name), strings.Join(args, " "), err)
	}
	return string(out), nil
}
