package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"example.com/lathe"
	"example.com/lathe/internal/emit"
	"example.com/lathe/internal/gomod"
	"example.com/lathe/internal/input"
	"example.com/lathe/internal/paths"
	"example.com/lathe/runtime"
	"example.com/lathe/spec"
)

// asProgram names the variable that turns the test binary into the program: with
// the real generator, or with a fake whose specs are lists of files.
const (
	asProgram = "LATHE_GEN_PROGRAM"
	withReal  = "real"
	withFake  = "fake"
)

// quickExit keeps the race detector from waiting a second at the end of each
// program.
const quickExit = "GORACE=atexit_sleep_ms=0"

func TestMain(m *testing.M) {
	switch os.Getenv(asProgram) {
	case withReal:
		main()
	case withFake:
		os.Exit(run(os.Args[1:], os.Stdout, os.Stderr, fake()))
	default:
		os.Exit(testAll(m))
	}
}

// testAll runs the tests with a cache of their own. It lies where each system
// looks for it.
func testAll(m *testing.M) int {
	home, err := os.MkdirTemp("", "lathe")
	if err != nil {
		panic(err)
	}
	defer func() { _ = os.RemoveAll(home) }()
	if goCache, err := exec.Command("go", "env", "GOCACHE", "GOMODCACHE").Output(); err == nil {
		at := strings.Split(string(goCache), "\n")
		_ = os.Setenv("GOCACHE", at[0])
		_ = os.Setenv("GOMODCACHE", at[1])
	}
	for _, name := range [...]string{"HOME", "XDG_CACHE_HOME", "LocalAppData"} {
		if err := os.Setenv(name, home); err != nil {
			panic(err)
		}
	}
	return m.Run()
}

// fake is a generator for specs that hold one file name a line, which it
// "generates"; a line "bad MESSAGE" is a problem at its place, "refuse NAME" an
// operation left out, "warn WHAT" a warning, "stream" needs event streams, and "hang" waits for a signal.
func fake() engine {
	return engine{
		generate: fakeGenerate,
		list:     fakeList,
		formats:  func() []string { return []string{"openapi", "smithy"} },
	}
}

func fakeGenerate(cfg lathe.Config) (*lathe.Result, error) {
	data, err := os.ReadFile(cfg.Spec)
	if err != nil {
		return nil, fmt.Errorf("the spec can't be read: %w", err)
	}
	mod, err := gomod.Find(cfg.Out)
	if err != nil {
		return nil, err
	}
	out := relative(mod.Root, cfg.Out)
	r := &lathe.Result{
		Sources: []lathe.Source{{File: cfg.Spec, SHA256: input.Sum(data)}}, // of what was read, as lathe.Generate has it
		Model:   &spec.API{Name: "Runs", Documentation: string(data), Pos: spec.Pos{File: cfg.Spec, Line: 1}},
		Package: cfg.Package, ImportPath: mod.ImportPath(out), ModuleRoot: mod.Root, Dirs: []string{out}, Operations: cfg.Operations,
		Requires: []gomod.Version{{Path: "github.com/aws/aws-sdk-go-v2", Version: runtime.MinCore}, {Path: "github.com/aws/smithy-go", Version: runtime.MinSmithy}},
	}
	if cfg.Runtime != "" {
		r.Dirs = append(r.Dirs, relative(mod.Root, cfg.Runtime))
		r.Files = append(r.Files, generatedFile(path.Join(r.Dirs[1], "rest/rest.go"), "shared"))
	}
	var problems spec.Problems
	for i, line := range strings.Fields(strings.ReplaceAll(string(data), "\n", " ")) {
		switch what, rest, _ := strings.Cut(line, ":"); what {
		case "bad":
			problems.Add(spec.Pos{File: cfg.Spec, Line: i + 1, Column: 1, Pointer: "/paths"}, "write it better", "%s is bad", rest)
		case "refuse":
			r.Refused = append(r.Refused, lathe.Refusal{Operation: rest, Reasons: spec.Problems{{Message: "event streams are not supported"}}})
		case "warn":
			r.Warnings.Add(spec.Pos{File: cfg.Spec, Line: i + 1, Column: 1}, "look here", "%s is odd", rest)
		case "stream":
			r.Requires = slices.Insert(r.Requires, 1, gomod.Version{Path: "github.com/aws/aws-sdk-go-v2/aws/protocol/eventstream", Version: runtime.MinEventStream})
		case "hang":
			fmt.Println("hanging")
			select {}
		default:
			r.Files = append(r.Files, generatedFile(path.Join(out, line), filepath.Base(cfg.Spec)))
		}
	}
	return r, problems.Err()
}

