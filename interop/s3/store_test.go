package s3

import (
	"bufio"
	"bytes"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"hash"
	"hash/crc32"
	"hash/crc64"
	"io"
	"net/http"
	"net/textproto"
	"strconv"
	"strings"
	"sync/atomic"

	"github.com/johannesboyne/gofakes3"
	"github.com/johannesboyne/gofakes3/backend/s3mem"
)

// store is a server of objects that also takes bodies whose checksum follows them, which
// the one below it does not know. It compares all checksums.
type store struct {
	below    http.Handler
	trailers atomic.Int64
}

func newStore() *store {
	return &store{below: gofakes3.New(s3mem.New(), gofakes3.WithTimeSkewLimit(0)).Server()}
}

// ServeHTTP takes a body apart and hands it on.
func (s *store) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := s.body(r)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	r.Body, r.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
	r.Header.Set("Content-Length", strconv.Itoa(len(body)))
	s.below.ServeHTTP(w, r)
}

// body returns the body of a request without what protects it.
func (s *store) body(r *http.Request) ([]byte, error) {
	sums := r.Header
	var body []byte
	var err error
	if r.Header.Get("X-Amz-Content-Sha256") == "STREAMING-UNSIGNED-PAYLOAD-TRAILER" {
		if r.TLS == nil {
			return nil, fmt.Errorf("a body without a hash of its own must be sent over TLS")
		}
		if body, sums, err = decode(bufio.NewReader(r.Body)); err != nil {
			return nil, err
		}
		if sums.Get(r.Header.Get("X-Amz-Trailer")) == "" {
			return nil, fmt.Errorf("the trailer %q was announced, and %v sent", r.Header.Get("X-Amz-Trailer"), sums)
		}
		s.trailers.Add(1)
		r.Header.Del("X-Amz-Trailer")
		r.Header.Del("X-Amz-Decoded-Content-Length")
		r.Header.Del("Content-Encoding")
		r.Header.Set("X-Amz-Content-Sha256", "UNSIGNED-PAYLOAD")
	} else if body, err = io.ReadAll(r.Body); err != nil {
		return nil, err
	}
	return body, verify(body, sums)
}

// decode reads chunks and what follows them.
func decode(r *bufio.Reader) (body []byte, trailers http.Header, err error) {
	for {
		line, err := r.ReadString('\n')
		if err != nil {
			return nil, nil, err
		}
		n, err := strconv.ParseUint(strings.TrimSuffix(line, "\r\n"), 16, 32)
		if err != nil {
			return nil, nil, err
		}
		if n == 0 {
			break
		}
		chunk := make([]byte, n+2)
		if _, err := io.ReadFull(r, chunk); err != nil {
			return nil, nil, err
		}
		if string(chunk[n:]) != "\r\n" {
			return nil, nil, fmt.Errorf("a chunk ends with %q", chunk[n:])
		}
		body = append(body, chunk[:n]...)
	}
	mime, err := textproto.NewReader(r).ReadMIMEHeader()
	return body, http.Header(mime), err
}

// verify compares a body with its checksums.
func verify(body []byte, sums http.Header) error {
	for name, sum := range map[string]hash.Hash{
		"Crc32": crc32.NewIEEE(), "Crc32c": crc32.New(crc32.MakeTable(crc32.Castagnoli)), "Crc64nvme": crc64.New(crc64.MakeTable(0x9a6c9329ac4bc9b5)),
		"Sha1": sha1.New(), "Sha256": sha256.New(),
	} {
		want := sums.Get("X-Amz-Checksum-" + name)
		if want == "" {
			continue
		}
		sum.Write(body)
		if got := base64.StdEncoding.EncodeToString(sum.Sum(nil)); got != want {
			return fmt.Errorf("%s is %s, not %s", name, got, want)
		}
	}
	return nil
}
