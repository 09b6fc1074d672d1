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

	"example.com/lathe/spec"
)

// app is one run of the program.
type app struct {
	engine
	start          time.Time
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
  runtime: generated/internal           # optional: one runtime for all packages

Exit codes: 0 done, 1 failed, 2 reserved for drift.`

const generateHelp = `Generate writes the client of one spec, or the packages that lathe.yaml lists
when no spec is given. Everything is generated in memory first; when anything is
wrong all problems are printed and nothing is written. Files that are up to date
keep their times, files of earlier runs that are no longer generated are removed,
and files that Lathe did not generate are never touched.

With --json one object is printed, on success and on failure:

  ok        true when everything was written
  packages  package, importPath, out, operations, refused (operation, reason)
  files     path, action: created, updated, unchanged or removed
  counts    the number of files by action
  ms        milliseconds taken
  problems  file, line, column, pointer, message, hint; empty when ok`

const generateExamples = `  gen generate
  gen generate --spec spec/datazone.yaml --out generated/datazone --operation GetDataSourceRun
  gen generate --spec batch.json --out internal/batch --operation 'Describe*,SubmitJob'
  gen generate --config tools/lathe.yaml --json`

const listHelp = `List prints the operations of a spec: method, path, the number of shapes they
reach, and whether they are paginated, waitable, deprecated, or can't be generated
and why.

With --json one object is printed, on success and on failure:

  ok          true when the spec could be read
  operations  name, method, path, shapes, paginated, waiters, deprecated, unsupported
  problems    file, line, column, pointer, message, hint; empty when ok`

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
	a.reads = cmd.Name() == "list" || cmd.Name() == "explain" || cmd.Name() == "diff"
	// A flag that does not parse ends parsing, perhaps before --json was seen.
	a.flags.json = a.flags.json || slices.Contains(args, "--json")
	return a.fail(err)
}

func (a *app) rootCommand() *cobra.Command {
	root := &cobra.Command{
		Use:           "gen",
		Short:         "Generate slim Go clients from API specs",
		Long:          rootHelp,
		Args:          a.checkCommand,
		Version:       version(),
		SilenceErrors: true,
		SilenceUsage:  true,
		RunE:          func(cmd *cobra.Command, _ []string) error { return a.generateAll(cmd.Context()) },
	}
	root.SetFlagErrorFunc(flagError)
	root.Flags().StringVar(&a.flags.config, "config", "", "read this `file` instead of lathe.yaml")
	a.addOutputFlags(root)
	root.AddCommand(a.generateCommand(), a.listCommand(), a.explainCommand(), a.diffCommand())
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
	f := cmd.Flags()
	f.StringVar(&a.flags.config, "config", "", "read this `file` instead of lathe.yaml")
	f.StringVar(&a.flags.out, "out", "", "output `folder`, inside a Go module")
	f.StringVar(&a.flags.pkg, "package", "", "Go package `name` (default: from the service id)")
	f.StringArrayVar(&a.flags.operations, "operation", nil,
		"`name` or glob of an operation; may be repeated, or hold several with commas (default: all)")
	a.addSpecFlags(cmd)
	a.addOutputFlags(cmd)
	a.complete(cmd, "operation", a.completeOperations)
	a.complete(cmd, "out", cobra.FixedCompletions(nil, cobra.ShellCompDirectiveFilterDirs))
	a.complete(cmd, "package", cobra.NoFileCompletions)
	return cmd
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
	cmd.Flags().StringVar(&a.flags.spec, "spec", "", "`file` of the spec")
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

// checkCommand says what is near to a command that does not exist.
func (a *app) checkCommand(cmd *cobra.Command, args []string) error {
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
