package transport

import (
	"sync"
	"sync/atomic"
)

// cacheHalf is how many entries each of a cache's two generations holds.
const cacheHalf = 128

// EndpointCache remembers endpoints by what they were resolved from: at least the
// last 128 used, and no more than 256. A key is of any comparable type, the same for
// all keys of a cache. The zero EndpointCache is empty and ready. It may be used by
// many goroutines and must not be copied.
type EndpointCache struct {
	// last is the entry used last: most clients ever need one only, which they
	// then get without a lock.
	last atomic.Pointer[cachedEndpoint]

	mu sync.Mutex
	// young takes new and used entries; when it is full it becomes old, and what
	// was old and not used since is forgotten.
	young, old map[any]*cachedEndpoint
}

type cachedEndpoint struct {
	key      any
	endpoint *Endpoint
}

// Get gives the endpoint of a key, or nil if it is not known.
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

// Put remembers the endpoint of a key.
func (c *EndpointCache) Put(key any, endpoint *Endpoint) {
	e := &cachedEndpoint{key, endpoint}
	c.mu.Lock()
	c.add(e)
	c.mu.Unlock()
	c.last.Store(e)
}

func (c *EndpointCache) add(e *cachedEndpoint) {
	if c.young == nil {
		c.young = make(map[any]*cachedEndpoint)
	}
	c.young[e.key] = e
	if len(c.young) == cacheHalf {
		c.old, c.young = c.young, nil
	}
}
