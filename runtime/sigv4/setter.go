package sigv4

import "net/http"

// setter sets the headers that a signature adds.
type setter struct {
	given Headers     // where to, when it is not nil
	own   http.Header // where to otherwise
	free  []string    // values that no header of own has yet
}

// setAll sets what the text has in a row: the header Authorization, the date, of so
// many bytes each, and the query. All is cut from one copy of it.
func (s *setter) setAll(r *http.Request, b []byte, authorization, date int) {
	query := b[authorization+date:]
	changed := string(query) != r.URL.RawQuery
	if !changed {
		b = b[:authorization+date]
	}
	var text string
	if s.given != nil {
		text = s.given.Text(b)
	} else {
		text = string(b)
	}
	s.set(authorizationHeader, text[:authorization])
	text = text[authorization:]
	s.set(dateHeader, text[:date])
	if changed {
		r.URL.RawQuery = text[date:]
	}
}

// set makes value the header's only one, in the slice that own has for the header
// when there is one. The slices of the others share one array.
func (s *setter) set(name, value string) {
	if s.given != nil {
		s.given.SetHeader(name, value)
		return
	}
	values := s.own[name]
	if cap(values) == 0 {
		if len(s.free) == 0 {
			s.free = make([]string, 3) // one for each header that Sign sets
		}
		values, s.free = s.free[:0:1], s.free[1:]
	}
	s.own[name] = append(values[:0], value)
}
