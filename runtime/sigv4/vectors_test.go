package sigv4

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"net/textproto"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"
)

// vectors is the published test suite of Signature Version 4.
const vectors = "../../../../shared/sigv4"

// TestPublishedVectors signs each request of the suite twice: with the path as it
// was asked for, for the signer to escape, and with the escapes that are to be
// signed.
func TestPublishedVectors(t *testing.T) {
	if _, err := os.Stat(vectors); err != nil {
		t.Skip("skipped: the published vectors are not at ../shared/sigv4")
	}
	var files []string
	for _, pattern := range []string{"*/*.req", "*/*/*.req"} {
		matches, err := filepath.Glob(filepath.Join(vectors, pattern))
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, matches...)
	}
	if len(files) < 34 {
		t.Fatalf("only %d vectors", len(files))
	}
	var s Signer
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".req"), func(t *testing.T) {
			v := readVector(t, strings.TrimSuffix(file, ".req"))
			v.check(t, &s, func(r *http.Request, _ *Params) {
				r.URL.Opaque = "//" + r.Host + normalized(v.path)
			})
			v.check(t, &s, func(r *http.Request, p *Params) {
				r.URL.RawPath = strings.Split(v.canonical, "\n")[1]
				r.URL.Path, _ = url.PathUnescape(r.URL.RawPath)
				p.DisableURIPathEscaping = true
			})
		})
	}
}

// vector is a request of the suite and what must come of it.
type vector struct {
	method, path, query string
	header              http.Header
	body                string

	canonical, authorization string
}

// normalized is a path without its dots and double slashes. That is not the
// signer's work: services differ in it, and it signs what is sent.
func normalized(p string) string {
	clean := path.Clean(p)
	if strings.HasSuffix(p, "/") && clean != "/" {
		clean += "/"
	}
	return clean
}

// check signs v in the form that prepare gives it.
func (v *vector) check(t *testing.T, s *Signer, prepare func(r *http.Request, p *Params)) {
	t.Helper()
	p := testParams()
	hash := sha256.Sum256([]byte(v.body))
	p.PayloadHash = hex.EncodeToString(hash[:])
	if _, after, ok := strings.Cut(v.canonical, "\nx-amz-security-token:"); ok {
		p.Credentials.SessionToken, _, _ = strings.Cut(after, "\n")
	}
	header := v.header.Clone()
	r := &http.Request{
		Method: v.method, Host: header.Get("Host"), Header: header,
		URL: &url.URL{Scheme: "https", RawQuery: v.query},
	}
	header.Del("Host") // as net/http has it
	header.Del("X-Amz-Date")
	prepare(r, p)

	s.Sign(r, p)
	if got := r.Header.Get("Authorization"); got != v.authorization {
		t.Errorf("Authorization\n%s, want\n%s for the canonical request\n%s", got, v.authorization, v.canonical)
	}
}

func readVector(t *testing.T, name string) *vector {
	t.Helper()
	v := &vector{
		canonical:     readFile(t, name+".creq"),
		authorization: readFile(t, name+".authz"),
	}
	in := bufio.NewReader(strings.NewReader(readFile(t, name+".req") + "\n\n"))
	line, err := in.ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	line, isHTTP := strings.CutSuffix(line, " HTTP/1.1\n")
	var hasTarget bool
	v.method, line, hasTarget = strings.Cut(line, " ")
	if !isHTTP || !hasTarget {
		t.Fatalf("%s: first line %q", name, line)
	}
	v.path, v.query, _ = strings.Cut(line, "?")
	header, err := textproto.NewReader(in).ReadMIMEHeader()
	if err != nil {
		t.Fatal(err)
	}
	v.header = http.Header(header)
	var body bytes.Buffer
	if _, err := body.ReadFrom(in); err != nil {
		t.Fatal(err)
	}
	v.body = strings.TrimRight(body.String(), "\n")
	return v
}

func readFile(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
