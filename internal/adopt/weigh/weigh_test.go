package weigh_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"example.com/lathe/internal/adopt/prove"
	"example.com/lathe/internal/adopt/weigh"
)

// program has a small and a large package, and commands with one of them and with none.
const program = `
-- go.mod --
module example.com/program

go 1.25.0
-- cmd/large/main.go --
package main

import "example.com/program/service/large"

func main() { println(large.Table["x"]) }
-- cmd/large/v2/main.go --
package main

import (
	_ "encoding/json"
	"example.com/program/service/large"
)

func main() { println(large.Table["x"]) }
-- tools/large/main.go --
package main

import "example.com/program/service/large"

func main() { println(large.Table["y"]) }
-- cmd/none/main.go --
package main

func main() {}
-- service/large/large.go --
package large

import "example.com/program/service/large/internal/words"

var Table = map[string]string{}

func init() {
	for _, word := range words.All() {
		Table[word] = word
	}
}
-- service/large/internal/words/words.go --
package words

import "strings"

func All() []string { return strings.Fields(text) }
-- service/largest/largest.go --
package largest // below no path that is asked for
`

var everything = []string{"./..."}

func TestOf(t *testing.T) {
	had := bytes.Repeat([]byte{1}, 256<<20) // what this process needs does not count
	dir := t.TempDir()
	archive := txtar.Parse([]byte(program))
	archive.Files = append(archive.Files, txtar.File{
		Name: "service/large/internal/words/text.go",
		Data: []byte("package words\n\nconst text = `" + strings.Repeat("word more\n", 1000) + "`\n"),
	})
	files, err := txtar.FS(archive)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(dir, files); err != nil {
		t.Fatal(err)
	}
	f, err := weigh.Of(context.Background(), prove.Program{Root: dir}, everything, []string{"example.com/program/service/large"})
	if err != nil {
		t.Fatal(err)
	}
	const lines = 11 + 5 + 1003
	if f.Packages != 2 || f.Lines != lines {
		t.Errorf("%d packages with %d lines, want 2 with %d", f.Packages, f.Lines, lines)
	}
	if f.CPU <= 0 || f.Memory < 1<<20 || f.Memory > int64(len(had)) {
		t.Errorf("compiling takes %v and %d bytes", f.CPU, f.Memory)
	}
	var names []string
	for _, p := range f.Programs {
		names = append(names, strings.TrimPrefix(p.ImportPath, "example.com/program/"))
		if p.Stripped <= 0 || p.Stripped >= p.Bytes {
			t.Errorf("sizes: %+v", p)
		}
	}
	if want := []string{"cmd/large/v2", "cmd/large", "tools/large"}; !slices.Equal(names, want) || f.Others != 0 {
		t.Fatalf("commands: %v and %d others, want %v", names, f.Others, want)
	}
	if f.Programs[0].Bytes <= f.Programs[1].Bytes {
		t.Errorf("the command with more packages is not larger: %+v", f.Programs)
	}
	if f.Init.Packages != 1 || f.Init.Allocs == 0 || f.Init.Bytes == 0 {
		t.Errorf("before main: %+v", f.Init)
	}
}

func TestOfFails(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{"go.mod": "module example.com/program\n\ngo 1.25\n", "main.go": "package main\n\nfunc main() { x }\n"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := weigh.Of(context.Background(), prove.Program{Root: dir}, everything, nil); err == nil || !strings.Contains(err.Error(), "undefined: x") {
		t.Errorf("a program that does not build: %v", err)
	}
}

// Of many commands the largest few are linked, and the others counted.
func TestManyCommands(t *testing.T) {
	dir := t.TempDir()
	put := func(name, text string) {
		t.Helper()
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	put("go.mod", "module example.com/program\n\ngo 1.25\n")
	put("service/service.go", "package service\n")
	for i := range 11 {
		put(fmt.Sprintf("cmd/c%d/main.go", i), "package main\n\nimport _ \"example.com/program/service\"\n\nfunc main() {}\n")
	}
	put("cmd/c9/more.go", "package main\n\nimport _ \"strings\"\n")
	f, err := weigh.Of(context.Background(), prove.Program{Root: dir}, everything, []string{"example.com/program/service"})
	if err != nil {
		t.Fatal(err)
	}
	if len(f.Programs) != 8 || f.Others != 3 || f.Programs[0].ImportPath != "example.com/program/cmd/c9" {
		t.Errorf("%d others, and %+v", f.Others, f.Programs)
	}
}
