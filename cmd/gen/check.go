package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"regexp"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"example.com/lathe/internal/emit"
	"example.com/lathe/internal/input"
	"example.com/lathe/internal/lock"
	"example.com/lathe/internal/paths"
	"example.com/lathe/internal/plural"
)

// errDrift says that the working tree is not what would be generated. All that is
// to say of it has been printed.
var errDrift = errors.New("the generated files are not up to date")

const checkHelp = `Check generates in memory, in the same way as generate, and compares the result
with the files that are there. It writes nothing. Each line says what is wrong with
one file, or with many in one output folder, and which command fixes it:

  missing    the file is not there
  edited     the file was changed by hand
  stale      the file was generated from another spec, by another lathe.yaml or by
             another Lathe
  left over  the file is no longer generated
  in the way something that Lathe did not write stands where a file belongs
  not there  the program names what its client does not have, after gen adopt
  outdated   go.mod requires another version than the client stands in for
  half done  a run of gen adopt was interrupted
  too much   there is more than budget in lathe.yaml allows

With --json one object is printed, on success and on failure:

  ok        true when nothing is wrong
  findings  path, kind (as above), message, command, diff (with --diff)
  unused    operations that gen adopt has generated and nothing calls any more
  files     how many files were compared
  ms        milliseconds taken
  problems  file, line, column, pointer, message, hint; empty when all was checked

Exit codes: 0 clean, 2 something is wrong, 1 some packages could not be checked.`

const checkExamples = `  gen check
  gen check --diff
  gen check --spec spec/datazone.yaml --out generated/datazone --operation GetDataSourceRun`

// checkReport is what a check says; its JSON form is documented in its help.
type checkReport struct {
	OK           bool            `json:"ok"`
	Findings     []finding       `json:"findings"`
	Unused       []string        `json:"unused"`
	Files        int             `json:"files"`
	Milliseconds int64           `json:"ms"`
	Problems     []problemReport `json:"problems"`
}

// finding is one file that is not as it should be.
type finding struct {
	Path    string `json:"path"`
	Kind    string `json:"kind"`
	Message string `json:"message"`
	Command string `json:"command"`
	Diff    string `json:"diff,omitempty"`
}

func (a *app) checkCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "check",
		Short:   "Say whether the generated files are what generate would write",
		Long:    checkHelp,
		Example: checkExamples,
		Args:    noArguments,
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.checkAll(cmd.Context()) },
	}
	a.addPackageFlags(cmd)
	cmd.Flags().BoolVar(&a.flags.diff, "diff", false, "show what differs, as a unified diff from what is there")
	a.addOutputFlags(cmd)
	return cmd
}

// checkAll compares what the flags or lathe.yaml ask for with what is there.
func (a *app) checkAll(ctx context.Context) error {
	report := checkReport{Findings: []finding{}, Unused: []string{}, Problems: []problemReport{}}
	if halfDone := a.checkInterrupted(); halfDone != nil { // then nothing else is as it should be
		report.Findings = append(report.Findings, *halfDone)
		return cmp.Or(a.printCheck(&state{}, report), errDrift)
	}
	s, changes, err := a.settle(ctx, emit.Check)
	if err != nil {
		return err
	}
	for _, f := range s.failed {
		report.Problems = append(report.Problems, problemReports(f.problems)...)
	}
	for _, c := range changes {
		if c.Action != emit.InTheWay && !s.isFolder(c) {
			report.Files++
		}
		if c.Action != emit.Unchanged {
			report.Findings = append(report.Findings, a.finding(s, c))
		}
	}
	for _, dir := range s.stay {
		report.Findings = append(report.Findings, finding{
			Path: filepath.ToSlash(paths.Show(dir)), Kind: "left over", Message: whyLeft(len(s.failed)), Command: s.fix,
		})
	}
	if s.file != nil {
		adopted, unused, err := a.checkAdoption(ctx, s)
		if err != nil {
			return err
		}
		over, err := a.checkBudget(ctx, s)
		if err != nil {
			return err
		}
		report.Findings = slices.Concat(report.Findings, adopted, over)
		report.Unused = append(report.Unused, unused...)
	}
	report.OK = len(report.Findings) == 0 && len(s.failed) == 0
	report.Milliseconds = time.Since(a.start).Milliseconds()
	a.printFailed(s.failed)
	switch err := a.printCheck(s, report); {
	case err != nil || report.OK:
		return err
	case len(s.failed) > 0:
		return exitCode(exitFailed)
	default:
		return errDrift
	}
}

