package jsonpos

import (
	"fmt"
)

// smallObject is the number of members up to which comparing all keys with each
// other is cheaper than a map.
const smallObject = 12

// checkKeys reports the keys that an object has twice.
func (p *parser) checkKeys(object Value) {
	nodes := p.doc.nodes
	first, end := object.index+1, nodes[object.index].next
	count := 0
	for i := first; i < end; i = nodes[i].next {
		if count++; count > smallObject {
			p.checkManyKeys(object)
			return
		}
	}
	for i := first; i < end; i = nodes[i].next {
		for j := first; j < i; j = nodes[j].next {
			if p.sameKey(i, j) {
				p.duplicate(Value{p.doc, i}, Value{p.doc, j})
				break
			}
		}
	}
}

func (p *parser) sameKey(i, j int32) bool {
	a, b := &p.doc.nodes[i], &p.doc.nodes[j]
	if a.keyEscaped || b.keyEscaped {
		return p.doc.name(i) == p.doc.name(j)
	}
	return a.keyEnd-a.key == b.keyEnd-b.key && p.doc.src[a.key:a.keyEnd] == p.doc.src[b.key:b.keyEnd]
}

func (p *parser) checkManyKeys(object Value) {
	seen := make(map[string]Value, 2*smallObject)
	for m := range object.All() {
		name := m.Name()
		if first, ok := seen[name]; ok {
			p.duplicate(m, first)
		} else {
			seen[name] = m
		}
	}
}

func (p *parser) duplicate(again, first Value) {
	if len(p.problems) >= maxProblems {
		return
	}
	hint := fmt.Sprintf("the first one is in line %d", p.doc.at(p.doc.nodes[first.index].key).Line)
	p.problems.Add(again.NamePos(), hint, "the key %q stands twice in one object", again.Name())
}
