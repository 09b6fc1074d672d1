package adopt

import (
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"
)

// Dropped returns in words what lathe.yaml no longer has: packages, and entries of those that
// stay.
func (p *Plan) Dropped() ([]string, error) {
	was, err := p.stage.was(p.options.Config)
	if err != nil {
		return nil, err
	}
	return dropped(was, p.stage.files[p.options.Config])
}

// dropped compares two versions of a lathe.yaml.
func dropped(old, now []byte) ([]string, error) {
	before, err := packagesIn(old)
	if err != nil {
		return nil, err
	}
	after, err := packagesIn(now)
	if err != nil {
		return nil, err
	}
	var all []string
	for _, item := range before {
		out := text(item, "out")
		at := slices.IndexFunc(after, func(other *yaml.Node) bool { return text(other, "out") == out })
		if at < 0 {
			all = append(all, out)
		} else if lost := lostEntries(item, after[at]); lost != "" {
			all = append(all, lost+" of "+out)
		}
	}
	return all, nil
}

// packagesIn are the packages that a lathe.yaml lists.
func packagesIn(data []byte) ([]*yaml.Node, error) {
	var doc yaml.Node
	if err := yaml.Unmarshal(data, &doc); err != nil {
		return nil, err
	}
	if len(doc.Content) == 0 || value(doc.Content[0], "packages") == nil {
		return nil, nil
	}
	return value(doc.Content[0], "packages").Content, nil
}

// lostEntries names the entries of a package that a later version no longer has.
func lostEntries(before, after *yaml.Node) string {
	var all []string
	for _, key := range slices.Concat([]string{"operations"}, byPath) {
		names := entriesOf(before, key)
		kept := entriesOf(after, key)
		names = slices.DeleteFunc(names, func(name string) bool { return slices.Contains(kept, name) })
		if len(names) > 0 {
			all = append(all, key+" "+strings.Join(names, ", "))
		}
	}
	return strings.Join(all, "; ")
}

// entriesOf are the items of a list or the keys of a mapping, as they are written.
func entriesOf(item *yaml.Node, key string) []string {
	for name := range strings.SplitSeq(key, ".") {
		if item = value(item, name); item == nil {
			return nil
		}
	}
	step := 1
	if item.Kind == yaml.MappingNode {
		step = 2
	}
	var all []string
	for i := 0; i < len(item.Content); i += step {
		all = append(all, item.Content[i].Value)
	}
	return all
}
