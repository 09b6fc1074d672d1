package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"example.com/lathe/spec"
)

// usage is the error of a command line that means nothing. Nothing has been tried, so
// that there is nothing to sum up.
type usage struct{ spec.Problems }

// Unwrap returns the problems themselves.
func (u usage) Unwrap() error { return u.Problems }

// wrongUsage makes an error of problems with a command line; nil of none.
func wrongUsage(problems spec.Problems) error {
	if err := problems.Err(); err == nil {
		return nil
	}
	return usage{problems}
}

// usageError is the error of a command line: near is what may be meant, and help the command
// that prints what is possible.
func usageError(message, near, help string) error {
	hint := help + " shows what there is"
	if near != "" {
		hint = fmt.Sprintf("did you mean %s?", near)
	}
	return usage{spec.Problems{{Message: message, Hint: hint}}}
}

// knownCommand reports a command that does not exist, and the nearest one.
func (a *app) knownCommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	return unknownCommand(cmd, args[0])
}

// unknownCommand is the error for a name that is none of the commands below cmd.
func unknownCommand(cmd *cobra.Command, name string) error {
	var names []string
	for _, sub := range cmd.Commands() {
		if !sub.Hidden {
			names = append(names, sub.Name())
		}
	}
	return usageError(fmt.Sprintf("unknown command %q", name), nearest(name, names), cmd.CommandPath()+" --help")
}

// helpCommand prints the help of a command, and fails for one that does not exist.
func (a *app) helpCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "help [COMMAND]",
		Short: "Print the help of a command",
		Long:  "Help prints the help of a command, as COMMAND --help does.",
		ValidArgsFunction: func(cmd *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			at, rest, err := cmd.Root().Find(args)
			if err != nil || len(rest) > 0 {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			var names []string
			for _, sub := range at.Commands() {
				if sub.IsAvailableCommand() {
					names = append(names, cobra.CompletionWithDesc(sub.Name(), sub.Short))
				}
			}
			return names, cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			at := cmd.Root()
			for _, name := range args {
				i := slices.IndexFunc(at.Commands(),
					func(sub *cobra.Command) bool { return sub.Name() == name || sub.HasAlias(name) })
				if i < 0 {
					return unknownCommand(at, name)
				}
				at = at.Commands()[i]
			}
			at.InitDefaultHelpFlag()
			return at.Help()
		},
	}
}

func noArguments(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	return usageError(fmt.Sprintf("unexpected argument %q", args[0]), "", cmd.CommandPath()+" --help")
}

// oneArgument returns what checks that there is one argument, which is called what.
func oneArgument(what string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) == 1 {
			return nil
		}
		return usageError(fmt.Sprintf("%s is expected, not %d", what, len(args)), "", cmd.CommandPath()+" --help")
	}
}

// flagError reports a flag that does not exist, and the nearest one: of the command,
// or of another one that has it.
func flagError(cmd *cobra.Command, err error) error {
	message := err.Error()
	name, isUnknown := strings.CutPrefix(message, "unknown flag: --")
	if _, word, ok := strings.Cut(message, " in -"); ok && len(word) > 1 &&
		strings.HasPrefix(message, "unknown shorthand flag") {
		name, isUnknown = word, true // "-out" is meant to be --out
		message = "unknown flag: -" + word
	}
	if !isUnknown {
		return usageError(message, "", cmd.CommandPath()+" --help")
	}
	near := nearest(name, flagNames(cmd))
	switch other := commandWith(cmd.Root(), name); {
	case near != "":
		near = "--" + near
	case other != nil:
		near = other.CommandPath() + " --" + name
	}
	return usageError(message, near, cmd.CommandPath()+" --help")
}

// flagNames are the flags of a command that its help shows.
func flagNames(cmd *cobra.Command) (names []string) {
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		if !f.Hidden {
			names = append(names, f.Name)
		}
	})
	return names
}

// commandWith is a command that has a flag, nil for none: generate, if that has it.
func commandWith(root *cobra.Command, flag string) *cobra.Command {
	var found *cobra.Command
	for _, sub := range root.Commands() {
		if slices.Contains(flagNames(sub), flag) && (found == nil || sub.Name() == "generate") {
			found = sub
		}
	}
	return found
}

// nearest is the name that somebody meant: one that is spelled nearly so, or the only
// one that begins so.
func nearest(name string, names []string) string {
	mistakes := max(len(name)/3, min(2, len(name)-3)) // two letters swapped are two
	if near := spec.NearestWithin(name, slices.Values(names), mistakes); near != "" || name == "" {
		return near
	}
	var longer []string
	for _, candidate := range names {
		if strings.HasPrefix(candidate, name) {
			longer = append(longer, candidate)
		}
	}
	if len(longer) == 1 {
		return longer[0]
	}
	return ""
}

// checkEmpty reports flags that are given without a value, as by a variable of a script that is
// not set, and that would choose something else when they are passed over: all operations,
// or the packages of lathe.yaml.
func checkEmpty(cmd *cobra.Command) error {
	var problems spec.Problems
	for _, name := range [...]string{"spec", "out", "config", "operation", "add"} {
		flag := cmd.Flags().Lookup(name)
		if flag == nil || !flag.Changed {
			continue
		}
		values := []string{flag.Value.String()}
		if list, ok := flag.Value.(pflag.SliceValue); ok {
			values = list.GetSlice()
		}
		if len(splitNames(values)) == 0 {
			problems.Add(spec.Pos{}, "give it a value, or leave it out", "--%s is empty", name)
		}
	}
	return wrongUsage(problems)
}

// textOnly reports --json beside what is text and has no other form.
func (a *app) textOnly(cmd *cobra.Command, what string) error {
	if !a.flags.json {
		return nil
	}
	return usageError("--json excludes "+what, "", cmd.CommandPath()+" --help")
}

// excludes reports flags beside one that leaves them nothing to do.
func excludes(cmd *cobra.Command, flag string, others ...string) error {
	var given []string
	for _, name := range others {
		if cmd.Flags().Changed(name) {
			given = append(given, "--"+name)
		}
	}
	if len(given) == 0 || !cmd.Flags().Changed(flag) {
		return nil
	}
	return wrongUsage(spec.Problems{{
		Message: "--" + flag + " excludes " + strings.Join(given, " and "), Hint: "name one of them",
	}})
}
