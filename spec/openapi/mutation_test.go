package openapi

import (
	"errors"
	"math/rand/v2"
	"os"
	"strconv"
	"testing"

	"example.com/lathe/spec"
)

// collect lists a node and all below it.
func collect(n *node, all []*node) []*node {
	all = append(all, n)
	for _, f := range n.fields {
		all = collect(f.value, all)
	}
	for _, item := range n.list {
		all = collect(item, all)
	}
	return all
}

// TestMutations changes sound documents at random, in structure and not in text, so
// that they get past the parsers: values are dropped, exchanged and replaced by
// others. The loader must give a model that is whole, or problems with a place.
func TestMutations(t *testing.T) {
	documents, _ := pairs(t, "models.txtar", ": model")
	texts := [][]byte{datazone(t)}
	for _, d := range documents {
		texts = append(texts, d.Data)
	}
	rounds := 150
	if n, err := strconv.Atoi(os.Getenv("MUTATIONS")); err == nil {
		rounds = n
	}
	sound := 0
	for seed := range uint64(rounds) {
		random := rand.New(rand.NewPCG(seed, 1))
		root := tree(t, "a.yaml", string(texts[random.IntN(len(texts))]))
		for range 1 + random.IntN(4) {
			mutate(random, root)
		}
		data := root.appendJSON(nil)
		root = tree(t, "a.json", string(data))
		api, err := Load("a.json", data)
		var problems spec.Problems
		switch {
		case err == nil:
			sound++
			checkModel(t, api)
		case !errors.As(err, &problems) || len(problems) == 0:
			t.Fatalf("seed %d: %v", seed, err)
		case api != nil:
			checkSound(t, api)
		}
		if _, again := Load("a.json", data); err != nil && again.Error() != err.Error() {
			t.Fatalf("seed %d: two runs differ:\n%v\n%v", seed, err, again)
		}
		for _, p := range problems {
			checkPlace(t, "a.json", data, p)
			if p.Pos.Pointer != "" && root.at(p.Pos.Pointer).pointer() != p.Pos.Pointer {
				t.Fatalf("seed %d: no such pointer: %v", seed, p)
			}
		}
	}
	if sound == 0 || sound == rounds {
		t.Errorf("of %d documents %d are sound", rounds, sound)
	}
}

// clone copies a node with all below it.
func clone(n *node) *node {
	c := &node{kind: n.kind, text: n.text}
	for _, f := range n.fields {
		c.fields = append(c.fields, field{f.key, f.plain, clone(f.value)})
	}
	for _, item := range n.list {
		c.list = append(c.list, clone(item))
	}
	return c
}

// mutate makes one change.
func mutate(random *rand.Rand, root *node) {
	all := collect(root, nil)
	a, b := all[random.IntN(len(all))], all[random.IntN(len(all))]
	switch random.IntN(5) {
	case 0: // drop
		if len(a.fields) > 0 {
			i := random.IntN(len(a.fields))
			a.fields = append(a.fields[:i:i], a.fields[i+1:]...)
			a.index = nil
		}
	case 1: // replace by a value of another type
		kind := nodeKind(random.IntN(int(objectNode) + 1))
		text := map[nodeKind]string{flagNode: "true", numberNode: "-1", textNode: "#/components/schemas/Thing"}[kind]
		a.kind, a.text, a.fields, a.list, a.index = kind, text, nil, nil, nil
	case 2: // copy another value
		if len(collect(b, nil)) < 100 {
			copied := clone(b)
			a.kind, a.text, a.fields, a.list, a.index = copied.kind, copied.text, copied.fields, copied.list, nil
		}
	case 3: // rename a key
		if len(a.fields) > 0 && len(b.fields) > 0 {
			key := b.fields[random.IntN(len(b.fields))].key
			if a.field(key) == nil {
				a.fields[random.IntN(len(a.fields))].key = key
				a.index = nil
			}
		}
	case 4: // move a field
		if len(b.fields) > 0 && a.kind == objectNode {
			f := b.fields[random.IntN(len(b.fields))]
			if a.field(f.key) == nil && len(collect(f.value, nil)) < 100 {
				a.fields = append(a.fields, field{f.key, textNode, clone(f.value)})
				a.index = nil
			}
		}
	}
}
