package rest

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
)

// payload is the body of a request, if it has one. That the two kinds are behind
// an interface keeps out of a program what its operations don't send.
type payload interface {
	// length is the number of bytes, -1 when it is unknown.
	length() int64
	// open returns the body for an attempt.
	open(a *Attempt) io.ReadCloser
	// hash returns the SHA-256 in hexadecimal.
	hash() (string, error)
	// copyTo writes the body and leaves it as it was.
	copyTo(w io.Writer) error
	// rewind sets the body back to its beginning.
	rewind() error
	isStream() bool
	// bytes returns the body in one piece; nil for a stream.
	bytes() []byte
	// source returns the body as a stream, for who sends it without an Attempt.
	source() io.Reader
	// reclaim returns the memory that the body was written to; nil where something may still
	// read it, and for a stream.
	reclaim() []byte
}

// SetBody makes the parts, one after the other, the body, which the request keeps
// until the call ends, and sets the content type, if it has one, unless a header
// member already did.
func (r *Request) SetBody(contentType string, parts ...[]byte) {
	r.setContentType(contentType)
	r.setParts(parts)
}

// Memory is where a body may be written, from its beginning. It may be too small; whoever
// writes gets more by appending to it.
func (r *Request) Memory() []byte { return r.memory[:0] }

// SetWritten makes what was written to [Request.Memory] the body, as [Request.SetBody] does.
// The parts belong to the request from now on.
func (r *Request) SetWritten(contentType string, parts ...[]byte) {
	r.memory = nil
	if cap(parts[0]) <= maxMemory {
		r.memory = parts[0]
	}
	if len(parts) == 1 && len(parts[0]) <= shortBody {
		parts[0] = slices.Clone(parts[0])
	}
	r.SetBody(contentType, parts...)
}

// Reclaim returns the memory of a body that was written, for another request to use; nil
// where something may still read it.
func (r *Request) Reclaim() []byte {
	if r.payload == nil {
		return r.memory
	}
	return r.payload.reclaim()
}

// Reuse has the body be written to memory that another request had.
func (r *Request) Reuse(memory []byte) { r.memory = memory }

func (r *Request) setParts(parts [][]byte) {
	r.parts = parts
	r.payload = (*buffered)(r)
}

// SetStream makes s the body. A stream that can seek is sent again when a call is
// retried; others are sent once. What is known to be empty, such as [http.NoBody], is
// no stream but a body of length zero, which is sent as often as it takes. A nil
// stream is no body: it has no content type either.
func (r *Request) SetStream(contentType string, s io.Reader) {
	if s == nil || r.err != nil {
		return
	}
	r.setContentType(contentType)
	body := &stream{reader: s, size: -1}
	if seeker, ok := s.(io.Seeker); ok {
		body.start, body.size, r.err = seekableLength(seeker)
	} else if body.size = lengthOf(s); body.size == 0 {
		return
	}
	r.payload = body
}

// SetLength says how long a stream is, in bytes. What has fewer or more is an error of the
// HTTP client.
func (r *Request) SetLength(n int64) {
	r.declared, r.isDeclared = max(n, 0), n >= 0
	if body, ok := r.payload.(*stream); ok {
		if n < 0 {
			r.Fail(errors.New("the content length must be at least 0"))
			return
		}
		body.size = n
	}
}

// Declared returns the length of a stream as [Request.SetLength] has it, also if there is
// no stream yet; false if there is none, or it is negative.
func (r *Request) Declared() (n int64, ok bool) { return r.declared, r.isDeclared }

// RequireLength fails the request if its body is a stream of unknown length.
func (r *Request) RequireLength() {
	if r.Length() < 0 {
		r.Fail(errors.New("content length for payload is required and must be at least 0"))
	}
}

// lengthOf is the length of a stream that can't seek; -1 when it is unknown.
func lengthOf(s io.Reader) int64 {
	if s == http.NoBody {
		return 0
	}
	if sized, ok := s.(interface{ Len() int }); ok {
		return int64(sized.Len())
	}
	return -1
}

