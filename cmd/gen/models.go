package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/spf13/cobra"

	"example.com/lathe"
	"example.com/lathe/internal/config"
	"example.com/lathe/internal/input"
	"example.com/lathe/internal/paths"
	"example.com/lathe/spec"
)

const modelsHelp = `Models looks at a folder, such as a checkout of published models, and finds the Smithy
models and those in boto3's format in it and below. A client is made of one of them by
gen init; gen models trim writes the part of it that belongs into a repository.`

const modelsListHelp = `List prints a line for each model: service, Go package, the wire protocol that a client
speaks, and how many of its operations can be generated. With names or globs of
services or Go packages only those are printed.

The models are those in the folder DIR, or where models in lathe.yaml says. It may be a
URL, too, which can't be listed: services are named with the versions of their APIs then,
as lambda@2015-03-31, or are those that lathe.lock has the hashes of.

With --json one object is printed, on success and on failure:

  ok        true when there are models, and all can be read
  models    file, format, service, package, protocol (empty when none is supported),
            protocols, operations (how many), supported (how many of them), refused
            (reason, operations)
  problems  file, line, column, pointer, message, hint; empty when ok`

const modelsShowHelp = `Show prints what there is to know of each model: what list does, which operations
cannot be generated and why, and the command that makes a client of it. With --json it
prints what list does.`

func (a *app) modelsCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "models",
		Short: "Look at folders of published models, and cut them",
		Long:  modelsHelp,
		Args:  a.knownCommand,
		RunE:  commandMissing,
	}
	list := &cobra.Command{
		Use:     "list [DIR] [SERVICE...]",
		Short:   "Print the models in a folder",
		Long:    modelsListHelp,
		Example: "  gen models list ../api-models-aws/models\n  gen models list lambda sqs\n  gen models list ../botocore/botocore/data 'Batch*' --json",
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.showModels(cmd.Context(), cmd, args, modelTable)
		},
	}
	show := &cobra.Command{
		Use:     "show [DIR] [SERVICE...]",
		Short:   "Print what there is to know of the models in a folder",
		Long:    modelsShowHelp,
		Example: "  gen models show ../api-models-aws/models Batch",
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.showModels(cmd.Context(), cmd, args, modelDetails)
		},
	}
	for _, sub := range []*cobra.Command{list, show} {
		sub.ValidArgsFunction = func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			if len(args) > 0 {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			return nil, cobra.ShellCompDirectiveFilterDirs
		}
	}
	cmd.AddCommand(list, show, a.trimCommand(), a.modelsGetCommand(), a.modelsUpdateCommand())
	return cmd
}

// modelsReport is what models list and show say; its JSON form is documented in the help.
type modelsReport struct {
	OK       bool            `json:"ok"`
	Models   []modelReport   `json:"models"`
	Problems []problemReport `json:"problems"`
}

type modelReport struct {
	File       string         `json:"file"`
	Format     string         `json:"format"`
	Service    string         `json:"service"`
	Package    string         `json:"package"`
	Protocol   string         `json:"protocol"`
	Protocols  []string       `json:"protocols"`
	Operations int            `json:"operations"`
	Supported  int            `json:"supported"`
	Refused    []reasonReport `json:"refused"`
}

// reasonReport are the operations that one reason keeps from being generated.
type reasonReport struct {
	Reason     string   `json:"reason"`
	Operations []string `json:"operations"`
}

// showModels prints the models in a folder, or of services below a URL, in some form.
func (a *app) showModels(
	ctx context.Context, cmd *cobra.Command, args []string, form func([]modelReport, int) string,
) error {
	location, services, pins, err := a.modelsMeant(cmd, args)
	if err != nil {
		return err
	}
	var files []string
	if input.IsURL(location) {
		files, err = fetchedModels(ctx, location, services, pins)
		services = nil
	} else {
		files, err = modelFiles(location)
	}
	if err != nil {
		return err
	}
	all, problems, err := a.readModels(ctx, files)
	if err != nil {
		return err
	}
	all, missing := selectModels(all, services)
	problems = append(problems, missing...)
	if len(all) == 0 && len(problems) == 0 {
		problems.Add(spec.Pos{File: location}, "models are JSON files with a Smithy AST, or service-2.json of boto3",
			"there are no models in this folder")
	}
	if a.flags.json {
		report := modelsReport{OK: len(problems) == 0, Models: append([]modelReport{}, all...),
			Problems: problemReports(problems)}
		if err := printJSON(a.stdout, report); err != nil || report.OK {
			return err
		}
		return exitCode(exitFailed)
	}
	if len(all) > 0 {
		if _, err := fmt.Fprint(a.stdout, form(all, columns(a.stdout))); err != nil {
			return err
		}
	}
	return problems.Err()
}

// modelFiles are the JSON files in a folder and below, but for what tools hide. A file is
// one itself. Links to files are followed, and one that names the folder, which
// filepath.WalkDir would not do.
func modelFiles(root string) ([]string, error) {
	if isFolder(root) {
		root = filepath.Clean(root) + string(filepath.Separator)
	}
	var files []string
	err := filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && strings.HasPrefix(entry.Name(), ".") && name != root:
			return filepath.SkipDir
		case filepath.Ext(name) == ".json" && isFile(name):
			files = append(files, name)
		}
		return nil
	})
	if errors.Is(err, fs.ErrNotExist) {
		return nil, spec.Problems{{Pos: spec.Pos{File: root}, Message: "there is no such folder"}}
	}
	return files, err
}

