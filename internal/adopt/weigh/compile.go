package weigh

import (
	"context"
	"embed"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"

	"example.com/lathe/internal/adopt/prove"
)

// usage is what a process needed.
type usage struct {
	cpu    time.Duration
	memory int64
}

// maxWorkers is how many workers the go command lets one compiler have.
const maxWorkers = 4

// compiled runs the compiler on a package as the go command does.
func (m *meter) compiled(ctx context.Context, tool string, p pkg) (usage, error) {
	importcfg := filepath.Join(m.dir, "importcfg")
	if err := os.WriteFile(importcfg, []byte(m.importcfg(p)), 0o600); err != nil {
		return usage{}, fmt.Errorf("measuring: %w", err)
	}
	args := []string{
		"-p", p.ImportPath, "-importcfg", importcfg, "-o", filepath.Join(m.dir, "package.a"), "-pack", "-complete",
		"-c", strconv.Itoa(min(runtime.GOMAXPROCS(0), maxWorkers)),
	}
	if p.Module != nil && p.Module.GoVersion != "" {
		args = append(args, "-lang", "go"+language(p.Module.GoVersion))
	}
	file := filepath.Join(m.dir, "took")
	//nolint:gosec // the go command's own compiler
	cmd := exec.CommandContext(ctx, m.relay, slices.Concat([]string{file, tool}, args, p.GoFiles)...)
	cmd.Dir = p.Dir
	out, err := cmd.CombinedOutput()
	if ctx.Err() != nil {
		return usage{}, context.Cause(ctx)
	}
	if err != nil {
		return usage{}, fmt.Errorf("compiling %s: %w\n%s", p.ImportPath, err, out)
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return usage{}, fmt.Errorf("measuring %s: %w", p.ImportPath, err)
	}
	var took usage
	if _, err := fmt.Sscan(string(text), &took.cpu, &took.memory); err != nil {
		return usage{}, fmt.Errorf("measuring %s: %w", p.ImportPath, err)
	}
	return took, nil
}

// relaySource is the source of the program that starts the compiler.
//
//go:embed relay/*.go
var relaySource embed.FS

// buildRelay builds that program, as a module of its own.
func (m *meter) buildRelay(ctx context.Context) error {
	if err := os.CopyFS(m.dir, relaySource); err != nil {
		return fmt.Errorf("measuring: %w", err)
	}
	dir := filepath.Join(m.dir, "relay")
	if err := os.WriteFile(filepath.Join(dir, "go.mod"), []byte("module relay\n\ngo 1.23\n"), 0o600); err != nil {
		return fmt.Errorf("measuring: %w", err)
	}
	m.relay = filepath.Join(dir, "program.exe") // a name that any system would run
	_, err := prove.Program{Root: dir, Env: []string{"GOFLAGS="}}.Run(ctx, "build", "-o", m.relay, ".")
	return err
}

// importcfg says where the compiler finds what a package imports.
func (m *meter) importcfg(p pkg) string {
	var text strings.Builder
	for _, from := range slices.Sorted(maps.Keys(p.ImportMap)) {
		fmt.Fprintf(&text, "importmap %s=%s\n", from, p.ImportMap[from])
	}
	for _, other := range m.all {
		if other.Export != "" {
			fmt.Fprintf(&text, "packagefile %s=%s\n", other.ImportPath, other.Export)
		}
	}
	return text.String()
}

// language is the version of the language: the compiler takes no third number.
func language(version string) string {
	parts := strings.SplitN(version, ".", 3)
	return strings.Join(parts[:min(len(parts), 2)], ".")
}
