package openapi

import (
	"errors"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"example.com/lathe/spec"
	"example.com/lathe/spec/tree"
)

// draft is a value that can be changed.
type draft struct {
	kind tree.Kind
	// raw is the JSON of a value without parts.
	raw   string
	keys  []string
	parts []*draft
}

func draftOf(v tree.Value) *draft {
	d := &draft{kind: v.Kind(), raw: v.Raw()}
	for part := range v.All() {
		d.keys, d.parts = append(d.keys, part.Name()), append(d.parts, draftOf(part))
	}
	return d
}

// String is the draft as JSON in one line.
func (d *draft) String() string {
	brackets := map[tree.Kind]string{tree.Object: "{}", tree.Array: "[]"}[d.kind]
	if brackets == "" {
		return d.raw
	}
	var parts []string
	for i, part := range d.parts {
		text := part.String()
		if d.kind == tree.Object {
			text = tree.Quote(d.keys[i]) + ":" + text
		}
		parts = append(parts, text)
	}
	return brackets[:1] + strings.Join(parts, ",") + brackets[1:]
}

// collect lists a draft and all below it.
func collect(d *draft, all []*draft) []*draft {
	all = append(all, d)
	for _, part := range d.parts {
		all = collect(part, all)
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
	rounds := 500
	if n, err := strconv.Atoi(os.Getenv("MUTATIONS")); err == nil {
		rounds = n
	}
	sound := 0
	for seed := range uint64(rounds) {
		random := rand.New(rand.NewPCG(seed, 1))
		d := draftOf(readTree(t, "a.yaml", string(texts[random.IntN(len(texts))])))
		for range 1 + random.IntN(4) {
			mutate(random, d)
		}
		data := []byte(d.String())
		root := readTree(t, "a.json", string(data))
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
			if p.Pos.Pointer != "" && root.Follow(p.Pos.Pointer).Pointer() != p.Pos.Pointer {
				t.Fatalf("seed %d: no such pointer: %v", seed, p)
			}
		}
	}
	if sound == 0 || sound == rounds {
		t.Errorf("of %d documents %d are sound", rounds, sound)
	}
}

// clone copies a draft with all below it.
func clone(d *draft) *draft {
	c := *d
	c.keys, c.parts = slices.Clone(d.keys), nil
	for _, part := range d.parts {
		c.parts = append(c.parts, clone(part))
	}
	return &c
}

// mutate makes one change.
func mutate(random *rand.Rand, root *draft) {
	all := collect(root, nil)
	a, b := all[random.IntN(len(all))], all[random.IntN(len(all))]
	object := func(d *draft) bool { return d.kind == tree.Object && len(d.parts) > 0 }
	switch random.IntN(5) {
	case 0: // drop
		if object(a) {
			i := random.IntN(len(a.parts))
			a.keys, a.parts = slices.Delete(slices.Clone(a.keys), i, i+1), slices.Delete(slices.Clone(a.parts), i, i+1)
		}
	case 1: // replace by a value of another type
		raw := []string{"null", "true", "-1", `"#/components/schemas/Thing"`, "[]", "{}"}
		kind := random.IntN(len(raw))
		*a = draft{kind: tree.Null + tree.Kind(kind), raw: raw[kind]}
	case 2: // copy another value
		if len(collect(b, nil)) < 100 {
			*a = *clone(b)
		}
	case 3: // rename a key
		if object(a) && object(b) {
			if key := b.keys[random.IntN(len(b.keys))]; !slices.Contains(a.keys, key) {
				a.keys = slices.Clone(a.keys)
				a.keys[random.IntN(len(a.keys))] = key
			}
		}
	case 4: // move a field
		if object(b) && a.kind == tree.Object {
			i := random.IntN(len(b.parts))
			if !slices.Contains(a.keys, b.keys[i]) && len(collect(b.parts[i], nil)) < 100 {
				a.keys, a.parts = append(slices.Clone(a.keys), b.keys[i]), append(slices.Clone(a.parts), clone(b.parts[i]))
			}
		}
	}
}
