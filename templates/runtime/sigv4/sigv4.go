// Package sigv4 signs HTTP requests with AWS Signature Version 4 in their
// headers. What it makes of a request is byte for byte what the official signer
// makes of it (SignHTTP of github.com/aws/aws-sdk-go-v2/aws/signer/v4 with its
// default options), at two allocations a signature.
package sigv4

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"sync"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
)

// Signer signs requests. The zero Signer is ready. It remembers a few signing
// keys, may be used by many goroutines and must not be copied.
type Signer struct {
	keys    keyCache
	scratch sync.Pool // of *scratch
}

// Params say who signs a request, for whom and when.
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
}

const (
	algorithm           = "AWS4-HMAC-SHA256"
	dateHeader          = "X-Amz-Date"
	tokenHeader         = "X-Amz-Security-Token"
	authorizationHeader = "Authorization"
)

// Sign adds the headers X-Amz-Date, X-Amz-Security-Token if the credentials have
// a token, and Authorization to r, whose URL and Header must be there. It takes
// the scheme's default port from r.Host and brings the query into the order and
// the escapes that were signed. The body is not touched.
//
// Like the official signer it writes a header's value into the slice that r has
// for it, when there is one.
func (s *Signer) Sign(r *http.Request, p *Params) {
	dropDefaultPort(r)
	var slots slots
	if token := p.Credentials.SessionToken; token != "" {
		slots.set(r.Header, tokenHeader, token)
	}

	m := s.borrow()
	b := appendDate(m.text, p.Time)
	date := b // all there is yet
	day := date[:len(date)-len("T150405Z")]
	key := s.keys.get(p, day)

	b = m.collectFields(b, r, date)
	b = m.collectParams(b, r.URL.RawQuery)
	start := len(b)
	b = m.appendParams(b)
	query := b[start:]
	start = len(b)
	b = m.appendNames(b)
	signedHeaders := b[start:]
	start = len(b)
	b = m.appendRequest(b, r, p, query, signedHeaders)
	hash := sha256.Sum256(b[start:])
	start = len(b)
	b = appendStringToSign(b, date, key.scope, hash[:])
	signed := len(b)
	b = key.appendMAC(b, b[start:])
	mac := b[signed:]

	// All that outlives this call is cut from one string.
	start = len(b)
	b = appendAuthorization(b, p.Credentials.AccessKeyID, key.scope, signedHeaders, mac)
	authorization := len(b) - start
	b = append(b, date...)
	changed := string(query) != r.URL.RawQuery
	if changed {
		b = append(b, query...)
	}
	text := string(b[start:])

	slots.set(r.Header, authorizationHeader, text[:authorization])
	slots.set(r.Header, dateHeader, text[authorization:][:len(date)])
	if changed {
		r.URL.RawQuery = text[authorization+len(date):]
	}
	m.text = b
	s.release(m)
}

// appendStringToSign appends the text whose HMAC is the signature; the hash is
// that of the canonical request.
func appendStringToSign(b, date []byte, scope string, hash []byte) []byte {
	b = append(b, algorithm+"\n"...)
	b = append(b, date...)
	b = append(b, '\n')
	b = append(b, scope...)
	b = append(b, '\n')
	return hex.AppendEncode(b, hash)
}

// appendAuthorization appends the header that has the signature, the mac.
func appendAuthorization(b []byte, accessKeyID, scope string, signedHeaders, mac []byte) []byte {
	b = append(b, algorithm+" Credential="...)
	b = append(b, accessKeyID...)
	b = append(b, '/')
	b = append(b, scope...)
	b = append(b, ", SignedHeaders="...)
	b = append(b, signedHeaders...)
	b = append(b, ", Signature="...)
	return hex.AppendEncode(b, mac)
}

// slots are the values of headers that had none: the slices of all of them share
// one array.
type slots struct{ free []string }

// set makes value the header's only one.
//
//go:noinline // because it is long and called thrice
func (s *slots) set(h http.Header, name, value string) {
	values := h[name]
	if cap(values) == 0 {
		if len(s.free) == 0 {
			s.free = make([]string, 3) // one for each header that Sign sets
		}
		values, s.free = s.free[:0:1], s.free[1:]
	}
	h[name] = append(values[:0], value)
}
