package scan

import (
	"cmp"
	"go/token"
	"go/types"
	"maps"
	"slices"
	"strings"

	"golang.org/x/tools/go/packages"

	"example.com/lathe/internal/callers"
	"example.com/lathe/spec"
)

// collector has what all builds use.
type collector struct {
	dir      string
	main     packages.Module
	services map[string]*service // by import path
	// modules are what is shown of modules, by their folders.
	modules map[string]string
	// seen are the files that some build has, lost the packages of services that the go
	// command can't find.
	seen, lost map[string]bool
	keeps      []keep
	warnings   spec.Problems
}

// service is a service while uses of it are collected.
type service struct {
	Service

	all   map[string]bool             // the operations that it has
	uses  map[string]map[spec.Pos]How // by operation and line
	found *callers.Found
	lost  callers.Uses
}

// keep is an operation that somebody asks to keep, of one of some services.
type keep struct {
	service, operation string
	// among are the import paths of services; nil is all.
	among []string
	pos   spec.Pos
}

func newCollector(dir string) *collector {
	return &collector{
		dir: dir, services: map[string]*service{}, modules: map[string]string{}, seen: map[string]bool{},
		lost: map[string]bool{},
	}
}

func (c *collector) service(path string) *service {
	if s, ok := c.services[path]; ok {
		return s
	}
	s := &service{
		Service: Service{ImportPath: path}, all: map[string]bool{},
		uses: map[string]map[spec.Pos]How{}, found: callers.NewFound(), lost: callers.Uses{},
	}
	c.services[path] = s
	return s
}

// describe notes what a service's package declares.
func (s *service) describe(p *types.Package) {
	for _, op := range operations(p) {
		s.all[op] = true
	}
	s.ServiceID, s.APIVersion = constantOf(p, "ServiceID"), constantOf(p, "ServiceAPIVersion")
}

// use notes a use of an operation. Of several on a line the first kind counts.
func (s *service) use(operation string, pos token.Position, how How) {
	uses := s.uses[operation]
	if uses == nil {
		uses = map[spec.Pos]How{}
		s.uses[operation] = uses
	}
	line := spec.Pos{File: pos.Filename, Line: pos.Line}
	if before, ok := uses[line]; !ok || slices.Index(hows, how) < slices.Index(hows, before) {
		uses[line] = how
	}
}

// hows are in the order of what says most.
var hows = []How{
	Called, MethodValue, MethodExpr, Paginated, Waited, Presigned, Interface, Constraint, APIClient, ByName, Kept, Shape,
}

// program returns all that was found, in order.
func (c *collector) program(o Options) (*Program, error) {
	if err := c.keepAll(o.Keep); err != nil {
		return nil, err
	}
	p := &Program{Module: c.main.Path, Services: []Service{}}
	for _, path := range slices.Sorted(maps.Keys(c.services)) {
		s := c.services[path]
		p.Missing = append(p.Missing, c.missing(s)...)
		p.Services = append(p.Services, c.finished(s))
	}
	p.Warnings = c.warned()
	return p, nil
}

// warned returns the warnings in order, each once: several builds have the same files.
func (c *collector) warned() spec.Problems {
	for i := range c.warnings {
		c.warnings[i].Pos.File = c.shown(c.warnings[i].Pos.File)
	}
	slices.SortFunc(c.warnings, func(a, b spec.Problem) int {
		return cmp.Or(a.Pos.Compare(b.Pos), strings.Compare(a.Message, b.Message))
	})
	return slices.Compact(c.warnings)
}

// finished returns a service with all that was found of it, in order.
func (c *collector) finished(s *service) Service {
	done := s.Service
	done.Total = len(s.all)
	done.Operations = []Operation{}
	for _, name := range slices.Sorted(maps.Keys(s.uses)) {
		done.Operations = append(done.Operations, Operation{name, c.usesOf(s.uses[name])})
	}
	for _, object := range slices.Sorted(maps.Keys(s.found.Uses)) {
		if isMissing := len(s.found.Missing[object]) > 0; isMissing || strings.HasSuffix(object, callers.Compared) {
			continue
		}
		done.Names = append(done.Names, Name{
			object, c.positions(s.found.Uses[object]), s.found.Types[object], s.found.Constants[object],
		})
		if name := made(object, "Paginator"); name != "" {
			done.Paginators = append(done.Paginators, name)
			if pages, ok := pagesOf(s.Dir, name); ok {
				done.Pages = append(done.Pages, pages)
			}
		}
		if name := made(object, "Waiter"); name != "" {
			done.Waiters = append(done.Waiters, name)
		}
	}
	for _, op := range done.Operations {
		if slices.ContainsFunc(op.Uses, func(u Use) bool { return u.How == Presigned }) {
			done.Presigned = append(done.Presigned, op.Name)
		}
	}
	done.Lines = c.linesOf(s, done.Operations)
	return done
}

// linesOf are the places of a service's objects, and of its operations, which a program
// need not name.
func (c *collector) linesOf(s *service, called []Operation) callers.Uses {
	all, more := callers.Uses{}, callers.Uses{}
	for object, lines := range s.found.Uses {
		more[object] = c.positions(lines)
	}
	all.Merge(more)
	for _, op := range called {
		for _, use := range op.Uses {
			all.Merge(callers.Uses{callers.Method(op.Name): {use.Pos}})
		}
	}
	return all
}

func (c *collector) usesOf(lines map[spec.Pos]How) []Use {
	var all []Use
	for pos, how := range lines {
		pos.File = c.shown(pos.File)
		all = append(all, Use{pos, how})
	}
	slices.SortFunc(all, func(a, b Use) int { return a.Pos.Compare(b.Pos) })
	return all
}

func (c *collector) missing(s *service) []Missing {
	var all []Missing
	for _, from := range []callers.Uses{s.lost, s.found.Missing} {
		for _, object := range slices.Sorted(maps.Keys(from)) {
			for _, pos := range c.positions(from[object]) {
				all = append(all, Missing{s.ImportPath, object, pos})
			}
		}
	}
	return all
}

func (c *collector) positions(all []spec.Pos) []spec.Pos {
	shown := make([]spec.Pos, len(all))
	for i, pos := range all {
		pos.File = c.shown(pos.File)
		shown[i] = pos
	}
	slices.SortFunc(shown, spec.Pos.Compare)
	return slices.Compact(shown)
}
