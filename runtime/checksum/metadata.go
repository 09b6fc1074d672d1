package checksum

import (
	"strings"

	"example.com/lathe/runtime/transport"
	"github.com/aws/smithy-go/middleware"
)

// computedKey and usedKey are where metadata have the checksums.
type (
	computedKey struct{}
	usedKey     struct{}
)

// Computed returns the checksums of what a call has sent, by algorithm.
func Computed(md middleware.Metadata) (map[string]string, bool) {
	sums, ok := md.Get(computedKey{}).(map[string]string)
	return sums, ok
}

// SetComputed keeps the checksum of what a call has sent.
func SetComputed(md *middleware.Metadata, algorithm, sum string) {
	md.Set(computedKey{}, map[string]string{strings.ToUpper(algorithm): sum})
}

// Used returns the algorithms by which the response of a call is compared with its
// checksum, at the latest when its body has been read.
func Used(md middleware.Metadata) ([]string, bool) {
	algorithms, ok := md.Get(usedKey{}).([]string)
	return algorithms, ok
}

// Describe adds to the metadata of a call what was sent in headers and what is compared.
func Describe(md *middleware.Metadata, a *transport.Answer) {
	if a.Failed {
		return
	}
	if a.Response.Verified != "" {
		md.Set(usedKey{}, []string{a.Response.Verified})
	}
	for name, values := range a.Response.Sent {
		if algorithm := algorithmOf(name); algorithm != "" && len(values) > 0 {
			SetComputed(md, algorithm, values[0])
		}
	}
}

// algorithmOf is the algorithm of a header with a checksum; empty for other headers.
func algorithmOf(name string) string {
	suffix, ok := strings.CutPrefix(name, headerPrefix)
	switch {
	case !ok, suffix == "Mode", suffix == "Algorithm", suffix == "Type":
		return ""
	default:
		return suffix
	}
}
