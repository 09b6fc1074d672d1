package endpointrules

import (
	"sync"
	"testing"
)

func TestCache(t *testing.T) {
	var c Cache[string, int]
	if v, ok := c.Get("a"); v != 0 || ok {
		t.Errorf("an empty cache has %d, %v", v, ok)
	}
	c.Put("a", 1)
	c.Put("b", 2)
	for key, want := range map[string]int{"a": 1, "b": 2} {
		if v, ok := c.Get(key); v != want || !ok {
			t.Errorf("%s is %d, %v", key, v, ok)
		}
	}
	c.Put("a", 3)
	if v, ok := c.Get("a"); v != 3 || !ok {
		t.Errorf("a is %d, %v after it was put again", v, ok)
	}
}

// TestCacheForgetsTheUnused: what is used stays, the number of entries is bounded.
func TestCacheForgetsTheUnused(t *testing.T) {
	var c Cache[int, int]
	c.Put(-1, 1)
	for i := range 10 * cacheHalf {
		c.Put(i, i)
		if _, ok := c.Get(-1); !ok {
			t.Fatalf("an entry in use is forgotten after %d others", i)
		}
		if n := len(c.young) + len(c.old); n > 2*cacheHalf {
			t.Fatalf("%d entries", n)
		}
	}
	if _, ok := c.Get(0); ok {
		t.Error("an entry that was used long ago is still there")
	}
	for i := 10*cacheHalf - cacheHalf + 2; i < 10*cacheHalf; i++ {
		if v, ok := c.Get(i); !ok || v != i {
			t.Errorf("entry %d of the last %d is gone", i, cacheHalf)
		}
	}
}

func TestCacheIsConcurrent(t *testing.T) {
	var c Cache[int, int]
	var wg sync.WaitGroup
	for g := range 8 {
		wg.Go(func() {
			for i := range 2000 {
				key := (i*7 + g) % (3 * cacheHalf)
				if v, ok := c.Get(key); ok && v != key {
					t.Errorf("%d is %d", key, v)
				} else if !ok {
					c.Put(key, key)
				}
			}
		})
	}
	wg.Wait()
}

func TestCacheGetDoesNotAllocate(t *testing.T) {
	type key struct {
		a Option[string]
		b Option[bool]
	}
	var c Cache[key, *int]
	one, two := key{a: Some("x")}, key{b: Some(true)}
	c.Put(one, new(int))
	c.Put(two, new(int))
	if n := testing.AllocsPerRun(100, func() { c.Get(one); c.Get(two) }); n != 0 {
		t.Errorf("two lookups allocate %v times", n)
	}
}

func BenchmarkCacheLast(b *testing.B) {
	var c Cache[string, int]
	c.Put("a", 1)
	for b.Loop() {
		c.Get("a")
	}
}

func BenchmarkCacheAlternating(b *testing.B) {
	var c Cache[string, int]
	c.Put("a", 1)
	c.Put("b", 2)
	for b.Loop() {
		c.Get("a")
		c.Get("b")
	}
}
