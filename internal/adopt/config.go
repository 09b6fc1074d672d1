package adopt

import (
	"bytes"
	"fmt"
	"path"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"example.com/lathe/internal/config"
	"example.com/lathe/spec"
)

// entry is a package as it stands in lathe.yaml.
type entry struct {
	Spec       string   `yaml:"spec"`
	Out        string   `yaml:"out"`
	Module     string   `yaml:"module"`
	Operations []string `yaml:"operations"`
}

// configHead is the beginning of a new lathe.yaml.
const configHead = "# What gen adopt found to be called; gen adopt brings it up to date. All other keys are yours.\n"

// config returns a lathe.yaml of the clients, which keeps what else the old one has. Source is
// where models are, and scanned what was looked at, as lathe.yaml has them.
func (l Layout) config(old []byte, clients []*Client, source string, scanned config.Adopt) ([]byte, error) {
	var doc yaml.Node
	if len(bytes.TrimSpace(old)) == 0 {
		old = []byte(configHead + "packages: []\n")
	}
	if err := yaml.Unmarshal(old, &doc); err != nil {
		return nil, spec.Problems{{Pos: spec.Pos{File: config.Name}, Message: "it can't be read: " + err.Error()}}
	}
	root := doc.Content[0]
	packages := value(root, "packages")
	if packages == nil || packages.Kind != yaml.SequenceNode {
		return nil, spec.Problems{{Pos: spec.Pos{File: config.Name}, Message: "packages is no list"}}
	}
	if err := l.update(packages, clients); err != nil {
		return nil, err
	}
	if source != "" {
		set(root, "models", source)
	}
	set(root, "runtime", l.Runtime)
	if err := setScanned(root, scanned); err != nil {
		return nil, err
	}
	var b bytes.Buffer
	enc := yaml.NewEncoder(&b)
	enc.SetIndent(2)
	if err := enc.Encode(&doc); err != nil {
		return nil, err
	}
	return b.Bytes(), enc.Close()
}

// setScanned notes what was looked at, where the user has named it.
func setScanned(root *yaml.Node, scanned config.Adopt) error {
	for _, list := range []struct {
		key   string
		items []string
	}{{"packages", scanned.Packages}, {"keep", scanned.Keep}, {"platforms", scanned.Platforms}, {"tags", scanned.Tags}} {
		if len(list.items) == 0 {
			continue
		}
		if err := setNode(mapping(root, "adopt"), list.key, list.items); err != nil {
			return err
		}
	}
	return nil
}

// update makes the list of packages that of the clients. Of those that it has already only the
// module, the operations and the file of the model change.
func (l Layout) update(packages *yaml.Node, clients []*Client) error {
	var kept []*yaml.Node
	done := map[string]bool{}
	for _, item := range packages.Content {
		out, module := text(item, "out"), text(item, "module")
		if !strings.HasPrefix(path.Clean(out), l.Folder+"/") || module == "" {
			return spec.Problems{{
				Pos:     spec.Pos{File: config.Name, Line: item.Line, Column: item.Column},
				Message: fmt.Sprintf("the package in %s is none that gen adopt brought", out),
				Hint: "a runtime is one for all packages of a file: name another one with --config, such as " +
					l.Folder + "/" + config.Name,
			}}
		}
		at := slices.IndexFunc(clients, func(c *Client) bool { return c.Path == strings.SplitN(module, "@", 2)[0] })
		if at < 0 {
			continue
		}
		c := clients[at]
		done[c.Path] = true
		set(item, "module", c.module())
		if strings.HasPrefix(path.Clean(text(item, "spec")), l.Models+"/") {
			set(item, "spec", l.model(c)) // in another format it has another name
		}
		if err := setNode(item, "operations", c.Operations); err != nil {
			return err
		}
		c.forget(item)
		c.addTo(item)
		kept = append(kept, item)
	}
	for _, c := range clients {
		if done[c.Path] {
			continue
		}
		item := &yaml.Node{}
		if err := item.Encode(entry{l.model(c), l.client(c.Package()), c.module(), c.Operations}); err != nil {
			return err
		}
		c.addTo(item)
		kept = append(kept, item)
	}
	slices.SortStableFunc(kept, func(a, b *yaml.Node) int { return strings.Compare(text(a, "out"), text(b, "out")) })
	packages.Content, packages.Style = kept, 0
	return nil
}

// addTo adds the paginators, defaults and names of a client to its package in lathe.yaml, where
// they are not there yet.
func (c *Client) addTo(item *yaml.Node) {
	for _, p := range c.Paginations {
		content := newMapping()
		set(content, "inputToken", p.InputToken)
		set(content, "outputToken", p.OutputToken)
		if p.PageSize != "" {
			set(content, "pageSize", p.PageSize)
		}
		add(mapping(item, "paginators"), p.Operation, content)
	}
	for _, d := range c.Defaults {
		add(mapping(item, "defaults"), d.Member, &yaml.Node{Kind: yaml.ScalarNode, Value: fmt.Sprint(d.Value)})
	}
	for _, r := range c.Renames {
		add(mapping(mapping(item, "renames"), "values"), r.From, scalar(r.To))
	}
}

// byPath are the keys of a package in lathe.yaml, some of them below another, whose entries are
// named after operations and shapes, and go with these.
var byPath = []string{
	"paginators", "defaults", "renames.operations", "renames.shapes", "renames.members", "renames.values",
}

// forget removes from a package in lathe.yaml what it has for operations and shapes that the client
// no longer has.
func (c *Client) forget(item *yaml.Node) {
	for _, key := range byPath {
		in := item
		if outer, inner, isBelow := strings.Cut(key, "."); isBelow {
			in, key = value(item, outer), inner
		}
		if in != nil {
			c.forgetIn(in, key)
		}
	}
	if renames := value(item, "renames"); renames != nil && len(renames.Content) == 0 {
		drop(item, "renames")
	}
}

// forgetIn does so in a mapping whose keys are paths, and removes it when it is empty.
func (c *Client) forgetIn(in *yaml.Node, key string) {
	paths := value(in, key)
	if paths == nil {
		return
	}
	for i := len(paths.Content) - 2; i >= 0; i -= 2 {
		name, _, _ := strings.Cut(paths.Content[i].Value, ".")
		if _, isGone := slices.BinarySearch(c.Trimmed.Without, name); isGone {
			paths.Content = slices.Delete(paths.Content, i, i+2)
		}
	}
	if len(paths.Content) == 0 {
		drop(in, key)
	}
}

// module is the module as lathe.yaml has it.
func (c *Client) module() string {
	if c.Version == "" {
		return c.Path
	}
	return c.Path + "@" + c.Version
}
