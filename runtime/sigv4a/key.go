package sigv4a

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/hmac"
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"fmt"
	"slices"
	"sync"

	"github.com/aws/aws-sdk-go-v2/aws"
)

// maxKeys is how many keys a signer remembers. A client needs one, or two while its
// credentials change.
const maxKeys = 8

// keyCache remembers the keys that were derived last.
type keyCache struct {
	mu   sync.Mutex
	keys []derived // the oldest first
}

// derived is a key, and all that it is derived from.
type derived struct {
	accessKeyID, secret string
	key                 *ecdsa.PrivateKey
}

// get finds the key for credentials, or derives it.
func (c *keyCache) get(from *aws.Credentials) (*ecdsa.PrivateKey, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for i := range c.keys {
		if d := &c.keys[i]; d.accessKeyID == from.AccessKeyID && d.secret == from.SecretAccessKey {
			return d.key, nil
		}
	}
	key, err := deriveKey(from.AccessKeyID, from.SecretAccessKey)
	if err != nil {
		return nil, err
	}
	if len(c.keys) == maxKeys {
		c.keys = slices.Delete(c.keys, 0, 1)
	}
	c.keys = append(c.keys, derived{from.AccessKeyID, from.SecretAccessKey, key})
	return key, nil
}

// deriveKey derives a key on the curve P-256 by the counter mode of NIST SP 800-108 with
// HMAC-SHA256. What is derived is tried with one counter after the other until it is a
// number that the curve has a key for; that it takes a second one is all but impossible.
func deriveKey(accessKeyID, secret string) (*ecdsa.PrivateKey, error) {
	const bits = "\x00\x00\x01\x00" // of the key
	for counter := 1; counter <= 0xff; counter++ {
		mac := hmac.New(sha256.New, []byte("AWS4A"+secret))
		_, _ = fmt.Fprintf(mac, "\x00\x00\x00\x01%s\x00%s%s%s", algorithm, accessKeyID, string([]byte{byte(counter)}), bits)
		if candidate := mac.Sum(nil); bytes.Compare(candidate, orderMinusTwo) < 0 {
			return newKey(plusOne(candidate))
		}
	}
	return nil, errNoKey
}

// orderMinusTwo is the order of the curve's base point less two.
var orderMinusTwo, _ = hex.DecodeString("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc63254f")

// plusOne adds one to a number in big-endian order.
func plusOne(n []byte) []byte {
	for i := len(n) - 1; i >= 0; i-- {
		if n[i]++; n[i] != 0 {
			break
		}
	}
	return n
}

// newKey returns the key that has a number, by way of its encoding (RFC 5915): the functions
// that take the number itself are deprecated, or newer than the oldest Go that this
// compiles with.
func newKey(number []byte) (*ecdsa.PrivateKey, error) {
	const (
		before = "\x30\x31\x02\x01\x01\x04\x20"                     // version 1, 32 bytes
		after  = "\xa0\x0a\x06\x08\x2a\x86\x48\xce\x3d\x03\x01\x07" // the curve
	)
	key, err := x509.ParseECPrivateKey(slices.Concat([]byte(before), number, []byte(after)))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errNoKey, err)
	}
	return key, nil
}
