package weigh

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// start runs a program that does nothing but to have the packages linked, and counts what
// the runtime traces of their initialization. The user's own program is not run.
func (m *meter) start(ctx context.Context, f *Figures) error {
	var source strings.Builder
	source.WriteString("package main\n\nimport (\n")
	for _, p := range m.all {
		if m.ours(p.ImportPath) && p.Name != "main" && !strings.Contains(p.ImportPath+"/", "/internal/") {
			fmt.Fprintf(&source, "\t_ %q\n", p.ImportPath)
		}
	}
	source.WriteString(")\n\nfunc main() {}\n")
	file, program := filepath.Join(m.dir, "main.go"), filepath.Join(m.dir, "program")
	if err := os.WriteFile(file, []byte(source.String()), 0o600); err != nil {
		return fmt.Errorf("measuring: %w", err)
	}
	if _, err := m.program.Run(ctx, "build", "-o", program, file); err != nil {
		return err
	}
	cmd := exec.CommandContext(ctx, program) //nolint:gosec // it was built above
	cmd.Env = append(os.Environ(), "GODEBUG=inittrace=1")
	var trace bytes.Buffer
	cmd.Stderr = &trace
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("measuring what runs before main: %w", err)
	}
	for line := range strings.Lines(trace.String()) {
		m.traced(line, &f.Init)
	}
	return nil
}

// traced adds a line of the trace, such as
//
//	init internal/bytealg @0.008 ms, 0 ms clock, 32 bytes, 1 allocs
func (m *meter) traced(line string, sum *Init) {
	var path string
	var at, clock float64
	var bytes, allocs int64
	_, err := fmt.Sscanf(line, "init %s @%f ms, %f ms clock, %d bytes, %d allocs", &path, &at, &clock, &bytes, &allocs)
	if err == nil && m.ours(path) {
		sum.Packages++
		sum.Bytes += bytes
		sum.Allocs += allocs
	}
}
