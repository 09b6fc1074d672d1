// Package trailer sends checksums behind the bodies that they belong to, in the content
// encoding aws-chunked, so that a stream need be read only once:
// https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html.
package trailer

import (
	"encoding/base64"
	"fmt"
	"hash"
	"io"
	"strconv"
	"strings"
	"sync"

	"example.com/lathe/runtime/checksum"
	"example.com/lathe/runtime/rest"
	"github.com/aws/smithy-go/middleware"
)

// Set sends a checksum of the body with the algorithm, unless the caller has set one:
// behind a stream, if TLS protects it, else in a header.
func Set(r *rest.Request, algorithm string) {
	switch {
	case r.Err() != nil || checksum.Has(r):
	case r.Length() == 0 && !r.DefersSums():
		checksum.Set(r, algorithm)
	default:
		sum, err := checksum.New(algorithm)
		if err != nil {
			r.Fail(err)
			return
		}
		r.SetLate(&late{algorithm: algorithm, size: sum.Size()})
	}
}

// late is the checksum of a stream.
type late struct {
	algorithm string
	size      int // of the checksum, in bytes
}

// Header returns the name of the header, and what computes the checksum.
func (l *late) Header() (string, hash.Hash) { return checksum.Header(l.algorithm), l.newHash() }

func (l *late) newHash() hash.Hash {
	sum, _ := checksum.New(l.algorithm) // Set has tried it
	return sum
}

// PayloadHash returns what services take in place of a hash.
func (*late) PayloadHash() string { return "STREAMING-UNSIGNED-PAYLOAD-TRAILER" }

// EncodedHeaders returns the headers of an encoded body.
func (l *late) EncodedHeaders(contentEncoding string, length int64) map[string]string {
	if contentEncoding != "" {
		contentEncoding += ","
	}
	headers := map[string]string{
		"Content-Encoding": contentEncoding + "aws-chunked",
		"X-Amz-Trailer":    l.name(),
	}
	if length >= 0 {
		headers["X-Amz-Decoded-Content-Length"] = strconv.FormatInt(length, 10)
	}
	return headers
}

// name is the header's name as it stands behind a body.
func (l *late) name() string { return strings.ToLower(checksum.Header(l.algorithm)) }

// Describe adds the checksum to the metadata of a call.
func (l *late) Describe(md *middleware.Metadata, encoded io.Reader) {
	if e, ok := encoded.(*encoder); ok {
		if sum := e.sent(); sum != "" {
			checksum.SetComputed(md, l.algorithm, sum)
		}
	}
}

// Encode returns a body in chunks, behind which its checksum follows. One of known length
// is one chunk. Without a body only the length is worked out.
func (l *late) Encode(body io.Reader, length int64) (io.Reader, int64) {
	encodedLength := int64(-1)
	if length >= 0 {
		begin, end := chunkHeader(length), l.ending(base64.StdEncoding.EncodeToString(make([]byte, l.size)))
		encodedLength = int64(len(begin)) + length + int64(len(lineEnd)) + int64(len(end))
	}
	if body == nil {
		return nil, encodedLength
	}
	return &encoder{late: l, body: body, sum: l.newHash(), length: length}, encodedLength
}

const (
	lineEnd = "\r\n"
	// chunkSize is how long the chunks of a body of unknown length are.
	chunkSize = 64 << 10
)

func chunkHeader(length int64) string { return strconv.FormatInt(length, 16) + lineEnd }

// ending is what follows the last chunk.
func (l *late) ending(sum string) string {
	return chunkHeader(0) + l.name() + ":" + sum + lineEnd + lineEnd
}

// encoder is a body on its way.
type encoder struct {
	late   *late
	body   io.Reader
	sum    hash.Hash
	length int64 // -1 when it is not known

	pending string // what is to be sent next, as it stands
	left    int64  // of the chunk
	begun   bool   // the first chunk
	ended   bool   // the body: pending is the last
	chunk   []byte // of a body of unknown length; what of it was not sent yet
	room    []byte // for the chunks

	mu   sync.Mutex
	text string // the checksum when it is known
}

// Read reads the encoded body. A body that is shorter or longer than it was said to be is
// an error.
func (e *encoder) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	for {
		switch {
		case e.pending != "":
			n := copy(p, e.pending)
			e.pending = e.pending[n:]
			return n, nil
		case e.ended:
			return 0, io.EOF
		case e.length < 0:
			if n := copy(p, e.chunk); n > 0 {
				e.chunk = e.chunk[n:]
				if len(e.chunk) == 0 {
					e.pending = lineEnd
				}
				return n, nil
			}
			if err := e.nextChunk(); err != nil {
				return 0, err
			}
		case !e.begun:
			e.begun, e.left, e.pending = true, e.length, chunkHeader(e.length)
		case e.left == 0:
			if err := e.expectEnd(); err != nil {
				return 0, err
			}
			e.end(lineEnd)
		default:
			return e.readBody(p)
		}
	}
}

// readBody reads from a body of known length.
func (e *encoder) readBody(p []byte) (int, error) {
	n, err := e.body.Read(p[:min(int64(len(p)), e.left)])
	_, _ = e.sum.Write(p[:n])
	e.left -= int64(n)
	if err != io.EOF {
		return n, err
	}
	if e.left > 0 {
		return n, fmt.Errorf("the body is shorter than %d bytes: %w", e.length, io.ErrUnexpectedEOF)
	}
	return n, nil
}

// expectEnd fails if a body goes on behind its length.
func (e *encoder) expectEnd() error {
	var more [1]byte
	if n, err := io.ReadFull(e.body, more[:]); n > 0 {
		return fmt.Errorf("the body is longer than %d bytes", e.length)
	} else if err != io.EOF {
		return err
	}
	return nil
}

// nextChunk fills a chunk from a body of unknown length.
func (e *encoder) nextChunk() error {
	if e.room == nil {
		e.room = make([]byte, chunkSize)
	}
	n, err := io.ReadFull(e.body, e.room)
	// A wrapped end is a failure of the body, which must not pass for a shorter one.
	if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
		return err
	}
	if n == 0 {
		e.end("")
		return nil
	}
	e.chunk = e.room[:n]
	_, _ = e.sum.Write(e.chunk)
	e.pending = chunkHeader(int64(n))
	return nil
}

// end sends the checksum, behind what ends the last chunk.
func (e *encoder) end(before string) {
	text := base64.StdEncoding.EncodeToString(e.sum.Sum(nil))
	e.ended, e.pending = true, before+e.late.ending(text)
	e.mu.Lock()
	defer e.mu.Unlock()
	e.text = text
}

// sent returns the checksum; empty while the body was not read through.
func (e *encoder) sent() string {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.text
}
