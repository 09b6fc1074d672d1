package trailer_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/url"
	"strings"
	"testing"
	"testing/iotest"

	"example.com/lathe/runtime/checksum"
	"example.com/lathe/runtime/rest"
	"example.com/lathe/runtime/trailer"
	"github.com/aws/smithy-go/middleware"
)

// unseekable hides how long a reader is.
func unseekable(r io.Reader) io.Reader { return struct{ io.Reader }{r} }

func upload(body io.Reader, algorithm string, tls bool) *rest.Request {
	r := new(rest.Request)
	r.Start("PUT", "/")
	r.SetStream("", body)
	trailer.Set(r, algorithm)
	r.Settle(tls)
	return r
}

func send(t *testing.T, r *rest.Request) (string, int64) {
	t.Helper()
	a, err := r.NewAttempt(context.Background(), &url.URL{Scheme: "https", Host: "example.com"}, 0)
	if err != nil {
		t.Fatal(err)
	}
	// Readers that yield a byte a time find what a buffer of another size hides.
	body, err := io.ReadAll(iotest.OneByteReader(a.HTTP.Body))
	if err != nil {
		t.Fatal(err)
	}
	return string(body), a.HTTP.ContentLength
}

func headers(r *rest.Request) map[string]string {
	return maps.Collect(r.Header.All)
}

func same(t *testing.T, got, want map[string]string) {
	t.Helper()
	for name := range got {
		if want[name] != got[name] {
			t.Errorf("%s: %q, want %q", name, got[name], want[name])
		}
	}
	if len(got) != len(want) {
		t.Errorf("%d headers, want %d: %v", len(got), len(want), got)
	}
}

const ending = "0\r\nx-amz-checksum-crc32:y/Q5Jg==\r\n\r\n"

func TestKnownLength(t *testing.T) {
	r := upload(strings.NewReader("123456789"), "crc32", true)
	for range 2 { // attempts
		body, length := send(t, r)
		if want := "9\r\n123456789\r\n" + ending; body != want || length != int64(len(want)) {
			t.Errorf("%q of length %d, want %q of %d", body, length, want, len(want))
		}
		if err := r.Rewind(); err != nil {
			t.Error(err)
		}
	}
	same(t, headers(r), map[string]string{
		"Content-Encoding": "aws-chunked", "X-Amz-Trailer": "x-amz-checksum-crc32", "X-Amz-Decoded-Content-Length": "9",
	})
	if hash, err := r.PayloadHash(); hash != "STREAMING-UNSIGNED-PAYLOAD-TRAILER" || err != nil {
		t.Errorf("hash %s, %v", hash, err)
	}
	var md middleware.Metadata
	r.DescribeSent(&md)
	if sums, _ := checksum.Computed(md); sums["CRC32"] != "y/Q5Jg==" {
		t.Errorf("computed %v", sums)
	}
}

func TestUnknownLength(t *testing.T) {
	r := upload(unseekable(strings.NewReader("123456789")), "CRC32", true)
	body, length := send(t, r)
	if want := "9\r\n123456789\r\n" + ending; body != want || length != -1 {
		t.Errorf("%q of length %d, want %q", body, length, want)
	}
	same(t, headers(r), map[string]string{"Content-Encoding": "aws-chunked", "X-Amz-Trailer": "x-amz-checksum-crc32"})
	if err := r.Rewind(); err == nil {
		t.Error("it was rewound")
	}
}

// TestChunks sees that a long body of unknown length comes in several chunks.
func TestChunks(t *testing.T) {
	long := strings.Repeat("x", 64<<10)
	body, _ := send(t, upload(unseekable(strings.NewReader(long+"yz")), "SHA256", true))
	if want := "10000\r\n" + long + "\r\n2\r\nyz\r\n0\r\nx-amz-checksum-sha256:"; !strings.HasPrefix(body, want) {
		t.Errorf("%d bytes, which end with %q", len(body), body[64<<10:])
	}
	body, _ = send(t, upload(unseekable(strings.NewReader(long)), "CRC32C", true))
	if want := "10000\r\n" + long + "\r\n0\r\nx-amz-checksum-crc32c:"; !strings.HasPrefix(body, want) {
		t.Errorf("%d bytes, which end with %q", len(body), body[64<<10:])
	}
}

