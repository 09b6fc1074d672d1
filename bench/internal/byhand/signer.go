package byhand

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"hash"
	"net/http"
	"strings"
	"sync"
	"time"
)

// Signer signs requests without query and body with Signature Version 4
// (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html).
type Signer struct {
	KeyID, Secret, Region, Service string

	pool sync.Pool
}

// work is what one signature needs; the keyed hash is that of a day.
type work struct {
	day  string
	mac  hash.Hash
	text []byte
	sum  []byte
}

const (
	algorithm = "AWS4-HMAC-SHA256"
	signed    = "host;x-amz-date"
	emptyHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
)

// Sign adds the headers X-Amz-Date and Authorization. Path is that of the request
// as it travels.
func (s *Signer) Sign(r *http.Request, path string, now time.Time) {
	date := now.UTC().Format("20060102T150405Z")
	w := s.worker(date[:8])
	defer s.pool.Put(w)

	b := w.text[:0]
	b = append(append(b, r.Method...), '\n')
	b = appendEscaped(b, path)
	b = append(append(b, "\n\nhost:"...), r.Host...)
	b = append(append(b, "\nx-amz-date:"...), date...)
	b = append(b, "\n\n"+signed+"\n"+emptyHash...)
	request := sha256.Sum256(b)

	b = append(append(b[:0], algorithm+"\n"...), date...)
	b = append(b, '\n')
	b = s.appendScope(b, w.day)
	b = append(b, '\n')
	b = hex.AppendEncode(b, request[:])
	w.mac.Reset()
	w.mac.Write(b)
	w.sum = w.mac.Sum(w.sum[:0])

	b = append(append(b[:0], algorithm+" Credential="...), s.KeyID...)
	b = append(b, '/')
	b = s.appendScope(b, w.day)
	b = append(b, ", SignedHeaders="+signed+", Signature="...)
	b = hex.AppendEncode(b, w.sum)
	values := []string{date, string(b)}
	r.Header["X-Amz-Date"] = values[:1:1]
	r.Header["Authorization"] = values[1:]
	w.text = b
}

// appendScope appends what a signature is good for.
func (s *Signer) appendScope(b []byte, day string) []byte {
	b = append(append(b, day...), '/')
	b = append(append(b, s.Region...), '/')
	b = append(b, s.Service...)
	return append(b, "/aws4_request"...)
}

// appendEscaped escapes a path that is escaped already once more.
func appendEscaped(b []byte, path string) []byte {
	for {
		before, after, found := strings.Cut(path, "%")
		b = append(b, before...)
		if !found {
			return b
		}
		b = append(b, "%25"...)
		path = after
	}
}

func (s *Signer) worker(day string) *work {
	if w, _ := s.pool.Get().(*work); w != nil && w.day == day {
		return w
	}
	key := []byte("AWS4" + s.Secret)
	for _, part := range []string{day, s.Region, s.Service, "aws4_request"} {
		mac := hmac.New(sha256.New, key)
		mac.Write([]byte(part))
		key = mac.Sum(nil)
	}
	return &work{day: strings.Clone(day), mac: hmac.New(sha256.New, key)}
}