func seekableLength(s io.Seeker) (start, length int64, err error) {
	start, ok := offset(s)
	if !ok {
		return 0, -1, nil
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

// offset returns where a stream is; false if the stream has the method and still can't
// seek, like a pipe.
func offset(s io.Seeker) (int64, bool) {
	at, err := s.Seek(0, io.SeekCurrent)
	return at, err == nil
}

// Source is a body that every attempt opens for itself.
type Source interface {
	// Open returns the body of an attempt, whose length is not known.
	Open() io.ReadCloser
	// Rewind returns an error if the body can't be sent again.
	Rewind() error
}

// SetSource makes what s returns the body.
func (r *Request) SetSource(contentType string, s Source) {
	r.setContentType(contentType)
	r.payload = opened{s}
}

// opened is a body that is not there yet.
type opened struct{ Source }

func (opened) length() int64 { return -1 }

func (s opened) open(*Attempt) io.ReadCloser { return s.Open() }

func (opened) hash() (string, error) { return "", errNotSeekable }

func (opened) copyTo(io.Writer) error { return errNotSeekable }

func (s opened) rewind() error { return s.Rewind() }

func (opened) isStream() bool { return true }

func (opened) bytes() []byte { return nil }

func (s opened) source() io.Reader { return s.Open() }

func (opened) reclaim() []byte { return nil }

// SetContentType sets the type of the body, whether there is one or not, unless a header
// member already did.
func (r *Request) SetContentType(contentType string) { r.setContentType(contentType) }

func (r *Request) setContentType(contentType string) {
	if contentType != "" && r.Header.Get("Content-Type") == "" {
		r.Header.Set("Content-Type", contentType)
	}
}

// Body returns the buffered body in one piece; nil when there is none or it is a
// stream.
func (r *Request) Body() []byte {
	if r.payload == nil {
		return nil
	}
	return r.payload.bytes()
}

// ReplaceBody replaces the buffered body, for example by a compressed one.
func (r *Request) ReplaceBody(b []byte) { r.setParts([][]byte{b}) }

// TakeForm makes the request a GET without a body, and returns the form that was its body,
// to be sent in the query.
func (r *Request) TakeForm() []byte {
	form := r.Body()
	r.method, r.payload = http.MethodGet, nil
	return form
}

// Stream returns the body for who sends it without an [Attempt]; nil when there is none.
// It is a seeker only if it can seek.
func (r *Request) Stream() io.Reader {
	if r.payload == nil {
		return nil
	}
	return r.payload.source()
}

// IsStream reports whether the body is a stream.
func (r *Request) IsStream() bool {
	return r.payload != nil && r.payload.isStream()
}

// Length is the body's length in bytes, -1 when it is unknown.
func (r *Request) Length() int64 {
	if r.payload == nil {
		return 0
	}
	return r.payload.length()
}

// Rewind sets the body back to its beginning before it is sent again. It fails
// for a stream that cannot seek.
func (r *Request) Rewind() error {
	if r.payload == nil {
		return nil
	}
	return r.payload.rewind()
}

// emptyHash is the SHA-256 of nothing, in hexadecimal.
const emptyHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

// PayloadHash returns the body's SHA-256 in hexadecimal. A stream is read through
// and rewound; one that cannot seek is an error.
func (r *Request) PayloadHash() (string, error) {
	if r.sentHash != "" {
		return r.sentHash, nil
	}
	if r.payload == nil {
		return emptyHash, nil
	}
	return r.payload.hash()
}

// SentHash returns what takes the place of the body's hash, or that hash where it is known
// already; empty where it is not.
func (r *Request) SentHash() string { return r.sentHash }

// Copy writes the body to w. A stream is read through and rewound; one that cannot
// seek is an error.
func (r *Request) Copy(w io.Writer) error {
	if r.payload == nil {
		return nil
	}
	return r.payload.copyTo(w)
}

// buffered is a request whose body is in memory, in parts if it is long. It is no field of
// the request: that would link it where no request has a body.
type buffered Request

func (*buffered) isStream() bool { return false }

func (b *buffered) length() (n int64) {
	for _, part := range b.parts {
		n += int64(len(part))
	}
	return n
}

const (
	// shortBody is up to how many bytes a body is a plain reader, which net/http knows to be
	// in memory: it sends them along with the headers. An HTTP transport may read them after
	// the call, so that they have memory of their own. A longer one is a [Body], which lets go
	// of its bytes when it is closed.
	shortBody = 4 << 10
	// maxMemory is how much memory of bodies a request hands on, in bytes.
	maxMemory = 96 << 10
)

func (b *buffered) open(a *Attempt) io.ReadCloser {
	switch n := b.length(); {
	case n == 0:
		return nil
	case len(b.parts) > 1 || n > shortBody:
		b.kept = b.kept || b.sent != nil && !b.sent.isDone()
		body := newBody(&partsReader{parts: b.parts})
		b.sent = body
		return body
	default:
		// The HTTP request gets no GetBody: a redirect must not send a signed
		// body elsewhere.
		a.body.Reset(b.parts[0])
		return io.NopCloser(&a.body)
	}
}

func (b *buffered) source() io.Reader {
	b.kept = true
	return bytes.NewReader(b.bytes())
}

func (b *buffered) hash() (string, error) {
	if len(b.parts) == 1 {
		sum := sha256.Sum256(b.parts[0])
		return string(hex.AppendEncode(make([]byte, 0, 2*len(sum)), sum[:])), nil
	}
	return hashOf(b)
}

func hashOf(p payload) (string, error) {
	h := sha256.New()
	if err := p.copyTo(h); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

func (b *buffered) copyTo(w io.Writer) error {
	for _, part := range b.parts {
		if _, err := w.Write(part); err != nil {
			return err
		}
	}
	return nil
}

func (*buffered) rewind() error { return nil }

func (b *buffered) reclaim() []byte {
	if b.kept || b.sent != nil && !b.sent.isDone() {
		return nil
	}
	return b.memory
}

func (b *buffered) bytes() []byte {
	if len(b.parts) != 1 {
		b.parts = [][]byte{slices.Concat(b.parts...)}
	}
	return b.parts[0]
}

// partsReader reads one part after the other.
type partsReader struct {
	parts [][]byte
	part  int // the one that is read
	at    int // how much of it was
}

// Read reads from as many parts as it takes to fill p.
func (r *partsReader) Read(p []byte) (n int, err error) {
	for n < len(p) && r.part < len(r.parts) {
		part := r.parts[r.part]
		read := copy(p[n:], part[r.at:])
		n += read
		if r.at += read; r.at == len(part) {
			r.part, r.at = r.part+1, 0
		}
	}
	if n == 0 && len(p) > 0 {
		return 0, io.EOF
	}
	return n, nil
}

// stream is a body that is read from somewhere.
type stream struct {
	reader io.Reader
	start  int64 // offset of a seekable stream when the call began
	size   int64 // -1 when it is unknown
}

func (s *stream) length() int64 { return s.size }

func (*stream) isStream() bool { return true }

func (*stream) bytes() []byte { return nil }

func (*stream) reclaim() []byte { return nil }

func (s *stream) open(*Attempt) io.ReadCloser {
	if s.size == 0 {
		return nil
	}
	return newBody(s.reader)
}

// source hides the method of a stream that can't seek, like a pipe's.
func (s *stream) source() io.Reader {
	_, isSeeker := s.reader.(io.Seeker)
	if _, ok := s.seeker(); ok || !isSeeker {
		return s.reader
	}
	return struct{ io.Reader }{s.reader}
}

func (s *stream) hash() (string, error) {
	if _, ok := s.seeker(); !ok {
		return "", errors.New("unseekable stream is not supported without an unsigned payload")
	}
	return hashOf(s)
}

func (s *stream) copyTo(w io.Writer) error {
	if _, ok := s.seeker(); !ok {
		return errNotSeekable
	}
	if _, err := io.Copy(w, s.reader); err != nil {
		return fmt.Errorf("failed to read the request stream: %w", err)
	}
	return s.rewind()
}

func (s *stream) rewind() error {
	seeker, ok := s.seeker()
	if !ok {
		return errNotSeekable
	}
	if _, err := seeker.Seek(s.start, io.SeekStart); err != nil {
		return fmt.Errorf("failed to rewind the request stream: %w", err)
	}
	return nil
}

var errNotSeekable = errors.New("request stream is not seekable")

// seeker returns the stream's seeker if it has one that works.
func (s *stream) seeker() (io.Seeker, bool) {
	seeker, ok := s.reader.(io.Seeker)
	return seeker, ok && s.size >= 0
}
