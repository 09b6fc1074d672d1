package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"example.com/lathe"
	"example.com/lathe/diff"
	"example.com/lathe/diff/report"
	"example.com/lathe/diff/rules"
	"example.com/lathe/internal/adopt"
	"example.com/lathe/internal/adopt/journal"
	"example.com/lathe/internal/config"
	"example.com/lathe/internal/input"
	"example.com/lathe/internal/models"
	"example.com/lathe/internal/paths"
	"example.com/lathe/internal/plural"
	"example.com/lathe/spec"
)

const modelsUpdateHelp = `Update takes the newest models from where lathe.yaml says that they are, for the
clients of gen adopt. It generates these again, proves that the program builds, and
prints the text of a pull request: what has changed of what the program uses, as gen
diff reports it, with the lines; severities of lathe.yaml count. Models below a URL
are fetched again; a checkout you pull yourself, before. --models names another place,
which lathe.yaml has from then on.

With --json one object is printed, on success and on failure:

  ok        true when all is in place
  services  package, changed (true when something that the program uses has), text,
            others (how many changes are of what it does not use)
  files     how many files were changed
  problems  file, line, column, pointer, message, hint; empty when ok`

// updateReport is what updating says; its JSON form is documented in its help.
type updateReport struct {
	OK       bool            `json:"ok"`
	Services []updatedReport `json:"services"`
	Files    int             `json:"files"`
	Problems []problemReport `json:"problems"`
}

type updatedReport struct {
	Package string `json:"package"`
	Changed bool   `json:"changed"`
	Text    string `json:"text"`
	Others  int    `json:"others"`
}

func (a *app) modelsUpdateCommand() *cobra.Command {
	var f adoptFlags
	cmd := &cobra.Command{
		Use:     "update",
		Short:   "Take newer models for the clients of gen adopt, and say what they change",
		Long:    modelsUpdateHelp,
		Example: "  git -C ../api-models-aws pull && gen models update\n  gen models update --quiet > pull-request.md",
		Args:    noArguments,
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.updateModels(cmd.Context(), f) },
	}
	cmd.Flags().StringVar(&f.models, "models", "",
		"`folder`, git checkout or URL of published models (default: models in lathe.yaml)")
	a.complete(cmd, "models", cobra.FixedCompletions(nil, cobra.ShellCompDirectiveFilterDirs))
	a.addConfigFlag(cmd)
	a.addOutputFlags(cmd)
	return cmd
}

func (a *app) updateModels(ctx context.Context, f adoptFlags) error {
	o, err := a.adoptOptions(ctx, f, nil)
	if err != nil {
		return err
	}
	if state, err := journal.Read(o.Root); err != nil || state == nil {
		return cmp.Or(err, notAdopted(o.Root))
	}
	o.Refresh = true
	plan, err := adopt.Find(ctx, o, a.adoptTools())
	if err != nil {
		return err
	}
	defer func() { _ = plan.Close() }() // a temporary folder
	file, err := config.Load(filepath.Join(o.Root, filepath.FromSlash(o.Config)), a.formats())
	if err != nil {
		return err
	}
	severities, err := severitiesOf(file.Severities)
	if err != nil {
		return err
	}
	if err := plan.Make(ctx); err != nil {
		return err
	}
	r := updateReport{OK: true, Services: []updatedReport{}, Problems: []problemReport{}}
	for _, m := range plan.Models() {
		updated, err := compareModels(m, severities)
		if err != nil {
			return err
		}
		r.Services = append(r.Services, updated)
	}
	changes, err := plan.Apply(ctx)
	if err != nil {
		return err
	}
	if r.Files = len(changes); a.flags.json {
		return printJSON(a.stdout, r)
	}
	_, err = io.WriteString(a.stdout, r.text())
	return err
}

// compareModels returns what a newer part of a model changes for the program.
func compareModels(m adopt.NewModel, severities map[string]rules.Severity) (updatedReport, error) {
	u := updatedReport{Package: m.Package}
	r, err := lathe.Diff(lathe.DiffConfig{Old: lathe.Document{File: m.Was}, New: lathe.Document{File: m.Now}})
	if err != nil {
		return u, err
	}
	r.Override(severities)
	r.Weigh(m.Lines)
	all := len(r.Changes)
	r.Changes = slices.DeleteFunc(r.Changes, func(c diff.Change) bool { return len(c.Use.Lines) == 0 })
	if u.Others = all - len(r.Changes); len(r.Changes) == 0 {
		return u, nil
	}
	var text bytes.Buffer
	err = report.Changelog(&text, r, report.Options{})
	u.Changed, u.Text = true, text.String()
	return u, err
}

// text is the text of a pull request.
func (r updateReport) text() string {
	var changed, same, elsewhere []string
	var body strings.Builder
	for _, s := range r.Services {
		if s.Changed {
			changed = append(changed, s.Package)
			fmt.Fprintf(&body, "\n## %s\n\n%s\n", s.Package, strings.TrimSpace(s.Text))
		} else {
			same = append(same, s.Package)
		}
		if s.Others > 0 {
			elsewhere = append(elsewhere, fmt.Sprintf("%s (%s)", s.Package, plural.Of(s.Others, "change")))
		}
	}
	text := "nothing that you use has changed\n"
	if len(changed) > 0 {
		text = "# Newer models of " + strings.Join(changed, ", ") + "\n" + body.String()
		if len(same) > 0 {
			text += "\nOf " + strings.Join(same, ", ") + " nothing that you use has changed.\n"
		}
	}
	if len(elsewhere) > 0 {
		text += "\nWhat the program does not use has changed, too: " + strings.Join(elsewhere, ", ") + ".\n"
	}
	return text
}

