package sigv4

import (
	"crypto/hmac"
	"crypto/sha256"
	"sync"
	"sync/atomic"
)

// signingKey is a key that was derived from a secret, for one day, region and
// service. It does not change.
type signingKey struct {
	day, region, service, secret string

	// scope is the credential scope: what the key is good for, in the form of signatures.
	scope   string
	key     []byte
	scratch sync.Pool // of *scratch
}

// terminator ends the credential scope and the derivation of a key.
const terminator = "aws4_request"

func deriveKey(p *Params, day string) *signingKey {
	secret := []byte("AWS4" + p.Credentials.SecretAccessKey)
	key := secret
	for _, part := range [...]string{day, p.Region, p.Service, terminator} {
		mac := hmac.New(sha256.New, key)
		mac.Write([]byte(part))
		key = mac.Sum(nil)
	}
	clear(secret)
	return &signingKey{
		day: day, region: p.Region, service: p.Service, secret: p.Credentials.SecretAccessKey,
		scope: day + "/" + p.Region + "/" + p.Service + "/" + terminator,
		key:   key,
	}
}

// fits reports whether this is the key for p on a day. All that it is derived from is
// compared, so that no secret ever signs with the key of another, whatever the
// access key is.
func (k *signingKey) fits(p *Params, day string) bool {
	return k.day == day && k.region == p.Region && k.service == p.Service &&
		k.secret == p.Credentials.SecretAccessKey
}

// maxKeys is how many keys a signer remembers. A client needs one, or two around
// midnight; and more when its calls go to several regions or by several
// credentials.
const maxKeys = 8

// keyCache remembers the last keys that were derived. Finding one takes no lock.
type keyCache struct {
	keys [maxKeys]atomic.Pointer[signingKey] // filled from the front

	mu   sync.Mutex
	next int // where the next key goes: behind the others, then in place of the oldest
}

// get finds the key for p on a day, or derives it.
func (c *keyCache) get(p *Params, day string) *signingKey {
	if k := c.find(p, day); k != nil {
		return k
	}
	return c.add(deriveKey(p, day), p)
}

// add remembers a key that was just derived for p, unless another goroutine was
// faster: then it returns that one's.
func (c *keyCache) add(derived *signingKey, p *Params) *signingKey {
	c.mu.Lock()
	defer c.mu.Unlock()
	if k := c.find(p, derived.day); k != nil {
		return k
	}
	c.keys[c.next].Store(derived)
	c.next = (c.next + 1) % maxKeys
	return derived
}

func (c *keyCache) find(p *Params, day string) *signingKey {
	for i := range c.keys {
		k := c.keys[i].Load()
		if k == nil {
			return nil
		}
		if k.fits(p, day) {
			return k
		}
	}
	return nil
}
