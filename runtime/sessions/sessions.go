// Package sessions keeps the credentials of sessions with the directory buckets of Amazon
// S3, and signs with them.
package sessions

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"time"

	"example.com/lathe/runtime/transport"
	"github.com/aws/aws-sdk-go-v2/aws"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
)

const (
	// maxSessions is how many sessions are kept: those that were used last.
	maxSessions = 100
	// refreshBefore is how long before its end a session is replaced, while it goes on.
	refreshBefore = time.Minute
	// maxCreation is how long the creation of a session may take.
	maxCreation = time.Minute
)

// Create makes a session.
type Create func(context.Context) (aws.Credentials, error)

// Cache keeps sessions by the credentials that they were made with and by their buckets.
// The zero Cache is empty and ready. It may be used by many goroutines and must not be
// copied.
type Cache struct {
	mu       sync.Mutex
	sessions map[key]*session
	calls    int // how often a session was looked for
	pending  map[key]*creation
}

// key is what a session belongs to. The secret is in a sum, so that it is kept no longer
// than elsewhere.
type key struct {
	by     [sha256.Size]byte
	bucket string
}

type session struct {
	credentials aws.Credentials
	used        int // the number of calls when it was used last
}

// creation is a session that is being made. Its result is there when done is closed.
type creation struct {
	done        chan struct{}
	credentials aws.Credentials
	err         error
}

// Retrieve returns the credentials of a session with a bucket, and makes one if there is
// none. One that is about to end is replaced in the meantime. Whoever needs the same
// session at the same time waits for the same creation, which goes on when one of them
// does not wait any more.
func (c *Cache) Retrieve(
	ctx context.Context, by aws.Credentials, bucket string, create Create,
) (aws.Credentials, error) {
	k := newKey(by, bucket)
	c.mu.Lock()
	found, ok := c.find(k)
	if ok && time.Until(found.Expires) > refreshBefore {
		c.mu.Unlock()
		return found, nil
	}
	pending := c.pending[k]
	if pending == nil {
		pending = c.begin(ctx, k, create)
	}
	c.mu.Unlock()
	if ok && !found.Expired() {
		return found, nil
	}
	select {
	case <-pending.done:
		return pending.credentials, pending.err
	case <-ctx.Done():
		return aws.Credentials{}, fmt.Errorf("s3express retrieve credentials canceled: %w", ctx.Err())
	}
}

func newKey(by aws.Credentials, bucket string) key {
	k := key{bucket: bucket}
	mac := hmac.New(sha256.New, []byte(by.SecretAccessKey))
	mac.Write([]byte(by.AccessKeyID))
	mac.Sum(k.by[:0])
	return k
}

// find returns the credentials of a session, which may have expired.
func (c *Cache) find(k key) (aws.Credentials, bool) {
	c.calls++
	s := c.sessions[k]
	if s == nil {
		return aws.Credentials{}, false
	}
	s.used = c.calls
	return s.credentials, true
}

// begin makes a session in the background.
func (c *Cache) begin(ctx context.Context, k key, create Create) *creation {
	p := &creation{done: make(chan struct{})}
	if c.pending == nil {
		c.pending = map[key]*creation{}
	}
	c.pending[k] = p
	go func() {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), maxCreation)
		defer cancel()
		credentials, err := create(ctx)
		c.mu.Lock()
		defer c.mu.Unlock()
		defer close(p.done)
		p.credentials, p.err = credentials, err
		delete(c.pending, k)
		if err == nil {
			c.add(k, credentials)
		}
	}()
	return p
}

// add keeps a session, in the place of the one that was not used for longest if there are
// too many.
func (c *Cache) add(k key, credentials aws.Credentials) {
	if c.sessions == nil {
		c.sessions = map[key]*session{}
	}
	if c.sessions[k] == nil && len(c.sessions) == maxSessions {
		oldest := k
		for other, s := range c.sessions {
			if oldest == k || s.used < c.sessions[oldest].used {
				oldest = other
			}
		}
		delete(c.sessions, oldest)
	}
	c.sessions[k] = &session{credentials, c.calls}
}

// NewCredentials returns the credentials that a service has answered with.
func NewCredentials(accessKeyID, secret, token *string, expires *time.Time) (aws.Credentials, error) {
	if accessKeyID == nil || secret == nil || token == nil || expires == nil {
		return aws.Credentials{}, errors.New("s3express session credentials missing one or more required fields")
	}
	return aws.Credentials{
		AccessKeyID: *accessKeyID, SecretAccessKey: *secret, SessionToken: *token, CanExpire: true, Expires: *expires,
	}, nil
}

// SchemeID is the id of the authentication scheme.
const SchemeID = "com.amazonaws.s3#sigv4express"

// Scheme is the authentication scheme of a client that signs with sessions: Signature
// Version 4, but for the header of the token.
func Scheme(
	identify func(ctx context.Context, in any) (aws.Credentials, error), signer v4.HTTPSigner,
) *transport.Scheme {
	return &transport.Scheme{
		ID: SchemeID, Rule: "sigv4-s3express", Identify: identify,
		Sign: func(ctx context.Context, r *http.Request, with *transport.Signature) error {
			return signer.SignHTTP(ctx, with.Credentials, r, with.PayloadHash, with.Name, with.Region, with.At,
				useToken(r, with))
		},
		Presign: func(ctx context.Context, by v4.HTTPPresigner, r *http.Request,
			with *transport.Signature) (string, http.Header, error) {
			return by.PresignHTTP(ctx, with.Credentials, r, with.PayloadHash, with.Name, with.Region, with.At, useToken(r, with))
		},
	}
}

// useToken sets the header of the token, and returns the options that leave out the usual
// one.
func useToken(r *http.Request, with *transport.Signature) func(*v4.SignerOptions) {
	r.Header.Set("X-Amz-S3session-Token", with.Credentials.SessionToken)
	return func(o *v4.SignerOptions) {
		if with.Options != nil {
			with.Options(o)
		}
		o.DisableSessionToken = true
	}
}
