package sigv4a

import (
	"cmp"
	"context"
	"net/http"
	"strconv"
	"strings"

	"example.com/lathe/runtime/sigv4"
	"example.com/lathe/runtime/transport"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
)

// presign signs a request in its query, and returns its URL and the headers that belong to
// the signature. The presigner of the options is not asked: it knows Version 4 alone.
func (s *Signer) presign(
	ctx context.Context, _ v4.HTTPPresigner, r *http.Request, with *transport.Signature,
) (location string, signed http.Header, err error) {
	p := params(with)
	p.InQuery = true
	query := r.URL.Query()
	for name, values := range r.Header {
		if movesToQuery(name) {
			query[name] = values
			delete(r.Header, name)
		}
	}
	before := sigv4.Compose(r, p) // its date and the names of its headers remain
	query.Set("X-Amz-Algorithm", algorithm)
	query.Set("X-Amz-Credential", credential(with, before.Date))
	query.Set(dateHeader, before.Date)
	query.Set(regionHeader, regionSet(with))
	if token := with.Credentials.SessionToken; token != "" {
		query.Set(tokenHeader, token)
	}
	query.Set("X-Amz-SignedHeaders", before.SignedHeaders)
	r.URL.RawQuery = query.Encode()
	c := sigv4.Compose(r, p)
	signature, err := s.signature(ctx, c, with)
	if err != nil {
		return "", nil, err
	}
	r.URL.RawQuery = c.Query + "&X-Amz-Signature=" + signature
	return r.URL.String(), signedHeaders(r, c), nil
}

// signedHeaders are the headers of a request that are signed.
func signedHeaders(r *http.Request, c *sigv4.Canonical) http.Header {
	out := http.Header{}
	for rest, more := c.SignedHeaders, true; more; {
		var name string
		name, rest, more = strings.Cut(rest, ";")
		switch name = http.CanonicalHeaderKey(name); name {
		case "Host":
			out.Set(name, cmp.Or(r.Host, r.URL.Host))
		case "Content-Length":
			out.Set(name, strconv.FormatInt(r.ContentLength, 10))
		default:
			out[name] = r.Header[name]
		}
	}
	return out
}

// movesToQuery reports whether a header is sent in the query of a presigned request. Those
// of Amazon's own that say what is stored, and how, stay headers.
func movesToQuery(name string) bool {
	rest, own := strings.CutPrefix(name, "X-Amz-")
	if !own || strings.HasPrefix(rest, "Meta-") {
		return false
	}
	switch rest {
	case "Acl", "Content-Sha256", "Metadata-Directive", "Mfa", "Request-Payer", "Storage-Class", "Tagging",
		"Website-Redirect-Location",
		"Copy-Source", "Copy-Source-If-Match", "Copy-Source-If-Modified-Since", "Copy-Source-If-None-Match",
		"Copy-Source-If-Unmodified-Since", "Copy-Source-Range",
		"Copy-Source-Server-Side-Encryption-Customer-Algorithm", "Copy-Source-Server-Side-Encryption-Customer-Key",
		"Copy-Source-Server-Side-Encryption-Customer-Key-Md5",
		"Grant-Read", "Grant-Read-Acp", "Grant-Write", "Grant-Write-Acp",
		"Server-Side-Encryption", "Server-Side-Encryption-Aws-Kms-Key-Id",
		"Server-Side-Encryption-Customer-Algorithm", "Server-Side-Encryption-Customer-Key",
		"Server-Side-Encryption-Customer-Key-Md5":
		return false
	}
	return true
}
