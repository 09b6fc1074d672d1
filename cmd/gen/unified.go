package main

import (
	"regexp"
	"strconv"

	"github.com/aymanbagabas/go-udiff"
)

// hunkHead is the line above a hunk. No other line begins with its @.
var hunkHead = regexp.MustCompile(`(?m)^(@@ -(\d+)(?:,(\d+))? \+)\d+((?:,(\d+))? @@)$`)

// unified returns the unified diff of two states of a file. The library loses count of
// the new lines where changes in a hunk lie apart, so that all hunks but the first
// get their place from those before them.
func unified(name, old, now string) string {
	hunks, shift := 0, 0
	return hunkHead.ReplaceAllStringFunc(udiff.Unified("a/"+name, "b/"+name, old, now), func(head string) string {
		part := hunkHead.FindStringSubmatch(head)
		start := number(part[2]) + shift
		shift += number(part[5]) - number(part[3])
		if hunks++; hunks == 1 {
			return head
		}
		return part[1] + strconv.Itoa(start) + part[4]
	})
}

// number reads a number of a hunk's head; a length that is not written is 1.
func number(digits string) int {
	n, err := strconv.Atoi(digits)
	if err != nil {
		return 1
	}
	return n
}
