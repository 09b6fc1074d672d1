package tree_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"example.com/lathe/spec"
	"example.com/lathe/spec/tree"
)

// writer writes YAML in many styles and notes where each node and key begins.
type writer struct {
	strings.Builder
	random *rand.Rand
	places map[string][2]mark
}

// mark is a place in a text.
type mark struct{ line, column int }

func markOf(p spec.Pos) mark { return mark{p.Line, p.Column} }

func (w *writer) here() mark {
	text := w.String()
	line := strings.LastIndexByte(text, '\n')
	return mark{1 + strings.Count(text, "\n"), len(text) - line}
}

func (w *writer) one(choices ...string) string { return choices[w.random.IntN(len(choices))] }

// inside is the indentation of further lines in flow style, which must be more than
// that of the block around it.
var inside = strings.Repeat(" ", 40)

// scalar writes a scalar; indent is that of further lines, negative inside of flow
// style.
func (w *writer) scalar(indent int) {
	flow := indent < 0
	more := "\n" + strings.Repeat(" ", max(indent, 0)+1)
	if flow {
		more = "\n" + inside
	}
	text := w.one("a", "é", "word 😀 words", "x-1")
	switch w.random.IntN(9) {
	case 0:
		w.WriteString("'" + text + "''" + text + "'")
	case 1:
		w.WriteString(`"` + text + `\t\"\u00e9` + text + `"`)
	case 2:
		w.WriteString("'" + text + more + "\n" + more[1:] + text + "'")
	case 3:
		w.WriteString(`"` + text + more + text + `"`)
	case 4:
		w.WriteString(w.one("12", "-1.5", "true", "~"))
	case 5:
		if !flow {
			w.WriteString(w.one("|", ">", "|-", ">+") + w.one("", " # é") + more + text + more + text + "\n")
			return
		}
		w.WriteString(text)
	case 6:
		if !flow {
			w.WriteString(text + more + text)
			break
		}
		w.WriteString(text)
	default:
		w.WriteString(text)
	}
}

// breaks writes a line break, at times with a comment and blank lines.
func (w *writer) breaks() {
	if !strings.HasSuffix(w.String(), "\n") {
		w.WriteString(w.one("", "", " # ö: {", "  ") + "\n")
	}
	w.WriteString(w.one("", "", "\n", "# é [\n", "   # x: y\n\n"))
}

func (w *writer) flow(pointer string, depth int) {
	switch kind := w.random.IntN(3); {
	case kind == 0 && depth > 0:
		w.WriteString("{")
		for i := range w.random.IntN(3) {
			w.WriteString(w.one("", " ", "\n"+inside))
			key := fmt.Sprintf("%s%d", w.one("k", "ü"), i)
			w.entry(pointer+"/"+key, key, func() { w.WriteString(": "); w.node(pointer+"/"+key, func() { w.flow(pointer+"/"+key, depth-1) }) })
			w.WriteString(w.one(",", " ,", ",\n"+inside))
		}
		w.WriteString("}")
	case kind == 1 && depth > 0:
		w.WriteString("[")
		for i := range w.random.IntN(3) {
			w.WriteString(w.one("", " ", "\n"+inside))
			at := fmt.Sprintf("%s/%d", pointer, i)
			w.node(at, func() { w.flow(at, depth-1) })
			w.WriteString(w.one(",", " ,", ",\n"+inside))
		}
		w.WriteString("]")
	default:
		w.scalar(-1)
	}
}

// entry writes a key and notes its place.
func (w *writer) entry(pointer, key string, rest func()) {
	at := w.here()
	w.WriteString(w.one(key, "'"+key+"'", `"`+key+`"`))
	rest()
	place := w.places[pointer]
	w.places[pointer] = [2]mark{place[0], at}
}

// node notes the place of what write writes.
func (w *writer) node(pointer string, write func()) {
	at := w.here()
	write()
	w.places[pointer] = [2]mark{at, w.places[pointer][1]}
}

// block writes a block mapping or sequence whose first entry is at indent, where
// the writer stands already.
func (w *writer) block(pointer string, indent, depth int) {
	mapping := w.random.IntN(2) == 0
	for i := range 1 + w.random.IntN(3) {
		if i > 0 {
			w.breaks()
			w.WriteString(strings.Repeat(" ", indent))
		}
		if !mapping {
			at := fmt.Sprintf("%s/%d", pointer, i)
			w.WriteString("- ")
			w.value(at, indent+2, depth-1, true)
			continue
		}
		key := fmt.Sprintf("%s%d", w.one("k", "ö", "x-"), i)
		w.entry(pointer+"/"+key, key, func() { w.WriteString(":"); w.value(pointer+"/"+key, indent, depth-1, false) })
	}
}

// value writes what follows a dash or a colon.
func (w *writer) value(pointer string, indent, depth int, compact bool) {
	switch kind := w.random.IntN(3); {
	case kind == 0 && depth > 0 && compact:
		w.node(pointer, func() { w.block(pointer, indent, depth) })
	case kind == 0 && depth > 0:
		w.breaks()
		w.WriteString(strings.Repeat(" ", indent+2))
		w.node(pointer, func() { w.block(pointer, indent+2, depth) })
	default:
		if !compact {
			w.WriteString(w.one(" ", "  "))
		}
		if kind == 1 {
			w.node(pointer, func() { w.flow(pointer, depth) })
		} else {
			w.node(pointer, func() { w.scalar(indent) })
		}
	}
}

// TestPlacesInAnyStyle writes documents at random, knowing where it puts what, and
// sees that the loader finds everything there.
func TestPlacesInAnyStyle(t *testing.T) {
	for seed := range uint64(1000) {
		w := &writer{random: rand.New(rand.NewPCG(seed, 0)), places: map[string][2]mark{}}
		w.node("", func() { w.block("", 0, 4) })
		text := w.String()
		if seed%3 == 1 {
			text = strings.ReplaceAll(text, "\n", "\r\n")
		}
		root, ps := tree.ParseYAML("a.yaml", []byte(text), tree.Limits{})
		if len(ps) > 0 {
			t.Fatalf("seed %d: %v\n%s", seed, ps, text)
		}
		for pointer, want := range w.places {
			v := root.Follow(pointer)
			at, key := markOf(v.Pos()), mark{}
			if v.NameKind() != tree.Absent {
				key = markOf(v.NamePos())
			}
			if v.Pointer() != pointer || at != want[0] || key != want[1] {
				t.Fatalf("seed %d: %s is at %v with its key at %v, want %s at %v with its key at %v\n%s",
					seed, v.Pointer(), at, key, pointer, want[0], want[1], text)
			}
		}
	}
}
