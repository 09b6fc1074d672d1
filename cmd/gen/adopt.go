package main

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"example.com/lathe"
	"example.com/lathe/internal/adopt"
	"example.com/lathe/internal/adopt/scan"
	"example.com/lathe/internal/emit"
	"example.com/lathe/internal/gomod"
	"example.com/lathe/internal/paths"
	"example.com/lathe/internal/plural"
	"example.com/lathe/spec"
)

const adoptHelp = `Adopt makes a program slim that uses the official AWS SDK, without changing its
code. It looks at which operations the program and its dependencies call, generates
clients with just these, each a module in a folder below --dir, and puts replace
lines into go.mod, so that they stand in for the official packages. Then go.mod is
brought to what is still needed, by "go mod tidy" where it was tidy before.

Everything is made beside the program first, and nothing of it is changed unless all
of it builds and passes go vet. A service whose model is not found, or of which the
program uses what a client would not have, stays official; the reasons are printed.

Models are those that AWS publishes. --models, or models in lathe.yaml, names a
folder of them, a checkout of github.com/aws/api-models-aws, or the URL of such a tree.
Folders may have models in boto3's format, too, as a checkout of botocore has them.

What --keep, --platform, --tags and PACKAGES say is kept in lathe.yaml, below adopt.

Run it again when other operations are called; gen check says when that is so.
--undo makes all files what they were before; lathe.adopt knows what that is.

With --json one object is printed, on success and on failure:

  ok        true when all is in place, or nothing had to be done
  services  package, importPath, version, model, operations (name, uses), of,
            reasons (why the official package stays; empty for the others)
  files     path, action: created, updated, removed or kept
  raised    what go.mod requires in a newer version than before
  dropped   packages that lathe.yaml no longer has, and entries, as "KEY NAMES of PACKAGE"
  won       what --report measures, as its .json has it; null without
  warnings  file, line, column, pointer, message, hint
  problems  the same; empty when ok`

const adoptExamples = `  gen adopt --models ../api-models-aws ./...
  gen adopt --dry-run
  gen adopt --keep lambda.ListFunctions --platform linux/amd64,windows/amd64
  gen adopt --undo`

// adoptFlags are the flags of adopt.
type adoptFlags struct {
	models, dir           string
	report                string
	keep, platforms, tags []string
	dryRun, undo, test    bool
}

