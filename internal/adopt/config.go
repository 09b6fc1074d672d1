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

// Layout is where things go: slash-separated paths below the root of the module.
type Layout struct {
	// Folder holds a folder for each service, Runtime the packages that all share, Models
	// the parts of models.
	Folder, Runtime, Models string
}

// DefaultFolder is where clients go when nothing else is said.
const DefaultFolder = "third_party/aws"

// LayoutIn is the layout in a folder.
func LayoutIn(folder string) Layout {
	folder = path.Clean(folder)
	return Layout{folder, path.Join(folder, "lathe"), path.Join(folder, "models")}
}

// Client is the folder of a client.
func (l Layout) Client(pkg string) string { return path.Join(l.Folder, pkg) }

// Model is the file of a client's part of a model. One that has files beside it, whose
// names it goes by, has a folder of its own.
func (l Layout) Model(c *Client) string {
	if len(c.Trimmed.Files) > 1 {
		return path.Join(l.Models, c.Package(), c.Trimmed.Main)
	}
	return path.Join(l.Models, c.Package()+".json")
}

// ModelFiles are the files of a client's part of a model.
func (l Layout) ModelFiles(c *Client) map[string][]byte {
	main := l.Model(c)
	files := map[string][]byte{}
	for name, data := range c.Trimmed.Files {
		if name == c.Trimmed.Main {
			name = path.Base(main)
		}
		files[path.Join(path.Dir(main), name)] = data
	}
	return files
}

// entry is a package as it stands in lathe.yaml.
type entry struct {
	Spec       string   `yaml:"spec"`
	Out        string   `yaml:"out"`
	Module     string   `yaml:"module"`
	Operations []string `yaml:"operations"`
}

// configHead is the beginning of a new lathe.yaml.
const configHead = "# What gen adopt found to be called; gen adopt brings it up to date. All other keys are yours.\n"

// Config returns a lathe.yaml of the clients: what stands in the old one beside them is
// kept. Source is where models are, and scanned what was looked at, as they are to stand
// there.
func (l Layout) Config(old []byte, clients []*Client, source string, scanned config.Adopt) ([]byte, error) {
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

// setScanned notes what was looked at, as far as it was said.
func setScanned(root *yaml.Node, scanned config.Adopt) error {
	for _, list := range []struct {
		key   string
		items []string
	}{{"packages", scanned.Packages}, {"keep", scanned.Keep}, {"platforms", scanned.Platforms}, {"tags", scanned.Tags}} {
		if len(list.items) == 0 {
			continue
		}
		if value(root, "adopt") == nil {
			root.Content = append(root.Content, scalar("adopt"), &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map"})
		}
		if err := setNode(value(root, "adopt"), list.key, list.items); err != nil {
			return err
		}
	}
	return nil
}

// update brings the list of packages to the clients. Of those that it has already only
// module, operations and the name of a model of ours change.
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
			set(item, "spec", l.Model(c)) // in another format it has another name
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
		if err := item.Encode(entry{l.Model(c), l.Client(c.Package()), c.module(), c.Operations}); err != nil {
			return err
		}
		c.addTo(item)
		kept = append(kept, item)
	}
	slices.SortStableFunc(kept, func(a, b *yaml.Node) int { return strings.Compare(text(a, "out"), text(b, "out")) })
	packages.Content, packages.Style = kept, 0
	return nil
}

// addTo adds the paginators, defaults and names of a client to its package in lathe.yaml, but for
// what is there already.
func (c *Client) addTo(item *yaml.Node) {
	for _, p := range c.Paginations {
		content := &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map"}
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

// forget takes out of a package in lathe.yaml what is said there of operations and shapes that
// the client had and no longer has.
func (c *Client) forget(item *yaml.Node) {
	for _, key := range []string{"defaults", "paginators"} {
		c.forgetIn(item, key)
	}
	if renames := value(item, "renames"); renames != nil {
		for _, key := range []string{"operations", "shapes", "members", "values"} {
			c.forgetIn(renames, key)
		}
		if len(renames.Content) == 0 {
			drop(item, "renames")
		}
	}
}

// forgetIn does so in a mapping by paths, and takes out one of which nothing is left.
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

// drop takes a key out.
func drop(from *yaml.Node, key string) {
	for i := 0; i+1 < len(from.Content); i += 2 {
		if from.Content[i].Value == key {
			from.Content = slices.Delete(from.Content, i, i+2)
			return
		}
	}
}

// mapping returns the mapping that a key has; a new one where there is none.
func mapping(in *yaml.Node, key string) *yaml.Node {
	return add(in, key, &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map"})
}

// add adds a key, and returns what it has: that of before where it is there already.
func add(to *yaml.Node, key string, content *yaml.Node) *yaml.Node {
	if v := value(to, key); v != nil {
		return v
	}
	to.Content = append(to.Content, scalar(key), content)
	return content
}

// module is what stands in lathe.yaml.
func (c *Client) module() string {
	if c.Version == "" {
		return c.Path
	}
	return c.Path + "@" + c.Version
}

func value(mapping *yaml.Node, key string) *yaml.Node {
	for i := 0; i+1 < len(mapping.Content); i += 2 {
		if mapping.Content[i].Value == key {
			return mapping.Content[i+1]
		}
	}
	return nil
}

func text(mapping *yaml.Node, key string) string {
	if v := value(mapping, key); v != nil {
		return v.Value
	}
	return ""
}

func set(mapping *yaml.Node, key, text string) {
	if v := value(mapping, key); v != nil {
		v.Value = text
		return
	}
	mapping.Content = append(mapping.Content, scalar(key), scalar(text))
}

func setNode(mapping *yaml.Node, key string, content any) error {
	var now yaml.Node
	if err := now.Encode(content); err != nil {
		return err
	}
	if v := value(mapping, key); v != nil {
		v.Content = now.Content
		return nil
	}
	mapping.Content = append(mapping.Content, scalar(key), &now)
	return nil
}

func scalar(text string) *yaml.Node {
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: text}
}
