package client

import (
	"example.com/lathe/runtime/transport"
	"github.com/aws/aws-sdk-go-v2/aws"
)

// defaultContinueFrom is how many bytes are sent without being asked for.
const defaultContinueFrom = 2 << 20

// setObjects has the settings of calls do what the options say of objects.
func (o *Options) setObjects(s *transport.Settings, isError func([]byte) bool) {
	// An object comes as it is stored: the HTTP client must not decompress it.
	s.AcceptEncoding = "identity"
	s.IsErrorBody = isError
	s.OmitNotes = o.DisableLogOutputChecksumValidationSkipped
	if s.ContinueFrom = o.ContinueHeaderThresholdBytes; s.ContinueFrom == 0 {
		s.ContinueFrom = defaultContinueFrom
	}
}

// setDualStack chooses dual-stack endpoints if nothing else is chosen.
func (o *EndpointResolverOptions) setDualStack(use bool) {
	if use && o.UseDualStackEndpoint == aws.DualStackEndpointStateUnset {
		o.UseDualStackEndpoint = aws.DualStackEndpointStateEnabled
	}
}
