package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"example.com/lathe/internal/input"
	"example.com/lathe/spec"
)

// app is one run of the program.
type app struct {
	engine
	start time.Time
	// diff shows how a model has changed, nil where that is not wanted.
	diff           func(w io.Writer, old, now *spec.API) error
	stdin          io.Reader
	stdout, stderr io.Writer
	flags          flags
	// reads says that the command never writes files.
	reads bool
}

// flags are the values of all flags.
type flags struct {
	config                 string
	spec, format, out, pkg string
	operations             []string
	json, quiet            bool
	diff                   bool
}

const rootHelp = `Gen reads an API spec and writes a slim Go client for just the operations that
you call.

Without a command it generates the packages that lathe.yaml lists. The file is
looked for in the working directory and above it, up to the root of the module:

  packages:
    - spec: spec/datazone.yaml          # paths are relative to lathe.yaml
      out: generated/datazone
      package: datazone                 # optional: from the service id
      operations: [GetDataSourceRun]    # optional, names or globs: all
      format: openapi                   # optional: by content
      approve:                          # optional: changes that may break, see gen diff
        - {rule: member-removed, place: GetRun.output.message, reason: unused, expires: 2026-12-31}
  runtime: generated/internal           # optional: one runtime for all packages

What was generated last is kept in lathe.lock beside it; commit both.

Exit codes: 0 done, 1 failed, 2 what is there is not what would be generated.`

const generateHelp = `Generate writes the client of one spec, or the packages that lathe.yaml lists
when no spec is given. Everything is generated in memory first; when anything is
wrong with a package its problems are printed, and it stays as it was; the others
are written, and the exit code is 1. Files that are up to date keep their times,
files of earlier runs that are no longer generated are removed, and files that Lathe
did not generate are never touched; line endings do not count. Packages that
lathe.yaml no longer lists are removed, as far as nobody has edited them, from folders
in its own module whose lathe.manifest names its lock.

The spec - is standard input.

With --json one object is printed, on success and on failure:

  ok        true when everything was written
  packages  package, importPath, out, operations, refused (operation, reason), warnings
  failed    the folders of packages that could not be generated
  dropped   the folders of packages that lathe.yaml no longer lists
  left      those that are not removed: they are in another module or another lock's
  files     path, action: created, updated, unchanged, removed or kept
  counts    the number of files by action
  goGet     folder, command, why: a go.mod there that requires older versions than
            the clients need
  ms        milliseconds taken
  problems  file, line, column, pointer, message, hint; empty when ok`

const generateExamples = `  gen generate
  gen generate --spec spec/datazone.yaml --out generated/datazone --operation GetDataSourceRun
  gen generate --spec batch.json --out internal/batch --operation 'Describe*,SubmitJob'
  gen generate --config tools/lathe.yaml --json
  curl https://example.com/api.yaml | gen generate --spec - --out internal/api`

const listHelp = `List prints the operations of a spec: method, path, the number of shapes they
reach, and whether they are paginated, waitable, deprecated, or can't be generated
and why. What is wrong with one operation, or with what it refers to, keeps no other
from being listed or generated.

With --json one object is printed, on success and on failure:

  ok          true when the spec could be read
  operations  name, method, path, shapes, paginated, waiters, deprecated, unsupported, limits
  problems    file, line, column, pointer, message, hint; empty when ok`

// readers are the commands that never write.
var readers = []string{"list", "explain", "check", "diff"}

// execute runs the command that the arguments name and gives the exit code.
func (a *app) execute(ctx context.Context, args []string) int {
	root := a.rootCommand()
	root.SetArgs(args)
	root.SetOut(a.stdout)
	root.SetErr(a.stderr)
	cmd, err := root.ExecuteContextC(ctx)
	if err == nil {
		return exitDone
	}
	if code, ok := errors.AsType[exitCode](err); ok {
		return int(code)
	}
	a.reads = isReader(cmd) // flags that do not parse end it before it is known
	// A flag that does not parse ends parsing, perhaps before --json was seen.
	if !a.flags.json && slices.Contains(args, "--json") {
		a.flags.json = true
	}
	return a.fail(err)
}

func isReader(cmd *cobra.Command) bool { return slices.Contains(readers, cmd.Name()) }

func (a *app) rootCommand() *cobra.Command {
	root := &cobra.Command{
		Use:           "gen",
		Short:         "Generate slim Go clients from API specs",
		Long:          rootHelp,
		Args:          a.knownCommand,
		Version:       version(),
		SilenceErrors: true,
		SilenceUsage:  true,
		RunE:          func(cmd *cobra.Command, _ []string) error { return a.generateAll(cmd.Context()) },

		PersistentPreRun: func(cmd *cobra.Command, _ []string) { a.reads = isReader(cmd) },
	}
	root.SetFlagErrorFunc(flagError)
	a.addConfigFlag(root)
	addForceFlag(root)
	a.addOutputFlags(root)
	root.AddCommand(a.generateCommand(), a.checkCommand(), a.diffCommand(), a.initCommand(), a.watchCommand())
	root.AddCommand(a.listCommand(), a.explainCommand())
	return root
}

