package adopt

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"example.com/lathe"
)

// reach returns operations that reach types which are missing.
func (g Generator) reach(cfg lathe.Config, missing []string) []string {
	if len(missing) == 0 {
		return nil
	}
	sizes := g.sizes(cfg)
	var added []string
	for _, name := range missing {
		typeName, ok := strings.CutPrefix(name, "types.")
		if !ok {
			continue
		}
		typeName, _, _ = strings.Cut(typeName, ".")
		e, err := g.Explain(cfg, typeName)
		isReached := len(cfg.Operations) > 0 && e != nil && e.Emitted // none stands for all of them
		if err != nil || isReached {
			continue
		}
		e.Paths = slices.DeleteFunc(e.Paths, func(p lathe.Path) bool { return sizes[p.Operation] == 0 })
		if len(e.Paths) == 0 {
			continue
		}
		isAdded := func(p lathe.Path) bool { return slices.Contains(added, p.Operation) }
		least := slices.MinFunc(e.Paths, func(a, b lathe.Path) int { return sizes[a.Operation] - sizes[b.Operation] })
		if !slices.ContainsFunc(e.Paths, isAdded) && !slices.Contains(cfg.Operations, least.Operation) {
			added = append(added, least.Operation)
		}
	}
	return added
}

// least returns the operation that reaches the fewest shapes, for a program that calls none
// and names what every client has, such as ServiceID; none where no operation can be generated.
func (g Generator) least(cfg lathe.Config) []string {
	sizes := g.sizes(cfg)
	names := slices.SortedFunc(maps.Keys(sizes), func(a, b string) int {
		return cmp.Or(cmp.Compare(sizes[a], sizes[b]), strings.Compare(a, b))
	})
	return names[:min(len(names), 1)]
}

// sizes are how many shapes each operation reaches that can be generated.
func (g Generator) sizes(cfg lathe.Config) map[string]int {
	sizes := map[string]int{}
	listing, err := g.List(lathe.Config{Spec: cfg.Spec})
	if err != nil {
		return sizes
	}
	for _, op := range listing.Operations {
		if op.Unsupported == "" {
			sizes[op.Name] = op.Shapes
		}
	}
	return sizes
}
