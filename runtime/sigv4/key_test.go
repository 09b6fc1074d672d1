package sigv4

import (
	"fmt"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
)

// officialSignature is the header Authorization of the test request.
func officialSignature(t testing.TB, p *Params) string {
	t.Helper()
	r := testRequest()
	signOfficially(t, r, p)
	return r.Header["Authorization"][0]
}

func signature(s *Signer, p *Params) string {
	r := testRequest()
	s.Sign(r, p)
	return r.Header["Authorization"][0]
}

// cached are the keys that a signer remembers.
func cached(s *Signer) (keys []*signingKey) {
	for i := range s.keys.keys {
		if k := s.keys.keys[i].Load(); k != nil {
			keys = append(keys, k)
		}
	}
	return keys
}

// dayOf is the day of a signature.
func dayOf(p *Params) string { return p.Time.UTC().Format("20060102") }

// TestSecretDecides: an access key whose secret is exchanged, or another access key
// with a known secret, is never signed with a key of before.
func TestSecretDecides(t *testing.T) {
	var s Signer
	for i, c := range []aws.Credentials{
		{AccessKeyID: "A", SecretAccessKey: "1"},
		{AccessKeyID: "A", SecretAccessKey: "2"},
		{AccessKeyID: "B", SecretAccessKey: "1"},
		{AccessKeyID: "A", SecretAccessKey: "1"},
		{AccessKeyID: "A", SecretAccessKey: ""},
		{AccessKeyID: "A", SecretAccessKey: "1", SessionToken: "t"},
	} {
		p := testParams()
		p.Credentials = c
		if got, want := signature(&s, p), officialSignature(t, p); got != want {
			t.Errorf("credentials %d: signature\n%s, want\n%s", i, got, want)
		}
	}
}

// TestEachPartOfTheScopeDecides: no two of these share a key, though their parts
// are the same text when they are put in a row.
func TestEachPartOfTheScopeDecides(t *testing.T) {
	var s Signer
	for _, scope := range [][2]string{{"a", "bc"}, {"ab", "c"}, {"abc", ""}, {"", "abc"}, {"bc", "a"}, {"a/b", "c"}} {
		p := testParams()
		p.Service, p.Region = scope[0], scope[1]
		if got, want := signature(&s, p), officialSignature(t, p); got != want {
			t.Errorf("service %q in region %q: signature\n%s, want\n%s", scope[0], scope[1], got, want)
		}
	}
}

// TestMidnight: a day begins at midnight UTC, wherever the clock hangs.
func TestMidnight(t *testing.T) {
	var s Signer
	midnight := time.Date(2024, 2, 29, 0, 0, 0, 0, time.UTC)
	for _, zone := range []*time.Location{time.UTC, time.FixedZone("east", 14*3600), time.FixedZone("west", -12*3600)} {
		for _, since := range []time.Duration{-time.Nanosecond, 0, -time.Nanosecond, time.Hour, -time.Hour, 24*time.Hour - 1, 24 * time.Hour} {
			p := testParams()
			p.Time = midnight.Add(since).In(zone)
			if got, want := signature(&s, p), officialSignature(t, p); got != want {
				t.Errorf("at %s: signature\n%s, want\n%s", p.Time, got, want)
			}
		}
	}
	if n := len(cached(&s)); n != 3 {
		t.Errorf("%d keys for three days", n)
	}
}

// TestCacheIsBounded: the key that was derived first goes first, those in use are
// not derived again.
func TestCacheIsBounded(t *testing.T) {
	var s Signer
	regional := func(i int) *Params {
		p := testParams()
		p.Region = strconv.Itoa(i)
		return p
	}
	for i := range 5 * maxKeys {
		signature(&s, regional(i))
		keys := cached(&s)
		if len(keys) != min(i+1, maxKeys) {
			t.Fatalf("%d keys after %d regions", len(keys), i+1)
		}
		for last := max(0, i+1-maxKeys); last <= i; last++ {
			p := regional(last)
			k := s.keys.find(p, dayOf(p))
			if k == nil || s.keys.get(p, dayOf(p)) != k {
				t.Fatalf("after %d regions the key for region %d is forgotten", i+1, last)
			}
		}
	}
}

// TestOneKeyForOneScope: of goroutines that derive the same key at the same time
// all take the one that came first.
func TestOneKeyForOneScope(t *testing.T) {
	var s Signer
	p := testParams()
	first := deriveKey(p, dayOf(p))
	for i, k := range []*signingKey{first, deriveKey(p, dayOf(p))} {
		if got := s.keys.add(k, p); got != first {
			t.Errorf("key %d is not the first one", i)
		}
	}
	if n := len(cached(&s)); n != 1 {
		t.Errorf("%d keys, want 1", n)
	}
}

// TestRotation signs from many goroutines with credentials that change under them,
// more than the cache holds, and checks every signature.
func TestRotation(t *testing.T) {
	type signed struct {
		p    *Params
		want string
	}
	var all []signed
	for i := range 3 * maxKeys {
		p := testParams()
		p.Credentials.AccessKeyID = fmt.Sprint("AKID", i%4) // secrets change, access keys stay
		p.Credentials.SecretAccessKey = fmt.Sprint("secret", i/2)
		p.Region = fmt.Sprint("region-", i%2)
		all = append(all, signed{p, officialSignature(t, p)})
	}
	var s Signer
	var wg sync.WaitGroup
	for g := range 64 {
		wg.Go(func() {
			for i := range 200 {
				of := all[(g+i/3*7)%len(all)] // each a few times in a row, all in all orders
				if got := signature(&s, of.p); got != of.want {
					t.Errorf("signature\n%s, want\n%s", got, of.want)
					return
				}
			}
		})
	}
	wg.Wait()
	keys := cached(&s)
	if len(keys) != maxKeys {
		t.Errorf("%d keys, want %d", len(keys), maxKeys)
	}
	for i, k := range keys {
		for _, other := range keys[:i] {
			if k.scope == other.scope && k.secret == other.secret {
				t.Errorf("two keys for %s", k.scope)
			}
		}
	}
}
