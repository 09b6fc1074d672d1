package sigv4

import "net/http"

// ownHeaders are the request's own, for [Params] without others.
type ownHeaders http.Header

// SetHeader makes value the header's only one, in the slice that there is for the header
// if there is one.
func (h *ownHeaders) SetHeader(name, value string) { (*h)[name] = append((*h)[name][:0], value) }

// Text returns b as a string.
func (*ownHeaders) Text(b []byte) string { return string(b) }
