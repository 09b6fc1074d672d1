package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/fatih/color"
	"github.com/spf13/cobra"

	"example.com/lathe"
	"example.com/lathe/diff"
	"example.com/lathe/diff/report"
	"example.com/lathe/diff/rules"
	"example.com/lathe/internal/config"
	"example.com/lathe/internal/input"
	"example.com/lathe/internal/paths"
	"example.com/lathe/internal/plural"
	"example.com/lathe/spec"
)

// exitBreaking is the exit code when something breaks that nobody approved.
const exitBreaking = 2

const diffHelp = `Diff reports what changed between two versions of a spec for the operations that you
call, and what it means: whether an old client still talks to the service (wire),
whether callers still compile (Go), and what a new client does otherwise
(behaviour). Each change is on each of them

  breaking  a caller's code or calls can fail
  strict    only unusual code notices: == on structs, literals without keys,
            exhaustive switches over types
  notable   worth a look
  none      nobody has to know

OLD and NEW are files of any format, - for standard input, or git:REV:path for a file
as it was in a revision; the path counts from the root of the repository, or from the
working directory when it begins with "./". Files that belong to the spec, such as
paginators-1.json, are taken from the same revision. OLD need not be one that a
client can be generated of.

Without OLD and NEW each package of lathe.yaml is compared with what lathe.lock says
it was generated from. With --base it is compared with what lathe.lock said in a
revision, package by package by its folder: a spec that has another name, operations
that lathe.yaml no longer lists and packages that are gone count like any change.

Without --operation the operations are those that lathe.yaml selects for NEW, or
else for OLD; where it lists neither, or there is none, all operations are
compared. An operation that only one side has is a change.

With --program, or program in lathe.yaml, the packages of a program are looked at: a
change of what it never touches ranks one step lower, and one of what it touches
names the line.

What breaks is accepted by an approval in lathe.yaml, below the package, which names
rule and place, or the fingerprint that --format json has:

  approve:
    - rule: member-removed
      place: GetRun.output.message
      reason: nobody reads it
      expires: 2026-12-31

Approvals that have expired or accept nothing are problems. Those that lathe.lock
has too, here or in the revision, were used; they count until they expire. The
severity of a rule is changed in lathe.yaml:

  severity:
    go-comparability-lost: none

Formats: text, for people, which is folded unless --all is given; markdown for pull
requests; github prints annotations for GitHub Actions; sarif and junit; html is one
page with filters; changelog is what a release note would say; json is one object,
described by docs/diff.schema.json:

  ok        true when nothing fails that is not approved
  verdict   the report in a sentence
  counts    breaking, strict, notable, none; approved: how many of them are
  changes   fingerprint, package, rule, place, severity, wire, go, behaviour, text,
            hint, old, new, oldPos and newPos (file, line, column, pointer),
            operations, directions (input, output, error), goChanges (object, kind,
            old, new, why, severity, breaking), use (used, lines) or null,
            approval (reason, expires, pos) or null
  problems  file, line, column, pointer, message, hint; empty when ok

Text is coloured on terminals unless NO_COLOR is set.

Exit codes: 0 nothing breaks or all of it is approved, 2 something breaks, or is as
severe as --fail-on says, 1 failed.`

const diffExamples = `  gen diff old/service-2.json new/service-2.json
  gen diff git:HEAD:spec/datazone.yaml spec/datazone.yaml
  gen diff --base origin/main --format github
  gen diff --program ./... --fail-on strict
  gen diff git:v1.2.0:./model.json ./model.json --operation 'Get*' --format markdown
  gen diff --explain member-removed
  gen diff --explain all`

// diffFlags are the flags of the command.
type diffFlags struct {
	operations                    []string
	format, explain, base, failOn string
	program                       []string
	all                           bool
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
			if f.explain != "" {
				if err := cmp.Or(a.textOnly(cmd, "--explain"), noArguments(cmd, args)); err != nil {
					return err
				}
				return a.explainRule(f.explain)
			}
			if f.base == "" && cmd.Flags().Changed("base") {
				return a.failed(f, usage{spec.Problems{{
					Message: "--base is empty",
					Hint:    "name a revision, such as origin/main; git merge-base finds none where the history is not complete",
				}}})
			}
			return a.failed(f, a.compareAll(cmd.Context(), f, args))
		},
	}
	cmd.Flags().StringArrayVar(&f.operations, "operation", nil,
		"`name` or glob of an operation; may be repeated, or hold several with commas (default: see above)")
	cmd.Flags().StringVar(&f.format, "format", "text", "`form` of the report: "+strings.Join(report.Formats(), ", "))
	cmd.Flags().StringVar(&f.base, "base", "", "compare with what lathe.lock said in the `revision`")
	cmd.Flags().StringVar(&f.failOn, "fail-on", "breaking", "least `severity` that fails: "+strings.Join(failable(), ", "))
	cmd.Flags().StringArrayVar(&f.program, "program", nil,
		"packages of a `program`: what it does not touch ranks lower; may be repeated")
	cmd.Flags().BoolVar(&f.all, "all", false, "list every change, also those that matter to nobody")
	cmd.Flags().StringVar(&f.explain, "explain", "", "explain a `rule`, or list all")
	a.addConfigFlag(cmd)
	a.complete(cmd, "operation", cobra.NoFileCompletions)
	a.complete(cmd, "format", cobra.FixedCompletions(report.Formats(), cobra.ShellCompDirectiveNoFileComp))
	a.complete(cmd, "fail-on", cobra.FixedCompletions(failable(), cobra.ShellCompDirectiveNoFileComp))
	a.complete(cmd, "base", cobra.NoFileCompletions)
	a.complete(cmd, "explain", completeRules)
	return cmd
}

