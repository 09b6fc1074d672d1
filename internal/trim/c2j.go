package trim

import "example.com/lathe/spec/c2j"

// C2J cuts a model in boto3's format, and the files beside it, to the operations of
// those names. The files are given by their names; main is that of the model.
func C2J(files map[string][]byte, main string, operations []string) (map[string][]byte, error) {
	c := &model{called: map[string]bool{}, kept: map[string]bool{}, waiters: map[string]bool{}}
	for _, name := range operations {
		c.called[name] = true
	}
	parsed := map[string]*node{}
	for name, data := range files {
		n, err := parse(data)
		if err != nil {
			return nil, err
		}
		parsed[name] = n
	}
	// Extras have what belongs into their file below "merge".
	of := func(name string) []*node { return []*node{parsed[name], parsed[c2j.Extras(name)].get("merge")} }
	c.close(of(main))
	c.findWaiters(of(c2j.WaitersFile))
	cut := map[string][]byte{}
	for name, n := range parsed {
		kept := c.cut(n)
		if c2j.IsExtras(name) {
			kept = n.with(func(key string, value *node) *node {
				if key == "merge" {
					return c.cut(value)
				}
				return value
			})
		}
		text, err := kept.text()
		if err != nil {
			return nil, err
		}
		cut[name] = text
	}
	return cut, nil
}

// model is what is kept of a model in boto3's format: operations, shapes and waiters.
type model struct {
	called, kept, waiters map[string]bool
}

// close finds the shapes that the operations reach, in documents that are read as one.
func (c *model) close(documents []*node) {
	var pending []string
	visit := func(n *node) {
		n.shapeNames(func(name string) { pending = append(pending, name) })
	}
	for _, d := range documents {
		for name := range c.called {
			if op := d.get("operations").get(name); op != nil {
				visit(op)
			}
		}
	}
	for len(pending) > 0 {
		last := len(pending) - 1
		name := pending[last]
		pending = pending[:last]
		if c.kept[name] {
			continue
		}
		c.kept[name] = true
		for _, d := range documents {
			if shape := d.get("shapes").get(name); shape != nil {
				visit(shape)
			}
		}
	}
}

// shapeNames calls f for the shapes that a value refers to.
func (n *node) shapeNames(f func(string)) {
	for _, m := range n.members {
		if m.name == "shape" && m.value.kind == '"' {
			f(m.value.string())
		}
		m.value.shapeNames(f)
	}
	for _, item := range n.items {
		item.shapeNames(f)
	}
}

// findWaiters finds the waiters of the operations.
func (c *model) findWaiters(documents []*node) {
	for _, d := range documents {
		all := d.get("waiters")
		if all == nil {
			continue
		}
		for _, m := range all.members {
			if c.called[m.value.get("operation").string()] {
				c.waiters[m.name] = true
			}
		}
	}
}

// cut leaves of a document what belongs to the operations.
func (c *model) cut(document *node) *node {
	return document.with(func(key string, value *node) *node {
		switch key {
		case "operations", "pagination":
			return value.filter(func(name string, _ *node) bool { return c.called[name] })
		case "shapes":
			return value.filter(func(name string, _ *node) bool { return c.kept[name] })
		case "waiters":
			return value.filter(func(name string, _ *node) bool { return c.waiters[name] })
		case "examples":
			return nil
		default:
			return value
		}
	})
}
