package checksum

import (
	"strings"

	"example.com/lathe/runtime/rest"
	"example.com/lathe/runtime/transport"
	"github.com/aws/aws-sdk-go-v2/aws"
	awsmiddleware "github.com/aws/aws-sdk-go-v2/aws/middleware"
)

// UseCalculation counts as features of a request what the settings say of checksums that
// are sent, and those that the caller has set: it comes before [Set].
func UseCalculation(r *rest.Request, s *transport.Settings) {
	switch s.RequestChecksums {
	case aws.RequestChecksumCalculationWhenSupported:
		r.Use(awsmiddleware.UserAgentFeatureRequestChecksumWhenSupported)
	case aws.RequestChecksumCalculationWhenRequired:
		r.Use(awsmiddleware.UserAgentFeatureRequestChecksumWhenRequired)
	}
	for name, value := range r.Header.All {
		if value != "" {
			r.Use(algorithmFeature(algorithmOf(name)))
		}
	}
}

// UseValidation counts as a feature of a request what the settings say of checksums that
// are asked for.
func UseValidation(r *rest.Request, s *transport.Settings) {
	switch s.ResponseChecksums {
	case aws.ResponseChecksumValidationWhenSupported:
		r.Use(awsmiddleware.UserAgentFeatureResponseChecksumWhenSupported)
	case aws.ResponseChecksumValidationWhenRequired:
		r.Use(awsmiddleware.UserAgentFeatureResponseChecksumWhenRequired)
	}
}

// algorithmFeature is the code of an algorithm, or "".
func algorithmFeature(algorithm string) string {
	switch strings.ToUpper(algorithm) {
	case "CRC32":
		return awsmiddleware.UserAgentFeatureRequestChecksumCRC32
	case "CRC32C":
		return awsmiddleware.UserAgentFeatureRequestChecksumCRC32C
	case "CRC64NVME":
		return awsmiddleware.UserAgentFeatureRequestChecksumCRC64
	case "SHA1":
		return awsmiddleware.UserAgentFeatureRequestChecksumSHA1
	case "SHA256":
		return awsmiddleware.UserAgentFeatureRequestChecksumSHA256
	default:
		return ""
	}
}
