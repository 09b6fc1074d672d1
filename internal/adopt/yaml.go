package adopt

import (
	"slices"

	"go.yaml.in/yaml/v4"
)

// value returns what a key of a mapping has; nil without the key.
func value(mapping *yaml.Node, key string) *yaml.Node {
	if at := index(mapping, key); at >= 0 {
		return mapping.Content[at+1]
	}
	return nil
}

// index returns where a key stands in a mapping, in front of its value; -1 without the key.
func index(mapping *yaml.Node, key string) int {
	for i := 0; i+1 < len(mapping.Content); i += 2 {
		if mapping.Content[i].Value == key {
			return i
		}
	}
	return -1
}

// text returns the text that a key has; empty without the key.
func text(mapping *yaml.Node, key string) string {
	if v := value(mapping, key); v != nil {
		return v.Value
	}
	return ""
}

// set sets a key to a text.
func set(mapping *yaml.Node, key, text string) {
	if v := value(mapping, key); v != nil {
		v.Value = text
		return
	}
	add(mapping, key, scalar(text))
}

// setNode sets a key to a value, whose style stays as it was.
func setNode(mapping *yaml.Node, key string, content any) error {
	var now yaml.Node
	if err := now.Encode(content); err != nil {
		return err
	}
	add(mapping, key, &now).Content = now.Content
	return nil
}

// add adds a key, and returns what it has: that of before where it is there already.
func add(to *yaml.Node, key string, content *yaml.Node) *yaml.Node {
	if v := value(to, key); v != nil {
		return v
	}
	to.Content = append(to.Content, scalar(key), content)
	return content
}

// drop removes a key.
func drop(from *yaml.Node, key string) {
	if at := index(from, key); at >= 0 {
		from.Content = slices.Delete(from.Content, at, at+2)
	}
}

// mapping returns the mapping that a key has; a new one where there is none.
func mapping(in *yaml.Node, key string) *yaml.Node { return add(in, key, newMapping()) }

func newMapping() *yaml.Node { return &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map"} }

func scalar(text string) *yaml.Node {
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: text}
}
