package tree

// smallObject is the number of members up to which comparing all keys with each
// other is cheaper than a map.
const smallObject = 12

// checkKeys reports the keys that an object has twice.
func (b *builder) checkKeys(object Value) {
	nodes := b.doc.nodes
	first, end := object.index+1, nodes[object.index].next
	count := 0
	for i := first; i < end; i = nodes[i].next {
		if count++; count > smallObject {
			b.checkManyKeys(object)
			return
		}
	}
	for i := first; i < end; i = nodes[i].next {
		for j := first; j < i; j = nodes[j].next {
			if b.sameKey(i, j) {
				b.duplicate(Value{b.doc, i}, Value{b.doc, j})
				break
			}
		}
	}
}

func (b *builder) sameKey(i, j int32) bool {
	x, y := &b.doc.nodes[i], &b.doc.nodes[j]
	if x.keyEscaped || y.keyEscaped {
		return b.doc.name(i) == b.doc.name(j)
	}
	return x.keyEnd-x.key == y.keyEnd-y.key && b.doc.json[x.key:x.keyEnd] == b.doc.json[y.key:y.keyEnd]
}

func (b *builder) checkManyKeys(object Value) {
	seen := make(map[string]Value, 2*smallObject)
	for m := range object.All() {
		name := m.Name()
		if first, ok := seen[name]; ok {
			b.duplicate(m, first)
		} else {
			seen[name] = m
		}
	}
}

func (b *builder) duplicate(again, first Value) {
	b.doc.nodes[again.index].repeated = true
	if len(b.problems) >= maxProblems {
		return
	}
	b.problems.Add(again.NamePos(), "keep one of them", "key %q stands twice, first at %s", again.Name(), first.NamePos())
}
