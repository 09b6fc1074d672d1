package main

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"example.com/lathe/internal/adopt"
	"example.com/lathe/internal/adopt/journal"
	"example.com/lathe/internal/adopt/prove"
	"example.com/lathe/internal/adopt/report"
	"example.com/lathe/internal/adopt/scan"
	"example.com/lathe/internal/emit"
	"example.com/lathe/internal/paths"
	"example.com/lathe/internal/plural"
)

// adoptReport is what adopting says; its JSON form is documented in its help.
type adoptReport struct {
	OK       bool            `json:"ok"`
	Services []serviceReport `json:"services"`
	Files    []fileReport    `json:"files"`
	Raised   []string        `json:"raised"`
	Dropped  []string        `json:"dropped"`
	Won      *report.Won     `json:"won"`
	Warnings []problemReport `json:"warnings"`
	Problems []problemReport `json:"problems"`
}

type serviceReport struct {
	Package    string          `json:"package"`
	ImportPath string          `json:"importPath"`
	Version    string          `json:"version"`
	Model      string          `json:"model"`
	Operations []useReport     `json:"operations"`
	Of         int             `json:"of"`
	Reasons    []problemReport `json:"reasons"`
}

type useReport struct {
	Name string   `json:"name"`
	Uses []string `json:"uses"`
}

// newAdoptReport is the report of a plan for the module in the folder root.
func newAdoptReport(plan *adopt.Plan, root string) adoptReport {
	r := adoptReport{
		OK: true, Services: []serviceReport{}, Files: []fileReport{}, Raised: []string{}, Dropped: []string{},
		Warnings: problemReports(placesIn(root, plan.Program.Warnings)), Problems: []problemReport{},
	}
	used := map[string]scan.Service{}
	for _, s := range plan.Program.Services {
		used[s.ImportPath] = s
	}
	for _, c := range plan.Clients {
		s := newServiceReport(root, c.Service, c.Operations, used[c.Path])
		s.Model, s.Of = c.Model.Name, c.Of
		r.Services = append(r.Services, s)
	}
	for _, l := range plan.Left {
		s := newServiceReport(root, l.Service, l.Operations, used[l.Path])
		s.Reasons = problemReports(placesIn(root, l.Why))
		r.Services = append(r.Services, s)
	}
	return r
}

func newServiceReport(root string, svc *adopt.Service, operations []string, used scan.Service) serviceReport {
	s := serviceReport{
		Package: svc.Package(), ImportPath: svc.Path, Version: svc.Version, Of: used.Total, Operations: []useReport{},
		Reasons: []problemReport{},
	}
	for _, name := range operations {
		use := useReport{name, []string{}}
		for _, op := range used.Operations {
			if op.Name != name {
				continue
			}
			for _, u := range op.Uses {
				use.Uses = append(use.Uses, placeIn(root, u.Pos).String())
			}
		}
		s.Operations = append(s.Operations, use)
	}
	return s
}

// How many places are printed of an operation, and how many reasons of a service.
const (
	maxUses    = 2
	maxReasons = 5
)

// printAdopted prints a report; done is its last line where nothing was done.
func (a *app) printAdopted(r adoptReport, done string) error {
	if a.flags.json {
		return printJSON(a.stdout, r)
	}
	if a.flags.quiet {
		return nil
	}
	var text strings.Builder
	if rows := r.rows(); len(rows) > 1 {
		text.WriteString(table(rows, columns(a.stdout)))
	}
	text.WriteString(stay(r.Services))
	text.WriteString(r.warned())
	for _, raised := range r.Raised {
		fmt.Fprintf(&text, "go.mod requires %s\n", raised)
	}
	for _, dropped := range r.Dropped {
		fmt.Fprintf(&text, "lathe.yaml no longer has %s\n", dropped)
	}
	if r.Won != nil {
		if err := r.Won.Text(&text); err != nil {
			return err
		}
	}
	text.WriteString(cmp.Or(done, r.summary()) + "\n")
	_, err := io.WriteString(a.stdout, text.String())
	return err
}

// stay says which official packages stay, and why; those for the same reason together.
func stay(services []serviceReport) string {
	var text strings.Builder
	packages := map[string][]string{}
	for _, s := range services {
		packages[s.why()] = append(packages[s.why()], s.Package)
	}
	for _, s := range services {
		why := s.why()
		names := packages[why]
		delete(packages, why)
		switch {
		case why == "" || len(names) == 0:
		case len(names) == 1:
			fmt.Fprintf(&text, "%s stays official%s", s.Package, why)
		default:
			fmt.Fprintf(&text, "%s stay official%s", strings.Join(names, ", "), why)
		}
	}
	return text.String()
}