// finding says what is wrong with a file.
func (a *app) finding(s *state, c emit.Change) finding {
	f := finding{Path: nameOf(c), Command: s.fix}
	f.Kind, f.Message = s.finding(c)
	if a.flags.diff {
		f.Diff = unified(f.Path, readable(c.Old), readable(c.New))
	}
	return f
}

// finding returns the kind of a finding and its explanation.
func (s *state) finding(c emit.Change) (kind, message string) {
	switch {
	case s.isLock(c) && len(s.damage) > 0:
		return "stale", fmt.Sprintf("line %d: %s", s.damage[0].Pos.Line, s.damage[0].Message)
	case c.Action == emit.Created:
		return "missing", "it is not there"
	case c.Action == emit.InTheWay:
		return "in the way", c.Why + ", move it"
	case s.isFolder(c):
		return "left over", notOurs
	case c.Action == emit.Kept:
		return "edited", "its package is no longer in the configuration"
	case c.Action == emit.Removed:
		return "left over", "it is no longer generated"
	case c.Edited, s.wasEdited(c):
		return "edited", "it was changed by hand"
	case s.isLock(c):
		return "stale", "it is not what the spec and the configuration give"
	default:
		return "stale", "it is not what is generated now"
	}
}

// wasEdited reports whether a file is not the one of the lock.
func (s *state) wasEdited(c emit.Change) bool {
	name := filepath.Join(c.Root, filepath.FromSlash(c.Path))
	for folder, files := range s.was.Folders() {
		rel, _ := paths.Below(lock.Join(filepath.Dir(s.lock), folder), name)
		if listed, ok := files[rel]; ok {
			return listed != input.Sum(c.Old)
		}
	}
	return false
}

// snapshots are the values in a lock that nobody can read.
var snapshots = regexp.MustCompile(`("snapshot": "[^"]{24})[^"]*"`)

// readable shortens what nobody can read.
func readable(data []byte) string {
	if !bytes.Contains(data, []byte(`"snapshot": "`)) || !lock.Ours(data) {
		return string(data)
	}
	return snapshots.ReplaceAllString(string(data), `$1…"`)
}

// printCheck prints one line a finding and a summary.
func (a *app) printCheck(s *state, r checkReport) error {
	if a.flags.json {
		return printJSON(a.stdout, r)
	}
	for _, f := range a.fold(s, r.Findings) {
		line := fmt.Sprintf("%-10s %s: %s (fix: %s)\n", f.Kind, filepath.FromSlash(f.Path), f.Message, f.Command)
		if err := a.print(line); err != nil {
			return err
		}
		if _, err := io.WriteString(a.stdout, f.Diff); err != nil {
			return err
		}
	}
	if a.flags.quiet {
		return nil
	}
	for _, name := range r.Unused {
		if err := a.print(name + " is no longer called; gen adopt takes it out\n"); err != nil {
			return err
		}
	}
	verdict := "clean"
	if len(r.Findings) > 0 {
		verdict = fmt.Sprintf("%d to fix", len(r.Findings))
	}
	return a.print(fmt.Sprintf("%s, %s: %s in %d ms\n", countOf(len(s.made), len(s.failed)), plural.Of(r.Files, "file"),
		verdict, r.Milliseconds))
}
