// Package pages walks the pages of a result that a service returns in several answers.
package pages

import (
	"errors"
	"iter"
	"reflect"
)

// ErrNoMore is the error for a page after the last one. The text is that of the official
// clients.
var ErrNoMore = errors.New("no more pages available")

// HasToken reports whether a token leads to another page: one that is there and is neither
// empty nor zero.
func HasToken[T comparable](token *T) bool {
	var zero T
	return token != nil && *token != zero
}

// Same reports whether two tokens are there and equal.
func Same[T comparable](a, b *T) bool {
	return a != nil && b != nil && *a == *b
}

// SameMap reports whether two tokens that are maps have entries, and the same ones.
func SameMap[T ~map[string]V, V any](a, b T) bool {
	return len(a) > 0 && reflect.DeepEqual(a, b)
}

// All returns the pages that next returns, for as long as there are more. An error is the
// last that it yields, with a nil page. The iterator goes on where the paginator behind
// the functions stands, also when it is used again.
func All[Page any](more func() bool, next func() (*Page, error)) iter.Seq2[*Page, error] {
	return func(yield func(*Page, error) bool) {
		for more() {
			page, err := next()
			if !yield(page, err) || err != nil {
				return
			}
		}
	}
}

// Items returns the items of pages. An error is the last that it yields, with a zero item.
// When a loop ends early, the rest of its page is not yielded by the next one.
func Items[Page, Item any](all iter.Seq2[*Page, error], itemsOf func(*Page) []Item) iter.Seq2[Item, error] {
	return func(yield func(Item, error) bool) {
		for page, err := range all {
			if err != nil {
				var none Item
				yield(none, err)
				return
			}
			for _, item := range itemsOf(page) {
				if !yield(item, nil) {
					return
				}
			}
		}
	}
}
