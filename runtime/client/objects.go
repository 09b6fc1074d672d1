package client

import (
	"net/netip"
	"net/url"
	"path"
	"strings"

	"example.com/lathe/runtime/transport"
	"github.com/aws/aws-sdk-go-v2/aws"
	awsmiddleware "github.com/aws/aws-sdk-go-v2/aws/middleware"
)

// defaultContinueFrom is the length in bytes from which on a body waits until the service asks
// for it.
const defaultContinueFrom = 2 << 20

// setObjects sets what calls on objects need, by the options.
func (o *Options) setObjects(s *transport.Settings, isError func([]byte) bool) {
	// An object comes as it is stored: the HTTP client must not decompress it.
	s.AcceptEncoding = "identity"
	s.IsErrorBody = isError
	s.Feature = bucketFeature
	s.PlainPaths = true
	s.OmitNotes = o.DisableLogOutputChecksumValidationSkipped
	if s.ContinueFrom = o.ContinueHeaderThresholdBytes; s.ContinueFrom == 0 {
		s.ContinueFrom = defaultContinueFrom
	}
}

// fitsHost reports whether a host may begin with a bucket. Over TLS none has dots, which
// certificates do not know.
func fitsHost(bucket string, tls bool) bool {
	last := len(bucket) - 1
	if last < 2 || last > 62 || strings.Contains(bucket, "..") || tls && strings.Contains(bucket, ".") {
		return false
	}
	for i := range len(bucket) {
		switch c := bucket[i]; {
		case 'a' <= c && c <= 'z', '0' <= c && c <= '9':
		case c == '.' && i > 0, c == '-' && i > 0:
		default:
			return false
		}
	}
	_, err := netip.ParseAddr(bucket)
	return err != nil
}

// bucketOf returns the bucket of an input, or "".
func bucketOf(in any) string {
	var params EndpointParameters
	if b, ok := in.(endpointParamsBinder); ok {
		b.bindEndpointParams(&params)
	}
	return aws.ToString(params.Bucket)
}

// bucketFeature is the code that calls of directory buckets count as, or "".
func bucketFeature(in any) string {
	if strings.HasSuffix(bucketOf(in), "--x-s3") {
		return awsmiddleware.UserAgentFeatureS3ExpressBucket
	}
	return ""
}

// addBucket puts the bucket of an input into the URL of an endpoint that knows of none:
// before its host, or else behind its path.
func addBucket(u *url.URL, in any, pathStyle bool) {
	bucket := bucketOf(in)
	switch {
	case bucket == "":
	case pathStyle || !fitsHost(bucket, u.Scheme == "https"):
		raw := path.Join("/", u.EscapedPath(), url.PathEscape(bucket))
		u.Path = path.Join("/", u.Path, bucket)
		u.RawPath = raw
	default:
		u.Host = bucket + "." + u.Host
	}
}
