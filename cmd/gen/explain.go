package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"example.com/lathe"
	"example.com/lathe/spec"
)

const explainHelp = `Explain says why a type is part of a client: for each operation that reaches it,
the shortest way from the operation's input, output or error, member by member.
When no selected operation reaches it, it says so and names those that would.
NAME is a shape of the spec or a Go type.

With --format mermaid or dot the shapes that operations reach are drawn instead, for
Mermaid or Graphviz; NAME may be an operation then, or be left out.

With --json one object is printed, on success and on failure:

  ok        true when the spec has it
  shape     its name, kind, file, line, column
  emitted   true when a selected operation reaches it
  paths     operation, role (input, output, error), steps: shapes and .members in turn
  problems  file, line, column, pointer, message, hint; empty when ok`

// explainReport is what explain says; its JSON form is documented in its help.
type explainReport struct {
	OK       bool            `json:"ok"`
	Shape    shapeReport     `json:"shape"`
	Emitted  bool            `json:"emitted"`
	Paths    []pathReport    `json:"paths"`
	Problems []problemReport `json:"problems"`
}

type shapeReport struct {
	Name   string `json:"name"`
	Kind   string `json:"kind"`
	File   string `json:"file"`
	Line   int    `json:"line"`
	Column int    `json:"column"`
}

type pathReport struct {
	Operation string   `json:"operation"`
	Role      string   `json:"role"`
	Steps     []string `json:"steps"`
}

func (a *app) explainCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "explain [NAME]",
		Short:   "Say why a type is emitted, or why it is not",
		Long:    explainHelp,
		Example: "  gen explain --spec spec/datazone.yaml RunStatisticsForAssets\n  gen explain --spec spec/datazone.yaml --format mermaid GetDataSourceRun",
		RunE: func(cmd *cobra.Command, args []string) error {
			if drawings[a.flags.format] != nil {
				return a.draw(cmd.Context(), args)
			}
			if err := oneName(cmd, args); err != nil {
				return err
			}
			return a.explainShape(cmd.Context(), args[0])
		},
	}
	a.addSpecFlags(cmd)
	if flag := cmd.Flags().Lookup("format"); flag != nil {
		flag.Usage += "; or a drawing: " + strings.Join(drawingFormats(), ", ")
	}
	cmd.Flags().StringArrayVar(&a.flags.operations, "operation", nil,
		"`name` or glob of an operation; may be repeated, or hold several with commas (default: all)")
	a.complete(cmd, "operation", a.completeOperations)
	cmd.Flags().BoolVar(&a.flags.json, "json", false, "print one JSON object")
	return cmd
}

func oneName(cmd *cobra.Command, args []string) error {
	if len(args) == 1 {
		return nil
	}
	return usageError(fmt.Sprintf("one name is expected, not %d", len(args)), "", cmd.CommandPath()+" --help")
}

// explainShape prints why the shape of that name is emitted.
func (a *app) explainShape(ctx context.Context, name string) error {
	if a.flags.spec == "" {
		return spec.Problems{{Message: "--spec is missing", Hint: "gen explain --help shows how"}}
	}
	e, err := interruptible(ctx, func() (*lathe.Explanation, error) {
		return a.explain(a.flags.spec, a.flags.format, splitNames(a.flags.operations), name)
	})
	if err != nil {
		return err
	}
	if a.flags.json {
		return printJSON(a.stdout, newExplainReport(e))
	}
	return a.printExplanation(e)
}

func newExplainReport(e *lathe.Explanation) explainReport {
	report := explainReport{
		OK: true, Emitted: e.Emitted, Paths: []pathReport{}, Problems: []problemReport{},
		Shape: shapeReport{e.Name, e.Kind, e.Pos.File, e.Pos.Line, e.Pos.Column},
	}
	for _, p := range e.Paths {
		report.Paths = append(report.Paths, pathReport(p))
	}
	return report
}

func (a *app) printExplanation(e *lathe.Explanation) error {
	verdict := "is emitted"
	switch {
	case !e.Emitted && len(e.Paths) == 0:
		verdict = "is not emitted: no operation of the spec reaches it"
	case !e.Emitted:
		verdict = "is not emitted: only other operations reach it"
	}
	if _, err := fmt.Fprintf(a.stdout, "%s %s, %s, %s\n", e.Kind, e.Name, e.Pos, verdict); err != nil {
		return err
	}
	for _, p := range e.Paths {
		if _, err := fmt.Fprintf(a.stdout, "  %s\n", p); err != nil {
			return err
		}
	}
	return nil
}
