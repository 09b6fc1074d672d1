package main

import (
	"path/filepath"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"example.com/lathe/internal/config"
	"example.com/lathe/internal/paths"
	"example.com/lathe/spec/tree"
)

// configHead is the beginning of a new lathe.yaml.
const configHead = `# yaml-language-server: $schema=` + schemaName + `
# What gen generates, and go generate with it. gen --help shows all keys.
packages:
`

// initPackage is a package as it stands in lathe.yaml.
type initPackage struct {
	Spec       string   `yaml:"spec"`
	Out        string   `yaml:"out"`
	Package    string   `yaml:"package"`
	Format     string   `yaml:"format,omitempty"`
	Protocol   string   `yaml:"protocol,omitempty"`
	Operations []string `yaml:"operations"`
	Module     string   `yaml:"module,omitempty"`
	Lean       bool     `yaml:"lean,omitempty"`
	Examples   bool     `yaml:"examples,omitempty"`
}

// item is the package as an item of a list whose dashes are indented so far.
func (p *newPackage) item(indent int) string {
	data, err := yaml.Dump([]initPackage{{
		Spec: p.inHome(p.Spec), Out: p.inHome(p.Out), Package: p.Package, Format: p.Format, Protocol: p.Protocol,
		Operations: p.Operations, Lean: p.Lean, Examples: p.Examples, Module: p.Module,
	}}, yaml.WithIndent(2), yaml.WithCompactSeqIndent(false))
	if err != nil {
		panic(err) // strings and lists of them
	}
	var text strings.Builder
	for line := range strings.Lines(string(data)) {
		text.WriteString(strings.Repeat(" ", indent) + line)
	}
	return text.String()
}

// inHome is a path as it stands in lathe.yaml.
func (p *newPackage) inHome(name string) string {
	return filepath.ToSlash(paths.Rel(p.home, name))
}

// addTo adds the package to the content of a lathe.yaml, which keeps its comments and
// its layout, or makes one.
func (p *newPackage) addTo(old []byte) ([]byte, error) {
	if len(strings.TrimSpace(string(old))) == 0 {
		return []byte(configHead + p.item(2)), nil
	}
	root, problems := tree.ParseYAML(config.Name, old, tree.Limits{})
	if err := problems.Err(); err != nil {
		return nil, err
	}
	packages := root.Get("packages")
	lines := strings.SplitAfter(string(old), "\n")
	if packages.Kind() != tree.Array || packages.Len() == 0 {
		return nil, unsupportedLayout(p.item(2))
	}
	first := lines[packages.List()[0].Pos().Line-1]
	indent := len(first) - len(strings.TrimLeft(first, " "))
	if !strings.HasPrefix(first[indent:], "- ") {
		return nil, unsupportedLayout(p.item(2))
	}
	end := endOfList(root, lines, packages.NamePos().Line, indent)
	newline := "\n"
	if strings.Contains(string(old), "\r\n") {
		newline = "\r\n"
	}
	if last := lines[end-1]; !strings.HasSuffix(last, "\n") {
		lines[end-1] = last + newline
	}
	item := strings.ReplaceAll(p.item(indent), "\n", newline)
	return []byte(strings.Join(slices.Insert(lines, end, item), "")), nil
}

// endOfList is the number of the last line of the list under the key in a line, whose
// dashes are indented so far: before the next key of the document, and what belongs to
// that key.
func endOfList(root tree.Value, lines []string, key, indent int) int {
	end := len(lines)
	for m := range root.All() {
		if at := m.NamePos().Line; at > key {
			end = min(end, at-1)
		}
	}
	for ; end > key; end-- {
		line := strings.TrimRight(lines[end-1], "\r\n")
		text := strings.TrimLeft(line, " ")
		isOutside := len(line)-len(text) < max(indent, 1) && (strings.HasPrefix(text, "#") || text == "..." || text == "---")
		if text != "" && !isOutside {
			break
		}
	}
	return end
}
