package harness

import (
	"bytes"
	"compress/gzip"
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"hash"
	"hash/crc32"
	"hash/crc64"
	"io"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"
)

// transport answers every request alike, or with what comes then, and keeps what was sent.
type transport struct {
	answer answer
	then   []answer
	// takes is how long an answer takes, start where times are counted from.
	takes    time.Duration
	start    time.Time
	settings settings
	sent     []request
}

type request struct {
	method, host, path, query string
	length                    int64
	header                    http.Header
	body                      []byte
	at                        time.Duration
}

// Do keeps a request and answers it.
func (t *transport) Do(r *http.Request) (*http.Response, error) {
	s := request{
		r.Method, r.URL.Host, r.URL.EscapedPath(), r.URL.RawQuery, r.ContentLength, r.Header.Clone(), nil,
		time.Since(t.start),
	}
	if r.Body != nil {
		var err error
		if s.body, err = io.ReadAll(r.Body); err != nil {
			return nil, err
		}
	}
	t.sent = append(t.sent, s)
	time.Sleep(t.takes)
	a := t.answer
	if len(t.then) > 0 {
		t.answer, t.then = t.then[0], t.then[1:]
	}
	return &http.Response{
		StatusCode: a.status, Status: http.StatusText(a.status), Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: a.header.Clone(), Body: io.NopCloser(bytes.NewReader(a.body)),
		ContentLength: int64(len(a.body)), Request: r,
	}, nil
}

// sameRequests lists how equally many requests differ.
func (m *model) sameRequests(official, ours []request) (out []Difference) {
	for i := range official {
		a, b := official[i], ours[i]
		out = append(out, facts("method", a.method, b.method)...)
		out = append(out, facts("host", a.host, b.host)...)
		out = append(out, facts("path", a.path, b.path)...)
		out = append(out, facts("query", a.query, b.query)...)
		out = append(out, sameHeaders(a.named(), b.named())...)
		bodies := m.format.same("body", a.plain(), b.plain())
		if len(bodies) == 0 && len(a.body) == len(b.body) {
			bodies = facts("length", fmt.Sprint(a.length), fmt.Sprint(b.length))
		}
		out = append(out, bodies...)
	}
	return out
}

// plain is the body without its compression, as far as it is compressed.
func (r request) plain() []byte {
	if r.header.Get("Content-Encoding") != "gzip" {
		return r.body
	}
	z, err := gzip.NewReader(bytes.NewReader(r.body))
	if err != nil {
		return r.body
	}
	body, err := io.ReadAll(z)
	if err != nil {
		return r.body
	}
	return body
}

func facts(path, official, ours string) []Difference {
	if official == ours {
		return nil
	}
	return []Difference{{Path: path, Official: official, Ours: ours}}
}

// named returns the headers; one that holds the hash of the body, which depends on
// the order of a JSON object, says so instead.
func (r request) named() http.Header {
	sum := sha256.Sum256(r.body)
	out := r.header.Clone()
	for name, values := range out {
		if slices.Equal(values, []string{hex.EncodeToString(sum[:])}) {
			out[name] = []string{"SHA-256 of the body"}
		}
		if hash := checksumOf(name); hash != nil {
			hash.Write(r.body)
			if slices.Equal(values, []string{base64.StdEncoding.EncodeToString(hash.Sum(nil))}) {
				out[name] = []string{"of the body"}
			}
		}
	}
	return out
}

// checksumOf is what computes the checksum in a header; nil for another header.
func checksumOf(header string) hash.Hash {
	switch header {
	case "Content-Md5":
		return md5.New()
	case "X-Amz-Checksum-Crc32":
		return crc32.NewIEEE()
	case "X-Amz-Checksum-Crc32c":
		return crc32.New(crc32.MakeTable(crc32.Castagnoli))
	case "X-Amz-Checksum-Crc64nvme":
		return crc64.New(crc64.MakeTable(0x9a6c9329ac4bc9b5))
	case "X-Amz-Checksum-Sha1":
		return sha1.New()
	case "X-Amz-Checksum-Sha256":
		return sha256.New()
	default:
		return nil
	}
}

// random are headers that differ from call to call, or sign what differs.
var random = []string{"Amz-Sdk-Invocation-Id", "Authorization", "Content-Length"}

func sameHeaders(official, ours http.Header) (out []Difference) {
	names := map[string]bool{}
	for name := range official {
		names[name] = true
	}
	for name := range ours {
		names[name] = true
	}
	for _, name := range slices.Sorted(maps.Keys(names)) {
		if slices.Contains(random, name) {
			continue
		}
		a, b := strings.Join(official[name], "\n"), strings.Join(ours[name], "\n")
		if name == "User-Agent" {
			a, b = agent(a), agent(b)
		}
		out = append(out, facts("header "+name, a, b)...)
	}
	return append(out, facts("signed headers", signed(official), signed(ours))...)
}

// signed is the Authorization header without the signature, which depends on the
// User-Agent and on the order of a JSON object.
func signed(h http.Header) string {
	before, _, _ := strings.Cut(h.Get("Authorization"), ", Signature=")
	return before
}

// agent is a User-Agent without the products and the version of the client.
func agent(value string) string {
	var kept []string
	for token := range strings.FieldsSeq(value) {
		if strings.HasPrefix(token, "api/") {
			token, _, _ = strings.Cut(token, "#")
		}
		kept = append(kept, token)
	}
	return strings.Join(kept, " ")
}
