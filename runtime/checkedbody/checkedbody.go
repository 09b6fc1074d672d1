// Package checkedbody compares the bodies of responses with their checksums, and
// decompresses them itself, because a checksum is that of the bytes that travel.
package checkedbody

import (
	"compress/gzip"
	"fmt"
	"hash/crc32"
	"io"
	"net/http"
	"strconv"

	"example.com/lathe/runtime/transport"
)

// Options are what a client does with the bodies of its responses. The zero Options
// verify them, and ask for bodies that are not compressed.
type Options struct {
	// SkipChecksum leaves bodies uncompared.
	SkipChecksum bool
	// Gzip asks for compressed bodies.
	Gzip bool
}

// AcceptEncoding returns the header of that name. There always is one, so that the HTTP
// client does not ask for compressed bodies by itself.
func (o Options) AcceptEncoding() string {
	if o.Gzip {
		return "gzip"
	}
	return "identity"
}

// Receive replaces the response's body by one that fails at its end if it does not have
// the checksum, and that is decompressed. The error is that of a checksum which is no
// number; a response without one is not compared.
func (o Options) Receive(_ *transport.Info, resp *http.Response) error {
	if text := resp.Header.Get("X-Amz-Crc32"); text != "" && !o.SkipChecksum {
		want, err := strconv.ParseUint(text, 10, 32)
		if err != nil {
			return fmt.Errorf("unable to parse checksum header %v, %w", text, err)
		}
		resp.Body = &verified{ReadCloser: resp.Body, want: uint32(want)}
	}
	if o.Gzip && resp.Header.Get("Content-Encoding") == "gzip" {
		resp.Header.Del("Content-Length")
		resp.ContentLength = -1
		resp.Body = &gunzipped{ReadCloser: resp.Body}
	}
	return nil
}

// verified is a body whose last read fails if it does not have its checksum.
type verified struct {
	io.ReadCloser
	want, got uint32
}

func (v *verified) Read(p []byte) (int, error) {
	n, err := v.ReadCloser.Read(p)
	v.got = crc32.Update(v.got, crc32.IEEETable, p[:n])
	if err == io.EOF && v.got != v.want {
		err = &checksumError{v.want, v.got}
	}
	return n, err
}

// checksumError is the error of a body that does not have its checksum.
type checksumError struct{ want, got uint32 }

func (e *checksumError) Error() string {
	return fmt.Sprintf("response did not match expected checksum, %d, %d", e.want, e.got)
}

// RetryableError reports that another attempt may succeed: the body was damaged on its
// way.
func (e *checksumError) RetryableError() bool { return true }

// gunzipped is a compressed body. It is not looked at before it is read.
type gunzipped struct {
	io.ReadCloser
	plain io.Reader // nil until it is read
}

func (g *gunzipped) Read(p []byte) (int, error) {
	if g.plain == nil {
		plain, err := gzip.NewReader(g.ReadCloser)
		if err != nil {
			return 0, unreadable(err)
		}
		g.plain = plain
	}
	n, err := g.plain.Read(p)
	if err == nil || err == io.EOF {
		return n, err
	}
	return n, unreadable(err)
}

func unreadable(err error) error { return fmt.Errorf("failed to decompress gzip response, %w", err) }
