package sigv4

import (
	"net/http"
)

// Canonical is the canonical form of a request, which signatures of other algorithms sign,
// too.
type Canonical struct {
	// Request is the canonical request.
	Request []byte
	// Date is the time of the signature, "20060102T150405Z", and SignedHeaders are the
	// names of what is signed.
	Date, SignedHeaders string
	// Query is the canonical query, which must be sent.
	Query string
}

// Compose returns the canonical form of a request that is about to be signed with p. As
// with [Signer.Sign], headers of the date and of a session token are in it, and not yet in
// the request.
func Compose(r *http.Request, p *Params) *Canonical {
	dropDefaultPort(r)
	token := p.Credentials.SessionToken
	if p.DisableSessionToken {
		token = ""
	}
	m := new(scratch)
	at := newStamp(p.Time)
	date := at.text
	if p.InQuery {
		date, token = "", ""
	}
	b := m.collectFields(nil, r, date, token)
	b = m.collectParams(b, r.URL.RawQuery)
	start := len(b)
	b, query, signedHeaders := m.appendRequest(b, r, p)
	return &Canonical{Request: b[start:], Date: at.text, Query: string(query), SignedHeaders: string(signedHeaders)}
}
