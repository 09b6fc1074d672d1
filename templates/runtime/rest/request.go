// Package rest binds members to HTTP messages: it builds a request from an
// input's labels, query parameters, headers and payload, and reads an output's
// headers and payload from a response. The rules are those of Smithy's HTTP
// binding traits (https://smithy.io/2.0/spec/http-bindings.html).
//
// Errors stick: after the first, every method does nothing, and [Request.Err] or
// [Response.Err] tells it, so that the code of an operation needs no error
// handling a line.
package rest

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/aws/smithy-go"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

// Request is a request under construction. The zero value is ready to use; it
// must not be copied after its first use.
type Request struct {
	// Header holds the headers that all attempts have.
	Header Fields

	method     string
	hostPrefix string
	raw        []byte // the path as it travels
	path       []byte // the path decoded; nil while nothing in it is escaped
	room       [typicalPath]byte
	query      []queryPair
	body       [][]byte // in parts, if it is long
	stream     io.Reader
	start      int64 // offset of a seekable stream when the call began
	length     int64 // of the stream; -1 when it is unknown
	err        error
}

// typicalPath is how long a path may get without an allocation.
const typicalPath = 160

// Err returns the first error, or nil.
func (r *Request) Err() error { return r.err }

// Fail makes err the request's error unless it already has one.
func (r *Request) Fail(err error) {
	if r.err == nil {
		r.err = err
	}
}

// Start sets the method and the beginning of the path, which starts with a slash
// and is written as it stands.
func (r *Request) Start(method, path string) *Request {
	r.method = method
	r.raw = r.room[:0]
	return r.Literal(path)
}

// Literal appends text to the path as it stands.
func (r *Request) Literal(s string) *Request {
	if r.err == nil {
		r.raw = append(r.raw, s...)
		if r.path != nil {
			r.path = append(r.path, s...)
		}
	}
	return r
}

// decodedPath is the path without escapes.
func (r *Request) decodedPath() []byte {
	if r.path != nil {
		return r.path
	}
	return r.raw
}

// Label appends a member's value to the path, escaped so that it stays within
// its segment. A value that is empty, "." or ".." would change the path and is an
// error.
func (r *Request) Label(member, value string) *Request {
	return r.label(member, value, false)
}

// GreedyLabel appends a member's value to the path and keeps its slashes. A value
// with a segment "." or ".." is an error, because it would change the path.
func (r *Request) GreedyLabel(member, value string) *Request {
	return r.label(member, value, true)
}

func (r *Request) label(member, value string, greedy bool) *Request {
	switch {
	case r.err != nil:
		return r
	case value == "":
		r.err = emptyMember(member)
	case !greedy && isDotSegment(value), greedy && hasDotSegment(value):
		r.err = fmt.Errorf("input member %s must not be a relative path segment, it is %q", member, value)
	default:
		before := len(r.raw)
		r.raw = appendEscaped(r.raw, value, greedy)
		if r.path == nil && len(r.raw)-before > len(value) {
			r.path = append(r.path, r.raw[:before]...)
		}
		if r.path != nil {
			r.path = append(r.path, value...)
		}
	}
	return r
}

// emptyMember is the error of the official client, which wraps it once more.
func emptyMember(member string) error {
	return &smithy.SerializationError{Err: fmt.Errorf("input member %s must not be empty", member)}
}

func isDotSegment(s string) bool { return s == "." || s == ".." }

func hasDotSegment(s string) bool {
	for segment := range strings.SplitSeq(s, "/") {
		if isDotSegment(segment) {
			return true
		}
	}
	return false
}

// HostPrefix puts labels before the endpoint's host: smithy.api#endpoint. The
// prefix with its labels filled in must be valid in a host name; in the value of
// a label a dot is not.
func (r *Request) HostPrefix(prefix string) *Request {
	if r.err == nil {
		r.hostPrefix += prefix
	}
	return r
}

// HostLabel adds a member's value to the host prefix. It must be a single valid
// label of a host name.
func (r *Request) HostLabel(member, value string) *Request {
	switch {
	case r.err != nil:
	case value == "":
		r.err = emptyMember(member)
	case !smithyhttp.ValidHostLabel(value):
		r.err = fmt.Errorf("input member %s must be a valid host label (letters, digits and hyphens, at most 63), it is %q", member, value)
	default:
		r.hostPrefix += value
	}
	return r
}

