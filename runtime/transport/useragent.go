package transport

import (
	"os"
	"runtime"
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/aws/aws-sdk-go-v2/aws"
	awsmiddleware "github.com/aws/aws-sdk-go-v2/aws/middleware"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
)

// UserAgent describes a client in the User-Agent header.
type UserAgent struct {
	// API and Version name the client's package and its API version.
	API, Version string
	// AppID is the application's own name; it may be empty.
	AppID string
	// Retryer is where the retry mode is known from: the standard and the adaptive one
	// count as features.
	Retryer aws.Retryer
	// AccountIDEndpointMode counts as a feature, too; it may be empty.
	AccountIDEndpointMode aws.AccountIDEndpointMode
	// TokenFromVariable reports whether there is a bearer token in an environment variable of the
	// service.
	TokenFromVariable bool
	// CBOR reports whether the client speaks Smithy's RPC protocol.
	CBOR bool
	// Paginates reports whether a paginator makes the call, and Waits whether a waiter does.
	Paginates, Waits bool
	// Credentials report their source as a feature, if they can. They may be nil.
	Credentials aws.CredentialsProvider
}

// String returns the header's value, the same that the official middleware makes
// (RequestUserAgent of github.com/aws/aws-sdk-go-v2/aws/middleware), which weighs
// four times as much in a program. It is best kept: it does not change.
func (u UserAgent) String() string {
	text := append([]byte(aws.SDKName+"/"+aws.SDKVersion+" ua/2.1 os/"), osName()...)
	text = appendToken(text, " lang/go#", strings.TrimPrefix(runtime.Version(), "go"))
	text = append(text, " md/GOOS#"+runtime.GOOS+" md/GOARCH#"+runtime.GOARCH...)
	if environment := os.Getenv("AWS_EXECUTION_ENV"); environment != "" {
		text = appendToken(text, " exec-env/", environment)
	}
	text = appendToken(text, " api/", u.API)
	text = appendToken(text, "#", u.Version)
	if u.AppID != "" {
		text = appendToken(text, " app/", u.AppID)
	}
	return string(appendFeatures(text, u.Features()))
}

// beforeFeatures is what stands before the features, the last part of the header.
const beforeFeatures = " m/"

// appendFeatures appends features in order, each once.
func appendFeatures(text []byte, features []string) []byte {
	sort.Strings(features) // of package sort, which is compiled already
	separator, last := beforeFeatures, ""
	for _, feature := range features {
		if feature != last {
			text = append(append(text, separator...), feature...)
			separator, last = ",", feature
		}
	}
	return text
}

// addFeatures returns the header of a client with what one request makes use of besides.
func addFeatures(agent string, more []string) string {
	if len(more) == 0 {
		return agent
	}
	start, features := len(agent), more
	if i := strings.LastIndex(agent, beforeFeatures); i >= 0 {
		start, features = i, append(strings.Split(agent[i+len(beforeFeatures):], ","), more...)
	}
	text := make([]byte, start, len(agent)+4*len(more))
	copy(text, agent)
	return string(appendFeatures(text, features))
}

// Features are the codes of what the client makes use of. Some may be there twice,
// and empty ones for what has none.
func (u UserAgent) Features() []string {
	var mode string
	switch u.Retryer.(type) {
	case *retry.Standard:
		mode = awsmiddleware.UserAgentFeatureRetryModeStandard
	case *retry.AdaptiveMode:
		mode = awsmiddleware.UserAgentFeatureRetryModeAdaptive
	}
	codes := append(make([]string, 0, 8), mode, accountFeature(u.AccountIDEndpointMode))
	if u.TokenFromVariable {
		codes = append(codes, tokenVariableFeature)
	}
	if u.CBOR {
		codes = append(codes, awsmiddleware.UserAgentFeatureProtocolRPCV2CBOR)
	}
	if u.Paginates {
		codes = append(codes, awsmiddleware.UserAgentFeaturePaginator)
	}
	if u.Waits {
		codes = append(codes, awsmiddleware.UserAgentFeatureWaiter)
	}
	if sources, ok := u.Credentials.(aws.CredentialProviderSource); ok {
		for _, source := range sources.ProviderSources() {
			if uint(source) < uint(len(sourceFeatures)) {
				codes = append(codes, sourceFeatures[source])
			}
		}
	}
	return codes
}

// tokenVariableFeature is UserAgentFeatureBearerServiceEnvVars of newer cores.
const tokenVariableFeature = "3"

func accountFeature(mode aws.AccountIDEndpointMode) string {
	switch mode {
	case aws.AccountIDEndpointModePreferred:
		return awsmiddleware.UserAgentFeatureAccountIDModePreferred
	case aws.AccountIDEndpointModeRequired:
		return awsmiddleware.UserAgentFeatureAccountIDModeRequired
	case aws.AccountIDEndpointModeDisabled:
		return awsmiddleware.UserAgentFeatureAccountIDModeDisabled
	default:
		return ""
	}
}

// sourceFeatures are the features that sources of credentials count as, in the order of
// [aws.CredentialSource]. Older cores do not have the names of all.
var sourceFeatures = [...]string{
	"", "e", "g", "h", "i", "j", "k", "l", "m", "n", "o", "p", "q", "r", "s", "t", "u", "v", "w", "z", "0", "AC", "AD",
}

// osName is the name of the operating system, of those that the official clients name.
func osName() string {
	switch runtime.GOOS {
	case "android", "linux", "windows", "ios":
		return runtime.GOOS
	case "darwin":
		return "macos"
	default:
		return "other"
	}
}

// appendToken appends a prefix as it is, and s with a hyphen in place of each rune
// that a product token may not have (RFC 9110, 5.6.2).
func appendToken(text []byte, prefix, s string) []byte {
	const allowed = "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
	text = append(text, prefix...)
	for _, r := range s {
		if r >= utf8.RuneSelf || strings.IndexByte(allowed, byte(r)) < 0 {
			r = '-'
		}
		text = append(text, byte(r))
	}
	return text
}
