package main

import (
	"cmp"
	"context"
	"fmt"
	"strings"
	"text/tabwriter"

	"example.com/lathe"
	"example.com/lathe/spec"
)

// listReport is what listing says; its JSON form is documented in the help of the
// command and stays as it is.
type listReport struct {
	OK         bool              `json:"ok"`
	Operations []operationReport `json:"operations"`
	Problems   []problemReport   `json:"problems"`
}

type operationReport struct {
	Name        string   `json:"name"`
	Method      string   `json:"method"`
	Path        string   `json:"path"`
	Shapes      int      `json:"shapes"`
	Paginated   bool     `json:"paginated"`
	Waiters     []string `json:"waiters"`
	Deprecated  bool     `json:"deprecated"`
	Unsupported string   `json:"unsupported"`
	Limits      []string `json:"limits"`
}

// listOperations prints the operations of the spec.
func (a *app) listOperations(ctx context.Context) error {
	if a.flags.spec == "" {
		return spec.Problems{{Message: "--spec is missing", Hint: "gen list --help shows how"}}
	}
	infos, err := interruptible(ctx, func() ([]lathe.OperationInfo, error) { return a.list(a.flags.spec, a.flags.format) })
	if err != nil {
		return err
	}
	if a.flags.json {
		return printJSON(a.stdout, listReport{OK: true, Operations: operationReports(infos), Problems: []problemReport{}})
	}
	return a.printTable(infos)
}

func operationReports(infos []lathe.OperationInfo) []operationReport {
	reports := make([]operationReport, len(infos))
	for i, o := range infos {
		reports[i] = operationReport{
			Name: o.Name, Method: o.Method, Path: o.Path, Shapes: o.Shapes, Paginated: o.Paginated,
			Waiters: append([]string{}, o.Waiters...), Deprecated: o.Deprecated, Unsupported: o.Unsupported,
			Limits: append([]string{}, o.Limits...),
		}
	}
	return reports
}

func (a *app) printTable(infos []lathe.OperationInfo) error {
	table := tabwriter.NewWriter(a.stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "OPERATION\tMETHOD\tPATH\tSHAPES\tNOTES")
	for _, o := range infos {
		fmt.Fprintf(table, "%s\t%s\t%s\t%d\t%s\n", o.Name, cmp.Or(o.Method, "-"), cmp.Or(o.Path, "-"), o.Shapes, cmp.Or(notes(o), "supported"))
	}
	return table.Flush()
}

func notes(o lathe.OperationInfo) string {
	var all []string
	if o.Paginated {
		all = append(all, "paginated")
	}
	if len(o.Waiters) > 0 {
		all = append(all, "waiters "+strings.Join(o.Waiters, " "))
	}
	if o.Deprecated {
		all = append(all, "deprecated")
	}
	if o.Unsupported != "" {
		all = append(all, "unsupported: "+o.Unsupported)
	}
	for _, limit := range o.Limits {
		all = append(all, "limited: "+limit)
	}
	return strings.Join(all, ", ")
}
