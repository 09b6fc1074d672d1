package rest

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"

	"github.com/aws/smithy-go/middleware"
)

// Sum is a checksum of a body, which stands in a header. It is the same for all attempts of
// a call, and may be used by many goroutines.
type Sum interface {
	// Header returns the name of the header, and what computes the checksum.
	Header() (string, hash.Hash)
}

// Late is the checksum of a stream, which follows it where TLS protects both, and else
// stands in a header before it. Which of the two is not known until the endpoint is.
type Late interface {
	Sum

	// Encode returns a body that ends with its checksum, and how long that is; -1 if the
	// length of the body itself is not known.
	Encode(body io.Reader, length int64) (io.Reader, int64)
	// EncodedHeaders returns the headers of such a body, whose own content encoding may be
	// empty.
	EncodedHeaders(contentEncoding string, length int64) map[string]string
	// PayloadHash takes the place of the body's hash in its signature.
	PayloadHash() string
	// Describe adds to the metadata of a call the checksum of an encoded body that was
	// sent.
	Describe(md *middleware.Metadata, encoded io.Reader)
}

// SetLate has a stream sent with a checksum.
func (r *Request) SetLate(late Late) { r.late, r.settle = late, (*Request).sendChecksum }

// DeferSums leaves checksums in headers to who sends the request, because others may change
// its body before that.
func (r *Request) DeferSums() { r.defersSums = true }

// DefersSums reports whether checksums are left to who sends the request.
func (r *Request) DefersSums() bool { return r.defersSums }

// SetSum leaves a checksum to who sends the request.
func (r *Request) SetSum(sum Sum) { r.sum = sum }

// Sum returns the checksum that is left to who sends the request, which is a [Late] if it may
// follow the body; nil for none, and once it is settled.
func (r *Request) Sum() Sum {
	if r.late != nil {
		return r.late
	}
	return r.sum
}

// Settle decides where the checksum of the stream goes, when it is known whether TLS
// protects the request. Only the first time counts.
func (r *Request) Settle(tls bool) {
	if late := r.late; late != nil {
		r.late = nil
		r.settle(r, late, tls)
	}
}

// sendChecksum has the checksum follow the stream, or puts it in a header.
func (r *Request) sendChecksum(late Late, tls bool) {
	if tls {
		for name, value := range late.EncodedHeaders(r.Header.Get("Content-Encoding"), r.Length()) {
			r.Header.Set(name, value)
		}
		r.sentHash = late.PayloadHash()
		r.payload = &encoded{payload: r.payload, late: late}
		return
	}
	name, sum := late.Header()
	both := sha256.New() // the signature needs the hash of the same bytes
	if err := r.Copy(io.MultiWriter(sum, both)); err != nil {
		if errors.Is(err, errNotSeekable) {
			err = errors.New("unseekable stream is not supported without TLS and trailing checksum")
		}
		r.Fail(fmt.Errorf("compute input header checksum failed, %w", err))
		return
	}
	r.Header.Set(name, base64.StdEncoding.EncodeToString(sum.Sum(nil)))
	r.sentHash = hex.EncodeToString(both.Sum(nil))
}

// DescribeSent adds to the metadata of a call what is known of the body when it was sent.
func (r *Request) DescribeSent(md *middleware.Metadata) {
	if body, ok := r.payload.(interface{ describe(*middleware.Metadata) }); ok {
		body.describe(md)
	}
}

// encoded is a stream that ends with its checksum.
type encoded struct {
	payload

	late Late
	last io.Reader // the body of the last attempt
}

func (e *encoded) length() int64 {
	_, n := e.late.Encode(nil, e.payload.length())
	return n
}

func (e *encoded) open(*Attempt) io.ReadCloser {
	e.last, _ = e.late.Encode(e.source(), e.payload.length())
	return newBody(e.last)
}

func (e *encoded) describe(md *middleware.Metadata) {
	if e.last != nil {
		e.late.Describe(md, e.last)
	}
}
