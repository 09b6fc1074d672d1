package main

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"

	"example.com/lathe"
	latheruntime "example.com/lathe/runtime"
)

const versionHelp = `Version prints what this program was built from, and which versions of Go, of the
SDK's core and of smithy-go its clients work with: the oldest, and the newest that
they are tested with.

With --json one object is printed:

  ok        true
  version   of the module of this program
  commit    and time and modified: of the repository that it was built in; empty where
            it was built from a downloaded module
  go        the version of Go that it was built with
  platform  GOOS/GOARCH
  clients   module (or go), oldest, newest (empty for go)
  problems  empty`

// versionReport is what version says; its JSON form is documented in its help.
type versionReport struct {
	OK       bool            `json:"ok"`
	Version  string          `json:"version"`
	Commit   string          `json:"commit"`
	Time     string          `json:"time"`
	Modified bool            `json:"modified"`
	Go       string          `json:"go"`
	Platform string          `json:"platform"`
	Clients  []clientVersion `json:"clients"`
	Problems []problemReport `json:"problems"`
}

// clientVersion is what a client needs of a module, or of Go.
type clientVersion struct {
	Module string `json:"module"`
	Oldest string `json:"oldest"`
	Newest string `json:"newest"`
}

func (a *app) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print what this program was built from, and what clients need",
		Long:  versionHelp,
		Args:  noArguments,
		RunE: func(*cobra.Command, []string) error {
			info, _ := debug.ReadBuildInfo()
			r := newVersionReport(info)
			if a.flags.json {
				return printJSON(a.stdout, r)
			}
			return a.print(r.String())
		},
	}
}

// newVersionReport reads how a program was built; nil where that is not known.
func newVersionReport(info *debug.BuildInfo) versionReport {
	r := versionReport{
		OK: true, Version: "unknown", Go: runtime.Version(), Platform: runtime.GOOS + "/" + runtime.GOARCH,
		Problems: []problemReport{},
	}
	if info != nil {
		r.Version = info.Main.Version
		for _, s := range info.Settings {
			switch s.Key {
			case "vcs.revision":
				r.Commit = s.Value
			case "vcs.time":
				r.Time = s.Value
			case "vcs.modified":
				r.Modified = s.Value == "true"
			}
		}
	}
	oldest := map[string]string{
		"github.com/aws/aws-sdk-go-v2": latheruntime.MinCore, "github.com/aws/smithy-go": latheruntime.MinSmithy,
	}
	r.Clients = []clientVersion{{Module: "go", Oldest: latheruntime.MinGo}}
	for _, v := range lathe.Newest() {
		r.Clients = append(r.Clients, clientVersion{v.Path, oldest[v.Path], v.Version})
	}
	return r
}

// String returns the lines for people.
func (r versionReport) String() string {
	var text strings.Builder
	fmt.Fprintf(&text, "gen %s\n", r.Version)
	if r.Commit != "" {
		modified := ""
		if r.Modified {
			modified = ", modified"
		}
		fmt.Fprintf(&text, "commit   %s (%s%s)\n", r.Commit, r.Time, modified)
	}
	fmt.Fprintf(&text, "built    with %s for %s\n", r.Go, r.Platform)
	for i, c := range r.Clients {
		label := "clients  "
		if i > 0 {
			label = strings.Repeat(" ", len(label))
		}
		line := c.Module + " " + c.Oldest
		if c.Newest != "" {
			line += " to " + c.Newest
		}
		fmt.Fprintf(&text, "%s%s\n", label, strings.TrimSuffix(line, " "))
	}
	return text.String()
}
