package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"example.com/lathe"
	"example.com/lathe/internal/config"
	"example.com/lathe/internal/emit"
	"example.com/lathe/internal/paths"
	"example.com/lathe/internal/plural"
	"example.com/lathe/spec"
)

// generatedReport is what generating says; its JSON form is documented in the
// help of the command and stays as it is.
type generatedReport struct {
	OK           bool            `json:"ok"`
	Packages     []packageReport `json:"packages"`
	Failed       []string        `json:"failed"`
	Dropped      []string        `json:"dropped"`
	Left         []string        `json:"left"`
	Files        []fileReport    `json:"files"`
	Counts       counts          `json:"counts"`
	GoGet        []goGet         `json:"goGet"`
	Milliseconds int64           `json:"ms"`
	Problems     []problemReport `json:"problems"`

	// folders are what people read of Files.
	folders []folderReport
}

// folderReport is what happened to the files of one output folder, or to a file that is
// in none.
type folderReport struct {
	path string
	counts

	file emit.Action // of a file
}

type packageReport struct {
	Package    string          `json:"package"`
	ImportPath string          `json:"importPath"`
	Out        string          `json:"out"`
	Operations []string        `json:"operations"`
	Refused    []refusedReport `json:"refused"`
	Warnings   []problemReport `json:"warnings"`
}

type refusedReport struct {
	Operation string `json:"operation"`
	Reason    string `json:"reason"`
}

type fileReport struct {
	Path   string      `json:"path"`
	Action emit.Action `json:"action"`
}

type counts struct {
	Created   int `json:"created"`
	Updated   int `json:"updated"`
	Removed   int `json:"removed"`
	Unchanged int `json:"unchanged"`
	Kept      int `json:"kept"`
}

func (a *app) generated(s *state, changes []emit.Change) generatedReport {
	report := generatedReport{
		OK: len(s.failed) == 0, Milliseconds: time.Since(a.start).Milliseconds(), Packages: packageReports(s),
		Failed: []string{}, GoGet: s.goGets(), Files: []fileReport{}, Problems: []problemReport{},
	}
	for _, f := range s.failed {
		report.Failed = append(report.Failed, filepath.ToSlash(f.out))
		report.Problems = append(report.Problems, problemReports(f.problems)...)
	}
	report.Dropped, report.Left = s.gone(changes)
	changes = slices.DeleteFunc(slices.Clone(changes), s.isFolder)
	for _, c := range changes {
		report.Files = append(report.Files, fileReport{nameOf(c), c.Action})
		report.Counts.add(c.Action)
	}
	report.folders = s.byFolder(changes)
	return report
}

// byFolder sums changes up by output folder, in the order of the changes. A file in
// none, one that is kept although it should go, and the lock have lines of their own.
func (s *state) byFolder(changes []emit.Change) []folderReport {
	folders := s.outputFolders()
	var all []folderReport
	at := map[string]int{}
	for _, c := range changes {
		line := folderReport{path: folderOver(folders, nameOf(c))}
		if line.path == "" || c.Action == emit.Kept || s.isLock(c) {
			line = folderReport{path: nameOf(c), file: c.Action}
		}
		if _, known := at[line.path]; !known {
			at[line.path] = len(all)
			all = append(all, line)
		}
		all[at[line.path]].add(c.Action)
	}
	return all
}

// isLock reports whether a change is one of the lock.
func (s *state) isLock(c emit.Change) bool {
	return filepath.Join(c.Root, filepath.FromSlash(c.Path)) == s.lock
}

// gone returns the folders that lathe.yaml no longer lists: those that were dropped,
// and those that stay because nothing proves that they are ours. Folders that were not
// there any more are neither.
func (s *state) gone(changes []emit.Change) (dropped, left []string) {
	dropped, left = []string{}, []string{}
	for _, dir := range s.dropped {
		for _, c := range changes {
			name := filepath.Join(c.Root, filepath.FromSlash(c.Path))
			if name == dir {
				left = append(left, filepath.ToSlash(paths.Show(dir)))
				break
			}
			if strings.HasPrefix(name, dir+string(filepath.Separator)) {
				dropped = append(dropped, filepath.ToSlash(paths.Show(dir)))
				break
			}
		}
	}
	for _, dir := range s.stay {
		left = append(left, filepath.ToSlash(paths.Show(dir)))
	}
	return dropped, left
}

