package main

import (
	"cmp"
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"example.com/lathe"
	"example.com/lathe/internal/config"
	"example.com/lathe/internal/input"
	"example.com/lathe/internal/paths"
	"example.com/lathe/internal/plural"
	"example.com/lathe/spec"
)

const listHelp = `List prints the operations of a spec, or of each spec that lathe.yaml names: method,
path, the number of shapes they reach, and whether they are paginated, waitable,
deprecated, listed in lathe.yaml, or can't be generated and why. Above them stands
the wire protocol that a client speaks, of those that the service does. With names or
globs only those operations are printed. What is wrong with one operation, or with what
it refers to, keeps no other from being listed or generated.

With --json one object is printed, on success and on failure:

  ok          true when all specs could be read
  specs       spec, out (in lathe.yaml), service, package, protocol (that a client
              speaks, empty when none is supported), protocols, operations (how many
              there are)
  operations  spec, name, method, path, shapes, paginated, waiters, deprecated,
              selected (in lathe.yaml), unsupported, limits
  problems    file, line, column, pointer, message, hint; empty when ok`

const listExamples = `  gen list
  gen list 'List*' 'Get*'
  gen list --spec spec/datazone.yaml`

// listReport is what listing says; its JSON form is documented in the help of the
// command and stays as it is.
type listReport struct {
	OK         bool              `json:"ok"`
	Specs      []specReport      `json:"specs"`
	Operations []operationReport `json:"operations"`
	Problems   []problemReport   `json:"problems"`
}

type specReport struct {
	Spec       string   `json:"spec"`
	Out        string   `json:"out"`
	Service    string   `json:"service"`
	Package    string   `json:"package"`
	Protocol   string   `json:"protocol"`
	Protocols  []string `json:"protocols"`
	Operations int      `json:"operations"`
}

type operationReport struct {
	Spec        string   `json:"spec"`
	Name        string   `json:"name"`
	Method      string   `json:"method"`
	Path        string   `json:"path"`
	Shapes      int      `json:"shapes"`
	Paginated   bool     `json:"paginated"`
	Waiters     []string `json:"waiters"`
	Deprecated  bool     `json:"deprecated"`
	Selected    bool     `json:"selected"`
	Unsupported string   `json:"unsupported"`
	Limits      []string `json:"limits"`
}

// listed is the listing of a package's spec.
type listed struct {
	*lathe.Listing

	pkg config.Package
	// shown are the operations that were asked for.
	shown []lathe.OperationInfo
}

func (a *app) listCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "list [OPERATION...]",
		Short:   "Print the operations of a spec, or of those in lathe.yaml",
		Long:    listHelp,
		Example: listExamples,
		RunE:    func(cmd *cobra.Command, args []string) error { return a.listOperations(cmd.Context(), args) },
		ValidArgsFunction: func(_ *cobra.Command, _ []string, typed string) ([]string, cobra.ShellCompDirective) {
			return a.operationNames(typed), cobra.ShellCompDirectiveNoFileComp
		},
	}
	a.addConfigFlag(cmd)
	a.addSpecFlags(cmd)
	return cmd
}

// listOperations prints the operations that match any of the patterns; without
// patterns all.
func (a *app) listOperations(ctx context.Context, patterns []string) error {
	packages, err := a.specs()
	if err != nil {
		return err
	}
	all, problems, err := a.listAll(ctx, packages)
	if err != nil {
		return err
	}
	problems = append(problems, a.filter(all, patterns)...)
	if a.flags.json {
		return a.listJSON(all, problems)
	}
	for i, l := range slices.DeleteFunc(all, func(l *listed) bool { return len(patterns) > 0 && len(l.shown) == 0 }) {
		if i > 0 {
			fmt.Fprintln(a.stdout)
		}
		if err := a.print(l.headline() + "\n"); err != nil {
			return err
		}
		if _, err := fmt.Fprint(a.stdout, l.table(columns(a.stdout))); err != nil {
			return err
		}
	}
	return problems.Err()
}

// listAll lists the specs of packages, those of them that can be read.
func (a *app) listAll(
	ctx context.Context, packages []config.Package,
) (all []*listed, problems spec.Problems, err error) {
	list := func(pkg config.Package) (*lathe.Listing, error) { return a.list(pkg.Config) }
	problems, err = ofEach(ctx, packages, list, func(pkg config.Package, listing *lathe.Listing) {
		all = append(all, &listed{Listing: listing, pkg: pkg, shown: listing.Operations})
	})
	if len(all) == 0 || err != nil {
		return nil, nil, cmp.Or(err, problems.Err())
	}
	return all, problems, nil
}

