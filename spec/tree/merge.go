package tree

// merged are the members that an object has from other documents.
type merged struct {
	byName map[string]Value
	// added are those whose names the object has not, in their order.
	added []Value
}

// all yields an object's members: its own, or what has replaced them, then the others.
func (m *merged) all(object Value, yield func(Value) bool) {
	own := func(v Value) bool {
		if replaced, ok := m.byName[v.Name()]; ok {
			v = replaced
		}
		return yield(v)
	}
	if !object.allOwn(own) {
		return
	}
	for _, v := range m.added {
		if !yield(v) {
			return
		}
	}
}

// Merge adds the members of another object, of another document, to an object.
// Where both have objects by one name these are merged, and in all other cases the
// other's value replaces the object's own. Values keep the positions in their
// documents. The other document must not be merged into afterwards.
func (v Value) Merge(other Value) {
	if v.Kind() != Object || other.Kind() != Object {
		return
	}
	for from := range other.All() {
		if to := v.Get(from.Name()); to.Kind() == Object && from.Kind() == Object && to.doc == v.doc {
			to.Merge(from)
		} else {
			v.put(from)
		}
	}
}

// put sets a member.
func (v Value) put(from Value) {
	m := v.doc.merged[v.index]
	if m == nil {
		if v.doc.merged == nil {
			v.doc.merged = map[int32]*merged{}
		}
		m = &merged{byName: map[string]Value{}}
		v.doc.merged[v.index] = m
	}
	name := from.Name()
	if _, again := m.byName[name]; !again && !v.own(name).Exists() {
		m.added = append(m.added, from)
	}
	m.byName[name] = from
}

// isMerged reports whether the value holds anything of other documents.
func (v Value) isMerged() bool {
	if v.Kind() < Array {
		return false
	}
	for index := range v.doc.merged {
		if index >= v.index && index < v.doc.nodes[v.index].next {
			return true
		}
	}
	return false
}