// isFolder reports whether a change is about a folder that is left alone.
func (s *state) isFolder(c emit.Change) bool {
	return c.Action == emit.Kept && slices.Contains(s.dropped, filepath.Join(c.Root, filepath.FromSlash(c.Path)))
}

func packageReports(s *state) []packageReport {
	reports := make([]packageReport, len(s.made))
	for i, m := range s.made {
		reports[i] = packageReport{
			Package: m.Package, ImportPath: m.ImportPath, Out: filepath.ToSlash(m.pkg.Out),
			Operations: m.Operations, Refused: refusedReports(m.Result), Warnings: warningReports(m.Result),
		}
	}
	return reports
}

func refusedReports(r *lathe.Result) []refusedReport {
	reports := []refusedReport{}
	for _, refusal := range r.Refused {
		reports = append(reports, refusedReport{refusal.Operation, firstReason(refusal)})
	}
	return reports
}

// warningReports are the warnings about a spec; of those with one text only the first
// is kept.
func warningReports(r *lathe.Result) []problemReport {
	var kept spec.Problems
	for _, w := range problemsOf(r.Warnings.Err()) {
		if !slices.ContainsFunc(kept, func(k spec.Problem) bool { return k.Message == w.Message }) {
			kept = append(kept, w)
		}
	}
	return problemReports(kept)
}

func firstReason(r lathe.Refusal) string {
	for _, reason := range r.Reasons {
		return reason.Message
	}
	return ""
}

func (c *counts) add(action emit.Action) {
	switch action {
	case emit.Created:
		c.Created++
	case emit.Updated:
		c.Updated++
	case emit.Removed:
		c.Removed++
	case emit.Unchanged:
		c.Unchanged++
	case emit.Kept:
		c.Kept++
	}
}

// String lists the counts that are not zero: "3 files created, 1 updated".
func (c counts) String() string {
	var parts []string
	for _, part := range []struct {
		n    int
		what emit.Action
	}{
		{c.Created, emit.Created}, {c.Updated, emit.Updated}, {c.Removed, emit.Removed}, {c.Kept, emit.Kept},
		{c.Unchanged, emit.Unchanged},
	} {
		switch {
		case part.n == 0:
		case len(parts) == 0:
			parts = append(parts, plural.Of(part.n, "file")+" "+string(part.what))
		default:
			parts = append(parts, fmt.Sprintf("%d %s", part.n, part.what))
		}
	}
	if parts == nil {
		return "no files"
	}
	return strings.Join(parts, ", ")
}

// reportAll prints what was generated and what could not be, which is the error.
func (a *app) reportAll(r generatedReport, failed []failure) error {
	a.printFailed(failed)
	if err := a.report(r); err != nil || len(failed) == 0 {
		return err
	}
	return exitCode(exitFailed)
}

// printFailed prints why packages were not generated, where people read it.
func (a *app) printFailed(failed []failure) {
	if len(failed) == 0 || a.flags.json {
		return
	}
	n := 0
	var text strings.Builder
	for _, f := range failed {
		n += len(f.problems)
		for _, p := range f.problems {
			fmt.Fprintln(&text, p.Error())
		}
	}
	a.warn(text.String() + plural.Of(n, "problem") + notGenerated(failed) + "\n")
}

// notGenerated is the part of a summary that names what could not be generated.
func notGenerated(failed []failure) string {
	if len(failed) == 0 {
		return ""
	}
	var names []string
	for _, f := range failed {
		names = append(names, f.out)
	}
	return "; not generated: " + strings.Join(names, ", ")
}

