package checksum_test

import (
	"bytes"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"

	"example.com/lathe/runtime/checksum"
	"example.com/lathe/runtime/rest"
	"example.com/lathe/runtime/transport"
	"github.com/aws/smithy-go/middleware"
)

// sums are the checksums of "123456789": the check values of the CRC catalogue,
// and what sha1sum, sha256sum and md5sum print, in base64.
var sums = map[string]string{
	"CRC32": "y/Q5Jg==", "CRC32C": "4waSgw==", "CRC64NVME": "rosUhgp5mIg=",
	"SHA1": "98O8HYCOBHMq32eZZczDTKeuNEE=", "SHA256": "FeKw08M4keuw8e9gnsQZQgwg4yDOlMZfvIwzEkSOsiU=",
}

func request(body io.Reader) *rest.Request {
	var r rest.Request
	r.Start("PUT", "/")
	if body != nil {
		r.SetStream("", body)
	} else {
		r.SetBody("", []byte("123456789"))
	}
	return &r
}

func TestSet(t *testing.T) {
	for algorithm, want := range sums {
		for name, body := range map[string]io.Reader{"bytes": nil, "stream": strings.NewReader("123456789")} {
			r := request(body)
			checksum.Set(r, algorithm)
			if got := r.Header.Get(http.CanonicalHeaderKey("x-amz-checksum-" + algorithm)); got != want || r.Err() != nil {
				t.Errorf("%s of %s is %q, want %q (%v)", algorithm, name, got, want, r.Err())
			}
			checksum.SetMD5(r)
			if r.Header.Get("Content-Md5") != "" {
				t.Errorf("%s: a second checksum", algorithm)
			}
		}
	}
}

// TestSetOfNothing sees that a stream without bytes has a checksum like any other body.
func TestSetOfNothing(t *testing.T) {
	for name, body := range map[string]io.Reader{"NoBody": http.NoBody, "buffer": new(bytes.Buffer), "strings": strings.NewReader("")} {
		for algorithm, want := range map[string]string{"CRC32": "AAAAAA==", "SHA256": "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="} {
			r := request(body)
			checksum.Set(r, algorithm)
			if got := r.Header.Get(http.CanonicalHeaderKey("x-amz-checksum-" + algorithm)); got != want || r.Err() != nil {
				t.Errorf("%s of %s is %q, want %q (%v)", algorithm, name, got, want, r.Err())
			}
		}
		r := request(body)
		if checksum.SetTreeHash(r); r.Err() != nil {
			t.Errorf("tree hash of %s: %v", name, r.Err())
		}
	}
}

func TestSetMD5(t *testing.T) {
	r := request(nil)
	checksum.SetMD5(r)
	if got := r.Header.Get("Content-Md5"); got != "JfnnlDI7RTiF9RgfG2JNCw==" {
		t.Errorf("got %q", got)
	}
	r = request(nil)
	r.Header.Set("Content-Md5", "mine")
	checksum.SetMD5(r)
	if got := r.Header.Get("Content-Md5"); got != "mine" {
		t.Errorf("got %q", got)
	}
	bare := &rest.Request{}
	checksum.SetMD5(bare)
	if bare.Err() != nil || bare.Header.Has("Content-Md5") {
		t.Errorf("nothing has the sum %q, %v", bare.Header.Get("Content-Md5"), bare.Err())
	}
}

func TestSetErrors(t *testing.T) {
	r := request(struct{ io.Reader }{strings.NewReader("x")})
	checksum.Set(r, "CRC32")
	if want := "failed to compute the checksum of the body: request stream is not seekable"; r.Err() == nil || r.Err().Error() != want {
		t.Errorf("got %v", r.Err())
	}
	r = request(nil)
	checksum.Set(r, "ROT13")
	if want := `unknown checksum algorithm "ROT13"`; r.Err() == nil || r.Err().Error() != want {
		t.Errorf("got %v", r.Err())
	}
}

func TestVerify(t *testing.T) {
	asked := http.Header{"X-Amz-Checksum-Mode": {"ENABLED"}}
	all := []string{"UNKNOWN", "CRC32", "CRC32C", "CRC64NVME", "SHA1", "SHA256"}
	for algorithm, sum := range sums {
		for _, c := range []struct{ body, want string }{
			{"123456789", ""},
			{"damaged", "checksum did not match: algorithm " + algorithm},
		} {
			header := http.Header{}
			header.Set("x-amz-checksum-"+algorithm, sum)
			r := &rest.Response{HTTP: &http.Response{Header: header}, Body: []byte(c.body), Sent: asked}
			checksum.Verify(r, all)
			if !matches(r.Err(), c.want) {
				t.Errorf("%s of %q: %v", algorithm, c.body, r.Err())
			}
			r = &rest.Response{HTTP: &http.Response{Header: header, Body: io.NopCloser(strings.NewReader(c.body))}, Sent: asked}
			checksum.Verify(r, all)
			_, err := io.ReadAll(r.HTTP.Body)
			if r.Err() != nil || !matches(err, c.want) {
				t.Errorf("%s of the stream %q: %v, %v", algorithm, c.body, r.Err(), err)
			}
		}
	}
	const none, parts = "Response has no supported checksum. Not validating response payload.", "Skipped validation of multipart checksum."
	for _, c := range []struct {
		sent, header http.Header
		note         string
	}{
		{asked, http.Header{}, none},
		{asked, http.Header{"X-Amz-Checksum-Crc32": {"abc-2"}}, parts},
		{asked, http.Header{"X-Amz-Checksum-Rot13": {"x"}}, none},
		{nil, http.Header{"X-Amz-Checksum-Crc32": {"AAAAAA=="}}, ""},
	} {
		r := &rest.Response{HTTP: &http.Response{Header: c.header, Body: io.NopCloser(strings.NewReader("x"))}, Sent: c.sent}
		if checksum.Verify(r, all); r.Err() != nil || r.Note != c.note || r.Verified != "" {
			t.Errorf("%v: %v, note %q, verified by %q", c.header, r.Err(), r.Note, r.Verified)
		}
	}
}

// TestMetadata sees what the metadata of a call have of the checksums.
func TestMetadata(t *testing.T) {
	var md middleware.Metadata
	if _, ok := checksum.Computed(md); ok {
		t.Error("nothing was sent")
	}
	r := &rest.Response{Verified: "CRC32", Sent: http.Header{
		"X-Amz-Checksum-Crc64nvme": {"sum"}, "X-Amz-Checksum-Mode": {"ENABLED"}, "X-Amz-Checksum-Type": {"COMPOSITE"}, "X-Amz-Checksum-Algorithm": {"CRC64NVME"},
	}}
	checksum.Describe(&md, &transport.Answer{Response: r, Failed: true})
	if _, ok := checksum.Used(md); ok {
		t.Error("an error has no checksum")
	}
	checksum.Describe(&md, &transport.Answer{Response: r})
	computed, _ := checksum.Computed(md)
	used, _ := checksum.Used(md)
	if len(computed) != 1 || computed["CRC64NVME"] != "sum" || !slices.Equal(used, []string{"CRC32"}) {
		t.Errorf("computed %v, used %v", computed, used)
	}
}

func matches(err error, prefix string) bool {
	if prefix == "" {
		return err == nil
	}
	return err != nil && strings.HasPrefix(err.Error(), prefix)
}
