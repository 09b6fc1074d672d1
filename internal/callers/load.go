package callers

import (
	"cmp"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/tools/go/packages"

	"example.com/lathe/spec"
)

// What is asked of the go command: who imports whom, and then the syntax and types of
// the few packages that matter. The types of all else come from the build cache, which
// is several times faster than to check their sources.
const (
	graphMode  = packages.NeedName | packages.NeedFiles | packages.NeedImports | packages.NeedDeps | packages.NeedForTest
	syntaxMode = packages.NeedName | packages.NeedFiles | packages.NeedImports | packages.NeedTypes |
		packages.NeedExportFile | packages.NeedSyntax | packages.NeedTypesInfo | packages.NeedForTest
)

// Load looks at a program: the packages that the patterns name, as the go command does
// in the folder, with their tests, and whatever of their dependencies uses a client.
// What does not compile, because the client has changed below it, counts as a use of
// every object of the name that is missing. The error names packages that can't be
// loaded at all.
func Load(dir string, patterns []string, isClient Client) (Uses, error) {
	graph, err := load(dir, patterns, graphMode)
	if err != nil {
		return nil, err
	}
	f := NewFinder(dir)
	if err := f.findClients(graph, patterns, isClient); err != nil || len(f.clients) == 0 {
		return Uses{}, err
	}
	named := map[string]bool{}
	for _, p := range graph {
		named[p.PkgPath] = true
	}
	loaded, err := load(dir, f.touching(graph), syntaxMode)
	if err != nil {
		return nil, err
	}
	for _, p := range loaded {
		isForeignTest := p.ForTest != "" && !named[p.ForTest]
		if !isForeignTest && !f.isOwn(p.PkgPath) {
			f.Package(p.Fset, p.TypesInfo, p.Syntax)
		}
	}
	return f.all(), nil
}

// Of returns what one package that has been type-checked uses of the client of an import
// path. Names of files are relative to the folder.
func Of(p *packages.Package, dir, client string) Uses {
	f := NewFinder(dir)
	f.Client(client)
	f.Package(p.Fset, p.TypesInfo, p.Syntax)
	return f.all()
}

// all returns the uses of all clients as if they were one, with the lines of each object
// in order.
func (f *Finder) all() Uses {
	all := Uses{}
	for _, c := range f.clients {
		all.Merge(c.Uses)
	}
	for _, lines := range all {
		slices.SortFunc(lines, spec.Pos.Compare)
	}
	return all
}

// Merge adds the uses of one client as gen diff counts them: each is a use of [Any], too, and
// whoever names the input or output of an operation calls it, be it through an interface.
func (u Uses) Merge(more Uses) {
	for object, lines := range more {
		for _, line := range lines {
			u.add(object, line)
			u.add(Any, line)
			if op := operationOf(object); op != "" {
				u.add(Method(op), line)
			}
		}
	}
}

// Method is the object that an operation is of a client.
func Method(operation string) string { return "(*Client)." + operation }

// operationOf is the operation that an object is the input or output of; empty when it
// is neither.
func operationOf(object string) string {
	for _, suffix := range [...]string{"Input", "Output"} {
		if op, ok := strings.CutSuffix(object, suffix); ok && !strings.Contains(object, ".") {
			return op
		}
	}
	return ""
}

func load(dir string, patterns []string, mode packages.LoadMode) ([]*packages.Package, error) {
	loaded, err := packages.Load(&packages.Config{Dir: dir, Tests: true, Mode: mode}, patterns...)
	if err != nil {
		return nil, spec.Problems{Failed(err)}
	}
	return loaded, nil
}

// findClients finds the clients that a program imports. Its error names packages that can't be
// loaded.
func (f *Finder) findClients(roots []*packages.Package, patterns []string, isClient Client) error {
	var problems spec.Problems
	for _, p := range roots {
		// What has files and does not compile is looked at all the same.
		if len(p.GoFiles) == 0 && !strings.HasSuffix(p.PkgPath, ".test") {
			problems = append(problems, Unloaded(p, NotLoaded)...)
		}
	}
	if len(roots) == 0 {
		problems.Add(spec.Pos{}, "name packages as the go command does, such as ./...",
			"the program %s has no packages", strings.Join(patterns, " "))
	}
	packages.Visit(roots, nil, func(p *packages.Package) {
		if len(p.GoFiles) > 0 && isClient(p.PkgPath, filepath.Dir(p.GoFiles[0])) {
			f.Client(p.PkgPath)
		}
	})
	return problems.Err()
}

// touching are the packages that can use a client, because they import one or what
// imports one, and the clients themselves.
func (f *Finder) touching(roots []*packages.Package) []string {
	touches := map[*packages.Package]bool{}
	var paths []string
	packages.Visit(roots, nil, func(p *packages.Package) { // after all that it imports
		_, touches[p] = f.packages[p.PkgPath]
		for _, imported := range p.Imports {
			touches[p] = touches[p] || touches[imported]
		}
		if touches[p] && !strings.HasSuffix(p.PkgPath, ".test") {
			paths = append(paths, cmp.Or(p.ForTest, p.PkgPath))
		}
	})
	slices.Sort(paths)
	return slices.Compact(paths)
}
