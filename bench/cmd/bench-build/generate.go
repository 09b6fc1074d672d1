package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// generation is something to generate, and the processes that did it.
type generation struct {
	what string
	// most are the limits: time by the clock in nanoseconds, and memory in
	// bytes; 0 for none.
	mostTime, mostMemory float64
	// once limits it to one round.
	once bool
	// config is a lathe.yaml, its paths relative to the folder that it lies in.
	config string
	runs   []process
}

const millisecond, gib = float64(time.Millisecond), float64(1 << 30)

// measureGenerating runs the generator in turn for everything, each time into an
// empty folder.
func (r *results) measureGenerating(w *workspace, rounds int, models string) error {
	var err error
	if r.runs, r.leftOut, err = generations(models); err != nil {
		return err
	}
	for round := range rounds {
		for i := range r.runs {
			g := &r.runs[i]
			if round > 0 && g.once {
				continue
			}
			p, err := w.generate(g.config)
			if err != nil {
				return fmt.Errorf("%s: %w", g.what, err)
			}
			g.runs = append(g.runs, p)
		}
	}
	return nil
}

// generations are all that is to be generated. What needs models is left out when
// they are absent.
func generations(models string) (list []generation, leftOut string, err error) {
	handwritten, err := filepath.Abs("../spec/datazone.yaml")
	if err != nil {
		return nil, "", err
	}
	list = []generation{{
		what: datazone.operation + " from OpenAPI", mostTime: 40 * millisecond,
		config: config(datazone.operation, handwritten),
	}}
	if !isFolder(models) {
		return list, "Left out, because the models in ../shared are absent: generating from C2J and Smithy.", nil
	}
	if models, err = filepath.Abs(models); err != nil {
		return nil, "", err
	}
	c2j := filepath.Join(models, "c2j", "datazone", "2018-05-10", "service-2.json")
	smithy := filepath.Join(models, "smithy", "datazone-2018-05-10.json")
	all, err := restJSON(filepath.Join(models, "smithy"))
	return append(list,
		generation{what: datazone.operation + " from C2J", mostTime: 80 * millisecond,
			config: config(datazone.operation, c2j)},
		generation{
			what: datazone.operation + " from Smithy", mostTime: 80 * millisecond, config: config(datazone.operation, smithy),
		},
		generation{what: "all of DataZone from C2J", mostTime: 400 * millisecond, config: config("", c2j)},
		generation{what: "all of DataZone from Smithy", mostTime: 400 * millisecond, config: config("", smithy)},
		generation{
			what: fmt.Sprintf("all %d services of restJson1 from Smithy, one process", len(all)), once: true,
			mostTime: 40_000 * millisecond, mostMemory: gib, config: config("", all...),
		},
	), "", err
}

func isFolder(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.IsDir()
}

// restJSON finds the models of services that speak restJson1.
func restJSON(dir string) (list []string, err error) {
	files, err := filepath.Glob(filepath.Join(dir, "*.json"))
	if err != nil {
		return nil, err
	}
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			return nil, err
		}
		if bytes.Contains(data, []byte(`"aws.protocols#restJson1"`)) {
			list = append(list, f)
		}
	}
	return list, nil
}

// config is a lathe.yaml for clients of all specs, with one operation or all.
func config(operation string, specs ...string) string {
	var b strings.Builder
	b.WriteString("packages:\n")
	for i, spec := range specs {
		fmt.Fprintf(&b, "  - spec: %q\n    out: client%d\n    package: client%[2]d\n", spec, i)
		if operation != "" {
			fmt.Fprintf(&b, "    operations: [%s]\n", operation)
		}
	}
	if len(specs) > 1 {
		b.WriteString("runtime: internal\n")
	}
	return b.String()
}

// generate runs the generator in a new module, which is left for the workspace's end:
// file systems are slow to give out again what was deleted a moment ago.
func (w *workspace) generate(config string) (p process, err error) {
	dir, err := os.MkdirTemp(w.root, "generated")
	if err != nil {
		return p, err
	}
	if err := write(filepath.Join(dir, "go.mod"), []byte("module example.com/generated\n\ngo 1.26.0\n")); err != nil {
		return p, err
	}
	if err := write(filepath.Join(dir, "lathe.yaml"), []byte(config)); err != nil {
		return p, err
	}
	ran, err := w.measured(dir, nil, w.tool("toolexec"), w.tool("gen"), "--quiet")
	switch {
	case err != nil:
		return p, err
	case len(ran) != 1:
		return p, fmt.Errorf("%d processes were measured, want 1", len(ran))
	default:
		return ran[0], nil
	}
}
