package transport

import (
	"crypto/rand"
	"net"
	"net/http"
	"os"
	"reflect"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/defaults"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	smithyrand "github.com/aws/smithy-go/rand"
)

// ResolveDefaultsMode returns the mode that sets a client's timeouts. The mode
// "auto" depends on where the client runs; an unknown one counts as "legacy".
func ResolveDefaultsMode(mode aws.DefaultsMode, region string, env aws.RuntimeEnvironment) aws.DefaultsMode {
	var known aws.DefaultsMode
	known.SetFromString(string(mode))
	if known == aws.DefaultsModeAuto {
		return defaults.ResolveDefaultsModeAuto(region, env)
	}
	return known
}

// NewHTTPClient returns the client to send with: the given one as it is, unless
// it is nil or an *awshttp.BuildableClient; these get the timeouts of the
// resolved defaults mode.
func NewHTTPClient(client aws.HTTPClient, mode aws.DefaultsMode) aws.HTTPClient {
	if client == nil {
		client = awshttp.NewBuildableClient()
	}
	buildable, ok := client.(*awshttp.BuildableClient)
	if !ok {
		return client
	}
	config, err := defaults.GetModeConfiguration(mode)
	if err != nil {
		return buildable
	}
	return buildable.WithDialerOptions(func(d *net.Dialer) {
		if timeout, ok := config.GetConnectTimeout(); ok {
			d.Timeout = timeout
		}
	}).WithTransportOptions(func(t *http.Transport) {
		if timeout, ok := config.GetTLSNegotiationTimeout(); ok {
			t.TLSHandshakeTimeout = timeout
		}
	})
}

// ResolveRetryMode returns mode, or the defaults mode's own when it is empty.
func ResolveRetryMode(mode aws.RetryMode, dm aws.DefaultsMode) aws.RetryMode {
	if mode != "" {
		return mode
	}
	if config, err := defaults.GetModeConfiguration(dm); err == nil && config.RetryMode != "" {
		return config.RetryMode
	}
	return aws.RetryModeStandard
}

// NewRetryer returns the retryer of a mode, with what a service wants otherwise. A limit
// of attempts of zero leaves the retryer's own.
func NewRetryer(mode aws.RetryMode, maxAttempts int, service ...func(*retry.StandardOptions)) aws.Retryer {
	options := func(o *retry.StandardOptions) {
		for _, fn := range service {
			fn(o)
		}
		o.Retryables = withFinalErrors(o.Retryables)
		if maxAttempts != 0 {
			o.MaxAttempts = maxAttempts
		}
	}
	if mode == aws.RetryModeAdaptive {
		return retry.NewAdaptiveMode(func(o *retry.AdaptiveModeOptions) {
			o.StandardOptions = append(o.StandardOptions, options)
		})
	}
	return retry.NewStandard(options)
}

// QuickRetries are for services whose calls take milliseconds. Retry 2.1 has them tried
// once more, after shorter waits; cores without it make no such difference.
func QuickRetries(o *retry.StandardOptions) {
	quickRetries(o, retryRulesOf(aws.SDKVersion, os.Getenv(newRetries2026)))
}

func quickRetries(o *retry.StandardOptions, rules retryRules) {
	if !rules.retry21 {
		return
	}
	o.MaxAttempts = 4
	// The field is that of cores from v1.42 on.
	if field := reflect.ValueOf(o).Elem().FieldByName("BaseDelay"); field.IsValid() {
		field.SetInt(int64(25 * time.Millisecond))
	}
}

// LimitAttempts returns r with another limit of attempts, or r itself when the
// limit is zero.
func LimitAttempts(r aws.Retryer, maxAttempts int) aws.Retryer {
	if maxAttempts == 0 {
		return r
	}
	return retry.AddWithMaxAttempts(r, maxAttempts)
}

// NewIdempotencyTokens returns a provider of random tokens in the form of UUIDs.
func NewIdempotencyTokens() *smithyrand.UUIDIdempotencyToken {
	return smithyrand.NewUUIDIdempotencyToken(rand.Reader)
}

// SigningCredentials returns the provider, or nil when it stands for anonymous
// calls.
func SigningCredentials(p aws.CredentialsProvider) aws.CredentialsProvider {
	switch known := p.(type) {
	case aws.AnonymousCredentials, *aws.AnonymousCredentials:
		return nil
	case interface {
		IsCredentialsProvider(target aws.CredentialsProvider) bool
	}: // what [aws.IsCredentialsProvider] asks, which takes reflection to compare types
		if known.IsCredentialsProvider((*aws.AnonymousCredentials)(nil)) {
			return nil
		}
	}
	return p
}

// ChecksumWhenSupported reports whether requests carry a checksum that only the settings
// want.
func (s *Settings) ChecksumWhenSupported() bool {
	return s.RequestChecksums == aws.RequestChecksumCalculationWhenSupported
}

// VerifyWhenSupported reports whether responses are asked for a checksum that only the
// settings want.
func (s *Settings) VerifyWhenSupported() bool {
	return s.ResponseChecksums == aws.ResponseChecksumValidationWhenSupported
}

// CompressFrom returns [Settings.CompressFrom] for the two options that the official
// clients have.
func CompressFrom(disabled bool, threshold int64) int64 {
	if disabled {
		return -1
	}
	return max(threshold, 0)
}
