// Command corpus generates a client of every service of a folder of models and
// sees what Go thinks of it. The folder holds Smithy models in smithy/*.json and
// C2J models in c2j/*/*/service-2.json.
//
// Every service is generated whole, twice, with the same bytes; the files are gofmt-clean,
// type-check and pass go vet with the oldest Go, core and smithy-go that clients work with.
// What came of each service is printed as a row of a table, and the totals below it. The exit
// code is 1 when something is wrong, or when fewer than 99 % of the operations are emitted.
//
//	go run ./internal/corpus [-vet=false] ../shared/models
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"
)

// defaultModels is where models are looked for; only there they may be absent.
const defaultModels = "../shared/models"

func main() {
	vet := flag.Bool("vet", true, "run go vet over what is generated")
	match := flag.String("match", "", "take only models whose path contains this")
	flag.Parse()
	models := defaultModels
	if flag.NArg() > 0 {
		models = flag.Arg(0)
	}
	ok, err := run(models, *match, *vet)
	if err != nil {
		fmt.Fprintln(os.Stderr, "corpus:", err)
	}
	if err != nil || !ok {
		os.Exit(1)
	}
}

// run takes all models through all checks and reports whether everything holds.
func run(dir, match string, vet bool) (bool, error) {
	models, err := find(dir, match)
	if err != nil {
		return false, err
	}
	switch {
	case len(models) > 0:
	case dir == defaultModels && match == "":
		fmt.Printf("skipped: there are no models in %s\n", dir)
		return true, nil
	default:
		return false, fmt.Errorf("no models in %s", dir)
	}
	ws, err := newWorkspace()
	if err != nil {
		return false, err
	}
	defer ws.remove()
	alone, err := newSmalls(ws)
	if err != nil {
		return false, err
	}
	rows := make([]*row, 0, len(models))
	for _, m := range models {
		rows = append(rows, ws.generate(m, alone))
	}
	if err := ws.check(rows, vet); err != nil {
		return false, err
	}
	return report(rows), nil
}

// find lists the models below a folder, in a fixed order.
func find(dir, match string) ([]string, error) {
	var models []string
	for _, pattern := range []string{"smithy/*.json", "c2j/*/*/service-2.json"} {
		found, err := filepath.Glob(filepath.Join(dir, filepath.FromSlash(pattern)))
		if err != nil {
			return nil, err
		}
		models = append(models, found...)
	}
	return slices.DeleteFunc(models, func(m string) bool { return !strings.Contains(m, match) }), nil
}

// report prints the table and the totals, and reports whether all is well.
func report(rows []*row) bool {
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "service\tms\tfiles\tlines\temitted\trefused\tnotes")
	var total row
	good := true
	for _, r := range rows {
		fmt.Fprintf(w, "%s\t%d\t%d\t%d\t%d\t%d\t%s\n", r.name, r.millis, r.files, r.lines, r.emitted,
			len(r.refused), strings.Join(r.refused, "; "))
		for _, p := range r.problems {
			fmt.Fprintf(w, "%s\t\t\t\t\t\tWRONG: %s\n", r.name, p)
			good = false
		}
		total.add(r)
	}
	_ = w.Flush()
	share := 100 * float64(total.emitted) / float64(max(1, total.emitted+len(total.refused)))
	fmt.Printf("%d services; %d ms, %d files, %d lines; %d operations emitted, %d refused (%.2f %% emitted)\n",
		len(rows), total.millis, total.files, total.lines, total.emitted, len(total.refused), share)
	return good && share >= 99
}
