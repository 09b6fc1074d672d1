package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/fatih/color"
	"github.com/spf13/cobra"

	"example.com/lathe"
	"example.com/lathe/internal/diff"
	"example.com/lathe/spec"
)

// exitBreaking is the exit code when something breaks that nobody approved.
const exitBreaking = 2

const diffHelp = `Diff tells what changed between two versions of a spec for the operations that you
call, and what it means: whether an old client still talks to the service (wire),
whether callers still compile (Go), and what a new client does otherwise
(behaviour). Each change is breaking, notable or none on each of them.

OLD and NEW are files of any format, or git:REV:path for a file as it was in a
revision; the path counts from the root of the repository, or from the working
directory when it begins with "./". Files that belong to the spec, such as
paginators-1.json, are taken from the same revision.

Without --operation the operations are those that lathe.yaml selects for NEW, or
else for OLD; where it lists neither, or there is none, all operations are
compared. An operation that only one side has is a change.

With --format json one object is printed:

  ok        true when nothing breaks that is not approved
  counts    breaking, notable, none; approved: how many of the breaking are
  changes   rule, place, severity, wire, go, behaviour, text, hint, old, new,
            oldPos and newPos (file, line, column, pointer), operations,
            directions (input, output, error), goChanges (object, kind, old, new,
            why, breaking), approval (reason, expires, pos) or null
  problems  file, line, column, pointer, message, hint; empty when ok

--format markdown suits pull requests, --format github prints annotations for
GitHub Actions. Text is coloured on terminals unless NO_COLOR is set.

Exit codes: 0 nothing breaks or all of it is approved, 2 something breaks, 1
failed.`

const diffExamples = `  gen diff old/service-2.json new/service-2.json
  gen diff git:HEAD:spec/datazone.yaml spec/datazone.yaml
  gen diff git:v1.2.0:./model.json ./model.json --operation 'Get*' --format markdown
  gen diff --explain member-removed
  gen diff --explain all`

// diffFlags are the flags of the command.
type diffFlags struct {
	operations      []string
	format, explain string
}

// exitCode is the error of a command that has said everything and ends with a code
// of its own.
type exitCode int

// Error says what a person would never see.
func (c exitCode) Error() string { return fmt.Sprintf("exit code %d", int(c)) }

func (a *app) diffCommand() *cobra.Command {
	var f diffFlags
	cmd := &cobra.Command{
		Use:     "diff [OLD NEW]",
		Short:   "Say what changed between two versions of a spec, and what breaks",
		Long:    diffHelp,
		Example: diffExamples,
		RunE: func(cmd *cobra.Command, args []string) error {
			a.flags.json = f.format == "json"
			if f.explain != "" {
				return a.explainRule(f.explain)
			}
			return a.diff(cmd.Context(), f, args)
		},
	}
	cmd.Flags().StringArrayVar(&f.operations, "operation", nil,
		"`name` or glob of an operation; may be repeated, or hold several with commas (default: see above)")
	cmd.Flags().StringVar(&f.format, "format", "text", "`form` of the report: "+strings.Join(reportFormats(), ", "))
	cmd.Flags().StringVar(&f.explain, "explain", "", "explain a `rule`, or list all")
	a.complete(cmd, "operation", cobra.NoFileCompletions)
	a.complete(cmd, "format", cobra.FixedCompletions(reportFormats(), cobra.ShellCompDirectiveNoFileComp))
	a.complete(cmd, "explain", completeRules)
	return cmd
}

func completeRules(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	names := []string{"all"}
	for _, r := range diff.Rules() {
		names = append(names, r.ID)
	}
	return names, cobra.ShellCompDirectiveNoFileComp
}

// explainRule prints the documentation of a rule, or lists all.
func (a *app) explainRule(id string) error {
	if id == "all" {
		return diff.ListRules(a.stdout)
	}
	rule, near, ok := diff.FindRule(id)
	if !ok {
		return usageError(fmt.Sprintf("there is no rule %q", id), near, "gen diff --explain all")
	}
	return rule.Explain(a.stdout)
}

// writers are the forms of a report.
var writers = map[string]func(a *app, r *diff.Report, problems spec.Problems) error{
	"text": func(a *app, r *diff.Report, _ spec.Problems) error {
		return r.Text(a.stdout, palette(isColoured(a.stdout)))
	},
	"json":     func(a *app, r *diff.Report, problems spec.Problems) error { return r.JSON(a.stdout, problems) },
	"markdown": func(a *app, r *diff.Report, _ spec.Problems) error { return r.Markdown(a.stdout) },
	"github":   func(a *app, r *diff.Report, _ spec.Problems) error { return r.GitHub(a.stdout) },
}

func reportFormats() []string { return []string{"text", "json", "markdown", "github"} }

