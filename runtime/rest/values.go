package rest

import "net/url"

// Values returns the texts that members have put into the URL, as they are and as they
// travel: labels of the path and of the host, values of the query, and its keys where
// they are those of a map.
func (r *Request) Values() []string {
	texts := append([]string(nil), r.hostLabels...)
	for _, label := range r.labels[:r.labelCount] {
		raw := string(r.raw[label.start:label.end])
		texts = append(texts, raw)
		if plain, err := url.PathUnescape(raw); err == nil {
			texts = append(texts, plain)
		}
	}
	add := func(text string) {
		if text != "" {
			texts = append(texts, text, string(appendEscaped(nil, text, false)))
		}
	}
	for _, p := range r.query {
		if p.origin == fromMap {
			add(p.key)
		}
		if p.origin != literal {
			add(p.value)
		}
	}
	return texts
}

// HasHostLabels reports whether members are part of the host.
func (r *Request) HasHostLabels() bool { return len(r.hostLabels) > 0 }
