package diff

import (
	"cmp"

	"example.com/lathe/internal/doctext"
	"example.com/lathe/spec"
)

// deprecation compares what two sides say of something deprecated; f says of what,
// as a noun, and where.
func deprecation(n *node, f finding, before, after *spec.Deprecation) {
	switch {
	case before == nil && after != nil:
		f.rule, f.new = "deprecated", cmp.Or(after.Message, after.Since)
	case before != nil && after == nil:
		f.rule, f.old = "undeprecated", cmp.Or(before.Message, before.Since)
	case before != nil && *before != *after:
		f.rule = "documentation-changed"
	default:
		return
	}
	n.add(f)
}

// sameText compares documentation without its markup: formats differ in that.
func sameText(a, b string) bool {
	return a == b || doctext.Text(a) == doctext.Text(b)
}
