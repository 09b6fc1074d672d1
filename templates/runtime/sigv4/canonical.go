package sigv4

import (
	"cmp"
	"net/http"
	"net/url"
	"strings"
)

// appendRequest appends the canonical request, the text whose hash is signed.
func (m *scratch) appendRequest(b []byte, r *http.Request, p *Params, query, signedHeaders []byte) []byte {
	b = append(b, r.Method...)
	b = append(b, '\n')
	if path := sentPath(r.URL); p.DisableURIPathEscaping {
		b = append(b, path...)
	} else {
		b = appendEscaped(b, path)
	}
	b = append(b, '\n')
	b = append(b, query...)
	b = append(b, '\n')
	b = m.appendFields(b)
	b = append(b, '\n')
	b = append(b, signedHeaders...)
	b = append(b, '\n')
	return append(b, p.PayloadHash...)
}

// sentPath is the path as the HTTP client sends it.
func sentPath(u *url.URL) string {
	var path string
	switch {
	case u.Opaque != "":
		path = opaquePath(u.Opaque)
	case isEscaped(u.RawPath, u.Path):
		path = u.RawPath // EscapedPath would find the same, and allocate
	default:
		path = u.EscapedPath()
	}
	return cmp.Or(path, "/")
}

// opaquePath is the path in what an opaque URL has behind its scheme:
// //host/path?query.
func opaquePath(opaque string) string {
	opaque, _, _ = strings.Cut(opaque, "?")
	opaque = strings.TrimPrefix(opaque, "//")
	if i := strings.IndexByte(opaque, '/'); i >= 0 {
		return opaque[i:]
	}
	return ""
}
