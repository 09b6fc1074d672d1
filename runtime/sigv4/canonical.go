package sigv4

import (
	"cmp"
	"net/http"
	"net/url"
	"strings"
)

// appendRequest appends the canonical request, the text whose hash is signed. The
// query and the names of the signed headers are in it.
func (m *scratch) appendRequest(b []byte, r *http.Request, p *Params) (all, query, signedHeaders []byte) {
	b = join(b, r.Method, "\n")
	path, plain := sentPath(r.URL)
	if plain || p.DisableURIPathEscaping {
		b = append(b, path...)
	} else {
		b = appendEscaped(b, path)
	}
	b = append(b, '\n')
	start := len(b)
	b = m.appendParams(b)
	query = b[start:]
	b = append(b, '\n')
	b = m.appendFields(b)
	start = len(b)
	b = m.appendNames(b)
	signedHeaders = b[start:]
	return join(b, "\n", p.PayloadHash), query, signedHeaders
}

// sentPath is the path as the HTTP client sends it. It is plain when it has
// nothing that would be escaped.
func sentPath(u *url.URL) (path string, plain bool) {
	switch {
	case u.Opaque != "":
		path = opaquePath(u.Opaque)
	case (u.RawPath == "" || u.RawPath == u.Path) && u.Path != "" && isPlain(u.Path):
		return u.Path, true
	case isEscaped(u.RawPath, u.Path):
		path = u.RawPath // EscapedPath would find the same, and allocate
	default:
		path = u.EscapedPath()
	}
	return cmp.Or(path, "/"), false
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
