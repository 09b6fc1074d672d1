package checksum_test

import (
	"bytes"
	"io"
	"net/http"
	"strings"
	"testing"

	"example.com/lathe/runtime/checksum"
	"example.com/lathe/runtime/rest"
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
	all := []string{"UNKNOWN", "CRC32", "CRC32C", "CRC64NVME", "SHA1", "SHA256"}
	for algorithm, sum := range sums {
		for _, c := range []struct{ body, want string }{
			{"123456789", ""},
			{"damaged", "response did not match its " + algorithm + " checksum"},
		} {
			header := http.Header{}
			header.Set("x-amz-checksum-"+algorithm, sum)
			r := &rest.Response{HTTP: &http.Response{Header: header}, Body: []byte(c.body)}
			checksum.Verify(r, all)
			if !matches(r.Err(), c.want) {
				t.Errorf("%s of %q: %v", algorithm, c.body, r.Err())
			}
			r = &rest.Response{HTTP: &http.Response{Header: header, Body: io.NopCloser(strings.NewReader(c.body))}}
			checksum.Verify(r, all)
			_, err := io.ReadAll(r.HTTP.Body)
			if r.Err() != nil || !matches(err, c.want) {
				t.Errorf("%s of the stream %q: %v, %v", algorithm, c.body, r.Err(), err)
			}
		}
	}
	for _, header := range []http.Header{{}, {"X-Amz-Checksum-Crc32": {"abc-2"}}, {"X-Amz-Checksum-Rot13": {"x"}}} {
		r := &rest.Response{HTTP: &http.Response{Header: header}, Body: []byte("x")}
		if checksum.Verify(r, all); r.Err() != nil {
			t.Errorf("%v: %v", header, r.Err())
		}
	}
}

func matches(err error, prefix string) bool {
	if prefix == "" {
		return err == nil
	}
	return err != nil && strings.HasPrefix(err.Error(), prefix)
}