// report prints what was generated: a line for each folder in which something changed,
// what was left out, and a summary.
func (a *app) report(r generatedReport) error {
	switch {
	case a.flags.json:
		return printJSON(a.stdout, r)
	case a.flags.quiet:
		return nil
	}
	operations := 0
	// Warnings about a spec are printed when something has changed, not at every run.
	changed := slices.ContainsFunc(r.Files, func(f fileReport) bool { return f.Action != emit.Unchanged })
	var text strings.Builder
	for _, p := range r.Packages {
		operations += len(p.Operations)
		for _, w := range p.Warnings {
			if changed {
				fmt.Fprintf(&text, "warning    %s\n", w.text())
			}
		}
		for _, line := range a.refusedLines(p.Refused) {
			fmt.Fprintf(&text, "left out   %s\n", line)
		}
	}
	for _, dir := range r.Dropped {
		fmt.Fprintf(&text, "dropped    %s: no longer in %s\n", filepath.FromSlash(dir), config.Name)
	}
	for _, dir := range r.Left {
		fmt.Fprintf(&text, "left       %s: no longer in %s, but %s\n", filepath.FromSlash(dir), config.Name,
			whyLeft(len(r.Failed)))
	}
	text.WriteString(a.changedLines(r))
	fmt.Fprintf(&text, "%s, %s: %s in %d ms\n", countOf(len(r.Packages), len(r.Failed)),
		plural.Of(operations, "operation"), r.Counts, r.Milliseconds)
	for _, out := range r.Failed {
		fmt.Fprintf(&text, "not generated: %s\n", filepath.FromSlash(out))
	}
	for _, get := range r.GoGet {
		text.WriteString(get.String() + "\n")
	}
	if r.Counts.Removed > 0 && os.Getenv("GOFILE") != "" {
		text.WriteString(removedUnderGoGenerate)
	}
	return a.print(text.String())
}

// refusedLines are the operations that were left out: those with one reason together.
func (a *app) refusedLines(all []refusedReport) []string {
	var lines []string
	var reasons []string
	by := map[string][]string{}
	for _, r := range all {
		if _, known := by[r.Reason]; !known {
			reasons = append(reasons, r.Reason)
		}
		by[r.Reason] = append(by[r.Reason], r.Operation)
		if a.flags.verbose {
			lines = append(lines, r.Operation+": "+r.Reason)
		}
	}
	if a.flags.verbose {
		return lines
	}
	for _, reason := range reasons {
		lines = append(lines, someOf(by[reason])+": "+reason)
	}
	return lines
}

// someOf names the first of many.
func someOf(names []string) string {
	if more := len(names) - fewFindings; more > 0 {
		return fmt.Sprintf("%s and %d more", strings.Join(names[:fewFindings], ", "), more)
	}
	return strings.Join(names, ", ")
}

// changedLines are what happened on disk: a line a folder, or a line a file.
func (a *app) changedLines(r generatedReport) string {
	var text strings.Builder
	if a.flags.verbose {
		for _, f := range r.Files {
			if f.Action != emit.Unchanged {
				fmt.Fprintf(&text, "%-9s  %s\n", f.Action, filepath.FromSlash(f.Path))
			}
		}
		return text.String()
	}
	for _, f := range r.folders {
		f.Unchanged = 0
		switch name := filepath.FromSlash(f.path); {
		case f.counts == counts{} || slices.Contains(r.Dropped, f.path):
		case f.file != "":
			fmt.Fprintf(&text, "%-9s  %s\n", f.file, name)
		default:
			fmt.Fprintf(&text, "generated  %s: %s\n", name, f.counts)
		}
	}
	return text.String()
}

// notOurs and afterFailure are why a folder stays though nothing lists it.
const (
	notOurs      = "not ours to remove: no manifest in it names this lock, or it is in another module"
	afterFailure = "nothing is dropped until all packages can be generated"
)

// whyLeft is the one that counts in a run in which so many packages failed.
func whyLeft(failed int) string {
	if failed > 0 {
		return afterFailure
	}
	return notOurs
}

// countOf is the number of packages: "2 packages", or "2 of 3 packages" where some
// failed.
func countOf(ok, failed int) string {
	if failed == 0 {
		return plural.Of(ok, "package")
	}
	return fmt.Sprintf("%d of %s", ok, plural.Of(ok+failed, "package"))
}

// removedUnderGoGenerate prepares for what go generate, which sets GOFILE, says of a
// file that it had listed before it was removed: that there is no such file.
const removedUnderGoGenerate = "go generate had listed its files before: should it fail to open one that was removed, run it again\n"
