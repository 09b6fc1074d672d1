package try

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// World is a machine with Go and nothing else, on which somebody reads pages.
type World struct {
	home  string
	clone string
	env   []string
}

// NewWorld makes a home folder below dir with a clone of the repository in it, as it
// stands in the folder source. Models are looked for in the folder models: what a page
// downloads with curl comes from there; where there is none curl is the machine's own.
// Close is to be called in the end.
func NewWorld(dir, source, models string) (*World, func(), error) {
	w := &World{home: filepath.Join(dir, "home")}
	w.clone = filepath.Join(w.home, "lathe")
	if err := copyTracked(source, w.clone); err != nil {
		return nil, nil, err
	}
	proxy, err := Publish(filepath.Join(dir, "proxy"), w.clone)
	if err != nil {
		return nil, nil, err
	}
	fakes := filepath.Join(dir, "fakes")
	if err := os.MkdirAll(fakes, 0o700); err != nil {
		return nil, nil, err
	}
	if _, err := os.Stat(models); err == nil {
		if err := os.WriteFile(filepath.Join(fakes, "curl"), []byte(curl), 0o700); err != nil { //nolint:gosec // it is run
			return nil, nil, err
		}
	}
	downloaded, err := Downloaded()
	if err != nil {
		return nil, nil, err
	}
	others, err := goEnv("GOPROXY")
	if err != nil {
		return nil, nil, err
	}
	cache, err := goEnv("GOCACHE") // what was built before need not be built again
	if err != nil {
		return nil, nil, err
	}
	server := httptest.NewServer(service())
	w.env = append(environment(),
		"HOME="+w.home, "PATH="+strings.Join([]string{fakes, filepath.Join(w.home, "go", "bin"), os.Getenv("PATH")},
			string(filepath.ListSeparator)),
		"GOCACHE="+cache, "GOPROXY="+strings.Join([]string{proxy, downloaded, others}, ","), "GOSUMDB=off",
		"GOFLAGS=-modcacherw -trimpath", "GOTOOLCHAIN=local", "GOENV=off",
		"LATHE_MODELS="+models,
		"AWS_ENDPOINT_URL="+server.URL, "AWS_REGION=eu-central-1", "AWS_ACCESS_KEY_ID=AKID", "AWS_SECRET_ACCESS_KEY=SECRET",
		"GIT_AUTHOR_NAME=reader", "GIT_AUTHOR_EMAIL=reader@example.com", "GIT_COMMITTER_NAME=reader",
		"GIT_COMMITTER_EMAIL=reader@example.com",
	)
	return w, server.Close, w.commitClone()
}

// commitClone makes the clone a repository, and a program of it that pages may call.
func (w *World) commitClone() error {
	s := &session{w, w.clone}
	for _, line := range []string{"git init -q", "git add -A", "git commit -q -m all", "go install ./cmd/gen"} {
		if out, err := s.run(line); err != nil || ending(out) != "" {
			return fmt.Errorf("%s: %w\n%s", line, errors.Join(err, errFailed), out)
		}
	}
	return nil
}

var errFailed = errors.New("failed")

// curl is a curl that finds published models on this machine.
const curl = `#!/bin/sh
for word; do
	case $word in
	https://raw.githubusercontent.com/aws/api-models-aws/*) url=$word ;;
	esac
done
exec cp "$LATHE_MODELS/smithy/${url##*/}" .
`

// environment is this process's without what says who runs it and how: what is left is
// what programs need to run at all.
func environment() []string {
	var env []string
	for _, v := range os.Environ() {
		name, _, _ := strings.Cut(v, "=")
		switch {
		case strings.HasPrefix(name, "GO") || strings.HasPrefix(name, "AWS_") || strings.HasPrefix(name, "GIT_"):
		case name == "MAKEFLAGS" || name == "MAKELEVEL" || name == "MFLAGS": // of the make that runs this
		default:
			env = append(env, v)
		}
	}
	return env
}

// enter begins a session in the home folder, where nothing is left of the one before but
// what the go command keeps.
func (w *World) enter() (*session, error) {
	entries, err := os.ReadDir(w.home)
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		if !slices.Contains([]string{"lathe", "go", ".cache"}, e.Name()) {
			if err := os.RemoveAll(filepath.Join(w.home, e.Name())); err != nil {
				return nil, err
			}
		}
	}
	return &session{w, w.home}, nil
}

// session is a shell: a world and the working directory.
type session struct {
	world *World
	dir   string
}

// limit is how long one command may take.
const limit = 5 * time.Minute

// run runs a command as a shell does, and stays in the folder that it ends in. A command
// that fails is no error: how it ended is the last line of what it printed.
func (s *session) run(command string) (string, error) {
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	at, err := os.CreateTemp("", "lathe-try")
	if err != nil {
		return "", err
	}
	defer func() { _ = errors.Join(at.Close(), os.Remove(at.Name())) }()
	script := command + "\nstatus=$?\npwd -P >&3\nexit $status\n"
	cmd := exec.CommandContext(ctx, "sh", "-c", script)
	cmd.Dir, cmd.Env, cmd.ExtraFiles = s.dir, slices.Concat(s.world.env, []string{"PWD=" + s.dir}), []*os.File{at}
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	err = cmd.Run()
	var exit *exec.ExitError
	if err != nil && (!errors.As(err, &exit) || ctx.Err() != nil) {
		return "", fmt.Errorf("$ %s: %w\n%s", command, errors.Join(err, ctx.Err()), out.String())
	}
	if dir, err := os.ReadFile(at.Name()); err == nil && len(dir) > 0 {
		s.dir = strings.TrimSuffix(string(dir), "\n")
	}
	text := s.clean(out.String())
	if exit != nil {
		text += fmt.Sprintf("%s%d\n", exitStatus, exit.ExitCode())
	}
	return text, nil
}

// clean leaves out what the go command says of modules, and paths of this machine.
func (s *session) clean(out string) string {
	var text strings.Builder
	isModules := false
	for line := range strings.Lines(strings.ReplaceAll(out, s.world.home, "~")) {
		isModules = strings.HasPrefix(line, "go: ") || isModules && strings.HasPrefix(line, "\t")
		if !isModules {
			text.WriteString(line)
		}
	}
	if text.Len() > 0 && !strings.HasSuffix(text.String(), "\n") {
		text.WriteByte('\n')
	}
	return text.String()
}
