package picture

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// figure is a pair of figures of BENCHMARKS.md: of the official client, and of ours.
type figure struct {
	// what stands beside the bars.
	what string
	// official and ours are the medians as they are written.
	official, ours string
}

// cell says where a figure stands: in the table that has the column, in the rows of the
// official client and ours that begin so.
type cell struct {
	what, column string
	row          []string
}

// cells are the figures of the picture, from top to bottom.
var cells = []cell{
	{"CPU of a call", "CPU", []string{"GetDataSourceRun, all members"}},
	{"Allocations of a call", "allocations", []string{"GetDataSourceRun, all members"}},
	{"Memory to compile the client", "memory", nil},
	{"Program", "program", nil},
	{"Program that finds methods by name", "methods looked up by name", nil},
}

// service may stand before the client's name where a table has several.
const service = "datazone, "

// read takes the figures out of the document.
func read(document string) ([]figure, error) {
	figures := make([]figure, len(cells))
	for i, c := range cells {
		of := func(client string) string { return find(document, c.column, append(slices.Clone(c.row), client)) }
		official, ours := of("official"), of("ours")
		if official == "" || ours == "" {
			return nil, fmt.Errorf("no figures of %q in the tables of the document", c.what)
		}
		figures[i] = figure{c.what, official, ours}
	}
	return figures, nil
}

// find returns the median in the first row of a table with that column that begins with
// those cells.
func find(document, column string, row []string) string {
	at := -1
	for line := range strings.Lines(document) {
		line, table := strings.CutPrefix(strings.TrimSpace(line), "|")
		if !table {
			at = -1
			continue
		}
		fields := strings.Split(strings.TrimSuffix(line, "|"), "|")
		for i := range fields {
			fields[i] = strings.TrimSpace(fields[i])
		}
		switch {
		case at < 0:
			at = position(fields, column)
		case at < len(fields) && begins(fields, row):
			median, _, _ := strings.Cut(fields[at], " (")
			return median
		}
	}
	return ""
}

// position is the index of a column in a head of a table; where it has none, one that no
// row has.
func position(head []string, column string) int {
	if at := slices.Index(head, column); at >= 0 {
		return at
	}
	return len(head)
}

func begins(fields, row []string) bool {
	for i, want := range row {
		if i >= len(fields) || strings.TrimPrefix(fields[i], service) != want {
			return false
		}
	}
	return true
}

// units are those that package report writes, in nanoseconds and bytes.
var units = map[string]float64{"": 1, "µs": 1e3, "ms": 1e6, "s": 1e9, "B": 1, "kB": 1e3, "MB": 1e6}

// value is a figure as a number.
func value(text string) (float64, error) {
	number, unit, _ := strings.Cut(text, " ")
	n, err := strconv.ParseFloat(number, 64)
	factor, known := units[unit]
	if err != nil || !known {
		return 0, fmt.Errorf("%q is no figure", text)
	}
	return n * factor, nil
}
