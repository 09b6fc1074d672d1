package endpointrules

import (
	"sync"
	"sync/atomic"
)

// cacheHalf is how many entries each of a cache's two generations holds.
const cacheHalf = 128

// Cache remembers values by their keys: at least the last 128 used, and no more
// than 256. The zero Cache is empty and ready. It may be used by many goroutines
// and must not be copied.
type Cache[K comparable, V any] struct {
	// last is the entry used last: most clients ever need one only, which they
	// then get without a lock.
	last atomic.Pointer[cacheEntry[K, V]]

	mu sync.Mutex
	// young takes new and used entries; when it is full it becomes old, and what
	// was old and not used since is forgotten.
	young, old map[K]*cacheEntry[K, V]
}

type cacheEntry[K comparable, V any] struct {
	key   K
	value V
}

// Get gives the value of a key and whether it is known.
func (c *Cache[K, V]) Get(key K) (V, bool) {
	if e := c.last.Load(); e != nil && e.key == key {
		return e.value, true
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	e, ok := c.young[key]
	if !ok {
		if e, ok = c.old[key]; !ok {
			var none V
			return none, false
		}
		c.add(e)
	}
	c.last.Store(e)
	return e.value, true
}

// Put remembers the value of a key.
func (c *Cache[K, V]) Put(key K, value V) {
	e := &cacheEntry[K, V]{key, value}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.add(e)
	c.last.Store(e)
}

func (c *Cache[K, V]) add(e *cacheEntry[K, V]) {
	if c.young == nil {
		c.young = make(map[K]*cacheEntry[K, V])
	}
	c.young[e.key] = e
	if len(c.young) == cacheHalf {
		c.old, c.young = c.young, nil
	}
}