// isColoured says whether the output is the terminal of the program and wants
// colours; the library looks at NO_COLOR and TERM.
func isColoured(w io.Writer) bool { return w == io.Writer(os.Stdout) && !color.NoColor }

// palette colours a report, or leaves it plain.
func palette(coloured bool) diff.Palette {
	if !coloured {
		return diff.Palette{}
	}
	style := func(attributes ...color.Attribute) func(string) string {
		c := color.New(attributes...)
		c.EnableColor()
		return func(text string) string { return c.Sprint(text) }
	}
	return diff.Palette{
		Breaking: style(color.FgRed, color.Bold), Notable: style(color.FgYellow), None: style(color.FgGreen),
		Heading: style(color.Bold), Faint: style(color.Faint),
	}
}

// diff compares and reports.
func (a *app) diff(ctx context.Context, f diffFlags, args []string) error {
	write := writers[f.format]
	if write == nil {
		return usageError(fmt.Sprintf("unknown format %q", f.format), spec.Nearest(f.format, slices.Values(reportFormats())), "gen diff --help")
	}
	pair, err := a.pair(ctx, f, args)
	if err != nil {
		return err
	}
	report, err := interruptible(ctx, func() (*diff.Report, error) { return lathe.Diff(pair.DiffConfig) })
	if err != nil {
		return err
	}
	problems := diff.Apply(report, pair.approvals, time.Now())
	if err := write(a, report, problems); err != nil {
		return err
	}
	switch {
	case len(problems) > 0 && f.format == "json":
		return exitCode(exitFailed)
	case len(problems) > 0:
		return problems.Err()
	case report.IsBreaking():
		return exitCode(exitBreaking)
	default:
		return nil
	}
}

// diffPair is what is compared, and which changes are accepted.
type diffPair struct {
	lathe.DiffConfig
	approvals []diff.Approval
}

// pair finds out what the arguments ask to compare.
func (a *app) pair(ctx context.Context, f diffFlags, args []string) (diffPair, error) {
	if len(args) == 0 {
		return loadLocked()
	}
	if len(args) != 2 {
		return diffPair{}, usageError("OLD and NEW are expected, not "+plural(len(args), "argument"), "", "gen diff --help")
	}
	before, errOld := source(ctx, args[0])
	after, errNew := source(ctx, args[1])
	if problems := append(problemsOf(errOld), problemsOf(errNew)...); len(problems) > 0 {
		return diffPair{}, problems.Err()
	}
	pair := diffPair{DiffConfig: lathe.DiffConfig{Old: before, New: after, Operations: splitNames(f.operations)}}
	err := a.configure(ctx, &pair)
	return pair, err
}

// loadLocked gives what plain gen diff compares: the state of the lock with the
// working tree.
func loadLocked() (diffPair, error) {
	return diffPair{}, spec.Problems{{Message: "OLD and NEW are missing", Hint: "gen diff --help shows how"}}
}

// source makes a source of an argument.
func source(ctx context.Context, arg string) (lathe.Source, error) {
	if rest, ok := strings.CutPrefix(arg, gitPrefix); ok {
		return gitSource(ctx, rest)
	}
	return lathe.Source{File: arg}, nil
}

// configure takes from lathe.yaml what it says of either spec: the operations when
// none are named, and the format. That there is no such file is no problem.
func (a *app) configure(ctx context.Context, pair *diffPair) error {
	name, err := findConfig()
	if err != nil {
		return nil //nolint:nilerr // there is none
	}
	configs, err := loadConfig(name, a.formats())
	if err != nil {
		return err
	}
	for _, side := range [...]*lathe.Source{&pair.New, &pair.Old} {
		found := selecting(configs, localPath(ctx, side.File))
		if len(found) == 0 {
			continue
		}
		side.Format = found[0].Format
		if len(pair.Operations) == 0 {
			pair.Operations = selected(found)
		}
	}
	return nil
}

// selecting are the packages made of a spec.
func selecting(configs []lathe.Config, file string) []lathe.Config {
	return slices.DeleteFunc(slices.Clone(configs), func(c lathe.Config) bool { return !isSameFile(c.Spec, file) })
}

// isSameFile says whether two names are those of one file, links followed where
// there is a file.
func isSameFile(a, b string) bool {
	x, errX := os.Stat(a)
	y, errY := os.Stat(b)
	if errX == nil && errY == nil {
		return os.SameFile(x, y)
	}
	return filepath.Clean(absolute(a)) == filepath.Clean(absolute(b))
}

// selected are the operations that any of the packages has; none for all.
func selected(configs []lathe.Config) []string {
	var names []string
	for _, c := range configs {
		if len(c.Operations) == 0 {
			return nil
		}
		names = append(names, c.Operations...)
	}
	return names
}
