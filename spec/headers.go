package spec

import (
	"net/textproto"
	"slices"
	"strings"
)

// ownHeaders are the headers of requests that package net/http makes itself,
// whatever stands in a request's headers, or refuses, over HTTP/2 at the latest.
var ownHeaders = []string{
	"Connection", "Content-Length", "Host", "Keep-Alive", "Proxy-Connection", "Te", "Trailer",
	"Transfer-Encoding", "Upgrade",
}

// CheckHeaders returns the members of an operation's input and output that are bound
// to headers which can't be sent, or which another member is bound to.
func CheckHeaders(op *Operation) Problems {
	var ps Problems
	for _, s := range [...]*Shape{op.Input, op.Output} {
		if s == nil {
			continue
		}
		first := map[string]*Member{}
		for _, m := range s.Members {
			if m.Location != InHeader && m.Location != InPrefixHeaders {
				continue
			}
			name := textproto.CanonicalMIMEHeaderKey(m.LocationName)
			switch other := first[name]; {
			case strings.ContainsFunc(m.LocationName, notToken) || m.LocationName == "" && m.Location == InHeader:
				ps.Add(m.Pos, "use letters, digits and hyphens", "%q cannot be the name of a header", m.LocationName)
			case m.Location == InPrefixHeaders:
			case s == op.Input && m.IsLength() && s.streams():
			case s == op.Input && slices.Contains(ownHeaders, name):
				ps.Add(m.Pos, "leave it out", "the header %s is made by the HTTP client and cannot be sent by an operation",
					m.LocationName)
			case other != nil:
				ps.Add(m.Pos, "keep one of them; case does not count in the names of headers",
					"the header %s is the same as %s at %s", m.LocationName, other.LocationName, other.Pos)
			default:
				first[name] = m
			}
		}
	}
	return ps
}

// IsLength reports whether a member is the length of the body, in bytes. Only that of a
// stream is not known before.
func (m *Member) IsLength() bool {
	return m.Location == InHeader && textproto.CanonicalMIMEHeaderKey(m.LocationName) == "Content-Length" &&
		m.Target.Kind == Long
}

// streams reports whether a structure has a member that is a body and streams.
func (s *Shape) streams() bool {
	return slices.ContainsFunc(s.Members, func(m *Member) bool {
		return m.Location == InPayload && m.Target != nil && m.Target.Kind == Blob && m.Target.Streaming
	})
}

// notToken reports whether a character cannot stand in the name of a header
// (RFC 9110, section 5.6.2).
func notToken(r rune) bool {
	letter := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9'
	return !letter && !strings.ContainsRune("!#$%&'*+-.^_`|~", r)
}