// why are the reasons why the official package stays, as they are said behind that; "" where a
// client stands in for it. A hint that all reasons have is printed once.
func (s serviceReport) why() string {
	switch len(s.Reasons) {
	case 0:
		return ""
	case 1:
		return fmt.Sprintf(": %s\n", s.Reasons[0].text())
	}
	var text strings.Builder
	fmt.Fprintf(&text, " for %d reasons:\n", len(s.Reasons))
	hint := s.Reasons[0].Hint
	if slices.ContainsFunc(s.Reasons, func(r problemReport) bool { return r.Hint != hint }) {
		hint = ""
	}
	for i, reason := range s.Reasons {
		if i == maxReasons {
			fmt.Fprintf(&text, "\tand %d more\n", len(s.Reasons)-i)
			break
		}
		if hint != "" {
			reason.Hint = ""
		}
		fmt.Fprintf(&text, "\t%s\n", inModule.ReplaceAllString(reason.text(), "$1"))
	}
	if hint != "" {
		fmt.Fprintf(&text, "\thint: %s\n", hint)
	}
	return text.String()
}

// inModule matches what comes before the last name of a dependency's path, which has no room
// in a table. JSON has all of it.
var inModule = regexp.MustCompile(`[^ ]*?/([^/ ]+(?:/v[0-9]+)?@v)`)

// rows are the services that are generated, with their operations.
func (r adoptReport) rows() [][]string {
	rows := [][]string{{"SERVICE", "OPERATION", "CALLED FROM"}}
	for _, s := range r.Services {
		if len(s.Reasons) > 0 {
			continue
		}
		rows = append(rows, []string{s.Package, fmt.Sprintf("%d of %d", len(s.Operations), s.Of), ""})
		for _, op := range s.Operations {
			from := inModule.ReplaceAllString(strings.Join(op.Uses[:min(len(op.Uses), maxUses)], " "), "$1")
			if more := len(op.Uses) - maxUses; more > 0 {
				from += fmt.Sprintf(" and %d more", more)
			}
			rows = append(rows, []string{"", op.Name, plain(cmp.Or(from, "for what is named"))})
		}
	}
	return rows
}

// add adds what was done to files of the module in the folder root.
func (r *adoptReport) add(root string, changes []journal.Change) {
	for _, c := range changes {
		action := emit.Updated
		switch {
		case c.Data == nil:
			action = emit.Removed
		case c.Was == nil:
			action = emit.Created
		}
		r.Files = append(r.Files, fileReport{nameIn(root, c.Path), action})
	}
}

// warnOfVendor says that a folder vendor is behind what was done to files: the go command takes
// the clients from there.
func (r *adoptReport) warnOfVendor(root string) {
	if len(r.Files) > 0 && prove.IsVendored(root) {
		r.Warnings = append(r.Warnings, problemReport{
			File: nameIn(root, "vendor"), Message: "the folder has the dependencies as they were before",
			Hint: `run "go mod vendor" next`,
		})
	}
}

// warned are the warnings as text.
func (r *adoptReport) warned() string {
	var text strings.Builder
	for _, w := range r.Warnings {
		fmt.Fprintf(&text, "warning: %s\n", w.text())
	}
	return text.String()
}

// undone says that nothing was done, and why where no service says so.
func (r adoptReport) undone(root string) string {
	const text = "nothing was changed"
	if len(r.Services) > 0 {
		return text
	}
	none := "the program uses no package of the SDK for a service; " + text
	if hint := elsewhere(root); hint != "" {
		none += "\n\thint: " + hint
	}
	return none
}

// elsewhere says which modules below a folder there are to adopt; "" for none.
func elsewhere(dir string) string {
	below := adopt.Below(dir)
	if len(below) == 0 {
		return ""
	}
	return "run gen adopt in a module below that uses some: " + plural.Some(below)
}

// summary says what was done to the files.
func (r adoptReport) summary() string {
	counts := map[emit.Action]int{}
	for _, f := range r.Files {
		counts[f.Action]++
	}
	if len(r.Files) == 0 {
		return "everything is up to date"
	}
	return fmt.Sprintf("%s created, %d updated, %d removed; the program builds with them",
		plural.Of(counts[emit.Created], "file"), counts[emit.Updated], counts[emit.Removed])
}

// writeWon writes what was won in the form that the file's name asks for.
func writeWon(won *report.Won, name string) error {
	e := &edits{}
	err := e.change(paths.Abs(name), func([]byte) ([]byte, error) {
		var text bytes.Buffer
		err := won.Write(&text, name)
		return text.Bytes(), err
	})
	if err != nil {
		return err
	}
	_, err = e.write(func() error { return nil })
	return err
}
