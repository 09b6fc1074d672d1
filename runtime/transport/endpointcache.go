package transport

import (
	"net/url"
	"reflect"
	"sync"
	"sync/atomic"
)

const (
	// cacheHalf is how many bytes each of a cache's two generations holds at most.
	cacheHalf = 64 << 10
	// cacheEntry is what an entry takes apart from its text, roughly.
	cacheEntry = 512
	// cacheLargest is how large an entry may be.
	cacheLargest = cacheHalf / 8
)

// EndpointCache remembers endpoints by what they were resolved from, at most 128 KiB
// of them, those that were used last. A key is of any comparable type, the same for all
// keys of a cache. The zero EndpointCache is empty and ready. It may be used by many
// goroutines and must not be copied.
type EndpointCache struct {
	// last is the entry used last: most clients ever need one only, which they
	// then get without a lock.
	last atomic.Pointer[cachedEndpoint]

	mu sync.Mutex
	// young takes new and used entries; when it is full it becomes old, and what
	// was old and not used since is forgotten.
	young, old map[any]*cachedEndpoint
	size       int // of young, in bytes
}

type cachedEndpoint struct {
	key      any
	endpoint *Endpoint
	size     int
}

// Get returns the endpoint of a key, or nil if it is not known.
func (c *EndpointCache) Get(key any) *Endpoint {
	if e := c.last.Load(); e != nil && e.key == key {
		return e.endpoint
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	e, ok := c.young[key]
	if !ok {
		if e, ok = c.old[key]; !ok {
			return nil
		}
		c.add(e)
	}
	c.last.Store(e)
	return e.endpoint
}

// Put remembers the endpoint of a key, unless they are very large.
func (c *EndpointCache) Put(key any, endpoint *Endpoint) {
	e := &cachedEndpoint{key, endpoint, cacheEntry + textSize(reflect.ValueOf(key)) + endpoint.textSize()}
	if e.size > cacheLargest {
		return
	}
	c.mu.Lock()
	c.add(e)
	c.mu.Unlock()
	c.last.Store(e)
}

func (c *EndpointCache) add(e *cachedEndpoint) {
	if c.young == nil || c.size+e.size > cacheHalf {
		c.old, c.young, c.size = c.young, make(map[any]*cachedEndpoint), 0
	}
	c.young[e.key] = e
	c.size += e.size
}

// textSize returns how many bytes of text a key has.
func textSize(key reflect.Value) (n int) {
	switch key.Kind() {
	case reflect.String:
		return key.Len()
	case reflect.Struct:
		for i := range key.NumField() {
			n += textSize(key.Field(i))
		}
	}
	return n
}

// textSize returns how many bytes of text the endpoint has.
func (e *Endpoint) textSize() int {
	n := urlSize(&e.URL) + len(e.SigningName) + len(e.SigningRegion)
	for name, values := range e.Header {
		n += len(name)
		for _, value := range values {
			n += len(value)
		}
	}
	return n
}

func urlSize(u *url.URL) int { return len(u.Scheme) + len(u.Host) + len(u.Path) + len(u.RawPath) }
