package sigv4

import (
	"context"
	"net/http"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
	"github.com/aws/smithy-go/logging"
)

// SignHTTP signs r as [Signer.Sign] does: with it, a Signer is a [v4.HTTPSigner]
// that does all that the official one does. payloadHash is the body's SHA-256 in
// hexadecimal, or the text that the service takes in its place. The option
// DisableHeaderHoisting means nothing here: it is for presigned URLs. The error is
// always nil.
func (s *Signer) SignHTTP(ctx context.Context, credentials aws.Credentials, r *http.Request,
	payloadHash, service, region string, signingTime time.Time, optFns ...func(*v4.SignerOptions),
) error {
	var options v4.SignerOptions
	for _, set := range optFns {
		set(&options)
	}
	p := Params{
		Credentials: credentials, PayloadHash: payloadHash, Service: service, Region: region, Time: signingTime,
		DisableURIPathEscaping: options.DisableURIPathEscaping, DisableSessionToken: options.DisableSessionToken,
	}
	if options.LogSigning {
		p.Log = logTo(ctx, options.Logger)
	}
	s.Sign(r, &p)
	return nil
}

// logTo returns a [Params.Log] that logs what the official signer logs.
func logTo(ctx context.Context, logger logging.Logger) func(canonicalRequest, stringToSign string) {
	return func(canonicalRequest, stringToSign string) {
		logging.WithContext(ctx, logger).Logf(logging.Debug, logFormat, canonicalRequest, stringToSign)
	}
}

const logFormat = `Request Signature:
---[ CANONICAL STRING  ]-----------------------------
%s
---[ STRING TO SIGN ]--------------------------------
%s
-----------------------------------------------------`
