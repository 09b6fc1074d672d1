package sigv4

// scratch is the working memory of one signature. Its text is only ever appended
// to until the signature is made, so that slices of it stay as they are.
type scratch struct {
	text         []byte
	fields       []field
	sorted       []*field // the fields in order
	params       []param
	sortedParams []*param // the params in order
}

// A scratch that grew beyond these sizes, in bytes and elements, is not kept.
const (
	maxText  = 16 << 10
	maxParts = 256
)

func (s *Signer) borrow() *scratch {
	if m, ok := s.scratch.Get().(*scratch); ok {
		return m
	}
	return &scratch{text: make([]byte, 0, 4<<10), fields: make([]field, 0, 16), sorted: make([]*field, 0, 16)}
}

// release keeps m for the next signature. It is wiped first: the text has a
// session token in it, the fields hold on to the request's headers.
func (s *Signer) release(m *scratch) {
	if cap(m.text) > maxText || cap(m.fields) > maxParts || cap(m.params) > maxParts {
		return
	}
	clear(m.text)
	clear(m.fields)
	clear(m.sorted)
	clear(m.params)
	clear(m.sortedParams)
	m.text, m.fields, m.sorted = m.text[:0], m.fields[:0], m.sorted[:0]
	m.params, m.sortedParams = m.params[:0], m.sortedParams[:0]
	s.scratch.Put(m)
}
