package main

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"example.com/lathe"
	"example.com/lathe/internal/config"
	"example.com/lathe/internal/gomod"
	"example.com/lathe/internal/input"
	"example.com/lathe/internal/naming"
	"example.com/lathe/internal/paths"
	"example.com/lathe/spec"
)

const initHelp = `Init adds a package for a spec to lathe.yaml, here or above, or writes one into the
working directory. On a terminal it asks which operations to generate, and where;
elsewhere --operation must name them. A package that cannot be generated is refused.

Beside lathe.yaml it writes, as far as they are not there,

  generate.go         the line for go generate
  lathe.schema.json   what editors complete and check lathe.yaml with
  .gitattributes      a line with which git keeps the line endings of generated files
                      and folds them in reviews

A spec outside of the module is copied into the folder spec, with the files that
belong to it, unless --no-copy is given; with --trim only what the operations reach is
copied, of which the same client comes. No file that is there is overwritten.

--form says how go generate runs gen; without it that is how the module does already,
else modfile, or path for a gen that was built in a checkout between releases:

  tool     as a tool of the module: go tool gen
  modfile  as a tool in tools/go.mod, which leaves the module's own go.mod alone
  run      by go run with the version, which leaves no trace in any go.mod
  path     as the gen that is in the PATH, whichever that is

With --json one object is printed, on success and on failure:

  ok        true when all was written
  files     path, action: created or updated
  next      the command that generates
  problems  file, line, column, pointer, message, hint; empty when ok`

const initExamples = `  gen init spec/datazone.yaml
  gen init spec/datazone.yaml --operation GetDataSourceRun --out generated/datazone
  gen init ../api-models/batch.json --operation 'Describe*' --trim --form run`

// initFlags are the flags of the command alone.
type initFlags struct {
	form         string
	noCopy, trim bool
}

func (a *app) initCommand() *cobra.Command {
	var f initFlags
	cmd := &cobra.Command{
		Use:     "init SPEC",
		Short:   "Add a spec to lathe.yaml, with the line for go generate",
		Long:    initHelp,
		Example: initExamples,
		Args:    oneArgument("the file of one spec"),
		RunE: func(cmd *cobra.Command, args []string) error {
			a.flags.spec = args[0]
			if f.form != "" && !slices.Contains(forms, f.form) {
				return usageError(fmt.Sprintf("unknown form %q", f.form), nearest(f.form, forms), "gen init --help")
			}
			if f.trim && f.noCopy {
				return usageError("--trim excludes --no-copy: only a copy is trimmed", "", "gen init --help")
			}
			if f.trim && a.flags.examples {
				return usageError("--trim excludes --examples: the part of a model has none", "", "gen init --help")
			}
			return a.initProject(cmd.Context(), f)
		},
		ValidArgsFunction: specFiles,
	}
	a.addClientFlags(cmd, "(default: asked for on a terminal)")
	a.addReadingFlags(cmd)
	cmd.Flags().StringVar(&f.form, "form", "",
		"`way` in which go generate runs gen: tool, modfile, run, path (default: see above)")
	a.complete(cmd, "form", cobra.FixedCompletions(forms, cobra.ShellCompDirectiveNoFileComp))
	cmd.Flags().BoolVar(&f.trim, "trim", false, "copy only what the operations reach of a spec outside of the module")
	cmd.Flags().BoolVar(&f.noCopy, "no-copy", false, "refer to a spec outside of the module by its path")
	return cmd
}

// initReport is what init says; its JSON form is documented in its help.
type initReport struct {
	OK       bool            `json:"ok"`
	Files    []fileReport    `json:"files"`
	Next     string          `json:"next"`
	Problems []problemReport `json:"problems"`
}

// newPackage is a package to be added to the lathe.yaml in a folder.
type newPackage struct {
	lathe.Config

	// home is the absolute folder of lathe.yaml.
	home string
	// copies are the files of the spec to be copied, by where to.
	copies map[string][]byte
	// original is the spec that was copied.
	original string
	// spare is how many bytes of the copies the operations do not need.
	spare int
}

// initProject writes all files or none.
func (a *app) initProject(ctx context.Context, f initFlags) error {
	mod, err := gomod.Find(".")
	if err != nil {
		return err
	}
	home := paths.Abs(".")
	if found, err := config.Find(); err == nil {
		home = filepath.Dir(paths.Abs(found))
	}
	pkg, err := interruptible(ctx, func() (*newPackage, error) { return a.newPackage(mod, home, f) })
	if err != nil {
		return err
	}
	info, _ := debug.ReadBuildInfo()
	line, err := generateLine(mod, home, f.form, published(info))
	if err != nil {
		return err
	}
	e := &edits{}
	if err := e.add(pkg, line); err != nil {
		return err
	}
	written, err := e.write(func() error {
		_, err := config.Load(filepath.Join(home, config.Name), a.formats())
		return err
	})
	if err != nil {
		return err
	}
	if a.flags.json {
		return printJSON(a.stdout, initReport{OK: true, Files: written, Next: line.next, Problems: []problemReport{}})
	}
	if err := a.print(writtenLines(written) + pkg.advice() + line.kept(home)); err != nil {
		return err
	}
	_, err = fmt.Fprintf(a.stdout, "next: %s\n", line.next) // in one line, to be copied
	return err
}

