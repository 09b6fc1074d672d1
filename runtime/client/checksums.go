package client

import (
	"example.com/lathe/runtime/checksum"
	"example.com/lathe/runtime/transport"
	"github.com/aws/smithy-go/middleware"
)

// setChecksums passes the options for checksums to the settings of calls.
func (o *Options) setChecksums(s *transport.Settings) {
	s.RequestChecksums, s.ResponseChecksums = o.RequestChecksumCalculation, o.ResponseChecksumValidation
	s.Describe = append(s.Describe, checksum.Describe)
}

// ComputedInputChecksumsMetadata are the checksums that a call has sent.
type ComputedInputChecksumsMetadata struct {
	// ComputedChecksums are in base64, by the name of their algorithm.
	ComputedChecksums map[string]string
}

// GetComputedInputChecksumsMetadata returns from the metadata of a result the checksums
// that were sent, if there were any.
func GetComputedInputChecksumsMetadata(m middleware.Metadata) (ComputedInputChecksumsMetadata, bool) {
	sums, ok := checksum.Computed(m)
	return ComputedInputChecksumsMetadata{ComputedChecksums: sums}, ok
}

// ChecksumValidationMetadata is how a response is compared with its checksum.
type ChecksumValidationMetadata struct {
	// AlgorithmsUsed are the names of the algorithms.
	AlgorithmsUsed []string
}

// GetChecksumValidationMetadata returns from the metadata of a result how the response is
// compared with its checksum, if it is. A stream is compared when it has been read to its
// end.
func GetChecksumValidationMetadata(m middleware.Metadata) (ChecksumValidationMetadata, bool) {
	algorithms, ok := checksum.Used(m)
	return ChecksumValidationMetadata{AlgorithmsUsed: algorithms}, ok
}
