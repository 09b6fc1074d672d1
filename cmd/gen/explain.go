package main

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"example.com/lathe"
	"example.com/lathe/internal/config"
	"example.com/lathe/internal/paths"
)

const explainHelp = `Explain says why a type is part of a client: for each operation that reaches it,
the shortest way from the operation's input, output or error, member by member.
When no selected operation reaches it, it says so and names those that would.
NAME is a shape of the spec or a Go type, such as types.Run or GetRunInput; of a
paginator or waiter explain says what it looks at and where it is declared, be it in
lathe.yaml. Without --spec it is looked for in the specs that lathe.yaml names, for the
operations that it lists.

With --format mermaid or dot the shapes that operations reach are drawn instead, for
Mermaid or Graphviz; NAME may be an operation then, or be left out.

With --json one object is printed, on success and on failure:

  ok        true when the spec has it
  shape     its name, kind, file, line, column
  emitted   true when a selected operation reaches it
  paths     operation, role (input, output, error, paginator, waiter), steps: shapes and
            .members in turn
  all       spec, out, shape, emitted and paths for each package of lathe.yaml that
            has it; those above are of the first
  problems  file, line, column, pointer, message, hint; empty when ok`

// explainReport is what explain says; its JSON form is documented in its help.
type explainReport struct {
	OK       bool            `json:"ok"`
	Shape    shapeReport     `json:"shape"`
	Emitted  bool            `json:"emitted"`
	Paths    []pathReport    `json:"paths"`
	All      []placeReport   `json:"all"`
	Problems []problemReport `json:"problems"`
}

type placeReport struct {
	Spec    string       `json:"spec"`
	Out     string       `json:"out"`
	Shape   shapeReport  `json:"shape"`
	Emitted bool         `json:"emitted"`
	Paths   []pathReport `json:"paths"`
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
		Use:   "explain [NAME]",
		Short: "Say why a type is emitted, or why it is not",
		Long:  explainHelp,
		Example: "  gen explain RunStatisticsForAssets\n  gen explain --spec spec/datazone.yaml RunStatisticsForAssets\n" +
			"  gen explain --spec spec/datazone.yaml --format mermaid GetDataSourceRun",
		RunE: func(cmd *cobra.Command, args []string) error {
			if drawing := drawings[a.flags.format]; drawing != nil {
				if err := a.textOnly(cmd, "--format "+a.flags.format); err != nil {
					return err
				}
				a.flags.format = "" // it is none of a spec
				return a.draw(cmd.Context(), drawing, args)
			}
			if err := oneArgument("one name")(cmd, args); err != nil {
				return err
			}
			return a.explainShape(cmd.Context(), args[0])
		},
		ValidArgsFunction: func(_ *cobra.Command, args []string, typed string) ([]string, cobra.ShellCompDirective) {
			if len(args) > 0 {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			return a.shapeNames(typed), cobra.ShellCompDirectiveNoFileComp
		},
	}
	a.addConfigFlag(cmd)
	a.addSpecFlags(cmd)
	cmd.Flags().Lookup("format").Usage += "; or a drawing: " + strings.Join(drawingFormats(), ", ")
	a.addOperationFlag(cmd, "(default: all, or those of lathe.yaml)")
	return cmd
}

// explained is what one package has to do with a shape.
type explained struct {
	*lathe.Explanation

	pkg config.Package
}

// explainShape prints why the shape of that name is emitted, in each package that
// knows it.
func (a *app) explainShape(ctx context.Context, name string) error {
	packages, err := a.specs()
	if err != nil {
		return err
	}
	var all []explained
	explain := func(pkg config.Package) (*lathe.Explanation, error) { return a.explain(pkg.Config, name) }
	problems, err := ofEach(ctx, packages, explain, func(pkg config.Package, e *lathe.Explanation) {
		all = append(all, explained{e, pkg})
	})
	switch {
	case err != nil:
		return err
	case len(all) == 0:
		return problems.Err()
	case a.flags.json:
		return printJSON(a.stdout, newExplainReport(all))
	}
	for _, e := range all {
		if e.pkg.Out != "" && len(packages) > 1 {
			if err := a.print(paths.Show(e.pkg.Out) + ": "); err != nil {
				return err
			}
		}
		if err := a.printExplanation(e.Explanation); err != nil {
			return err
		}
	}
	return nil
}

func newExplainReport(all []explained) explainReport {
	report := explainReport{OK: true, Problems: []problemReport{}}
	for _, e := range all {
		place := placeReport{
			Spec: filepath.ToSlash(e.pkg.Spec), Out: filepath.ToSlash(e.pkg.Out), Emitted: e.Emitted, Paths: []pathReport{},
			Shape: shapeReport{e.Name, e.Kind, filepath.ToSlash(e.Pos.File), e.Pos.Line, e.Pos.Column},
		}
		for _, p := range e.Paths {
			place.Paths = append(place.Paths, pathReport(p))
		}
		report.All = append(report.All, place)
	}
	first := report.All[0]
	report.Shape, report.Emitted, report.Paths = first.Shape, first.Emitted, first.Paths
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
	var text strings.Builder
	fmt.Fprintf(&text, "%s %s, %s, %s\n", e.Kind, e.Name, e.Pos, verdict)
	for _, p := range e.Paths {
		fmt.Fprintf(&text, "  %s\n", p)
	}
	return a.print(text.String())
}
