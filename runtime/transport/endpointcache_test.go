package transport

import (
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
)

func TestEndpointCache(t *testing.T) {
	var c EndpointCache
	if e := c.Get("a"); e != nil {
		t.Errorf("an empty cache has %v", e)
	}
	one, two, three := new(Endpoint), new(Endpoint), new(Endpoint)
	c.Put("a", one)
	c.Put("b", two)
	for key, want := range map[string]*Endpoint{"a": one, "b": two, "c": nil} {
		if e := c.Get(key); e != want {
			t.Errorf("%s is %p, want %p", key, e, want)
		}
	}
	c.Put("a", three)
	if e := c.Get("a"); e != three {
		t.Errorf("a is %p after it was put again as %p", e, three)
	}
}

// numbered makes endpoints that differ in their number.
func numbered(n int) []*Endpoint {
	list := make([]*Endpoint, n)
	for i := range list {
		list[i] = new(Endpoint)
	}
	return list
}

// held is what a cache holds, in bytes.
func (c *EndpointCache) held() (n int) {
	for _, generation := range []map[any]*cachedEndpoint{c.young, c.old} {
		for _, e := range generation {
			n += e.size
		}
	}
	return n
}

// cacheEntries is how many entries without text a generation holds.
const cacheEntries = cacheHalf / cacheEntry

// TestEndpointCacheForgetsTheUnused: what is used stays, the memory is bounded.
func TestEndpointCacheForgetsTheUnused(t *testing.T) {
	var c EndpointCache
	list := numbered(10 * cacheEntries)
	c.Put(-1, new(Endpoint))
	for i, e := range list {
		c.Put(i, e)
		if c.Get(-1) == nil {
			t.Fatalf("an entry in use is forgotten after %d others", i)
		}
		if n := c.held(); n > 2*cacheHalf {
			t.Fatalf("%d bytes are held", n)
		}
	}
	if c.Get(0) != nil {
		t.Error("an entry that was used long ago is still there")
	}
	for i := len(list) - cacheEntries + 2; i < len(list); i++ {
		if c.Get(i) != list[i] {
			t.Errorf("entry %d of the last %d is gone", i, cacheEntries)
		}
	}
}

// TestEndpointCacheCountsBytes: the text of keys and of endpoints counts, and what is
// too large is not kept at all.
func TestEndpointCacheCountsBytes(t *testing.T) {
	type inner struct{ text string }
	type key struct {
		n     int
		inner inner
	}
	long := strings.Repeat("x", cacheLargest/2)
	for name, entry := range map[string]func(i int) (key, *Endpoint){
		"key":     func(i int) (key, *Endpoint) { return key{i, inner{long}}, &Endpoint{} },
		"URL":     func(i int) (key, *Endpoint) { return key{n: i}, &Endpoint{URL: url.URL{Host: long}} },
		"path":    func(i int) (key, *Endpoint) { return key{n: i}, &Endpoint{URL: url.URL{Path: long}} },
		"header":  func(i int) (key, *Endpoint) { return key{n: i}, &Endpoint{Header: http.Header{"X": {long}}} },
		"name":    func(i int) (key, *Endpoint) { return key{n: i}, &Endpoint{Header: http.Header{long: nil}} },
		"signing": func(i int) (key, *Endpoint) { return key{n: i}, &Endpoint{SigningName: long} },
	} {
		var c EndpointCache
		for i := range 100 {
			k, e := entry(i)
			if c.Put(k, e); c.Get(k) != e {
				t.Fatalf("%s: entry %d is not kept", name, i)
			}
			if n := len(c.young) + len(c.old); n > 2*cacheHalf/len(long) {
				t.Fatalf("%s: %d entries of %d bytes are held", name, n, len(long))
			}
		}
	}
	var c EndpointCache
	huge := key{inner: inner{strings.Repeat("x", cacheLargest)}}
	if c.Put(huge, &Endpoint{}); c.Get(huge) != nil || c.held() != 0 {
		t.Error("an entry that is too large is kept")
	}
}

func TestEndpointCacheIsConcurrent(t *testing.T) {
	var c EndpointCache
	list := numbered(3 * cacheEntries)
	var wg sync.WaitGroup
	for g := range 8 {
		wg.Go(func() {
			for i := range 2000 {
				key := (i*7 + g) % len(list)
				switch c.Get(key) {
				case nil:
					c.Put(key, list[key])
				case list[key]:
				default:
					t.Errorf("%d has the endpoint of another", key)
				}
			}
		})
	}
	wg.Wait()
}

func TestEndpointCacheGetDoesNotAllocate(t *testing.T) {
	type key struct {
		a string
		b bool
	}
	var c EndpointCache
	one, two := key{a: "x"}, key{b: true}
	c.Put(one, new(Endpoint))
	c.Put(two, new(Endpoint))
	if n := testing.AllocsPerRun(100, func() { c.Get(one); c.Get(two) }); n != 0 {
		t.Errorf("two lookups allocate %v times", n)
	}
}

func BenchmarkEndpointCacheLast(b *testing.B) {
	var c EndpointCache
	c.Put("a", new(Endpoint))
	for b.Loop() {
		c.Get("a")
	}
}

func BenchmarkEndpointCacheAlternating(b *testing.B) {
	var c EndpointCache
	c.Put("a", new(Endpoint))
	c.Put("b", new(Endpoint))
	for b.Loop() {
		c.Get("a")
		c.Get("b")
	}
}
