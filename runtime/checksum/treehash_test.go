package checksum_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"testing"

	"example.com/lathe/runtime/checksum"
	"example.com/lathe/runtime/rest"
)

const mebibyte = 1 << 20

func sum(parts ...[]byte) []byte {
	h := sha256.Sum256(bytes.Join(parts, nil))
	return h[:]
}

func TestSetTreeHash(t *testing.T) {
	data := bytes.Repeat([]byte("0123456789abcdef"), 3*mebibyte/16+1)
	a, b, c, d := sum(data[:mebibyte]), sum(data[mebibyte:2*mebibyte]), sum(data[2*mebibyte:3*mebibyte]), sum(data[3*mebibyte:])
	for name, tc := range map[string]struct {
		size int
		want []byte
	}{
		"nothing":    {0, nil},
		"part":       {5, sum(data[:5])},
		"one leaf":   {mebibyte, a},
		"two leaves": {2 * mebibyte, sum(a, b)},
		"odd leaves": {3 * mebibyte, sum(sum(a, b), c)},
		"four":       {3*mebibyte + 16, sum(sum(a, b), sum(c, d))},
	} {
		r := request(bytes.NewReader(data[:tc.size]))
		checksum.SetTreeHash(r)
		if got := r.Header.Get("X-Amz-Sha256-Tree-Hash"); got != hex.EncodeToString(tc.want) || r.Err() != nil {
			t.Errorf("%s: %s, want %x (%v)", name, got, tc.want, r.Err())
		}
		if got := r.Header.Get("X-Amz-Content-Sha256"); got != hex.EncodeToString(sum(data[:tc.size])) {
			t.Errorf("%s: content hash %s", name, got)
		}
	}
}

func TestSetTreeHashLeavesAlone(t *testing.T) {
	var empty rest.Request
	empty.Start("GET", "/")
	given := request(nil)
	given.Header.Set("X-Amz-Sha256-Tree-Hash", "given")
	for name, r := range map[string]*rest.Request{"": &empty, "given": given} {
		checksum.SetTreeHash(r)
		if got := r.Header.Get("X-Amz-Sha256-Tree-Hash"); got != name || r.Header.Get("X-Amz-Content-Sha256") != "" {
			t.Errorf("%q: %v", name, r.Header)
		}
	}
}

func TestSetTreeHashUnseekable(t *testing.T) {
	r := request(io.MultiReader(bytes.NewReader([]byte("x"))))
	checksum.SetTreeHash(r)
	const want = "failed to compute the tree hash of the body: request stream is not seekable"
	if r.Err() == nil || r.Err().Error() != want {
		t.Errorf("%v, want %s", r.Err(), want)
	}
}