func completeRules(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	names := []string{"all"}
	for _, r := range rules.All() {
		names = append(names, r.ID)
	}
	return names, cobra.ShellCompDirectiveNoFileComp
}

// explainRule prints the documentation of a rule, or lists all.
func (a *app) explainRule(id string) error {
	if id == "all" {
		return report.ListRules(a.stdout)
	}
	rule, near := rules.Find(id)
	if rule == nil {
		return usageError(fmt.Sprintf("there is no rule %q", id), near, "gen diff --explain all")
	}
	return report.Explain(a.stdout, rule)
}

// isColoured reports whether the output is the terminal of the program and wants
// colours; the library looks at NO_COLOR and TERM.
func isColoured(w io.Writer) bool { return w == io.Writer(os.Stdout) && !color.NoColor }

// palette colours a report, or leaves it plain.
func palette(coloured bool) report.Palette {
	if !coloured {
		return report.Palette{}
	}
	style := func(attributes ...color.Attribute) func(string) string {
		c := color.New(attributes...)
		c.EnableColor()
		return func(text string) string { return c.Sprint(text) }
	}
	return report.Palette{
		Breaking: style(color.FgRed, color.Bold), Strict: style(color.FgMagenta), Notable: style(color.FgYellow),
		None:    style(color.FgGreen),
		Heading: style(color.Bold), Faint: style(color.Faint),
	}
}

// pipeWidth is how wide text is where no terminal says so.
const pipeWidth = 120

// width is how wide a report may be.
func width(w io.Writer) int { return cmp.Or(columns(w), pipeWidth) }

// comparison is what a run of the command compares, and what came of it.
type comparison struct {
	report   *diff.Report
	problems spec.Problems // of approvals, and of packages that can't be compared
	old, new string
	// isSome is set when anything was compared.
	isSome bool
}

// compareAll compares and reports.
func (a *app) compareAll(ctx context.Context, f diffFlags, args []string) error {
	failOn, known := rules.ParseSeverity(f.failOn)
	switch {
	case !slices.Contains(report.Formats(), f.format):
		return usageError(fmt.Sprintf("unknown format %q", f.format),
			spec.Nearest(f.format, slices.Values(report.Formats())), "gen diff --help")
	case !known || failOn == rules.None:
		return usageError(fmt.Sprintf("unknown severity %q", f.failOn),
			spec.Nearest(f.failOn, slices.Values(failable())), "gen diff --help")
	}
	c, err := a.compared(ctx, f, args)
	if err != nil {
		return err
	}
	err = report.Write(a.stdout, f.format, c.report, report.Options{
		Problems: c.problems, FailOn: failOn, All: f.all, Width: width(a.stdout), Palette: palette(isColoured(a.stdout)),
		Path: repositoryPath(ctx), Old: c.old, New: c.new,
	})
	switch {
	case err != nil:
		return err
	case c.report.Fails(failOn):
		a.complain(f, c.problems)
		return exitCode(exitBreaking)
	case len(c.problems) > 0 && f.format == "json":
		return exitCode(exitFailed)
	default:
		return c.problems.Err()
	}
}

// failed writes why a comparison failed in the form that was asked for.
func (a *app) failed(f diffFlags, err error) error {
	if _, isDone := errors.AsType[exitCode](err); err == nil || isDone || f.format != "json" {
		return err
	}
	if err := report.Failed(a.stdout, problemsOf(err)); err != nil {
		return err
	}
	return exitCode(exitFailed)
}

// complain prints the problems of approvals beside something that breaks, which has
// an exit code of its own.
func (a *app) complain(f diffFlags, problems spec.Problems) {
	if f.format != "json" {
		for _, p := range problems {
			fmt.Fprintln(a.stderr, p.Error())
		}
	}
}

// compared compares what the arguments name.
func (a *app) compared(ctx context.Context, f diffFlags, args []string) (*comparison, error) {
	switch {
	case f.base != "" && len(args) > 0:
		return nil, usageError("--base excludes OLD and NEW", "", "gen diff --help")
	case f.base != "":
		return a.compareBase(ctx, f)
	case len(args) == 0:
		return a.compareLocked(ctx, f)
	case len(args) == 2:
		return a.compareFiles(ctx, f, args[0], args[1])
	default:
		return nil, usageError("OLD and NEW are expected, not "+plural.Of(len(args), "argument"), "", "gen diff --help")
	}
}

