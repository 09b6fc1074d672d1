package checksum

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"io"

	"example.com/lathe/runtime/rest"
)

// leafSize is how many bytes each leaf of a tree hash covers; the last may cover
// fewer.
const leafSize = 1 << 20

const treeHeader = "X-Amz-Sha256-Tree-Hash"

// SetTreeHash sends the SHA-256 of the body and the root of the tree of the SHA-256
// of its parts, unless the caller has set the latter to a text or there is no body. The rules
// are those of Amazon S3 Glacier. A stream is read through and rewound.
func SetTreeHash(r *rest.Request) {
	if r.Err() != nil || r.Body() == nil && !r.IsStream() || r.Header.Get(treeHeader) != "" {
		return
	}
	whole, tree := sha256.New(), &treeHash{leaf: sha256.New()}
	if err := r.Copy(io.MultiWriter(whole, tree)); err != nil {
		r.Fail(fmt.Errorf("failed to compute the tree hash of the body: %w", err))
		return
	}
	r.Header.Set(treeHeader, hex.EncodeToString(tree.root()))
	r.Header.Set("X-Amz-Content-Sha256", hex.EncodeToString(whole.Sum(nil)))
}

// treeHash hashes what is written to it, leaf by leaf.
type treeHash struct {
	leaf   hash.Hash
	filled int // bytes in leaf
	sums   [][]byte
}

// Write takes all of p.
func (t *treeHash) Write(p []byte) (int, error) {
	for rest := p; len(rest) > 0; {
		n := min(len(rest), leafSize-t.filled)
		t.leaf.Write(rest[:n])
		t.filled, rest = t.filled+n, rest[n:]
		if t.filled == leafSize {
			t.endLeaf()
		}
	}
	return len(p), nil
}

func (t *treeHash) endLeaf() {
	t.sums = append(t.sums, t.leaf.Sum(nil))
	t.leaf.Reset()
	t.filled = 0
}

// root is nil when nothing was written.
func (t *treeHash) root() []byte {
	if t.filled > 0 {
		t.endLeaf()
	}
	if len(t.sums) == 0 {
		return nil
	}
	level := t.sums
	for len(level) > 1 {
		level = parents(level)
	}
	return level[0]
}

// parents hashes pairs of sums; one without a partner goes up as it is.
func parents(level [][]byte) [][]byte {
	var out [][]byte
	for i := 0; i+1 < len(level); i += 2 {
		sum := sha256.Sum256(append(append([]byte(nil), level[i]...), level[i+1]...))
		out = append(out, sum[:])
	}
	if len(level)%2 == 1 {
		out = append(out, level[len(level)-1])
	}
	return out
}
