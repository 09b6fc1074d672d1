package compress_test

import (
	"bytes"
	"compress/gzip"
	"io"
	"strings"
	"testing"

	"example.com/lathe/runtime/compress"
	"example.com/lathe/runtime/rest"
)

func TestGzip(t *testing.T) {
	text := strings.Repeat("text ", 100)
	for name, c := range map[string]struct {
		threshold int64
		encoding  string
		want      string
	}{
		"large enough":  {500, "", "gzip"},
		"too small":     {501, "", ""},
		"encoded twice": {0, "custom", "custom, gzip"},
	} {
		t.Run(name, func(t *testing.T) {
			var r rest.Request
			r.Start("POST", "/").SetBody("text/plain", []byte(text))
			if c.encoding != "" {
				r.Header.Set("Content-Encoding", c.encoding)
			}
			compress.Gzip(&r, c.threshold)
			if got := r.Header.Get("Content-Encoding"); got != c.want || r.Err() != nil {
				t.Fatalf("encoding %q, want %q (%v)", got, c.want, r.Err())
			}
			body := io.Reader(bytes.NewReader(r.Body()))
			if c.want != "" {
				var err error
				if body, err = gzip.NewReader(body); err != nil {
					t.Fatal(err)
				}
			}
			if got, err := io.ReadAll(body); string(got) != text || err != nil {
				t.Errorf("body %q, %v", got, err)
			}
		})
	}
}

// TestGzipOfStreams: a stream whose length is known is compressed, from where it stands, and can
// be sent again; any other is sent as it is.
func TestGzipOfStreams(t *testing.T) {
	text := strings.Repeat("text ", 100)
	seeker := strings.NewReader("before" + text)
	if _, err := seeker.Seek(6, io.SeekStart); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		stream     io.Reader
		threshold  int64
		compressed bool
	}{
		"seekable":          {seeker, 500, true},
		"of a known length": {bytes.NewBufferString(text), 500, true},
		"too short":         {strings.NewReader(text), 501, false},
		"of any length":     {io.MultiReader(strings.NewReader(text)), 0, false},
		"empty":             {strings.NewReader(""), 0, false},
	} {
		t.Run(name, func(t *testing.T) {
			var r rest.Request
			r.Start("POST", "/").SetStream("text/plain", c.stream)
			compress.Gzip(&r, c.threshold)
			if got := r.Header.Get("Content-Encoding") == "gzip"; got != c.compressed || r.IsStream() == c.compressed || r.Err() != nil {
				t.Fatalf("compressed: %t, want %t, a stream: %t (%v)", got, c.compressed, r.IsStream(), r.Err())
			}
			if !c.compressed {
				return
			}
			body, err := gzip.NewReader(bytes.NewReader(r.Body()))
			if err != nil {
				t.Fatal(err)
			}
			if got, err := io.ReadAll(body); string(got) != text || err != nil {
				t.Errorf("body %q, %v", got, err)
			}
		})
	}
}