const modelsGetHelp = `Get prints where the models of services are, and with -o copies them into a folder.
A service is the name of its Go package, or its id, and may be followed by @ and the
version of its API, which a URL needs: lambda@2015-03-31.

With --json one object is printed: ok, models (service, version, file), problems.`

// gotReport is what get says; its JSON form is documented in its help.
type gotReport struct {
	OK       bool            `json:"ok"`
	Models   []gotModel      `json:"models"`
	Problems []problemReport `json:"problems"`
}

type gotModel struct {
	Service string `json:"service"`
	Version string `json:"version"`
	File    string `json:"file"`
}

func (a *app) modelsGetCommand() *cobra.Command {
	var f adoptFlags
	var output string
	cmd := &cobra.Command{
		Use:     "get SERVICE[@VERSION]...",
		Short:   "Find the models of services, or fetch them",
		Long:    modelsGetHelp,
		Example: "  gen models get lambda sqs --models ../api-models-aws -o spec\n  gen models get lambda@2015-03-31",
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usageError("a service is expected", "", cmd.CommandPath()+" --help")
			}
			return a.getModels(cmd.Context(), f, output, args)
		},
	}
	cmd.Flags().StringVar(&f.models, "models", "",
		"`folder`, git checkout or URL of published models (default: models in lathe.yaml)")
	cmd.Flags().StringVarP(&output, "output", "o", "", "`folder` to copy them into")
	a.complete(cmd, "models", cobra.FixedCompletions(nil, cobra.ShellCompDirectiveFilterDirs))
	a.complete(cmd, "output", cobra.FixedCompletions(nil, cobra.ShellCompDirectiveFilterDirs))
	a.addConfigFlag(cmd)
	return cmd
}

func (a *app) getModels(ctx context.Context, f adoptFlags, output string, services []string) error {
	source, err := a.modelSource(f.models)
	if err != nil {
		return err
	}
	r := gotReport{OK: true, Models: []gotModel{}, Problems: []problemReport{}}
	e := &edits{}
	for _, name := range services {
		svc := serviceNamed(name)
		file, err := source.Find(ctx, svc)
		switch {
		case err != nil:
			return notFound(source, name, err)
		case svc.Version != "" && svc.Version != file.Version:
			return spec.Problems{{
				Message: name + ": there is no model of this version", Hint: "there is " + file.Service + "@" + file.Version,
			}}
		}
		got := gotModel{file.Service, file.Version, file.Path}
		if output != "" {
			if got.File, err = copyModel(e, file, output); err != nil {
				return err
			}
		}
		got.File = filepath.ToSlash(paths.Show(got.File))
		r.Models = append(r.Models, got)
	}
	if _, err := e.write(func() error { return nil }); err != nil {
		return err
	}
	if a.flags.json {
		return printJSON(a.stdout, r)
	}
	for _, m := range r.Models {
		if _, err := fmt.Fprintln(a.stdout, m.File); err != nil { // in one line, to be copied
			return err
		}
	}
	return nil
}

// modelSource opens the models at a location, or where lathe.yaml says that they are.
func (a *app) modelSource(location string) (*models.Source, error) {
	if location == "" {
		var err error
		if location, _, err = a.modelsConfigured(); err != nil {
			return nil, err
		}
	}
	if location == "" {
		return nil, wrongUsage(spec.Problems{modelsMissing})
	}
	cache, err := modelCache(location)
	if err != nil {
		return nil, err
	}
	return models.Open(location, cache, models.Pins{})
}

// modelsMissing is the problem with a command line that does not say where models are.
var modelsMissing = spec.Problem{
	Message: "--models is missing",
	Hint:    "name a folder with the models that AWS publishes, such as a checkout of github.com/aws/api-models-aws",
}

// notFound is the error for a service that there is no model of, with the one that may be
// meant.
func notFound(source *models.Source, name string, err error) error {
	var names []string
	for _, file := range source.Files() {
		names = append(names, file.Service, models.PackageOf(file.Service))
	}
	near := nearest(name, names)
	if near == "" || !errors.Is(err, models.ErrNone) {
		return fmt.Errorf("%s: %w", name, err)
	}
	return spec.Problems{{Message: fmt.Sprintf("%s: %s", name, err), Hint: "did you mean " + near + "?"}}
}

// serviceNamed is the service that is called lambda, or lambda@2015-03-31.
func serviceNamed(name string) models.Service {
	id, version, _ := strings.Cut(name, "@")
	return models.Service{Package: models.PackageOf(id), ID: id, Version: version}
}

// copyModel copies a model into a folder, and returns its file there. What lies beside it
// goes by its name, so that such a model keeps it, in folders as it had them.
func copyModel(e *edits, file models.File, folder string) (string, error) {
	names := map[string]string{file.Path: filepath.Join(folder, file.Service+"-"+file.Version+".json")}
	if filepath.Base(file.Path) == models.BotoName {
		folder = filepath.Join(folder, file.Service, file.Version)
		names[file.Path] = filepath.Join(folder, models.BotoName)
		for _, name := range lathe.Companions(file.Path) {
			names[name] = filepath.Join(folder, filepath.Base(name))
		}
	}
	for from, to := range names {
		data, err := os.ReadFile(from)
		if errors.Is(err, fs.ErrNotExist) && from != file.Path {
			continue
		}
		if err == nil {
			err = e.copy(paths.Abs(to), input.Unix(data))
		}
		if err != nil {
			return "", err
		}
	}
	return names[file.Path], nil
}
