// Package plural counts things in messages.
package plural

import (
	"fmt"
	"strings"
)

// Of returns the number with the word, which gets an s unless there is one of it: 2 files.
func Of(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return fmt.Sprintf("%d %ss", n, word)
}

// Some returns the first five of names, and how many there are besides: a, b, c, d, e and 2 more.
func Some(names []string) string {
	const most = 5
	if more := len(names) - most; more > 0 {
		return fmt.Sprintf("%s and %d more", strings.Join(names[:most], ", "), more)
	}
	return strings.Join(names, ", ")
}
