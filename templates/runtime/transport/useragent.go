package transport

import (
	"context"
	"net/http"

	"github.com/aws/aws-sdk-go-v2/aws"
	awsmiddleware "github.com/aws/aws-sdk-go-v2/aws/middleware"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	"github.com/aws/smithy-go/middleware"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

// UserAgent is what a client says of itself in the User-Agent header.
type UserAgent struct {
	// API and Version name the client's package and its API version.
	API, Version string
	// AppID is the application's own name; it may be empty.
	AppID string
	// Retryer tells the retry mode: the standard and the adaptive one count as
	// features.
	Retryer aws.Retryer
	// Credentials tell where they come from, if they can. They may be nil.
	Credentials aws.CredentialsProvider
	// Features are further ones that the client makes use of.
	Features []awsmiddleware.UserAgentFeature
}

// String returns the header's value. It is built by the official middleware, to
// have the same product tokens and escapes, and best kept: it does not change.
func (u UserAgent) String() string {
	agent := awsmiddleware.NewRequestUserAgent()
	agent.AddSDKAgentKeyValue(awsmiddleware.APIMetadata, u.API, u.Version)
	if u.AppID != "" {
		agent.AddSDKAgentKey(awsmiddleware.ApplicationIdentifier, u.AppID)
	}
	switch u.Retryer.(type) {
	case *retry.Standard:
		agent.AddUserAgentFeature(awsmiddleware.UserAgentFeatureRetryModeStandard)
	case *retry.AdaptiveMode:
		agent.AddUserAgentFeature(awsmiddleware.UserAgentFeatureRetryModeAdaptive)
	}
	if sources, ok := u.Credentials.(aws.CredentialProviderSource); ok {
		for _, source := range sources.ProviderSources() {
			agent.AddCredentialsSource(source)
		}
	}
	for _, feature := range u.Features {
		agent.AddUserAgentFeature(feature)
	}
	return buildUserAgent(agent)
}

// buildUserAgent runs the middleware on a request of its own.
func buildUserAgent(agent *awsmiddleware.RequestUserAgent) string {
	req := &smithyhttp.Request{Request: &http.Request{Header: http.Header{}}}
	end := middleware.BuildHandlerFunc(func(context.Context, middleware.BuildInput) (
		out middleware.BuildOutput, md middleware.Metadata, err error,
	) {
		return out, md, nil
	})
	// It fails only for requests of another transport.
	_, _, _ = agent.HandleBuild(context.Background(), middleware.BuildInput{Request: req}, end)
	return req.Header.Get("User-Agent")
}