// failable are the severities that can fail a run.
func failable() []string {
	names := rules.SeverityNames()
	return names[:len(names)-1]
}

// compareFiles compares two documents, with the approvals that lathe.yaml has for
// either.
func (a *app) compareFiles(ctx context.Context, f diffFlags, oldName, newName string) (*comparison, error) {
	if oldName == input.Stdin && newName == input.Stdin {
		return nil, usageError("standard input is one spec and not two", "", "gen diff --help")
	}
	before, errOld := source(ctx, oldName)
	after, errNew := source(ctx, newName)
	if problems := append(problemsOf(errOld), problemsOf(errNew)...); len(problems) > 0 {
		return nil, problems.Err()
	}
	cfg := lathe.DiffConfig{Old: before, New: after, Operations: splitNames(f.operations)}
	cfg.Old.Protocol, cfg.New.Protocol = a.flags.protocol, a.flags.protocol
	settings, err := a.configure(ctx, &cfg)
	if err != nil {
		return nil, err
	}
	r, err := interruptible(ctx, func() (*diff.Report, error) { return lathe.Diff(cfg) })
	if err != nil {
		return nil, err
	}
	if err := a.weigh(ctx, f, settings.file, r, settings.outs()); err != nil {
		return nil, err
	}
	if n := len(r.Unsound); n > 0 {
		first := r.Unsound[0]
		first.Hint = ""
		fmt.Fprintf(a.stderr, "%s is not sound (%s, the first: %s); it was compared as far as it could be read\n",
			input.Shown(oldName), plural.Of(n, "problem"), first.Error())
	}
	locked := settings.locked()
	if rest, ok := strings.CutPrefix(oldName, gitPrefix); ok {
		rev, _, _ := strings.Cut(rest, ":")
		locked = append(locked, settings.lockedIn(ctx, rev)...)
	}
	return &comparison{
		report: r, problems: judge(r, settings.approvals, locked), old: input.Shown(oldName), new: input.Shown(newName),
		isSome: true,
	}, nil
}

// source makes a source of an argument.
func source(ctx context.Context, arg string) (lathe.Document, error) {
	if rest, ok := strings.CutPrefix(arg, gitPrefix); ok {
		return gitSource(ctx, rest)
	}
	return lathe.Document{File: arg}, nil
}

// settings are those of lathe.yaml for two documents.
type settings struct {
	file      *config.File // nil when there is none
	packages  []config.Package
	approvals []diff.Approval
}

// configure takes from lathe.yaml what it says of either spec: the operations when
// none are named, the format, and the approvals. That there is no such file is no
// problem.
func (a *app) configure(ctx context.Context, cfg *lathe.DiffConfig) (*settings, error) {
	name := a.flags.config
	if name == "" {
		found, err := config.Find()
		if err != nil {
			return &settings{}, nil //nolint:nilerr // there is none
		}
		name = found
	}
	file, err := config.Load(name, a.formats())
	if err != nil {
		return nil, err
	}
	s := &settings{file: file}
	for _, side := range [...]*lathe.Document{&cfg.New, &cfg.Old} {
		found := selecting(file.Packages, localPath(ctx, side.File))
		if len(found) == 0 {
			continue
		}
		side.Format = found[0].Format
		side.Protocol = cmp.Or(side.Protocol, found[0].Protocol)
		if len(cfg.Operations) == 0 {
			cfg.Operations = selected(found)
		}
		if s.packages == nil {
			s.packages, s.approvals = found, approvalsOf(found)
		}
	}
	cfg.Old.Protocol = cmp.Or(cfg.Old.Protocol, cfg.New.Protocol)
	cfg.New.Protocol = cmp.Or(cfg.New.Protocol, cfg.Old.Protocol)
	return s, nil
}

// approvalsOf returns the approvals of packages.
func approvalsOf(packages []config.Package) []diff.Approval {
	all := []diff.Approval{}
	for _, pkg := range packages {
		all = append(all, pkg.Approvals...)
	}
	return all
}

// selecting are the packages made of a spec.
func selecting(packages []config.Package, file string) []config.Package {
	return slices.DeleteFunc(slices.Clone(packages), func(p config.Package) bool { return !paths.Same(p.Spec, file) })
}

// selected are the operations that any of the packages has; none for all.
func selected(packages []config.Package) []string {
	var names []string
	for _, p := range packages {
		if len(p.Operations) == 0 {
			return nil
		}
		names = append(names, p.Operations...)
	}
	return names
}

// showDiff shows how a model has changed, as gen diff does.
func (a *app) showDiff(w io.Writer, before, after *spec.API) error {
	r, err := lathe.Compare(before, after)
	if err != nil || len(r.Changes) == 0 {
		return err
	}
	return report.Text(w, r, report.Options{Width: width(w), Palette: palette(isColoured(w))})
}