// TestEncoded sees that the encoding of a body comes behind its own.
func TestEncoded(t *testing.T) {
	r := new(rest.Request)
	r.Start("PUT", "/").Header.Set("Content-Encoding", "gzip")
	r.SetStream("", strings.NewReader("x"))
	trailer.Set(r, "CRC32")
	if r.Settle(true); r.Header.Get("Content-Encoding") != "gzip,aws-chunked" {
		t.Errorf("%q", r.Header.Get("Content-Encoding"))
	}
}

// TestInHeader sees where a checksum stands in a header: without TLS, and where there is
// nothing to follow.
func TestInHeader(t *testing.T) {
	r := upload(strings.NewReader("123456789"), "CRC32", false)
	same(t, headers(r), map[string]string{"X-Amz-Checksum-Crc32": "y/Q5Jg=="})
	if hash, _ := r.PayloadHash(); hash != "15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225" {
		t.Errorf("hash %s", hash)
	}
	if body, length := send(t, r); body != "123456789" || length != 9 {
		t.Errorf("%q of length %d", body, length)
	}
	for _, empty := range []io.Reader{nil, strings.NewReader("")} {
		same(t, headers(upload(empty, "CRC32", true)), map[string]string{"X-Amz-Checksum-Crc32": "AAAAAA=="})
	}
}

// TestOwn sees that a checksum of the caller's is the only one.
func TestOwn(t *testing.T) {
	r := new(rest.Request)
	r.Start("PUT", "/").Header.Set("X-Amz-Checksum-Sha1", "mine")
	r.SetStream("", strings.NewReader("x"))
	trailer.Set(r, "CRC32")
	r.Settle(true)
	same(t, headers(r), map[string]string{"X-Amz-Checksum-Sha1": "mine"})
}

func TestErrors(t *testing.T) {
	for _, c := range []struct {
		body      io.Reader
		algorithm string
		want      string
	}{
		{unseekable(strings.NewReader("x")), "CRC32", "compute input header checksum failed, unseekable stream is not supported without TLS and trailing checksum"},
		{strings.NewReader("x"), "ROT13", `unknown checksum algorithm "ROT13"`},
	} {
		if err := upload(c.body, c.algorithm, false).Err(); err == nil || err.Error() != c.want {
			t.Errorf("%v, want %s", err, c.want)
		}
	}
}

// TestLengthThatLies sees that a body of another length than it was said to have fails.
func TestLengthThatLies(t *testing.T) {
	for said, want := range map[int64]string{8: "the body is longer than 8 bytes", 10: "the body is shorter than 10 bytes: unexpected EOF"} {
		r := new(rest.Request)
		r.Start("PUT", "/")
		r.SetStream("", unseekable(strings.NewReader("123456789")))
		r.SetLength(said)
		trailer.Set(r, "CRC32")
		r.Settle(true)
		a, err := r.NewAttempt(context.Background(), &url.URL{Scheme: "https", Host: "example.com"}, 0)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.ReadAll(a.HTTP.Body); err == nil || err.Error() != want {
			t.Errorf("%v, want %s", err, want)
		}
	}
}

// TestBroken sees that the error of a body is that of the encoded one, which has no
// checksum.
func TestBroken(t *testing.T) {
	testBroken(t, errors.New("broken"))
	testBroken(t, fmt.Errorf("the source is broken: %w", io.EOF))
}

func testBroken(t *testing.T, broken error) {
	t.Helper()
	for _, length := range []int64{-1, 9} {
		r := new(rest.Request)
		r.Start("PUT", "/")
		r.SetStream("", unseekable(io.MultiReader(strings.NewReader("1234"), iotest.ErrReader(broken))))
		if length >= 0 {
			r.SetLength(length)
		}
		trailer.Set(r, "CRC32")
		r.Settle(true)
		a, err := r.NewAttempt(context.Background(), &url.URL{Scheme: "https", Host: "example.com"}, 0)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.ReadAll(a.HTTP.Body); !errors.Is(err, broken) {
			t.Errorf("%v", err)
		}
		var md middleware.Metadata
		if r.DescribeSent(&md); md.Has(struct{}{}) {
			t.Error("metadata")
		}
		if _, ok := checksum.Computed(md); ok {
			t.Error("there is a checksum")
		}
	}
}
