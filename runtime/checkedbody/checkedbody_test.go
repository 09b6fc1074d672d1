package checkedbody

import (
	"bytes"
	"compress/gzip"
	"errors"
	"hash/crc32"
	"io"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
)

func zip(text string) string {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = w.Write([]byte(text))
	_ = w.Close()
	return b.String()
}

func sum(text string) string { return strconv.FormatUint(uint64(crc32.ChecksumIEEE([]byte(text))), 10) }

func TestReceive(t *testing.T) {
	const body = "123456789" // whose CRC-32 the standard publishes
	packed := zip(body)
	for _, tc := range []struct {
		name    string
		options Options
		body    string
		header  []string
		want    string // the text that is read
		wantErr string // from reading it
	}{
		{"no checksum", Options{}, body, nil, body, ""},
		{"the right one", Options{}, body, []string{"X-Amz-Crc32", "3421780262"}, body, ""},
		{"another", Options{}, body, []string{"X-Amz-Crc32", "1"}, body, "response did not match expected checksum, 1, 3421780262"},
		{"another, not compared", Options{SkipChecksum: true}, body, []string{"X-Amz-Crc32", "1"}, body, ""},
		{"of no bytes", Options{}, "", []string{"X-Amz-Crc32", "0"}, "", ""},
		{"cut short", Options{}, body[:8], []string{"X-Amz-Crc32", "3421780262"}, body[:8], "response did not match expected checksum, 3421780262, " + sum(body[:8])},
		{"compressed", Options{Gzip: true}, packed, []string{"Content-Encoding", "gzip", "X-Amz-Crc32", sum(packed)}, body, ""},
		{
			"compressed, with the checksum of the text", Options{Gzip: true}, packed, []string{"Content-Encoding", "gzip", "X-Amz-Crc32", sum(body)}, body,
			"failed to decompress gzip response, response did not match expected checksum, " + sum(body) + ", " + sum(packed),
		},
		{"compressed unasked", Options{}, packed, []string{"Content-Encoding", "gzip"}, packed, ""},
		{"not compressed", Options{Gzip: true}, body, nil, body, ""},
		{"no gzip", Options{Gzip: true}, body, []string{"Content-Encoding", "gzip"}, "", "failed to decompress gzip response, unexpected EOF"},
		{"nothing", Options{Gzip: true}, "", []string{"Content-Encoding", "gzip"}, "", "failed to decompress gzip response, EOF"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			resp := response(tc.body, tc.header...)
			if err := tc.options.Receive(nil, resp); err != nil {
				t.Fatal(err)
			}
			got, err := io.ReadAll(resp.Body)
			if string(got) != tc.want || text(err) != tc.wantErr {
				t.Errorf("%q, %v, want %q, %s", got, err, tc.want, tc.wantErr)
			}
			if err := resp.Body.Close(); err != nil {
				t.Errorf("Close: %v", err)
			}
		})
	}
}

func response(body string, header ...string) *http.Response {
	resp := &http.Response{Header: http.Header{}, Body: io.NopCloser(strings.NewReader(body)), ContentLength: int64(len(body))}
	for i := 0; i < len(header); i += 2 {
		resp.Header.Set(header[i], header[i+1])
	}
	return resp
}

func TestLengthOfWhatIsCompressed(t *testing.T) {
	resp := response(zip("text"), "Content-Encoding", "gzip", "Content-Length", "28")
	if err := (Options{Gzip: true}).Receive(nil, resp); err != nil {
		t.Fatal(err)
	}
	if resp.ContentLength != -1 || resp.Header.Get("Content-Length") != "" {
		t.Errorf("it is still %d and %q", resp.ContentLength, resp.Header.Get("Content-Length"))
	}
}

func TestHeaderThatIsNoNumber(t *testing.T) {
	for _, header := range []string{"abc", "-1", "4294967296"} {
		err := Options{}.Receive(nil, response("", "X-Amz-Crc32", header))
		if err == nil || !strings.HasPrefix(err.Error(), "unable to parse checksum header "+header+", strconv.ParseUint") {
			t.Errorf("%s: %v", header, err)
		}
		if err := (Options{SkipChecksum: true}).Receive(nil, response("", "X-Amz-Crc32", header)); err != nil {
			t.Errorf("%s is looked at: %v", header, err)
		}
	}
}

// TestDamageIsRetryable asks the SDK's retryer.
func TestDamageIsRetryable(t *testing.T) {
	if got := (retry.RetryableError{}).IsErrorRetryable(errors.Join(&checksumError{1, 2})); got != aws.TrueTernary {
		t.Errorf("it is %v", got)
	}
}

func TestAcceptEncoding(t *testing.T) {
	for gzip, want := range map[bool]string{false: "identity", true: "gzip"} {
		if got := (Options{Gzip: gzip}).AcceptEncoding(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func text(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}
