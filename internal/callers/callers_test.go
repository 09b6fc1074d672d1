package callers_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"example.com/lathe/internal/callers"
	"example.com/lathe/spec"
)

// program is a module with a client, and a program that uses a part of it.
const program = `
-- go.mod --
module example.com/program

go 1.25
-- tiny/client.go --
package tiny

import (
	"context"

	"example.com/program/tiny/types"
)

type Client struct{}
type again Options
type Another Options
type Options struct{ Region string }
type Presign Options
type zone Options
type GetRunInput struct{ ID *string }
type GetRunOutput struct {
	Status types.Status
	Stats  *types.Stats
}
type PutRunInput struct{ ID, Note *string }
type PutRunOutput struct{}

func (c *Client) GetRun(ctx context.Context, in *GetRunInput) (*GetRunOutput, error) { return nil, nil }
func (c *Client) PutRun(ctx context.Context, in *PutRunInput) (*PutRunOutput, error) { return nil, nil }
func New(o Options) *Client { c := &Client{}; c.PutRun(nil, nil); return c }
-- tiny/types/types.go --
package types

type Status string

const (
	StatusNew  Status = "NEW"
	StatusDone Status = "DONE"
)

type Stats struct{ Added, Failed *int32 }
type Open struct{ A, B string }
type Key struct{ A string }
type Choice interface{ isChoice() }
type ChoiceMemberText struct{ Value string }

func (*ChoiceMemberText) isChoice() {}
-- main.go --
package main

import (
	"context"

	"example.com/program/tiny"
	"example.com/program/tiny/types"
)

type putter interface {
	PutRun(context.Context, *tiny.PutRunInput) (*tiny.PutRunOutput, error)
}

func main() {
	c := tiny.New(tiny.Options{Region: "x"})
	out, err := c.GetRun(context.Background(), &tiny.GetRunInput{ID: nil})
	if err != nil || out.Status == types.StatusDone {
		return
	}
	println(out.Stats.Failed)
	_ = types.Open{"a", "b"}
	_ = map[types.Key]bool{}
	var choice types.Choice = &types.ChoiceMemberText{Value: "x"}
	switch choice.(type) {
	case *types.ChoiceMemberText:
	}
	println(out.Gone, types.StatusGone)
	c.GoneRun()
}
`

func load(t *testing.T, text string, patterns ...string) callers.Uses {
	t.Helper()
	dir := t.TempDir()
	files, err := txtar.FS(txtar.Parse([]byte(text)))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(dir, files); err != nil {
		t.Fatal(err)
	}
	uses, err := callers.Load(dir, patterns, func(_, folder string) bool { return filepath.Base(folder) == "tiny" })
	if err != nil {
		t.Fatal(err)
	}
	return uses
}

// wantUses compares the lines on which objects are used with what they should be.
func wantUses(t *testing.T, uses callers.Uses, want map[string]string) {
	t.Helper()
	for object, at := range want {
		if got := lines(uses[object]); got != at {
			t.Errorf("%s: %q, want %q", object, got, at)
		}
	}
}

func lines(uses []spec.Pos) string {
	var all []string
	for _, pos := range uses {
		all = append(all, fmt.Sprintf("%s:%d", pos.File, pos.Line))
	}
	return strings.Join(all, " ")
}

func TestUses(t *testing.T) {
	uses := load(t, program, "./...")
	wantUses(t, uses, map[string]string{
		"(*Client).GetRun":             "main.go:16",
		"GetRunInput.ID":               "main.go:16",
		"GetRunOutput.Status":          "main.go:17",
		"types.StatusDone":             "main.go:17",
		"types.StatusNew":              "",
		"types.Status==":               "main.go:17",
		"types.Stats.Failed":           "main.go:20",
		"types.Stats.Added":            "",
		"types.Stats==":                "",
		"types.Open.A":                 "main.go:21",
		"types.Open.B":                 "main.go:21",
		"types.Key==":                  "main.go:22",
		"types.ChoiceMemberText":       "main.go:23 main.go:25",
		"types.ChoiceMemberText.Value": "main.go:23",
		"Options.Region":               "main.go:15",
		"(*Client).PutRun":             "main.go:11", // through an interface
		"PutRunInput.Note":             "",
		"GetRunOutput.Gone":            "main.go:27", // it does not compile
		"types.StatusGone":             "main.go:27",
		"(*Client).GoneRun":            "main.go:28",
	})
	if len(uses[callers.Any]) == 0 {
		t.Error("no use at all")
	}
}

// parted is a program whose calls are in packages of its own, some in tests.
const parted = `
-- cmd/run/main.go --
package main

import "example.com/program/internal/store"

func main() { println(store.Get().Status) }
-- cmd/run/main_test.go --
package main

import "example.com/program/tiny/types"

var _ = types.StatusNew
-- internal/store/store.go --
package store

import "example.com/program/tiny"

func Get() *tiny.GetRunOutput {
	out, _ := (*tiny.Client)(nil).GetRun(nil, nil)
	return out
}
-- internal/store/store_test.go --
package store_test

import "example.com/program/tiny/types"

var _ = types.StatusDone
-- other/other.go --
package other

import "example.com/program/tiny/types"

var _ = types.Key{}
`

// A program is the packages that are named, with their tests, and those that they
// import. Values of the client are used where nobody imports it, too.
func TestUsesOfDependencies(t *testing.T) {
	uses := load(t, program+parted, "./cmd/run")
	wantUses(t, uses, map[string]string{
		"(*Client).GetRun":    "internal/store/store.go:5 internal/store/store.go:6",
		"GetRunOutput.Status": "cmd/run/main.go:5",
		"types.StatusNew":     "cmd/run/main_test.go:5",
		"types.StatusDone":    "", // a test of what was not named
		"types.Key":           "", // another program
	})
}

// aliased is a program with names of its own for the client's types.
const aliased = `
-- alias/main.go --
package main

import (
	"example.com/program/tiny"
	"example.com/program/tiny/types"
)

type (
	key    = types.Key
	output = tiny.GetRunOutput
	handle = *tiny.Client
)

type pair struct{ a, b key }

func main() {
	var a, b key
	println(a == b)
	println(pair{a, b} == pair{b, a})
	println((&output{}).Gone)
	_ = output{Missing: nil}
	handle(nil).GoneRun()
}
`

// An alias is what it stands for.
func TestUsesOfAliases(t *testing.T) {
	uses := load(t, program+aliased, "./alias")
	wantUses(t, uses, map[string]string{
		"types.Key==":          "alias/main.go:18 alias/main.go:19",
		"GetRunOutput.Gone":    "alias/main.go:20",
		"GetRunOutput.Missing": "alias/main.go:21",
		"(*Client).GoneRun":    "alias/main.go:22",
	})
}

// What can't be loaded is an error, and no use of nothing.
func TestNoProgram(t *testing.T) {
	t.Setenv("GOFLAGS", "-nonsense")
	_, err := callers.Load(t.TempDir(), []string{"."}, func(string, string) bool { return false })
	want := `the program can't be loaded: go: parsing $GOFLAGS: unknown flag -nonsense
	hint: "go vet ./..." reports the same; fix it there first`
	if err == nil || err.Error() != want {
		t.Errorf("got %v", err)
	}
	t.Setenv("GOFLAGS", "")
	if _, err := callers.Load(t.TempDir(), []string{"./nowhere"}, func(string, string) bool { return false }); err == nil {
		t.Error("a program that is nowhere is loaded")
	}
}
