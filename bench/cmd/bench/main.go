// Command bench measures calls of the official client, of ours and of one written
// by hand, and writes its section of BENCHMARKS.md, and its picture. Callers that are
// compared take turns in one process; each service has a process of its own. Run it in
// the module of the benchmarks.
//
//	go run ./cmd/bench [-rounds 15] [-time 200ms] [-only ""] [-out ../BENCHMARKS.md] [-picture ../docs/benchmarks.svg]
//
// With -tags models, after go generate -tags models ./internal/calls, the cases are
// included whose clients are generated from the models in ../shared.
package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"example.com/lathe/bench/internal/calls"
	"example.com/lathe/bench/internal/picture"
	"example.com/lathe/bench/internal/report"
)

func main() {
	rounds := flag.Int("rounds", 15, "how often everything is measured")
	each := flag.Duration("time", 200*time.Millisecond, "how long a caller repeats its call in a round")
	out := flag.String("out", "../BENCHMARKS.md", "write the section into this file")
	svg := flag.String("picture", "../docs/benchmarks.svg", "draw that file's figures into this one")
	only := flag.String("only", "", "print the ratios of families, separated by commas, and write nothing")
	server := flag.Bool("serve", false,
		"answer calls over HTTP until standard input ends, for another process that measures")
	family := flag.String("family", "", "measure one family and print its figures in JSON, for another process")
	url := flag.String("server", "", "where the family's calls over HTTP go")
	flag.Parse()
	var err error
	switch {
	case *server:
		err = serve()
	case *family != "":
		err = measureFamily(os.Stdout, *family, *url, *rounds, *each)
	default:
		err = run(*rounds, *each, *only, *out, *svg)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(rounds int, each time.Duration, only, out, svg string) error {
	env, err := report.Environment(fmt.Sprintf("make bench ROUNDS=%d", rounds))
	if err != nil {
		return err
	}
	f, err := measureAll(rounds, each, only)
	if err != nil {
		return err
	}
	if only != "" {
		fmt.Println(f.costTable())
		return nil
	}
	text := f.text(env)
	fmt.Println(text)
	if err := report.Update(out, "calls", text); err != nil {
		return err
	}
	return picture.Update(out, svg)
}

// measureAll measures families one after the other, each in its process: all, or those
// that are named.
func measureAll(rounds int, each time.Duration, only string) (f *figures, err error) {
	server, stop, err := startServer()
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, stop()) }()
	f = newFigures(rounds)
	f.depth = calls.Depth()
	for _, family := range calls.Families() {
		if only != "" && !slices.Contains(strings.Split(only, ","), family.Name) {
			continue
		}
		fmt.Fprintf(os.Stderr, "%s: %d rounds\n", family.Name, rounds)
		text, err := again("-family", family.Name, "-server", server, "-rounds", fmt.Sprint(rounds), "-time", each.String())
		if err != nil {
			return nil, err
		}
		part := newFigures(rounds)
		if err := json.Unmarshal(text, part); err != nil {
			return nil, err
		}
		f.add(part)
	}
	return f, nil
}

// measureFamily measures one family in this process.
func measureFamily(w io.Writer, name, server string, rounds int, each time.Duration) error {
	families := calls.Families()
	i := slices.IndexFunc(families, func(f calls.Family) bool { return f.Name == name })
	if i < 0 {
		return fmt.Errorf("there is no family %q", name)
	}
	f := newFigures(rounds)
	f.take(families[i].Cases(server), each)
	return json.NewEncoder(w).Encode(f)
}