// newPackage describes the package for the spec of the flags, and sees that it can be
// generated.
func (a *app) newPackage(mod gomod.Module, home string, f initFlags) (*newPackage, error) {
	if err := checkLasting(a.flags.spec); err != nil {
		return nil, err
	}
	cfg := lathe.Config{
		Spec: a.flags.spec, Format: a.flags.format, Protocol: a.flags.protocol, Package: a.flags.pkg, Out: a.flags.out,
		Lean: a.flags.lean, Examples: a.flags.examples, Module: a.flags.module,
	}
	listing, err := a.list(cfg)
	if err != nil {
		return nil, err
	}
	if cfg.Package == "" {
		cfg.Package = listing.Package
	}
	if !naming.IsPackage(cfg.Package) {
		return nil, spec.Problems{{
			Message: fmt.Sprintf("%q is not a Go package name", cfg.Package),
			Hint:    "name one with --package: " + naming.PackageRule,
		}}
	}
	if err := a.answer(&cfg, listing, mod, home); err != nil {
		return nil, err
	}
	if _, err := a.generate(cfg); err != nil {
		return nil, err
	}
	pkg := &newPackage{Config: cfg, home: home}
	return pkg, pkg.placeSpec(mod, f)
}

// checkLasting reports what is no file that can be read again.
func checkLasting(name string) error {
	info, err := os.Stat(name)
	isPipe := err == nil && info.Mode()&fs.ModeNamedPipe != 0
	if name != input.Stdin && !isPipe {
		return nil
	}
	return spec.Problems{{Message: input.Shown(name) + " cannot be read again later", Hint: "name the file of the spec"}}
}

// answer fills in operations and folder: those of the flags, or what somebody on a
// terminal answers.
func (a *app) answer(cfg *lathe.Config, listing *lathe.Listing, mod gomod.Module, home string) error {
	check := func(out string) error {
		if _, err := mod.Folder(filepath.FromSlash(out)); err != nil {
			return err
		}
		return a.taken(*cfg, home, filepath.FromSlash(out))
	}
	cfg.Operations = splitNames(a.flags.operations)
	usual := filepath.ToSlash(paths.Show(filepath.Join(home, "internal", cfg.Package)))
	isAsking := isTerminal(a.stdin) && isTerminal(a.stdout) && !a.flags.json
	q := newQuestions(a.stdin, a.stdout)
	var err error
	switch {
	case len(cfg.Operations) > 0:
		err = checkOperations(listing.Operations, cfg.Operations).Err()
	case isAsking:
		whole := &listed{Listing: listing, pkg: config.Package{Config: *cfg}, shown: listing.Operations}
		if err := a.print(whole.headline() + "\n"); err != nil {
			return err
		}
		cfg.Operations, err = q.operations(listing.Operations)
	default:
		err = wrongUsage(spec.Problems{{
			Message: "--operation is missing", Hint: "name operations or globs, '*' for all; gen list --spec " +
				quote(cfg.Spec) + " prints them",
		}})
	}
	switch {
	case err != nil || cfg.Out != "":
	case isAsking:
		cfg.Out, err = q.folder(usual, check)
	default:
		cfg.Out = usual
	}
	if err != nil {
		return err
	}
	return check(cfg.Out)
}

// taken is the problem with a folder that has a client already: somebody wants another
// operation of it, or another client. Nil for none.
func (a *app) taken(cfg lathe.Config, home, out string) error {
	file, err := config.Load(filepath.Join(home, config.Name), a.formats())
	if err != nil {
		return nil //nolint:nilerr // there is none yet, or what is wrong with it is reported when the package is in it
	}
	for _, pkg := range file.Packages {
		if !paths.Same(pkg.Out, out) {
			continue
		}
		hint := "name the operations there and run gen"
		if names := strings.Join(cfg.Operations, ","); !paths.Same(pkg.Spec, cfg.Spec) {
			hint = fmt.Sprintf("gen models trim %s --add %s -o %s adds to its spec", quote(cfg.Spec), quote(names),
				quote(filepath.ToSlash(paths.Show(pkg.Spec))))
		}
		return spec.Problems{{
			Pos:     spec.Pos{File: pkg.Pos.File, Line: pkg.Pos.Line, Column: pkg.Pos.Column},
			Message: out + " has a client already", Hint: hint + "; --out is for one more client",
		}}
	}
	return nil
}