// readModels reads the models among files, several at a time.
func (a *app) readModels(ctx context.Context, files []string) (all []modelReport, problems spec.Problems, err error) {
	found := make([]*modelReport, len(files))
	errs := make([]error, len(files))
	slots := make(chan struct{}, runtime.GOMAXPROCS(0))
	var group sync.WaitGroup
	for i, name := range files {
		slots <- struct{}{}
		if ctx.Err() != nil {
			break
		}
		group.Go(func() {
			defer func() { <-slots }()
			found[i], errs[i] = a.readModel(name)
		})
	}
	group.Wait()
	if ctx.Err() != nil {
		return nil, nil, context.Cause(ctx)
	}
	for i := range files {
		problems = append(problems, problemsOf(errs[i])...)
		if found[i] != nil {
			all = append(all, *found[i])
		}
	}
	return all, problems, nil
}

// readModel reads a file, nil when it is no model.
func (a *app) readModel(name string) (*modelReport, error) {
	data, err := input.ReadFile(name, input.MaxSpec)
	if err != nil {
		return nil, err
	}
	format := lathe.Recognize(data)
	if format != "smithy" && format != "c2j" {
		return nil, nil //nolint:nilnil // as documented
	}
	listing, err := a.list(lathe.Config{Spec: name, Format: format})
	if err != nil {
		return nil, err
	}
	m := &modelReport{
		File: filepath.ToSlash(name), Format: format, Service: listing.Service, Package: listing.Package,
		Protocol:  listing.Protocol,
		Protocols: append([]string{}, listing.Protocols...), Operations: len(listing.Operations), Refused: []reasonReport{},
	}
	for _, o := range listing.Operations {
		if o.Unsupported == "" {
			m.Supported++
			continue
		}
		i := slices.IndexFunc(m.Refused, func(r reasonReport) bool { return r.Reason == o.Unsupported })
		if i < 0 {
			i = len(m.Refused)
			m.Refused = append(m.Refused, reasonReport{Reason: o.Unsupported})
		}
		m.Refused[i].Operations = append(m.Refused[i].Operations, o.Name)
	}
	return m, nil
}

// selectModels leaves the models of services or packages of those names or globs; without
// any all. The problems are the names that no model has.
func selectModels(all []modelReport, patterns []string) (kept []modelReport, problems spec.Problems) {
	if len(patterns) == 0 {
		return all, nil
	}
	var names []string
	for _, m := range all {
		names = append(names, m.Service, m.Package)
	}
	for _, p := range patterns {
		isOne := func(m modelReport) bool { // whatever the case, for nobody knows that of services
			return lathe.OperationInfo{Name: strings.ToLower(m.Service), SourceName: m.Package}.Matches(strings.ToLower(p))
		}
		if !slices.ContainsFunc(all, isOne) {
			hint := ""
			if near := nearest(p, names); near != "" {
				hint = "did you mean " + quote(near) + "?"
			}
			problems.Add(spec.Pos{}, hint, "no model is of a service or package %q", p)
		}
		for _, m := range all {
			if isOne(m) && !slices.ContainsFunc(kept, func(k modelReport) bool { return k.File == m.File }) {
				kept = append(kept, m)
			}
		}
	}
	return kept, problems
}

// speaks is the protocol that a client speaks, or those of the service in brackets.
func (m modelReport) speaks() string {
	return cmp.Or(m.Protocol, "("+strings.Join(m.Protocols, " ")+")")
}

// modelTable is a line for each model.
func modelTable(all []modelReport, width int) string {
	rows := [][]string{{"SERVICE", "PACKAGE", "PROTOCOL", "OPERATIONS", "FILE"}}
	for _, m := range all {
		count := strconv.Itoa(m.Operations)
		if m.Supported != m.Operations {
			count = fmt.Sprintf("%d of %d", m.Supported, m.Operations)
		}
		rows = append(rows, []string{plain(m.Service), m.Package, m.speaks(), count, plain(paths.Show(m.File))})
	}
	return table(rows, width)
}

// modelDetails are a few lines for each model.
func modelDetails(all []modelReport, width int) string {
	var text strings.Builder
	for i, m := range all {
		if i > 0 {
			text.WriteString("\n")
		}
		fmt.Fprintf(&text, "%s\n", plain(m.Service))
		fmt.Fprintf(&text, "  file        %s (%s)\n", plain(paths.Show(m.File)), m.Format)
		fmt.Fprintf(&text, "  package     %s\n", m.Package)
		l := &listed{Listing: &lathe.Listing{Protocol: m.Protocol, Protocols: m.Protocols}, pkg: config.Package{}}
		fmt.Fprintf(&text, "  protocol    %s\n", l.speaks())
		fmt.Fprintf(&text, "  operations  %d, of which %d can be generated\n", m.Operations, m.Supported)
		for _, r := range m.Refused {
			fmt.Fprintf(&text, "  left out    %s: %s\n", plain(someOf(r.Operations)), plain(r.Reason))
		}
		if m.Supported > 0 {
			fmt.Fprintf(&text, "  client      gen init %s\n", quote(paths.Show(m.File)))
		}
	}
	return fit(text.String(), width)
}

// size is the size of a file for people.
func size(bytes int64) string {
	switch {
	case bytes < 10_000:
		return fmt.Sprintf("%.1f kB", float64(bytes)/1000)
	case bytes < 1_000_000:
		return fmt.Sprintf("%d kB", (bytes+500)/1000)
	default:
		return fmt.Sprintf("%.1f MB", float64(bytes)/1e6)
	}
}

// fileSize is the size of a file, 0 where it is not known.
func fileSize(name string) int64 {
	info, err := os.Stat(name)
	if err != nil {
		return 0
	}
	return info.Size()
}
