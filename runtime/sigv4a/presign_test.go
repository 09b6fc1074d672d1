package sigv4a

import (
	"context"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"example.com/lathe/runtime/transport"
)

// TestPresign verifies a signature that is in a query, and sees what else went there.
func TestPresign(t *testing.T) {
	var s Signer
	r, err := http.NewRequest(http.MethodPut, "https://bucket.accesspoint.s3-global.amazonaws.com/a%20b?z=1+2&X-Amz-Expires=900", strings.NewReader("hello"))
	if err != nil {
		t.Fatal(err)
	}
	r.Header = http.Header{
		"Content-Type": {"text/plain"}, "X-Amz-Meta-Note": {"note"}, "X-Amz-Storage-Class": {"GLACIER"}, "X-Amz-Expected-Bucket-Owner": {"1"},
	}
	with := &transport.Signature{
		Credentials: owner, PayloadHash: "UNSIGNED-PAYLOAD", Name: "s3", Regions: []string{"us-east-1", "eu-west-1"}, At: time.Unix(1, 0), DisableDoubleEncoding: true,
	}
	location, header, err := s.Scheme(nil).Presign(context.Background(), nil, r, with)
	if err != nil || location != r.URL.String() {
		t.Fatalf("%s, %v", location, err)
	}
	unsigned, signature, _ := strings.Cut(r.URL.RawQuery, "&X-Amz-Signature=")
	const want = "X-Amz-Algorithm=AWS4-ECDSA-P256-SHA256&X-Amz-Credential=AKISORANDOMAASORANDOM%2F19700101%2Fs3%2Faws4_request" +
		"&X-Amz-Date=19700101T000001Z&X-Amz-Expected-Bucket-Owner=1&X-Amz-Expires=900&X-Amz-Region-Set=us-east-1%2Ceu-west-1" +
		"&X-Amz-Security-Token=token&X-Amz-SignedHeaders=content-length%3Bcontent-type%3Bhost%3Bx-amz-meta-note%3Bx-amz-storage-class&z=1%202"
	if unsigned != want {
		t.Errorf("%s\n%s", unsigned, want)
	}
	names := []string{"Content-Length", "Content-Type", "Host", "X-Amz-Meta-Note", "X-Amz-Storage-Class"}
	if got := slices.Sorted(maps.Keys(header)); !slices.Equal(got, names) || header.Get("Content-Length") != "5" || header.Get("Host") != r.Host {
		t.Errorf("%q", header)
	}
	verifyText(t, with, signature, "PUT\n/a%20b\n"+unsigned+"\ncontent-length:5\ncontent-type:text/plain\nhost:"+r.Host+
		"\nx-amz-meta-note:note\nx-amz-storage-class:GLACIER\n\ncontent-length;content-type;host;x-amz-meta-note;x-amz-storage-class\nUNSIGNED-PAYLOAD")
}