func (a *app) generateCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "generate",
		Short:   "Write the client of a spec, or the packages of lathe.yaml",
		Long:    generateHelp,
		Example: generateExamples,
		Args:    noArguments,
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.generateAll(cmd.Context()) },
	}
	a.addPackageFlags(cmd)
	addForceFlag(cmd)
	a.addOutputFlags(cmd)
	return cmd
}

// addForceFlag accepts a flag of earlier versions, which left out packages that had
// not changed unless it was there.
func addForceFlag(cmd *cobra.Command) {
	cmd.Flags().Bool("force", false, "no effect: all packages are generated")
	cmd.Flags().Lookup("force").Hidden = true
}

// addPackageFlags adds what describes one package, and what names a lathe.yaml.
func (a *app) addPackageFlags(cmd *cobra.Command) {
	a.addConfigFlag(cmd)
	a.addClientFlags(cmd, "(default: all)")
	a.addSpecFlags(cmd)
}

// addClientFlags adds what describes the client of a spec; without says what holds
// when no operation is named.
func (a *app) addClientFlags(cmd *cobra.Command, without string) {
	f := cmd.Flags()
	f.StringVar(&a.flags.out, "out", "", "output `folder`, inside a Go module")
	f.StringVar(&a.flags.pkg, "package", "", "Go package `name` (default: from the service id)")
	f.StringArrayVar(&a.flags.operations, "operation", nil,
		"`name` or glob of an operation; may be repeated, or hold several with commas "+without)
	a.complete(cmd, "operation", a.completeOperations)
	a.complete(cmd, "out", cobra.FixedCompletions(nil, cobra.ShellCompDirectiveFilterDirs))
	a.complete(cmd, "package", cobra.NoFileCompletions)
}

func (a *app) addConfigFlag(cmd *cobra.Command) {
	cmd.Flags().StringVar(&a.flags.config, "config", "", "read this `file` instead of lathe.yaml")
}

func (a *app) listCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "list",
		Short:   "Print the operations of a spec",
		Long:    listHelp,
		Example: "  gen list --spec spec/datazone.yaml",
		Args:    noArguments,
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.listOperations(cmd.Context()) },
	}
	a.addSpecFlags(cmd)
	cmd.Flags().BoolVar(&a.flags.json, "json", false, "print one JSON object")
	return cmd
}

func (a *app) addSpecFlags(cmd *cobra.Command) {
	formats := a.formats()
	cmd.Flags().StringVar(&a.flags.spec, "spec", "", "`file` of the spec, - for standard input")
	cmd.Flags().StringVar(&a.flags.format, "format", "", "`name` of the format of the spec: "+strings.Join(formats, ", ")+" (default: by content)")
	a.complete(cmd, "spec", cobra.FixedCompletions([]string{"yaml", "yml", "json"}, cobra.ShellCompDirectiveFilterFileExt))
	a.complete(cmd, "format", cobra.FixedCompletions(formats, cobra.ShellCompDirectiveNoFileComp))
}

func (a *app) addOutputFlags(cmd *cobra.Command) {
	cmd.Flags().BoolVar(&a.flags.json, "json", false, "print one JSON object")
	cmd.Flags().BoolVar(&a.flags.quiet, "quiet", false, "print nothing but problems")
}

// complete registers a completion for a flag. It can only fail for a flag that
// does not exist, or twice for the same.
func (a *app) complete(cmd *cobra.Command, flag string, f cobra.CompletionFunc) {
	if err := cmd.RegisterFlagCompletionFunc(flag, f); err != nil {
		panic(err)
	}
}

// completeOperations offers the operations of the spec named so far; after a
// comma, behind those already there.
func (a *app) completeOperations(_ *cobra.Command, _ []string, typed string) ([]string, cobra.ShellCompDirective) {
	if a.flags.spec == input.Stdin { // is the shell's
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	infos, err := a.list(a.flags.spec, a.flags.format)
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	done := typed[:strings.LastIndexByte(typed, ',')+1]
	var names []string
	for _, info := range infos {
		if strings.HasPrefix(done+info.Name, typed) {
			names = append(names, done+info.Name)
		}
	}
	return names, cobra.ShellCompDirectiveNoFileComp
}

// knownCommand says what is near to a command that does not exist.
func (a *app) knownCommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	var names []string
	for _, sub := range cmd.Commands() {
		names = append(names, sub.Name())
	}
	return usageError(fmt.Sprintf("unknown command %q", args[0]), spec.Nearest(args[0], slices.Values(names)), "gen --help")
}

func noArguments(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	return usageError(fmt.Sprintf("unexpected argument %q", args[0]), "", cmd.CommandPath()+" --help")
}

// flagError says what is near to a flag that does not exist.
func flagError(cmd *cobra.Command, err error) error {
	text := err.Error()
	var near string
	if name, ok := strings.CutPrefix(text, "unknown flag: --"); ok {
		var names []string
		cmd.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
		if near = spec.Nearest(name, slices.Values(names)); near != "" {
			near = "--" + near
		}
	}
	return usageError(text, near, cmd.CommandPath()+" --help")
}

func usageError(message, near, help string) error {
	hint := help + " tells what there is"
	if near != "" {
		hint = fmt.Sprintf("did you mean %s?", near)
	}
	return spec.Problems{{Message: message, Hint: hint}}
}

// version is that of the module the program was built from.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	return info.Main.Version
}
