package scan

import (
	"strings"

	"golang.org/x/tools/go/packages"
)

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
