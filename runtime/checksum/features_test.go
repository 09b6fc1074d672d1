package checksum

import (
	"slices"
	"testing"

	"example.com/lathe/runtime/rest"
	"example.com/lathe/runtime/transport"
	"github.com/aws/aws-sdk-go-v2/aws"
)

// TestFeatures: what is configured counts, and what the caller has set; what is computed
// does not.
func TestFeatures(t *testing.T) {
	for name, tc := range map[string]struct {
		settings transport.Settings
		header   string
		want     []string
	}{
		"nothing":   {},
		"supported": {transport.Settings{RequestChecksums: aws.RequestChecksumCalculationWhenSupported, ResponseChecksums: aws.ResponseChecksumValidationWhenSupported}, "", []string{"Z", "b"}},
		"required":  {transport.Settings{RequestChecksums: aws.RequestChecksumCalculationWhenRequired, ResponseChecksums: aws.ResponseChecksumValidationWhenRequired}, "", []string{"a", "c"}},
		"CRC32":     {header: "X-Amz-Checksum-Crc32", want: []string{"U"}},
		"CRC32C":    {header: "X-Amz-Checksum-Crc32c", want: []string{"V"}},
		"CRC64NVME": {header: "X-Amz-Checksum-Crc64nvme", want: []string{"W"}},
		"SHA1":      {header: "X-Amz-Checksum-Sha1", want: []string{"X"}},
		"SHA256":    {header: "X-Amz-Checksum-Sha256", want: []string{"Y"}},
		"no sum":    {header: "X-Amz-Checksum-Mode"},
		"unknown":   {header: "X-Amz-Checksum-Rot13"},
	} {
		var r rest.Request
		r.Start("PUT", "/")
		if tc.header != "" {
			r.Header.Set(tc.header, "value")
		}
		UseCalculation(&r, &tc.settings)
		UseValidation(&r, &tc.settings)
		Set(&r, "CRC32")
		got := slices.DeleteFunc(r.Features(), func(code string) bool { return code == "" })
		if !slices.Equal(got, tc.want) {
			t.Errorf("%s: %q, want %q", name, got, tc.want)
		}
	}
}
