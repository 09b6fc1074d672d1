package main

import (
	"cmp"
	"context"
	"errors"
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
	"example.com/lathe/internal/config"
	"example.com/lathe/internal/diff"
	"example.com/lathe/internal/input"
	"example.com/lathe/internal/lock"
	"example.com/lathe/internal/paths"
	"example.com/lathe/spec"
	"example.com/lathe/spec/snapshot"
)

// exitBreaking is the exit code when something breaks that nobody approved.
const exitBreaking = 2

const diffHelp = `Diff tells what changed between two versions of a spec for the operations that you
call, and what it means: whether an old client still talks to the service (wire),
whether callers still compile (Go), and what a new client does otherwise
(behaviour). Each change is breaking, notable or none on each of them.

OLD and NEW are files of any format, - for standard input, or git:REV:path for a file
as it was in a revision; the path counts from the root of the repository, or from the working
directory when it begins with "./". Files that belong to the spec, such as
paginators-1.json, are taken from the same revision.

Without OLD and NEW each package of lathe.yaml is compared with what lathe.lock says
it was generated from.

Without --operation the operations are those that lathe.yaml selects for NEW, or
else for OLD; where it lists neither, or there is none, all operations are
compared. An operation that only one side has is a change.

What breaks is accepted by an approval in lathe.yaml, below the package:

  approve:
    - rule: member-removed
      place: GetRun.output.message
      reason: nobody reads it
      expires: 2026-12-31

Approvals that have expired or accept nothing are problems. Those that lathe.lock
has too were used when the package was generated; they count until they expire.

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
			return a.compareAll(cmd.Context(), f, args)
		},
	}
	cmd.Flags().StringArrayVar(&f.operations, "operation", nil,
		"`name` or glob of an operation; may be repeated, or hold several with commas (default: see above)")
	cmd.Flags().StringVar(&f.format, "format", "text", "`form` of the report: "+strings.Join(reportFormats(), ", "))
	cmd.Flags().StringVar(&f.explain, "explain", "", "explain a `rule`, or list all")
	a.addConfigFlag(cmd)
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
var writers = map[string]func(ctx context.Context, a *app, r *diff.Report, problems spec.Problems) error{
	"text": func(_ context.Context, a *app, r *diff.Report, _ spec.Problems) error {
		return r.Text(a.stdout, palette(isColoured(a.stdout)))
	},
	"json": func(_ context.Context, a *app, r *diff.Report, problems spec.Problems) error {
		return r.JSON(a.stdout, problems)
	},
	"markdown": func(_ context.Context, a *app, r *diff.Report, _ spec.Problems) error {
		return r.Markdown(a.stdout)
	},
	"github": func(ctx context.Context, a *app, r *diff.Report, _ spec.Problems) error {
		return r.GitHub(a.stdout, repositoryPath(ctx))
	},
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

// compareAll compares and reports.
func (a *app) compareAll(ctx context.Context, f diffFlags, args []string) error {
	write := writers[f.format]
	if write == nil {
		return usageError(fmt.Sprintf("unknown format %q", f.format), spec.Nearest(f.format, slices.Values(reportFormats())), "gen diff --help")
	}
	var report *diff.Report
	var problems spec.Problems
	var err error
	switch len(args) {
	case 0:
		report, problems, err = a.compareLocked(ctx, f)
	case 2:
		report, problems, err = a.compareFiles(ctx, f, args[0], args[1])
	default:
		return usageError("OLD and NEW are expected, not "+plural(len(args), "argument"), "", "gen diff --help")
	}
	if err != nil {
		return err
	}
	if err := write(ctx, a, report, problems); err != nil {
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

// compareFiles compares two documents, with the approvals that lathe.yaml has for
// either.
func (a *app) compareFiles(ctx context.Context, f diffFlags, oldName, newName string) (*diff.Report, spec.Problems, error) {
	if oldName == input.Stdin && newName == input.Stdin {
		return nil, nil, usageError("standard input is one spec and not two", "", "gen diff --help")
	}
	before, errOld := source(ctx, oldName)
	after, errNew := source(ctx, newName)
	if problems := append(problemsOf(errOld), problemsOf(errNew)...); len(problems) > 0 {
		return nil, nil, problems.Err()
	}
	cfg := lathe.DiffConfig{Old: before, New: after, Operations: splitNames(f.operations)}
	cfg.Old.Protocol, cfg.New.Protocol = a.flags.protocol, a.flags.protocol
	approvals, err := a.configure(ctx, &cfg)
	if err != nil {
		return nil, nil, err
	}
	report, err := interruptible(ctx, func() (*diff.Report, error) { return lathe.Diff(cfg) })
	if err != nil {
		return nil, nil, err
	}
	return report, diff.Apply(report, approvals, time.Now().UTC()), nil
}

// compareLocked compares what the lock says of each package with its spec as it
// is now. What the lock lists as approved was so when the package was generated:
// it needs no change any more to be an approval of.
func (a *app) compareLocked(ctx context.Context, f diffFlags) (*diff.Report, spec.Problems, error) {
	if len(f.operations) > 0 {
		return nil, nil, usageError("--operation needs OLD and NEW", "", "lathe.yaml says which operations count")
	}
	p, err := a.configured()
	if err != nil {
		return nil, nil, err
	}
	locked, _, err := lock.Read(p.lock)
	if err != nil {
		return nil, nil, err
	}
	if locked == nil {
		return nil, nil, spec.Problems{{Pos: spec.Pos{File: paths.Show(p.lock)}, Message: "there is no lock to compare with", Hint: "gen generate writes it, or name OLD and NEW"}}
	}
	all := &diff.Report{}
	var problems, unusable spec.Problems
	compared := 0
	for _, pkg := range p.packages {
		report, err := interruptible(ctx, func() (*diff.Report, error) { return p.compareLocked(locked, pkg) })
		if ps, ok := errors.AsType[spec.Problems](err); ok {
			unusable = append(unusable, ps...)
			continue
		}
		if err != nil {
			return nil, nil, err
		}
		kept, settled := split(pkg.Approvals, locked.Packages[p.inLock(pkg.Out)].Approvals, report)
		problems = append(problems, diff.Apply(report, kept, time.Now().UTC())...)
		problems = append(problems, diff.Expired(settled, time.Now().UTC())...)
		all.Changes = append(all.Changes, report.Changes...)
		compared++
	}
	if compared == 0 {
		return nil, nil, unusable.Err()
	}
	return all, append(problems, unusable...), nil // a package that cannot be compared does not hide the others
}

// compareLocked compares one package.
func (p *project) compareLocked(locked *lock.File, pkg config.Package) (*diff.Report, error) {
	entry, ok := locked.Packages[p.inLock(pkg.Out)]
	if !ok {
		return nil, spec.Problems{{Pos: pkg.Pos, Message: "the lock knows nothing of this package", Hint: p.mend + " writes it"}}
	}
	before, err := snapshot.Decode(entry.Snapshot, func(name string) string { return paths.Show(lock.Join(filepath.Dir(p.lock), name)) })
	if err != nil {
		return nil, spec.Problems{{Pos: spec.Pos{File: paths.Show(p.lock)}, Message: err.Error(), Hint: p.mend + " writes it anew"}}
	}
	after, err := lathe.Model(pkg.Config)
	if err != nil {
		return nil, err
	}
	return lathe.Compare(before, after)
}

// inLock is the name of a file or folder in the lock.
func (p *project) inLock(name string) string { return paths.Rel(filepath.Dir(p.lock), name) }

// split parts approvals: those that the lock has too and no change needs are
// settled.
func split(all []config.Approval, locked []lock.Approval, report *diff.Report) (open, settled []diff.Approval) {
	for _, a := range all {
		isLocked := slices.ContainsFunc(locked, func(l lock.Approval) bool { return l.Rule == a.Rule && l.Place == a.Place })
		if isLocked && !report.Needs(diff.Approval(a)) {
			settled = append(settled, diff.Approval(a))
		} else {
			open = append(open, diff.Approval(a))
		}
	}
	return open, settled
}

// source makes a source of an argument.
func source(ctx context.Context, arg string) (lathe.Document, error) {
	if rest, ok := strings.CutPrefix(arg, gitPrefix); ok {
		return gitSource(ctx, rest)
	}
	return lathe.Document{File: arg}, nil
}

// configure takes from lathe.yaml what it says of either spec: the operations when
// none are named, the format, and the approvals. That there is no such file is no
// problem.
func (a *app) configure(ctx context.Context, cfg *lathe.DiffConfig) ([]diff.Approval, error) {
	name := a.flags.config
	if name == "" {
		found, err := config.Find()
		if err != nil {
			return nil, nil //nolint:nilerr // there is none
		}
		name = found
	}
	file, err := config.Load(name, a.formats())
	if err != nil {
		return nil, err
	}
	var approvals []diff.Approval
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
		if approvals == nil {
			approvals = approvalsOf(found)
		}
	}
	cfg.Old.Protocol = cmp.Or(cfg.Old.Protocol, cfg.New.Protocol)
	cfg.New.Protocol = cmp.Or(cfg.New.Protocol, cfg.Old.Protocol)
	return approvals, nil
}

// approvalsOf gives the approvals of packages.
func approvalsOf(packages []config.Package) []diff.Approval {
	all := []diff.Approval{}
	for _, pkg := range packages {
		for _, approval := range pkg.Approvals {
			all = append(all, diff.Approval(approval))
		}
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
	report, err := lathe.Compare(before, after)
	if err != nil || len(report.Changes) == 0 {
		return err
	}
	return report.Text(w, palette(isColoured(w)))
}
