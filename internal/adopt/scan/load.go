package scan

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/tools/go/packages"

	"example.com/lathe/internal/callers"
	"example.com/lathe/spec"
)

// graphMode is what the go command is asked for: which packages there are and who
// imports whom. It compiles nothing for it, nor does it run cgo.
const graphMode = packages.NeedName | packages.NeedFiles | packages.NeedImports | packages.NeedDeps | packages.NeedModule | packages.NeedForTest

// ServicePrefix is in front of the import paths of the official packages.
const ServicePrefix = "github.com/aws/aws-sdk-go-v2/service/"

// serviceOf returns the service that a package belongs to; empty when it is none's.
func serviceOf(pkgPath string) string {
	rest, ok := strings.CutPrefix(pkgPath, ServicePrefix)
	name, _, _ := strings.Cut(rest, "/")
	if !ok || name == "internal" || name == "" {
		return ""
	}
	return ServicePrefix + name
}

func scan(ctx context.Context, o Options) (*Program, error) {
	if len(o.Patterns) == 0 {
		o.Patterns = []string{"./..."}
	}
	if len(o.Builds) == 0 {
		o.Builds = []Build{Host()}
	}
	dir, err := filepath.Abs(o.Dir)
	if err != nil {
		return nil, fmt.Errorf("the program's folder: %w", err)
	}
	o.Dir = dir
	c := newCollector(dir)
	for _, build := range o.Builds {
		if err := c.build(ctx, o, build); err != nil {
			return nil, err
		}
	}
	for _, build := range c.tagged(o.Builds[0]) {
		if err := c.build(ctx, o, build); err != nil && ctx.Err() != nil {
			return nil, err
		}
	}
	c.unbuilt()
	return c.program(o)
}

// build looks at the program as one build has it.
func (c *collector) build(ctx context.Context, o Options, b Build) error {
	flags := o.Flags
	if len(b.Tags) > 0 {
		flags = append(slices.Clone(flags), "-tags="+strings.Join(b.Tags, ","))
	}
	roots, err := packages.Load(&packages.Config{
		Context: ctx, Dir: o.Dir, Tests: true, Mode: graphMode, BuildFlags: flags,
		Env: append(os.Environ(), "GOWORK=off", "GOOS="+b.GOOS, "GOARCH="+b.GOARCH),
	}, o.Patterns...)
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	if err != nil {
		return spec.Problems{callers.Failed(err)}
	}
	g := graphOf(roots)
	if err := c.graph(g, o); err != nil {
		return err
	}
	finder := callers.NewFinder(c.dir)
	for path := range c.services {
		finder.Client(path)
	}
	checks := newChecker(ctx, b.GOARCH, g)
	checks.look = func(p *checked) {
		c.look(checks.fset, p)
		finder.Package(checks.fset, p.info, p.files)
	}
	if err := checks.run(); err != nil {
		return err
	}
	c.built(g, checks, finder)
	return nil
}

// built adds what there is of services in a build, and what it uses of them.
func (c *collector) built(g *graph, checks *checker, finder *callers.Finder) {
	roots := map[string]*packages.Package{}
	for _, p := range g.all {
		if c.services[p.PkgPath] != nil && len(p.GoFiles) > 0 {
			roots[p.PkgPath] = p
		}
	}
	for path, s := range c.services {
		if root := cmp.Or(roots[path], s.unbuilt()); root != nil {
			s.describe(checks.check(root))
		}
		found := finder.Client(path)
		merge(s.found.Uses, found.Uses)
		merge(s.found.Missing, found.Missing)
		maps.Copy(s.found.Types, found.Types)
		maps.Copy(s.found.Constants, found.Constants)
	}
}

// unbuilt is the package of a service of which the program has only the types; nil when
// it is not there.
func (s *service) unbuilt() *packages.Package {
	files, _ := filepath.Glob(filepath.Join(s.Dir, "*.go")) // it is well-formed
	if s.Dir == "" || len(files) == 0 {
		return nil
	}
	files = slices.DeleteFunc(files, func(name string) bool { return strings.HasSuffix(name, "_test.go") })
	return &packages.Package{PkgPath: s.ImportPath, Name: s.Package, GoFiles: files}
}

// graph is the packages of a build.
type graph struct {
	roots []*packages.Package
	// all are in the order of their imports: what is imported stands before.
	all []*packages.Package
	// looked are those whose functions are looked at.
	looked map[*packages.Package]bool
}

// graphOf finds the packages that can reach a service, because they import one or what
// imports one. Of a package and the same with its tests the latter has all.
func graphOf(roots []*packages.Package) *graph {
	g := &graph{roots: roots, looked: map[*packages.Package]bool{}}
	packages.Visit(roots, nil, func(p *packages.Package) { g.all = append(g.all, p) })
	reaches := map[*packages.Package]bool{}
	tested := map[string]bool{}
	for _, p := range g.all {
		reaches[p] = serviceOf(p.PkgPath) != ""
		for _, imported := range p.Imports {
			reaches[p] = reaches[p] || reaches[imported]
		}
		if p.ForTest == p.PkgPath && p.ForTest != "" {
			tested[p.PkgPath] = true
		}
	}
	for _, p := range g.all {
		isTestMain := strings.HasSuffix(p.PkgPath, ".test") && p.Name == "main"
		isCopy := p.ForTest != "" && p.PkgPath != p.ForTest && p.PkgPath != p.ForTest+"_test"
		isLess := p.ForTest == "" && tested[p.PkgPath]
		if reaches[p] && serviceOf(p.PkgPath) == "" && !isTestMain && !isCopy && !isLess {
			g.looked[p] = true
		}
	}
	return g
}

