// Package plural counts things in messages.
package plural

import "fmt"

// Of returns the number with the word, which gets an s unless there is one of it: 2 files.
func Of(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return fmt.Sprintf("%d %ss", n, word)
}
