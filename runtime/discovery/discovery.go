// Package discovery finds the endpoints of calls by asking the service for them, and
// remembers the answers.
package discovery

import (
	"context"
	"errors"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"example.com/lathe/runtime/endpointrules"
	"example.com/lathe/runtime/transport"
	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/smithy-go"
)

// Options are what the settings of a call say of discovery.
type Options struct {
	State aws.EndpointDiscoveryEnableState
	// Custom: the endpoint is the user's own, and nothing takes its place.
	Custom bool
	Region string
	// Find asks the service.
	Find func(context.Context) ([]Address, error)
}

// Address is an endpoint that the service has returned.
type Address struct {
	host    string
	expires time.Time
}

// NewAddress makes an Address of what the service returned: a host, with or without
// scheme and path, and how many minutes it is good for.
func NewAddress(address string, minutes int64) Address {
	if !strings.Contains(address, "://") {
		address = "https://" + address
	}
	u, err := url.Parse(address)
	if err != nil {
		return Address{} // has expired already
	}
	const longest = 366 * 24 * 60
	return Address{host: u.Host, expires: time.Now().Add(time.Duration(min(max(minutes, 0), longest)) * time.Minute)}
}

const (
	// maxEntries is how many regions and identities are remembered.
	maxEntries = 10
	// maxAddresses is how many addresses of each are.
	maxAddresses = 10
	// findTimeout is how long the service may take to answer.
	findTimeout = time.Minute
	// pause follows a search without success that no call waits for.
	pause = time.Minute
)

// Cache remembers endpoints, at most of ten regions and identities. The zero Cache is
// empty and ready. It may be used by many goroutines and must not be copied.
type Cache struct {
	mu      sync.Mutex
	entries []*entry // the one that was added last is at the end
}

// entry is what is known for a key.
type entry struct {
	key       key
	addresses []Address
	// search is under way, or was the last one; nil for none.
	search *search
}

// key is what endpoints depend on: the region, and who asks.
type key struct{ region, accessKeyID string }

// search is one question to the service.
type search struct {
	done chan struct{} // closed at the end
	// err and ended are set when it is done.
	err   error
	ended time.Time
}

func (s *search) running() bool {
	select {
	case <-s.done:
		return false
	default:
		return true
	}
}

// Discover returns a function that puts an endpoint of the service's choice in place of
// the usual one: for operations that must have it unless that is switched off, for those
// that may have it where it is switched on. The latter do not wait for the service's
// answer and go to the usual endpoint until it is there. Hosts of another partition than
// the region's are passed over.
func (c *Cache) Discover(o Options) transport.Discover {
	return func(ctx context.Context, op *transport.Info, accessKeyID string,
		usual *transport.Endpoint) (*transport.Endpoint, error) {
		required := op.Discovery == transport.RequiredDiscovery
		wanted := required && o.State != aws.EndpointDiscoveryDisabled ||
			op.Discovery == transport.OptionalDiscovery && o.State == aws.EndpointDiscoveryEnabled
		if !wanted || o.Custom {
			return usual, nil
		}
		host, err := c.host(ctx, key{o.Region, accessKeyID}, required, o.Find)
		if err != nil || host == "" || !inPartition(host, o.Region) {
			return usual, err
		}
		own := *usual
		own.URL.Host = host
		return &own, nil
	}
}

func inPartition(host, region string) bool {
	p := endpointrules.PartitionOf(region)
	return strings.HasSuffix(host, "."+p.DNSSuffix) || strings.HasSuffix(host, "."+p.DualStackDNSSuffix)
}

// host returns the host for a key. It is empty if the service has not answered yet, and
// the call need not wait.
func (c *Cache) host(
	ctx context.Context, k key, wait bool, find func(context.Context) ([]Address, error),
) (string, error) {
	host, e, s := c.lookup(ctx, k, wait, find)
	if host != "" || !wait {
		return host, nil
	}
	select {
	case <-s.done:
	case <-ctx.Done():
		return "", &smithy.CanceledError{Err: ctx.Err()}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if host = e.host(); host == "" && s.err == nil {
		return "", errors.New("no valid endpoint address returned by the endpoint discovery api")
	}
	return host, s.err
}

// lookup returns the host that is known for a key, or the search for it, of which there
// is one at a time. Where nobody waits there is a pause after one without success.
func (c *Cache) lookup(
	ctx context.Context, k key, wait bool, find func(context.Context) ([]Address, error),
) (string, *entry, *search) {
	c.mu.Lock()
	defer c.mu.Unlock()
	e := c.entry(k)
	if host := e.host(); host != "" {
		return host, e, nil
	}
	if s := e.search; s == nil || !s.running() && (wait || time.Since(s.ended) >= pause) {
		e.search = &search{done: make(chan struct{})}
		go c.run(context.WithoutCancel(ctx), e, e.search, find)
	}
	return "", e, e.search
}

// run asks the service. It is not canceled with the call that began it, because others
// wait, too.
func (c *Cache) run(ctx context.Context, e *entry, s *search, find func(context.Context) ([]Address, error)) {
	ctx, cancel := context.WithTimeout(ctx, findTimeout)
	defer cancel()
	found, err := find(ctx)
	c.mu.Lock()
	defer c.mu.Unlock()
	if s.err, s.ended = err, time.Now(); err == nil {
		e.addresses = slices.Clone(found[:min(len(found), maxAddresses)])
	}
	close(s.done)
}

// entry returns the entry of a key, a new one in place of the oldest if there is none.
func (c *Cache) entry(k key) *entry {
	for _, e := range c.entries {
		if e.key == k {
			return e
		}
	}
	if len(c.entries) == maxEntries {
		c.entries = slices.Delete(c.entries, 0, 1)
	}
	e := &entry{key: k}
	c.entries = append(c.entries, e)
	return e
}

// host returns the first address that is still good; empty for none.
func (e *entry) host() string {
	now := time.Now()
	for _, a := range e.addresses {
		if now.Before(a.expires) {
			return a.host
		}
	}
	return ""
}
