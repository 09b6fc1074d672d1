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
	scheme := &transport.Scheme{ID: smithyauth.SchemeIDSigV4A, Rule: "sigv4a", Sign: s.sign, Presign: s.presign}
	if credentials != nil {
		scheme.Identify = func(ctx context.Context, _ any) (aws.Credentials, error) { return credentials.Retrieve(ctx) }
	}
	return scheme
}

const (
	algorithm    = "AWS4-ECDSA-P256-SHA256"
	regionHeader = "X-Amz-Region-Set"
	tokenHeader  = "X-Amz-Security-Token"
	dateHeader   = "X-Amz-Date"
)

// sign signs a request for the regions of the signature, or else for its region.
func (s *Signer) sign(ctx context.Context, r *http.Request, with *transport.Signature) error {
	r.Header.Set(regionHeader, regionSet(with))
	c := sigv4.Compose(r, params(with))
	signature, err := s.signature(ctx, c, with)
	if err != nil {
		return err
	}
	if token := with.Credentials.SessionToken; token != "" {
		r.Header.Set(tokenHeader, token)
	}
	r.Header.Set(dateHeader, c.Date)
	r.Header.Set("Authorization", algorithm+" Credential="+credential(with, c.Date)+
		", SignedHeaders="+c.SignedHeaders+", Signature="+signature)
	r.URL.RawQuery = c.Query
	return nil
}

// regionSet are the regions that a signature counts in.
func regionSet(with *transport.Signature) string {
	if len(with.Regions) == 0 {
		return with.Region
	}
	return strings.Join(with.Regions, ",")
}

func params(with *transport.Signature) *sigv4.Params {
	return &sigv4.Params{
		Credentials: with.Credentials, PayloadHash: with.PayloadHash, Time: with.At,
		DisableURIPathEscaping: with.DisableDoubleEncoding,
	}
}

// credential names the key and the scope of a signature.
func credential(with *transport.Signature, date string) string {
	return with.Credentials.AccessKeyID + "/" + scope(with, date)
}

func scope(with *transport.Signature, date string) string {
	return date[:len("20060102")] + "/" + with.Name + "/aws4_request"
}

// signature signs the canonical form of a request.
func (s *Signer) signature(ctx context.Context, c *sigv4.Canonical, with *transport.Signature) (string, error) {
	key, err := s.keys.get(&with.Credentials)
	if err != nil {
		return "", err
	}
	hash := sha256.Sum256(c.Request)
	toSign := algorithm + "\n" + c.Date + "\n" + scope(with, c.Date) + "\n" + hex.EncodeToString(hash[:])
	hash = sha256.Sum256([]byte(toSign))
	signature, err := ecdsa.SignASN1(rand.Reader, key, hash[:])
	if err != nil {
		return "", fmt.Errorf("failed to sign: %w", err)
	}
	log(ctx, with, c.Request, toSign)
	return hex.EncodeToString(signature), nil
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
