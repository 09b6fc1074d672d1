// Command bench-build measures whole processes: compiling the official client and
// ours, the programs that come of them, and generating. It writes its section of
// BENCHMARKS.md, and its picture. Run it in the module of the benchmarks.
//
//	go run ./cmd/bench-build [-rounds 5] [-models ../../shared/models] [-out ../BENCHMARKS.md] [-picture ../docs/benchmarks.svg]
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"

	"example.com/lathe/bench/internal/picture"
	"example.com/lathe/bench/internal/report"
)

func main() {
	rounds := flag.Int("rounds", 5, "how often everything is measured")
	models := flag.String("models", "../../shared/models", "generate from the models in this folder, if it is there")
	out := flag.String("out", "../BENCHMARKS.md", "write the section into this file")
	svg := flag.String("picture", "../docs/benchmarks.svg", "draw that file's figures into this one")
	flag.Parse()
	if err := run(*rounds, *models, *out, *svg); err != nil {
		fmt.Fprintln(os.Stderr, "bench-build:", err)
		os.Exit(1)
	}
}

func run(rounds int, models, out, svg string) (err error) {
	env, err := report.Environment(fmt.Sprintf("make bench-build BUILD_ROUNDS=%d", rounds))
	if err != nil {
		return err
	}
	w, err := newWorkspace(models)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, w.remove()) }()
	var r results
	for _, step := range []struct {
		what string
		do   func() error
	}{
		{"binaries", func() error { return r.measureBinaries(w) }},
		{"compiling", func() error { return r.measureCompiling(w, rounds) }},
		{"compiling EC2", func() error { return r.measureLarge(w, models) }},
		{"generating", func() error { return r.measureGenerating(w, rounds, models) }},
	} {
		fmt.Fprintln(os.Stderr, "measuring:", step.what)
		if err := step.do(); err != nil {
			return err
		}
	}
	text := r.text(env)
	fmt.Println(text)
	if err := report.Update(out, "processes", text); err != nil {
		return err
	}
	return picture.Update(out, svg)
}

// results are all that is measured.
type results struct {
	// sizes are those of the programs in bytes.
	sizes map[program]float64
	// starts are the work when a program starts, of those that call through an interface
	// and look up no methods by name.
	starts map[program]start
	// builds are those of each client, one a round.
	builds map[client][]build
	// large are those of EC2; nil without its model.
	large map[client][]build
	// idle are builds that find everything built.
	idle []build
	// runs are those of the generator.
	runs []generation
	// leftOut says what was not generated, and why; empty when all was.
	leftOut string
}
