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