func relative(root, dir string) string {
	rel, err := filepath.Rel(root, paths.Abs(dir))
	if err != nil {
		panic(err)
	}
	return filepath.ToSlash(rel)
}

func generatedFile(name, text string) lathe.File {
	return lathe.File{Path: name, Data: []byte(emit.Header + "\n\npackage p\n\n// " + text + "\n")}
}

func fakeList(cfg lathe.Config) (*lathe.Listing, error) {
	file := cfg.Spec
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("the spec can't be read: %w", err)
	}
	if text := string(data); strings.HasPrefix(text, "bad") {
		return nil, spec.Problems{{Pos: spec.Pos{File: file, Line: 1, Column: 1}, Message: "not a spec"}}
	}
	listing := &lathe.Listing{Service: "Runs", Package: "runs", Protocol: "restJson1", Protocols: []string{"restJson1", "awsQuery"}, Shapes: []string{"Run", "RunId"}}
	listing.Operations = []lathe.OperationInfo{
		{Name: "GetRun", Method: "GET", Path: "/runs/{id}", Shapes: 12, Waiters: []string{"RunDone"}},
		{Name: "ListRuns", Method: "GET", Path: "/runs", Shapes: 7, Paginated: true, Deprecated: true, Limits: []string{"it is not signed with SigV4A"}},
		{Name: "Watch", Shapes: 3, Unsupported: "event streams are not supported"},
	}
	for i := range listing.Operations {
		listing.Operations[i].Selected = len(cfg.Operations) == 0 || slices.ContainsFunc(cfg.Operations, listing.Operations[i].Matches)
	}
	return listing, nil
}

// outcome is what a run of the program leaves.
type outcome struct {
	exit           int
	stdout, stderr string
}

var took = regexp.MustCompile(`in \d+ ms|"ms": \d+`)

// program runs the program in a folder; the time it took is replaced by N, and
// the folder by $.
func program(t *testing.T, dir string, args ...string) outcome {
	t.Helper()
	return runProgram(t, command(dir, args...))
}

func runProgram(t *testing.T, cmd *exec.Cmd) outcome {
	t.Helper()
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err := cmd.Run()
	var failed *exec.ExitError
	if err != nil && !errors.As(err, &failed) {
		t.Fatal(err)
	}
	return outcome{cmd.ProcessState.ExitCode(), normal(cmd.Dir, stdout.String()), normal(cmd.Dir, stderr.String())}
}

func normal(dir, text string) string {
	text = strings.ReplaceAll(text, dir, "$")
	return took.ReplaceAllStringFunc(text, func(s string) string {
		if strings.HasPrefix(s, "in") {
			return "in N ms"
		}
		return `"ms": N`
	})
}

func command(dir string, args ...string) *exec.Cmd { return commandOf(withFake, dir, args...) }

// commandOf is one of the programs in a folder.
func commandOf(which, dir string, args ...string) *exec.Cmd {
	cmd := exec.Command(os.Args[0], args...)
	cmd.Env = append(os.Environ(), asProgram+"="+which, quickExit)
	cmd.Dir = dir
	return cmd
}

// module makes a module of the files given as name and content in turn.
func module(t *testing.T, files ...string) string {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	put(t, dir, append([]string{"go.mod", "module example.com/m\n"}, files...)...)
	return dir
}

func put(t *testing.T, dir string, files ...string) {
	t.Helper()
	for i := 0; i < len(files); i += 2 {
		name := filepath.Join(dir, files[i])
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(files[i+1]), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// untilLine reads a program's output until a line appears.
func untilLine(t *testing.T, out io.Reader, want string) {
	t.Helper()
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if lines.Text() == want {
			return
		}
	}
	t.Fatalf("the program never said %q", want)
}
