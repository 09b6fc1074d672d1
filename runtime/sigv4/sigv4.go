// Package sigv4 signs HTTP requests with AWS Signature Version 4 in their
// headers. What it makes of a request is byte for byte what the official signer
// makes of it (SignHTTP of github.com/aws/aws-sdk-go-v2/aws/signer/v4), without
// allocations but for the headers, or none at all if the caller has memory for them.
//
// The keys of a day are derived once, and a signature's working memory is pooled with its
// key; by this a signature takes a quarter of the official signer's time. A [Signer] is the
// default of a client's option HTTPSignerV4, so that a program which does not set that
// option does not link the official signer. A signer that is wrapped or logs is called
// through [Signer.SignHTTP].
package sigv4

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
)

// Signer signs requests. The zero Signer is ready. It remembers a few signing
// keys, may be used by many goroutines and must not be copied.
type Signer struct {
	keys keyCache
	last atomic.Pointer[stamp]
}

// Params are who signs a request, for whom and when.
type Params struct {
	// Credentials are the signer's. No session token means none is added; one that
	// the request already has is signed like any header.
	Credentials aws.Credentials
	// PayloadHash is the body's SHA-256 in hexadecimal, or the text that the
	// service takes in its place, like UNSIGNED-PAYLOAD.
	PayloadHash string
	// Service is the service's name in signatures.
	Service string
	// Region is the region that the request is signed for.
	Region string
	// Time is when the request is signed, in any time zone.
	Time time.Time
	// DisableURIPathEscaping signs the path as it is sent. S3 wants that; for other
	// services what is sent is escaped once more.
	DisableURIPathEscaping bool
	// DisableSessionToken leaves the credentials' session token out.
	DisableSessionToken bool
	// InQuery has [Compose] add no headers: what they say is in the query.
	InQuery bool
	// Headers takes the headers that the signature adds, in place of the request's
	// own, which are only read then. They are the request's own when it is nil.
	Headers Headers
	// Log is called with the two texts that the signature is made of, when the request
	// is signed, unless it is nil. The canonical request has the session token in it.
	Log func(canonicalRequest, stringToSign string)
}

// Headers sets the headers of a request, and has memory for what is in them.
type Headers interface {
	// SetHeader sets a header, given by its canonical name, in the place of all
	// its values.
	SetHeader(name, value string)
	// Text copies b and returns the copy as a string, which must live as long as
	// the request.
	Text(b []byte) string
}

const (
	algorithm           = "AWS4-HMAC-SHA256"
	dateHeader          = "X-Amz-Date"
	tokenHeader         = "X-Amz-Security-Token"
	authorizationHeader = "Authorization"
)

// Sign adds the headers X-Amz-Date, X-Amz-Security-Token if the credentials have
// a token, and Authorization to r, whose URL and Header must be set, or to p.Headers
// instead. It takes the scheme's default port from r.Host and brings the query
// into the order and the escapes that were signed. The body is not touched.
//
// Like the official signer it writes a header's value into the slice that r has
// for it, when there is one.
func (s *Signer) Sign(r *http.Request, p *Params) {
	dropDefaultPort(r)
	token := p.Credentials.SessionToken
	if p.DisableSessionToken {
		token = ""
	}
	at := s.stampOf(p.Time)
	key := s.keys.get(p, at.day)

	m := key.borrow()
	b := m.collectFields(m.text, r, at.text, token)
	b = m.collectParams(b, r.URL.RawQuery)

	start := len(b)
	b, query, signedHeaders := m.appendRequest(b, r, p)
	request := b[start:]
	hash := sha256.Sum256(request)
	start = len(b)
	b = appendStringToSign(b, at.text, key.scope, hash[:])
	toSign := b[start:]
	start = len(b)
	b = m.appendMAC(b, toSign)
	mac := b[start:]
	start = len(b)
	b = appendAuthorization(b, p.Credentials.AccessKeyID, key.scope, signedHeaders, mac)
	authorization := b[start:]

	headers := p.Headers
	if headers == nil {
		headers = (*ownHeaders)(&r.Header)
	}
	if token != "" {
		headers.SetHeader(tokenHeader, token)
	}
	headers.SetHeader(authorizationHeader, headers.Text(authorization))
	headers.SetHeader(dateHeader, at.text)
	if string(query) != r.URL.RawQuery {
		r.URL.RawQuery = headers.Text(query)
	}
	if p.Log != nil {
		p.Log(string(request), string(toSign))
	}
	m.text = b
	key.release(m)
}

// appendStringToSign appends the text whose HMAC is the signature; the hash is
// that of the canonical request.
func appendStringToSign(b []byte, date, scope string, hash []byte) []byte {
	b = join(b, algorithm+"\n", date, "\n", scope, "\n")
	return hex.AppendEncode(b, hash)
}

// appendAuthorization appends the header that has the signature, the mac.
func appendAuthorization(b []byte, accessKeyID, scope string, signedHeaders, mac []byte) []byte {
	b = join(b, algorithm+" Credential=", accessKeyID, "/", scope, ", SignedHeaders=")
	b = append(b, signedHeaders...)
	b = append(b, ", Signature="...)
	return hex.AppendEncode(b, mac)
}

// join appends strings.
func join(b []byte, parts ...string) []byte {
	for _, s := range parts {
		b = append(b, s...)
	}
	return b
}