// graph notes the modules and services of a build; the error names what can't be loaded.
func (c *collector) graph(g *graph, o Options) error {
	if len(g.roots) == 0 {
		return spec.Problem{
			Message: fmt.Sprintf("the program %s has no packages", strings.Join(o.Patterns, " ")),
			Hint:    "name packages as the go command does, such as ./...",
		}
	}
	var problems spec.Problems
	without := g.withoutTests()
	fails := func(p *packages.Package) {
		switch {
		case without[p]:
			problems = append(problems, c.unloaded(p, callers.NotLoaded)...)
		case !isExcluded(p): // it builds all the same, as where code for tests is not generated yet
			c.warnings = append(c.warnings, c.unloaded(p, "tests need what can't be loaded, and is not looked at")...)
		}
	}
	for _, p := range g.all {
		if p.Module != nil {
			c.module(p.Module)
		}
		for _, file := range slices.Concat(p.GoFiles, p.OtherFiles) {
			c.seen[file] = true
		}
		service := serviceOf(p.PkgPath)
		switch {
		case len(p.GoFiles) == 0 && len(p.Errors) > 0 && service != "":
			c.lost[p.PkgPath] = true
		case len(p.GoFiles) == 0 && len(p.Errors) > 0 && !strings.HasSuffix(p.PkgPath, ".test"):
			fails(p)
		case g.looked[p]:
			c.imports(p)
		}
	}
	for _, p := range g.all {
		if s := c.services[serviceOf(p.PkgPath)]; s != nil && len(p.GoFiles) > 0 {
			s.located(p)
		}
	}
	for _, p := range g.all {
		if s := c.services[serviceOf(p.PkgPath)]; c.lost[p.PkgPath] && (s == nil || s.Dir == "") {
			fails(p)
		}
	}
	return problems.Err()
}

// unloaded are the problems with a package that can't be loaded.
func (c *collector) unloaded(p *packages.Package, text string) spec.Problems {
	problems := callers.Unloaded(p, text)
	for i := range problems {
		problems[i].Pos.File = c.shown(problems[i].Pos.File)
		if isExcluded(p) {
			problems[i].Hint = "name with --tags what it is built with"
		}
	}
	return problems
}

// isExcluded reports whether a build has none of a package's files. Those that no build has are
// warned of one by one.
func isExcluded(p *packages.Package) bool {
	return strings.HasPrefix(p.Errors[0].Msg, "build constraints exclude all Go files")
}

// withoutTests are the packages that the program has without its tests.
func (g *graph) withoutTests() map[*packages.Package]bool {
	var roots []*packages.Package
	for _, p := range g.roots {
		if p.ForTest == "" && !strings.HasSuffix(p.PkgPath, ".test") {
			roots = append(roots, p)
		}
	}
	all := map[*packages.Package]bool{}
	packages.Visit(roots, nil, func(p *packages.Package) { all[p] = true })
	return all
}

// imports notes which services a package imports.
func (c *collector) imports(p *packages.Package) {
	for path := range p.Imports {
		service := serviceOf(path)
		if service == "" {
			continue
		}
		s := c.service(service)
		s.importers[p.PkgPath] = true
		if c.lost[path] {
			s.lost[path] = append(s.lost[path], spec.Pos{File: p.PkgPath})
		}
	}
}

// located notes where a service's package lies, by itself or by one below it: a program
// may import its types only.
func (s *service) located(p *packages.Package) {
	s.Dir = filepath.Join(filepath.Dir(p.GoFiles[0]), strings.Repeat("../", strings.Count(p.PkgPath[len(s.ImportPath):], "/")))
	s.Package = path.Base(s.ImportPath)
	if p.Module != nil {
		s.Module, s.Version = p.Module.Path, p.Module.Version
	}
}

// module notes a module, whose files are shown below its path, and the one that is
// looked at.
func (c *collector) module(m *packages.Module) {
	if m.Dir == "" || c.modules[m.Dir] != "" {
		return
	}
	shown := m.Path
	if m.Version != "" {
		shown += "@" + m.Version
	}
	c.modules[m.Dir] = shown
	if isIn(c.dir, m.Dir) && m.Main && len(m.Dir) > len(c.main.Dir) {
		c.main = *m
	}
}

// shown is a file's name as people read it: relative to the folder that is looked at, or
// below the path of its module.
func (c *collector) shown(file string) string {
	if !filepath.IsAbs(file) {
		return filepath.ToSlash(file)
	}
	for dir := filepath.Dir(file); ; dir = filepath.Dir(dir) {
		below := filepath.ToSlash(strings.TrimPrefix(file[len(dir):], string(filepath.Separator)))
		switch {
		case dir == c.dir:
			return below
		case c.modules[dir] != "":
			return c.modules[dir] + "/" + below
		case dir == filepath.Dir(dir):
			return filepath.ToSlash(file)
		}
	}
}

// isIn reports whether a folder is another one, or in it.
func isIn(dir, parent string) bool {
	rel, err := filepath.Rel(parent, dir)
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}
