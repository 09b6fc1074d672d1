// Package sigv4a signs HTTP requests with AWS Signature Version 4A, whose signatures are
// valid in several regions: ECDSA over the canonical request of Version 4, with a key that
// is derived from the same credentials.
package sigv4a

import (
	"context"
	"crypto/ecdsa"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"example.com/lathe/runtime/sigv4"
	"example.com/lathe/runtime/transport"
	"github.com/aws/aws-sdk-go-v2/aws"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
	smithyauth "github.com/aws/smithy-go/auth"
	"github.com/aws/smithy-go/logging"
)

// Signer signs requests. The zero Signer is ready. It remembers a few keys, may be used by
// many goroutines and must not be copied.
type Signer struct{ keys keyCache }

// Scheme is the authentication scheme of a client with the credentials, which may be nil.
func (s *Signer) Scheme(credentials aws.CredentialsProvider) *transport.Scheme {
	scheme := &transport.Scheme{ID: smithyauth.SchemeIDSigV4A, Rule: "sigv4a", Sign: s.sign}
	if credentials != nil {
		scheme.Identify = func(ctx context.Context, _ any) (aws.Credentials, error) { return credentials.Retrieve(ctx) }
	}
	return scheme
}

const (
	algorithm    = "AWS4-ECDSA-P256-SHA256"
	regionHeader = "X-Amz-Region-Set"
	tokenHeader  = "X-Amz-Security-Token"
)

// sign signs a request for the regions of the signature, or else for its region.
func (s *Signer) sign(ctx context.Context, r *http.Request, with *transport.Signature) error {
	regions := with.Regions
	if len(regions) == 0 {
		regions = []string{with.Region}
	}
	key, err := s.keys.get(&with.Credentials)
	if err != nil {
		return err
	}
	r.Header.Set(regionHeader, strings.Join(regions, ","))
	c := sigv4.Compose(r, &sigv4.Params{
		Credentials: with.Credentials, PayloadHash: with.PayloadHash, Time: with.At, DisableURIPathEscaping: with.DisableDoubleEncoding,
	})
	hash := sha256.Sum256(c.Request)
	scope := c.Date[:len("20060102")] + "/" + with.Name + "/aws4_request"
	toSign := algorithm + "\n" + c.Date + "\n" + scope + "\n" + hex.EncodeToString(hash[:])
	hash = sha256.Sum256([]byte(toSign))
	signature, err := ecdsa.SignASN1(rand.Reader, key, hash[:])
	if err != nil {
		return fmt.Errorf("failed to sign: %w", err)
	}
	if token := with.Credentials.SessionToken; token != "" {
		r.Header.Set(tokenHeader, token)
	}
	r.Header.Set("X-Amz-Date", c.Date)
	r.Header.Set("Authorization", algorithm+" Credential="+with.Credentials.AccessKeyID+"/"+scope+
		", SignedHeaders="+c.SignedHeaders+", Signature="+hex.EncodeToString(signature))
	r.URL.RawQuery = c.Query
	log(ctx, with, c.Request, toSign)
	return nil
}

// log logs what was signed, if the signature is to be logged.
func log(ctx context.Context, with *transport.Signature, request []byte, toSign string) {
	var options v4.SignerOptions
	if with.Options != nil {
		with.Options(&options)
	}
	if options.LogSigning {
		logging.WithContext(ctx, options.Logger).Logf(logging.Debug, logFormat, request, toSign)
	}
}

const logFormat = `Request Signature:
---[ CANONICAL STRING  ]-----------------------------
%s
---[ STRING TO SIGN ]--------------------------------
%s
-----------------------------------------------------`

var errNoKey = errors.New("no key can be derived from the credentials")
