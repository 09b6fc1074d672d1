package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

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
      protocol: restJson1               # optional: the preferred one of the service's
      module: example.com/x/datazone    # optional: a go.mod, for a client that stands in for another
      lean: true                        # optional: no middleware, interceptors, tracing
      examples: true                    # optional: the model's examples, as Go
      presign: [GetRun]                 # optional: to be sent by somebody else
      paginators:                       # optional: pages that the spec does not name
        ListRuns: {inputToken: next, outputToken: next, items: runs, pageSize: max}
      waiters:                          # optional: waiters that it does not have
        RunDone: {operation: GetRun, acceptors: [{state: success, matcher: {success: true}}]}
      errors:                           # optional: errors that operations may end with
        TooBusy: {operations: [GetRun], fault: server}
      defaults: {GetRun.output.count: 0} # optional: what absent members are
      renames: {shapes: {Stats: RunStats}} # optional: other names in Go
      approve:                          # optional: changes that may break, see gen diff
        - {rule: member-removed, place: GetRun.output.message, reason: unused, expires: 2026-12-31}
  runtime: generated/internal           # optional: one runtime for all packages
  severity: {member-removed: notable}   # optional: what rules of gen diff mean here
  program: ./...                        # optional: what calls the clients, for gen diff
  models: ../api-models-aws             # optional: published models, for gen adopt and gen models
  adopt: {packages: [./...]}            # optional: what gen adopt looks at
  budget: {lines: 20000}                # optional: how much it may be, for gen check

What was generated last is kept in lathe.lock beside it; commit both.

Every command prints one JSON object instead of text when it is given --json.

Exit codes: 0 done, 1 failed, 2 what is there is not what would be generated.`

// readers are the commands that never write.
var readers = []string{
	"gen list", "gen explain", "gen check", "gen diff", "gen version", "gen models list", "gen models show",
}

// execute runs the command that the arguments name and returns the exit code.
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
	// Flags that do not parse end it before it is known. Otherwise it is, and what still
	// runs after an interrupt may read it.
	if reads := isReader(cmd); reads != a.reads {
		a.reads = reads
	}
	// A flag that does not parse ends parsing, perhaps before --json was seen.
	if !a.flags.json && slices.Contains(args, "--json") {
		a.flags.json = true
	}
	return a.fail(err)
}

func isReader(cmd *cobra.Command) bool { return slices.Contains(readers, cmd.CommandPath()) }

func (a *app) rootCommand() *cobra.Command {
	root := &cobra.Command{
		Use:               "gen",
		Short:             "Generate slim Go clients from API specs",
		Long:              rootHelp,
		Args:              a.knownCommand,
		Version:           version(),
		SilenceErrors:     true,
		SilenceUsage:      true,
		RunE:              func(cmd *cobra.Command, _ []string) error { return a.generateAll(cmd.Context()) },
		PersistentPreRunE: a.begin,
	}
	root.PersistentFlags().BoolVar(&a.flags.json, "json", false, "print one JSON object")
	root.SetFlagErrorFunc(flagError)
	root.SetHelpCommand(a.helpCommand())
	fitHelp(root)
	a.addConfigFlag(root)
	addForceFlag(root)
	a.addOutputFlags(root)
	watch, diff := a.watchCommand(), a.diffCommand()
	a.addVerboseFlag(watch)
	a.addProtocolFlag(diff)
	root.AddCommand(a.generateCommand(), a.checkCommand(), diff, a.initCommand(), watch, a.adoptCommand())
	root.AddCommand(a.listCommand(), a.explainCommand(), a.modelsCommand(), a.versionCommand(), a.manCommand())
	a.knowShells(root)
	return root
}

// knowShells has the command that writes completion scripts refuse other shells.
func (a *app) knowShells(root *cobra.Command) {
	root.InitDefaultCompletionCmd()
	for _, cmd := range root.Commands() {
		if cmd.Name() == "completion" {
			cmd.Args, cmd.RunE = a.knownCommand, commandMissing
		}
	}
}

// commandMissing is run for a command that is nothing without another one.
func commandMissing(cmd *cobra.Command, _ []string) error {
	return usageError("a command is missing", "", cmd.CommandPath()+" --help")
}

// fitHelp breaks the lines of help where the terminal ends.
func fitHelp(root *cobra.Command) {
	usual := root.HelpFunc()
	root.SetHelpFunc(func(cmd *cobra.Command, args []string) {
		var text strings.Builder
		out := cmd.OutOrStdout()
		cmd.SetOut(&text)
		usual(cmd, args)
		cmd.SetOut(out)
		fmt.Fprint(out, fit(text.String(), columns(out)))
	})
}

// begin is what each command begins with.
func (a *app) begin(cmd *cobra.Command, _ []string) error {
	a.reads = isReader(cmd)
	if err := cmp.Or(checkEmpty(cmd), a.checkProtocol()); err != nil || !a.flags.json {
		return err
	}
	a.flags.quiet = true // nothing but the object
	form := cmd.Flags().Lookup("format")
	if form == nil || form.DefValue != "text" { // it is the format of the spec
		return nil
	}
	if form.Changed && form.Value.String() != "json" {
		return a.textOnly(cmd, "--format "+form.Value.String())
	}
	return form.Value.Set("json")
}

// version is that of the module the program was built from.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	return info.Main.Version
}
