package transport

import (
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

// numbered makes endpoints that tell which one they are.
func numbered(n int) []*Endpoint {
	list := make([]*Endpoint, n)
	for i := range list {
		list[i] = new(Endpoint)
	}
	return list
}

// TestEndpointCacheForgetsTheUnused: what is used stays, the number of entries is
// bounded.
func TestEndpointCacheForgetsTheUnused(t *testing.T) {
	var c EndpointCache
	list := numbered(10 * cacheHalf)
	c.Put(-1, new(Endpoint))
	for i, e := range list {
		c.Put(i, e)
		if c.Get(-1) == nil {
			t.Fatalf("an entry in use is forgotten after %d others", i)
		}
		if n := len(c.young) + len(c.old); n > 2*cacheHalf {
			t.Fatalf("%d entries", n)
		}
	}
	if c.Get(0) != nil {
		t.Error("an entry that was used long ago is still there")
	}
	for i := len(list) - cacheHalf + 2; i < len(list); i++ {
		if c.Get(i) != list[i] {
			t.Errorf("entry %d of the last %d is gone", i, cacheHalf)
		}
	}
}

func TestEndpointCacheIsConcurrent(t *testing.T) {
	var c EndpointCache
	list := numbered(3 * cacheHalf)
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
