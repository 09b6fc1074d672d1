package main

import (
	"os"
	"regexp"
	"runtime/debug"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/cobra/doc"
)

const manHelp = `Man writes a manual page for each command into a folder, which is made if it is not
there. They say what --help does. man -M expects them in a folder man1 below the one
that it is given.`

func (a *app) manCommand() *cobra.Command {
	return &cobra.Command{
		Use:               "man DIR",
		Short:             "Write the manual pages",
		Long:              manHelp,
		Example:           "  gen man ~/.local/share/man/man1",
		Args:              oneArgument("one folder"),
		ValidArgsFunction: cobra.FixedCompletions(nil, cobra.ShellCompDirectiveFilterDirs),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := os.MkdirAll(args[0], 0o777); err != nil { //nolint:gosec // as any folder
				return err
			}
			root := cmd.Root()
			root.DisableAutoGenTag = true // it has the day on which they are written
			asMarkdown(root)
			built := buildTime()
			header := &doc.GenManHeader{Section: "1", Source: "gen " + version(), Date: &built}
			if err := doc.GenManTree(root, header, args[0]); err != nil || !a.flags.json {
				return err
			}
			return printJSON(a.stdout, doneReport{OK: true, Problems: []problemReport{}})
		},
	}
}

// asMarkdown indents what is preformatted in help texts by as much as Markdown, which
// pages are made of, wants it.
func asMarkdown(cmd *cobra.Command) {
	cmd.Long = indented.ReplaceAllString(cmd.Long, "    ")
	for _, sub := range cmd.Commands() {
		asMarkdown(sub)
	}
}

// indented matches the beginning of a preformatted line.
var indented = regexp.MustCompile(`(?m)^  `)

// buildTime is the time of the commit that the program was built from, or that of no
// commit.
func buildTime() time.Time {
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			if at, err := time.Parse(time.RFC3339, s.Value); err == nil && s.Key == "vcs.time" {
				return at
			}
		}
	}
	return time.Unix(0, 0).UTC()
}
