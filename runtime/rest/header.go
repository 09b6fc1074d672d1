package rest

// Fields are the headers of a request under construction, one value a name: a list, of
// which each attempt makes its map, because headers are set often and found rarely. Names
// must be canonical ([http.CanonicalHeaderKey]). The zero value is ready to use;
// it must not be copied after its first use.
type Fields struct {
	list []field
	room [typicalFields]field
}

type field struct{ name, value string }

// typicalFields is how many headers a request has room for without allocating.
const typicalFields = 10

// Len is the number of headers.
func (f *Fields) Len() int { return len(f.list) }

// Has reports whether a header is set; it may be empty.
func (f *Fields) Has(name string) bool { return f.find(name) >= 0 }

// Get returns a header's value; empty when it is not set.
func (f *Fields) Get(name string) string {
	if i := f.find(name); i >= 0 {
		return f.list[i].value
	}
	return ""
}

// Set sets a header, in the place of an earlier value.
func (f *Fields) Set(name, value string) {
	if i := f.find(name); i >= 0 {
		f.list[i].value = value
		return
	}
	if f.list == nil {
		f.list = f.room[:0]
	}
	f.list = append(f.list, field{name: name, value: value})
}

// All yields the headers in the order in which they were first set.
func (f *Fields) All(yield func(name, value string) bool) {
	for _, h := range f.list {
		if !yield(h.name, h.value) {
			return
		}
	}
}

func (f *Fields) find(name string) int {
	for i := range f.list {
		if f.list[i].name == name {
			return i
		}
	}
	return -1
}
