package scan

import (
	"cmp"
	"context"
	"fmt"
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
const graphMode = packages.NeedName | packages.NeedFiles | packages.NeedImports | packages.NeedDeps |
	packages.NeedModule | packages.NeedForTest

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

// Scan looks at a program: the packages that the patterns name, with their tests, and
// those of their dependencies that can reach a service.
func Scan(ctx context.Context, o Options) (*Program, error) {
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
	c.warnUnbuilt()
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

// built adds what a build has of services, and what it uses of them.
func (c *collector) built(g *graph, checks *checker, finder *callers.Finder) {
	roots := map[string]*packages.Package{}
	for _, p := range g.all {
		if c.services[p.PkgPath] != nil && len(p.GoFiles) > 0 {
			roots[p.PkgPath] = p
		}
	}
	for path, s := range c.services {
		if root := cmp.Or(roots[path], s.fromDisk()); root != nil {
			s.describe(checks.check(root))
		}
		s.found.Add(finder.Client(path))
	}
}

// fromDisk is the package of a service of which the program imports only the types; nil when
// it has no files.
func (s *service) fromDisk() *packages.Package {
	files, _ := filepath.Glob(filepath.Join(s.Dir, "*.go")) // it is well-formed
	if s.Dir == "" || len(files) == 0 {
		return nil
	}
	files = slices.DeleteFunc(files, func(name string) bool { return strings.HasSuffix(name, "_test.go") })
	return &packages.Package{PkgPath: s.ImportPath, Name: s.Package, GoFiles: files}
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
	}
	for _, p := range g.all {
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
		switch {
		case isExcluded(p):
			problems[i].Hint = "name with --tags what it is built with"
		case strings.HasPrefix(p.PkgPath, c.main.Path+"/"): // for which the go command proposes go get
			problems[i].Hint = `this module would have it: make first what is generated, perhaps by "go generate ./..."`
		}
	}
	return problems
}

// isExcluded reports whether a build has none of a package's files. Those that no build has are
// warned of one by one.
func isExcluded(p *packages.Package) bool {
	return strings.HasPrefix(p.Errors[0].Msg, "build constraints exclude all Go files")
}

// imports notes which services a package imports.
func (c *collector) imports(p *packages.Package) {
	for path := range p.Imports {
		service := serviceOf(path)
		if service == "" {
			continue
		}
		s := c.service(service)
		if c.lost[path] {
			s.lost[path] = append(s.lost[path], spec.Pos{File: p.PkgPath})
		}
	}
}

// located notes where a service's package lies, by that package or by one below it: a
// program may import only the types.
func (s *service) located(p *packages.Package) {
	s.Dir = filepath.Join(filepath.Dir(p.GoFiles[0]),
		strings.Repeat("../", strings.Count(p.PkgPath[len(s.ImportPath):], "/")))
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