// filter leaves of each listing what matches any of the patterns. The problems are the
// patterns that match nothing anywhere.
func (a *app) filter(all []*listed, patterns []string) (problems spec.Problems) {
	if len(patterns) == 0 {
		return nil
	}
	var names []string
	found := map[string]bool{}
	for _, l := range all {
		l.shown = nil
		for _, o := range l.Operations {
			names = append(names, o.Name)
			matching := slices.DeleteFunc(slices.Clone(patterns), func(p string) bool { return !o.Matches(p) })
			for _, p := range matching {
				found[p] = true
			}
			if len(matching) > 0 {
				l.shown = append(l.shown, o)
			}
		}
	}
	for _, p := range patterns {
		if !found[p] {
			problems.Add(spec.Pos{}, a.patternHint(p, names), "no operation matches %q", p)
		}
	}
	return problems
}

func (a *app) patternHint(pattern string, names []string) string {
	if near := nearest(pattern, names); near != "" {
		return "did you mean " + near + "?"
	}
	if isFile(pattern) {
		return "name the file of a spec with --spec " + quote(pattern)
	}
	return "without it all operations are printed; globs need quotes in a shell"
}

func (a *app) listJSON(all []*listed, problems spec.Problems) error {
	report := listReport{
		OK: len(problems) == 0, Specs: []specReport{}, Operations: []operationReport{}, Problems: problemReports(problems),
	}
	for _, l := range all {
		file := filepath.ToSlash(l.pkg.Spec)
		report.Specs = append(report.Specs, specReport{
			Spec: file, Out: filepath.ToSlash(l.pkg.Out), Service: l.Service, Package: cmp.Or(l.pkg.Package, l.Package),
			Protocol: l.Protocol, Protocols: append([]string{}, l.Protocols...), Operations: len(l.Operations),
		})
		for _, o := range l.shown {
			report.Operations = append(report.Operations, operationReport{
				Spec: file, Name: o.Name, Method: o.Method, Path: o.Path, Shapes: o.Shapes, Paginated: o.Paginated,
				Waiters: append([]string{}, o.Waiters...), Deprecated: o.Deprecated, Selected: l.pkg.Out != "" && o.Selected,
				Unsupported: o.Unsupported, Limits: append([]string{}, o.Limits...),
			})
		}
	}
	if err := printJSON(a.stdout, report); err != nil || report.OK {
		return err
	}
	return exitCode(exitFailed)
}

// headline is the line above the operations of a spec:
//
//	generated/datazone: spec/datazone.yaml, DataZone, restJson1, 1 of 174 operations
func (l *listed) headline() string {
	parts := []string{paths.Show(input.Shown(l.pkg.Spec)), plain(l.Service), l.speaks()}
	count := plural.Of(len(l.Operations), "operation")
	if len(l.shown) != len(l.Operations) {
		count = fmt.Sprintf("%d of %s", len(l.shown), count)
	}
	line := strings.Join(append(parts, count), ", ")
	if l.pkg.Out != "" {
		line = paths.Show(l.pkg.Out) + ": " + line
	}
	return line
}

// speaks is the protocol that a client speaks, and those that the service does.
func (l *listed) speaks() string {
	others := strings.Join(l.Protocols, ", ")
	switch {
	case len(l.Protocols) == 0:
		return "no protocol"
	case l.Protocol == "":
		return others + " (not supported)"
	case len(l.Protocols) == 1:
		return l.Protocol
	default:
		return l.Protocol + " (of " + others + ")"
	}
}

// table is the list of operations. Those of some protocols all have one method and path,
// which are not in the model, and need no columns.
func (l *listed) table(width int) string {
	rows := [][]string{{"OPERATION", "METHOD", "PATH", "SHAPES", "NOTES"}}
	for _, o := range l.shown {
		rows = append(rows, []string{
			plain(o.Name), cmp.Or(o.Method, "-"), cmp.Or(plain(o.Path), "-"), strconv.Itoa(o.Shapes), plain(l.notes(o)),
		})
	}
	if !slices.ContainsFunc(l.Operations, func(o lathe.OperationInfo) bool { return o.Method != "" || o.Path != "" }) {
		for i, row := range rows {
			rows[i] = slices.Delete(row, 1, 3)
		}
	}
	return table(rows, width)
}

func (l *listed) notes(o lathe.OperationInfo) string {
	var all []string
	if l.pkg.Out != "" && o.Selected {
		all = append(all, "in "+config.Name)
	}
	if o.Paginated {
		all = append(all, "paginated")
	}
	if len(o.Waiters) > 0 {
		all = append(all, "waiters "+strings.Join(o.Waiters, " "))
	}
	if o.Deprecated {
		all = append(all, "deprecated")
	}
	if o.Unsupported != "" {
		all = append(all, "unsupported: "+o.Unsupported)
	}
	for _, limit := range o.Limits {
		all = append(all, "limited: "+limit)
	}
	return cmp.Or(strings.Join(all, ", "), "supported")
}
