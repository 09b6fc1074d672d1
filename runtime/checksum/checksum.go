// Package checksum protects bodies against damage on their way: the traits
// smithy.api#httpChecksumRequired and aws.protocols#httpChecksum.
package checksum

import (
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"hash"
	"hash/crc32"
	"hash/crc64"
	"io"
	"net/http"
	"strings"

	"example.com/lathe/runtime/rest"
)

// headerPrefix begins the names of the headers that carry a checksum.
const headerPrefix = "X-Amz-Checksum-"

// nvme is the reversed polynomial of CRC-64/NVME.
const nvme = 0x9a6c9329ac4bc9b5

// New returns the hash of an algorithm by its name in models.
func New(algorithm string) (hash.Hash, error) {
	switch strings.ToUpper(algorithm) {
	case "CRC32":
		return crc32.NewIEEE(), nil
	case "CRC32C":
		return crc32.New(crc32.MakeTable(crc32.Castagnoli)), nil
	case "CRC64NVME":
		return crc64.New(crc64.MakeTable(nvme)), nil
	case "SHA1":
		return sha1.New(), nil
	case "SHA256":
		return sha256.New(), nil
	case "MD5":
		return md5.New(), nil
	default:
		return nil, fmt.Errorf("unknown checksum algorithm %q", algorithm)
	}
}

// Header is the name of the header for an algorithm.
func Header(algorithm string) string {
	name := strings.ToLower(algorithm)
	return headerPrefix + strings.ToUpper(name[:1]) + name[1:]
}

// SetMD5 sets Content-MD5, unless it is set, another checksum is sent or there is no body.
func SetMD5(r *rest.Request) {
	if r.Err() != nil || Has(r) || r.Header.Has("Content-Md5") || r.Stream() == nil {
		return
	}
	if sum, err := body(r, "MD5"); err != nil {
		r.Fail(err)
	} else {
		r.Header.Set("Content-Md5", sum)
	}
}

// Set sends a checksum of the body with the algorithm, unless the caller has set
// one.
func Set(r *rest.Request, algorithm string) {
	if r.Err() != nil || Has(r) {
		return
	}
	if r.DefersSums() {
		setDeferred(r, algorithm)
		return
	}
	if sum, err := body(r, algorithm); err != nil {
		r.Fail(err)
	} else {
		r.Header.Set(Header(algorithm), sum)
	}
}

func setDeferred(r *rest.Request, algorithm string) {
	if _, err := New(algorithm); err != nil {
		r.Fail(err)
		return
	}
	r.SetSum(sum(algorithm))
}

// sum is the checksum of a body that is not what is sent yet.
type sum string

// Header returns the name of the header, and what computes the checksum.
func (algorithm sum) Header() (string, hash.Hash) {
	h, _ := New(string(algorithm)) // setDeferred has tried it
	return Header(string(algorithm)), h
}

// Has reports whether a checksum is among the headers.
func Has(r *rest.Request) bool {
	for name := range r.Header.All {
		if algorithmOf(name) != "" {
			return true
		}
	}
	return false
}

// body computes the checksum of a request's body in base64; a stream is read
// through and rewound.
func body(r *rest.Request, algorithm string) (string, error) {
	h, err := New(algorithm)
	if err != nil {
		return "", err
	}
	if err := r.Copy(h); err != nil {
		return "", fmt.Errorf("failed to compute the checksum of the body: %w", err)
	}
	return base64.StdEncoding.EncodeToString(h.Sum(nil)), nil
}

// modeHeader asks a service for the checksum of its response.
const modeHeader = headerPrefix + "Mode"

// Verify compares the body of a response that was asked for its checksum with the first of
// those that it carries, in the order of the algorithms. A response without any is let
// pass, as is one whose checksum is made of the checksums of parts; both are noted. A
// stream is compared while it is read: its last read fails when it was damaged.
func Verify(r *rest.Response, algorithms []string) {
	if r.Sent.Get(modeHeader) != "ENABLED" {
		return
	}
	note := "Response has no supported checksum. Not validating response payload."
	for _, algorithm := range algorithms {
		want := r.HeaderText(Header(algorithm))
		h, err := New(algorithm)
		switch {
		case want == "", err != nil: // newer than this client
		case strings.Contains(want, "-"):
			note = "Skipped validation of multipart checksum."
		default:
			r.Verified = algorithm
			verify(r, &verifier{hash: h, algorithm: algorithm, want: want})
			return
		}
	}
	if r.HTTP.Body != nil && r.HTTP.Body != http.NoBody {
		r.Note = note
	}
}

func verify(r *rest.Response, v *verifier) {
	if r.Body != nil {
		_, _ = v.hash.Write(r.Body)
		r.Fail(v.compare())
	} else if r.HTTP.Body != nil {
		v.ReadCloser = r.HTTP.Body
		r.HTTP.Body = v
	}
}

func (v *verifier) compare() error {
	if got := base64.StdEncoding.EncodeToString(v.hash.Sum(nil)); got != v.want {
		return fmt.Errorf("checksum did not match: algorithm %s, expect %s, actual %s", v.algorithm, v.want, got)
	}
	return nil
}

// verifier compares a stream with its checksum when it ends.
type verifier struct {
	io.ReadCloser
	hash            hash.Hash
	algorithm, want string
}

// Read reads from the stream; at its end it fails if the checksum is another.
func (v *verifier) Read(p []byte) (int, error) {
	n, err := v.ReadCloser.Read(p)
	_, _ = v.hash.Write(p[:n])
	if err == io.EOF {
		if damaged := v.compare(); damaged != nil {
			return n, damaged
		}
	}
	return n, err
}
