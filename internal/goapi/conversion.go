package goapi

import (
	"go/types"
	"slices"
	"strings"
)

// conversions compares which structs of the client convert to each other. It is
// reported for the struct that has changed.
func (c *comparison) conversions() {
	oldShapes, newShapes := c.old.shapes(), c.new.shapes()
	alike := map[string][]place{}
	for at, shape := range oldShapes {
		if newShapes[at] != "" {
			alike[shape] = append(alike[shape], at)
		}
	}
	for at, shape := range oldShapes {
		if newShapes[at] == "" || newShapes[at] == shape {
			continue
		}
		var lost []string
		for _, other := range alike[shape] {
			if newShapes[other] != newShapes[at] {
				lost = append(lost, other.String())
			}
		}
		if len(lost) > 0 {
			slices.Sort(lost)
			why := "It no longer converts to and from " + strings.Join(lost, ", ") + ", which it resembled by chance."
			c.reportObject(at.String(), fine(ConversionLost, why), c.old.types[at], c.new.types[at])
		}
	}
}

// shapes returns the identity of what each struct holds, without tags, as
// conversions see it.
func (c *client) shapes() map[place]string {
	w := identity{client: c, withoutTags: true}
	all := map[place]string{}
	for at, t := range c.types {
		if s, ok := t.Type().Underlying().(*types.Struct); ok {
			all[at] = w.text(s)
		}
	}
	return all
}
