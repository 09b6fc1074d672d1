package client

import (
	"context"
	"errors"
	"fmt"

	"example.com/lathe/runtime/sessions"
	"github.com/aws/aws-sdk-go-v2/aws"
)

// ExpressCredentialsProvider returns the credentials of a session with a directory bucket.
type ExpressCredentialsProvider interface {
	Retrieve(ctx context.Context, bucket string) (aws.Credentials, error)
}

// expressCredentials are those of sessions that the client makes itself.
type expressCredentials struct {
	cache   *sessions.Cache
	client  *Client
	options *Options
}

// Retrieve returns the credentials of a session.
func (p *expressCredentials) Retrieve(ctx context.Context, bucket string) (aws.Credentials, error) {
	if p.options.Credentials == nil {
		return aws.Credentials{}, errors.New("get sigv4 creds: there are none")
	}
	by, err := p.options.Credentials.Retrieve(ctx)
	if err != nil {
		return aws.Credentials{}, fmt.Errorf("get sigv4 creds: %w", err)
	}
	return p.cache.Retrieve(ctx, by, bucket,
		func(ctx context.Context) (aws.Credentials, error) { return p.create(ctx, bucket) })
}

// create makes a session with the options of the call that needs it.
func (p *expressCredentials) create(ctx context.Context, bucket string) (aws.Credentials, error) {
	out, err := p.client.CreateSession(ctx, &CreateSessionInput{Bucket: &bucket}, func(o *Options) { *o = *p.options })
	if err != nil {
		return aws.Credentials{}, err
	}
	return sessionOf(out)
}

//lathe:insert SessionOf

// useSessions lets calls with the options make their own sessions, unless the caller has set
// a provider of them.
func (o *Options) useSessions(c *Client) {
	switch p := o.ExpressCredentials.(type) {
	case nil:
		o.ExpressCredentials = &expressCredentials{new(sessions.Cache), c, o}
	case *expressCredentials:
		o.ExpressCredentials = &expressCredentials{p.cache, c, o}
	}
}

// identifySession returns the credentials of a session with the bucket of an input.
func (o *Options) identifySession(ctx context.Context, in any) (aws.Credentials, error) {
	bucket := bucketOf(in)
	if bucket == "" {
		return aws.Credentials{}, errors.New("bucket name is missing")
	}
	return o.ExpressCredentials.Retrieve(ctx, bucket)
}
