package weigh

import (
	"context"
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
	cmd := exec.CommandContext(ctx, tool, append(args, p.GoFiles...)...) //nolint:gosec // the go command's own compiler
	cmd.Dir = p.Dir
	out, err := cmd.CombinedOutput()
	if ctx.Err() != nil {
		return usage{}, context.Cause(ctx)
	}
	if err != nil {
		return usage{}, fmt.Errorf("compiling %s: %w\n%s", p.ImportPath, err, out)
	}
	return usage{cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime(), peakOf(cmd.ProcessState)}, nil
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