// SetBody makes the parts, one after the other, the body, which the request keeps
// until the call ends, and sets the content type unless a header member already
// did or it is empty.
func (r *Request) SetBody(contentType string, parts ...[]byte) {
	r.body = parts
	r.setContentType(contentType)
}

// SetStream makes s the body. A stream that can seek is sent again when a call
// is retried; others are sent once. A nil stream means an empty body.
func (r *Request) SetStream(contentType string, s io.Reader) {
	r.setContentType(contentType)
	if s == nil || r.err != nil {
		return
	}
	r.stream, r.length = s, -1
	if seeker, ok := s.(io.Seeker); ok {
		r.start, r.length, r.err = seekableLength(seeker)
	} else if sized, ok := s.(interface{ Len() int }); ok {
		r.length = int64(sized.Len())
	}
}

func seekableLength(s io.Seeker) (start, length int64, err error) {
	if start, err = s.Seek(0, io.SeekCurrent); err != nil {
		return 0, -1, nil //nolint:nilerr // the stream only looks seekable, a pipe for one
	}
	end, err := s.Seek(0, io.SeekEnd)
	if err != nil {
		return start, -1, fmt.Errorf("failed to find the length of the request stream: %w", err)
	}
	if _, err = s.Seek(start, io.SeekStart); err != nil {
		return start, -1, fmt.Errorf("failed to rewind the request stream: %w", err)
	}
	return start, end - start, nil
}

func (r *Request) setContentType(contentType string) {
	if contentType != "" && !r.Header.Has("Content-Type") {
		r.Header.Set("Content-Type", contentType)
	}
}

// Body returns the buffered body in one piece; nil when there is none or it is a
// stream.
func (r *Request) Body() []byte {
	if len(r.body) > 1 {
		r.body = [][]byte{slices.Concat(r.body...)}
	}
	if len(r.body) == 0 {
		return nil
	}
	return r.body[0]
}

// ReplaceBody exchanges the buffered body for another, a compressed one say.
func (r *Request) ReplaceBody(b []byte) { r.body = [][]byte{b} }

// buffered is the length of the buffered body.
func (r *Request) buffered() (n int) {
	for _, part := range r.body {
		n += len(part)
	}
	return n
}

// IsStream says whether the body is a stream.
func (r *Request) IsStream() bool { return r.stream != nil }

// Length is the body's length in bytes, -1 when it is unknown.
func (r *Request) Length() int64 {
	if r.stream != nil {
		return r.length
	}
	return int64(r.buffered())
}

// Rewind sets the body back to its beginning before it is sent again. It fails
// for a stream that cannot seek.
func (r *Request) Rewind() error {
	if r.stream == nil {
		return nil
	}
	seeker, ok := r.stream.(io.Seeker)
	if !ok || r.length < 0 {
		return errNotSeekable
	}
	if _, err := seeker.Seek(r.start, io.SeekStart); err != nil {
		return fmt.Errorf("failed to rewind the request stream: %w", err)
	}
	return nil
}

// emptyHash is the SHA-256 of nothing, in hexadecimal.
const emptyHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

// PayloadHash returns the body's SHA-256 in hexadecimal. A stream is read through
// and rewound; one that cannot seek is an error.
func (r *Request) PayloadHash() (string, error) {
	switch {
	case r.stream == nil && r.buffered() == 0:
		return emptyHash, nil
	case r.stream == nil && len(r.body) == 1:
		sum := sha256.Sum256(r.body[0])
		return hex.EncodeToString(sum[:]), nil
	case r.stream != nil && !r.canRewind():
		return "", errors.New("unseekable stream is not supported without an unsigned payload")
	}
	h := sha256.New()
	if err := r.Copy(h); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// Copy writes the body to w. A stream is read through and rewound; one that cannot
// seek is an error.
func (r *Request) Copy(w io.Writer) error {
	if r.stream == nil {
		for _, part := range r.body {
			if _, err := w.Write(part); err != nil {
				return err
			}
		}
		return nil
	}
	if !r.canRewind() {
		return errNotSeekable
	}
	if _, err := io.Copy(w, r.stream); err != nil {
		return fmt.Errorf("failed to read the request stream: %w", err)
	}
	return r.Rewind()
}

var errNotSeekable = errors.New("request stream is not seekable")

func (r *Request) canRewind() bool {
	_, ok := r.stream.(io.Seeker)
	return ok && r.length >= 0
}