func (a *app) adoptCommand() *cobra.Command {
	var f adoptFlags
	cmd := &cobra.Command{
		Use:     "adopt [PACKAGES]",
		Short:   "Put slim clients in the place of the SDK's packages that a program uses",
		Long:    adoptHelp,
		Example: adoptExamples,
		RunE: func(cmd *cobra.Command, args []string) error {
			err := cmp.Or(
				excludes(cmd, "undo", "dry-run", "report", "test", "models", "dir", "keep", "platform", "tags"),
				excludes(cmd, "dry-run", "report", "test"),
			)
			if f.undo {
				err = cmp.Or(err, noArguments(cmd, args))
			}
			switch {
			case err != nil:
				return err
			case f.undo:
				return a.undoAdoption(cmd.Context())
			}
			return a.adopt(cmd.Context(), f, args)
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&f.models, "models", "",
		"`folder`, git checkout or URL of published models (default: models in lathe.yaml)")
	flags.StringVar(&f.dir, "dir", "", "`folder` for the clients, inside the module (default: "+adopt.DefaultFolder+")")
	flags.StringSliceVar(&f.keep, "keep", nil, "generate this `operation`, too, as service.Operation; may be repeated")
	flags.StringSliceVar(&f.platforms, "platform", nil,
		"look at, and build, the program for this `platform`, as os/arch; may be repeated")
	flags.StringSliceVar(&f.tags, "tags", nil, "look at, and build, the program with these build `tags`")
	flags.BoolVar(&f.dryRun, "dry-run", false, "print what would be generated, and change nothing")
	flags.BoolVar(&f.test, "test", false, "run the program's tests with the clients before anything is changed")
	flags.StringVar(&f.report, "report", "",
		"measure what is won, and write it to `FILE`, too: .json, .html, or else text")
	flags.BoolVar(&f.undo, "undo", false, "make all files what they were before the first gen adopt")
	folders := cobra.FixedCompletions(nil, cobra.ShellCompDirectiveFilterDirs)
	for flag, complete := range map[string]cobra.CompletionFunc{
		"models": folders, "dir": folders, "keep": cobra.NoFileCompletions, "platform": cobra.NoFileCompletions,
		"tags": cobra.NoFileCompletions,
	} {
		a.complete(cmd, flag, complete)
	}
	a.addConfigFlag(cmd)
	a.addOutputFlags(cmd)
	return cmd
}

// adopt scans, generates, proves and puts in place.
func (a *app) adopt(ctx context.Context, f adoptFlags, patterns []string) error {
	o, err := a.adoptOptions(ctx, f, patterns)
	if err != nil {
		return err
	}
	a.warnOfDirt(ctx, o.Root)
	o.Weigh = f.report != ""
	plan, err := adopt.Find(ctx, o, a.adoptTools())
	if err != nil {
		return err
	}
	defer func() { _ = plan.Close() }() // a temporary folder
	report := newAdoptReport(plan, o.Root)
	if f.dryRun || len(plan.Clients) == 0 && !plan.IsAgain() {
		return a.printAdopted(report, report.undone(o.Root))
	}
	if err := plan.Make(ctx); err != nil {
		return err
	}
	if !plan.IsAgain() {
		outside, err := plan.Outside(ctx)
		if err != nil {
			return err
		}
		report.Warnings = append(report.Warnings, problemReports(placesIn(o.Root, outside))...)
	}
	if report.Won = plan.Won; report.Won != nil { // first, so that nothing is changed where that fails
		if err := writeWon(report.Won, f.report); err != nil {
			return err
		}
	}
	changes, err := plan.Apply(ctx)
	if err != nil {
		return err
	}
	report.add(o.Root, changes)
	report.warnOfVendor(o.Root)
	raised, err := plan.Raised()
	if err != nil {
		return err
	}
	report.Raised = append(report.Raised, raised...)
	dropped, err := plan.Dropped()
	if err != nil {
		return err
	}
	report.Dropped = append(report.Dropped, dropped...)
	return a.printAdopted(report, "")
}

// undoAdoption makes all files what they were.
func (a *app) undoAdoption(ctx context.Context) error {
	mod, err := gomod.Find(".")
	if err != nil {
		return err
	}
	undone, err := adopt.Undo(ctx, paths.Real(mod.Root))
	switch {
	case err != nil:
		return err
	case undone == nil:
		return notAdopted(mod.Root)
	}
	report := adoptReport{
		OK: true, Services: []serviceReport{}, Files: []fileReport{}, Raised: []string{}, Dropped: []string{},
		Warnings: []problemReport{}, Problems: []problemReport{},
	}
	for _, list := range []struct {
		files  []string
		action emit.Action
	}{{undone.Restored, emit.Updated}, {undone.Removed, emit.Removed}, {undone.Kept, emit.Kept}} {
		for _, name := range list.files {
			report.Files = append(report.Files, fileReport{nameIn(mod.Root, name), list.action})
		}
	}
	report.warnOfVendor(mod.Root)
	if a.flags.json {
		return printJSON(a.stdout, report)
	}
	if a.flags.quiet {
		return nil
	}
	text := fmt.Sprintf("%s restored, %s removed\n", plural.Of(len(undone.Restored), "file"),
		plural.Of(len(undone.Removed), "file"))
	var edited strings.Builder
	for _, name := range undone.Kept {
		edited.WriteString(nameIn(mod.Root, name) + " was edited, and stays\n")
	}
	return a.print(text + edited.String() + report.warned())
}

func notAdopted(root string) error {
	return spec.Problems{{Message: "nothing was adopted in " + paths.Show(root), Hint: "gen adopt does it"}}
}

// adoptTools are what adoption works with.
func (a *app) adoptTools() adopt.Tools {
	return adopt.Tools{
		Generator: adopt.Generator{
			Generate: a.generate, Explain: a.explain, List: a.list, Trim: lathe.Trim,
			Member: lathe.MemberPath, Value: lathe.ValuePath,
		},
		Scan: scan.Scan, GenerateAll: a.generateStaged, Say: a.say,
	}
}

// generateStaged writes what a lathe.yaml lists, and returns what go.mod must have at least.
func (a *app) generateStaged(ctx context.Context, name string) ([]gomod.Version, error) {
	staged := *a
	staged.flags = flags{config: name, quiet: true}
	s, _, err := staged.settle(ctx, emit.Write)
	if err != nil {
		return nil, err
	}
	var problems spec.Problems
	for _, failed := range s.failed {
		problems = append(problems, failed.problems...)
	}
	var floor []gomod.Version
	for _, m := range s.made {
		floor = append(floor, s.floor(m.ModuleRoot)...)
	}
	return floor, problems.Err()
}

// say reports on standard error what is being done.
func (a *app) say(text string) {
	if !a.flags.quiet {
		a.warn(text + "\n")
	}
}

// warnOfDirt says that git has changes that are not committed: those of adoption stand
// among them then.
func (a *app) warnOfDirt(ctx context.Context, root string) {
	out, err := git(ctx, "-C", root, "status", "--porcelain", "--", ".")
	if n := bytes.Count(out, []byte("\n")); err == nil && n > 0 {
		a.say("git has changes that are not committed: " + plural.Of(n, "file"))
	}
}
